//! The weekdays on which treatment is given.

use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use jiff::civil::Weekday;

use super::calendar_error::CalendarError;

/// The weekdays on which treatment is given.
///
/// ```
/// use chemorad::radiotherapy::Weekdays;
/// assert_eq!("mon-fri".parse::<Weekdays>()?, Weekdays::MONDAY_TO_FRIDAY);
/// let three: Weekdays = serde_json::from_str(r#""mon,wed,fri""#)?;
/// assert_eq!(three.to_string(), "mon,wed,fri");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weekdays(u8);

const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const fn bit(weekday: Weekday) -> u8 {
    1 << weekday.to_monday_zero_offset()
}

impl Weekdays {
    /// The usual five.
    pub const MONDAY_TO_FRIDAY: Self = Self(0b001_1111);

    /// Whether treatment is given on this weekday.
    #[must_use]
    pub const fn contains(self, weekday: Weekday) -> bool {
        self.0 & bit(weekday) != 0
    }

    /// Whether some weekday is in both.
    ///
    /// ```
    /// use chemorad::radiotherapy::Weekdays;
    /// assert!(!Weekdays::MONDAY_TO_FRIDAY.overlaps("sat,sun".parse()?));
    /// assert!(Weekdays::MONDAY_TO_FRIDAY.overlaps("fri,sat".parse()?));
    /// # Ok::<(), chemorad::radiotherapy::CalendarError>(())
    /// ```
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Their names, as they are written here and in FHIR.
    ///
    /// ```
    /// use chemorad::radiotherapy::Weekdays;
    /// let days: Weekdays = "mon,wed-fri".parse()?;
    /// assert_eq!(days.names().collect::<Vec<_>>(), ["mon", "wed", "thu", "fri"]);
    /// # Ok::<(), chemorad::radiotherapy::CalendarError>(())
    /// ```
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let days = NAMES.into_iter().enumerate();
        days.filter_map(move |(day, name)| (self.0 & (1 << day) != 0).then_some(name))
    }

    /// How many there are in a week.
    #[must_use]
    pub const fn per_week(self) -> u32 {
        self.0.count_ones()
    }
}

impl FromStr for Weekdays {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || CalendarError::Weekdays(text.chars().take(60).collect());
        let index = |name: &str| {
            let name = name.trim();
            NAMES
                .iter()
                .position(|known| known.eq_ignore_ascii_case(name))
        };
        let mut days = 0;
        for part in text.split(',') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (first, last) = (
                index(first).ok_or_else(error)?,
                index(last).ok_or_else(error)?,
            );
            if first > last {
                return Err(error());
            }
            for day in first..=last {
                if days & (1 << day) != 0 {
                    return Err(error());
                }
                days |= 1 << day;
            }
        }
        Ok(Self(days))
    }
}

impl fmt::Display for Weekdays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.names().collect();
        let is_run = NAMES.windows(names.len().max(1)).any(|run| run == names);
        match names[..] {
            [first, _, .., last] if is_run => f.pad(&format!("{first}-{last}")),
            _ => f.pad(&names.join(",")),
        }
    }
}

crate::text::by_text!(Weekdays);
