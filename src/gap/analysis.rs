//! A gap analysed: what was lost, every compensation, what must be known of the whole.

use alloc::vec::Vec;

use jiff::civil::Date;

use super::compensation::Compensation;
use super::delivery::Delivery;
use super::derived::Derived;
use super::error::GapError;
use super::finding::GapFinding;
use super::method::Method;
use super::placement::Spread;
use super::problem::GapProblem;
use crate::radiobiology::{alpha_beta_caution, cautions, interval_caution};
use crate::radiotherapy::{CalendarFinding, DatedDose, FractionCount, Fractionation};
use crate::report::{Derivation, Finding, Outcome, Subject, decimal};

/// What is lost when nothing is changed: the plan minus the uncompensated treatment. A negative
/// number is a gain.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Lost {
    /// Days of overall time.
    pub days: i64,
    /// Fractions planned before the resumption and not given.
    pub fractions_behind: u32,
    /// Tumour BED, gray; absent where what the tumour loses to time cannot be told.
    pub bed: Option<f64>,
    /// The part of it that is lost to time (repopulation), gray; where the uncompensated BED is a floor of
    /// zero, what the floor leaves of it. Absent where it cannot be told: overall time differs from the
    /// plan's, and the tumour has no loss per day.
    pub bed_to_time: Option<f64>,
    /// The part of it that is lost to doses other than planned, gray.
    pub bed_to_dose: f64,
    /// Tumour EQD2, gray; absent where what the tumour loses to time cannot be told.
    pub eqd2: Option<f64>,
}

/// A gap analysed.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct GapAnalysis {
    /// The plan.
    pub planned: Delivery,
    /// What was delivered so far, with overall time up to the last fraction given.
    pub delivered: Delivery,
    /// The plan's remaining fractions on the usual days from the resumption on.
    pub uncompensated: Delivery,
    /// Planned dates before the resumption without a fraction.
    pub missed: Vec<Date>,
    /// The first date on which a fraction can be given again.
    pub resume: Date,
    /// What was not given and follows from the missed dates.
    pub derived: Vec<Derived>,
    /// What that loses.
    pub lost: Lost,
    /// The ways to make it good, in the order of the guidance.
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
        let uncompensated =
            self.deliver(self.followed_by(&placed.dates, self.remaining.iter().copied()))?;
        let lost = self.lost(&planned, &uncompensated)?;
        let compensations = self.compensations(&planned, &uncompensated)?;
        let mut findings = self.odd.clone();
        findings.extend(CalendarFinding::long_closure(&placed.dates).map(Finding::from));
        if self.tumour.repopulation().is_none() {
            let days = lost.days;
            findings.push(GapFinding::NoRepopulation { days }.into());
        }
        if self.late.repopulation().is_some() {
            findings.push(GapFinding::LateRepopulation.into());
        }
        for (tissue, model) in [("tumour", &self.tumour), ("late tissue", &self.late)] {
            let subject = Subject::tissue(tissue);
            findings.extend(alpha_beta_caution(subject, model.alpha_beta()));
        }
        self.of_delivered(&mut findings);
        let several = [&planned, &delivered, &uncompensated];
        if several.iter().any(|delivery| delivery.late().is_none()) {
            findings.push(GapFinding::LateNotTold { method: None }.into());
        }
        let pattern = self.planned_pattern;
        findings.extend(pattern.and_then(|pattern| interval_caution("the plan", pattern)));
        for finding in uncompensated.tumour().findings() {
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
        Ok(GapAnalysis {
            planned,
            delivered,
            uncompensated,
            missed: self.missed.clone(),
            resume: self.resume,
            derived: self.derived.clone(),
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
        let dates = self.delivered.iter().map(|given| given.date);
        let dates: Vec<Date> = dates.filter(|&date| !self.is_usual(date)).collect();
        if !dates.is_empty() {
            findings.push(GapFinding::DeliveredOnUnplannedDay { dates }.into());
        }
        let twice = |pair: &[DatedDose]| matches!(pair, [a, b] if a.date == b.date);
        let doubled = self.delivered.windows(2).find(|pair| twice(pair));
        if let (Some([first, _]), 1, Some(interval)) = (doubled, self.per_day, self.second) {
            let date = first.date;
            findings.push(GapFinding::DeliveredInterval { date, interval }.into());
        }
    }

    fn lost(&self, planned: &Delivery, uncompensated: &Delivery) -> Result<Lost, GapError> {
        let before = self
            .planned
            .iter()
            .filter(|fraction| fraction.date < self.resume)
            .count()
            .saturating_sub(self.delivered.len());
        let told = self.tumour_is_told(planned, uncompensated);
        let when_told = |value: f64| told.then_some(value);
        let bed = planned.tumour().bed().gray() - uncompensated.tumour().bed().gray();
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
        let to_dose = of_doses(planned)? - of_doses(uncompensated)?;
        Ok(Lost {
            days: i64::from(uncompensated.overall_time().days)
                - i64::from(planned.overall_time().days),
            fractions_behind: u32::try_from(before).unwrap_or(u32::MAX),
            bed: when_told(bed),
            bed_to_time: when_told(bed - to_dose),
            bed_to_dose: to_dose,
            eqd2: when_told(planned.tumour_eqd2().gray() - uncompensated.tumour_eqd2().gray()),
        })
    }

    /// Whether the effect on the tumour can be compared with the plan's: without a loss per day only where
    /// overall time is the same.
    pub(super) fn tumour_is_told(&self, planned: &Delivery, other: &Delivery) -> bool {
        let same_time = planned.overall_time().days == other.overall_time().days;
        same_time || self.tumour.repopulation().is_some()
    }
}

impl GapAnalysis {
    /// The worst of what must be known of the whole.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        Outcome::worst(self.findings.iter().map(|finding| finding.outcome))
    }

    /// The compensation by a method, where it was considered.
    #[must_use]
    pub fn compensation(&self, method: Method) -> Option<&Compensation> {
        self.compensations.iter().find(|way| way.method == method)
    }

    /// How every number was reached.
    #[must_use]
    pub fn derive(&self) -> Vec<Derivation> {
        let mut derivations = self.planned.derive("the plan");
        derivations.extend(self.delivered.derive("what was delivered"));
        derivations.extend(self.uncompensated.derive("the uncompensated treatment"));
        let told = self.lost.bed.zip(self.lost.bed_to_time);
        derivations.extend(told.map(|(bed, to_time)| {
            Derivation::new(
                "tumour BED lost",
                "BED of the plan - BED without compensation",
                format!(
                    "{} - {} Gy",
                    decimal(self.planned.tumour().bed().gray()),
                    decimal(self.uncompensated.tumour().bed().gray())
                ),
                format!("{} Gy", decimal(bed)),
                "definition",
            )
            .with(format!(
                "to dose, before any loss to time: {} Gy; the rest, {} Gy, to time",
                decimal(self.lost.bed_to_dose),
                decimal(to_time)
            ))
        }));
        for way in &self.compensations {
            derivations.extend(way.derive());
        }
        derivations
    }
}
