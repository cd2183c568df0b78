//! Values of the standard as a person says them.

use chemorad::number::Decimal;
use chemorad::report::Identifying;
use chemorad_dicom::{
    Beam, DecimalString, Dose, DosePerFraction, DoseReference, FractionGroup, Grid, Identity, Plan,
    PlanReference, Uid,
};
use chemorad_dosimetry::{DoseType, DoseUnits, PlanApproval, PlanKind, SummationType, TargetKind};

use crate::number;

pub(super) fn stated(value: Option<&str>) -> String {
    value.unwrap_or("not stated").to_string()
}

/// A text that may name the patient.
pub(super) fn stated_text(value: Option<&Identifying<String>>) -> String {
    value.map_or("not stated".into(), ToString::to_string)
}

/// A term of the standard in small letters: `ORGAN_AT_RISK` is `organ at risk`.
pub(super) fn term(code: &str) -> String {
    code.to_lowercase().replace('_', " ")
}

pub(super) fn stated_term(code: Option<&str>) -> String {
    code.map_or("not stated".into(), term)
}

pub(super) fn gray(value: Option<&DecimalString>) -> String {
    value.map_or("-".into(), |dose| in_gray(dose.value()))
}

/// Rounded for a person.
fn in_gray(dose: Decimal) -> String {
    format!("{} Gy", number::dose(dose.to_f64()))
}

pub(super) fn numbered(value: Option<i32>) -> String {
    value.map_or("-".into(), |number| number.to_string())
}

pub(super) fn approval(approval: &PlanApproval) -> String {
    match approval {
        PlanApproval::NotStated => "not stated".into(),
        PlanApproval::Approved => "approved".into(),
        PlanApproval::Unapproved => "not approved yet".into(),
        PlanApproval::Rejected => "rejected".into(),
        PlanApproval::Other(code) => format!("{code}, which DICOM does not define"),
    }
}

pub(super) fn beam_kind(beam: Option<&Beam>) -> String {
    let Some(beam) = beam else {
        return "not in the file".into();
    };
    let parts = [&beam.beam_type, &beam.radiation_type];
    let words: Vec<String> = parts.into_iter().flatten().map(|code| term(code)).collect();
    if words.is_empty() {
        "not stated".into()
    } else {
        words.join(" ")
    }
}

pub(super) fn reference_type(reference: &DoseReference) -> String {
    match &reference.reference_type {
        TargetKind::Target => "target".into(),
        TargetKind::OrganAtRisk => "organ at risk".into(),
        TargetKind::Other(code) => term(code),
        TargetKind::NotStated => "not stated".into(),
    }
}

/// The doses of a dose reference other than the prescription.
pub(super) fn limits(reference: &DoseReference) -> String {
    let limits = [
        ("target minimum", &reference.target_minimum),
        ("target maximum", &reference.target_maximum),
        ("delivery maximum", &reference.delivery_maximum),
        ("organ maximum", &reference.organ_at_risk_maximum),
        ("given before", &reference.prior_dose),
    ];
    let mut shown: Vec<String> = limits
        .into_iter()
        .filter(|(_, dose)| dose.is_some())
        .map(|(name, dose)| format!("{name} {}", gray(dose.as_ref())))
        .collect();
    let purpose = reference.value_purpose.as_ref();
    shown.extend(purpose.map(|purpose| format!("purpose {purpose}")));
    shown.join("; ")
}

fn list(numbers: &[i32]) -> String {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    numbers.join(", ")
}

/// `25 fractions of 1.8 Gy = 45 Gy`, or why that cannot be said, and on which days.
pub(super) fn group(group: &FractionGroup) -> String {
    let text = dose_of_group(group);
    match group.pattern() {
        None => text,
        Some(Some(pattern)) => format!("{text}; {pattern}"),
        Some(None) => format!("{text}; on which days cannot be read"),
    }
}

fn dose_of_group(group: &FractionGroup) -> String {
    let fractions = match group.fractions_planned {
        Some(1) => "1 fraction".to_string(),
        Some(count) => format!("{count} fractions"),
        None => "a number of fractions that is not stated".into(),
    };
    match group.dose_per_fraction() {
        DosePerFraction::Known {
            dose,
            nothing,
            point,
            ..
        } => {
            let mut text = format!("{fractions} of {}", in_gray(dose));
            if let Some(total) = group.total_dose() {
                text = format!("{text} = {}", in_gray(total));
            }
            text.push_str(if group.brachy_setups.is_empty() {
                " (sum of the beams"
            } else {
                " (sum of the application setups"
            });
            if let Some(point) = point {
                text = format!("{text}, {point}");
            }
            text.push(')');
            if !nothing.is_empty() {
                text = format!(
                    "{text}; beams without dose and meterset are not in it: {}",
                    list(&nothing)
                );
            }
            text
        }
        DosePerFraction::DifferentPoints { points } => {
            let points: Vec<String> = points.iter().map(ToString::to_string).collect();
            format!(
                "{fractions}; the doses are doses at different points and are not added: {}",
                points.join(", ")
            )
        }
        DosePerFraction::BeamLevel { beams } => format!(
            "{fractions}; each beam dose is that of its beam alone and is not added: beams {}",
            list(&beams)
        ),
        DosePerFraction::Unknown { missing } => {
            let part = match (group.brachy_setups.is_empty(), missing.as_slice()) {
                (true, [_]) => "beam",
                (true, _) => "beams",
                (false, [_]) => "application setup",
                (false, _) => "application setups",
            };
            format!(
                "{fractions}; the dose per fraction is not known, for want of a dose that can be counted: {part} {}",
                list(&missing)
            )
        }
        DosePerFraction::NoMeterset { beams } => format!(
            "dose per fraction not known: no Beam Dose, and a meterset of 0 ({})",
            chemorad_dosimetry::beams_in_words(&beams)
        ),
        DosePerFraction::Nothing => {
            format!("{fractions}; the file names no beam or setup that treats")
        }
        DosePerFraction::Mixed => format!(
            "{fractions}; external beams and brachytherapy in one group do not add up to one dose"
        ),
        _ => format!("{fractions}; the dose per fraction cannot be told"),
    }
}

/// One line for a table of files.
pub(super) fn plan(plan: &Plan) -> String {
    let mut parts: Vec<String> = plan.label.iter().map(Identifying::quoted).collect();
    parts.extend(plan.fraction_groups.iter().map(short_group));
    if plan.fraction_groups.is_empty() {
        parts.push("no fraction groups".into());
    }
    let targets: Vec<String> = plan
        .targets()
        .map(|target| gray(target.target_prescription.as_ref()))
        .collect();
    parts.push(if targets.is_empty() {
        "no target dose".into()
    } else {
        format!("target {}", targets.join(" and "))
    });
    parts.push(approval(&plan.approval));
    parts.join("; ")
}

fn short_group(group: &FractionGroup) -> String {
    let fractions = group
        .fractions_planned
        .map_or("?".into(), |count| count.to_string());
    match group.dose_per_fraction() {
        DosePerFraction::Known { dose, .. } => format!("{fractions} x {}", in_gray(dose)),
        _ => format!("{fractions} x unknown dose"),
    }
}

pub(super) fn technique(plan: &Plan) -> String {
    match plan.technique {
        PlanKind::NotStated => "not stated: the file holds neither beams nor setups",
        PlanKind::Ion => "ion beams",
        PlanKind::Brachytherapy => "brachytherapy",
        PlanKind::ExternalBeamAndBrachytherapy => "external beams and brachytherapy",
        PlanKind::ExternalBeam | PlanKind::Entered => "external beams",
    }
    .into()
}

/// What the numbers of a dose are.
pub(super) fn units(dose: &Dose<'_>) -> String {
    match &dose.units {
        DoseUnits::Gray => "Gy".into(),
        DoseUnits::Relative => {
            "relative: a share of something the file does not say, never Gy".into()
        }
        DoseUnits::NotStated => "not stated, so the numbers are not Gy".into(),
        other @ DoseUnits::Other(_) => {
            format!("{other}, which DICOM does not define; the numbers are not Gy")
        }
    }
}

pub(super) fn dose_type(dose: &Dose<'_>) -> String {
    match &dose.dose_type {
        DoseType::Physical => "physical: absorbed dose".into(),
        DoseType::Effective => "effective: corrected for a biological effect".into(),
        DoseType::Error => "error: a difference between doses".into(),
        other => other.to_string(),
    }
}

pub(crate) fn summation(summation: &SummationType) -> String {
    match summation {
        SummationType::Plan => "the whole plan".into(),
        SummationType::MultiPlan => "several plans together".into(),
        SummationType::Fraction => "one fraction group, all its fractions".into(),
        SummationType::Beam => "one or more beams, not the whole plan".into(),
        SummationType::Brachy => "one or more brachytherapy setups".into(),
        SummationType::NotStated => "not stated".into(),
        other @ SummationType::Other(_) => term(&other.to_string()),
    }
}

fn joined(values: &[Decimal]) -> String {
    let values: Vec<String> = values.iter().map(ToString::to_string).collect();
    values.join(" x ")
}

pub(super) fn grid(grid: &Grid) -> String {
    let spacing = match &grid.spacing {
        Some(spacing) => format!(
            "{} mm between rows and columns",
            if spacing[0] == spacing[1] {
                spacing[0].to_string()
            } else {
                joined(spacing)
            }
        ),
        None => "spacing not stated".into(),
    };
    format!(
        "{} x {} x {} voxels (frames, rows, columns), {} in all; {spacing}",
        grid.frames,
        grid.rows,
        grid.columns,
        grid.voxels()
    )
}

/// How far apart the frames lie.
pub(super) fn frames(grid: &Grid) -> Option<String> {
    let distances = grid.frame_distances()?;
    let way = if distances.get(1)?.is_negative() {
        "backward"
    } else {
        "forward"
    };
    Some(match grid.frame_step() {
        Some(step) => format!("{} mm apart, {way}", step.abs()),
        None => format!("unevenly spaced, {way}"),
    })
}

/// A UID, withheld where it holds the identifier of the patient.
pub(super) fn stated_uid(uid: Option<&Uid>) -> String {
    uid.map_or_else(|| stated(None), ToString::to_string)
}

/// The plan a dose or plan points to, and the parts of it.
pub(super) fn plan_reference(reference: &PlanReference) -> String {
    let mut text = stated_uid(reference.plan.sop_instance.as_ref());
    if let Some(relationship) = &reference.relationship {
        text = format!("{text} ({})", term(relationship));
    }
    for group in &reference.fraction_groups {
        text = format!("{text}, fraction group {}", numbered(group.number));
        if !group.beams.is_empty() {
            text = format!("{text}, beam {}", list(&group.beams));
        }
        if !group.setups.is_empty() {
            text = format!("{text}, application setup {}", list(&group.setups));
        }
    }
    text
}

pub(super) fn maker(identity: &Identity) -> String {
    let parts = [&identity.manufacturer, &identity.model, &identity.software];
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .map(ToString::to_string)
        .collect();
    if parts.is_empty() {
        "not stated".into()
    } else {
        parts.join(", ")
    }
}
