//! The doses a plan states for its targets, each with the fraction groups it is for.

use chemorad::number::Decimal;
use chemorad_dosimetry::{DosePoint, PlannedPrescription, PlannedTarget, TargetKind, TargetLink};

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
    /// Whether its target can be another point than the one that the beams are for: a point, or any target
    /// where the plan does not say which groups it is for.
    pub(super) fn may_be_another_point(&self) -> bool {
        self.scope == Scope::Plan || self.target.is_point()
    }
}

/// The targets with a dose that is a prescription.
pub(super) fn dosed(plan: &PlannedPrescription) -> impl Iterator<Item = &PlannedTarget> {
    plan.targets
        .iter()
        .filter(|target| target.prescribes() && target.is_dosed())
}

/// Whether the doses of beams are those of a target itself, which is no point.
pub(super) fn is_dose_of(point: &DosePoint, target: &PlannedTarget) -> bool {
    match point {
        DosePoint::Volume { uid, .. } => target.uid.as_ref() == Some(uid),
        _ => false,
    }
}

/// The doses that are stated as prescribed for a reference that is not declared a target, or that the plan
/// does not list.
pub(super) fn of_no_target(plan: &PlannedPrescription) -> Vec<Statement<'_>> {
    let others = plan
        .targets
        .iter()
        .filter(|target| target.kind != TargetKind::Target && !target.is_for_quality_assurance());
    let mut all: Vec<Statement<'_>> = others.flat_map(|target| of(plan, target)).collect();
    all.retain(|statement| !statement.dose.is_zero());
    all
}

/// The targets that name a volume: a point without a dose is none.
pub(super) fn named(plan: &PlannedPrescription) -> impl Iterator<Item = &PlannedTarget> {
    plan.targets
        .iter()
        .filter(|target| target.prescribes() && (target.is_dosed() || !target.is_point()))
}

/// Every dose that is stated, first that of the reference and then those of its fraction groups.
pub(super) fn statements(plan: &PlannedPrescription) -> Vec<Statement<'_>> {
    dosed(plan).flat_map(|target| of(plan, target)).collect()
}

/// Every dose that is stated for one reference.
fn of<'a>(plan: &PlannedPrescription, target: &'a PlannedTarget) -> Vec<Statement<'a>> {
    let whole = target.dose.map(|dose| Statement {
        target,
        dose,
        scope: Scope::of(plan, target),
        by_group: None,
    });
    let of_group = |link: &TargetLink| {
        Some(Statement {
            target,
            dose: link.dose?,
            scope: Scope::Groups(vec![link.group]),
            by_group: Some(link.group),
        })
    };
    let of_groups = target.links.iter().filter_map(of_group);
    whole.into_iter().chain(of_groups).collect()
}
