//! Names of targets that contradict what else a plan says of them.

use core::fmt;

use chemorad::report::{Code, Identifying, Observation, Outcome, Subject, Values};
use chemorad::written;

use crate::amount::Amount;
use crate::codes;

type Name = Identifying<String>;

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

/// A name of a target that contradicts what else is known of it.
///
/// See [`CrossCheck`](crate::CrossCheck) for an example.
#[derive(Debug, Clone)]
pub struct TargetNameFinding {
    /// The plan.
    pub plan: Name,
    /// The target.
    pub target: Name,
    /// What contradicts its name.
    pub says: TargetNameSays,
}

/// What contradicts the name of a target.
///
/// See [`CrossCheck`](crate::CrossCheck) for an example.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum TargetNameSays {
    /// Another target refers to its region.
    SharedRegion {
        /// The number of the region.
        number: i32,
        /// The plan of the other target, where it is another one.
        other_plan: Option<Name>,
        /// The other target.
        other: Name,
        /// Why it is said.
        why: SharedRegion,
    },
    /// It holds a dose that is not the one stated for the target.
    OtherDose {
        /// The dose in the name.
        named: Amount,
        /// The dose stated for the target.
        stated: Amount,
        /// The dose in the name is another prescribed one.
        is_prescribed: bool,
    },
    /// It is that of an organ that is spared as a rule, and no prescribed volume is called so.
    Organ,
}

impl Observation for TargetNameFinding {
    fn code(&self) -> &Code {
        &codes::VOLUME_MATCH
    }

    fn outcome(&self) -> Outcome {
        match &self.says {
            TargetNameSays::SharedRegion {
                why: SharedRegion::TwoVolumes,
                ..
            } => Outcome::Fail,
            TargetNameSays::SharedRegion {
                why: SharedRegion::DosesOfTwoVolumes,
                ..
            }
            | TargetNameSays::OtherDose {
                is_prescribed: true,
                ..
            }
            | TargetNameSays::Organ => Outcome::CannotTell,
            TargetNameSays::SharedRegion { .. } | TargetNameSays::OtherDose { .. } => Outcome::Warn,
        }
    }

    fn subject(&self) -> Subject {
        Subject::source(self.plan.clone()).part(Subject::target(self.target.clone()))
    }

    fn values(&self) -> Values {
        match &self.says {
            TargetNameSays::SharedRegion {
                number,
                other_plan,
                other,
                ..
            } => Values::found(match other_plan {
                Some(plan) => written!("region {}, that of {} in {} too", number, other, plan),
                None => written!("region {}, that of {} too", number, other),
            }),
            TargetNameSays::OtherDose { named, stated, .. } => {
                Values::expected(written!("{} by the name", named)).and_found(stated)
            }
            TargetNameSays::Organ => Values::default(),
        }
    }
}

impl fmt::Display for TargetNameFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.says {
            TargetNameSays::SharedRegion { why, .. } => match why {
                SharedRegion::TwoVolumes => {
                    "two targets that are called as different volumes refer to one region (Referenced ROI Number), which can be only one of them"
                }
                SharedRegion::DosesOfTwoVolumes => {
                    "two targets with the prescribed doses of different volumes refer to one region (Referenced ROI Number): which of them it is cannot be told"
                }
                SharedRegion::TwoNames => {
                    "two targets with different names and the same fractions refer to one region (Referenced ROI Number): is it meant for both?"
                }
            },
            TargetNameSays::OtherDose {
                is_prescribed: true,
                ..
            } => {
                "the name of the target holds a prescribed dose that is not the one stated for it: which of the two is right cannot be told (are doses exchanged?)"
            }
            TargetNameSays::OtherDose { .. } => {
                "the name of the target holds a dose that is neither the one stated for it nor prescribed: is it the right target, or is the name an old one?"
            }
            TargetNameSays::Organ => {
                "the target has the name of an organ that is spared as a rule: is it the wrong region or the wrong dose reference? Look in the planning system what is treated; only where this organ itself is a prescribed volume, say which one it is"
            }
        })
    }
}
