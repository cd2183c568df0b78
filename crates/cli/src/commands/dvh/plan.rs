//! The plan of a dose: whether they and the structures belong together, and what it says of fractions and dose.

use std::path::Path;

use chemorad::number::Decimal;
use chemorad::radiotherapy::FractionCount;
use chemorad::report::{Finding, Outcome, Subject};
use chemorad_crosscheck::{DoseFileFinding, PlanFinding};
use chemorad_dosimetry::{IdentityFinding, PlannedPrescription, dose_scale, least_maximum};

use super::structures::Opened;
use crate::commands::dose::files::{Input, PatientArgs};
use crate::failure::Failure;
use crate::output::Context;
use crate::refused;

/// What a plan says of the dose.
#[derive(Default)]
pub(super) struct Compared {
    /// Its file; none where there is no plan.
    pub(super) name: Option<String>,
    pub(super) findings: Vec<Finding>,
    pub(super) fractions: Option<FractionCount>,
    /// Its fraction groups, each with its own number of fractions.
    pub(super) groups: usize,
    /// The largest dose that it prescribes, gray: that of all its fraction groups.
    pub(super) prescribed: Option<Decimal>,
    /// What it gives itself, gray: a boost may state the dose of all phases.
    pub(super) own: Option<Decimal>,
    /// The doses that it states for targets, gray, each once.
    pub(super) stated: Vec<Decimal>,
    /// All of it.
    pub(super) planned: Option<PlannedPrescription>,
}

pub(super) fn compared(
    context: &Context<'_>,
    path: &Path,
    opened: &Opened,
    show: &PatientArgs,
) -> Result<Compared, Failure> {
    let input = Input::open(context, path, 3, show)?;
    let plan = input.plan()?;
    let planned = plan.to_planned(input.name.clone());
    let dose = &opened.dose;
    let mut findings = Vec::new();
    let files = [
        (opened.set.name.clone(), &opened.structures.patient),
        (input.name.clone(), &plan.patient),
    ];
    let identity = Finding::from(IdentityFinding::one_patient("files", &files));
    if identity.outcome == Outcome::Fail {
        return Err(Failure::new(
            refused::DICOM_TWO_PATIENTS,
            format!(
                "{} and {} are of different patients (Patient ID)",
                opened.set.name, input.name
            ),
        ));
    }
    let is_own = |uid: &&String| planned.uid.as_ref() == Some(uid);
    let (here, elsewhere): (Vec<&String>, Vec<&String>) = dose.plans.iter().partition(is_own);
    let own = || vec![planned.source.clone()];
    findings.push(Finding::from(DoseFileFinding::Plans {
        dose: dose.source.clone(),
        plans: own(),
        named: if here.is_empty() { Vec::new() } else { own() },
        elsewhere: elsewhere.into_iter().cloned().collect(),
        open: planned.uid.is_none(),
    }));
    let frames = planned
        .frame_of_reference
        .as_ref()
        .zip(dose.frame_of_reference.as_ref());
    if frames.is_some_and(|(of_plan, of_dose)| of_plan != of_dose) {
        findings.push(Finding::from(DoseFileFinding::OtherFrame {
            dose: dose.source.clone(),
            plans: own(),
        }));
    }
    let uid = opened.structures.identity.sop_instance.as_ref();
    if let Some(uid) = uid {
        let plans = [(planned.source.clone(), planned.structure_sets.as_slice())];
        let structures = IdentityFinding::structures(opened.set.name.clone(), uid.reveal(), &plans);
        findings.extend(structures.map(Finding::from));
    }
    findings.extend(
        PlanFinding::of_standing(&planned)
            .into_iter()
            .map(Finding::from),
    );
    findings.push(identity);
    findings.retain(|finding| finding.outcome != Outcome::Pass);
    Ok(Compared {
        name: Some(planned.source.to_string()),
        findings,
        fractions: fractions(&planned),
        groups: planned.groups.len(),
        prescribed: planned.whole_dose(),
        own: match planned.groups.as_slice() {
            [_] => planned.dose_of_group(0),
            _ => planned.whole_dose(),
        },
        stated: planned.stated_doses(),
        planned: Some(planned),
    })
}

/// That of the only fraction group: with several each has its own.
fn fractions(plan: &PlannedPrescription) -> Option<FractionCount> {
    match plan.groups.as_slice() {
        [only] => only
            .fractions
            .and_then(|count| FractionCount::new(count).ok()),
        _ => None,
    }
}

/// Whether the largest dose can be that of the prescription; `whole`: it is the dose of all of it.
pub(super) fn scale(opened: &Opened, prescribed: Decimal, whole: bool) -> Option<Finding> {
    let least = least_maximum(prescribed).filter(|_| whole);
    let at = Subject::source(opened.dose.source.clone());
    let finding = dose_scale(at, opened.dose.maximum?, prescribed, least);
    (finding.outcome != Outcome::Pass).then_some(finding)
}
