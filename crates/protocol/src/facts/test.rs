//! A test of one fact: one of its values, or a limit.

use core::fmt;

use super::known::Facts;
use super::range::QuantityRange;
use super::truth::Truth;
use super::value::FactValue;
use super::vocabulary::Fact;
use chemorad::text::{List, Text};

/// A test of one fact: one of the values listed, or a limit.
///
/// In a file `{ fact = "tumour_stage", is = ["pT1", "pT2"] }`, or a limit: `{ fact =
/// "submucosal_depth", above = "1 mm" }`; a declared quantity may have `above`, `at_least`,
/// `below` and `at_most`.
///
/// ```
/// use chemorad_protocol::{Fact, FactTest, Pathology, QuantityRange, Truth};
/// let deep = FactTest::Quantity {
///     fact: Fact::SUBMUCOSAL_DEPTH,
///     range: QuantityRange::above("1 mm".parse()?),
/// };
/// let at_limit = Pathology {
///     submucosal_depth: Some("1 mm".parse()?),
///     ..Pathology::UNKNOWN
/// };
/// assert_eq!(deep.evaluate(&at_limit), Truth::False);
/// assert_eq!(deep.evaluate(&Pathology::UNKNOWN), Truth::Unknown);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactTest {
    /// The fact is one of these.
    Choice {
        /// The fact.
        fact: Fact,
        /// Its values.
        is: List<Text>,
    },
    /// The quantity lies in this range.
    Quantity {
        /// The fact.
        fact: Fact,
        /// The range.
        range: QuantityRange,
    },
}

impl FactTest {
    /// The fact it tests.
    #[must_use]
    pub const fn fact(&self) -> &Fact {
        match self {
            Self::Choice { fact, .. } | Self::Quantity { fact, .. } => fact,
        }
    }

    /// Whether it holds; unknown when the fact is absent.
    #[must_use]
    pub fn evaluate(&self, facts: &dyn Facts) -> Truth {
        facts
            .value(self.fact())
            .map_or(Truth::Unknown, |value| self.holds(&value))
    }

    /// Whether a value meets it; unknown when it is of another kind.
    #[must_use]
    pub fn holds(&self, value: &FactValue) -> Truth {
        match (self, value) {
            (Self::Choice { is, .. }, FactValue::Choice(value)) => is.contains(value).into(),
            (Self::Quantity { range, .. }, FactValue::Quantity(value)) => range.holds(value),
            _ => Truth::Unknown,
        }
    }

    /// Whether no value could ever meet it.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Choice { is, .. } => is.is_empty(),
            Self::Quantity { range, .. } => range.is_empty(),
        }
    }
}

/// `tumour_stage is pT3 or pT4`.
impl fmt::Display for FactTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values = match self {
            Self::Choice { is, .. } => {
                let values: Vec<&str> = is.iter().map(Text::as_str).collect();
                values.join(" or ")
            }
            Self::Quantity { range, .. } => range.to_string(),
        };
        write!(f, "{} is {values}", self.fact())
    }
}

/// Declares how a condition or a criterion is written: a word, or a table with the fields of its own
/// kinds beside those of a fact test. `from_shape` beside it turns the table into a value.
macro_rules! written_with_fact_test {
    (
        $name:ident, $schema:literal, $expecting:literal,
        words { $($word:literal = $value:ident,)+ }
        fields { $($field:ident: $kind:ty,)+ }
    ) => {
        #[derive(serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        struct Shape {
            $($field: Option<$kind>,)+
            fact: Option<chemorad::text::Text>,
            is: Option<chemorad::text::List<chemorad::text::Text>>,
            above: Option<chemorad::text::Text>,
            at_least: Option<chemorad::text::Text>,
            below: Option<chemorad::text::Text>,
            at_most: Option<chemorad::text::Text>,
        }

        impl Shape {
            /// Its fact test, without its fields.
            fn take_test(&mut self) -> $crate::facts::test::shape::Fields {
                $crate::facts::test::shape::Fields {
                    fact: self.fact.take(),
                    is: self.is.take(),
                    above: self.above.take(),
                    at_least: self.at_least.take(),
                    below: self.below.take(),
                    at_most: self.at_most.take(),
                }
            }
        }

        struct AsWritten;

        impl<'de> serde::de::Visitor<'de> for AsWritten {
            type Value = $name;

            fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str($expecting)
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                match text {
                    $($word => Ok($name::$value),)+
                    _ => Err(E::unknown_variant(text, &[$($word,)+])),
                }
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<$name, A::Error> {
                let map = serde::de::value::MapAccessDeserializer::new(map);
                let shape = <Shape as serde::Deserialize>::deserialize(map)?;
                from_shape(shape).map_err(serde::de::Error::custom)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(AsWritten)
            }
        }

        #[cfg(feature = "schema")]
        chemorad::schema::schema_of!($name, stringify!($name), |generator| {
            chemorad::schema::any_of(&[
                chemorad::schema::words($schema, &[$($word,)+]),
                <Shape as schemars::JsonSchema>::json_schema(generator),
            ])
        });
    };
}
pub(crate) use written_with_fact_test;

pub(crate) mod shape {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    use super::{Fact, FactTest, FactValue, QuantityRange};
    use crate::facts::range::QuantityLimit;
    use chemorad::text::{List, Text};

    /// The fields of one test; conditions and criteria have them beside their own.
    #[derive(Default, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub(crate) struct Fields {
        pub(crate) fact: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(crate) is: Option<List<Text>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(crate) above: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(crate) at_least: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(crate) below: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub(crate) at_most: Option<Text>,
    }

    impl Fields {
        pub(crate) fn is_empty(&self) -> bool {
            self.fact.is_none() && self.is.is_none() && !self.is_limited()
        }

        fn is_limited(&self) -> bool {
            [&self.above, &self.at_least, &self.below, &self.at_most]
                .into_iter()
                .any(Option::is_some)
        }

        fn of(test: &FactTest) -> Self {
            let fact = test.fact().name().to_string();
            let mut fields = Self {
                fact: Some(Text::from(fact)),
                ..Self::default()
            };
            match test {
                FactTest::Choice { is, .. } => fields.is = Some(is.clone()),
                FactTest::Quantity { range, .. } => {
                    for (end, included, other) in [
                        (&range.lowest, &mut fields.at_least, &mut fields.above),
                        (&range.highest, &mut fields.at_most, &mut fields.below),
                    ] {
                        if let Some(end) = end {
                            let text = Some(Text::from(end.value.to_string()));
                            *(if end.included { included } else { other }) = text;
                        }
                    }
                }
            }
            fields
        }

        pub(crate) fn test(self) -> Result<FactTest, String> {
            let name = self.fact.clone().ok_or("the field `fact` is missing")?;
            let fact = Fact::named(name.clone());
            let built_in = fact.built_in();
            let limited = self.is_limited();
            if let Some(depth) = built_in.filter(|fact| fact.step().is_some()) {
                let others = [&self.at_least, &self.below, &self.at_most];
                let alone = self.is.is_none() && others.into_iter().all(Option::is_none);
                let above = self.above.filter(|_| alone).ok_or_else(|| {
                    format!("{name} is tested with `above`, for example \"1 mm\"")
                })?;
                return match depth.parse(&above)? {
                    FactValue::Quantity(limit) => Ok(FactTest::Quantity {
                        fact,
                        range: QuantityRange::above(limit),
                    }),
                    FactValue::Choice(_) => Err(format!("{above} is not a quantity")),
                };
            }
            match self.is {
                Some(_) if limited => {
                    Err("a fact is tested with `is`, or with limits, not with both".into())
                }
                Some(is) => Ok(FactTest::Choice {
                    is: match built_in {
                        Some(known) => {
                            let codes = is.iter().map(|text| Ok(known.parse(text)?.into_text()));
                            List::from(codes.collect::<Result<Vec<Text>, String>>()?)
                        }
                        None => is,
                    },
                    fact,
                }),
                None if limited && built_in.is_none() => Ok(FactTest::Quantity {
                    fact,
                    range: QuantityRange {
                        lowest: limit(self.above, self.at_least)?,
                        highest: limit(self.below, self.at_most)?,
                    },
                }),
                None => Err(format!(
                    "the test of {name} needs `is` with the values that count, or a limit"
                )),
            }
        }
    }

    fn limit(
        excluded: Option<Text>,
        included: Option<Text>,
    ) -> Result<Option<QuantityLimit>, String> {
        let (text, included) = match (excluded, included) {
            (None, None) => return Ok(None),
            (Some(text), None) => (text, false),
            (None, Some(text)) => (text, true),
            (Some(_), Some(_)) => return Err("one end of a range is given twice".into()),
        };
        let value = text
            .parse()
            .map_err(|error: crate::facts::value::FactError| error.to_string())?;
        Ok(Some(QuantityLimit { value, included }))
    }

    impl Serialize for FactTest {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            Fields::of(self).serialize(serializer)
        }
    }

    impl<'de> Deserialize<'de> for FactTest {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let fields = Fields::deserialize(deserializer)?;
            fields.test().map_err(de::Error::custom)
        }
    }

    #[cfg(feature = "schema")]
    chemorad::schema::schema_of!(FactTest, "FactTest", |generator| {
        <Fields as schemars::JsonSchema>::json_schema(generator)
    });
}
