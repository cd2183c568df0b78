use std::path::PathBuf;

use chemorad::radiobiology::{CumulativeEqd2, LinearQuadratic, cautions};
use chemorad::radiotherapy::Fractionation;
use chemorad::report::Finding;
use chemorad::report::{Derivation, decimal};
use chemorad_case::CoursesCase;
use jiff::civil::Date;
use serde::Serialize;

use super::schedule::weekday;
use crate::failure::Failure;
use crate::input;
use crate::output::Context;
use crate::report::Report;
use chemorad_render::Document;

/// Several courses to the same volumes: EQD2 added at one alpha/beta for each volume.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad courses examples/two-courses.toml
  chemorad courses examples/two-courses.toml --show-work

Physical doses are never added. Nothing is left out as recovered unless the case says how much, with
a reason, which is printed with the result.")]
pub(crate) struct Args {
    /// The case: a TOML or JSON file.
    case: PathBuf,
    /// Print how every number was reached.
    #[arg(long)]
    show_work: bool,
}

#[derive(Serialize)]
struct Output<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: &'a Option<String>,
    start: Date,
    volumes: &'a [CumulativeEqd2],
    warnings: Vec<Finding>,
    derivations: Vec<Derivation>,
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let case: CoursesCase = input::read(context.files, &self.case)?;
        let sums = case
            .sums()
            .map_err(|error| Failure::new(format!("{}: {error}", self.case.display())))?;
        let mut warnings: Vec<Finding> = Vec::new();
        let mut derivations = Vec::new();
        for (volume, sum) in case.volumes.iter().zip(&sums) {
            let model = LinearQuadratic::new(sum.total().alpha_beta());
            let mut add = |course: &str, doses: &[Fractionation]| {
                let of = format!("{} in course {course}", volume.name);
                for &dose in doses {
                    warnings.extend(cautions(&of, dose));
                    derivations.push(model.derive_eqd(&of, dose, sum.total().reference()));
                }
            };
            for course in &case.earlier {
                for given in course.volumes.iter().filter(|v| v.name == volume.name) {
                    add(&course.name, &given.doses);
                }
            }
            add("current", &volume.doses);
            warnings.extend(sum.findings());
            derivations.push(sum.derivation());
        }
        let mut page = page(&case, &sums);
        if !warnings.is_empty() {
            page.section("Cautions");
            page.findings(&warnings);
        }
        if self.show_work {
            page.section("Work");
            page.line("Shown to 6 decimals; every result is calculated from unrounded values.");
            page.work(&derivations);
        }
        let output = Output {
            title: &case.title,
            start: case.start,
            volumes: &sums,
            warnings,
            derivations,
        };
        Ok(Report::new(page, &output))
    }
}

fn page(case: &CoursesCase, sums: &[CumulativeEqd2]) -> Document {
    let mut page = Document::new(case.title.as_deref().unwrap_or("Several courses"));
    page.pairs(&[("current course", format!("from {}", weekday(case.start)))]);
    for sum in sums {
        page.section(&format!(
            "{}, a/b = {}",
            sum.volume(),
            sum.total().alpha_beta()
        ));
        let mut rows: Vec<Vec<String>> = sum
            .courses()
            .iter()
            .map(|course| {
                vec![
                    course.name.clone(),
                    course
                        .days_before
                        .map_or_else(String::new, |days| days.to_string()),
                    format!("{:.3}", course.eqd2.gray()),
                    course.recovery.as_ref().map_or_else(
                        || "none".to_string(),
                        |recovery| format!("{} %", decimal(recovery.share() * 100.0)),
                    ),
                    format!("{:.3}", course.counted.gray()),
                ]
            })
            .collect();
        rows.push(vec![
            "sum".to_string(),
            String::new(),
            format!("{:.3}", sum.without_recovery().gray()),
            String::new(),
            format!("{:.3}", sum.total().gray()),
        ]);
        page.table(
            &[
                "course",
                "days before",
                "EQD2 Gy",
                "recovered",
                "counted Gy",
            ],
            &rows,
        );
        for course in sum.courses() {
            if let Some(recovery) = &course.recovery {
                page.line(&format!(
                    "{}: {} % left out as recovered, as stated by the user: {}",
                    course.name,
                    decimal(recovery.share() * 100.0),
                    recovery.reason()
                ));
            }
        }
        let without: Vec<&str> = case
            .earlier
            .iter()
            .filter(|course| !course.volumes.iter().any(|v| v.name == sum.volume()))
            .map(|course| course.name.as_str())
            .collect();
        if !without.is_empty() {
            page.line(&format!(
                "nothing is given for it in: {}",
                without.join(", ")
            ));
        }
    }
    page.paragraph("Overall time, repopulation and repair play no part in these sums.");
    page
}
