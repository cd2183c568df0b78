//! The number of fractions of each phase against the plan its doses refer to.

use std::collections::BTreeSet;

use chemorad::radiotherapy::FractionCount;
use chemorad::report::{Finding, Outcome, Subject};
use chemorad_dosimetry::{DosePart, IdentityFinding, SummationType, dose_scale, least_maximum};

use super::derived::DerivedDose;
use super::error::ConvertError;
use super::finding::{DerivedFinding, NotCompared};
use super::terms::PhaseDose;
use crate::dose::rt_dose::Dose;
use crate::plan::fraction_group::FractionGroup;
use crate::plan::rt_plan::Plan;

/// Compares the number of fractions of each phase with that of the fraction group its doses refer to, and
/// whom the plans are for with whom the doses are of.
///
/// # Errors
/// Another number of fractions, a plan that no dose refers to, a plan of another patient.
pub fn compare_with_plans(
    phases: &[PhaseDose<'_, '_>],
    plans: &[&Plan],
) -> Result<Vec<Finding>, ConvertError> {
    let mut findings = Vec::new();
    let mut used = BTreeSet::new();
    let mut at = 1;
    for (phase, number) in phases.iter().zip(1..) {
        let fractions = phase.fractions.get();
        let found = match planned(phase.doses, plans, &mut used) {
            Ok(planned) if planned.fractions != fractions => {
                return Err(ConvertError::Fractions {
                    at,
                    plan: planned.plan,
                    given: fractions,
                    planned: planned.fractions,
                });
            }
            Ok(planned) => {
                findings.extend(parts(number, phase, planned.group).map(Finding::from));
                DerivedFinding::FractionsAsPlanned {
                    phase: number,
                    fractions,
                }
            }
            Err(why) => DerivedFinding::FractionsNotCompared { phase: number, why },
        };
        findings.push(found.into());
        at += phase.doses.len();
    }
    let first = phases.iter().flat_map(|phase| phase.doses).next();
    for (plan, number) in plans.iter().zip(1..) {
        if !used.contains(&number) {
            return Err(ConvertError::PlanUnused { plan: number });
        }
        let Some(dose) = first else {
            continue;
        };
        let files = [
            ("dose 1".into(), &dose.patient),
            (format!("plan {number}").into(), &plan.patient),
        ];
        let finding = Finding::from(IdentityFinding::one_patient("files", &files));
        match finding.outcome {
            Outcome::Fail => return Err(ConvertError::PlanPatient { plan: number }),
            Outcome::Pass => {}
            _ => findings.push(finding),
        }
    }
    Ok(findings)
}

/// Compares the largest absorbed dose of each phase with what its fraction group prescribes, as far as both are
/// known.
///
/// A dose that is not the whole of its group is not held to be too low.
#[must_use]
pub fn compare_scale(
    phases: &[PhaseDose<'_, '_>],
    plans: &[&Plan],
    converted: &DerivedDose,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ((phase, maximum), number) in phases.iter().zip(&converted.phase_maxima).zip(1..) {
        let Ok(of_phase) = planned(phase.doses, plans, &mut BTreeSet::new()) else {
            continue;
        };
        let maximum = shortest(*maximum).to_string().parse().ok();
        let prescribed = plans.get(of_phase.plan.saturating_sub(1)).and_then(|plan| {
            let place = of_phase.place;
            plan.to_planned("plan").dose_of_group(place)
        });
        let Some((maximum, prescribed)) = maximum.zip(prescribed) else {
            continue;
        };
        let is_whole = match phase.doses {
            [only] if only.summation.is_whole() => true,
            several => several.iter().all(|dose| !named_parts(dose).is_empty()),
        };
        let is_all = parts(number, phase, of_phase.group)
            .all(|found| matches!(found, DerivedFinding::PartsAsPlanned { .. }));
        let least = least_maximum(prescribed).filter(|_| is_whole && is_all);
        let at = Subject::path(format!("phase {number}"));
        let found = dose_scale(at, maximum, prescribed, least);
        findings.extend((found.outcome != Outcome::Pass).then_some(found));
    }
    findings
}

/// A sum of doses of single precision, without the digits that it does not have.
#[allow(clippy::cast_possible_truncation, reason = "what is meant")]
const fn shortest(dose: f64) -> f32 {
    dose as f32
}

/// The doses of one phase and its fractions.
pub type PlannedPhase<'d, 'f> = (Vec<&'d Dose<'f>>, FractionCount);

/// Doses by the phases that they are of: those of one fraction group of one plan together, with its fractions.
///
/// # Errors
/// Why the fraction group of a dose, or its fractions, are not known.
pub fn planned_phases<'d, 'f>(
    doses: &[&'d Dose<'f>],
    plans: &[&Plan],
) -> Result<Vec<PlannedPhase<'d, 'f>>, NotCompared> {
    let mut phases: Vec<((usize, Option<i32>), PlannedPhase<'d, 'f>)> = Vec::new();
    for dose in doses {
        let planned = planned(&[*dose], plans, &mut BTreeSet::new())?;
        let fractions = FractionCount::new(planned.fractions);
        let fractions = fractions.map_err(|_| NotCompared::NotStated)?;
        let of = (planned.plan, planned.group.number);
        match phases.iter_mut().find(|(known, _)| *known == of) {
            Some((_, (known, _))) => known.push(*dose),
            None => phases.push((of, (vec![*dose], fractions))),
        }
    }
    Ok(phases.into_iter().map(|(_, phase)| phase).collect())
}

/// The fraction group that the doses of a phase are of.
struct Planned<'p> {
    /// Its plan, counted from 1.
    plan: usize,
    group: &'p FractionGroup,
    /// The place of the group in its plan.
    place: usize,
    fractions: u32,
}

/// Which parts the group delivers and the phase does not hold, and the reverse. A whole dose holds all.
fn parts(
    phase: usize,
    doses: &PhaseDose<'_, '_>,
    group: &FractionGroup,
) -> impl Iterator<Item = DerivedFinding> {
    let mut held = BTreeSet::new();
    let mut all_named = !doses.doses.is_empty();
    for dose in doses.doses {
        let named = named_parts(dose);
        all_named &= !named.is_empty();
        held.extend(named);
    }
    let (mut missing, mut unknown) = (Vec::new(), Vec::new());
    if all_named {
        let delivered: BTreeSet<_> = group.delivered_parts().collect();
        missing = delivered.difference(&held).copied().collect();
        let known: BTreeSet<_> = group.all_parts().collect();
        unknown = held.difference(&known).copied().collect();
    }
    let missing = (!missing.is_empty()).then_some(DerivedFinding::PartsMissing {
        phase,
        parts: missing,
    });
    let unknown = (!unknown.is_empty()).then_some(DerivedFinding::PartsUnknown {
        phase,
        parts: unknown,
    });
    let is_whole = doses.doses.iter().any(|dose| dose.summation.is_whole());
    let settled = is_whole && all_named && missing.is_none() && unknown.is_none();
    let whole = settled.then_some(DerivedFinding::PartsAsPlanned { phase });
    missing.into_iter().chain(unknown).chain(whole)
}

/// The beams and application setups that a dose names, of those that its summation type can mean.
pub(super) fn named_parts(dose: &Dose<'_>) -> Vec<DosePart> {
    let whole = dose.summation.is_whole();
    let beams = whole || dose.summation == SummationType::Beam;
    let setups = whole || dose.summation == SummationType::Brachy;
    let groups = dose.plans.iter().flat_map(|plan| &plan.fraction_groups);
    let mut named = Vec::new();
    for group in groups {
        if beams {
            named.extend(group.beams.iter().map(|number| DosePart::Beam(*number)));
        }
        if setups {
            named.extend(group.setups.iter().map(|number| DosePart::Setup(*number)));
        }
    }
    named
}

/// Leaves out what is asked of the parts that a dose names where its plan has answered it.
pub fn settle_parts(notes: &mut Vec<Finding>, compared: &[Finding]) {
    let told = |phase: usize| {
        compared.iter().any(|finding| {
            matches!(
                finding.observation(),
                Some(
                    DerivedFinding::PartsAsPlanned { phase: of }
                    | DerivedFinding::PartsMissing { phase: of, .. }
                ) if *of == phase
            )
        })
    };
    notes.retain(|note| match note.observation() {
        Some(DerivedFinding::PartsNamed { phase, .. }) => !told(*phase),
        _ => true,
    });
}

/// Which fraction group of which plan a phase is of.
fn planned<'p>(
    doses: &[&Dose<'_>],
    plans: &[&'p Plan],
    used: &mut BTreeSet<usize>,
) -> Result<Planned<'p>, NotCompared> {
    let mut counts: Vec<Planned<'p>> = Vec::new();
    let references = doses.iter().flat_map(|dose| {
        let summation = &dose.summation;
        dose.plans.iter().map(move |plan| (summation, plan))
    });
    for (summation, reference) in references {
        let uid = reference.plan.sop_instance.as_ref();
        let known = plans.iter().zip(1..).find(|(plan, _)| {
            let plan = plan.identity.sop_instance.as_ref();
            plan.is_some() && plan == uid
        });
        let Some((plan, number)) = known else {
            return Err(NotCompared::NoPlan);
        };
        used.insert(number);
        let groups = &reference.fraction_groups;
        let planned =
            |group: Option<i32>| plan.fraction_groups.iter().any(|one| one.number == group);
        if !groups.iter().all(|group| planned(group.number)) {
            return Err(NotCompared::NoGroup);
        }
        let named = |group: Option<i32>| {
            groups.is_empty() || groups.iter().any(|named| named.number == group)
        };
        let mut all = plan.fraction_groups.iter();
        if *summation == SummationType::Plan && !all.all(|group| named(group.number)) {
            return Err(NotCompared::PlanOrGroup);
        }
        let groups = plan.fraction_groups.iter().enumerate();
        for (place, group) in groups.filter(|(_, group)| named(group.number)) {
            let fractions = group.fractions_planned.ok_or(NotCompared::NotStated)?;
            if counts
                .iter()
                .any(|known| (known.plan, known.group.number) == (number, group.number))
            {
                continue;
            }
            counts.push(Planned {
                plan: number,
                group,
                place,
                fractions,
            });
        }
    }
    let mut counts = counts.into_iter();
    match (counts.next(), counts.next()) {
        (Some(planned), None) => Ok(planned),
        (None, _) => Err(NotCompared::NoPlan),
        (Some(_), Some(_)) => Err(NotCompared::SeveralGroups),
    }
}
