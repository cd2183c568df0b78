//! Why numbers, or a text, are not a fractionation.

use alloc::string::String;

use crate::quantity::{AbsorbedDose, QuantityError};

/// Why three numbers are not a fractionation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FractionationError {
    /// A number of fractions outside 1 to 200.
    #[error("{0} fractions: the number of fractions must be from 1 to 200")]
    Fractions(u32),
    /// n · d above 1000 Gy.
    #[error("{fractions} x {dose_per_fraction} is above 1000 Gy: check the unit")]
    TotalTooLarge {
        /// n
        fractions: u32,
        /// d
        dose_per_fraction: AbsorbedDose,
    },
    /// n · d ≠ D.
    #[error(
        "{fractions} x {dose_per_fraction} is {product}, not {total}: correct one of the three, or give only two"
    )]
    Inconsistent {
        /// D as given
        total: AbsorbedDose,
        /// n
        fractions: u32,
        /// d
        dose_per_fraction: AbsorbedDose,
        /// n · d
        product: AbsorbedDose,
    },
    /// D is not a whole number of d.
    #[error("{total} is not a whole number of {dose_per_fraction} fractions")]
    NotWhole {
        /// D
        total: AbsorbedDose,
        /// d
        dose_per_fraction: AbsorbedDose,
    },
}

impl FractionationError {
    pub(super) const fn message(self) -> &'static str {
        match self {
            Self::Fractions(_) => "the number of fractions must be from 1 to 200",
            Self::TotalTooLarge { .. } => "the total dose is above 1000 Gy",
            Self::Inconsistent { .. } => "the total is not the dose per fraction times fractions",
            Self::NotWhole { .. } => "the total is not a whole number of fractions",
        }
    }
}

/// Why a text is not a fractionation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FractionationTextError {
    /// None of the accepted forms.
    #[error(
        "{0:?} is not a fractionation; write 45Gy/25, \"45 Gy in 25\", \"25 x 1.8 Gy\", \"1.8 Gy x 25\" or \"45 Gy in 25 x 1.8 Gy\""
    )]
    Malformed(String),
    /// Nothing on one side of a plus sign.
    #[error(
        "{0:?} is not a fractionation: there is nothing before or behind a +; write a phase on both sides, as in 45Gy/25+5.4Gy/3"
    )]
    EmptyPhase(String),
    /// A number of fractions that is not a whole number.
    #[error("{0:?} is not a number of fractions; write a whole number from 1 to 200")]
    Count(String),
    /// A dose that is not a dose.
    #[error(transparent)]
    Dose(#[from] QuantityError),
    /// A total below 1 Gy in 5 or more fractions: no course, and 100 times less than one in cGy.
    #[error(
        "{0:?} is less than 1 Gy in all its fractions, which no course is: is the unit cGy? Write 45 Gy or 4500 cGy; where so little is meant, as in a part of a course of low doses, write \"0.75Gy/5 (low dose)\""
    )]
    UnitSlip(String),
    /// `(low dose)` after another dose.
    #[error(
        "{0:?}: \"(low dose)\" is for less than 1 Gy in 5 or more fractions: leave it out, or check the dose"
    )]
    NotLow(String),
    /// More phases than fractions in the longest course.
    #[error("{0:?}: a course has at most 200 phases")]
    Phases(String),
    /// Numbers that do not go together.
    #[error(transparent)]
    Numbers(#[from] FractionationError),
}

/// Errors quote their input; a file of the wrong kind must not flood the terminal.
pub(super) fn short(text: &str) -> String {
    text.chars().take(60).collect()
}
