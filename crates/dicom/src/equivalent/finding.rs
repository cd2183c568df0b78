//! What the conversion and the sum of doses have to say, with its words.

use std::fmt;

use chemorad::report::{Code, Observation, Outcome, Subject, decimal};
use chemorad_dosimetry::DosePart;

use crate::shared::Unsettled;

/// Up to so many gray a fraction the linear-quadratic model is reasonably well validated (Brenner 2008).
pub(super) const HIGH_PER_FRACTION: f64 = 10.0;

/// Why the fractions of a phase could not be compared with a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotCompared {
    /// No plan was given.
    NotGiven,
    /// None of the plans given is the one its doses refer to.
    NoPlan,
    /// The plan has no such fraction group.
    NoGroup,
    /// The plan does not state them.
    NotStated,
    /// Its doses are of several fraction groups.
    SeveralGroups,
    /// A dose that is called that of the whole plan names some of its fraction groups.
    PlanOrGroup,
}

/// What was found while doses were converted or added.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum DerivedFinding {
    /// A dose was resampled to the grid of the first.
    Resampled {
        /// Which dose, counted from 1.
        dose: usize,
        /// The voxels that lie outside its grid.
        outside: u64,
    },
    /// A phase whose largest dose per fraction is below 0.5 Gy.
    LowPerFraction {
        /// The phase, counted from 1.
        phase: usize,
        /// Its largest dose, gray.
        maximum: f64,
        /// Its fractions.
        fractions: u32,
    },
    /// A phase whose largest dose per fraction is above the range in which the linear-quadratic model is well
    /// validated.
    HighPerFraction {
        /// The phase, counted from 1.
        phase: usize,
        /// Its largest dose, gray.
        maximum: f64,
        /// Its fractions.
        fractions: u32,
    },
    /// A phase whose doses are of several fraction groups or plans.
    SeveralGroups {
        /// The phase, counted from 1.
        phase: usize,
    },
    /// A phase without the dose of parts that its plan delivers in the same fractions.
    PartsMissing {
        /// The phase, counted from 1.
        phase: usize,
        /// The beams or application setups.
        parts: Vec<DosePart>,
    },
    /// A phase with the dose of parts that the fraction group of its plan does not have.
    PartsUnknown {
        /// The phase, counted from 1.
        phase: usize,
        /// The beams or application setups.
        parts: Vec<DosePart>,
    },
    /// A sum of fraction groups that is written as the dose of their plan.
    GroupsOfPlan,
    /// A phase that has the dose of one beam alone.
    LoneBeam {
        /// The phase, counted from 1.
        phase: usize,
        /// The dose, counted from 1.
        dose: usize,
    },
    /// A dose that is called whole and names parts of its plan.
    PartsNamed {
        /// The phase, counted from 1.
        phase: usize,
        /// The dose, counted from 1.
        dose: usize,
        /// The beams or application setups.
        parts: Vec<DosePart>,
    },
    /// The parts that a phase holds are all that its plan delivers in the same fractions.
    PartsAsPlanned {
        /// The phase, counted from 1.
        phase: usize,
    },
    /// A phase has as many fractions as its plan.
    FractionsAsPlanned {
        /// The phase, counted from 1.
        phase: usize,
        /// Its fractions.
        fractions: u32,
    },
    /// The fractions of a phase could not be compared with a plan.
    FractionsNotCompared {
        /// The phase, counted from 1.
        phase: usize,
        /// Why not.
        why: NotCompared,
    },
    /// Doses that were accepted as of different treatment.
    TakenAsDistinct {
        /// Which dose, counted from 1.
        dose: usize,
        /// The dose it may share treatment with.
        other: usize,
        /// Why the files do not tell.
        why: Unsettled,
        /// Why they were accepted.
        reason: String,
    },
}

pub(crate) const RESAMPLED: Code = Code::new(
    "dose.resampled",
    "Resampled dose",
    "The doses lie on different grids, so one was resampled to the grid of the first by trilinear \
     interpolation of absorbed dose. Steep gradients are smoothed by that, and voxels outside the resampled \
     grid count as zero.",
    "Export the doses on one grid where the exact value matters.",
);

pub(crate) const COUNTED_ONCE: Code = Code::new(
    "dose.counted_once",
    "Counted once",
    "Doses that are added must not share treatment: the dose of a plan holds those of its fraction groups and \
     beams. The files say by their references of what they are. Here they do not settle it, or the doses are the \
     same in every voxel (to the steps in which they are stored), as two copies of one dose are; and someone \
     accepted the doses as of different treatment.",
    "Look in the planning system of what each dose is, and export it with its plan, fraction group and beams.",
)
.with_source("DICOM PS3.3 C.8.8.3, Dose Summation Type (3004,000A) and Referenced RT Plan (300C,0002)");

pub(crate) const FRACTION_DOSE: Code = Code::new(
    "dose.low_fraction",
    "Dose per fraction of a phase",
    "The largest dose of a phase is less than 0.5 Gy a fraction. No treatment with external beams is given so: \
     the number of fractions may be that of another phase, or the dose that of one beam or one fraction.",
    "Check the number of fractions, and whether the file holds the dose of the whole phase.",
);
pub(crate) const HIGH_FRACTION: Code = Code::new(
    "dose.high_fraction",
    "High dose per fraction of a phase",
    "The linear-quadratic model is reasonably well validated up to about 10 Gy per fraction, reasonable but not \
     well validated up to about 18 Gy, and not supported above. The largest voxel of a phase lies higher: the \
     number of fractions may be that of another phase.",
    "Check the number of fractions. Take BED and EQD of such voxels as approximate.",
)
.with_source("Brenner 2008, Semin Radiat Oncol 18:234-9 (PMC2750078)");
pub(crate) const SAME_FRACTIONS: Code = Code::new(
    "dose.same_fractions",
    "Doses of one phase",
    "The doses of a phase are added and then converted with one number of fractions, so they must be given in \
     the same fractions. Doses of different fraction groups or plans need not be: each group has its own \
     fractions.",
    "Export the dose of each fraction group, and give each as a phase with its number of fractions.",
)
.with_source("DICOM PS3.3 C.8.8.13, RT Fraction Scheme");
pub(crate) const PARTS: Code = Code::new(
    "dose.parts",
    "Beams of the phase",
    "The effect of a fraction is that of its whole dose. The plan says which beams or application setups its \
     fraction group delivers; the doses of the phase are those of others or not of all. A dose that is called \
     that of the whole plan or group and names beams may be the dose of these alone.",
    "Give the dose of the plan, or those of all beams of the phase joined by commas, and the plan with `--plan`.",
);
pub(crate) const GROUPS_OF_PLAN: Code = Code::new(
    "dose.groups_of_plan",
    "Sum of fraction groups",
    "Dose Summation Type has no term for several fraction groups of one plan other than PLAN, which is the dose \
     of all its groups. The new file is written as PLAN and names the groups that it holds.",
    "Make sure that the plan has no other fraction group before the file is used as the dose of the plan.",
)
.with_source("DICOM PS3.3 C.8.8.3, Dose Summation Type (3004,000A)");
pub(crate) const LONE_BEAM: Code = Code::new(
    "dose.lone_beam",
    "Dose of beams alone",
    "The effect of a fraction is that of its whole dose, so the beams of a phase are added before they are \
     converted. Here the only dose of a phase is one of beams, and other beams may be missing.",
    "Give the dose of the plan, or those of all beams of the phase joined by commas.",
);
pub(crate) const FRACTIONS: Code = Code::new(
    "dose.fractions",
    "Fractions of the plan",
    "The number of fractions that a dose is converted with is compared with that of the plan it refers to.",
    "Give the plan of every phase, and the dose of each fraction group on its own.",
);

impl Observation for DerivedFinding {
    fn code(&self) -> &Code {
        match self {
            Self::Resampled { .. } => &RESAMPLED,
            Self::TakenAsDistinct { .. } => &COUNTED_ONCE,
            Self::LowPerFraction { .. } => &FRACTION_DOSE,
            Self::HighPerFraction { .. } => &HIGH_FRACTION,
            Self::SeveralGroups { .. } => &SAME_FRACTIONS,
            Self::PartsMissing { .. }
            | Self::PartsUnknown { .. }
            | Self::PartsNamed { .. }
            | Self::PartsAsPlanned { .. } => &PARTS,
            Self::GroupsOfPlan => &GROUPS_OF_PLAN,
            Self::LoneBeam { .. } => &LONE_BEAM,
            Self::FractionsAsPlanned { .. } | Self::FractionsNotCompared { .. } => &FRACTIONS,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::FractionsNotCompared {
                why: NotCompared::NotGiven,
                ..
            } => Outcome::Warn,
            Self::FractionsNotCompared { .. }
            | Self::SeveralGroups { .. }
            | Self::PartsMissing { .. }
            | Self::PartsUnknown { .. } => Outcome::CannotTell,
            Self::FractionsAsPlanned { .. } | Self::PartsAsPlanned { .. } => Outcome::Pass,
            _ => Outcome::Warn,
        }
    }

    fn subject(&self) -> Subject {
        Subject::path(match self {
            Self::GroupsOfPlan => "sum".into(),
            Self::Resampled { dose, .. } | Self::TakenAsDistinct { dose, .. } => {
                format!("dose {dose}")
            }
            Self::LowPerFraction { phase, .. }
            | Self::HighPerFraction { phase, .. }
            | Self::SeveralGroups { phase }
            | Self::PartsMissing { phase, .. }
            | Self::PartsUnknown { phase, .. }
            | Self::LoneBeam { phase, .. }
            | Self::PartsNamed { phase, .. }
            | Self::PartsAsPlanned { phase }
            | Self::FractionsAsPlanned { phase, .. }
            | Self::FractionsNotCompared { phase, .. } => format!("phase {phase}"),
        })
    }
}

fn listed(parts: &[DosePart]) -> String {
    let parts: Vec<_> = parts.iter().map(DosePart::to_string).collect();
    parts.join(", ")
}

impl fmt::Display for DerivedFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Resampled { outside, .. } => {
                f.write_str(
                    "resampled to the grid of dose 1 by trilinear interpolation of absorbed dose",
                )?;
                match outside {
                    0 => Ok(()),
                    count => write!(
                        f,
                        "; {count} voxels lie outside its grid and count as zero"
                    ),
                }
            }
            Self::LowPerFraction {
                maximum, fractions, ..
            } => write!(
                f,
                "its maximum of {} Gy in {fractions} fractions is less than 0.5 Gy a fraction: is the number of fractions right, and is it the dose of the whole phase?",
                decimal(*maximum)
            ),
            Self::HighPerFraction {
                maximum, fractions, ..
            } => write!(
                f,
                "its maximum of {} Gy in {fractions} fractions is more than {HIGH_PER_FRACTION} Gy a fraction, where the linear-quadratic model is not well validated: is the number of fractions right?",
                decimal(*maximum)
            ),
            Self::SeveralGroups { .. } => f.write_str(
                "its doses are of several fraction groups or plans, and one number of fractions converts them all: are they given in the same fractions?",
            ),
            Self::PartsMissing { parts, .. } => write!(
                f,
                "the plan delivers more in the same fractions than its doses hold: {}",
                listed(parts)
            ),
            Self::PartsUnknown { parts, .. } => write!(
                f,
                "the fraction group of the plan has no {}, of which it has the dose",
                listed(parts)
            ),
            Self::GroupsOfPlan => f.write_str(
                "the new file is called the dose of the plan (PLAN); it holds the fraction groups that it names, and is that dose only if the plan has no other",
            ),
            Self::LoneBeam { dose, .. } => write!(
                f,
                "dose {dose} is that of beams, and the only one of the phase: are there other beams?"
            ),
            Self::PartsNamed { dose, parts, .. } => write!(
                f,
                "dose {dose} is called that of the whole plan or fraction group and names only {}: is it the dose of these alone? The plan tells (--plan)",
                listed(parts)
            ),
            Self::PartsAsPlanned { .. } => f.write_str(
                "the beams and application setups that its doses name are all that the plan delivers in the same fractions",
            ),
            Self::FractionsAsPlanned { fractions, .. } => {
                write!(f, "its {fractions} fractions are those of the plan")
            }
            Self::FractionsNotCompared { why, .. } => f.write_str(match why {
                NotCompared::NotGiven => "no plan was given, so its fractions are as typed and nothing is compared with them; the plan tells (--plan)",
                NotCompared::NoGroup => "the plan that its doses refer to has no such fraction group, so its fractions are not compared",
                NotCompared::NoPlan => "the plan that its doses refer to was not given, so its fractions are not compared",
                NotCompared::NotStated => "the plan does not state its fractions",
                NotCompared::PlanOrGroup => "a dose is called that of the whole plan and names some of its fraction groups only, so which fractions it is of is not known: export the dose of each group",
                NotCompared::SeveralGroups => "its doses are of several fraction groups, each with its own fractions: convert the dose of each group",
            }),
            Self::TakenAsDistinct {
                other, why, reason, ..
            } => write!(
                f,
                "that it shares no treatment with dose {other} was accepted, as the files do not tell ({why}); the reason given: {reason}"
            ),
        }
    }
}
