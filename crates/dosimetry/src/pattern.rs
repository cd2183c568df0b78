//! On which days of the week fractions are given.

use std::fmt;

use serde::Serialize;

/// How many fractions a plan gives on each day of one or more whole weeks.
///
/// ```
/// use chemorad_dosimetry::FractionPattern;
/// let daily = FractionPattern::new("1111100", 1, 1).unwrap();
/// assert_eq!((daily.per_week(), daily.most_per_day()), (vec![5], 1));
/// let twice = FractionPattern::new("11111111110000", 2, 1).unwrap();
/// assert_eq!(twice.to_string(), "10 a week, up to 2 a day");
/// assert!(FractionPattern::new("11111", 1, 1).is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FractionPattern {
    per_day: Vec<u32>,
}

impl FractionPattern {
    /// The longest cycle that is read, weeks.
    const MOST_WEEKS: u32 = 104;
    /// The most fractions a day that are read.
    const MOST_PER_DAY: u32 = 24;

    /// From a digit for each possible fraction, 1 where one is given: so many digits for a day, and seven
    /// days for each week. `None` where the text is not that.
    #[must_use]
    pub fn new(text: &str, digits_per_day: u32, weeks: u32) -> Option<Self> {
        let known = (1..=Self::MOST_PER_DAY).contains(&digits_per_day)
            && (1..=Self::MOST_WEEKS).contains(&weeks);
        let digits: Vec<u32> = text
            .trim()
            .chars()
            .map(|digit| digit.to_digit(2))
            .collect::<Option<_>>()?;
        let wanted = digits_per_day.checked_mul(weeks)?.checked_mul(7)?;
        if !known || u32::try_from(digits.len()) != Ok(wanted) {
            return None;
        }
        let per_day = digits.chunks(usize::try_from(digits_per_day).ok()?);
        Some(Self {
            per_day: per_day.map(|day| day.iter().sum()).collect(),
        })
    }

    /// The fractions of each week.
    #[must_use]
    pub fn per_week(&self) -> Vec<u32> {
        self.per_day
            .chunks(7)
            .map(|week| week.iter().sum())
            .collect()
    }

    /// Whether no fraction is given on any day.
    ///
    /// ```
    /// use chemorad_dosimetry::FractionPattern;
    /// assert!(FractionPattern::new("0000000", 1, 1).unwrap().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.most_per_day() == 0
    }

    /// The most fractions on one day.
    #[must_use]
    pub fn most_per_day(&self) -> u32 {
        self.per_day.iter().copied().max().unwrap_or(0)
    }

    /// Both given side by side, as alternating fraction groups are, over the weeks after which both cycles
    /// begin again together. `None` where that takes more than 104 weeks.
    ///
    /// ```
    /// use chemorad_dosimetry::FractionPattern;
    /// let every_second_week = FractionPattern::new("11111000000000", 1, 2).unwrap();
    /// let every_third_week = FractionPattern::new("111000000000000000000", 1, 3).unwrap();
    /// let both = every_second_week.and(&every_third_week).unwrap();
    /// assert_eq!(both.per_week(), [8, 0, 5, 3, 5, 0]);
    /// ```
    #[must_use]
    pub fn and(&self, other: &Self) -> Option<Self> {
        let (one, two) = (self.per_day.len(), other.per_day.len());
        let most = usize::try_from(Self::MOST_WEEKS.checked_mul(7)?).ok()?;
        let days = (1..)
            .map_while(|times| one.checked_mul(times).filter(|days| *days <= most))
            .find(|days| days % two == 0)?;
        let one = self.per_day.iter().cycle();
        let two = other.per_day.iter().cycle();
        Some(Self {
            per_day: one
                .zip(two)
                .take(days)
                .map(|(one, two)| one + two)
                .collect(),
        })
    }
}

impl fmt::Display for FractionPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut weeks = self.per_week();
        weeks.dedup();
        let weeks: Vec<String> = weeks.iter().map(ToString::to_string).collect();
        write!(
            f,
            "{} a week, up to {} a day",
            weeks.join(" and "),
            self.most_per_day()
        )
    }
}
