//! The days on which a drug is given, and how long an infusion takes.

use core::fmt;
use core::num::{NonZeroU8, NonZeroU16};
use core::str::FromStr;

use super::day_numbers::DayNumbers;
use crate::facts::value::FactError;
use chemorad::text::List;

/// On which days a drug is given. What day 1 is, the drug's `day_one` says.
///
/// | in a file | means |
/// | --- | --- |
/// | `"radiotherapy_days"` | the days on which a fraction is given |
/// | `"weekdays"` | Monday to Friday, from the first to the last fraction |
/// | `"calendar_days"` | every day from the first to the last fraction |
/// | `{ days = "1-14, 22-35" }` | these days |
/// | `{ days = "1-14", every = 21, cycles = 2 }` | these days of every 21, two cycles |
/// | `"weekly"` | once a week during radiotherapy |
/// | `{ weekly = 5 }` | once a week, five times, from day 1 |
/// | `{ per_week = 2 }` | twice a week during radiotherapy |
/// | `{ per_week = 2, times = 10 }` | twice a week, ten times |
/// | `{ weeks = [1, 5] }` | once in each of these weeks |
/// | `{ fractions = "16-20" }` | on the days of these fractions of the course |
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
    /// Once a week from day 1, or several times a week on days that are not named.
    Weekly {
        /// How often a week, 1 to 6.
        per_week: NonZeroU8,
        /// How many times in all; as long as radiotherapy lasts when absent.
        times: Option<NonZeroU16>,
    },
    /// Once in each of these weeks.
    Weeks(List<NonZeroU16>),
    /// On the days of these fractions of the course, the first being 1.
    Fractions(DayNumbers),
}

impl DrugDays {
    /// The least number of days from one on which the drug is given to the next; `None` where it is given
    /// on a single day, or the words do not fix it.
    pub(crate) fn least_days_apart(&self) -> Option<u32> {
        let least = |days: &mut dyn Iterator<Item = u32>| {
            let mut before = None;
            let apart = days.filter_map(|day| {
                let last = before.replace(day);
                last.and_then(|last| day.checked_sub(last))
            });
            apart.min()
        };
        match self {
            Self::RadiotherapyDays | Self::Weekdays | Self::CalendarDays => Some(1),
            Self::Days(days) => least(&mut days.iter().map(u32::from)),
            Self::Cycle { days, every, .. } => {
                let again = days
                    .iter()
                    .next()
                    .map(|first| u32::from(first) + u32::from(every.get()));
                least(&mut days.iter().map(u32::from).chain(again))
            }
            Self::Weekly { per_week, .. } => Some(7 / u32::from(per_week.get())),
            Self::Weeks(weeks) => least(&mut weeks.iter().map(|week| 7 * u32::from(week.get()))),
            // from one fraction to the next there may be a weekend
            Self::Fractions(numbers) => {
                least(&mut numbers.iter().map(u32::from)).filter(|apart| *apart == 1)
            }
        }
    }
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
            Self::Weekly { per_week, times } => {
                match per_week.get() {
                    1 => f.write_str("once a week")?,
                    2 => f.write_str("twice a week")?,
                    number => write!(f, "{number} times a week")?,
                }
                match times {
                    Some(times) => write!(f, ", {times} times"),
                    None => f.write_str(" during radiotherapy"),
                }
            }
            Self::Weeks(weeks) => {
                let weeks: Vec<String> = weeks.iter().map(ToString::to_string).collect();
                write!(f, "once in each of weeks {}", weeks.join(", "))
            }
            Self::Fractions(numbers) => write!(f, "with fractions {numbers}"),
        }
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
    use core::num::{NonZeroU8, NonZeroU16};

    use serde::de::value::MapAccessDeserializer;
    use serde::de::{self, MapAccess, Visitor};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{DayNumbers, DrugDays, Infusion};
    use chemorad::text::List;

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
        per_week: Option<NonZeroU8>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        times: Option<NonZeroU16>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        weeks: Option<List<NonZeroU16>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fractions: Option<DayNumbers>,
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
                Self::Weekly { per_week, times } => match (per_week.get(), times) {
                    (1, None) => return serializer.serialize_str("weekly"),
                    (1, Some(times)) => shape.weekly = Some(*times),
                    _ => (shape.per_week, shape.times) = (Some(*per_week), *times),
                },
                Self::Weeks(weeks) => shape.weeks = Some(weeks.clone()),
                Self::Fractions(numbers) => shape.fractions = Some(numbers.clone()),
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
                "radiotherapy_days, weekdays, calendar_days, weekly, or a table with days, weekly, per_week, weeks or fractions",
            )
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<DrugDays, E> {
            const NAMES: &[&str] = &["radiotherapy_days", "weekdays", "calendar_days", "weekly"];
            match text {
                "radiotherapy_days" => Ok(DrugDays::RadiotherapyDays),
                "weekdays" => Ok(DrugDays::Weekdays),
                "calendar_days" => Ok(DrugDays::CalendarDays),
                "weekly" => Ok(DrugDays::Weekly {
                    per_week: NonZeroU8::MIN,
                    times: None,
                }),
                _ => Err(E::unknown_variant(text, NAMES)),
            }
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DrugDays, A::Error> {
            let shape = Shape::deserialize(MapAccessDeserializer::new(map))?;
            let Shape {
                days,
                every,
                cycles,
                weekly,
                weeks,
                per_week,
                times,
                fractions,
            } = shape;
            let in_days = (days, every, cycles);
            let in_weeks = (weekly, weeks, per_week, times);
            match (in_days, in_weeks, fractions) {
                ((Some(days), Some(every), cycles), (None, None, None, None), None) => {
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
                ((Some(days), None, None), (None, None, None, None), None) => {
                    Ok(DrugDays::Days(days))
                }
                ((None, None, None), (Some(times), None, None, None), None) => {
                    Ok(DrugDays::Weekly {
                        per_week: NonZeroU8::MIN,
                        times: Some(times),
                    })
                }
                ((None, None, None), (None, None, Some(per_week), times), None) => {
                    if per_week.get() > 6 {
                        return Err(de::Error::custom(format!(
                            "per_week is {per_week}: possible are 1 to 6; every day is \"calendar_days\""
                        )));
                    }
                    Ok(DrugDays::Weekly { per_week, times })
                }
                ((None, None, None), (None, Some(weeks), None, None), None) => {
                    let mut pairs = weeks.windows(2);
                    if weeks.is_empty() || pairs.any(|pair| pair[0] >= pair[1]) {
                        return Err(de::Error::custom(
                            "the weeks of a drug are named once each, in rising order: [1, 5]",
                        ));
                    }
                    Ok(DrugDays::Weeks(weeks))
                }
                ((None, None, None), (None, None, None, None), Some(numbers)) => {
                    Ok(DrugDays::Fractions(numbers))
                }
                _ => Err(de::Error::custom(
                    "the days of a drug are days, or days with every and cycles, or weekly, or per_week with or without times, or weeks, or fractions",
                )),
            }
        }
    }

    #[cfg(feature = "schema")]
    mod schema {
        use super::super::{DrugDays, Infusion};
        use super::Shape;
        use chemorad::schema::{any_of, schema_of, text, words};

        schema_of!(Infusion, "Infusion", |_generator| {
            text("48 h, or continuous", "^([1-9][0-9]* *h|continuous)$")
        });
        schema_of!(DrugDays, "DrugDays", |generator| any_of(&[
            words(
                "days",
                &["radiotherapy_days", "weekdays", "calendar_days", "weekly"]
            ),
            <Shape as schemars::JsonSchema>::json_schema(generator),
        ]));
    }
}
