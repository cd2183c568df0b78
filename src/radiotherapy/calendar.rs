//! The calendar of fractions: which fraction is given on which date.
//!
//! Dates are civil dates from the caller, never from a clock.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::fmt;

use jiff::civil::Date;

use super::calendar_error::CalendarError;
use super::course::Course;
use super::dates::in_supported_years;
use super::weekdays::Weekdays;

/// When fractions may be given. Nothing here has a default.
///
/// ```
/// use chemorad::radiotherapy::{CalendarRules, Weekdays};
/// use jiff::civil::date;
///
/// let rules = CalendarRules {
///     start: date(2026, 12, 7),
///     weekdays: Weekdays::MONDAY_TO_FRIDAY,
///     holidays: vec![date(2026, 12, 25), date(2027, 1, 1)],
///     fractions_per_day: 1,
/// };
/// assert!(rules.is_treatment_day(date(2026, 12, 7)));
/// assert!(!rules.is_treatment_day(date(2026, 12, 25)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarRules {
    /// The date of the first fraction.
    pub start: Date,
    /// The weekdays of treatment.
    pub weekdays: Weekdays,
    /// Dates without treatment.
    pub holidays: Vec<Date>,
    /// Fractions on each treatment day, 1 to 3.
    pub fractions_per_day: u32,
}

impl CalendarRules {
    /// Whether treatment is given on this date.
    #[must_use]
    pub fn is_treatment_day(&self, date: Date) -> bool {
        self.weekdays.contains(date.weekday()) && !self.holidays.contains(&date)
    }

    /// The date of each of a number of fractions, in order.
    ///
    /// ```
    /// # use chemorad::radiotherapy::{CalendarRules, Weekdays};
    /// # use jiff::civil::date;
    /// let rules = CalendarRules {
    ///     start: date(2026, 12, 24), // a Thursday
    ///     weekdays: Weekdays::MONDAY_TO_FRIDAY,
    ///     holidays: vec![date(2026, 12, 25)],
    ///     fractions_per_day: 1,
    /// };
    /// assert_eq!(rules.dates(2)?, [date(2026, 12, 24), date(2026, 12, 28)]);
    /// # Ok::<(), chemorad::radiotherapy::CalendarError>(())
    /// ```
    ///
    /// # Errors
    /// A start that is not a treatment day, fractions per day outside 1 to 3, no treatment day
    /// within a year, or a date (a holiday too) outside the years 1900 to 2199.
    pub fn dates(&self, fractions: u32) -> Result<Vec<Date>, CalendarError> {
        if !(1..=3).contains(&self.fractions_per_day) {
            return Err(CalendarError::PerDay(self.fractions_per_day));
        }
        let stated = self.holidays.iter().chain([&self.start]);
        if let Some(&date) = stated.into_iter().find(|&&date| !in_supported_years(date)) {
            return Err(CalendarError::Year(date));
        }
        if !self.is_treatment_day(self.start) {
            return Err(CalendarError::Start(self.start, self.start.weekday()));
        }
        let holidays: BTreeSet<Date> = self.holidays.iter().copied().collect();
        let mut dates = Vec::new();
        let mut date = self.start;
        for _ in 0..fractions.div_ceil(self.fractions_per_day) {
            if !dates.is_empty() {
                date = date
                    .series(jiff::Span::new().days(1))
                    .skip(1)
                    .take(LONGEST_BREAK)
                    .find(|day| self.weekdays.contains(day.weekday()) && !holidays.contains(day))
                    .ok_or(CalendarError::NoTreatmentDay(date))?;
            }
            if !in_supported_years(date) {
                return Err(CalendarError::Year(date));
            }
            dates.extend((0..self.fractions_per_day).map(|_| date));
        }
        dates.truncate(usize::try_from(fractions).unwrap_or(usize::MAX));
        Ok(dates)
    }
}

/// One fraction with its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct DatedFraction {
    /// Its number in the course, from 1.
    pub number: u32,
    /// Its date.
    pub date: Date,
    /// Its number on that date, from 1.
    pub of_day: u32,
    /// The index of its phase in the course, from 0; its number, from 1, where it is serialized.
    #[serde(serialize_with = "number_of_phase")]
    pub phase: usize,
    /// Its number in that phase, from 1.
    pub of_phase: u32,
}

/// People and tools count phases from 1.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn number_of_phase<S: serde::Serializer>(index: &usize, serializer: S) -> Result<S::Ok, S::Error> {
    serde::Serialize::serialize(&(index + 1), serializer)
}

/// How overall treatment time is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverallTimeConvention {
    /// The first day is day 1: 5 fractions Monday to Friday take 5 days.
    Inclusive,
    /// Days between the first and the last: 5 fractions Monday to Friday take 4 days.
    DaysBetween,
}

impl OverallTimeConvention {
    /// The time from one date to a later one; a last date before the first counts as the first.
    ///
    /// ```
    /// use chemorad::radiotherapy::OverallTimeConvention;
    /// use jiff::civil::date;
    /// let (monday, friday) = (date(2026, 12, 7), date(2026, 12, 11));
    /// assert_eq!(OverallTimeConvention::Inclusive.count(monday, friday).days, 5);
    /// assert_eq!(OverallTimeConvention::DaysBetween.count(monday, friday).days, 4);
    /// ```
    #[must_use]
    pub fn count(self, first: Date, last: Date) -> OverallTime {
        let between = days_between(first, last);
        OverallTime {
            days: match self {
                Self::Inclusive => between + 1,
                Self::DaysBetween => between,
            },
            convention: self,
        }
    }
}

impl fmt::Display for OverallTimeConvention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Inclusive => "inclusive of first and last day",
            Self::DaysBetween => "days between first and last",
        })
    }
}

/// Overall treatment time with the convention it was counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct OverallTime {
    /// Days.
    pub days: u32,
    /// How they were counted.
    pub convention: OverallTimeConvention,
}

/// The dated fractions of a course, phases in sequence.
///
/// ```
/// use chemorad::radiotherapy::{
///     CalendarRules, Course, FractionCalendar, OverallTimeConvention, Phase, Volume, Weekdays,
/// };
/// use jiff::civil::date;
///
/// let course = Course::new(
///     vec![Volume::new("pelvis")],
///     vec![Phase::single("pelvis", "pelvis", "50.4Gy/28".parse()?)],
/// )?;
/// let calendar = FractionCalendar::plan(&course, &CalendarRules {
///     start: date(2026, 12, 7),
///     weekdays: Weekdays::MONDAY_TO_FRIDAY,
///     holidays: vec![],
///     fractions_per_day: 1,
/// })?;
/// // 28 fractions are d1 to d38 for a Monday start (NCT03034473)
/// assert_eq!(calendar.overall_time(OverallTimeConvention::Inclusive).days, 38);
/// assert_eq!(calendar.last(), date(2027, 1, 13));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FractionCalendar {
    first: Date,
    last: Date,
    fractions: Vec<DatedFraction>,
}

/// The longest search for the next treatment day, in days.
pub(crate) const LONGEST_BREAK: usize = 366;

impl FractionCalendar {
    /// Dates for every fraction of a course from a start date and rules.
    ///
    /// # Errors
    /// As [`CalendarRules::dates`].
    pub fn plan(course: &Course, rules: &CalendarRules) -> Result<Self, CalendarError> {
        Self::from_dates(course, &rules.dates(course.fractions())?)
    }

    /// A calendar from the date of every fraction, as delivered.
    ///
    /// # Errors
    /// Dates out of order, not one per fraction, more than 3 on one day, or outside the years 1900
    /// to 2199.
    pub fn from_dates(course: &Course, dates: &[Date]) -> Result<Self, CalendarError> {
        let count = CalendarError::Count {
            dates: dates.len(),
            fractions: course.fractions(),
        };
        let (Some(&first), Some(&last)) = (dates.first(), dates.last()) else {
            return Err(count);
        };
        let phases = course
            .phases()
            .iter()
            .enumerate()
            .flat_map(|(index, phase)| {
                (1..=phase.fractions().get()).map(move |of_phase| (index, of_phase))
            });
        if usize::try_from(course.fractions()) != Ok(dates.len()) {
            return Err(count);
        }
        let mut fractions: Vec<DatedFraction> = Vec::with_capacity(dates.len());
        for ((&date, (phase, of_phase)), number) in dates.iter().zip(phases).zip(1..) {
            if !in_supported_years(date) {
                return Err(CalendarError::Year(date));
            }
            let of_day = match fractions.last() {
                Some(before) if before.date > date => {
                    return Err(CalendarError::OutOfOrder {
                        earlier: before.date,
                        later: date,
                    });
                }
                Some(before) if before.date == date => before.of_day + 1,
                _ => 1,
            };
            if of_day > 3 {
                return Err(CalendarError::TooManyOnOneDay(date));
            }
            fractions.push(DatedFraction {
                number,
                date,
                of_day,
                phase,
                of_phase,
            });
        }
        Ok(Self {
            first,
            last,
            fractions,
        })
    }

    /// Every fraction in order.
    #[must_use]
    pub fn fractions(&self) -> &[DatedFraction] {
        &self.fractions
    }

    /// The date of the first fraction.
    #[must_use]
    pub const fn first(&self) -> Date {
        self.first
    }

    /// The date of the last fraction.
    #[must_use]
    pub const fn last(&self) -> Date {
        self.last
    }

    /// The dates on which at least one fraction is given, each once, in order.
    pub fn treatment_days(&self) -> impl Iterator<Item = Date> + '_ {
        self.fractions
            .iter()
            .filter(|fraction| fraction.of_day == 1)
            .map(|fraction| fraction.date)
    }

    /// Overall treatment time from the first to the last fraction.
    #[must_use]
    pub fn overall_time(&self, convention: OverallTimeConvention) -> OverallTime {
        convention.count(self.first, self.last)
    }

    /// The holidays that move a fraction: those on a weekday of treatment between the first and the
    /// last fraction.
    ///
    /// ```
    /// use chemorad::radiotherapy::{CalendarRules, Course, FractionCalendar, Weekdays};
    /// use jiff::civil::date;
    ///
    /// let rules = CalendarRules {
    ///     start: date(2026, 12, 24), // a Thursday
    ///     weekdays: Weekdays::MONDAY_TO_FRIDAY,
    ///     holidays: vec![date(2026, 12, 25), date(2026, 12, 26)],
    ///     fractions_per_day: 1,
    /// };
    /// let course = Course::from_fractionations("pelvis", &["9Gy/5".parse()?])?;
    /// let calendar = FractionCalendar::plan(&course, &rules)?;
    /// assert!(calendar.days_off(&rules).eq([date(2026, 12, 25)]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn days_off<'r>(&self, rules: &'r CalendarRules) -> impl Iterator<Item = Date> + 'r {
        let (span, weekdays) = (self.first..=self.last, rules.weekdays);
        let days = rules.holidays.iter().copied();
        days.filter(move |day| span.contains(day) && weekdays.contains(day.weekday()))
    }

    /// The dose a volume has received after fraction `number` (from 1), in gray: whole phases
    /// exactly, the running phase as its share, rounded once each.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "micrograys below 2^53")]
    pub fn running_dose(&self, course: &Course, volume: &str, number: u32) -> f64 {
        let mut given: u64 = 0;
        let mut share = 0.0;
        let mut left = number;
        for phase in course.phases() {
            let (n, k) = (phase.fractions().get(), left.min(phase.fractions().get()));
            left -= k;
            let Some(fractionation) = course.fractionation_of(volume, phase) else {
                continue;
            };
            let product = fractionation.total().micrograys() * u64::from(k);
            if product % u64::from(n) == 0 {
                given += product / u64::from(n);
            } else {
                share += product as f64 / (f64::from(n) * 1e6);
            }
        }
        given as f64 / 1e6 + share
    }
}

/// Whole days from one date to a later one; zero when it is not later.
pub(super) fn days_between(first: Date, last: Date) -> u32 {
    let days = last.since(first).map_or(0, |span| span.get_days().max(0));
    u32::try_from(days).unwrap_or(0)
}
