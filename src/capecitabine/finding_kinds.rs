//! The kinds of values that findings about a capecitabine order hold.

use alloc::vec::Vec;

use crate::quantity::{IntensityPerAdministration, OrderedDose};
use crate::text::Text;

use super::deviation_tolerance::DeviationTolerance;
use super::rules::dose_rule::{Covers, DoseFraction};
use super::rules::dpyd::DpydRow;
use super::rules::interactions::Interaction;
use super::rules::renal::{CutDistance, RenalBand};
use super::rules::toxicity::ToxicityStep;

/// What belongs to a rule in addition to its words.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum RuleContext {
    /// Nothing.
    None,
    /// The band of renal function, the starting dose it does not cover or is not known to cover, and
    /// the distances of the clearance from the cuts.
    Band {
        /// The band.
        band: RenalBand,
        /// The intensity, where the text does not hold for it or does not say whether it does.
        uncovered: Option<(Covers, IntensityPerAdministration)>,
        /// Every cut of the rules.
        distances: Vec<CutDistance>,
    },
    /// A shipped list stops the drug, and the list in use does not.
    NotInList {
        /// The list in use.
        rule_set: Text,
    },
}

/// Why a decision changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecisionObstacle {
    /// A rule stops the drug.
    HardStop,
    /// An input is missing, or no rule set is there to read it by.
    NotAssessable,
}

/// What a rule leaves of the original dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShareLimit {
    /// No more than this.
    AtMost(DoseFraction),
    /// No less than this.
    AtLeast(DoseFraction),
    /// Less than this, as long as no phenotype result is stated.
    Below(DoseFraction),
    /// Nothing, as long as no phenotype result is stated.
    NoDoseYet,
}

/// A row of a rule set.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum RuleSetRow {
    /// Of the DPYD rules.
    Dpyd(DpydRow),
    /// Of the renal rules.
    Renal(RenalBand),
    /// Of the toxicity ladder.
    Toxicity(ToxicityStep),
    /// Of the interactions.
    Interaction(Interaction),
}

/// How a row of a rule set differs from every text that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnusualShare {
    /// It leaves more than this.
    MoreThan(DoseFraction),
    /// It leaves this or more, and the texts less.
    NotBelow(DoseFraction),
    /// It leaves a dose below 30 mL/min.
    DoseInSevereImpairment,
    /// It leaves more than half after a toxicity of grade 4.
    MoreThanHalfAfterRecovery,
    /// It goes on at a toxicity of grade 3 without an interruption.
    WithoutInterruption,
    /// It watches a drug that is never given with capecitabine.
    NeverGiven,
    /// It leaves less than half.
    LessThanHalf,
}

/// What an order says the amount of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OrderedAmount {
    /// Of one administration.
    Administration,
    /// Of a day.
    Day,
}

/// What a deviation is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeviationLimit {
    /// The tolerance of the site.
    Tolerance(DeviationTolerance),
    /// Half of the dose, where no tolerance was given.
    Half,
    /// What is usual, where no tolerance was given.
    Usual,
}

/// A body surface area (m²) where the dose changes, with the doses on its two sides.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum DoseStep {
    /// Of one administration; absent is no tablet.
    Administration {
        /// Where.
        square_meters: f64,
        /// The dose below.
        below: Option<OrderedDose>,
        /// The dose above.
        above: Option<OrderedDose>,
    },
    /// Of a day, mg.
    Day {
        /// Where.
        square_meters: f64,
        /// The dose below.
        below: f64,
        /// The dose above.
        above: f64,
    },
}

impl DoseStep {
    /// Where the dose changes, m².
    #[must_use]
    pub const fn square_meters(self) -> f64 {
        match self {
            Self::Administration { square_meters, .. } | Self::Day { square_meters, .. } => {
                square_meters
            }
        }
    }
}
