//! What two doses share, and why that cannot be told.

use std::fmt;

use chemorad_dosimetry::beams_in_words;

/// What two doses have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shared {
    /// They are one object, by its SOP Instance UID.
    Object,
    /// One is the dose of the whole plan, and the other of the same plan or of a part of it.
    Plan,
    /// One is the dose of a whole fraction group, and the other of the same group or of a part of it.
    Group(i32),
    /// Beams of one fraction group.
    Beams {
        /// The number of the group.
        group: i32,
        /// The numbers of the beams.
        beams: Vec<i32>,
    },
    /// Brachytherapy setups of one fraction group.
    Setups {
        /// The number of the group.
        group: i32,
        /// The numbers of the setups.
        setups: Vec<i32>,
    },
}

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object => f.write_str("it is the same object (SOP Instance UID)"),
            Self::Plan => f.write_str(
                "both are of one plan (Referenced RT Plan), and one of them is the dose of the whole plan",
            ),
            Self::Group(number) => write!(
                f,
                "both are of fraction group {number} of one plan, and one of them is the dose of the whole group"
            ),
            Self::Beams { group, beams } => write!(
                f,
                "both hold {} of fraction group {group} of one plan",
                beams_in_words(beams)
            ),
            Self::Setups { group, setups } => {
                let numbers: Vec<String> = setups.iter().map(ToString::to_string).collect();
                write!(
                    f,
                    "both hold brachytherapy setup {} of fraction group {group} of one plan",
                    numbers.join(", ")
                )
            }
        }
    }
}

/// Why it cannot be told whether two doses share treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unsettled {
    /// One of them names no plan.
    NoPlan,
    /// Both are of one plan, and one does not name its fraction group.
    NoGroup,
    /// Both are of one fraction group, and one does not name its beams or setups.
    NoBeams,
    /// One is called the dose of the whole plan and names only a part of it.
    PlanOrPart,
    /// One is the sum of several plans and names fewer than two.
    PlansNotNamed,
    /// Their references differ, and one is the sum of all the others in every voxel.
    SumOfOthers,
    /// Their references differ, and both hold the same dose in every voxel.
    SameVoxels,
}

impl fmt::Display for Unsettled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoPlan => "one of them does not say which plan it is the dose of",
            Self::NoGroup => {
                "both are of one plan, and one of them does not say of which fraction group"
            }
            Self::NoBeams => {
                "both are of one fraction group, and one of them does not say of which beams or setups"
            }
            Self::PlansNotNamed => {
                "one of them is the sum of several plans (MULTI_PLAN) and names fewer than two, so whether it holds the other is not known"
            }
            Self::SumOfOthers => {
                "they refer to different treatment, and one is the sum of all the others in every voxel, as a sum given beside its parts is"
            }
            Self::SameVoxels => {
                "they refer to different treatment and hold the same dose in every voxel, as two copies of one dose do"
            }
            Self::PlanOrPart => {
                "both are of one plan, and one of them is called the dose of the whole plan but names only fraction groups of it that the other is not of"
            }
        })
    }
}
