//! Several courses to the same volumes.

use chemorad::radiobiology::CumulativeEqd2;
use chemorad::report::{Derivation, Finding};
use chemorad_case::CoursesCase;
use jiff::civil::Date;
use serde::Serialize;

use crate::date::weekday;
use crate::document::Document;
use crate::number::{effect, rounded};

/// The sums of several courses as tools read them.
#[derive(Debug, Clone, Serialize)]
pub struct Results<'a> {
    /// The title of the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: &'a Option<String>,
    /// When the current course begins.
    pub start: Date,
    /// The sum for each volume.
    pub volumes: &'a [CumulativeEqd2],
    /// What a reader must know.
    pub warnings: Vec<Finding>,
    /// How the numbers were reached.
    pub derivations: Vec<Derivation>,
}

/// The sums volume by volume.
#[must_use]
pub fn page(case: &CoursesCase, results: &Results<'_>) -> Document {
    let mut page = Document::new(case.title.as_deref().unwrap_or("Several courses"));
    page.pairs(&[("current course", format!("from {}", weekday(case.start)))]);
    for sum in results.volumes {
        volume(&mut page, case, sum);
    }
    page.paragraph("Overall time, repopulation and repair play no part in these sums.");
    page.findings_under("Cautions", &results.warnings);
    page.working(&results.derivations);
    page.left_out("working");
    page
}

fn volume(page: &mut Document, case: &CoursesCase, sum: &CumulativeEqd2) {
    let alpha_beta = sum.total().alpha_beta();
    page.section(&format!("{}, a/b = {alpha_beta}", sum.volume()));
    let percent = |share: f64| format!("{} %", rounded(share * 100.0, 4));
    let mut rows: Vec<Vec<String>> = sum
        .courses()
        .iter()
        .map(|course| {
            let recovery = course.recovery.as_ref();
            vec![
                course.name.clone(),
                course
                    .days_before
                    .map_or_else(String::new, |days| days.to_string()),
                effect(course.eqd2.gray()),
                recovery.map_or_else(|| "none".to_string(), |one| percent(one.share())),
                effect(course.counted.gray()),
            ]
        })
        .collect();
    rows.push(vec![
        "sum".to_string(),
        String::new(),
        effect(sum.without_recovery().gray()),
        String::new(),
        effect(sum.total().gray()),
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
        // in brief the caution says it
        if let Some(recovery) = &course.recovery {
            page.in_full(|page| {
                page.line(&format!(
                    "{}: {} left out as recovered, as stated by the user: {}",
                    course.name,
                    percent(recovery.share()),
                    recovery.reason()
                ));
            });
        }
    }
    let reaches = |course: &&chemorad_case::PastCourse| {
        course
            .volumes
            .iter()
            .any(|given| given.name == sum.volume())
    };
    let without = case.earlier.iter().filter(|course| !reaches(course));
    let names: Vec<&str> = without.map(|course| course.name.as_str()).collect();
    if !names.is_empty() {
        page.line(&format!("nothing is given for it in: {}", names.join(", ")));
    }
}
