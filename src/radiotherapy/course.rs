//! A course: phases in sequence, and the dose that each volume gets from them.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::course_check::{CourseFault, MAX_PHASES, Place, check, find, received};
use super::fractionation::Fractionation;
use super::fractionation_error::short;
use super::phase::{self, Phase};
use super::volume::Volume;
use crate::quantity::AbsorbedDose;
use crate::text::List;

/// A course that does not exist, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("course, {at}: {fault}")]
pub struct CourseError {
    /// The volume or phase concerned.
    pub at: String,
    /// What is wrong.
    pub fault: CourseFault,
}

/// What one phase gives to one volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contribution<'a> {
    /// The phase.
    pub phase: &'a Phase,
    /// Its fractions and dose at the volume.
    pub fractionation: Fractionation,
}

/// Ordered phases and the volumes they are given to.
///
/// A volume gets, in each phase, the dose prescribed to it, or else to the nearest volume that
/// encloses it; nothing when neither is listed. Its cumulative dose is the exact sum.
///
/// ```
/// use chemorad::quantity::AbsorbedDose;
/// use chemorad::radiotherapy::{Course, Fractionation, Phase, Volume, VolumePrescription};
/// use chemorad::text::Text;
///
/// const VOLUMES: &[Volume] = &[Volume::new("pelvis"), Volume::inside("tumour bed", "pelvis")];
/// const PELVIS: &[VolumePrescription] = &[VolumePrescription {
///     volume: Text::constant("pelvis"),
///     fractionation: Fractionation::constant(
///         AbsorbedDose::constant("45 Gy"), 25, AbsorbedDose::constant("1.8 Gy")),
/// }];
/// const PHASES: &[Phase] = &[Phase::constant("pelvis", PELVIS)];
/// const COURSE: &Course = &Course::constant(VOLUMES, PHASES);
/// const TOTAL: Option<AbsorbedDose> = COURSE.cumulative_dose("tumour bed");
/// assert_eq!(TOTAL, Some(AbsorbedDose::constant("45 Gy")));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Course {
    volumes: List<Volume>,
    phases: List<Phase>,
}

impl Course {
    /// The largest number of volumes. The checks take time with the square of it and more, so a
    /// hostile file must not choose it.
    pub const MAX_VOLUMES: usize = phase::MAX_VOLUMES;

    /// The largest number of phases: one for every fraction of the longest course.
    pub const MAX_PHASES: usize = MAX_PHASES;

    /// A course read at run time.
    ///
    /// # Errors
    /// The [`CourseFault`] and the volume or phase it concerns.
    pub fn new(
        volumes: impl Into<List<Volume>>,
        phases: impl Into<List<Phase>>,
    ) -> Result<Self, CourseError> {
        let (volumes, phases) = (volumes.into(), phases.into());
        match check(&volumes, &phases) {
            Ok(()) => Ok(Self { volumes, phases }),
            Err((place, fault)) => {
                let at = match place {
                    Place::Course => "volumes and phases".to_string(),
                    Place::Volume(v) => format!("volume {:?}", short(&volumes[v].name)),
                    Place::Phase(p) => format!("phase {:?}", short(phases[p].name())),
                };
                Err(CourseError { at, fault })
            }
        }
    }

    /// A course of one volume, with a phase for each fractionation: `phase 1`, `phase 2` and on.
    ///
    /// ```
    /// use chemorad::radiotherapy::Course;
    /// let course = Course::from_fractionations("tumour", &["45Gy/25".parse()?, "5.4Gy/3".parse()?])?;
    /// assert_eq!(course.fractions(), 28);
    /// assert_eq!(course.phases()[1].name().as_str(), "phase 2");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// No fractionation, or more than a course may have.
    pub fn from_fractionations(
        volume: &'static str,
        fractionations: &[Fractionation],
    ) -> Result<Self, CourseError> {
        let phases: Vec<Phase> = fractionations
            .iter()
            .zip(1..)
            .map(|(&fractionation, number)| {
                Phase::single(format!("phase {number}"), volume, fractionation)
            })
            .collect();
        Self::new(vec![Volume::new(volume)], phases)
    }

    /// A constant course: a wrong one does not compile when used in `const`.
    ///
    /// # Panics
    /// Where [`new`](Self::new) is an error. At run time use that.
    #[must_use]
    #[track_caller]
    pub const fn constant(volumes: &'static [Volume], phases: &'static [Phase]) -> Self {
        match check(volumes, phases) {
            Ok(()) => Self {
                volumes: List::constant(volumes),
                phases: List::constant(phases),
            },
            Err((_, fault)) => panic!("{}", fault.message()),
        }
    }

    /// The volumes, in the order declared.
    #[must_use]
    pub const fn volumes(&self) -> &[Volume] {
        self.volumes.as_slice()
    }

    /// The phases, in the order given.
    #[must_use]
    pub const fn phases(&self) -> &[Phase] {
        self.phases.as_slice()
    }

    /// What a phase gives to a volume: `None` when the volume is not declared or gets nothing.
    #[must_use]
    pub const fn fractionation_of(&self, volume: &str, phase: &Phase) -> Option<Fractionation> {
        match find(self.volumes(), volume) {
            Some(index) => received(self.volumes(), phase, index),
            None => None,
        }
    }

    /// The exact sum over the phases that cover a volume: `None` when the volume is not declared
    /// or gets nothing.
    #[must_use]
    pub const fn cumulative_dose(&self, volume: &str) -> Option<AbsorbedDose> {
        let phases = self.phases();
        let mut sum: u64 = 0;
        let mut p = 0;
        while p < phases.len() {
            if let Some(fractionation) = self.fractionation_of(volume, &phases[p]) {
                sum += fractionation.total().micrograys();
            }
            p += 1;
        }
        match AbsorbedDose::from_micrograys(sum) {
            Ok(total) => Some(total),
            Err(_) => None,
        }
    }

    /// What each phase gives to a volume, phases that miss it left out.
    pub fn contributions<'a>(
        &'a self,
        volume: &'a str,
    ) -> impl Iterator<Item = Contribution<'a>> + 'a {
        self.phases().iter().filter_map(move |phase| {
            self.fractionation_of(volume, phase)
                .map(|fractionation| Contribution {
                    phase,
                    fractionation,
                })
        })
    }

    /// The number of fractions in which a volume gets dose: the sum over its
    /// [`contributions`](Self::contributions), 0 for a volume that gets none.
    ///
    /// ```
    /// use chemorad::radiotherapy::{Course, Phase, Volume};
    /// let course = Course::new(
    ///     vec![Volume::new("pelvis"), Volume::inside("tumour bed", "pelvis")],
    ///     vec![
    ///         Phase::single("pelvis", "pelvis", "45Gy/25".parse()?),
    ///         Phase::single("boost", "tumour bed", "5.4Gy/3".parse()?),
    ///     ],
    /// )?;
    /// assert_eq!(course.number_of_fractions("tumour bed"), 28);
    /// assert_eq!(course.number_of_fractions("pelvis"), 25);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn number_of_fractions(&self, volume: &str) -> u32 {
        self.contributions(volume)
            .map(|given| given.fractionation.fractions().get())
            .sum()
    }

    /// The number of fractions of all phases together.
    #[must_use]
    pub fn fractions(&self) -> u32 {
        self.phases().iter().map(|p| p.fractions().get()).sum()
    }
}

mod shape {
    use serde::{Deserialize, Deserializer, de};

    use super::Course;
    use crate::radiotherapy::{Phase, Volume};
    use crate::text::List;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Shape {
        volumes: List<Volume>,
        phases: List<Phase>,
    }

    impl<'de> Deserialize<'de> for Course {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let shape = Shape::deserialize(deserializer)?;
            Self::new(shape.volumes, shape.phases).map_err(de::Error::custom)
        }
    }
}
