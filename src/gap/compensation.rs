use alloc::string::String;
use alloc::vec::Vec;

use jiff::civil::Date;

use super::Delivery;
use crate::quantity::{AbsorbedDose, FractionInterval};
use crate::radiobiology::DoseSolution;
use crate::report::Finding;
use crate::report::{Derivation, decimal};

/// A way to compensate, in the order of the Royal College of Radiologists' guidance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Overall time and fraction size are kept by treating on days outside the plan.
    ExtraDays,
    /// They are kept by a second fraction on some days.
    SecondFraction,
    /// Both together, tried where neither alone keeps overall time.
    ExtraDaysAndSecondFraction,
    /// The fractions that are left get the dose that reaches the tumour BED of the plan.
    DosePerFraction,
    /// They get the dose that keeps the late BED of the plan; the tumour gets what that gives.
    DoseWithinLate,
    /// The fewest fractions of the planned dose that reach the tumour BED of the plan.
    NumberOfFractions,
}

/// Whether a way exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It was calculated. Whether it is acceptable is not said.
    Calculated,
    /// There is nothing for it to make good.
    NotNeeded,
    /// It does not exist.
    NotPossible,
}

/// A dose per fraction found by an inverse.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct SolvedDose {
    /// The solution, gray.
    pub exact: f64,
    /// What is given: a multiple of the step, or of a microgray where no step was given.
    pub given: AbsorbedDose,
}

/// One way to compensate: what it reaches and what speaks against it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Compensation {
    /// The way.
    pub method: Method,
    /// Whether it exists.
    pub status: Status,
    /// Why not, or what is done, in words.
    pub description: String,
    /// The treatment it leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
    /// The days outside the usual weekdays that are used.
    pub extra_days: Vec<Date>,
    /// The days that get a second fraction.
    pub twice_daily_days: Vec<Date>,
    /// The interval on those days, where it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<FractionInterval>,
    /// The dose of the fractions that are left, where it is solved for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dose_per_fraction: Option<SolvedDose>,
    /// Fractions more (or fewer) than prescribed.
    pub fractions_added: i64,
    /// Tumour BED minus that of the plan, gray.
    pub tumour_excess: f64,
    /// Late BED minus that of the plan, gray.
    pub late_excess: f64,
    /// The same in percent of the plan.
    pub late_excess_percent: f64,
    /// What speaks against it.
    pub against: Vec<Finding>,
    #[serde(skip)]
    pub(super) solution: Option<(DoseSolution, Needed)>,
}

/// The BED that the fractions that are left must bring, gray.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Needed {
    pub(super) plan: f64,
    pub(super) loss: f64,
    pub(super) delivered: f64,
}

impl Compensation {
    pub(super) fn without(method: Method, status: Status, description: impl Into<String>) -> Self {
        Self {
            method,
            status,
            description: description.into(),
            delivery: None,
            extra_days: Vec::new(),
            twice_daily_days: Vec::new(),
            interval: None,
            dose_per_fraction: None,
            fractions_added: 0,
            tumour_excess: 0.0,
            late_excess: 0.0,
            late_excess_percent: 0.0,
            against: Vec::new(),
            solution: None,
        }
    }

    /// Late BED over the plan, in percent.
    #[must_use]
    pub const fn late_excess_percent(&self) -> f64 {
        self.late_excess_percent
    }

    /// Whether a finding with this code speaks against it.
    #[must_use]
    pub fn speaks_against(&self, code: &str) -> bool {
        self.against.iter().any(|finding| finding.is(code))
    }

    /// The way to its numbers.
    #[must_use]
    pub fn derive(&self) -> Vec<Derivation> {
        let Some(delivery) = &self.delivery else {
            return Vec::new();
        };
        let mut derivations = Vec::new();
        if let Some((solution, needed)) = &self.solution {
            derivations.push(Derivation::new(
                format!("BED that the fractions left must bring, {}", self.method.title()),
                "BED of the plan + loss to repopulation - BED of the fractions delivered (without loss)",
                format!(
                    "{} + {} - {} Gy",
                    decimal(needed.plan),
                    decimal(needed.loss),
                    decimal(needed.delivered)
                ),
                format!("{} Gy", decimal(needed.plan + needed.loss - needed.delivered)),
                "Royal College of Radiologists 2019, BFCO(19)1, Appendix B, as coded in RadResume",
            ));
            derivations.push(solution.derivation());
        }
        derivations.extend(delivery.derive(self.method.title()));
        derivations
    }
}
