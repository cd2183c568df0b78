//! What makes volumes and phases a course, checked in `const` and at run time by one code.

use super::fractionation::Fractionation;
use super::phase::{MAX_VOLUMES, Phase};
use super::volume::Volume;
use crate::number::greatest_common_divisor;
use crate::quantity::AbsorbedDose;

/// The largest number of phases: one for every fraction of the longest course.
pub(super) const MAX_PHASES: usize = 200;

/// What is wrong with a course (usable in `const`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CourseFault {
    /// No phase is listed.
    #[error("a course needs at least one phase")]
    NoPhase,
    /// More volumes than [`Course::MAX_VOLUMES`](super::Course::MAX_VOLUMES).
    #[error("a course may declare at most 64 volumes")]
    TooManyVolumes,
    /// More phases than [`Course::MAX_PHASES`](super::Course::MAX_PHASES).
    #[error("a course may have at most 200 phases")]
    TooManyPhases,
    /// Two volumes have one name.
    #[error("each volume may be declared once")]
    DuplicateVolume,
    /// Two phases have one name.
    #[error("each phase needs its own name")]
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
    pub(super) const fn message(self) -> &'static str {
        match self {
            Self::NoPhase => "a course needs at least one phase",
            Self::TooManyVolumes => "a course may declare at most 64 volumes",
            Self::TooManyPhases => "a course may have at most 200 phases",
            Self::DuplicateVolume => "each volume may be declared once",
            Self::DuplicatePhase => "each phase needs its own name",
            Self::UnknownEnclosing => "a volume lies inside one that is not declared",
            Self::EnclosesItself => "a volume lies inside itself",
            Self::UnknownVolume => "a phase prescribes to a volume that is not declared",
            Self::TotalTooLarge => "a cumulative dose is above 1000 Gy",
            Self::NoCommonMultiple => "the numbers of fractions have no usable common multiple",
        }
    }
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

/// The place of a volume in a list.
pub(super) const fn find(volumes: &[Volume], name: &str) -> Option<usize> {
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
pub(super) const fn received(
    volumes: &[Volume],
    phase: &Phase,
    volume: usize,
) -> Option<Fractionation> {
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
pub(super) enum Place {
    Course,
    Volume(usize),
    Phase(usize),
}

/// The first fault of volumes and phases, and where it is.
pub(super) const fn check(
    volumes: &[Volume],
    phases: &[Phase],
) -> Result<(), (Place, CourseFault)> {
    if phases.is_empty() {
        return Err((Place::Course, CourseFault::NoPhase));
    }
    if volumes.len() > MAX_VOLUMES {
        return Err((Place::Course, CourseFault::TooManyVolumes));
    }
    if phases.len() > MAX_PHASES {
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
