//! The fractions of one treatment day and the time between them.

use alloc::string::String;
use core::fmt;

use crate::quantity::FractionInterval;

/// The least interval between two fractions of a day, 6 h (Royal College of Radiologists 2019,
/// BFCO(19)1, as quoted in HFC-HypoFracCalc; Basic Clinical Radiobiology 2025 has about 8 h or
/// more, ibid.).
pub const MINIMUM_INTERVAL: FractionInterval = FractionInterval::constant("6 h");

/// The interval between two fractions of a day below which a caution is given, 8 h (Basic Clinical
/// Radiobiology 2025: about 8 h or more, as quoted in HFC-HypoFracCalc).
pub const RECOMMENDED_INTERVAL: FractionInterval = FractionInterval::constant("8 h");

/// A day in microhours.
const DAY: u64 = 24_000_000;

/// The fractions of one treatment day and the intervals between them: 1 to 3 fractions.
///
/// ```
/// use chemorad::quantity::FractionInterval;
/// use chemorad::radiotherapy::DailyPattern;
///
/// let twice = DailyPattern::equal(2, FractionInterval::constant("6 h"))?;
/// assert_eq!(twice.fractions(), 2);
/// assert!(twice.shortest_interval().unwrap() >= FractionInterval::constant("6 h"));
/// assert_eq!(twice.to_string(), "2 a day, 6 h apart");
/// # Ok::<(), chemorad::radiotherapy::DailyPatternError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DailyPattern {
    // the second is `None` when the first is
    intervals: [Option<FractionInterval>; 2],
}

/// Why fractions and intervals are not a treatment day.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DailyPatternError {
    /// Not 1 to 3 fractions.
    #[error("{0} fractions a day: possible are 1 to 3")]
    Fractions(u32),
    /// One fraction has nothing to be apart from.
    #[error("one fraction a day has no interval: leave the interval out")]
    IntervalForOne,
    /// Fractions closer together than the site allows.
    #[error("{interval} between the fractions of a day is below the minimum of {minimum}")]
    BelowMinimum {
        /// The shortest interval of the day.
        interval: FractionInterval,
        /// The least that is allowed.
        minimum: FractionInterval,
    },
    /// Fractions of one day that come too close to those of the next.
    #[error(
        "the last fraction of a day is {hours} h before the first of the next, below the minimum of {minimum}"
    )]
    Overnight {
        /// Time between them.
        hours: f64,
        /// The least that is allowed.
        minimum: FractionInterval,
    },
    /// The last fraction would fall on the next day.
    #[error("the intervals of a day add up to {hours} h: they must stay below 24 h")]
    LongerThanADay {
        /// Their sum.
        hours: f64,
    },
}

impl DailyPattern {
    /// One fraction a day.
    pub const ONCE: Self = Self {
        intervals: [None, None],
    };

    /// Fractions of a day at equal intervals.
    ///
    /// # Errors
    /// Not 2 or 3 fractions, or a day of 24 h or more.
    pub fn equal(fractions: u32, interval: FractionInterval) -> Result<Self, DailyPatternError> {
        match fractions {
            1 => Err(DailyPatternError::IntervalForOne),
            2 => Self::unequal(&[interval]),
            3 => Self::unequal(&[interval, interval]),
            _ => Err(DailyPatternError::Fractions(fractions)),
        }
    }

    /// Fractions of a day at the intervals listed: none for one fraction, two for three.
    ///
    /// # Errors
    /// More than two intervals, or a day of 24 h or more.
    pub fn unequal(intervals: &[FractionInterval]) -> Result<Self, DailyPatternError> {
        let listed = match *intervals {
            [] => [None, None],
            [only] => [Some(only), None],
            [first, second] => [Some(first), Some(second)],
            _ => {
                let fractions = u32::try_from(intervals.len()).unwrap_or(u32::MAX);
                return Err(DailyPatternError::Fractions(fractions.saturating_add(1)));
            }
        };
        let sum: u64 = intervals.iter().map(|interval| interval.microhours()).sum();
        if sum >= DAY {
            #[allow(clippy::cast_precision_loss, reason = "below 2^53")]
            return Err(DailyPatternError::LongerThanADay {
                hours: sum as f64 / 1e6,
            });
        }
        Ok(Self { intervals: listed })
    }

    /// This pattern, where no interval is below a minimum, nor the time from the last fraction of a day
    /// to the first of the next.
    ///
    /// ```
    /// use chemorad::quantity::FractionInterval;
    /// use chemorad::radiotherapy::DailyPattern;
    /// let twice = DailyPattern::equal(2, FractionInterval::constant("4 h"))?;
    /// assert!(twice.at_least(FractionInterval::constant("4 h")).is_ok());
    /// assert!(twice.at_least(FractionInterval::constant("6 h")).is_err());
    /// # Ok::<(), chemorad::radiotherapy::DailyPatternError>(())
    /// ```
    ///
    /// # Errors
    /// An interval below the minimum.
    pub fn at_least(self, minimum: FractionInterval) -> Result<Self, DailyPatternError> {
        match self.shortest_interval() {
            Some(interval) if interval < minimum => {
                return Err(DailyPatternError::BelowMinimum { interval, minimum });
            }
            _ => {}
        }
        let sum: u64 = self.intervals().map(FractionInterval::microhours).sum();
        let overnight = DAY.saturating_sub(sum);
        if overnight < minimum.microhours() {
            #[allow(clippy::cast_precision_loss, reason = "below 2^53")]
            return Err(DailyPatternError::Overnight {
                hours: overnight as f64 / 1e6,
                minimum,
            });
        }
        Ok(self)
    }

    /// m.
    #[must_use]
    pub const fn fractions(self) -> u32 {
        match self.intervals {
            [None, _] => 1,
            [Some(_), None] => 2,
            [Some(_), Some(_)] => 3,
        }
    }

    /// The intervals in order, one fewer than the fractions.
    pub fn intervals(self) -> impl Iterator<Item = FractionInterval> {
        self.intervals.into_iter().flatten()
    }

    /// The shortest interval; `None` for one fraction a day.
    #[must_use]
    pub fn shortest_interval(self) -> Option<FractionInterval> {
        self.intervals().min()
    }

    /// Time from fraction `earlier` to fraction `later` of the day (from 1), in millionths of an
    /// hour; `None` when the pattern does not reach that far.
    #[must_use]
    pub fn microhours_between(self, earlier: u32, later: u32) -> Option<u64> {
        if earlier == 0 || earlier > later || later > self.fractions() {
            return None;
        }
        let (skip, take) = (
            usize::try_from(earlier - 1).ok()?,
            usize::try_from(later - earlier).ok()?,
        );
        Some(
            self.intervals()
                .skip(skip)
                .take(take)
                .map(FractionInterval::microhours)
                .sum(),
        )
    }
}

impl fmt::Display for DailyPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self.intervals {
            [None, _] => String::from("1 a day"),
            [Some(only), None] => format!("2 a day, {only} apart"),
            [Some(first), Some(second)] if first == second => {
                format!("3 a day, {first} apart")
            }
            [Some(first), Some(second)] => format!("3 a day, {first} and {second} apart"),
        };
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn hours(text: &str) -> FractionInterval {
        text.parse().unwrap()
    }

    #[test]
    fn times_within_a_day() {
        let day = DailyPattern::unequal(&[hours("4 h"), hours("6.5 h")]).unwrap();
        assert_eq!(day.fractions(), 3);
        assert_eq!(day.microhours_between(1, 2), Some(4_000_000));
        assert_eq!(day.microhours_between(2, 3), Some(6_500_000));
        assert_eq!(day.microhours_between(1, 3), Some(10_500_000));
        assert_eq!(day.microhours_between(3, 3), Some(0));
        assert_eq!(day.microhours_between(1, 4), None);
        assert_eq!(day.microhours_between(0, 1), None);
        assert_eq!(day.microhours_between(2, 1), None);
        assert_eq!(day.shortest_interval(), Some(hours("4 h")));
        assert_eq!(DailyPattern::ONCE.shortest_interval(), None);
    }

    #[test]
    fn nights_count_too() {
        let six = hours("6 h");
        let twice = |interval| DailyPattern::equal(2, hours(interval)).unwrap();
        assert!(twice("18 h").at_least(six).is_ok());
        assert_eq!(
            twice("18.5 h").at_least(six),
            Err(DailyPatternError::Overnight {
                hours: 5.5,
                minimum: six
            })
        );
        assert!(DailyPattern::ONCE.at_least(hours("23 h")).is_ok());
    }

    #[test]
    fn days_that_are_none() {
        assert_eq!(
            DailyPattern::equal(3, hours("12 h")),
            Err(DailyPatternError::LongerThanADay { hours: 24.0 })
        );
        assert!(DailyPattern::equal(3, hours("11.9 h")).is_ok());
        assert_eq!(
            DailyPattern::equal(1, hours("6 h")),
            Err(DailyPatternError::IntervalForOne)
        );
        assert_eq!(
            DailyPattern::equal(4, hours("4 h")),
            Err(DailyPatternError::Fractions(4))
        );
        assert_eq!(
            DailyPattern::equal(0, hours("4 h")),
            Err(DailyPatternError::Fractions(0))
        );
        assert_eq!(
            DailyPattern::unequal(&[hours("4 h"); 3]),
            Err(DailyPatternError::Fractions(4))
        );
    }
}
