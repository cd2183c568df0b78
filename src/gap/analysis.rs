use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::placement::Spread;
use super::{Compensation, Delivery, GapError, GapProblem, Method};
use crate::radiobiology::cautions;
use crate::radiotherapy::{FractionCount, Fractionation, GivenFraction};
use crate::report::{Derivation, decimal};
use crate::report::{Finding, Outcome};

/// What is lost when nothing is changed: the plan minus the treatment as it stands. A negative
/// number is a gain.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Lost {
    /// Days of overall time.
    pub days: i64,
    /// Fractions planned before the resumption and not given.
    pub fractions_behind: u32,
    /// Tumour BED, gray.
    pub bed: f64,
    /// The part of it that is lost to time (repopulation), gray; where the BED as it stands is a floor of
    /// zero, what the floor leaves of it.
    pub bed_to_time: f64,
    /// The part of it that is lost to doses other than planned, gray.
    pub bed_to_dose: f64,
    /// Tumour EQD2, gray.
    pub eqd2: f64,
}

/// A gap analysed.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct GapAnalysis {
    /// The plan.
    pub planned: Delivery,
    /// What was delivered so far, with overall time up to the last fraction given.
    pub delivered: Delivery,
    /// The plan's remaining fractions on the usual days from the resumption on.
    pub as_it_stands: Delivery,
    /// What that loses.
    pub lost: Lost,
    /// The ways to make it good, in order.
    pub compensations: Vec<Compensation>,
    /// What must be known of the whole.
    pub findings: Vec<Finding>,
}

impl GapProblem {
    /// What was lost, and the ways to make it good.
    ///
    /// # Errors
    /// No treatment day, or a model that cannot answer.
    pub fn analyse(&self) -> Result<GapAnalysis, GapError> {
        let planned = self.deliver(self.planned.clone())?;
        if planned.tumour().below_zero().is_some() {
            return Err(GapError::PlanBelowZero);
        }
        let delivered = self.deliver(self.delivered.clone())?;
        let placed = self.place(self.remaining.len(), Spread::USUAL)?;
        let as_it_stands =
            self.deliver(self.followed_by(&placed.dates, self.remaining.iter().copied()))?;
        let lost = self.lost(&planned, &as_it_stands)?;
        let compensations = self.compensations(&planned, &as_it_stands)?;
        let mut findings = self.parameters.clone();
        if self.tumour.repopulation().is_none() {
            findings.push(Finding::written(
                "gap.no_repopulation",
                Outcome::Warn,
                "tumour",
                "no loss per day is given, so lost time costs nothing here: give loss_per_day and kick_off where time matters",
            ));
        }
        if self.late.repopulation().is_some() {
            findings.push(Finding::written(
                "gap.late_repopulation",
                Outcome::Warn,
                "late",
                "the late-reacting tissue was given a loss per day: late effects are taken not to repopulate within a course",
            ));
        }
        self.of_delivered(&mut findings);
        for finding in as_it_stands.tumour().findings() {
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
        Ok(GapAnalysis {
            planned,
            delivered,
            as_it_stands,
            lost,
            compensations,
            findings,
        })
    }

    /// What a reader must know of the fractions given so far.
    fn of_delivered(&self, findings: &mut Vec<Finding>) {
        let mut doses: Vec<_> = self.delivered.iter().map(|given| given.dose).collect();
        doses.sort_unstable();
        doses.dedup();
        if let Ok(one) = FractionCount::new(1) {
            for dose in doses {
                findings.extend(cautions("delivered", Fractionation::from_total(dose, one)));
            }
        }
        let unplanned: Vec<String> = self
            .delivered
            .iter()
            .map(|given| given.date)
            .filter(|&date| !self.usual.contains(date.weekday()) || self.closed.contains(&date))
            .map(|date| date.to_string())
            .collect();
        if !unplanned.is_empty() {
            findings.push(
                Finding::written(
                    "gap.delivered_on_unplanned_day",
                    Outcome::Warn,
                    "delivered",
                    "fractions were delivered on days without planned treatment: check the dates",
                )
                .with_found(unplanned.join(", ")),
            );
        }
        let twice = |pair: &[GivenFraction]| matches!(pair, [a, b] if a.date == b.date);
        let doubled = self.delivered.windows(2).find(|pair| twice(pair));
        if let (Some([first, _]), 1, Some(interval)) = (doubled, self.per_day, self.second) {
            findings.push(
                Finding::written(
                    "gap.delivered_interval",
                    Outcome::Warn,
                    "delivered",
                    "several fractions were delivered on one day of a plan with one a day: their interval is taken as that of possible.second_fraction_interval",
                )
                .with_found(format!("{}, {interval} apart", first.date)),
            );
        }
    }

    fn lost(&self, planned: &Delivery, stands: &Delivery) -> Result<Lost, GapError> {
        let before = self
            .planned
            .iter()
            .filter(|fraction| fraction.date < self.resume)
            .count()
            .saturating_sub(self.delivered.len());
        let bed = planned.tumour().bed().gray() - stands.tumour().bed().gray();
        // before any loss to time, so that a floor at zero is a loss to time
        let of_doses = |delivery: &Delivery| -> Result<f64, GapError> {
            let treatment = delivery.tumour().treatment();
            Ok(self
                .tumour
                .without_repopulation()
                .effect(treatment)?
                .bed()
                .gray())
        };
        let to_dose = of_doses(planned)? - of_doses(stands)?;
        Ok(Lost {
            days: i64::from(stands.overall_time().days) - i64::from(planned.overall_time().days),
            fractions_behind: u32::try_from(before).unwrap_or(u32::MAX),
            bed,
            bed_to_time: bed - to_dose,
            bed_to_dose: to_dose,
            eqd2: planned.tumour_eqd2().gray() - stands.tumour_eqd2().gray(),
        })
    }
}

impl GapAnalysis {
    /// The compensation by a method, where it was considered.
    #[must_use]
    pub fn compensation(&self, method: Method) -> Option<&Compensation> {
        self.compensations.iter().find(|way| way.method == method)
    }

    /// The way to every number.
    #[must_use]
    pub fn derive(&self) -> Vec<Derivation> {
        let mut derivations = self.planned.derive("the plan");
        derivations.extend(self.delivered.derive("what was delivered"));
        derivations.extend(self.as_it_stands.derive("the treatment as it stands"));
        derivations.push(
            Derivation::new(
                "tumour BED lost",
                "BED of the plan - BED as it stands",
                format!(
                    "{} - {} Gy",
                    decimal(self.planned.tumour().bed().gray()),
                    decimal(self.as_it_stands.tumour().bed().gray())
                ),
                format!("{} Gy", decimal(self.lost.bed)),
                "definition",
            )
            .with(format!(
                "to dose, before any loss to time: {} Gy; the rest, {} Gy, to time",
                decimal(self.lost.bed_to_dose),
                decimal(self.lost.bed_to_time)
            )),
        );
        for way in &self.compensations {
            derivations.extend(way.derive());
        }
        derivations
    }
}
