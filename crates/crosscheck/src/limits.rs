//! The limits a plan states for a target, against the dose it states for it.

use super::amount::{Amount, Comparison};
use super::check::Checker;
use super::finding::targets::{LimitFit, TargetFinding, TargetLimit};
use super::statement::{Scope, Statement, named};
use chemorad::number::Decimal;
use chemorad_dosimetry::{PlannedPrescription, PlannedTarget};

impl Checker<'_> {
    /// The least and the largest dose of each target and where its delivery stops.
    pub(super) fn check_limits(&mut self, plan: &PlannedPrescription) {
        for target in named(plan) {
            let limits = [
                (TargetLimit::Minimum, target.minimum),
                (TargetLimit::Maximum, target.maximum),
                (TargetLimit::DeliveryMaximum, target.delivery_maximum),
            ];
            let Some(dose) = self.dose_for_limits(plan, target) else {
                continue;
            };
            for (which, limit) in limits {
                let Some(limit) = limit.map(Amount::new) else {
                    continue;
                };
                self.push(TargetFinding::Limit {
                    plan: plan.source.clone(),
                    target: target.name.clone(),
                    which,
                    fits: self.fits(which, dose, limit),
                    limit,
                    dose,
                });
            }
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
        match self.prescribed_meanings(plan, &statement).as_slice() {
            [only] => Some(only.amount),
            _ => None,
        }
    }

    fn fits(&self, which: TargetLimit, dose: Amount, limit: Amount) -> LimitFit {
        self.compare_limit(which, dose, limit)
            .unwrap_or(LimitFit::TooLong)
    }

    /// `None` where the numbers have too many digits.
    fn compare_limit(&self, which: TargetLimit, dose: Amount, limit: Amount) -> Option<LimitFit> {
        let tolerance = self.tolerances.total.limit;
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
