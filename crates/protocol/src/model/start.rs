//! When a treatment begins.

use crate::statement::{Question, Statement};
use chemorad::text::Text;

/// A closed range of whole numbers.
///
/// ```
/// use chemorad_protocol::Span;
/// const WEEKS: Span = Span::constant(4, 6);
/// assert!(WEEKS.contains(5) && !WEEKS.contains(7));
/// assert_eq!(Span::new(6, 4), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Span {
    min: u32,
    max: u32,
}

impl Span {
    /// From `min` to `max`, both included; `None` when `min` is greater.
    #[must_use]
    pub const fn new(min: u32, max: u32) -> Option<Self> {
        if min <= max {
            Some(Self { min, max })
        } else {
            None
        }
    }

    /// A constant range: a wrong one does not compile when used in `const`.
    ///
    /// # Panics
    /// When `min` is greater than `max`.
    #[must_use]
    #[track_caller]
    pub const fn constant(min: u32, max: u32) -> Self {
        match Self::new(min, max) {
            Some(span) => span,
            None => panic!("the smallest value of a range must not be above the largest"),
        }
    }

    /// The smallest value.
    #[must_use]
    pub const fn min(self) -> u32 {
        self.min
    }

    /// The largest value.
    #[must_use]
    pub const fn max(self) -> u32 {
        self.max
    }

    /// Whether a number lies in it, its ends included.
    #[must_use]
    pub const fn contains(self, number: u32) -> bool {
        self.min <= number && number <= self.max
    }
}

/// `28 to 42`.
impl core::fmt::Display for Span {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(&format!("{} to {}", self.min, self.max))
    }
}

/// `4-6`, `4 to 6` or `5`.
impl<'de> serde::Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::Deserialize as _;
        use serde::de::value::MapAccessDeserializer;
        use serde::de::{Error, MapAccess, Visitor};

        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Shape {
            min: u32,
            max: u32,
        }

        struct AsWritten;

        fn ordered<E: Error>(min: u32, max: u32) -> Result<Span, E> {
            Span::new(min, max)
                .ok_or_else(|| E::custom(format!("the range {min} to {max} ends before it begins")))
        }

        impl<'de> Visitor<'de> for AsWritten {
            type Value = Span;

            fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str("a range such as \"4-6\", or a table with min and max")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Span, E> {
                let ends = text
                    .split_once(" to ")
                    .or_else(|| text.split_once('-'))
                    .unwrap_or((text, text));
                match (ends.0.trim().parse(), ends.1.trim().parse()) {
                    (Ok(min), Ok(max)) => ordered(min, max),
                    _ => Err(E::custom(format!(
                        "{:?} is not a range; write \"4-6\", or one whole number",
                        text.chars().take(60).collect::<String>()
                    ))),
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Span, A::Error> {
                let shape = Shape::deserialize(MapAccessDeserializer::new(map))?;
                ordered(shape.min, shape.max)
            }
        }

        deserializer.deserialize_any(AsWritten)
    }
}

/// When a treatment begins, counted from an event, in weeks, in days, or in both.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StartWindow {
    /// The event.
    pub from: Statement<Text>,
    /// Weeks after the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weeks: Option<Statement<Span>>,
    /// Days after the event, the day of the event being day 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<Statement<Span>>,
}

impl StartWindow {
    /// The window in days: as given, or 7 times the weeks.
    #[must_use]
    pub fn in_days(&self) -> Option<Span> {
        if let Some(days) = &self.days {
            return days.value().copied();
        }
        let weeks = self.weeks.as_ref()?.value()?;
        Span::new(weeks.min().checked_mul(7)?, weeks.max().checked_mul(7)?)
    }

    /// What the text leaves open about it.
    #[must_use]
    pub fn questions(&self) -> Vec<&Question> {
        let spans = [&self.weeks, &self.days].into_iter().flatten();
        self.from
            .question()
            .into_iter()
            .chain(spans.filter_map(Statement::question))
            .collect()
    }
}

#[cfg(feature = "schema")]
chemorad::schema::schema_of!(Span, "Span", |_generator| chemorad::schema::any_of(&[
    chemorad::schema::text("a range such as 4-6", "^[0-9]+( to |-)?[0-9]*$"),
    schemars::json_schema!({
        "type": "object",
        "properties": {
            "min": { "type": "integer", "minimum": 0 },
            "max": { "type": "integer", "minimum": 0 }
        },
        "required": ["min", "max"],
        "additionalProperties": false
    }),
]));
