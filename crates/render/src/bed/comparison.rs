//! Other schedules with the same parameters, and how the course differs from them.

use chemorad::radiobiology::{EnclosureMethod, TreatmentTime};

use super::results::{Comparison, Results};
use super::value::Value;
use crate::document::Document;
use crate::number::dose;

/// The comparisons as a table; `eqd` is the name of the EQD.
pub(super) fn show(page: &mut Document, comparisons: &[Comparison], eqd: &str) {
    if comparisons.is_empty() {
        return;
    }
    page.paragraph("Compared with other schedules, with the same parameters on both sides:");
    page.preformatted("");
    let row = |schedule: &str, days: String, name: &str, value: &Value, difference: &Value| {
        let cells = [
            schedule.into(),
            days,
            name.into(),
            value.text(),
            difference.text(),
        ];
        cells.to_vec()
    };
    let rows: Vec<Vec<String>> = comparisons
        .iter()
        .flat_map(|other| {
            let days = other.overall_time.map(|time| time.days().to_string());
            let (bed, eqd_of) = (&other.difference.bed, &other.difference.eqd);
            [
                row(
                    &other.schedule,
                    days.unwrap_or_default(),
                    "BED",
                    &other.bed,
                    bed,
                ),
                row("", String::new(), eqd, &other.eqd, eqd_of),
            ]
        })
        .collect();
    page.mixed_table(&["schedule", "days", "", "Gy", "difference Gy"], &rows, 3);
    page.line("Difference: the course minus the other schedule.");
    let subdivided = Some(EnclosureMethod::Subdivided);
    if comparisons
        .iter()
        .any(|other| other.difference.bed.method() == subdivided)
    {
        page.line("Differences are subdivided: their bounds hold, and may be slightly wide.");
    }
}

/// Whether a result is compared with other schedules.
pub(super) fn has_comparisons(results: &[&Results]) -> bool {
    results.iter().any(|result| !result.comparisons.is_empty())
}

/// One table of all: a schedule a row, and at each α/β its EQD and how the course differs from it. `eqd`
/// is the name of the EQD.
pub(super) fn table(page: &mut Document, results: &[&Results], eqd: &str) {
    let Some(first) = results.first() else {
        return;
    };
    let mut header = vec!["schedule".to_string(), "days".to_string()];
    let days =
        |time: Option<TreatmentTime>| time.map_or_else(String::new, |time| time.days().to_string());
    let mut rows = vec![vec![course(first), days(first.overall_time)]];
    let others = first.comparisons.iter();
    rows.extend(others.map(|other| vec![other.schedule.clone(), days(other.overall_time)]));
    for result in results {
        header.push(format!("{eqd} a/b {}", result.alpha_beta));
        header.push("difference".to_string());
        let own = (&result.total.eqd, None);
        let others = result.comparisons.iter();
        let others = others.map(|other| (&other.eqd, Some(&other.difference.eqd)));
        for (row, (value, difference)) in rows.iter_mut().zip([own].into_iter().chain(others)) {
            row.push(value.text());
            row.push(difference.map_or_else(String::new, Value::text));
        }
    }
    // where no overall time is given, there is no column for it
    if rows
        .iter()
        .all(|row| row.get(1).is_some_and(String::is_empty))
    {
        header.remove(1);
        for row in &mut rows {
            row.remove(1);
        }
    }
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    page.table(&header, &rows);
    if let Some(parameters) = &first.parameters {
        page.line(&parameters.in_words());
    }
    let mut values = results.iter().flat_map(|result| {
        let others = result.comparisons.iter();
        let others = others.flat_map(|other| [&other.eqd, &other.difference.eqd]);
        std::iter::once(&result.total.eqd).chain(others)
    });
    if values.any(|value| value.method().is_some()) {
        page.line(
            "Each interval contains every value between the parameters' ends; a difference has the same parameters on both sides.",
        );
    }
    page.line(&format!(
        "{eqd} and differences in Gy, to 3 decimals. Difference: the course in the first row minus the schedule."
    ));
}

/// `45Gy/25+5.4Gy/3`.
fn course(result: &Results) -> String {
    let phases = result.phases.iter();
    let phases = phases.map(|row| format!("{}Gy/{}", dose(row.dose.gray()), row.fractions));
    phases.collect::<Vec<_>>().join("+")
}
