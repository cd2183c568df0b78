//! Why a planned dose is not known.

use core::fmt;

use chemorad_dosimetry::{DosePoint, MissingDose};

pub(super) const TOO_LONG: &str =
    "the numbers have more digits than can be calculated with exactly";

/// Why a planned dose is not known.
///
/// ```
/// use chemorad_crosscheck::DoseUnknown;
/// assert_eq!(DoseUnknown::NoFractions.to_string(), "there are 0 fractions");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DoseUnknown {
    /// None is stated.
    NotStated,
    /// The source says why.
    Missing(MissingDose),
    /// None is stated for this volume.
    OfVolume(String),
    /// The number of fractions is not stated.
    FractionsNotStated,
    /// There are 0 fractions.
    NoFractions,
    /// More digits than are kept.
    TooLong,
    /// The group has several doses, or none.
    NotOneDose,
    /// The beams have none.
    NoBeamDose,
    /// The plan has no fraction group.
    NoGroup,
}

impl fmt::Display for DoseUnknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStated => f.write_str("no dose is stated"),
            Self::Missing(why) => why.fmt(f),
            Self::OfVolume(volume) => write!(f, "no dose of volume {volume} is stated"),
            Self::FractionsNotStated => f.write_str("the number of fractions is not stated"),
            Self::NoFractions => f.write_str("there are 0 fractions"),
            Self::TooLong => f.write_str(TOO_LONG),
            Self::NotOneDose => f.write_str("its dose is not stated"),
            Self::NoBeamDose => f.write_str("its beams have no dose"),
            Self::NoGroup => f.write_str("the plan has no fraction group"),
        }
    }
}

/// Why the dose a plan states is taken and not that of its beams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyStated {
    /// What the beams give is not known.
    Unknown(DoseUnknown),
    /// The beams state the dose of a point, which is another.
    AtPoint(DosePoint),
    /// The doses of ion beams can be absorbed dose where the stated dose is weighted for effect.
    IonBeams,
    /// The beams state the dose of another volume of a simultaneous boost.
    OfOtherVolume,
}

impl fmt::Display for WhyStated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(why) => write!(f, "what its beams give is not known: {why}"),
            Self::IonBeams => f.write_str(
                "the doses of its ion beams differ, as they may be absorbed dose and not weighted for effect",
            ),
            Self::OfOtherVolume => f.write_str("its beams state the dose of another volume"),
            Self::AtPoint(point) => write!(f, "its beams state the dose {point}"),
        }
    }
}
