//! The parts of a check: groups and phases, tolerances, method, files.

use chemorad_crosscheck::{ASSIGNMENT_RULE, PlanFinding, PlanSays};

use super::comparison::{Check, Comparison};
use super::source::{ShownPatient, Source};
use super::words::limit;
use crate::date::dicom_date;
use crate::document::Document;

/// Each fraction group with the phase it is compared with, in a line.
pub(super) fn assigned(page: &mut Document, check: &Check) {
    for group in &check.result.assigned {
        let with = match (&group.phase, &group.prescribed) {
            (Some(phase), Some(prescribed)) => format!("with phase {phase}: {prescribed}"),
            _ => "with no phase".into(),
        };
        page.item("- ", &format!("{}: {}, {with}", group.group, group.planned));
    }
}

/// What a plan says of its prescription in words, which nothing but a person compares.
pub(super) fn described(page: &mut Document, check: &Check) {
    for finding in &check.result.findings {
        let Some(PlanFinding {
            plan,
            says: PlanSays::Description(text),
        }) = finding.observation()
        else {
            continue;
        };
        let text = text.quoted();
        page.item(
            "- ",
            &format!("{plan} says in words, for a person to compare: {text}"),
        );
    }
}

/// Each fraction group with the phase it is compared with.
pub(super) fn compared(page: &mut Document, check: &Check) {
    let assigned = &check.result.assigned;
    if assigned.is_empty() {
        page.line("Nothing: the prescription applies to no fraction group.");
    }
    let rows: Vec<Vec<String>> = assigned
        .iter()
        .map(|group| {
            let phase = match (&group.phase, &group.prescribed) {
                (Some(phase), Some(prescribed)) => format!("phase {phase}: {prescribed}"),
                _ => "no phase".into(),
            };
            vec![
                group.group.to_string(),
                group.planned.shown().to_string(),
                phase,
                group.because.to_string(),
            ]
        })
        .collect();
    page.records(
        &["fraction group", "planned", "compared with", "because"],
        &rows,
    );
}

pub(super) fn not_checked(page: &mut Document, checked: &Comparison<'_>) {
    let files = checked.not_checked.iter();
    let rows: Vec<Vec<String>> = files
        .map(|file| vec![file.name.to_string(), file.reason.clone()])
        .collect();
    if !rows.is_empty() {
        page.section("Not checked");
        page.records(&["file", "why"], &rows);
    }
}

/// All tolerances, or those alone that the user gave.
pub(super) fn tolerances(page: &mut Document, checked: &Comparison<'_>, all: bool) {
    let shown = checked.tolerances.iter();
    let shown = shown.filter(|tolerance| all || tolerance.is_overridden());
    let mut rows: Vec<Vec<String>> = shown
        .map(|tolerance| {
            vec![
                tolerance.name.to_string(),
                limit(tolerance),
                tolerance.applies_to.to_string(),
                tolerance.source.to_string(),
            ]
        })
        .collect();
    if all {
        rows.push(
            [
                "fractions",
                "none, must be equal",
                "number of fractions",
                "a count has no tolerance",
            ]
            .map(String::from)
            .into(),
        );
    }
    if !rows.is_empty() {
        page.section("Tolerances");
        page.records(&["name", "limit", "of", "source of the default"], &rows);
    }
}

pub(super) fn rule(page: &mut Document) {
    page.section("How fraction groups are matched to phases");
    page.line(ASSIGNMENT_RULE);
}

/// The files, for a reader to find them again.
pub(super) fn files(page: &mut Document, checked: &Comparison<'_>) {
    if checked.inputs.is_empty() {
        return;
    }
    page.section("Files");
    let rows: Vec<Vec<String>> = checked.inputs.iter().map(file).collect();
    page.records(
        &[
            "file",
            "what it is",
            "plan date",
            "made by",
            "patient",
            "SHA-256",
            "UID",
        ],
        &rows,
    );
}

fn file(source: &Source) -> Vec<String> {
    let label = source
        .label
        .as_ref()
        .map(|label| format!(" {}", label.quoted()));
    let or_nothing = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        source.name.to_string(),
        format!(
            "{}{}, {} bytes",
            source.kind,
            label.unwrap_or_default(),
            source.bytes
        ),
        source.date.as_deref().map(dicom_date).unwrap_or_default(),
        or_nothing(&source.made_by),
        source.patient.as_ref().map(patient).unwrap_or_default(),
        source.sha256.clone(),
        or_nothing(&source.sop_instance),
    ]
}

fn patient(patient: &ShownPatient) -> String {
    let known = |text: &Option<String>| text.clone().unwrap_or_else(|| "not stated".into());
    format!(
        "{}, ID {}, born {}",
        known(&patient.name),
        known(&patient.id),
        known(&patient.birth_date.as_deref().map(dicom_date))
    )
}
