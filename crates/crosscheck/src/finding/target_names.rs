//! What is odd about the names of a plan's targets.

use core::fmt;

use chemorad::report::{Code, Identifying, Observation, Outcome, Subject, Values};
use chemorad::written;

use super::words::joined;
use crate::amount::Amount;
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

/// Why it is said that two targets refer to one region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SharedRegion {
    /// They are called as two volumes of the course.
    TwoVolumes,
    /// Their doses are those of two volumes of the course.
    DosesOfTwoVolumes,
    /// They have different names and the same fractions.
    TwoNames,
}

/// What is odd about names of targets.
///
/// See [`CrossCheck`](crate::CrossCheck) for an example.
#[derive(Debug, Clone)]
pub enum NameOdd {
    /// A target has the name of an organ at risk.
    Organ(Name),
    /// It was given for another volume than the one whose name it has.
    GivenForAnother {
        /// The target.
        target: Name,
        /// The volume whose name it has.
        own: String,
        /// The volume that it was given for.
        given: String,
    },
    /// Two targets refer to one region.
    OneRegion {
        /// The targets.
        targets: [Name; 2],
        /// The number of the region.
        number: i32,
        /// The plan of the second, where it is another one.
        other_plan: Option<Name>,
        /// Why it is said.
        why: SharedRegion,
    },
    /// It holds a dose that is not the one stated for the target.
    OtherDose {
        /// The target.
        target: Name,
        /// The dose in the name.
        named: Amount,
        /// The dose stated for the target.
        stated: Amount,
        /// The dose in the name is another prescribed one.
        is_prescribed: bool,
    },
}

impl Observation for TargetNameFinding {
    fn code(&self) -> &Code {
        &codes::VOLUME_MATCH
    }

    fn outcome(&self) -> Outcome {
        match &self.odd {
            NameOdd::OneRegion {
                why: SharedRegion::TwoNames,
                ..
            }
            | NameOdd::OtherDose {
                is_prescribed: false,
                ..
            }
            | NameOdd::GivenForAnother { .. } => Outcome::Warn,
            _ => Outcome::CannotTell,
        }
    }

    fn subject(&self) -> Subject {
        Subject::source(self.plan.clone())
    }

    fn values(&self) -> Values {
        match &self.odd {
            NameOdd::Organ(name) => Values::found(name),
            NameOdd::GivenForAnother { target, own, given } => {
                Values::expected(own).and_found(written!("{} given for {}", target, given))
            }
            NameOdd::OneRegion {
                targets,
                number,
                other_plan,
                ..
            } => {
                let targets = joined(targets, ", ");
                Values::found(match other_plan {
                    Some(plan) => written!("region {}: {} ({})", number, targets, plan),
                    None => written!("region {}: {}", number, targets),
                })
            }
            NameOdd::OtherDose {
                target,
                named,
                stated,
                ..
            } => Values::expected(written!("{} by the name", named)).and_found(written!(
                "{} for {}",
                stated,
                target
            )),
        }
    }
}

impl fmt::Display for TargetNameFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.odd {
            NameOdd::Organ(_) => {
                "a target has the name of an organ at risk: is its dose that of the organ, or is the dose reference the wrong one? Where the organ is what is treated, prescribe to it by its name (PHASE@VOLUME)"
            }
            NameOdd::GivenForAnother { .. } => {
                "a target was given for another volume than the one whose name it has: is it the right one?"
            }
            NameOdd::OneRegion {
                why: SharedRegion::DosesOfTwoVolumes,
                ..
            } => {
                "two targets with the prescribed doses of different volumes refer to one region (Referenced ROI Number): which of the two it is cannot be told"
            }
            NameOdd::OneRegion {
                why: SharedRegion::TwoNames,
                ..
            } => {
                "two targets with different names and the same fractions refer to one region (Referenced ROI Number): is it meant for both?"
            }
            NameOdd::OtherDose {
                is_prescribed: true,
                ..
            } => {
                "the name of a target holds a prescribed dose that is not the one stated for it: which of the two is right cannot be told (are doses exchanged?)"
            }
            NameOdd::OtherDose { .. } => {
                "the name of a target holds a dose that is neither the one stated for it nor prescribed: is it the right target, or is the name an old one?"
            }
            NameOdd::OneRegion { .. } => {
                "two targets are called as different volumes and refer to one region (Referenced ROI Number): which of the two it is cannot be told"
            }
        })
    }
}
