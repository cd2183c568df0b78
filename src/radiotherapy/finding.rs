//! What must be known of the dates of fractions, planned or given, and the codes for it. Every command
//! with dates takes its findings from here.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use jiff::civil::{Date, Weekday};

use super::calendar::{CalendarRules, days_between};
use crate::report::{Code, Observation, Outcome, Subject, Values};

/// Days without a fraction in a row that no usual holiday explains: the longest closure of a list is
/// more often a slip of the list. Two weekends with the week between them are 9 days.
pub const LONG_CLOSURE: u32 = 10;

/// One thing that a reader of the dates of fractions must know, whichever command has them.
///
/// ```
/// use chemorad::radiotherapy::CalendarFinding;
/// use chemorad::report::Finding;
///
/// let unused = Finding::from(CalendarFinding::HolidaysUnused { dates: 11 });
/// assert_eq!(unused.code(), "schedule.holidays_unused");
/// assert_eq!(unused.at(), "holidays");
/// assert!(unused.message().starts_with("none of the 11 dates read"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CalendarFinding {
    /// Dates were planned, and nothing is said of holidays.
    PlannedWithoutHolidays,
    /// A file of holidays was given that moves no fraction.
    HolidaysUnused {
        /// The dates in it.
        dates: usize,
    },
    /// The course goes through a year of which the list names no date.
    HolidaysOfOtherYear {
        /// The first such year.
        year: i16,
    },
    /// Many days in a row without a fraction.
    LongClosure {
        /// How many.
        days: u32,
        /// The fraction before.
        after: Date,
        /// The fraction after.
        until: Date,
    },
    /// Dates of fractions that are not in order.
    Unordered {
        /// The date before it in the list.
        before: Date,
        /// The first date that is earlier.
        date: Date,
    },
    /// Dates of fractions that are listed more than once.
    Repeated {
        /// Each once.
        dates: Vec<Date>,
    },
    /// Fractions on Saturdays, Sundays, 25 December or 1 January.
    OnDaysOff {
        /// The dates.
        dates: Vec<Date>,
    },
    /// Fewer than one fraction a week.
    Sparse {
        /// The dates.
        dates: usize,
        /// Days from the first to the last.
        days: u32,
    },
}

const NO_HOLIDAYS: Code = Code::new(
    "schedule.no_holidays",
    "Planned without holidays",
    "The dates were planned as if treatment were given on every weekday stated. A holiday moves every fraction after it, so the last day and the tablets needed may be wrong.",
    "Give the days on which no fraction is given. Where there are none, say so: --holidays none, or holidays = [] in a case.",
);
const HOLIDAYS_UNUSED: Code = Code::new(
    "schedule.holidays_unused",
    "None of the holidays falls into the course",
    "A file of holidays was read, and none of its dates is a weekday of treatment between the first and the last fraction. Often it is the file of another year or of another place.",
    "Check that the file covers the months of the course.",
);
const HOLIDAYS_OTHER_YEAR: Code = Code::new(
    "schedule.holidays_other_year",
    "The holidays of a year of the course are missing",
    "The course goes through a year of which the list of holidays names no date, while it names dates of another year. A course over the turn of the year needs both years: New Year's Day is in the second.",
    "Add the days without treatment of that year.",
);
const LONG_CLOSURE_CODE: Code = Code::new(
    "schedule.long_closure",
    "Many days in a row without a fraction",
    "More than 10 days pass between two fractions. No usual holiday does that; a list of dates that was filled in for a wrong range, or that holds the days of treatment, does. A break of that length costs tumour control.",
    "Check the list. Where the break is meant, it is a gap: see the command gap.",
);
const UNORDERED: Code = Code::new(
    "schedule.unordered",
    "Dates of fractions out of order",
    "A date is earlier than the one before it in the list. Often a month or a year is mistyped, and then every count of days that rests on it is wrong.",
    "Check the date that is named, and list the dates in order.",
);
const REPEATED: Code = Code::new(
    "schedule.repeated",
    "A date of a fraction is listed more than once",
    "Two fractions on one day are right only where two a day are given. Otherwise a date was copied or mistyped, and a day of treatment is missing elsewhere.",
    "Check the dates that are named.",
);
const ON_DAYS_OFF: Code = Code::new(
    "schedule.on_days_off",
    "Fractions on days on which departments are closed",
    "Dates of fractions fall on Saturdays, Sundays, 25 December or 1 January. They may have been given to catch up. Where they are many, the list may be one of days without treatment.",
    "Check that the list holds the days of treatment.",
);
const SPARSE: Code = Code::new(
    "schedule.sparse",
    "Fewer than one fraction a week",
    "The dates of fractions are on average more than a week apart. A list of days without treatment looks like that, and no course of external beam radiotherapy does.",
    "Check that the list holds the days of treatment.",
);
/// The codes of this room.
///
/// ```
/// use chemorad::radiotherapy::CODES;
/// assert!(CODES.iter().any(|code| code.name == "schedule.holidays_unused"));
/// ```
pub const CODES: &[Code] = &[
    NO_HOLIDAYS,
    HOLIDAYS_UNUSED,
    HOLIDAYS_OTHER_YEAR,
    LONG_CLOSURE_CODE,
    UNORDERED,
    REPEATED,
    ON_DAYS_OFF,
    SPARSE,
];

impl CalendarFinding {
    /// What must be known of dates that were planned by rules. `stated` says whether anything was
    /// said of holidays: an empty list that was stated is no omission.
    ///
    /// ```
    /// use chemorad::radiotherapy::{CalendarFinding, CalendarRules, Weekdays};
    /// use jiff::civil::date;
    /// let rules = CalendarRules {
    ///     start: date(2026, 12, 7),
    ///     weekdays: Weekdays::MONDAY_TO_FRIDAY,
    ///     holidays: vec![date(2026, 12, 25)],
    ///     fractions_per_day: 1,
    /// };
    /// // 28 fractions end in January, and the list names no date of that year
    /// let found = CalendarFinding::of_plan(&rules, true, &rules.dates(28)?);
    /// assert_eq!(found, [CalendarFinding::HolidaysOfOtherYear { year: 2027 }]);
    /// # Ok::<(), chemorad::radiotherapy::CalendarError>(())
    /// ```
    #[must_use]
    pub fn of_plan(rules: &CalendarRules, stated: bool, dates: &[Date]) -> Vec<Self> {
        let mut found = Vec::new();
        let (Some(first), Some(last)) = (dates.first(), dates.last()) else {
            return found;
        };
        let holidays = &rules.holidays;
        let moves =
            |day: &Date| (*first..=*last).contains(day) && rules.weekdays.contains(day.weekday());
        let unlisted = |year: i16| !holidays.iter().any(|day| day.year() == year);
        let years = dates.iter().map(|date| date.year());
        if holidays.is_empty() {
            found.extend((!stated).then_some(Self::PlannedWithoutHolidays));
        } else if !holidays.iter().any(moves) {
            let dates = holidays.len();
            found.push(Self::HolidaysUnused { dates });
        } else if let Some(year) = years.into_iter().find(|year| unlisted(*year)) {
            found.push(Self::HolidaysOfOtherYear { year });
        }
        found.extend(Self::long_closure(dates));
        found
    }

    /// What must be known of dates that somebody listed.
    ///
    /// ```
    /// use chemorad::radiotherapy::CalendarFinding;
    /// use jiff::civil::date;
    /// let monday_twice = [date(2026, 12, 7), date(2026, 12, 7), date(2026, 12, 8)];
    /// let found = CalendarFinding::of_dates(&monday_twice);
    /// assert_eq!(found, [CalendarFinding::Repeated { dates: vec![date(2026, 12, 7)] }]);
    /// ```
    #[must_use]
    pub fn of_dates(dates: &[Date]) -> Vec<Self> {
        let mut found = Vec::new();
        let later = dates.windows(2).find(|pair| pair[0] > pair[1]);
        if let Some(&[before, date]) = later {
            found.push(Self::Unordered { before, date });
        }
        let mut ordered = dates.to_vec();
        ordered.sort_unstable();
        let same = ordered.windows(2).filter(|pair| pair[0] == pair[1]);
        let repeated: BTreeSet<Date> = same.map(|pair| pair[0]).collect();
        if !repeated.is_empty() {
            let dates = repeated.into_iter().collect();
            found.push(Self::Repeated { dates });
        }
        ordered.dedup();
        let off: Vec<Date> = ordered
            .iter()
            .copied()
            .filter(|day| is_day_off(*day))
            .collect();
        if !off.is_empty() {
            found.push(Self::OnDaysOff { dates: off });
        }
        let days = match (ordered.first(), ordered.last()) {
            (Some(first), Some(last)) => days_between(*first, *last),
            _ => 0,
        };
        let weeks = u32::try_from(ordered.len().saturating_sub(1)).unwrap_or(u32::MAX);
        if weeks > 0 && days > weeks.saturating_mul(7) {
            let dates = ordered.len();
            found.push(Self::Sparse { dates, days });
        } else {
            found.extend(Self::long_closure(&ordered));
        }
        found
    }

    /// The longest break between dates in order, where it is longer than [`LONG_CLOSURE`].
    ///
    /// ```
    /// use chemorad::radiotherapy::CalendarFinding;
    /// use jiff::civil::date;
    /// let closed_in_between = [date(2026, 12, 11), date(2027, 1, 5)];
    /// let found = CalendarFinding::long_closure(&closed_in_between);
    /// assert!(matches!(found, Some(CalendarFinding::LongClosure { days: 24, .. })));
    /// assert!(CalendarFinding::long_closure(&[date(2026, 12, 23), date(2027, 1, 3)]).is_none());
    /// ```
    #[must_use]
    pub fn long_closure(dates: &[Date]) -> Option<Self> {
        let pairs = dates.windows(2).map(|pair| (pair[0], pair[1]));
        let breaks = pairs.map(|(after, until)| {
            let days = days_between(after, until).saturating_sub(1);
            (days, after, until)
        });
        let (days, after, until) = breaks.max_by_key(|(days, ..)| *days)?;
        (days > LONG_CLOSURE).then_some(Self::LongClosure { days, after, until })
    }
}

fn is_day_off(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
        || matches!((date.month(), date.day()), (12, 25) | (1, 1))
}

impl Observation for CalendarFinding {
    fn code(&self) -> &Code {
        match self {
            Self::PlannedWithoutHolidays => &NO_HOLIDAYS,
            Self::HolidaysUnused { .. } => &HOLIDAYS_UNUSED,
            Self::HolidaysOfOtherYear { .. } => &HOLIDAYS_OTHER_YEAR,
            Self::LongClosure { .. } => &LONG_CLOSURE_CODE,
            Self::Unordered { .. } => &UNORDERED,
            Self::Repeated { .. } => &REPEATED,
            Self::OnDaysOff { .. } => &ON_DAYS_OFF,
            Self::Sparse { .. } => &SPARSE,
        }
    }

    fn outcome(&self) -> Outcome {
        Outcome::Warn
    }

    fn subject(&self) -> Subject {
        Subject::input(match self {
            Self::PlannedWithoutHolidays => "days",
            Self::HolidaysUnused { .. } | Self::HolidaysOfOtherYear { .. } => "holidays",
            Self::LongClosure { .. }
            | Self::Unordered { .. }
            | Self::Repeated { .. }
            | Self::OnDaysOff { .. }
            | Self::Sparse { .. } => "dates of fractions",
        })
    }

    fn values(&self) -> Values {
        match self {
            Self::Repeated { dates } | Self::OnDaysOff { dates } => {
                let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
                Values::found(dates.join(", "))
            }
            Self::PlannedWithoutHolidays
            | Self::HolidaysUnused { .. }
            | Self::HolidaysOfOtherYear { .. }
            | Self::LongClosure { .. }
            | Self::Unordered { .. }
            | Self::Sparse { .. } => Values::default(),
        }
    }
}

impl fmt::Display for CalendarFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PlannedWithoutHolidays => f.write_str(
                "planned without holidays: give them, or say that there are none",
            ),
            Self::HolidaysUnused { dates } => write!(
                f,
                "none of the {dates} dates read is a weekday of treatment between the first and the last fraction: is it the file of these years?"
            ),
            Self::HolidaysOfOtherYear { year } => write!(
                f,
                "fractions are given in {year}, and no date of {year} is among the holidays: is the list complete?"
            ),
            Self::LongClosure { days, after, until } => write!(
                f,
                "{days} days in a row without a fraction, between {after} and {until}: check the dates without treatment"
            ),
            Self::Unordered { before, date } => write!(
                f,
                "{date} is listed after {before}: is a month or a year mistyped?"
            ),
            Self::Repeated { .. } => f.write_str(
                "a date is listed more than once: right only where several fractions a day are given",
            ),
            Self::OnDaysOff { .. } => f.write_str(
                "fractions on Saturdays, Sundays, 25 December or 1 January: are these the days of treatment, or those without?",
            ),
            Self::Sparse { dates, days } => write!(
                f,
                "{dates} dates over {days} days are fewer than one fraction a week: are these the days of treatment, or those without?"
            ),
        }
    }
}
