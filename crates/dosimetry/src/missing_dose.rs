//! Why the dose of a fraction group is not known.

use std::fmt;

use serde::Serialize;

use super::beam_finding::setups_in_words;
use super::dose_file::beams_in_words;
use super::point::PartPoint;

/// Why the dose of a fraction group is not known.
///
/// ```
/// use chemorad_dosimetry::MissingDose;
/// let missing = MissingDose::NoBeamDose { beams: vec![2, 3] };
/// assert_eq!(
///     missing.to_string(),
///     "no Beam Dose, or the purpose cannot be told: beams 2, 3"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingDose {
    /// A beam's dose is weighted for biological effect.
    Effective {
        /// The number of the beam.
        beam: i32,
    },
    /// Beams without a dose, or whose purpose cannot be told.
    NoBeamDose {
        /// Their numbers.
        beams: Vec<i32>,
    },
    /// Brachytherapy application setups without a dose.
    NoSetupDose {
        /// Their numbers.
        setups: Vec<i32>,
    },
    /// No beam treats.
    NoTreatment,
    /// The beams that treat have no dose, and a meterset of 0: they give nothing.
    NoMeterset {
        /// Their numbers.
        beams: Vec<i32>,
    },
    /// The doses are doses at different points, which do not add up.
    DifferentPoints {
        /// The point of each beam or setup.
        points: Vec<PartPoint>,
    },
    /// The plan says that each dose is that of its beam alone, and not where.
    BeamLevel {
        /// The beams.
        beams: Vec<i32>,
    },
    /// External beams and brachytherapy, which do not add up as one dose.
    Mixed,
    /// More digits than are kept.
    TooManyDigits,
}

impl fmt::Display for MissingDose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Effective { beam } => write!(
                f,
                "the Beam Dose is weighted for effect (EFFECTIVE), not absorbed dose: beam {beam}"
            ),
            Self::NoBeamDose { beams } => write!(
                f,
                "no Beam Dose, or the purpose cannot be told: {}",
                beams_in_words(beams)
            ),
            Self::NoSetupDose { setups } => write!(
                f,
                "no Brachy Application Setup Dose: {}",
                setups_in_words(setups)
            ),
            Self::NoTreatment => f.pad("the fraction group has no beam that treats"),
            Self::NoMeterset { beams } => write!(
                f,
                "the meterset is 0, so as planned nothing is given: {}",
                beams_in_words(beams)
            ),
            Self::DifferentPoints { points } => {
                f.write_str("the doses are those at different points and cannot be added:")?;
                for (number, point) in points.iter().enumerate() {
                    write!(f, "{} {point:#}", if number == 0 { "" } else { "," })?;
                }
                Ok(())
            }
            Self::BeamLevel { beams } => write!(
                f,
                "the plan does not say that the Beam Doses are parts of the dose of a fraction (Beam Dose Meaning is not FRACTION_LEVEL), nor at which points they are: {}",
                beams_in_words(beams)
            ),
            Self::Mixed => f.pad("the fraction group mixes external beams and brachytherapy"),
            Self::TooManyDigits => f.pad("the doses have too many digits"),
        }
    }
}
