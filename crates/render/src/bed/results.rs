//! BED and EQD of a course as tools read them, at single values of the parameters or over intervals.

use chemorad::quantity::{AbsorbedDose, AlphaBeta};
use chemorad::radiobiology::{
    AlphaBetaInterval, BedInterval, EqdInterval, Term, TermKind, TissueParameter, TreatmentTime,
    UncertainParameters,
};
use chemorad::report::{Derivation, Finding};
use serde::Serialize;

use super::value::{Range, Value};
use crate::amount::Amount;

/// A term of a BED.
#[derive(Debug, Clone, Serialize)]
pub struct TermRow {
    #[serde(rename = "name")]
    pub(super) kind: TermKind,
    pub(super) value: f64,
    unit: &'static str,
    pub(super) formula: String,
    source: &'static str,
}

impl From<Term> for TermRow {
    fn from(term: Term) -> Self {
        Self {
            kind: term.kind,
            value: term.gray,
            unit: "Gy",
            formula: term.formula,
            source: term.source,
        }
    }
}

/// A phase on its own, without loss to time.
#[derive(Debug, Clone, Serialize)]
pub struct PhaseRow {
    /// Its number of fractions.
    pub fractions: u32,
    /// The dose of each.
    pub dose_per_fraction: Amount,
    /// The dose of all.
    pub dose: AbsorbedDose,
    /// Their BED.
    pub bed: Value,
    /// Their EQD.
    pub eqd: Value,
}

/// The whole course.
#[derive(Debug, Clone, Serialize)]
pub struct TotalRow {
    /// The number of its fractions.
    pub fractions: u32,
    /// Their dose.
    pub dose: AbsorbedDose,
    /// Their BED, with all parts of the model.
    pub bed: Value,
    /// Their EQD, with all parts of the model.
    pub eqd: Value,
}

/// The α/β of a result.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(untagged)]
pub enum AlphaBetaUsed {
    /// One value.
    Value(AlphaBeta),
    /// An interval, or a value among other parameters that are intervals.
    Interval(AlphaBetaInterval),
}

impl std::fmt::Display for AlphaBetaUsed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Value(value) => value.fmt(f),
            Self::Interval(interval) => interval.fmt(f),
        }
    }
}

/// BED and EQD over the published interval of α/β.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum OverInterval {
    /// Of plain linear-quadratic.
    Plain {
        /// The BED.
        bed: BedInterval,
        /// The EQD.
        eqd: EqdInterval,
    },
    /// Of the model with its parts.
    Parts {
        /// The BED.
        bed: Range,
        /// The EQD.
        eqd: Range,
    },
}

/// The course minus the other schedule.
#[derive(Debug, Clone, Serialize)]
pub struct Difference {
    /// Of their BED.
    pub bed: Value,
    /// Of their EQD.
    pub eqd: Value,
}

/// Another schedule, and how the course differs from it.
#[derive(Debug, Clone, Serialize)]
pub struct Comparison {
    /// As it was written.
    pub schedule: String,
    /// Its overall time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overall_time: Option<TreatmentTime>,
    /// Its BED.
    pub bed: Value,
    /// Its EQD.
    pub eqd: Value,
    /// The course minus this schedule.
    pub difference: Difference,
}

/// BED and EQD of a course at one α/β.
#[derive(Debug, Clone, Serialize)]
pub struct Results {
    /// The α/β.
    pub alpha_beta: AlphaBetaUsed,
    /// The other parameters, where one of them is an interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<UncertainParameters>,
    /// The published record the α/β is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<&'static TissueParameter>,
    /// The results over that record's interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub over_interval: Option<OverInterval>,
    /// Each phase on its own.
    pub phases: Vec<PhaseRow>,
    /// The course.
    pub total: TotalRow,
    /// Its overall time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overall_time: Option<TreatmentTime>,
    /// The parts of its BED.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<TermRow>,
    /// Other schedules.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub comparisons: Vec<Comparison>,
    /// What a reader must know.
    pub warnings: Vec<Finding>,
    /// How the numbers were reached.
    pub derivations: Vec<Derivation>,
}
