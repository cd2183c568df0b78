//! The limits a plan states for a target, against the dose it states for it.

use super::amount::{Amount, Comparison};
use super::check::Checker;
use super::finding::limit::{FarLimit, LimitFit, OTHER_UNIT, TargetLimit};
use super::finding::targets::TargetFinding;
use super::statement::{Scope, Statement, named};
use chemorad::number::Decimal;
use chemorad_dosimetry::{PlannedPrescription, PlannedTarget, TargetLink};

impl Checker<'_> {
    /// The least and the largest dose of each target and where its delivery stops, for the plan and for each
    /// fraction group.
    pub(super) fn check_limits(&mut self, plan: &PlannedPrescription) {
        self.check_units_of_limits(plan);
        for target in named(plan) {
            let limits = [target.minimum, target.maximum, target.delivery_maximum];
            if let Some(dose) = self.dose_for_limits(plan, target) {
                self.check_each_limit(plan, target, None, limits, dose);
            }
            for link in &target.links {
                let limits = [link.minimum, link.maximum, link.delivery_maximum];
                let group = plan.groups.get(link.group).map(|group| &group.name);
                if let Some(dose) = self.dose_of_link(plan, target, link) {
                    self.check_each_limit(plan, target, group, limits, dose);
                }
            }
            self.check_given_before(plan, target);
        }
    }

    /// Limits that nothing is held against are not in another unit.
    fn check_units_of_limits(&mut self, plan: &PlannedPrescription) {
        let course = &self.prescribed.course;
        let volumes = course.volumes().iter();
        let largest = volumes.filter_map(|volume| course.cumulative_dose(&volume.name));
        let Some(largest) = largest.max().map(Amount::of) else {
            return;
        };
        let Some(most) = largest.times(OTHER_UNIT) else {
            return;
        };
        for target in &plan.targets {
            for stated in &target.other_limits {
                let limit = Amount::new(stated.dose);
                if most.is_below(limit) {
                    self.push(FarLimit {
                        plan: plan.source.clone(),
                        of: target.name.clone(),
                        what: stated.what,
                        limit,
                        largest,
                    });
                }
            }
        }
    }

    fn check_each_limit(
        &mut self,
        plan: &PlannedPrescription,
        target: &PlannedTarget,
        group: Option<&String>,
        limits: [Option<Decimal>; 3],
        dose: Amount,
    ) {
        let kinds = [
            TargetLimit::Minimum,
            TargetLimit::Maximum,
            TargetLimit::DeliveryMaximum,
        ];
        for (which, limit) in kinds.into_iter().zip(limits) {
            let Some(limit) = limit.map(Amount::new) else {
                continue;
            };
            self.push(TargetFinding::Limit {
                plan: plan.source.clone(),
                target: target.name.clone(),
                group: group.cloned(),
                which,
                fits: self.fits(which, dose, limit),
                limit,
                dose,
            });
        }
    }

    /// A dose of earlier treatment is that of the phases before, or it is for a person to see.
    fn check_given_before(&mut self, plan: &PlannedPrescription, target: &PlannedTarget) {
        let Some(prior) = target.prior_dose.filter(|dose| !dose.is_zero()) else {
            return;
        };
        let phases = self.phases_of(plan, &Scope::of(plan, target));
        let limit = self.tolerances.total.allowed();
        let volumes = self.volumes_of(&phases, target.name.reveal());
        let is_of_phases = volumes.iter().any(|volume| {
            let (before, _) = self.prescribed_dose(&phases, volume);
            before.is_some_and(|(before, _)| {
                let compared = Amount::compare(before, Amount::new(prior), limit);
                compared.is_some_and(|comparison| comparison.within)
            })
        });
        if !is_of_phases {
            self.push(TargetFinding::GivenBefore {
                plan: plan.source.clone(),
                target: target.name.clone(),
                dose: Amount::new(prior),
            });
        }
    }

    /// The dose that a fraction group states for a target, or the only one that is prescribed to it there.
    fn dose_of_link(
        &self,
        plan: &PlannedPrescription,
        target: &PlannedTarget,
        link: &TargetLink,
    ) -> Option<Amount> {
        // of one group alone, the dose stated for the target is that of the group
        let only = target.dose.filter(|_| target.links.len() == 1);
        if let Some(stated) = link.dose.or(only) {
            return Some(Amount::new(stated));
        }
        let statement = Statement {
            target,
            dose: Decimal::ZERO,
            scope: Scope::Groups(vec![link.group]),
            by_group: Some(link.group),
        };
        self.only_prescribed(plan, &statement)
    }

    fn only_prescribed(
        &self,
        plan: &PlannedPrescription,
        statement: &Statement<'_>,
    ) -> Option<Amount> {
        match self.prescribed_meanings(plan, statement).as_slice() {
            [only] => Some(only.amount),
            _ => None,
        }
    }

    /// The dose stated for a target, or the only one that is prescribed to it.
    fn dose_for_limits(
        &self,
        plan: &PlannedPrescription,
        target: &PlannedTarget,
    ) -> Option<Amount> {
        let of_groups = target.links.iter().map(|link| link.dose);
        let sum = of_groups
            .reduce(|sum, dose| sum?.checked_add(dose?))
            .flatten();
        if let Some(stated) = target.dose.or(sum) {
            return Some(Amount::new(stated));
        }
        let statement = Statement {
            target,
            dose: Decimal::ZERO,
            scope: Scope::of(plan, target),
            by_group: None,
        };
        self.only_prescribed(plan, &statement)
    }

    fn fits(&self, which: TargetLimit, dose: Amount, limit: Amount) -> LimitFit {
        self.compare_limit(which, dose, limit)
            .unwrap_or(LimitFit::TooLong)
    }

    /// `None` where the numbers have too many digits.
    fn compare_limit(&self, which: TargetLimit, dose: Amount, limit: Amount) -> Option<LimitFit> {
        let tolerance = self.tolerances.total.allowed();
        let comparison: Comparison = Amount::compare(dose, limit, tolerance)?;
        let allows = comparison.within || comparison.is_above() != (which == TargetLimit::Minimum);
        let far = match which {
            TargetLimit::Minimum => limit.times(2)?.is_below(dose),
            _ => dose.times(2)?.is_below(limit),
        };
        Some(match (allows, far) {
            (true, true) => LimitFit::FarAway,
            (true, false) => LimitFit::Allows,
            (false, _) => LimitFit::Excludes,
        })
    }
}
