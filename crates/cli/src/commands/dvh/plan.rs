//! The plan of a dose: whether they and the structures belong together, and what it says of fractions and dose.

use std::path::Path;

use chemorad::number::Decimal;
use chemorad::radiotherapy::FractionCount;
use chemorad::report::{Finding, Outcome, Subject};
use chemorad_crosscheck::DoseFileFinding;
use chemorad_dosimetry::{
    IdentityFinding, PlannedGroup, PlannedPrescription, PlannedTarget, dose_scale, least_maximum,
};

use super::structures::Opened;
use crate::commands::dose::files::{Input, PatientArgs};
use crate::failure::Failure;
use crate::output::Context;

/// What a plan says of the dose.
#[derive(Default)]
pub(super) struct Compared {
    pub(super) findings: Vec<Finding>,
    pub(super) fractions: Option<FractionCount>,
    /// Its fraction groups, each with its own number of fractions.
    pub(super) groups: usize,
    /// The largest dose that it prescribes, gray: that of all its fraction groups.
    pub(super) prescribed: Option<Decimal>,
    /// The doses that it states for targets, gray, each once.
    pub(super) stated: Vec<Decimal>,
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
        return Err(Failure::new(format!(
            "{} and {} are of different patients (Patient ID)",
            opened.set.name, input.name
        )));
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
    findings.push(identity);
    findings.retain(|finding| finding.outcome != Outcome::Pass);
    Ok(Compared {
        findings,
        fractions: fractions(&planned),
        groups: planned.groups.len(),
        prescribed: prescribed(&planned),
        stated: stated(&planned),
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

/// The doses of targets, each once.
fn stated(plan: &PlannedPrescription) -> Vec<Decimal> {
    let of_links = |target: &PlannedTarget| {
        let links = target.links.iter().map(|link| link.dose);
        links.reduce(|sum, dose| sum?.checked_add(dose?)).flatten()
    };
    let targets = plan.targets.iter().filter(|target| target.prescribes());
    let stated = targets.filter_map(|target| target.dose.or_else(|| of_links(target)));
    let mut stated: Vec<Decimal> = stated.collect();
    stated.sort_unstable();
    stated.dedup();
    stated
}

/// The largest dose of a target or, where the fraction groups together give more than any target has, theirs;
/// none where that is not known.
fn prescribed(plan: &PlannedPrescription) -> Option<Decimal> {
    let of_group = |group: &PlannedGroup| {
        let count = group.fractions?;
        let doses = group.doses.iter();
        let totals = doses.filter_map(|dose| {
            dose.total
                .or_else(|| dose.per_fraction?.checked_mul(count.into()))
        });
        totals.max()
    };
    let groups = plan.groups.iter().map(of_group);
    let together = groups.reduce(|sum, dose| sum?.checked_add(dose?)).flatten();
    let largest = stated(plan).into_iter().max();
    if plan.groups.len() < 2 {
        return largest.or(together);
    }
    // a target may have the dose of one group alone; doses at a point differ a little from what is stated
    let together = together?;
    let near = |dose: &Decimal| (dose.to_f64() / together.to_f64() - 1.0).abs() <= AT_A_POINT;
    let of_all = stated(plan).into_iter().find(near);
    Some(of_all.unwrap_or_else(|| largest.map_or(together, |dose| dose.max(together))))
}

/// A stated dose this near to what all fraction groups give is that of them all.
const AT_A_POINT: f64 = 0.05;

/// Whether the largest dose can be that of the prescription; `whole`: it is the dose of all of it.
pub(super) fn scale(opened: &Opened, prescribed: Decimal, whole: bool) -> Option<Finding> {
    let least = least_maximum(prescribed).filter(|_| whole);
    let at = Subject::source(opened.dose.source.clone());
    let finding = dose_scale(at, opened.dose.maximum?, prescribed, least);
    (finding.outcome != Outcome::Pass).then_some(finding)
}
