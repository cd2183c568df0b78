//! A phase: one set of fractions in which every listed volume gets every fraction.

use alloc::string::String;

use super::fraction_count::FractionCount;
use super::fractionation::Fractionation;
use super::fractionation_error::short;
use crate::text::{List, Text};

/// More volumes than that have neither a phase nor a course.
pub(super) const MAX_VOLUMES: usize = 64;

/// The dose of one volume in one phase.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VolumePrescription {
    /// The volume, as the course names it.
    pub volume: Text,
    /// Its fractions and dose.
    pub fractionation: Fractionation,
}

/// What is wrong with a phase (usable in `const`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PhaseFault {
    /// No volume is listed.
    #[error("a phase needs at least one volume")]
    NoVolume,
    /// The volumes have different numbers of fractions.
    #[error(
        "in a phase every volume gets every fraction: put different numbers of fractions into different phases"
    )]
    DifferentFractions,
    /// More volumes than a course may declare.
    #[error("a phase may list at most 64 volumes")]
    TooManyVolumes,
    /// A volume is listed twice.
    #[error("each volume may be listed once in a phase")]
    DuplicateVolume,
}

impl PhaseFault {
    const fn message(self) -> &'static str {
        match self {
            Self::NoVolume => "a phase needs at least one volume",
            Self::TooManyVolumes => "a phase may list at most 64 volumes",
            Self::DifferentFractions => "in a phase every volume gets every fraction",
            Self::DuplicateVolume => "each volume may be listed once in a phase",
        }
    }
}

/// A phase that does not exist, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("phase {phase:?}: {fault}")]
pub struct PhaseError {
    /// The name of the phase.
    pub phase: String,
    /// What is wrong.
    pub fault: PhaseFault,
}

/// One set of fractions in which every listed volume gets every fraction.
///
/// Volumes with different doses in the same fractions (a simultaneous integrated boost) are one
/// phase; different numbers of fractions need different phases (the rule of HL7 CodeX Radiation
/// Therapy, STU2).
///
/// ```
/// use chemorad::radiotherapy::{Phase, VolumePrescription};
///
/// let boost = Phase::new("simultaneous boost", vec![
///     VolumePrescription { volume: "pelvis".into(), fractionation: "45Gy/25".parse()? },
///     VolumePrescription { volume: "tumour".into(), fractionation: "55Gy/25".parse()? },
/// ])?;
/// assert_eq!(boost.fractions().get(), 25);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Phase {
    name: Text,
    fractions: FractionCount,
    prescriptions: List<VolumePrescription>,
}

const fn check(prescriptions: &[VolumePrescription]) -> Result<FractionCount, PhaseFault> {
    if prescriptions.is_empty() {
        return Err(PhaseFault::NoVolume);
    }
    if prescriptions.len() > MAX_VOLUMES {
        return Err(PhaseFault::TooManyVolumes);
    }
    let fractions = prescriptions[0].fractionation.fractions();
    let mut i = 0;
    while i < prescriptions.len() {
        if prescriptions[i].fractionation.fractions().get() != fractions.get() {
            return Err(PhaseFault::DifferentFractions);
        }
        let mut j = 0;
        while j < i {
            if prescriptions[i].volume.is(prescriptions[j].volume.as_str()) {
                return Err(PhaseFault::DuplicateVolume);
            }
            j += 1;
        }
        i += 1;
    }
    Ok(fractions)
}

impl Phase {
    /// A phase read at run time.
    ///
    /// # Errors
    /// No volume, different numbers of fractions, or a volume listed twice.
    pub fn new(
        name: impl Into<Text>,
        prescriptions: impl Into<List<VolumePrescription>>,
    ) -> Result<Self, PhaseError> {
        let (name, prescriptions) = (name.into(), prescriptions.into());
        match check(&prescriptions) {
            Ok(fractions) => Ok(Self {
                name,
                fractions,
                prescriptions,
            }),
            Err(fault) => Err(PhaseError {
                phase: short(&name),
                fault,
            }),
        }
    }

    /// A phase with one volume.
    #[must_use]
    pub fn single(
        name: impl Into<Text>,
        volume: impl Into<Text>,
        fractionation: Fractionation,
    ) -> Self {
        Self {
            name: name.into(),
            fractions: fractionation.fractions(),
            prescriptions: vec![VolumePrescription {
                volume: volume.into(),
                fractionation,
            }]
            .into(),
        }
    }

    /// A constant phase: a wrong one does not compile when used in `const`.
    ///
    /// # Panics
    /// Where [`new`](Self::new) is an error. At run time use that.
    #[must_use]
    #[track_caller]
    pub const fn constant(
        name: &'static str,
        prescriptions: &'static [VolumePrescription],
    ) -> Self {
        match check(prescriptions) {
            Ok(fractions) => Self {
                name: Text::constant(name),
                fractions,
                prescriptions: List::constant(prescriptions),
            },
            Err(fault) => panic!("{}", fault.message()),
        }
    }

    /// The name of the phase.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.name
    }

    /// The number of fractions, the same for every volume.
    #[must_use]
    pub const fn fractions(&self) -> FractionCount {
        self.fractions
    }

    /// The dose of each volume.
    #[must_use]
    pub const fn prescriptions(&self) -> &[VolumePrescription] {
        self.prescriptions.as_slice()
    }

    /// The fractionation of a volume that the phase lists itself.
    #[must_use]
    pub const fn prescription_of(&self, volume: &str) -> Option<Fractionation> {
        let prescriptions = self.prescriptions();
        let mut i = 0;
        while i < prescriptions.len() {
            if prescriptions[i].volume.is(volume) {
                return Some(prescriptions[i].fractionation);
            }
            i += 1;
        }
        None
    }
}

mod shape {
    use serde::{Deserialize, Deserializer, de};

    use super::{Phase, VolumePrescription};
    use crate::text::{List, Text};

    /// `fractions` is read back only to be compared with the prescriptions.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Shape {
        name: Text,
        #[serde(default)]
        fractions: Option<u32>,
        prescriptions: List<VolumePrescription>,
    }

    impl<'de> Deserialize<'de> for Phase {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let shape = Shape::deserialize(deserializer)?;
            let phase = Self::new(shape.name, shape.prescriptions).map_err(de::Error::custom)?;
            match shape.fractions {
                Some(n) if n != phase.fractions.get() => Err(de::Error::custom(format!(
                    "phase {:?}: {n} fractions stated, {} in its prescriptions",
                    phase.name, phase.fractions
                ))),
                _ => Ok(phase),
            }
        }
    }
}
