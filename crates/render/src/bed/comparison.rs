//! Other schedules with the same parameters, and how the course differs from them.

use chemorad::radiobiology::{EnclosureMethod, TreatmentTime};
use serde::Serialize;

use super::value::Value;
use crate::document::Document;

/// The course minus the other schedule.
#[derive(Debug, Clone, Serialize)]
pub struct Difference {
    /// Of their BED.
    pub bed: Value,
    /// Of their EQD.
    pub eqd: Value,
}

/// Another schedule, and how the course differs from it.
#[derive(Debug, Clone, Serialize)]
pub struct Comparison {
    /// As it was written.
    pub schedule: String,
    /// Its overall time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overall_time: Option<TreatmentTime>,
    /// Its BED.
    pub bed: Value,
    /// Its EQD.
    pub eqd: Value,
    /// The course minus this schedule.
    pub difference: Difference,
}

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
