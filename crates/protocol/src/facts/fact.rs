//! The facts that a protocol declares, their values, and whoever knows them.

use core::fmt;
use core::str::FromStr;
use std::collections::BTreeMap;

use super::coded::FactError;
use super::pathology::{Fact, Pathology};
use chemorad::number::Decimal;
use chemorad::text::{List, Text};

/// A fact that a protocol asks of a patient and that is not one of the [`Fact`]s of pathology: a
/// finding, a response, the result of a randomisation.
///
/// In a file it has `choices`, or a `unit` with the range that is possible.
///
/// ```
/// use chemorad_protocol::{DeclaredFact, FactKind};
/// let shrinkage = DeclaredFact {
///     id: "tumour_shrinkage".into(),
///     question: "By how much did the tumour shrink?".into(),
///     kind: FactKind::Quantity { unit: "%".into(), min: None, max: None },
/// };
/// assert!(shrinkage.parse("20 %").is_ok());
/// assert!(shrinkage.parse("20").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredFact {
    /// Its name, unique in the protocol, under which a value is given.
    pub id: Text,
    /// The question it answers.
    pub question: Text,
    /// What its values are.
    pub kind: FactKind,
}

/// What the values of a declared fact are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactKind {
    /// One of these.
    Choices(List<Text>),
    /// A number with this unit.
    Quantity {
        /// The unit, written as in every value; `1` for a plain number.
        unit: Text,
        /// The smallest value that is possible.
        min: Option<FactQuantity>,
        /// The largest value that is possible.
        max: Option<FactQuantity>,
    },
}

impl DeclaredFact {
    /// A value of this fact.
    ///
    /// # Errors
    /// Not one of the choices, not a number with the unit, or a number out of range.
    pub fn parse(&self, text: &str) -> Result<FactValue, FactError> {
        match &self.kind {
            FactKind::Choices(choices) => choices
                .iter()
                .find(|choice| choice.eq_ignore_ascii_case(text.trim()))
                .map(|choice| FactValue::Choice(choice.clone()))
                .ok_or_else(|| self.error(text)),
            FactKind::Quantity { unit, min, max } => {
                let quantity: FactQuantity = text.parse().map_err(|_| self.error(text))?;
                let inside = quantity.unit == *unit
                    && min.as_ref().is_none_or(|min| min.number <= quantity.number)
                    && max.as_ref().is_none_or(|max| quantity.number <= max.number);
                if inside {
                    Ok(FactValue::Quantity(quantity))
                } else {
                    Err(self.error(text))
                }
            }
        }
    }

    /// What can be written, in words.
    #[must_use]
    pub fn accepted(&self) -> String {
        match &self.kind {
            FactKind::Choices(choices) => {
                let choices: Vec<&str> = choices.iter().map(|choice| &**choice).collect();
                format!("one of: {}", choices.join(", "))
            }
            FactKind::Quantity { unit, min, max } => {
                let mut words = if unit.is("1") {
                    "a number".to_string()
                } else {
                    format!("a number with the unit {unit}")
                };
                if let Some(min) = min {
                    words.push_str(", at least ");
                    words.push_str(&min.to_string());
                }
                if let Some(max) = max {
                    words.push_str(", at most ");
                    words.push_str(&max.to_string());
                }
                words
            }
        }
    }

    fn error(&self, given: &str) -> FactError {
        FactError::new("value", given, self.accepted(), "").of_fact(&self.id)
    }
}

/// A number with its unit, exact; `1` is the unit of a plain number and is not written.
///
/// ```
/// use chemorad_protocol::FactQuantity;
/// let limit: FactQuantity = "0.5 ng/mL".parse()?;
/// assert_eq!((limit.unit.as_str(), limit.to_string().as_str()), ("ng/mL", "0.5 ng/mL"));
/// # Ok::<(), chemorad_protocol::FactError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactQuantity {
    /// The number.
    pub number: Decimal,
    /// Its unit.
    pub unit: Text,
}

impl FromStr for FactQuantity {
    type Err = FactError;

    fn from_str(text: &str) -> Result<Self, FactError> {
        let trimmed = text.trim();
        let end = trimmed
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')))
            .unwrap_or(trimmed.len());
        let (number, unit) = trimmed.split_at(end);
        let unit = unit.trim();
        match number.parse() {
            Ok(number) => Ok(Self {
                number,
                unit: Text::from(if unit.is_empty() { "1" } else { unit }.to_string()),
            }),
            Err(_) => Err(FactError::new(
                "quantity",
                text,
                "a number with its unit, for example 20 %".into(),
                "",
            )),
        }
    }
}

impl fmt::Display for FactQuantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.unit.is("1") {
            f.pad(&self.number.to_string())
        } else {
            f.pad(&format!("{} {}", self.number, self.unit))
        }
    }
}

/// The value of a declared fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactValue {
    /// One of the choices.
    Choice(Text),
    /// A number with its unit.
    Quantity(FactQuantity),
}

impl fmt::Display for FactValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Choice(choice) => choice.fmt(f),
            Self::Quantity(quantity) => quantity.fmt(f),
        }
    }
}

/// The declared facts of one patient, by their names. What is absent is unknown, never "no".
///
/// [`Protocol::declared_facts`](super::Protocol::declared_facts) reads them from text.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct DeclaredFacts(BTreeMap<String, FactValue>);

impl DeclaredFacts {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self(BTreeMap::new());

    /// The value of a fact, `None` when it is unknown.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&FactValue> {
        self.0.get(id)
    }

    /// The same with one more fact, or with another value of it.
    #[must_use]
    pub fn with(mut self, id: &str, value: FactValue) -> Self {
        self.0.insert(id.to_string(), value);
        self
    }

    /// Every known fact with its name, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &FactValue)> {
        self.0.iter().map(|(id, value)| (id.as_str(), value))
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whoever knows facts about a patient: a [`Pathology`] alone, or [`PatientFacts`].
pub trait Facts {
    /// What the pathologist reports.
    fn pathology(&self) -> &Pathology;

    /// What the protocol asks beyond.
    fn declared(&self) -> &DeclaredFacts {
        const { &DeclaredFacts::UNKNOWN }
    }

    /// A fact as text, `None` when it is unknown.
    fn text(&self, fact: &Fact) -> Option<String> {
        match fact {
            Fact::Declared(id) => self.declared().get(id).map(ToString::to_string),
            fact => self.pathology().text(fact),
        }
    }
}

impl Facts for Pathology {
    fn pathology(&self) -> &Pathology {
        self
    }
}

/// All that is known of one patient: pathology and declared facts.
///
/// ```
/// use chemorad_protocol::{Facts, PatientFacts};
/// let facts = PatientFacts::default();
/// assert!(facts.declared().is_empty());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PatientFacts {
    /// What the pathologist reports.
    pub pathology: Pathology,
    /// What the protocol asks beyond.
    pub declared: DeclaredFacts,
}

impl Facts for PatientFacts {
    fn pathology(&self) -> &Pathology {
        &self.pathology
    }

    fn declared(&self) -> &DeclaredFacts {
        &self.declared
    }
}

mod shape {

    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{DeclaredFact, FactKind, FactQuantity, FactValue};
    use chemorad::text::{List, Text};

    #[derive(Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    struct Shape {
        id: Text,
        question: Text,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        choices: Option<List<Text>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<FactQuantity>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<FactQuantity>,
    }

    impl Serialize for DeclaredFact {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let (choices, unit, min, max) = match &self.kind {
                FactKind::Choices(choices) => (Some(choices.clone()), None, None, None),
                FactKind::Quantity { unit, min, max } => {
                    (None, Some(unit.clone()), min.clone(), max.clone())
                }
            };
            Shape {
                id: self.id.clone(),
                question: self.question.clone(),
                choices,
                unit,
                min,
                max,
            }
            .serialize(serializer)
        }
    }

    impl<'de> Deserialize<'de> for DeclaredFact {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let shape = Shape::deserialize(deserializer)?;
            let kind = match (shape.choices, shape.unit) {
                (Some(choices), None) if shape.min.is_none() && shape.max.is_none() => {
                    FactKind::Choices(choices)
                }
                (None, Some(unit)) => {
                    let other = |limit: &Option<FactQuantity>| {
                        limit.as_ref().is_some_and(|limit| limit.unit != unit)
                    };
                    if other(&shape.min) || other(&shape.max) {
                        return Err(D::Error::custom(format!(
                            "min and max of this fact need its unit, {unit}"
                        )));
                    }
                    FactKind::Quantity {
                        unit,
                        min: shape.min,
                        max: shape.max,
                    }
                }
                _ => {
                    return Err(D::Error::custom(
                        "a fact needs choices, or a unit with min and max where there are limits",
                    ));
                }
            };
            Ok(Self {
                id: shape.id,
                question: shape.question,
                kind,
            })
        }
    }

    impl Serialize for FactQuantity {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }

    impl<'de> Deserialize<'de> for FactQuantity {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let text = String::deserialize(deserializer)?;
            text.parse().map_err(D::Error::custom)
        }
    }

    impl Serialize for FactValue {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }

    #[cfg(feature = "schema")]
    chemorad::schema::schema_of!(DeclaredFact, "DeclaredFact", |generator| {
        <Shape as schemars::JsonSchema>::json_schema(generator)
    });

    #[cfg(feature = "schema")]
    chemorad::schema::schema_of!(FactQuantity, "FactQuantity", |_generator| {
        chemorad::schema::text("a number with its unit", "^[-+0-9.]+ *[^0-9]*$")
    });
}
