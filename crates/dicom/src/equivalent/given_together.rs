//! Which doses are given in the same fractions, by what they refer to.
//!
//! The effect of a fraction is that of its whole dose: beams of one fraction group belong to one phase, and
//! doses of different groups or plans have different fractions.

use std::collections::BTreeSet;

use super::counted_once::{Overlap, overlap};
use super::error::ConvertError;
use super::finding::DerivedFinding;
use super::terms::PhaseDose;
use crate::dose::rt_dose::Dose;

/// The fraction groups that a dose names, each by the SOP Instance UID of its plan and its number.
fn groups<'d>(dose: &'d Dose<'_>) -> BTreeSet<(&'d str, i32)> {
    let plans = dose.plans.iter();
    let known =
        plans.filter_map(|plan| Some((plan.plan.sop_instance.as_ref()?.reveal().as_str(), plan)));
    known
        .flat_map(|(uid, plan)| {
            let numbers = plan.fraction_groups.iter().filter_map(|group| group.number);
            numbers.map(move |number| (uid, number))
        })
        .collect()
}

/// The SOP Instance UIDs of its plans.
fn plans<'d>(dose: &'d Dose<'_>) -> BTreeSet<&'d str> {
    let plans = dose.plans.iter();
    plans
        .filter_map(|plan| Some(plan.plan.sop_instance.as_ref()?.reveal().as_str()))
        .collect()
}

/// Whether two doses are said to be of different fractions.
fn are_apart(one: &Dose<'_>, other: &Dose<'_>) -> bool {
    let apart = |one: &BTreeSet<_>, other: &BTreeSet<_>| {
        !one.is_empty() && !other.is_empty() && one.is_disjoint(other)
    };
    let (plan, other_plan) = (plans(one), plans(other));
    let differ = !plan.is_empty() && !other_plan.is_empty() && plan.is_disjoint(&other_plan);
    differ || apart(&groups(one), &groups(other))
}

/// Refuses the parts of one fraction group in two phases, and says which phases hold the doses of several
/// groups.
///
/// # Errors
/// [`ConvertError::SplitGroup`].
pub(super) fn check_same_fractions(
    phases: &[PhaseDose<'_, '_>],
) -> Result<Vec<DerivedFinding>, ConvertError> {
    let mut at = 0;
    let mut earlier: Vec<(usize, &Dose<'_>)> = Vec::new();
    let mut found = Vec::new();
    for (phase, number) in phases.iter().zip(1..) {
        let mut these = Vec::new();
        for &dose in phase.doses {
            at += 1;
            // doses that share treatment are refused as such, or were accepted as distinct
            let split = earlier.iter().find(|(_, other)| {
                !groups(dose).is_disjoint(&groups(other))
                    && overlap(other, dose) == Overlap::Nothing
            });
            if let Some((other, _)) = split {
                return Err(ConvertError::SplitGroup { at, other: *other });
            }
            these.push((at, dose));
        }
        let several = these.iter().any(|(_, dose)| groups(dose).len() > 1);
        let mut others = these.iter().skip(1);
        if several
            || these
                .first()
                .is_some_and(|(_, first)| others.any(|(_, dose)| are_apart(first, dose)))
        {
            found.push(DerivedFinding::SeveralGroups { phase: number });
        }
        earlier.extend(these);
    }
    Ok(found)
}
