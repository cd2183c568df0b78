//! One thing that a passage says: a dose, an amount of a drug, days, weeks, a limit.

use core::fmt;

use chemorad::number::Decimal;

/// A number or a range, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) low: Decimal,
    pub(crate) high: Decimal,
}

impl Range {
    pub(crate) const fn single(value: Decimal) -> Self {
        Self {
            low: value,
            high: value,
        }
    }

    pub(crate) fn has(self, value: Decimal) -> bool {
        self.low == value || self.high == value
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.low == self.high {
            write!(f, "{}", self.low)
        } else {
            write!(f, "{}-{}", self.low, self.high)
        }
    }
}

/// The unit of an absorbed dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DoseUnit {
    Gray,
    Centigray,
    /// Weighted by biological effectiveness: never compared with an absorbed dose.
    Weighted,
}

impl fmt::Display for DoseUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gray => "Gy",
            Self::Centigray => "cGy",
            Self::Weighted => "Gy(RBE)",
        })
    }
}

/// The unit of an amount of a drug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AmountUnit {
    MilligramPerSquareMeter,
    GramPerSquareMeter,
    MilligramPerKilogram,
    Milligram,
    Gram,
    /// Area under the curve of concentration, mg/mL × min.
    AreaUnderCurve,
}

impl AmountUnit {
    /// The unit without its prefix, and how many of it this one holds.
    pub(crate) const fn plain(self) -> (Self, u32) {
        match self {
            Self::GramPerSquareMeter => (Self::MilligramPerSquareMeter, 1000),
            Self::Gram => (Self::Milligram, 1000),
            other => (other, 1),
        }
    }

    /// Milligrams in it, for amounts per square metre.
    pub(crate) const fn milligrams_per_square_meter(self) -> Option<u32> {
        match self {
            Self::MilligramPerSquareMeter => Some(1),
            Self::GramPerSquareMeter => Some(1000),
            _ => None,
        }
    }
}

impl fmt::Display for AmountUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MilligramPerSquareMeter => "mg/m2",
            Self::GramPerSquareMeter => "g/m2",
            Self::MilligramPerKilogram => "mg/kg",
            Self::Milligram => "mg",
            Self::Gram => "g",
            Self::AreaUnderCurve => "AUC",
        })
    }
}

/// What an amount of a drug is per.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Per {
    Administration,
    Day,
    /// A total over so many days.
    Days(Decimal),
    /// A total over so many hours.
    Hours(Decimal),
    /// A day's amount given for so many hours, or a total over them: `for 96 hours`.
    DayOrHours(Decimal),
    Week,
    Cycle,
    Course,
    /// The words do not say.
    Unstated,
}

impl fmt::Display for Per {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Administration => f.write_str("administration"),
            Self::Day => f.write_str("day"),
            Self::Days(days) => write!(f, "{days} days"),
            Self::Hours(hours) => write!(f, "{hours} h"),
            Self::Week => f.write_str("week"),
            Self::Cycle => f.write_str("cycle"),
            Self::Course => f.write_str("course"),
            Self::Unstated | Self::DayOrHours(_) => f.write_str("unstated"),
        }
    }
}

/// The days that words name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SaidDays {
    RadiotherapyDays,
    Weekdays,
    CalendarDays,
    Weekends,
    /// Every other day.
    AlternateDays,
    /// First and last day of every stretch.
    Numbers(Vec<(u32, u32)>),
}

/// Spans of numbers: `1-14,22`.
pub(crate) fn spans(list: &[(u32, u32)]) -> String {
    let span = |(first, last): &(u32, u32)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}-{last}")
        }
    };
    list.iter().map(span).collect::<Vec<_>>().join(",")
}

impl fmt::Display for SaidDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RadiotherapyDays => f.write_str("radiotherapy_days"),
            Self::Weekdays => f.write_str("weekdays"),
            Self::CalendarDays => f.write_str("calendar_days"),
            Self::Weekends => f.write_str("weekends"),
            Self::AlternateDays => f.write_str("alternate_days"),
            Self::Numbers(list) => f.write_str(&spans(list)),
        }
    }
}

/// How long one administration runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InfusionTime {
    Hours(Range),
    Minutes(Range),
    Continuous,
}

impl fmt::Display for InfusionTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hours(hours) => write!(f, "{hours} h"),
            Self::Minutes(minutes) => write!(f, "{minutes} min"),
            Self::Continuous => f.write_str("continuous"),
        }
    }
}

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    Dose(Range, DoseUnit),
    DosePerFraction(Range, DoseUnit),
    Fractions(Range),
    FractionNumbers(Vec<(u32, u32)>),
    FractionsPerDay(Decimal),
    FractionsPerWeek(Range),
    Intensity {
        amount: Range,
        unit: AmountUnit,
        per: Per,
    },
    AdministrationsPerDay(Decimal),
    AdministrationsPerWeek(Decimal),
    Infusion(InfusionTime),
    Days(SaidDays),
    DaysPerWeek(Range),
    /// Length of a cycle, as written.
    Cycle(Range, TimeUnit),
    Cycles(Range),
    Weeks(Range),
    DurationDays(Range),
    /// At most so long.
    Within(Range, TimeUnit),
    WeekNumbers(Vec<(u32, u32)>),
    Limit(String),
    Cap(String),
    Age(String),
    Size(String),
}

/// Days or weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeUnit {
    Days,
    Weeks,
}

impl TimeUnit {
    /// Days in it.
    pub(crate) const fn days(self) -> u32 {
        match self {
            Self::Days => 1,
            Self::Weeks => 7,
        }
    }
}

impl fmt::Display for TimeUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Days => "day",
            Self::Weeks => "week",
        })
    }
}

/// One thing that a passage says, with the words it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) said: Said,
    /// The drug it is said of, where it is said of one.
    pub(crate) drug: Option<String>,
    /// Where its words begin and end in the passage, in bytes.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Said {
    /// Its kind, as the corpus names it.
    #[cfg(test)]
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Dose(..) => "dose",
            Self::DosePerFraction(..) => "dose_per_fraction",
            Self::Fractions(_) => "fractions",
            Self::FractionNumbers(_) => "fraction_numbers",
            Self::FractionsPerDay(_) => "fractions_per_day",
            Self::FractionsPerWeek(_) => "fractions_per_week",
            Self::Intensity { .. } => "intensity",
            Self::AdministrationsPerDay(_) => "administrations_per_day",
            Self::AdministrationsPerWeek(_) => "administrations_per_week",
            Self::Infusion(_) => "infusion",
            Self::Days(_) => "days",
            Self::DaysPerWeek(_) => "days_per_week",
            Self::Cycle(..) => "cycle",
            Self::Cycles(_) => "cycles",
            Self::Weeks(_) | Self::Within(_, TimeUnit::Weeks) => "weeks",
            Self::DurationDays(_) | Self::Within(_, TimeUnit::Days) => "duration_days",
            Self::WeekNumbers(_) => "week_numbers",
            Self::Limit(_) => "limit",
            Self::Cap(_) => "cap",
            Self::Age(_) => "age",
            Self::Size(_) => "size",
        }
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dose(amount, unit) | Self::DosePerFraction(amount, unit) => {
                write!(f, "{amount} {unit}")
            }
            Self::Fractions(count)
            | Self::FractionsPerWeek(count)
            | Self::DaysPerWeek(count)
            | Self::Cycles(count)
            | Self::Weeks(count)
            | Self::DurationDays(count)
            | Self::Within(count, _) => count.fmt(f),
            Self::FractionsPerDay(count)
            | Self::AdministrationsPerDay(count)
            | Self::AdministrationsPerWeek(count) => write!(f, "{count}"),
            Self::FractionNumbers(list) | Self::WeekNumbers(list) => f.write_str(&spans(list)),
            Self::Intensity { amount, unit, .. } => write!(f, "{amount} {unit}"),
            Self::Infusion(time) => time.fmt(f),
            Self::Days(days) => days.fmt(f),
            Self::Cycle(length, unit) => {
                let plural = *length != Range::single(1.into());
                write!(f, "{length} {unit}{}", if plural { "s" } else { "" })
            }
            Self::Limit(text) | Self::Cap(text) | Self::Age(text) | Self::Size(text) => {
                f.write_str(text)
            }
        }
    }
}
