//! Beams that are too much by themselves, where the dose of their fraction group is not known.

use core::fmt;

use chemorad::report::{Code, Observation, Outcome, Subject, Values};
use chemorad::written;
use chemorad_dosimetry::PartPoint;

use super::words::joined;
use crate::amount::{Amount, Comparison};
use crate::codes;

/// The most that one beam gives at its own point, as a multiple of the prescribed dose per fraction: that of a
/// prescription to the isodose of 25 %; this project's choice.
pub(crate) const MOST_OF_ONE_BEAM: u32 = 4;

/// Beams or application setups that are too much by themselves, where the dose of their group is not known.
#[derive(Debug, Clone)]
pub struct KnownBeams {
    /// The fraction group.
    pub group: Subject,
    /// The beams with their doses.
    pub beams: Vec<PartPoint>,
    /// More than what they are.
    pub above: TooMuch,
}

/// What beams are more than.
///
/// See [`CrossCheck`](crate::CrossCheck) for an example.
#[derive(Debug, Clone)]
pub enum TooMuch {
    /// Each is more than any prescription gives at a point of a beam.
    AnyPoint {
        /// The prescribed dose per fraction.
        expected: Amount,
        /// The most that one beam gives.
        most: Amount,
    },
    /// Together they are more than the prescribed dose per fraction.
    Prescribed(Comparison),
}

impl Observation for KnownBeams {
    fn code(&self) -> &Code {
        &codes::BEAM_SUM
    }

    fn outcome(&self) -> Outcome {
        Outcome::Fail
    }

    fn subject(&self) -> Subject {
        self.group.clone()
    }

    fn values(&self) -> Values {
        match &self.above {
            TooMuch::AnyPoint { expected, most } => Values::expected(written!(
                "at most {} x {} = {}",
                MOST_OF_ONE_BEAM,
                expected,
                most
            ))
            .and_found(joined(&self.beams, ", ")),
            TooMuch::Prescribed(comparison) => comparison.values(),
        }
    }
}

impl fmt::Display for KnownBeams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.above {
            TooMuch::AnyPoint { .. } => f.write_str(
                "the dose of one beam alone is more than any prescription gives, wherever its point lies: are the numbers centigray where gray is meant, or those of all fractions?",
            ),
            TooMuch::Prescribed(_) => write!(
                f,
                "what is known of the fraction is already more than is prescribed, and the dose of the rest is not known: {}",
                joined(&self.beams, ", ")
            ),
        }
    }
}
