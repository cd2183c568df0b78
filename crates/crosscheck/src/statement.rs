//! The doses a plan states for its targets, each with the fraction groups it is for.

use chemorad::number::Decimal;
use chemorad_dosimetry::{PlannedPrescription, PlannedTarget};

/// The fraction groups a stated dose is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scope {
    /// The whole plan: it has one fraction group, or links none.
    Plan,
    /// These, by their places in the plan.
    Groups(Vec<usize>),
}

impl Scope {
    /// The fraction groups that the plan links to a target.
    pub(super) fn of(plan: &PlannedPrescription, target: &PlannedTarget) -> Self {
        let mut groups: Vec<usize> = target.links.iter().map(|link| link.group).collect();
        groups.sort_unstable();
        groups.dedup();
        if groups.is_empty() || plan.groups.len() < 2 {
            Self::Plan
        } else {
            Self::Groups(groups)
        }
    }

    /// Whether it holds the group at a place.
    pub(super) fn holds(&self, place: usize) -> bool {
        match self {
            Self::Plan => true,
            Self::Groups(groups) => groups.contains(&place),
        }
    }
}

/// A dose stated for a target.
#[derive(Debug, Clone)]
pub(super) struct Statement<'a> {
    pub(super) target: &'a PlannedTarget,
    pub(super) dose: Decimal,
    pub(super) scope: Scope,
    /// The fraction group that states it; `None` where the dose reference itself does.
    pub(super) by_group: Option<usize>,
}

impl Statement<'_> {
    /// Whether its target can be another point than the one that the prescription or the beams are for: a
    /// point, or any target where the plan does not say which groups it is for.
    pub(super) fn may_be_another_point(&self) -> bool {
        self.scope == Scope::Plan || self.target.is_point
    }
}

/// The targets with a dose that is a prescription.
pub(super) fn dosed(plan: &PlannedPrescription) -> impl Iterator<Item = &PlannedTarget> {
    plan.targets
        .iter()
        .filter(|target| target.prescribes() && target.is_dosed())
}

/// The targets that name a volume: a point without a dose is none.
pub(super) fn named(plan: &PlannedPrescription) -> impl Iterator<Item = &PlannedTarget> {
    plan.targets
        .iter()
        .filter(|target| target.prescribes() && (target.is_dosed() || !target.is_point))
}

/// Every dose that is stated, first that of the reference and then those of its fraction groups.
pub(super) fn statements(plan: &PlannedPrescription) -> Vec<Statement<'_>> {
    let mut all = Vec::new();
    for target in dosed(plan) {
        all.extend(target.dose.map(|dose| Statement {
            target,
            dose,
            scope: Scope::of(plan, target),
            by_group: None,
        }));
        for link in &target.links {
            all.extend(link.dose.map(|dose| Statement {
                target,
                dose,
                scope: Scope::Groups(vec![link.group]),
                by_group: Some(link.group),
            }));
        }
    }
    all
}
