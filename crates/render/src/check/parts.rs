//! The parts of a check: groups and phases, tolerances, method, files.

use std::collections::HashMap;

use chemorad::report::Subject;
use chemorad_crosscheck::{
    ASSIGNMENT_RULE, PlanFinding, PlanSays, PlannedVolumeDose, TargetFinding,
};

use super::comparison::{Check, Comparison};
use super::source::{ShownPatient, Source};
use super::words::limit;
use crate::date::dicom_date;
use crate::document::Document;

/// Each fraction group with the phase it is compared with, in a line; where it has doses of several volumes,
/// each of them.
pub(super) fn assigned(page: &mut Document, check: &Check) {
    let mut by_place: HashMap<&Subject, Vec<&PlannedVolumeDose>> = HashMap::new();
    for dose in &check.result.planned_doses {
        by_place.entry(&dose.at).or_default().push(dose);
    }
    for group in &check.result.assigned {
        let doses = by_place.get(&group.group).map_or(&[][..], Vec::as_slice);
        if let (true, Some(phase)) = (doses.len() > 1, &group.phase) {
            for dose in doses {
                let with = explained(dose);
                let volume = dose.volume.as_ref();
                let volume = volume.map_or_else(|| "no volume".into(), ToString::to_string);
                let planned = in_numbers(dose);
                page.item(
                    "- ",
                    &format!(
                        "{}, {volume}: {planned}, with phase {phase}: {with}",
                        group.group
                    ),
                );
            }
            continue;
        }
        let with = match (&group.phase, &group.prescribed) {
            (Some(phase), Some(prescribed)) => format!("with phase {phase}: {prescribed}"),
            _ => "with no phase".into(),
        };
        let planned = group.planned.shown();
        page.item("- ", &format!("{}: {planned}, {with}", group.group));
    }
}

/// `25 x 1.8 Gy = 45 Gy`, as far as it is known.
fn in_numbers(dose: &PlannedVolumeDose) -> String {
    let fractions = dose.fractions.map(|count| count.to_string());
    let known = |text: &Option<String>| text.clone().unwrap_or_else(|| "?".into());
    match (&dose.dose_per_fraction, &dose.total) {
        (None, Some(total)) => match fractions {
            Some(count) => format!("{total} in {count} fractions"),
            None => total.clone(),
        },
        (each, total) => format!("{} x {} = {}", known(&fractions), known(each), known(total)),
    }
}

/// The prescription of a planned dose.
fn explained(dose: &PlannedVolumeDose) -> &str {
    dose.prescribed.as_deref().unwrap_or("no prescription")
}

/// Every dose that is planned, with its prescription.
pub(super) fn planned_doses(page: &mut Document, check: &Check) {
    let row = |dose: &PlannedVolumeDose| {
        let volume = dose.volume.as_ref().map(ToString::to_string);
        vec![
            dose.at.to_string(),
            volume.unwrap_or_else(|| "not named".into()),
            dose.phase.clone().unwrap_or_else(|| "not known".into()),
            in_numbers(dose),
            explained(dose).to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = check.result.planned_doses.iter().map(row).collect();
    if !rows.is_empty() {
        page.records(
            &["planned for", "volume", "phase", "planned", "prescribed"],
            &rows,
        );
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

/// Doses that a plan states and that are no prescription.
pub(super) fn for_quality_assurance(page: &mut Document, check: &Check) {
    for finding in &check.result.findings {
        if let Some(TargetFinding::ForQualityAssurance { plan, .. }) = finding.observation() {
            let doses = finding.found().unwrap_or_default();
            page.item(
                "- ",
                &format!("{plan} states for quality assurance, and not compared: {doses}"),
            );
        }
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
