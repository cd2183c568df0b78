//! The number of fractions of each phase against the plan its doses refer to.

use std::collections::BTreeSet;

use chemorad::report::{Finding, Outcome};
use chemorad_dosimetry::IdentityFinding;

use super::error::ConvertError;
use super::finding::{DerivedFinding, NotCompared};
use super::terms::PhaseDose;
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
            Ok((plan, planned)) if planned != fractions => {
                return Err(ConvertError::Fractions {
                    at,
                    plan,
                    given: fractions,
                    planned,
                });
            }
            Ok(_) => DerivedFinding::FractionsAsPlanned {
                phase: number,
                fractions,
            },
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

/// Which plan a phase is of, counted from 1, and how many fractions that has.
fn planned(
    phase: &PhaseDose<'_, '_>,
    plans: &[&Plan],
    used: &mut BTreeSet<usize>,
) -> Result<(usize, u32), NotCompared> {
    let mut counts = BTreeSet::new();
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
            counts.insert((number, group.number, fractions));
        }
    }
    let mut counts = counts.into_iter();
    match (counts.next(), counts.next()) {
        (Some((plan, _, fractions)), None) => Ok((plan, fractions)),
        (None, _) => Err(NotCompared::NoPlan),
        (Some(_), Some(_)) => Err(NotCompared::SeveralGroups),
    }
}
