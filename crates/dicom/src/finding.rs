//! What the reading of a file has to say, with its words.

use std::fmt;

use chemorad::number::Decimal;
use chemorad::report::{Code, Observation, Outcome, Subject, Values, decimal};
use chemorad_dosimetry::beams_in_words;

use super::regions::regions_in_words;
use super::shared::Unsettled;

/// What is odd about beams of a fraction group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BeamIssue {
    /// They are for setup or portal images.
    LeftOut,
    /// Their purpose is not stated.
    NoPurpose,
    /// Their purpose is none that DICOM defines.
    UnknownPurpose,
    /// The file does not describe them.
    NotDescribed,
    /// They treat and have no dose.
    NoDose,
    /// They treat and have neither dose nor meterset, while others have.
    GivesNothing,
    /// They are delivered and their dose is zero.
    ZeroDose,
    /// They have a dose and a meterset of 0.
    DoseWithoutMeterset,
    /// Their dose is negative.
    NegativeDose,
}

impl BeamIssue {
    pub(crate) const ALL: [Self; 9] = [
        Self::LeftOut,
        Self::NoPurpose,
        Self::UnknownPurpose,
        Self::NotDescribed,
        Self::NoDose,
        Self::GivesNothing,
        Self::ZeroDose,
        Self::DoseWithoutMeterset,
        Self::NegativeDose,
    ];

    const fn code(self) -> &'static Code {
        match self {
            Self::LeftOut => &BEAMS_LEFT_OUT,
            Self::NoPurpose | Self::UnknownPurpose => &BEAM_PURPOSE,
            Self::NotDescribed => &BEAM_MISSING,
            Self::NoDose
            | Self::GivesNothing
            | Self::ZeroDose
            | Self::DoseWithoutMeterset
            | Self::NegativeDose => &BEAM_DOSE,
        }
    }

    const fn outcome(self) -> Outcome {
        match self {
            Self::LeftOut => Outcome::NotApplicable,
            Self::NoPurpose | Self::GivesNothing | Self::ZeroDose => Outcome::Warn,
            Self::UnknownPurpose
            | Self::NotDescribed
            | Self::NoDose
            | Self::DoseWithoutMeterset => Outcome::CannotTell,
            Self::NegativeDose => Outcome::Fail,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::LeftOut => "setup or portal image beams are left out of the sums",
            Self::NoPurpose => "no purpose is stated and treatment is taken",
            Self::UnknownPurpose => "the purpose is not one DICOM defines",
            Self::NotDescribed => {
                "the group names beams the file does not describe (is it cut off?)"
            }
            Self::NoDose => "no Beam Dose, so the dose per fraction is not known",
            Self::GivesNothing => {
                "treatment beams with neither Beam Dose nor meterset: what they give is not known, and they are left out of the sum (are they setup fields?)"
            }
            Self::DoseWithoutMeterset => {
                "a Beam Dose is stated and the meterset is 0, so the beam as planned gives nothing"
            }
            Self::ZeroDose => "the Beam Dose is 0 although the beam is delivered",
            Self::NegativeDose => "the Beam Dose is negative",
        }
    }
}

/// Why the fractions of a phase could not be compared with a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotCompared {
    /// None of the plans given is the one its doses refer to.
    NoPlan,
    /// The plan has no such fraction group.
    NoGroup,
    /// The plan does not state them.
    NotStated,
    /// Its doses are of several fraction groups.
    SeveralGroups,
}

/// What was found while a file was read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum DicomFinding {
    /// Beams of a fraction group.
    Beams {
        /// The number of the group.
        group: Option<i32>,
        /// What is odd about them.
        issue: BeamIssue,
        /// Their numbers.
        beams: Vec<i32>,
    },
    /// Another number of beams or setups than the group declares.
    BeamCount {
        /// The number of the group.
        group: Option<i32>,
        /// `beams` or `brachytherapy setups`.
        what: &'static str,
        /// How many the group declares.
        declared: u32,
        /// How many it lists.
        listed: usize,
    },
    /// The days on which fractions are given cannot be read.
    FractionPattern {
        /// The number of the group.
        group: Option<i32>,
    },
    /// Treatment beams that no fraction group names.
    BeamsInNoGroup {
        /// Their numbers.
        beams: Vec<i32>,
    },
    /// More offsets of frames than frames.
    FrameOffsets {
        /// How many frames there are.
        frames: u32,
        /// How many offsets are listed.
        listed: usize,
    },
    /// The first offset of the frames, where the standard does not say what it means.
    FirstOffset {
        /// The offset, in millimetres.
        first: Decimal,
        /// The z of Image Position.
        z: Option<Decimal>,
    },
    /// The maximum of a histogram is not where its volume ends.
    DvhMaximum {
        /// The regions of the histogram.
        regions: Vec<i32>,
        /// The regions that are left out of them.
        excluded: Vec<i32>,
        /// The maximum in the tags.
        maximum: Decimal,
        /// The end of the last bin with volume.
        end: Decimal,
    },
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
    /// A phase that has the dose of one beam alone.
    LoneBeam {
        /// The phase, counted from 1.
        phase: usize,
        /// The dose, counted from 1.
        dose: usize,
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

const BEAMS_LEFT_OUT: Code = Code::new(
    "plan.beams_left_out",
    "Beams for setup and portal images",
    "Beams whose Treatment Delivery Type is setup or portal image do not treat, so their dose is not part of \
     the dose per fraction. The sum shows which beams were counted.",
    "None is needed, unless one of these beams does treat: then correct its type in the planning system.",
)
.with_source("DICOM PS3.3 C.8.8.14, Treatment Delivery Type (300A,00CE)");
const BEAM_PURPOSE: Code = Code::new(
    "plan.beam_purpose",
    "Purpose of a beam",
    "Whether a beam's dose counts depends on its Treatment Delivery Type. Where the type is absent the beam is \
     counted as treatment; where it is none that DICOM defines, the sum of the beams is not known.",
    "Look at the beams in the planning system, and state their type.",
)
.with_source("DICOM PS3.3 C.8.8.14, Treatment Delivery Type (300A,00CE)");
const BEAM_MISSING: Code = Code::new(
    "plan.beam_missing",
    "Beams that are not described",
    "The fraction group names beams that the file does not describe, so what they are for is not known. A file \
     that was cut off or written by another program can lack them.",
    "Export the plan again from the planning system.",
);
const BEAM_DOSE: Code = Code::new(
    "plan.beam_dose",
    "Beam Dose",
    "The dose per fraction is the sum of the Beam Doses of the beams that treat. A dose that is missing makes \
     the sum unknown where the beam is delivered, a zero where monitor units are given makes it too small, and \
     a negative one is an error. A beam with neither dose nor meterset gives nothing that can be known: it is \
     named, and the others are summed. A dose with a meterset of 0 contradicts itself.",
    "Set a dose point for the beams in the planning system and export the plan again.",
)
.with_source("DICOM PS3.3 C.8.8.13, Beam Dose (300A,0084)");
const BEAM_COUNT: Code = Code::new(
    "plan.beam_count",
    "Number of beams",
    "A fraction group declares how many beams or brachytherapy setups it has. Where it lists another number, \
     the file may be cut off or altered, and its sums may lack a beam.",
    "Export the plan again from the planning system.",
)
.with_source("DICOM PS3.3 C.8.8.13, Number of Beams (300A,0080)");
const BEAM_IN_NO_GROUP: Code = Code::new(
    "plan.beam_in_no_group",
    "Beams in no fraction group",
    "The plan describes a treatment beam that none of its fraction groups names. How often it is given is not \
     stated, and its dose is in no sum: it was forgotten in the group, or left over from an earlier version.",
    "Look in the planning system whether the beam is meant, and export the plan again.",
)
.with_source("DICOM PS3.3 C.8.8.13, Referenced Beam Sequence (300C,0004)");
const FRACTION_PATTERN: Code = Code::new(
    "plan.fraction_pattern",
    "Days of the fractions",
    "A fraction group can state on which days its fractions are given: a digit for each possible fraction, seven \
     days for each week. Where the digits are not that, how often the plan is given cannot be read from it.",
    "Look in the planning system how many fractions are given a day and a week.",
)
.with_source("DICOM PS3.3 C.8.8.13, Fraction Pattern (300A,007B)");
const FRAME_OFFSETS: Code = Code::new(
    "dose.frame_offsets",
    "Offsets of the frames",
    "Each frame of a dose grid has one offset. Where more are listed, the surplus is left out; the grid may be \
     cut off.",
    "Export the dose again from the planning system, and compare the number of frames.",
)
.with_source("DICOM PS3.3 C.8.8.3.2, Grid Frame Offset Vector (3004,000C)");
const FIRST_OFFSET: Code = Code::new(
    "dose.first_offset",
    "First offset of the frames",
    "The offsets of the frames begin with zero and are distances from Image Position, or they begin with its z \
     and are positions, which is defined for the orientation 1, 0, 0, 0, 1, 0 alone. With any other first \
     offset the standard does not say where the frames lie, and programs place them differently.",
    "Export the dose again with offsets that begin with zero. Until then it is not added to another dose, and \
     no dose is written on its grid.",
)
.with_source("DICOM PS3.3 C.8.8.3.2, Grid Frame Offset Vector (3004,000C)");
const DVH_MAXIMUM: Code = Code::new(
    "dvh.tags_vs_data",
    "Histogram: tags against data",
    "A dose volume histogram states its maximum in a tag and has no volume beyond it in its data. Some planning \
     systems write percent into the tag where it says gray. The two are compared to 1 %; bins without volume at \
     the end do not count.",
    "Use neither number until the histogram has been looked at in the planning system.",
);
const RESAMPLED: Code = Code::new(
    "dose.resampled",
    "Resampled dose",
    "The doses lie on different grids, so one was resampled to the grid of the first by trilinear \
     interpolation of absorbed dose. Steep gradients are smoothed by that, and voxels outside the resampled \
     grid count as zero.",
    "Export the doses on one grid where the exact value matters.",
);

const COUNTED_ONCE: Code = Code::new(
    "dose.counted_once",
    "Counted once",
    "Doses that are added must not share treatment: the dose of a plan holds those of its fraction groups and \
     beams. The files say by their references of what they are; here they do not settle it, and someone \
     accepted the doses as of different treatment.",
    "Look in the planning system of what each dose is, and export it with its plan, fraction group and beams.",
)
.with_source("DICOM PS3.3 C.8.8.3, Dose Summation Type (3004,000A) and Referenced RT Plan (300C,0002)");

const FRACTION_DOSE: Code = Code::new(
    "dose.low_fraction",
    "Dose per fraction of a phase",
    "The largest dose of a phase is less than 0.5 Gy a fraction. No treatment with external beams is given so: \
     the number of fractions may be that of another phase, or the dose that of one beam or one fraction.",
    "Check the number of fractions, and whether the file holds the dose of the whole phase.",
);
const LONE_BEAM: Code = Code::new(
    "dose.lone_beam",
    "Dose of beams alone",
    "The effect of a fraction is that of its whole dose, so the beams of a phase are added before they are \
     converted. Here the only dose of a phase is one of beams, and other beams may be missing.",
    "Give the dose of the plan, or those of all beams of the phase joined by commas.",
);
const FRACTIONS: Code = Code::new(
    "dose.fractions",
    "Fractions of the plan",
    "The number of fractions that a dose is converted with is compared with that of the plan it refers to.",
    "Give the plan of every phase with --plan, and the dose of each fraction group on its own.",
);

/// The codes of the reading.
///
/// ```
/// assert!(chemorad_dicom::CODES.iter().any(|code| code.name == "plan.beam_dose"));
/// ```
pub const CODES: &[Code] = &[
    BEAMS_LEFT_OUT,
    BEAM_PURPOSE,
    BEAM_MISSING,
    BEAM_DOSE,
    BEAM_COUNT,
    BEAM_IN_NO_GROUP,
    FRACTION_PATTERN,
    FRAME_OFFSETS,
    FIRST_OFFSET,
    DVH_MAXIMUM,
    RESAMPLED,
    COUNTED_ONCE,
    FRACTION_DOSE,
    LONE_BEAM,
    FRACTIONS,
];

/// `fraction group 1`.
pub(crate) fn group_name(number: Option<i32>) -> String {
    match number {
        Some(number) => format!("fraction group {number}"),
        None => "fraction group without a number".into(),
    }
}

impl Observation for DicomFinding {
    fn code(&self) -> &Code {
        match self {
            Self::Beams { issue, .. } => issue.code(),
            Self::BeamCount { .. } => &BEAM_COUNT,
            Self::BeamsInNoGroup { .. } => &BEAM_IN_NO_GROUP,
            Self::FractionPattern { .. } => &FRACTION_PATTERN,
            Self::FrameOffsets { .. } => &FRAME_OFFSETS,
            Self::FirstOffset { .. } => &FIRST_OFFSET,
            Self::DvhMaximum { .. } => &DVH_MAXIMUM,
            Self::Resampled { .. } => &RESAMPLED,
            Self::TakenAsDistinct { .. } => &COUNTED_ONCE,
            Self::LowPerFraction { .. } => &FRACTION_DOSE,
            Self::LoneBeam { .. } => &LONE_BEAM,
            Self::FractionsAsPlanned { .. } | Self::FractionsNotCompared { .. } => &FRACTIONS,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::Beams { issue, .. } => issue.outcome(),
            Self::BeamCount { .. }
            | Self::FractionsNotCompared { .. }
            | Self::BeamsInNoGroup { .. }
            | Self::FractionPattern { .. } => Outcome::CannotTell,
            Self::FrameOffsets { .. }
            | Self::FirstOffset { .. }
            | Self::DvhMaximum { .. }
            | Self::Resampled { .. }
            | Self::LowPerFraction { .. }
            | Self::LoneBeam { .. }
            | Self::TakenAsDistinct { .. } => Outcome::Warn,
            Self::FractionsAsPlanned { .. } => Outcome::Pass,
        }
    }

    fn subject(&self) -> Subject {
        Subject::path(match self {
            Self::Beams { group, .. }
            | Self::BeamCount { group, .. }
            | Self::FractionPattern { group } => group_name(*group),
            Self::BeamsInNoGroup { .. } => "beams".into(),
            Self::FrameOffsets { .. } | Self::FirstOffset { .. } => "dose grid".into(),
            Self::DvhMaximum { regions, .. } if regions.is_empty() => "DVH of no region".into(),
            Self::DvhMaximum {
                regions, excluded, ..
            } => format!("DVH of region {}", regions_in_words(regions, excluded)),
            Self::Resampled { dose, .. } | Self::TakenAsDistinct { dose, .. } => {
                format!("dose {dose}")
            }
            Self::LowPerFraction { phase, .. }
            | Self::LoneBeam { phase, .. }
            | Self::FractionsAsPlanned { phase, .. }
            | Self::FractionsNotCompared { phase, .. } => format!("phase {phase}"),
        })
    }

    fn values(&self) -> Values {
        match self {
            Self::FrameOffsets { frames, listed } => Values::expected(frames).and_found(listed),
            Self::FirstOffset { first, z } => Values::expected(match z {
                Some(z) => format!("0 mm, or {z} mm where the orientation is 1, 0, 0, 0, 1, 0"),
                None => "0 mm".into(),
            })
            .and_found(format!("{first} mm")),
            Self::DvhMaximum { maximum, end, .. } => {
                Values::expected(format!("{end} (end of the volume)"))
                    .and_found(format!("{maximum} (DVH Maximum Dose)"))
            }
            _ => Values::default(),
        }
    }
}

impl fmt::Display for DicomFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Beams { issue, beams, .. } => {
                write!(f, "{}: {}", issue.words(), beams_in_words(beams))
            }
            Self::BeamCount {
                what,
                declared,
                listed,
                ..
            } => write!(f, "the group declares {declared} {what} and lists {listed}"),
            Self::FractionPattern { .. } => f.write_str(
                "the days on which fractions are given cannot be read: the digits are not those of whole weeks",
            ),
            Self::BeamsInNoGroup { beams } => write!(
                f,
                "treatment beams that no fraction group names, so whether and how often they are given is not known: {}",
                beams_in_words(beams)
            ),
            Self::FrameOffsets { .. } => {
                f.write_str("more frame offsets than frames; the first ones are taken")
            }
            Self::FirstOffset { .. } => f.write_str(
                "the first offset of the frames is neither zero nor the z of the position, so where the frames lie is not defined",
            ),
            Self::DvhMaximum { .. } => f.write_str(
                "the maximum in the tags is not where the volume ends; one of them may be in percent: use neither without a look",
            ),
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
            Self::LoneBeam { dose, .. } => write!(
                f,
                "dose {dose} is that of beams, and the only one of the phase: are there other beams?"
            ),
            Self::FractionsAsPlanned { fractions, .. } => {
                write!(f, "its {fractions} fractions are those of the plan")
            }
            Self::FractionsNotCompared { why, .. } => f.write_str(match why {
                NotCompared::NoGroup => "the plan that its doses refer to has no such fraction group, so its fractions are not compared",
                NotCompared::NoPlan => "the plan that its doses refer to was not given, so its fractions are not compared",
                NotCompared::NotStated => "the plan does not state its fractions",
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
