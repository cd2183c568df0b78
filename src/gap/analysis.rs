use alloc::vec::Vec;

use super::placement::Spread;
use super::{Compensation, Delivery, GapError, GapProblem, Method};
use crate::derivation::{Derivation, decimal};
use crate::finding::{Finding, Outcome};

/// What is lost when nothing is changed: the plan minus the treatment as it stands. A negative
/// number is a gain.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Lost {
    /// Days of overall time.
    pub days: i64,
    /// Fractions planned before the resumption and not given.
    pub fractions_behind: u32,
    /// Tumour BED, gray.
    pub bed: f64,
    /// The part of it that is lost to time (repopulation), gray.
    pub bed_to_time: f64,
    /// The part of it that is lost to doses other than planned, gray.
    pub bed_to_dose: f64,
    /// Tumour EQD2, gray.
    pub eqd2: f64,
}

/// A gap analysed.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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
        let delivered = self.deliver(self.delivered.clone())?;
        let placed = self.place(self.remaining.len(), Spread::USUAL)?;
        let as_it_stands =
            self.deliver(self.followed_by(&placed.dates, self.remaining.iter().copied()))?;
        let lost = self.lost(&planned, &as_it_stands);
        let compensations = self.compensations(&planned, &as_it_stands)?;
        let mut findings = Vec::new();
        if self.tumour.repopulation().is_none() {
            findings.push(Finding::new(
                "gap.no_repopulation",
                Outcome::Warn,
                "tumour",
                "no loss per day is given, so lost time costs nothing here: give loss_per_day and kick_off where time matters",
            ));
        }
        if self.late.repopulation().is_some() {
            findings.push(Finding::new(
                "gap.late_repopulation",
                Outcome::Warn,
                "late",
                "the late-reacting tissue was given a loss per day: late effects are taken not to repopulate within a course",
            ));
        }
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

    fn lost(&self, planned: &Delivery, stands: &Delivery) -> Lost {
        let before = self
            .planned
            .iter()
            .filter(|fraction| fraction.date < self.resume)
            .count()
            .saturating_sub(self.delivered.len());
        let bed = planned.tumour().bed().gray() - stands.tumour().bed().gray();
        let to_time = stands.tumour().bed_lost() - planned.tumour().bed_lost();
        Lost {
            days: i64::from(stands.overall_time().days) - i64::from(planned.overall_time().days),
            fractions_behind: u32::try_from(before).unwrap_or(u32::MAX),
            bed,
            bed_to_time: to_time,
            bed_to_dose: bed - to_time,
            eqd2: planned.tumour_eqd2().gray() - stands.tumour_eqd2().gray(),
        }
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
                "to time: {} - {} = {} Gy",
                decimal(self.as_it_stands.tumour().bed_lost()),
                decimal(self.planned.tumour().bed_lost()),
                decimal(self.lost.bed_to_time)
            )),
        );
        for way in &self.compensations {
            derivations.extend(way.derive());
        }
        derivations
    }
}
