//! A prescription typed by hand: a phase, the volume it reaches, its fractions and dose.

use std::str::FromStr;

use chemorad::radiotherapy::{Fractionation, FractionationTextError};

use super::entered::{EnteredError, EnteredLine};
use super::planned::PlannedPrescription;

/// A typed prescription: `45Gy/25`; with the phase it belongs to, `pelvis=45Gy/25`; with the volume that
/// gets the dose, `boosted@high=58.8Gy/28`.
///
/// ```
/// use chemorad_dosimetry::TypedPrescription;
/// let boost: TypedPrescription = "boost=5.4Gy/3".parse()?;
/// assert_eq!(boost.phase.as_deref(), Some("boost"));
/// let high: TypedPrescription = "boosted@high=58.8Gy/28".parse()?;
/// assert_eq!((high.phase.as_deref(), high.volume.as_deref()), (Some("boosted"), Some("high")));
/// # Ok::<(), chemorad_dosimetry::TypedPrescriptionError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedPrescription {
    /// The phase.
    pub phase: Option<String>,
    /// The volume that gets the dose.
    pub volume: Option<String>,
    /// Its fractions and dose.
    pub fractionation: Fractionation,
}

/// A typed prescription that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TypedPrescriptionError {
    /// The fractions and the dose.
    #[error(transparent)]
    Fractionation(#[from] FractionationTextError),
    /// A volume without a phase, or the reverse.
    #[error(
        "{given:?}: a dose to a volume needs a phase and the volume, such as boosted@high=58.8Gy/28"
    )]
    Name {
        /// What stands before the equals sign.
        given: String,
    },
    /// A name that holds a prescription.
    #[error(
        "{given:?} is no name of a phase or a volume: join phases by +, such as pelvis=45Gy/25+boost=5.4Gy/3, or give them one after the other"
    )]
    Several {
        /// What stands before the last equals sign.
        given: String,
    },
}

impl FromStr for TypedPrescription {
    type Err = TypedPrescriptionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, fractionation) = text.rsplit_once('=').unwrap_or(("", text));
        let fractionation = fractionation.parse()?;
        let name = name.trim();
        // else the prescriptions before the last one would be lost in a name
        let holds = |ends: &[char]| {
            let mut parts = name.split(ends);
            parts.any(|part| part.trim().parse::<Fractionation>().is_ok())
        };
        if name.contains('=') || holds(&[',', ';']) || holds(&[',', ';', ' ']) {
            return Err(TypedPrescriptionError::Several {
                given: name.chars().take(60).collect(),
            });
        }
        let (phase, volume) = match name.rsplit_once('@') {
            Some((phase, volume)) => {
                let (phase, volume) = (phase.trim(), volume.trim());
                if phase.is_empty() || volume.is_empty() {
                    return Err(TypedPrescriptionError::Name {
                        given: name.chars().take(60).collect(),
                    });
                }
                (phase, Some(volume.to_string()))
            }
            None => (name, None),
        };
        Ok(Self {
            phase: Some(phase.to_string()).filter(|phase| !phase.is_empty()),
            volume,
            fractionation,
        })
    }
}

impl PlannedPrescription {
    /// A prescription typed by hand: a set of fractions for each, and one for all volumes of a phase.
    ///
    /// ```
    /// use chemorad_dosimetry::PlannedPrescription;
    /// let typed = PlannedPrescription::typed("typed", &["45Gy/25".parse()?, "boost=5.4Gy/3".parse()?])?;
    /// assert_eq!(typed.groups[1].phase.as_deref(), Some("boost"));
    /// let both = ["x@low=50.4Gy/28".parse()?, "x@high=58.8Gy/28".parse()?];
    /// assert_eq!(PlannedPrescription::typed("typed", &both)?.groups[0].doses.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Volumes of one phase with different numbers of fractions.
    pub fn typed(source: &str, typed: &[TypedPrescription]) -> Result<Self, EnteredError> {
        let lines: Vec<EnteredLine> = typed
            .iter()
            .zip(1..)
            .map(|(typed, number)| EnteredLine {
                line: Some(number),
                phase: typed.phase.clone(),
                volume: typed.volume.clone(),
                fractions: Some(typed.fractionation.fractions().get()),
                total: Some(typed.fractionation.total()),
                ..EnteredLine::default()
            })
            .collect();
        Self::entered(source, "entry", &lines)
    }
}
