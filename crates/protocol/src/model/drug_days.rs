//! The days on which a drug is given, and how long an infusion takes.

use core::fmt;
use core::num::NonZeroU16;
use core::str::FromStr;

use crate::facts::value::FactError;
use chemorad::text::List;

/// On which days a drug is given. Day 1 is the first day of the radiotherapy it goes with, or of
/// the drug itself where it is given alone.
///
/// | in a file | means |
/// | --- | --- |
/// | `"radiotherapy_days"` | the days on which a fraction is given |
/// | `"weekdays"` | Monday to Friday, from the first to the last fraction |
/// | `"calendar_days"` | every day from the first to the last fraction |
/// | `{ days = "1-14, 22-35" }` | these days |
/// | `{ days = "1-14", every = 21, cycles = 2 }` | these days of every 21, two cycles |
/// | `{ weekly = 5 }` | once a week, five times, from day 1 |
/// | `{ weeks = [1, 5] }` | once in each of these weeks |
///
/// ```
/// use chemorad_protocol::DrugDays;
/// let cycles = DrugDays::Cycle { days: "1-14".parse()?, every: 21.try_into()?, cycles: 2.try_into().ok() };
/// assert_eq!(cycles.to_string(), "days 1-14 of every 21, 2 cycles");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DrugDays {
    /// On the days on which a fraction is given.
    RadiotherapyDays,
    /// Monday to Friday, from the first to the last fraction.
    Weekdays,
    /// Every day from the first to the last fraction.
    CalendarDays,
    /// On these days.
    Days(DayNumbers),
    /// On these days of every cycle.
    Cycle {
        /// The days of a cycle.
        days: DayNumbers,
        /// Days from the beginning of one cycle to that of the next.
        every: NonZeroU16,
        /// How many cycles; as long as treatment lasts when absent.
        cycles: Option<NonZeroU16>,
    },
    /// Once a week, from day 1.
    Weekly {
        /// How many times.
        times: NonZeroU16,
    },
    /// Once in each of these weeks.
    Weeks(List<NonZeroU16>),
}

impl fmt::Display for DrugDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RadiotherapyDays => f.pad("on the days of radiotherapy"),
            Self::Weekdays => f.pad("Monday to Friday from the first to the last fraction"),
            Self::CalendarDays => f.pad("every day from the first to the last fraction"),
            Self::Days(days) => write!(f, "days {days}"),
            Self::Cycle {
                days,
                every,
                cycles,
            } => {
                write!(f, "days {days} of every {every}")?;
                match cycles {
                    Some(cycles) => write!(f, ", {cycles} cycles"),
                    None => Ok(()),
                }
            }
            Self::Weekly { times } => write!(f, "once a week, {times} times"),
            Self::Weeks(weeks) => {
                let weeks: Vec<String> = weeks.iter().map(ToString::to_string).collect();
                write!(f, "once in each of weeks {}", weeks.join(", "))
            }
        }
    }
}

/// Days counted from 1, in rising order: `1-14, 22-35`.
///
/// ```
/// use chemorad_protocol::DayNumbers;
/// let days: DayNumbers = "1-14, 22-35".parse()?;
/// assert_eq!(days.count(), 28);
/// assert!("14-1".parse::<DayNumbers>().is_err());
/// # Ok::<(), chemorad_protocol::FactError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayNumbers(Vec<(u16, u16)>);

impl DayNumbers {
    /// The last day that can be named.
    pub const MAX: u16 = 1000;

    fn rising(spans: &[(u16, u16)]) -> bool {
        let mut before = 0;
        let rises = |&(first, last): &(u16, u16)| {
            let rises = first > before && last >= first && last <= Self::MAX;
            before = last;
            rises
        };
        !spans.is_empty() && spans.iter().all(rises)
    }

    /// First and last day of every stretch.
    #[must_use]
    pub fn spans(&self) -> &[(u16, u16)] {
        &self.0
    }

    /// Every day.
    pub fn iter(&self) -> impl Iterator<Item = u16> {
        self.0.iter().flat_map(|(first, last)| *first..=*last)
    }

    /// How many days.
    #[must_use]
    pub fn count(&self) -> usize {
        self.iter().count()
    }

    /// The last day.
    #[must_use]
    pub fn last(&self) -> u16 {
        self.0.last().map_or(0, |span| span.1)
    }
}

impl FromStr for DayNumbers {
    type Err = FactError;

    fn from_str(text: &str) -> Result<Self, FactError> {
        let span = |part: &str| {
            let day = |text: &str| text.trim().parse::<u16>().ok();
            match part.split_once('-') {
                Some((first, last)) => Some((day(first)?, day(last)?)),
                None => day(part).map(|day| (day, day)),
            }
        };
        let spans: Option<Vec<(u16, u16)>> = text.split(',').map(span).collect();
        match spans.filter(|spans| Self::rising(spans)) {
            Some(spans) => Ok(Self(spans)),
            None => Err(FactError::new(
                "list of days",
                text,
                "days from 1 to 1000 in rising order, for example 1-14, 22-35".into(),
                "",
            )),
        }
    }
}

impl fmt::Display for DayNumbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (first, last)) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            if first == last {
                write!(f, "{first}")?;
            } else {
                write!(f, "{first}-{last}")?;
            }
        }
        Ok(())
    }
}

/// How long one infusion runs: `"48 h"`, or `"continuous"` over all its days.
///
/// ```
/// use chemorad_protocol::Infusion;
/// let infusion: Infusion = "120 h".parse()?;
/// assert_eq!(infusion.hours(), Some(120));
/// # Ok::<(), chemorad_protocol::FactError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Infusion {
    /// So many hours.
    Hours(NonZeroU16),
    /// Without a break over all its days.
    Continuous,
}

impl Infusion {
    /// The hours, unless it is continuous.
    #[must_use]
    pub const fn hours(self) -> Option<u16> {
        match self {
            Self::Hours(hours) => Some(hours.get()),
            Self::Continuous => None,
        }
    }
}

impl FromStr for Infusion {
    type Err = FactError;

    fn from_str(text: &str) -> Result<Self, FactError> {
        let given = text.trim();
        if given == "continuous" {
            return Ok(Self::Continuous);
        }
        given
            .strip_suffix('h')
            .and_then(|hours| hours.trim().parse().ok())
            .map(Self::Hours)
            .ok_or_else(|| FactError::new("infusion", text, "48 h, or continuous".into(), ""))
    }
}

impl fmt::Display for Infusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hours(hours) => f.pad(&format!("{hours} h")),
            Self::Continuous => f.pad("continuous"),
        }
    }
}

mod shape {
    use core::fmt;
    use core::num::NonZeroU16;

    use serde::de::value::MapAccessDeserializer;
    use serde::de::{self, MapAccess, Visitor};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{DayNumbers, DrugDays, Infusion};
    use chemorad::text::List;

    chemorad::text::by_text!(DayNumbers);
    chemorad::text::by_text!(Infusion);

    #[derive(Default, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    struct Shape {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<DayNumbers>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        every: Option<NonZeroU16>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cycles: Option<NonZeroU16>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        weekly: Option<NonZeroU16>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        weeks: Option<List<NonZeroU16>>,
    }

    impl Serialize for DrugDays {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut shape = Shape::default();
            match self {
                Self::RadiotherapyDays => return serializer.serialize_str("radiotherapy_days"),
                Self::Weekdays => return serializer.serialize_str("weekdays"),
                Self::CalendarDays => return serializer.serialize_str("calendar_days"),
                Self::Days(days) => shape.days = Some(days.clone()),
                Self::Cycle {
                    days,
                    every,
                    cycles,
                } => {
                    shape.days = Some(days.clone());
                    shape.every = Some(*every);
                    shape.cycles = *cycles;
                }
                Self::Weekly { times } => shape.weekly = Some(*times),
                Self::Weeks(weeks) => shape.weeks = Some(weeks.clone()),
            }
            shape.serialize(serializer)
        }
    }

    impl<'de> Deserialize<'de> for DrugDays {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(AsWritten)
        }
    }

    struct AsWritten;

    impl<'de> Visitor<'de> for AsWritten {
        type Value = DrugDays;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(
                "radiotherapy_days, weekdays, calendar_days, or a table with days, weekly or weeks",
            )
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<DrugDays, E> {
            const NAMES: &[&str] = &["radiotherapy_days", "weekdays", "calendar_days"];
            match text {
                "radiotherapy_days" => Ok(DrugDays::RadiotherapyDays),
                "weekdays" => Ok(DrugDays::Weekdays),
                "calendar_days" => Ok(DrugDays::CalendarDays),
                _ => Err(E::unknown_variant(text, NAMES)),
            }
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DrugDays, A::Error> {
            let shape = Shape::deserialize(MapAccessDeserializer::new(map))?;
            match shape {
                Shape {
                    days: Some(days),
                    every: Some(every),
                    cycles,
                    weekly: None,
                    weeks: None,
                } => {
                    if days.last() > every.get() {
                        return Err(de::Error::custom(format!(
                            "day {} lies outside a cycle of {every} days",
                            days.last()
                        )));
                    }
                    Ok(DrugDays::Cycle {
                        days,
                        every,
                        cycles,
                    })
                }
                Shape {
                    days: Some(days),
                    every: None,
                    cycles: None,
                    weekly: None,
                    weeks: None,
                } => Ok(DrugDays::Days(days)),
                Shape {
                    days: None,
                    every: None,
                    cycles: None,
                    weekly: Some(times),
                    weeks: None,
                } => Ok(DrugDays::Weekly { times }),
                Shape {
                    days: None,
                    every: None,
                    cycles: None,
                    weekly: None,
                    weeks: Some(weeks),
                } => {
                    let mut pairs = weeks.windows(2);
                    if weeks.is_empty() || pairs.any(|pair| pair[0] >= pair[1]) {
                        return Err(de::Error::custom(
                            "the weeks of a drug are named once each, in rising order: [1, 5]",
                        ));
                    }
                    Ok(DrugDays::Weeks(weeks))
                }
                _ => Err(de::Error::custom(
                    "the days of a drug are days, or days with every and cycles, or weekly, or weeks",
                )),
            }
        }
    }

    #[cfg(feature = "schema")]
    mod schema {
        use super::super::{DayNumbers, DrugDays, Infusion};
        use super::Shape;
        use chemorad::schema::{any_of, schema_of, text, words};

        schema_of!(DayNumbers, "DayNumbers", |_generator| {
            text(
                "days in rising order, such as 1-14, 22-35",
                "^[0-9]+[-, 0-9]*$",
            )
        });
        schema_of!(Infusion, "Infusion", |_generator| {
            text("48 h, or continuous", "^([1-9][0-9]* *h|continuous)$")
        });
        schema_of!(DrugDays, "DrugDays", |generator| any_of(&[
            words("days", &["radiotherapy_days", "weekdays", "calendar_days"]),
            <Shape as schemars::JsonSchema>::json_schema(generator),
        ]));
    }
}
