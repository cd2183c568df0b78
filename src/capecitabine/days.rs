//! On which days the drug is taken.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use jiff::civil::{Date, Weekday};

use super::error::CapecitabineError;

/// Days of a cycle on which the drug is taken, repeated from the first fraction on.
///
/// Domain: cycles of 1 to 366 days, 1 to 100 of them, days 1 to the length of the cycle.
///
/// ```
/// use chemorad::capecitabine::DayCycles;
/// let new_zealand: DayCycles = "1-5/7x6".parse()?; // days 1 to 5 of 7, six cycles
/// assert_eq!(new_zealand.to_string(), "days 1-5 of 7, 6 cycles");
/// assert_eq!(new_zealand.days_on(), 5);
/// assert!("0-5/7".parse::<DayCycles>().is_err());
/// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DayCycles {
    days: BTreeSet<u16>,
    length: u16,
    cycles: Option<u16>,
}

/// Days that one cycle may name, each perhaps twice.
const MOST_DAYS: usize = 1000;

impl DayCycles {
    /// From the days of a cycle, its length, and the number of cycles; without a number the
    /// cycles go on until the last fraction.
    ///
    /// # Errors
    /// No days, a day outside the cycle, or numbers out of range.
    pub fn new(
        days: impl IntoIterator<Item = u16>,
        length: u16,
        cycles: Option<u16>,
    ) -> Result<Self, CapecitabineError> {
        // a list without an end is no cycle
        let listed: Vec<u16> = days.into_iter().take(MOST_DAYS + 1).collect();
        let too_many = listed.len() > MOST_DAYS;
        let days: BTreeSet<u16> = listed.into_iter().collect();
        let in_cycle = days.iter().all(|day| (1..=length).contains(day));
        let counted = cycles.is_none_or(|cycles| (1..=100).contains(&cycles));
        if too_many || days.is_empty() || !in_cycle || length > 366 || !counted {
            return Err(CapecitabineError::Days {
                given: format!("{days:?} of {length}").chars().take(60).collect(),
            });
        }
        Ok(Self {
            days,
            length,
            cycles,
        })
    }

    /// How many days of a cycle the drug is taken on.
    #[must_use]
    pub fn days_on(&self) -> usize {
        self.days.len()
    }

    /// The most days in a row without the drug, from one cycle into the next.
    pub(super) fn longest_rest(&self) -> u16 {
        let (Some(first), Some(last)) = (self.days.first(), self.days.last()) else {
            return self.length;
        };
        let between = self.days.iter().zip(self.days.iter().skip(1));
        let inside = between.map(|(one, next)| next - one - 1).max().unwrap_or(0);
        inside.max(self.length - last + first - 1)
    }

    fn day_list(&self) -> String {
        let mut list = String::new();
        let mut days = self.days.iter().copied().peekable();
        while let Some(first) = days.next() {
            let mut last = first;
            while days.peek() == Some(&(last + 1)) {
                last += 1;
                days.next();
            }
            let comma = if list.is_empty() { "" } else { "," };
            let part = if last == first {
                format!("{comma}{first}")
            } else {
                format!("{comma}{first}-{last}")
            };
            list.push_str(&part);
        }
        list
    }
}

impl fmt::Display for DayCycles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "days {} of {}", self.day_list(), self.length)?;
        match self.cycles {
            Some(1) => f.write_str(", 1 cycle"),
            Some(cycles) => write!(f, ", {cycles} cycles"),
            None => f.write_str(", until the last fraction"),
        }
    }
}

/// The days, the length and the number of cycles in `1-5/7x6`.
fn short(text: &str) -> Option<(&str, &str, Option<&str>)> {
    let (days, rest) = text.split_once('/')?;
    Some(match rest.split_once('x') {
        Some((length, cycles)) => (days, length, Some(cycles)),
        None => (days, rest, None),
    })
}

/// The days, the length of a cycle and the cycles in `days 1-5 of 7, 6 cycles`.
fn printed(text: &str) -> Option<(&str, &str, Option<&str>)> {
    let (days, rest) = text.trim().strip_prefix("days ")?.split_once(" of ")?;
    let (length, cycles) = rest.split_once(", ")?;
    if cycles == "until the last fraction" {
        return Some((days, length, None));
    }
    let count = cycles.strip_suffix('s').unwrap_or(cycles);
    Some((days, length, Some(count.strip_suffix(" cycle")?)))
}

/// `1-5/7x6`, `1-14/21`, `1,3,5/7x2`, and as it is printed.
impl FromStr for DayCycles {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || CapecitabineError::Days {
            given: text.chars().take(60).collect(),
        };
        let number = |text: &str| -> Option<u16> {
            let text = text.trim();
            (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| text.parse().ok())
                .flatten()
        };
        let (list, length, cycles) = short(text).or_else(|| printed(text)).ok_or_else(error)?;
        let cycles = match cycles {
            Some(cycles) => Some(number(cycles).ok_or_else(error)?),
            None => None,
        };
        let length = number(length).ok_or_else(error)?;
        let mut days = BTreeSet::new();
        for part in list.split(',') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (first, last) = (
                number(first).ok_or_else(error)?,
                number(last).ok_or_else(error)?,
            );
            if first > last || last > 366 {
                return Err(error());
            }
            days.extend(first..=last);
        }
        Self::new(days, length, cycles).map_err(|_| error())
    }
}

/// On which days the drug is taken. There is no default: the kinds differ by a third of the
/// tablets, and the registry text of the trial states none.
///
/// ```
/// use chemorad::capecitabine::CapecitabineDays;
/// assert_eq!("radiotherapy_days".parse::<CapecitabineDays>()?, CapecitabineDays::RadiotherapyDays);
/// assert_eq!("1-14/21".parse::<CapecitabineDays>()?.to_string(),
///     "days 1-14 of 21, until the last fraction");
/// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum CapecitabineDays {
    /// The days on which a fraction is given.
    RadiotherapyDays,
    /// Monday to Friday from the first to the last fraction, holidays and machine breaks included.
    Weekdays,
    /// Every day from the first to the last fraction.
    CalendarDays,
    /// Days of a cycle, from the first fraction on.
    Cycles(DayCycles),
}

/// Longer than any course: a wrong year, not a plan.
const LONGEST: i32 = 400;

impl CapecitabineDays {
    /// The dates of intake for the dates on which fractions are given, each date once, rising.
    ///
    /// # Errors
    /// No dates, dates that do not rise, or more than 400 days from first to last; no day of
    /// intake at all.
    ///
    /// ```
    /// use chemorad::capecitabine::CapecitabineDays;
    /// use jiff::civil::date;
    /// let fractions = [date(2026, 12, 24), date(2026, 12, 28)]; // Thursday, Monday
    /// let count = |days: CapecitabineDays| days.dates(&fractions).map(|dates| dates.len());
    /// assert_eq!(count(CapecitabineDays::RadiotherapyDays)?, 2);
    /// assert_eq!(count(CapecitabineDays::Weekdays)?, 3);
    /// assert_eq!(count(CapecitabineDays::CalendarDays)?, 5);
    /// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
    /// ```
    pub fn dates(&self, fractions: &[Date]) -> Result<Vec<Date>, CapecitabineError> {
        let (Some(&first), Some(&last)) = (fractions.first(), fractions.last()) else {
            return Err(CapecitabineError::NoDates);
        };
        for pair in fractions.windows(2) {
            if let [earlier, later] = pair {
                if later <= earlier {
                    return Err(CapecitabineError::DatesOutOfOrder {
                        earlier: *earlier,
                        later: *later,
                    });
                }
            }
        }
        if days_between(first, last) > LONGEST {
            return Err(CapecitabineError::CourseTooLong { first, last });
        }
        let every = || days_from(first).take_while(move |day| *day <= last);
        let dates: Vec<Date> = match self {
            Self::RadiotherapyDays => fractions.to_vec(),
            Self::CalendarDays => every().collect(),
            Self::Weekdays => every()
                .filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
                .collect(),
            Self::Cycles(cycles) => {
                let length = usize::from(cycles.length);
                let on = |index: usize| {
                    u16::try_from(index % length).is_ok_and(|day| cycles.days.contains(&(day + 1)))
                };
                let all = match cycles.cycles {
                    Some(count) => length * usize::from(count),
                    None => usize::try_from(days_between(first, last)).unwrap_or(0) + 1,
                };
                days_from(first)
                    .take(all)
                    .enumerate()
                    .filter(|(index, _)| on(*index))
                    .map(|(_, day)| day)
                    .collect()
            }
        };
        if dates.is_empty() {
            return Err(CapecitabineError::NoIntake);
        }
        Ok(dates)
    }

    fn name(&self) -> String {
        match self {
            Self::RadiotherapyDays => "radiotherapy_days".into(),
            Self::Weekdays => "weekdays".into(),
            Self::CalendarDays => "calendar_days".into(),
            Self::Cycles(cycles) => {
                let count = cycles
                    .cycles
                    .map_or_else(String::new, |count| format!("x{count}"));
                format!("{}/{}{count}", cycles.day_list(), cycles.length)
            }
        }
    }
}

/// Every date from `first` on, as far as the calendar goes.
fn days_from(first: Date) -> impl Iterator<Item = Date> {
    core::iter::successors(Some(first), |day| day.tomorrow().ok())
}

pub(super) fn days_between(first: Date, last: Date) -> i32 {
    last.since(first).map_or(i32::MAX, |span| span.get_days())
}

impl fmt::Display for CapecitabineDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RadiotherapyDays => f.pad("radiotherapy days"),
            Self::Weekdays => f.pad("Monday to Friday"),
            Self::CalendarDays => f.pad("every calendar day"),
            Self::Cycles(cycles) => cycles.fmt(f),
        }
    }
}

impl FromStr for CapecitabineDays {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "radiotherapy_days" | "radiotherapy-days" | "radiotherapy days" => {
                Ok(Self::RadiotherapyDays)
            }
            "weekdays" | "Monday to Friday" => Ok(Self::Weekdays),
            "calendar_days" | "calendar-days" | "every calendar day" => Ok(Self::CalendarDays),
            cycles => cycles.parse().map(Self::Cycles),
        }
    }
}

impl TryFrom<String> for CapecitabineDays {
    type Error = CapecitabineError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<CapecitabineDays> for String {
    fn from(days: CapecitabineDays) -> Self {
        days.name()
    }
}
