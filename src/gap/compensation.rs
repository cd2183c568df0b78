//! One way to compensate with what it reaches.

use alloc::vec::Vec;

use jiff::civil::Date;

use super::delivery::Delivery;
use super::description::{Description, Status};
use super::method::Method;
use crate::quantity::{AbsorbedDose, FractionInterval};
use crate::radiobiology::DoseSolution;
use crate::report::{Derivation, Finding, decimal};

/// A dose per fraction found by an inverse.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct SolvedDose {
    /// The solution, gray.
    pub exact: f64,
    /// What is given: a multiple of the step, or of a microgray where no step was given.
    pub given: AbsorbedDose,
}

/// One way to compensate: what it reaches and what must be known of it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Compensation {
    /// The way.
    pub method: Method,
    /// Whether it exists.
    pub status: Status,
    /// What is done, or why there is none.
    pub description: Description,
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
    /// Tumour BED minus that of the plan, gray; absent where what the tumour loses to time cannot be told.
    pub tumour_excess: Option<f64>,
    /// Late BED minus that of the plan, gray; absent where either cannot be told.
    pub late_excess: Option<f64>,
    /// The excess in percent of the plan.
    pub late_excess_percent: Option<f64>,
    /// What speaks against it.
    pub cautions: Vec<Finding>,
    #[serde(skip)]
    pub(super) solution: Option<(DoseSolution, RequiredBed)>,
}

/// The BED that the fractions that are left must bring, gray.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RequiredBed {
    pub(super) plan: f64,
    pub(super) loss: f64,
    pub(super) delivered: f64,
}

impl Compensation {
    pub(super) fn new(method: Method, description: Description) -> Self {
        Self {
            method,
            status: description.status(),
            description,
            delivery: None,
            extra_days: Vec::new(),
            twice_daily_days: Vec::new(),
            interval: None,
            dose_per_fraction: None,
            fractions_added: 0,
            tumour_excess: None,
            late_excess: None,
            late_excess_percent: None,
            cautions: Vec::new(),
            solution: None,
        }
    }

    /// Late BED over the plan, in percent, where it can be told.
    #[must_use]
    pub const fn late_excess_percent(&self) -> Option<f64> {
        self.late_excess_percent
    }

    /// Whether a finding with this code speaks against it.
    #[must_use]
    pub fn has_caution(&self, code: &str) -> bool {
        self.cautions.iter().any(|finding| finding.is(code))
    }

    /// How its numbers were reached.
    #[must_use]
    pub fn derive(&self) -> Vec<Derivation> {
        let Some(delivery) = &self.delivery else {
            return Vec::new();
        };
        let mut derivations = Vec::new();
        if let Some((solution, required)) = &self.solution {
            derivations.push(Derivation::new(
                format!("BED that the fractions left must bring, {}", self.method.title()),
                "BED of the plan + loss to repopulation - BED of the fractions delivered (without loss)",
                format!(
                    "{} + {} - {} Gy",
                    decimal(required.plan),
                    decimal(required.loss),
                    decimal(required.delivered)
                ),
                format!("{} Gy", decimal(required.plan + required.loss - required.delivered)),
                "Royal College of Radiologists 2019, BFCO(19)1, Appendix B, as coded in RadResume",
            ));
            derivations.push(solution.derivation());
        }
        derivations.extend(delivery.derive(self.method.title()));
        derivations
    }
}
