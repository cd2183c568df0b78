//! A record of treatment in a person's words.

use std::collections::BTreeSet;

use chemorad_dicom::{DecimalString, RecordedBeam, RecordedDose, TreatmentRecord};

use super::words;
use crate::date::dicom_time;
use crate::document::Document;

/// `2026-12-07; fraction 3; 2 beams`.
pub(super) fn in_short(record: &TreatmentRecord) -> String {
    let fractions: BTreeSet<u32> = record.beams.iter().filter_map(|b| b.fraction).collect();
    let fractions: Vec<String> = fractions.iter().map(u32::to_string).collect();
    format!(
        "{}; fraction {}; {}",
        day(record),
        if fractions.is_empty() {
            "not stated".into()
        } else {
            fractions.join(", ")
        },
        match record.beams.len() {
            1 => "1 beam".to_string(),
            count => format!("{count} beams"),
        }
    )
}

fn day(record: &TreatmentRecord) -> String {
    record
        .date
        .map_or_else(|| "day not stated".into(), |date| date.to_string())
}

/// The session, its beams and its doses.
pub(super) fn record_page(page: &mut Document, record: &TreatmentRecord) {
    let mut pairs = vec![
        (
            "treatment date",
            words::stated(record.date.map(|date| date.to_string()).as_deref()),
        ),
        (
            "time",
            words::stated(record.time.as_deref().map(dicom_time).as_deref()),
        ),
        ("fraction group", words::numbered(record.fraction_group)),
        (
            "fractions planned",
            record
                .fractions_planned
                .map_or_else(|| "not stated".into(), |count| count.to_string()),
        ),
    ];
    for reference in &record.plans {
        pairs.push(("plan", words::plan_reference(reference)));
    }
    for (name, doses) in [
        ("calculated dose", &record.calculated),
        ("measured dose", &record.measured),
    ] {
        if !doses.is_empty() {
            pairs.push((name, in_words(doses)));
        }
    }
    page.pairs(&pairs);
    page.gap();
    if record.beams.is_empty() {
        page.line("No beams: the file does not say what was given.");
        return;
    }
    let rows: Vec<Vec<String>> = record.beams.iter().map(row).collect();
    let header = [
        "beam", "name", "fraction", "purpose", "ended", "meterset", "dose",
    ];
    page.text_table(&header, &rows);
    let kinds = record
        .beams
        .iter()
        .map(|beam| beam.radiation_type.as_deref());
    let kinds: BTreeSet<&str> = kinds.map(|kind| kind.unwrap_or("not stated")).collect();
    let kinds: Vec<&str> = kinds.into_iter().collect();
    page.line(&format!("Radiation: {}.", kinds.join(", ")));
    page.line("Meterset: the primary one, delivered of specified. Doses are calculated ones where nothing else is said.");
}

fn row(beam: &RecordedBeam) -> Vec<String> {
    let units = |value: Option<&DecimalString>| {
        value.map_or_else(|| "-".into(), |units| units.value().to_string())
    };
    let mut doses = Vec::new();
    if !beam.calculated.is_empty() {
        doses.push(in_words(&beam.calculated));
    }
    if !beam.measured.is_empty() {
        doses.push(format!("measured {}", in_words(&beam.measured)));
    }
    vec![
        words::numbered(beam.number),
        beam.name
            .as_ref()
            .map_or_else(|| "-".into(), ToString::to_string),
        beam.fraction
            .map_or_else(|| "-".into(), |number| number.to_string()),
        beam.purpose.to_string(),
        words::stated_term(beam.termination.as_deref()),
        format!(
            "{} of {}",
            units(beam.delivered_meterset.as_ref()),
            units(beam.specified_meterset.as_ref())
        ),
        if doses.is_empty() {
            "-".into()
        } else {
            doses.join("; ")
        },
    ]
}

/// `1.8 Gy (reference 1)`.
fn in_words(doses: &[RecordedDose]) -> String {
    let doses: Vec<String> = doses
        .iter()
        .map(|dose| {
            let value = words::gray(dose.dose.as_ref());
            match dose.reference {
                Some(number) => format!("{value} (reference {number})"),
                None => value,
            }
        })
        .collect();
    doses.join(", ")
}
