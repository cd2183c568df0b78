//! A course: phases in sequence, the volumes inside one another, the dose that each adds up to.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::fractionation::{Fractionation, short};
use super::phase::{self, Phase};
use crate::number::greatest_common_divisor;
use crate::quantity::AbsorbedDose;
use crate::text::{List, Text};

/// A volume that doses are prescribed to, and the volume it lies inside of, if any.
///
/// ```
/// use chemorad::radiotherapy::Volume;
/// const BED: Volume = Volume::inside("tumour bed", "pelvis");
/// assert_eq!(BED.name.as_str(), "tumour bed");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Volume {
    /// The name used in phases.
    pub name: Text,
    /// The volume that encloses it and whose dose it therefore also gets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<Text>,
}

impl Volume {
    /// A volume on its own.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name: Text::constant(name),
            inside: None,
        }
    }

    /// A volume that lies inside another.
    #[must_use]
    pub const fn inside(name: &'static str, enclosing: &'static str) -> Self {
        Self {
            name: Text::constant(name),
            inside: Some(Text::constant(enclosing)),
        }
    }
}

/// What is wrong with a course (usable in `const`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CourseFault {
    /// No phase is listed.
    #[error("a course needs at least one phase")]
    NoPhase,
    /// More volumes than [`Course::MAX_VOLUMES`].
    #[error("a course may declare at most 64 volumes")]
    TooManyVolumes,
    /// More phases than [`Course::MAX_PHASES`].
    #[error("a course may have at most 200 phases")]
    TooManyPhases,
    /// Two volumes have one name.
    #[error("each volume may be declared once")]
    DuplicateVolume,
    /// Two phases have one name.
    #[error("each phase needs a name of its own")]
    DuplicatePhase,
    /// A volume lies inside one that is not declared.
    #[error("it lies inside a volume that the course does not declare")]
    UnknownEnclosing,
    /// A volume lies inside itself, directly or through others.
    #[error("it lies inside itself")]
    EnclosesItself,
    /// A phase prescribes to a volume that is not declared.
    #[error("it prescribes to a volume that the course does not declare: check the spelling")]
    UnknownVolume,
    /// The sum over the phases is above 1000 Gy.
    #[error("its cumulative dose is above 1000 Gy: check the units")]
    TotalTooLarge,
    /// The numbers of fractions have no common multiple that exact arithmetic can hold.
    #[error(
        "its phases have too many different numbers of fractions for exact sums: split the course"
    )]
    NoCommonMultiple,
}

impl CourseFault {
    const fn message(self) -> &'static str {
        match self {
            Self::NoPhase => "a course needs at least one phase",
            Self::TooManyVolumes => "a course may declare at most 64 volumes",
            Self::TooManyPhases => "a course may have at most 200 phases",
            Self::DuplicateVolume => "each volume may be declared once",
            Self::DuplicatePhase => "each phase needs a name of its own",
            Self::UnknownEnclosing => "a volume lies inside one that is not declared",
            Self::EnclosesItself => "a volume lies inside itself",
            Self::UnknownVolume => "a phase prescribes to a volume that is not declared",
            Self::TotalTooLarge => "a cumulative dose is above 1000 Gy",
            Self::NoCommonMultiple => "the numbers of fractions have no usable common multiple",
        }
    }
}

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

/// Sums over phases stay exact while the common multiple of their fractions is below this:
/// 2^60 leaves room for squares of doses in 128 bits.
const MULTIPLE_LIMIT: u64 = 1 << 60;

/// The least common multiple of two numbers, and what each is multiplied by.
pub(crate) struct CommonMultiple {
    pub(crate) multiple: u64,
    pub(crate) of_first: u64,
    pub(crate) of_second: u64,
}

/// The least common multiple of `multiple` and a number of fractions, if exact sums can use it.
#[inline]
pub(crate) const fn common_multiple(multiple: u64, fractions: u64) -> Option<CommonMultiple> {
    let divisor = greatest_common_divisor(multiple, fractions);
    let of_first = fractions / divisor;
    match multiple.checked_mul(of_first) {
        Some(common) if common < MULTIPLE_LIMIT => Some(CommonMultiple {
            multiple: common,
            of_first,
            of_second: multiple / divisor,
        }),
        _ => None,
    }
}

const fn find(volumes: &[Volume], name: &str) -> Option<usize> {
    let mut i = 0;
    while i < volumes.len() {
        if volumes[i].name.is(name) {
            return Some(i);
        }
        i += 1;
    }
    None
}

/// The fractionation a volume gets from a phase, its enclosing volumes included.
const fn received(volumes: &[Volume], phase: &Phase, volume: usize) -> Option<Fractionation> {
    let mut at = volume;
    // a chain longer than the list would be a circle; `check` refuses those
    let mut steps = 0;
    while steps < volumes.len() {
        if let Some(fractionation) = phase.prescription_of(volumes[at].name.as_str()) {
            return Some(fractionation);
        }
        at = match &volumes[at].inside {
            Some(name) => match find(volumes, name.as_str()) {
                Some(enclosing) => enclosing,
                None => return None,
            },
            None => return None,
        };
        steps += 1;
    }
    None
}

/// Where a fault was found, by index, so that `const` code needs no text.
#[derive(Clone, Copy)]
enum Place {
    Course,
    Volume(usize),
    Phase(usize),
}

const fn check(volumes: &[Volume], phases: &[Phase]) -> Result<(), (Place, CourseFault)> {
    if phases.is_empty() {
        return Err((Place::Course, CourseFault::NoPhase));
    }
    if volumes.len() > Course::MAX_VOLUMES {
        return Err((Place::Course, CourseFault::TooManyVolumes));
    }
    if phases.len() > Course::MAX_PHASES {
        return Err((Place::Course, CourseFault::TooManyPhases));
    }
    let mut v = 0;
    while v < volumes.len() {
        if let Some(fault) = check_volume(volumes, v) {
            return Err((Place::Volume(v), fault));
        }
        v += 1;
    }
    let mut p = 0;
    while p < phases.len() {
        if let Some(fault) = check_phase(volumes, phases, p) {
            return Err((Place::Phase(p), fault));
        }
        p += 1;
    }
    v = 0;
    while v < volumes.len() {
        if let Some(fault) = check_sum(volumes, phases, v) {
            return Err((Place::Volume(v), fault));
        }
        v += 1;
    }
    Ok(())
}

const fn check_volume(volumes: &[Volume], at: usize) -> Option<CourseFault> {
    match find(volumes, volumes[at].name.as_str()) {
        Some(first) if first == at => {}
        _ => return Some(CourseFault::DuplicateVolume),
    }
    let mut enclosing = at;
    let mut steps = 0;
    loop {
        enclosing = match &volumes[enclosing].inside {
            None => return None,
            Some(name) => match find(volumes, name.as_str()) {
                Some(index) => index,
                None => return Some(CourseFault::UnknownEnclosing),
            },
        };
        steps += 1;
        if steps >= volumes.len() {
            return Some(CourseFault::EnclosesItself);
        }
    }
}

const fn check_phase(volumes: &[Volume], phases: &[Phase], at: usize) -> Option<CourseFault> {
    let mut earlier = 0;
    while earlier < at {
        if phases[earlier].name().is(phases[at].name().as_str()) {
            return Some(CourseFault::DuplicatePhase);
        }
        earlier += 1;
    }
    let prescriptions = phases[at].prescriptions();
    let mut i = 0;
    while i < prescriptions.len() {
        if find(volumes, prescriptions[i].volume.as_str()).is_none() {
            return Some(CourseFault::UnknownVolume);
        }
        i += 1;
    }
    None
}

const fn check_sum(volumes: &[Volume], phases: &[Phase], volume: usize) -> Option<CourseFault> {
    let mut total: u64 = 0;
    let mut multiple: u64 = 1;
    let mut p = 0;
    while p < phases.len() {
        if let Some(fractionation) = received(volumes, &phases[p], volume) {
            total = total.saturating_add(fractionation.total().micrograys());
            multiple = match common_multiple(multiple, fractionation.fractions().get() as u64) {
                Some(common) => common.multiple,
                None => return Some(CourseFault::NoCommonMultiple),
            };
        }
        p += 1;
    }
    if total > 0 && AbsorbedDose::from_micrograys(total).is_err() {
        return Some(CourseFault::TotalTooLarge);
    }
    None
}

impl Course {
    /// The largest number of volumes. The checks take time with the square of it and more, so a
    /// hostile file must not choose it.
    pub const MAX_VOLUMES: usize = phase::MAX_VOLUMES;

    /// The largest number of phases: one for every fraction of the longest course.
    pub const MAX_PHASES: usize = 200;

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

    use super::{Course, Volume};
    use crate::radiotherapy::Phase;
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
