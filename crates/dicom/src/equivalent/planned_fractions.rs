//! The number of fractions of each phase against the plan its doses refer to.

use std::collections::BTreeSet;

use chemorad::report::{Finding, Outcome};
use chemorad_dosimetry::{DosePart, IdentityFinding, SummationType};

use super::error::ConvertError;
use super::finding::{DerivedFinding, NotCompared};
use super::terms::PhaseDose;
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
        let found = match planned(phase, plans, &mut used) {
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

/// The fraction group that the doses of a phase are of.
struct Planned<'p> {
    /// Its plan, counted from 1.
    plan: usize,
    group: &'p FractionGroup,
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
        let part: fn(i32) -> DosePart = match dose.summation {
            SummationType::Beam => DosePart::Beam,
            SummationType::Brachy => DosePart::Setup,
            _ => {
                all_named = false;
                continue;
            }
        };
        let groups = dose.plans.iter().flat_map(|plan| &plan.fraction_groups);
        let mut named = groups
            .flat_map(|group| match dose.summation {
                SummationType::Beam => &group.beams,
                _ => &group.setups,
            })
            .map(|number| part(*number))
            .peekable();
        all_named &= named.peek().is_some();
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
    missing.into_iter().chain(unknown)
}

/// Which fraction group of which plan a phase is of.
fn planned<'p>(
    phase: &PhaseDose<'_, '_>,
    plans: &[&'p Plan],
    used: &mut BTreeSet<usize>,
) -> Result<Planned<'p>, NotCompared> {
    let mut counts: Vec<Planned<'p>> = Vec::new();
    for reference in phase.doses.iter().flat_map(|dose| &dose.plans) {
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
        let groups = plan.fraction_groups.iter();
        for group in groups.filter(|group| named(group.number)) {
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
