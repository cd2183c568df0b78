//! What a dose file says of itself that can be judged without a prescription, with its words.

use std::fmt;

use chemorad::number::Decimal;
use chemorad::report::{Code, Observation, Outcome, Subject, Values, Written};
use chemorad::written;

use super::beam_finding;
use super::identity::{FRAME_OF_REFERENCE, PATIENT, REFERENCES_STRUCTURES, STRUCTURE_SET};
use super::structure::note;

/// The absorbed dose above which no external beam plan is meant; this project's choice, below which
/// percent (100 to 120) and centigray per fraction (180) fall into the warning.
pub(super) const PLAUSIBLE: u32 = 90;
/// The largest dose this library knows as a dose.
pub(super) const POSSIBLE: u32 = 1_000;

/// How many times the prescribed dose a maximum may be: that of a prescription to the isodose of 25 %;
/// this project's choice, far below centigray that is called gray.
pub(super) const HIGHEST: u32 = 4;

/// What the largest dose of a file says of its unit and scaling.
///
/// See [`dose_scale`](crate::dose_scale) for an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DoseScale {
    /// The numbers are not gray, so their size says nothing.
    NotGray,
    /// The numbers are not gray, so they are not compared with a prescribed dose.
    NotGrayToCompare,
    /// Weighted for biological effect, so not compared with a prescribed absorbed dose.
    Effective,
    /// There is no grid.
    NoGrid,
    /// More digits than can be calculated with.
    TooManyDigits,
    /// Every voxel is zero.
    Zero {
        /// The prescribed dose, where there is one to compare with.
        prescribed: Option<Decimal>,
    },
    /// More than any isodose of a prescription gives.
    FarAbove {
        /// The largest dose.
        maximum: Decimal,
        /// The prescribed dose.
        prescribed: Decimal,
        /// The highest that is plausible.
        highest: Decimal,
    },
    /// More than twice the prescribed dose, as where that is given to an isodose of less than 50 %.
    LowIsodose {
        /// The largest dose.
        maximum: Decimal,
        /// The prescribed dose.
        prescribed: Decimal,
        /// Twice that.
        twice: Decimal,
    },
    /// The dose of a whole plan that reaches the prescribed dose nowhere.
    BelowPrescribed {
        /// The largest dose.
        maximum: Decimal,
        /// The prescribed dose.
        prescribed: Decimal,
        /// Below this it fails.
        least: Decimal,
    },
    /// What a plan with the prescribed dose gives.
    AsPrescribed {
        /// The largest dose.
        maximum: Decimal,
        /// The prescribed dose.
        prescribed: Decimal,
        /// Twice that.
        twice: Decimal,
    },
    /// More than any treatment gives.
    Impossible {
        /// The largest dose.
        maximum: Decimal,
    },
    /// More than external beams give.
    High {
        /// The largest dose.
        maximum: Decimal,
    },
    /// What a treatment can give.
    Plausible {
        /// The largest dose.
        maximum: Decimal,
    },
}

impl DoseScale {
    fn outcome(self) -> Outcome {
        match self {
            Self::NotGray | Self::NotGrayToCompare | Self::Effective => Outcome::NotApplicable,
            Self::NoGrid | Self::TooManyDigits => Outcome::CannotTell,
            Self::BelowPrescribed { maximum, least, .. } if maximum < least => Outcome::Fail,
            Self::Zero { .. }
            | Self::BelowPrescribed { .. }
            | Self::LowIsodose { .. }
            | Self::High { .. } => Outcome::Warn,
            Self::FarAbove { .. } | Self::Impossible { .. } => Outcome::Fail,
            Self::AsPrescribed { .. } | Self::Plausible { .. } => Outcome::Pass,
        }
    }

    fn expected(self) -> Option<Written> {
        match self {
            Self::Zero { prescribed } => prescribed.map(|dose| written!("up to about {} Gy", dose)),
            Self::FarAbove {
                prescribed,
                highest,
                ..
            } => Some(written!(
                "at most {} x {} Gy = {} Gy",
                HIGHEST,
                prescribed,
                highest
            )),
            Self::LowIsodose {
                prescribed, twice, ..
            }
            | Self::AsPrescribed {
                prescribed, twice, ..
            } => Some(written!("at most 2 x {} Gy = {} Gy", prescribed, twice)),
            Self::BelowPrescribed {
                prescribed, least, ..
            } => Some(written!(
                "at least {} Gy, and no less than {} Gy",
                prescribed,
                least
            )),
            Self::Impossible { .. } => Some(written!("at most {} Gy", POSSIBLE)),
            Self::High { .. } => Some(written!("at most {} Gy", PLAUSIBLE)),
            _ => None,
        }
    }

    fn maximum(self) -> Option<Decimal> {
        match self {
            Self::Zero { .. } => Some(Decimal::ZERO),
            Self::FarAbove { maximum, .. }
            | Self::LowIsodose { maximum, .. }
            | Self::BelowPrescribed { maximum, .. }
            | Self::AsPrescribed { maximum, .. }
            | Self::Impossible { maximum }
            | Self::High { maximum }
            | Self::Plausible { maximum } => Some(maximum),
            _ => None,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::NotGray => "the dose units are not Gy, so the size of the numbers says nothing",
            Self::NotGrayToCompare => {
                "the numbers are not known to be gray, so their size is not compared"
            }
            Self::Effective => {
                "a dose weighted for effect is not compared with a prescribed absorbed dose"
            }
            Self::NoGrid => "the file has no dose grid",
            Self::TooManyDigits => {
                "the numbers have more digits than can be calculated with exactly"
            }
            Self::Zero { .. } => "every voxel is zero",
            Self::FarAbove { .. } => {
                "the maximum is more than any prescription to an isodose gives: check the unit and the scaling"
            }
            Self::LowIsodose { .. } => {
                "the maximum is more than twice the prescribed dose: this is right only where the dose is prescribed to an isodose of less than 50 %, as in stereotactic treatment; otherwise check the unit and the scaling"
            }
            Self::BelowPrescribed { .. } => {
                "nothing in this dose reaches the prescribed dose: is it the dose of a part, of one fraction, or of another version of the plan?"
            }
            Self::AsPrescribed { .. } => "the maximum is plausible for the prescribed dose",
            Self::Impossible { .. } => "no treatment gives such a dose: check the scaling",
            Self::High { .. } => {
                "the maximum is high for external beams: are the numbers percent or centigray?"
            }
            Self::Plausible { .. } => "the maximum is plausible",
        }
    }
}

const DOSE_SCALE: Code = Code::new(
    "dose.scale",
    "Size of the doses",
    "The largest dose of a file is compared with the prescribed dose, or with what a treatment can give. A \
     wrong scaling, centigray or percent that are called gray, and the dose of one fraction show by their \
     size and are otherwise read as a dose. The dose of a whole plan reaches what is prescribed somewhere: a \
     maximum below it is a warning, and below 95 % a failure. Up to twice the prescribed dose is usual; more, up \
     to four times, is right only where the dose is prescribed to an isodose of less than 50 %.",
    "Open the dose in the planning system, compare its maximum and unit, and export it again.",
);

/// The codes of this room.
///
/// ```
/// assert_eq!(chemorad_dosimetry::CODES[0].name, "dose.scale");
/// ```
pub const CODES: &[Code] = &[
    DOSE_SCALE,
    beam_finding::BEAMS_LEFT_OUT,
    beam_finding::BEAM_PURPOSE,
    beam_finding::BEAM_MISSING,
    beam_finding::BEAM_DOSE,
    beam_finding::BEAM_WEIGHTS,
    beam_finding::BEAM_COUNT,
    beam_finding::BEAM_IN_NO_GROUP,
    beam_finding::FRACTION_PATTERN,
    PATIENT,
    FRAME_OF_REFERENCE,
    STRUCTURE_SET,
    REFERENCES_STRUCTURES,
    note::CONTOURS,
    note::OVERLAP,
    note::SPACING,
    note::FRAME,
    note::PART,
    note::GAP,
    note::SMALL,
    note::OUTSIDE,
    note::REJECTED,
    note::STORED,
    note::PLACE,
];

/// What was found in a dose file.
///
/// See [`dose_scale`](crate::dose_scale) for an example.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum DosimetryFinding {
    /// The size of the numbers.
    DoseScale {
        /// The dose.
        at: Subject,
        /// What its largest number says.
        scale: DoseScale,
    },
}

impl Observation for DosimetryFinding {
    fn code(&self) -> &Code {
        &DOSE_SCALE
    }

    fn outcome(&self) -> Outcome {
        let Self::DoseScale { scale, .. } = self;
        scale.outcome()
    }

    fn subject(&self) -> Subject {
        let Self::DoseScale { at, .. } = self;
        at.clone()
    }

    fn values(&self) -> Values {
        let Self::DoseScale { scale, .. } = self;
        let mut values = Values::default();
        values.expected = scale.expected();
        values.found = scale.maximum().map(|maximum| written!("{} Gy", maximum));
        values
    }
}

impl fmt::Display for DosimetryFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::DoseScale { scale, .. } = self;
        f.pad(scale.words())
    }
}
