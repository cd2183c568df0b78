//! Several courses to the same volumes.

use std::path::PathBuf;

use chemorad::radiobiology::{LinearQuadratic, alpha_beta_caution, cautions};
use chemorad::radiotherapy::Fractionation;
use chemorad::report::{Finding, Subject};
use chemorad_case::CoursesCase;
use chemorad_render::courses::{Results, page};

use crate::failure::Failure;
use crate::input;
use crate::output::Context;
use crate::report::Report;

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

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let case: CoursesCase = input::read(context.files, &self.case)?;
        let sums = case.sums().map_err(|faults| {
            Failure::each(&format!("{}: ", self.case.display()), faults.iter())
        })?;
        let mut warnings: Vec<Finding> = Vec::new();
        let mut derivations = Vec::new();
        for (volume, sum) in case.volumes.iter().zip(&sums) {
            let model = LinearQuadratic::new(sum.total().alpha_beta());
            let subject = Subject::volume(volume.name.clone());
            warnings.extend(alpha_beta_caution(subject, model.alpha_beta()));
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
        let results = Results {
            title: &case.title,
            start: case.start,
            volumes: &sums,
            warnings,
            derivations,
        };
        Ok(Report::new(page(&case, &results, self.show_work), &results))
    }
}
