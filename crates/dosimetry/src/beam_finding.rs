//! What is odd about the beams of a plan, with its words.

use std::fmt;

use chemorad::number::Decimal;
use chemorad::report::{Code, Observation, Outcome, Subject};

use super::dose_file::beams_in_words;

/// What is odd about beams of a fraction group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BeamIssue {
    /// They are for setup or portal images.
    LeftOut,
    /// Their purpose is not stated.
    NoPurpose,
    /// Their purpose is none that DICOM defines.
    UnknownPurpose,
    /// They continue a treatment that was interrupted.
    Continuation,
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
    /// They are all that treats, and have no dose and a meterset of 0.
    NoMeterset,
    /// Their final weight is 0: their control points share out no meterset.
    NoWeight,
    /// The weights of their control points do not rise from 0 to the final one.
    Weights,
    /// They have more or fewer control points than they declare.
    ControlPoints,
    /// Their dose is negative.
    NegativeDose,
    /// Their meterset is negative.
    NegativeMeterset,
}

impl BeamIssue {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::LeftOut,
        Self::NoPurpose,
        Self::UnknownPurpose,
        Self::Continuation,
        Self::NotDescribed,
        Self::NoDose,
        Self::GivesNothing,
        Self::ZeroDose,
        Self::DoseWithoutMeterset,
        Self::NoMeterset,
        Self::NoWeight,
        Self::Weights,
        Self::ControlPoints,
        Self::NegativeDose,
        Self::NegativeMeterset,
    ];

    const fn code(self) -> &'static Code {
        match self {
            Self::LeftOut => &BEAMS_LEFT_OUT,
            Self::NoPurpose | Self::UnknownPurpose | Self::Continuation => &BEAM_PURPOSE,
            Self::NotDescribed => &BEAM_MISSING,
            Self::NoDose
            | Self::GivesNothing
            | Self::ZeroDose
            | Self::DoseWithoutMeterset
            | Self::NoMeterset
            | Self::NegativeDose
            | Self::NegativeMeterset => &BEAM_DOSE,
            Self::NoWeight | Self::Weights | Self::ControlPoints => &BEAM_WEIGHTS,
        }
    }

    const fn outcome(self) -> Outcome {
        match self {
            Self::LeftOut => Outcome::NotApplicable,
            Self::NoPurpose | Self::Continuation | Self::GivesNothing | Self::ZeroDose => {
                Outcome::Warn
            }
            Self::UnknownPurpose
            | Self::NotDescribed
            | Self::NoDose
            | Self::DoseWithoutMeterset
            | Self::NoMeterset
            | Self::NoWeight
            | Self::Weights
            | Self::ControlPoints => Outcome::CannotTell,
            Self::NegativeDose | Self::NegativeMeterset => Outcome::Fail,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::LeftOut => "setup or portal image beams are left out of the sums",
            Self::NoPurpose => "no purpose is stated and treatment is taken",
            Self::Continuation => {
                "the beams continue a treatment that was interrupted (CONTINUATION), so the plan gives the rest of it and not the whole"
            }
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
            Self::NoMeterset => "no Beam Dose, and a meterset of 0: as planned nothing is given",
            Self::NoWeight => {
                "the Final Cumulative Meterset Weight is 0, so the control points share out no meterset and what the beam gives cannot be told"
            }
            Self::Weights => {
                "the weights of the control points (Cumulative Meterset Weight) do not rise from 0 to the final one, so what the beam gives cannot be told"
            }
            Self::ControlPoints => {
                "there are more or fewer control points than the beam declares (Number of Control Points), so the file may be cut off and what the beam gives cannot be told"
            }
            Self::ZeroDose => "the Beam Dose is 0 although the beam is delivered",
            Self::NegativeDose => "the Beam Dose is negative",
            Self::NegativeMeterset => "the meterset is negative, which no machine can give",
        }
    }
}

/// What was found about the beams and fraction groups of a plan while it was read.
///
/// ```
/// use chemorad::report::{Finding, Outcome};
/// use chemorad_dosimetry::{BeamFinding, BeamIssue};
///
/// let finding: Finding = BeamFinding::Beams {
///     group: Some(1),
///     issue: BeamIssue::NoDose,
///     beams: vec![2],
/// }
/// .into();
/// assert_eq!(finding.outcome, Outcome::CannotTell);
/// assert_eq!(finding.message(), "no Beam Dose, so the dose per fraction is not known: beam 2");
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum BeamFinding {
    /// Beams of a fraction group.
    Beams {
        /// The number of the group.
        group: Option<i32>,
        /// What is odd about them.
        issue: BeamIssue,
        /// Their numbers.
        beams: Vec<i32>,
    },
    /// Beams for setup or portal images that have a dose.
    ImagingDose {
        /// The number of the group.
        group: Option<i32>,
        /// The beams by their numbers, each with its Beam Dose, Gy.
        beams: Vec<(i32, Decimal)>,
        /// How often the group is given, where it is stated.
        fractions: Option<u32>,
    },
    /// Application setups that a group names and the file does not describe.
    SetupsNotDescribed {
        /// The number of the group.
        group: Option<i32>,
        /// Their numbers.
        setups: Vec<i32>,
    },
    /// Application setups that no fraction group names.
    SetupsInNoGroup {
        /// Their numbers.
        setups: Vec<i32>,
    },
    /// Another number of beams or setups than the group declares.
    Count {
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
    InNoGroup {
        /// Their numbers.
        beams: Vec<i32>,
    },
}

impl BeamFinding {
    /// Whether it leaves open what the beams give: a Beam Dose is missing, and its beam can be delivered.
    #[must_use]
    pub fn leaves_dose_open(&self) -> bool {
        matches!(
            self,
            Self::Beams {
                issue: BeamIssue::NoDose,
                ..
            }
        )
    }
}

pub(super) const BEAMS_LEFT_OUT: Code = Code::new(
    "plan.beams_left_out",
    "Beams for setup and portal images",
    "Beams whose Treatment Delivery Type is setup or portal image do not treat, so their dose is not part of \
     the dose per fraction. The sum shows which beams were counted. One that has a Beam Dose contradicts its \
     type: either it treats, or the dose is that of imaging, which is in no sum.",
    "None is needed, unless one of these beams treats or has a dose: then correct its type in the planning \
     system, or let a person judge the dose of imaging.",
)
.with_source("DICOM PS3.3 C.8.8.14, Treatment Delivery Type (300A,00CE)");
pub(super) const BEAM_PURPOSE: Code = Code::new(
    "plan.beam_purpose",
    "Purpose of a beam",
    "Whether a beam's dose counts depends on its Treatment Delivery Type. Where the type is absent the beam is \
     counted as treatment; where it is none that DICOM defines, the sum of the beams is not known. A beam that \
     continues an interrupted treatment gives what was left of it.",
    "Look at the beams in the planning system, and state their type.",
)
.with_source("DICOM PS3.3 C.8.8.14, Treatment Delivery Type (300A,00CE)");
pub(super) const BEAM_MISSING: Code = Code::new(
    "plan.beam_missing",
    "Beams that are not described",
    "The fraction group names beams that the file does not describe, so what they are for is not known. A file \
     that was cut off or written by another program can lack them.",
    "Export the plan again from the planning system.",
);
pub(super) const BEAM_DOSE: Code = Code::new(
    "plan.beam_dose",
    "Beam Dose",
    "The dose per fraction is the sum of the Beam Doses of the beams that treat. A dose that is missing makes \
     the sum unknown where the beam is delivered, a zero where monitor units are given makes it too small, and \
     a negative one is an error. A beam with neither dose nor meterset gives nothing that can be known: it is \
     named, and the others are summed. A dose with a meterset of 0 contradicts itself.",
    "Set a dose point for the beams in the planning system and export the plan again.",
)
.with_source("DICOM PS3.3 C.8.8.13, Beam Dose (300A,0084)");
pub(super) const BEAM_WEIGHTS: Code = Code::new(
    "plan.beam_weights",
    "Weights of control points",
    "A control point gets its share of the meterset of a beam by its cumulative weight: 0 at the first, the final one at \
     the last, and never less than before. A final weight of 0 shares out nothing, and other weights contradict \
     themselves, whatever dose and meterset are stated. A thousandth of the final weight is rounding. Another number of \
     control points than the beam declares is a file that was cut off.",
    "Export the plan again from the planning system, and compare the beam with it.",
)
.with_source("DICOM PS3.3 C.8.8.14.1, Cumulative Meterset Weight (300A,0134)");
pub(super) const BEAM_COUNT: Code = Code::new(
    "plan.beam_count",
    "Number of beams",
    "A fraction group declares how many beams or brachytherapy setups it has. Where it lists another number, \
     the file may be cut off or altered, and its sums may lack a beam.",
    "Export the plan again from the planning system.",
)
.with_source("DICOM PS3.3 C.8.8.13, Number of Beams (300A,0080)");
pub(super) const BEAM_IN_NO_GROUP: Code = Code::new(
    "plan.beam_in_no_group",
    "Beams in no fraction group",
    "The plan describes a treatment beam that none of its fraction groups names. How often it is given is not \
     stated, and its dose is in no sum: it was forgotten in the group, or left over from an earlier version.",
    "Look in the planning system whether the beam is meant, and export the plan again.",
)
.with_source("DICOM PS3.3 C.8.8.13, Referenced Beam Sequence (300C,0004)");
pub(super) const FRACTION_PATTERN: Code = Code::new(
    "plan.fraction_pattern",
    "Days of the fractions",
    "A fraction group can state on which days its fractions are given: a digit for each possible fraction, seven \
     days for each week. Where the digits are not that, how often the plan is given cannot be read from it.",
    "Look in the planning system how many fractions are given a day and a week.",
)
.with_source("DICOM PS3.3 C.8.8.13, Fraction Pattern (300A,007B)");
/// `fraction group 1`.
///
/// ```
/// assert_eq!(chemorad_dosimetry::group_name(Some(1)), "fraction group 1");
/// ```
#[must_use]
pub fn group_name(number: Option<i32>) -> String {
    match number {
        Some(number) => format!("fraction group {number}"),
        None => "fraction group without a number".into(),
    }
}

impl Observation for BeamFinding {
    fn code(&self) -> &Code {
        match self {
            Self::Beams { issue, .. } => issue.code(),
            Self::ImagingDose { .. } => &BEAMS_LEFT_OUT,
            Self::SetupsNotDescribed { .. } => &BEAM_MISSING,
            Self::Count { .. } => &BEAM_COUNT,
            Self::InNoGroup { .. } | Self::SetupsInNoGroup { .. } => &BEAM_IN_NO_GROUP,
            Self::FractionPattern { .. } => &FRACTION_PATTERN,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::Beams { issue, .. } => issue.outcome(),
            Self::ImagingDose { .. } => Outcome::Warn,
            Self::Count { .. }
            | Self::InNoGroup { .. }
            | Self::SetupsNotDescribed { .. }
            | Self::SetupsInNoGroup { .. }
            | Self::FractionPattern { .. } => Outcome::CannotTell,
        }
    }

    fn subject(&self) -> Subject {
        Subject::path(match self {
            Self::Beams { group, .. }
            | Self::ImagingDose { group, .. }
            | Self::SetupsNotDescribed { group, .. }
            | Self::Count { group, .. }
            | Self::FractionPattern { group } => group_name(*group),
            Self::InNoGroup { .. } => "beams".into(),
            Self::SetupsInNoGroup { .. } => "application setups".into(),
        })
    }
}

impl fmt::Display for BeamFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Beams { issue, beams, .. } => {
                write!(f, "{}: {}", issue.words(), beams_in_words(beams))
            }
            Self::Count {
                what,
                declared,
                listed,
                ..
            } => write!(f, "the group declares {declared} {what} and lists {listed}"),
            Self::FractionPattern { .. } => f.write_str(
                "the days on which fractions are given cannot be read: the digits are not those of whole weeks",
            ),
            Self::ImagingDose {
                beams, fractions, ..
            } => imaging_dose(f, beams, *fractions),
            Self::SetupsNotDescribed { setups, .. } => write!(
                f,
                "the group names application setups that the file does not describe (is it cut off?): {}",
                setups_in_words(setups)
            ),
            Self::SetupsInNoGroup { setups } => write!(
                f,
                "application setups that no fraction group names, so whether and how often they are given is not known: {}",
                setups_in_words(setups)
            ),
            Self::InNoGroup { beams } => write!(
                f,
                "treatment beams that no fraction group names, so whether and how often they are given is not known: {}",
                beams_in_words(beams)
            ),
        }
    }
}

/// What beams that are said not to treat give all the same.
fn imaging_dose(
    f: &mut fmt::Formatter<'_>,
    beams: &[(i32, Decimal)],
    fractions: Option<u32>,
) -> fmt::Result {
    f.write_str("setup or portal image beams have a Beam Dose, which is in no sum: ")?;
    for (place, (number, dose)) in beams.iter().enumerate() {
        let between = if place == 0 { "" } else { ", " };
        write!(f, "{between}beam {number} {dose:#} Gy")?;
        let all = fractions.and_then(|count| Some((count, dose.checked_mul(count.into())?)));
        if let Some((count, all)) = all {
            write!(f, " ({all:#} Gy in {count} fractions)")?;
        }
    }
    f.write_str("; do they treat, or is it the dose of imaging?")
}

/// `application setup 3`, or `application setups 1, 2`.
pub(super) fn setups_in_words(numbers: &[i32]) -> String {
    let word = if numbers.len() == 1 {
        "application setup"
    } else {
        "application setups"
    };
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    format!("{word} {}", numbers.join(", "))
}
