//! What is odd about the names of a plan's targets.

use core::fmt;

use chemorad::report::{Code, Identifying, Observation, Outcome, Subject, Values};
use chemorad::written;

use super::words::joined;
use crate::codes;

type Name = Identifying<String>;

/// A name of a target that the plan itself contradicts.
#[derive(Debug, Clone)]
pub struct TargetNameFinding {
    /// The plan.
    pub plan: Name,
    /// What is odd.
    pub odd: NameOdd,
}

/// What is odd about names of targets.
///
/// See [`CrossCheck`](crate::CrossCheck) for an example.
#[derive(Debug, Clone)]
pub enum NameOdd {
    /// A target has the name of an organ at risk.
    Organ(Name),
    /// Two targets that are different volumes of the course refer to one region.
    OneRegion {
        /// The targets.
        targets: [Name; 2],
        /// The number of the region.
        number: i32,
    },
    /// The name of each states the dose of the other.
    Exchanged {
        /// The targets.
        targets: [Name; 2],
    },
}

impl Observation for TargetNameFinding {
    fn code(&self) -> &Code {
        &codes::VOLUME_MATCH
    }

    fn outcome(&self) -> Outcome {
        Outcome::CannotTell
    }

    fn subject(&self) -> Subject {
        Subject::source(self.plan.clone())
    }

    fn values(&self) -> Values {
        match &self.odd {
            NameOdd::Organ(name) => Values::found(name),
            NameOdd::OneRegion { targets, number } => {
                Values::found(written!("region {}: {}", number, joined(targets, ", ")))
            }
            NameOdd::Exchanged { targets } => Values::found(joined(targets, ", ")),
        }
    }
}

impl fmt::Display for TargetNameFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.odd {
            NameOdd::Organ(_) => {
                "a target has the name of an organ at risk: is its dose that of the organ, or is the dose reference the wrong one? Where the organ is what is treated, prescribe to it by its name (PHASE@VOLUME)"
            }
            NameOdd::OneRegion { .. } => {
                "two targets are called as different volumes and refer to one region (Referenced ROI Number): which of the two it is cannot be told"
            }
            NameOdd::Exchanged { .. } => {
                "the name of each of two targets states the dose of the other: are the doses or the names exchanged?"
            }
        })
    }
}
