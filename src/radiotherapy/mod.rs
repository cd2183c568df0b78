//! What is prescribed and given: fractionations, phases, volumes, courses.
//!
//! * A [`Fractionation`] is a total absorbed dose and a number of fractions, exact; it is made from
//!   any two of total, dose per fraction and number, or from all three when they agree exactly.
//! * A [`Phase`] is one set of fractions in which every listed volume gets every fraction. A
//!   simultaneous integrated boost is one phase with two doses.
//! * A [`Course`] is a sequence of phases and the volumes that lie inside one another. The dose of
//!   a volume is the sum over the phases that cover it, its enclosing volumes included.
//!
//! * A [`FractionCalendar`] dates every fraction; overall treatment time comes from it, with its
//!   counting convention. A [`DailyPattern`] says how far apart the fractions of a day are, and
//!   [`holidays`] reads the dates without treatment.
//!
//! Prescriptions work in `const`: constants and run-time input go through the same checks.
//!
//! ```
//! use chemorad::quantity::AbsorbedDose;
//! use chemorad::radiotherapy::{Course, Phase, Volume};
//!
//! let course = Course::new(
//!     vec![Volume::new("pelvis"), Volume::inside("tumour bed", "pelvis")],
//!     vec![
//!         Phase::single("pelvis", "pelvis", "45Gy/25".parse()?),
//!         Phase::single("boost", "tumour bed", "5.4Gy/3".parse()?),
//!     ],
//! )?;
//! assert_eq!(course.cumulative_dose("pelvis"), Some(AbsorbedDose::constant("45 Gy")));
//! assert_eq!(course.cumulative_dose("tumour bed"), Some(AbsorbedDose::constant("50.4 Gy")));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod calendar;
mod calendar_error;
mod course;
mod course_check;
mod daily_pattern;
mod dated_dose;
pub mod dates;
mod finding;
mod fraction_count;
mod fractionation;
mod fractionation_error;
mod fractionations;
mod holidays;
mod phase;
mod volume;
mod weekdays;

pub(crate) use calendar::LONGEST_BREAK;
pub use calendar::{
    CalendarRules, DatedFraction, FractionCalendar, OverallTime, OverallTimeConvention,
};
pub use calendar_error::CalendarError;
pub use course::{Contribution, Course, CourseError};
pub use course_check::CourseFault;
pub(crate) use course_check::common_multiple;
pub use daily_pattern::{DailyPattern, DailyPatternError, MINIMUM_INTERVAL, RECOMMENDED_INTERVAL};
pub use dated_dose::DatedDose;
pub use dates::{DateError, treatment_date};
pub use finding::{CODES, CalendarFinding, LONG_CLOSURE};
pub use fraction_count::FractionCount;
pub use fractionation::Fractionation;
pub use fractionation_error::{FractionationError, FractionationTextError};
pub use fractionations::{Fractionations, phases};
pub use holidays::{HolidayError, holidays, listed_dates};
pub use phase::{Phase, PhaseError, PhaseFault, VolumePrescription};
pub use volume::Volume;
pub use weekdays::Weekdays;
