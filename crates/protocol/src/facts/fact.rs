//! A fact as a protocol declares it: its name, its question and its values.

use super::value::{FactError, FactQuantity, FactValue};
use chemorad::text::{List, Text};

/// A fact that a protocol asks of a patient and that is not one of the facts of pathology, [`Fact::ALL`](crate::Fact::ALL): a
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

mod shape {

    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{DeclaredFact, FactKind, FactQuantity};
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

    #[cfg(feature = "schema")]
    chemorad::schema::schema_of!(DeclaredFact, "DeclaredFact", |generator| {
        <Shape as schemars::JsonSchema>::json_schema(generator)
    });
}
