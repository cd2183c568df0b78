//! How a value of a protocol is known: stated, derived or unspecified, with the words it rests on.

use chemorad::text::{List, Text};

/// A passage of the protocol's text, word for word, and where it stands.
///
/// ```
/// use chemorad_protocol::Quote;
/// const AGES: Quote = Quote::new("18 to 75 years old", "Ages");
/// assert_eq!(AGES.to_string(), "\"18 to 75 years old\" (Ages)");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Quote {
    /// The words as written.
    pub text: Text,
    /// The section they stand in.
    pub locator: Text,
}

impl Quote {
    /// A constant quote.
    #[must_use]
    pub const fn new(text: &'static str, locator: &'static str) -> Self {
        Self {
            text: Text::Constant(text),
            locator: Text::Constant(locator),
        }
    }
}

impl core::fmt::Display for Quote {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "\"{}\" ({})", self.text, self.locator)
    }
}

/// Something the protocol's text does not settle, to be answered by the site.
///
/// ```
/// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
/// let days = trial.question("capecitabine_days").unwrap();
/// assert_eq!(days.choices.len(), 3);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Question {
    /// A stable name, unique in the protocol, under which an answer can be given.
    pub id: Text,
    /// The question in one sentence.
    pub question: Text,
    /// Why the text does not settle it.
    pub why: Text,
    /// The passages concerned.
    #[serde(default, skip_serializing_if = "List::is_empty")]
    pub quotes: List<Quote>,
    /// The answers that come into question.
    pub choices: List<Text>,
}

impl core::fmt::Display for Question {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}: {} {}", self.id, self.question, self.why)?;
        for (i, choice) in self.choices.iter().enumerate() {
            f.write_str(if i == 0 { " Choices: " } else { ", " })?;
            f.write_str(choice)?;
        }
        Ok(())
    }
}

/// How a value of a protocol is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Status {
    /// The text says so.
    Stated,
    /// It follows from what the text says.
    Derived,
    /// The text leaves it open.
    Unspecified,
}

impl core::fmt::Display for Status {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(match self {
            Self::Stated => "stated",
            Self::Derived => "derived",
            Self::Unspecified => "unspecified",
        })
    }
}

/// A value of a protocol together with how it is known. Nothing unspecified is guessed.
///
/// ```
/// use chemorad_protocol::{Statement, Status};
/// const AGE: Statement<u8> = Statement::stated(18, "Age ≥18 years", "Inclusion criterion 1");
/// assert_eq!(AGE.status(), Status::Stated);
/// assert_eq!(AGE.value(), Some(&18));
/// ```
///
/// In a file the status may be left out, as the fields tell it:
///
/// | fields | status |
/// | --- | --- |
/// | `value`, `quote`, `locator` | stated |
/// | `value`, `reason`, and `quotes` or `quote` with `locator` where there are any | derived |
/// | `question`, and `values` where the choices have any | unspecified |
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Statement<T: 'static> {
    /// The text says so.
    Stated {
        /// What it says.
        value: T,
        /// The words, as written.
        quote: Text,
        /// Where they stand.
        locator: Text,
    },
    /// It follows from what the text says.
    Derived {
        /// What follows.
        value: T,
        /// The formula, or the reasoning.
        reason: Text,
        /// The passages it follows from.
        #[serde(skip_serializing_if = "List::is_empty")]
        quotes: List<Quote>,
    },
    /// The text leaves it open.
    Unspecified {
        /// What has to be answered.
        question: Question,
        /// The value of each choice, in the order of the choices; empty where the choices have
        /// no value that the protocol could hold.
        #[serde(skip_serializing_if = "List::is_empty")]
        values: List<T>,
    },
}

impl<T> Statement<T> {
    /// A stated constant.
    #[must_use]
    pub const fn stated(value: T, quote: &'static str, locator: &'static str) -> Self {
        Self::Stated {
            value,
            quote: Text::Constant(quote),
            locator: Text::Constant(locator),
        }
    }

    /// A derived constant.
    #[must_use]
    pub const fn derived(value: T, reason: &'static str, quotes: &'static [Quote]) -> Self {
        Self::Derived {
            value,
            reason: Text::Constant(reason),
            quotes: List::Constant(quotes),
        }
    }

    /// The value, unless the text leaves it open.
    #[must_use]
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Stated { value, .. } | Self::Derived { value, .. } => Some(value),
            Self::Unspecified { .. } => None,
        }
    }

    /// How the value is known.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self {
            Self::Stated { .. } => Status::Stated,
            Self::Derived { .. } => Status::Derived,
            Self::Unspecified { .. } => Status::Unspecified,
        }
    }

    /// The question, when the text leaves the value open.
    #[must_use]
    pub const fn question(&self) -> Option<&Question> {
        match self {
            Self::Unspecified { question, .. } => Some(question),
            _ => None,
        }
    }

    /// The reason, when the value is derived.
    #[must_use]
    pub const fn reason(&self) -> Option<&Text> {
        match self {
            Self::Derived { reason, .. } => Some(reason),
            _ => None,
        }
    }

    /// The passages the value rests on, or that leave it open.
    #[must_use]
    pub fn quotes(&self) -> Vec<Quote> {
        match self {
            Self::Stated { quote, locator, .. } => vec![Quote {
                text: quote.clone(),
                locator: locator.clone(),
            }],
            Self::Derived { quotes, .. } => quotes.to_vec(),
            Self::Unspecified { question, .. } => question.quotes.to_vec(),
        }
    }

    /// The value, or the value of the named choice where the text leaves it open.
    ///
    /// `None` when it is open and the choice is not one of those listed, or has no value.
    ///
    /// ```
    /// use chemorad_protocol::DrugDays;
    /// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
    /// let days = &trial.drug("capecitabine").unwrap().days;
    /// assert_eq!(days.value(), None);
    /// assert_eq!(days.answered("weekdays"), Some(&DrugDays::Weekdays));
    /// assert_eq!(days.answered("whenever"), None);
    /// ```
    #[must_use]
    pub fn answered(&self, choice: &str) -> Option<&T> {
        match self {
            Self::Stated { value, .. } | Self::Derived { value, .. } => Some(value),
            Self::Unspecified { question, values } => {
                let at = question.choices.iter().position(|c| c.is(choice))?;
                values.get(at)
            }
        }
    }
}

/// The value, or `left open`.
///
/// ```
/// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
/// let drug = trial.drug("capecitabine").unwrap();
/// assert_eq!(drug.route.to_string(), "oral");
/// assert_eq!(drug.days.to_string(), "left open");
/// ```
impl<T: core::fmt::Display> core::fmt::Display for Statement<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.value() {
            Some(value) => value.fmt(f),
            None => f.pad("left open"),
        }
    }
}

mod shape {

    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer};

    use super::{Question, Quote, Statement, Status};
    use chemorad::text::{List, Text};

    /// All fields of all three; serde's own reading of a tagged enumeration would lose the place of
    /// a fault.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, bound = "T: Deserialize<'de> + 'static")]
    struct Shape<T: 'static> {
        status: Option<Status>,
        value: Option<T>,
        quote: Option<Text>,
        locator: Option<Text>,
        reason: Option<Text>,
        quotes: Option<List<Quote>>,
        question: Option<Question>,
        values: Option<List<T>>,
    }

    impl<T> Shape<T> {
        fn status(&self) -> Status {
            if self.question.is_some() {
                Status::Unspecified
            } else if self.reason.is_some() {
                Status::Derived
            } else {
                Status::Stated
            }
        }

        /// The first field that has no place beside a status.
        fn misplaced(&self, status: Status) -> Option<&'static str> {
            let quoted = self.quote.is_some() || self.locator.is_some();
            let fields = match status {
                Status::Stated => [
                    ("reason", self.reason.is_some()),
                    ("quotes", self.quotes.is_some()),
                    ("question", self.question.is_some()),
                    ("values", self.values.is_some()),
                ],
                Status::Derived => [
                    ("quote", quoted && self.quotes.is_some()),
                    ("question", self.question.is_some()),
                    ("values", self.values.is_some()),
                    ("", false),
                ],
                Status::Unspecified => [
                    ("value", self.value.is_some()),
                    ("quote", quoted),
                    ("reason", self.reason.is_some()),
                    ("quotes", self.quotes.is_some()),
                ],
            };
            fields
                .into_iter()
                .find_map(|(name, there)| there.then_some(name))
        }
    }

    impl<'de, T: Deserialize<'de> + 'static> Deserialize<'de> for Statement<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let shape = Shape::<T>::deserialize(deserializer)?;
            let status = shape.status.unwrap_or_else(|| shape.status());
            if let Some(field) = shape.misplaced(status) {
                return Err(D::Error::custom(match (status, field) {
                    (Status::Derived, "quote") => {
                        "quote and quotes stand side by side: put all of them into quotes"
                            .to_string()
                    }
                    _ => format!("the field `{field}` has no place in a value that is {status}"),
                }));
            }
            let missing = D::Error::missing_field;
            match status {
                Status::Stated => {
                    let bare = shape.quote.is_none() && shape.locator.is_none();
                    let value = shape.value.ok_or_else(|| missing("value"))?;
                    if bare && shape.status.is_none() {
                        return Err(D::Error::custom(
                            "a value needs its words: quote and locator where the text states it, reason where it is derived",
                        ));
                    }
                    Ok(Self::Stated {
                        value,
                        quote: shape.quote.ok_or_else(|| missing("quote"))?,
                        locator: shape.locator.ok_or_else(|| missing("locator"))?,
                    })
                }
                Status::Derived => Ok(Self::Derived {
                    value: shape.value.ok_or_else(|| missing("value"))?,
                    reason: shape.reason.ok_or_else(|| missing("reason"))?,
                    quotes: match (shape.quote, shape.locator, shape.quotes) {
                        (None, None, quotes) => quotes.unwrap_or_default(),
                        (Some(text), Some(locator), _) => List::from(vec![Quote { text, locator }]),
                        (None, _, _) => return Err(missing("quote")),
                        (_, None, _) => return Err(missing("locator")),
                    },
                }),
                Status::Unspecified => Ok(Self::Unspecified {
                    question: shape.question.ok_or_else(|| missing("question"))?,
                    values: shape.values.unwrap_or_default(),
                }),
            }
        }
    }
}

#[cfg(feature = "schema")]
mod schema {
    use chemorad::text::List;
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use std::borrow::Cow;

    use super::{Question, Quote, Statement, Status};

    impl<T: JsonSchema> JsonSchema for Statement<T> {
        fn schema_name() -> Cow<'static, str> {
            format!("StatementOf{}", T::schema_name()).into()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let value = generator.subschema_for::<T>();
            let quotes = generator.subschema_for::<List<Quote>>();
            let question = generator.subschema_for::<Question>();
            let values = generator.subschema_for::<List<T>>();
            let status = |status: Status| ToString::to_string(&status);
            let words = || json_schema!({ "type": "string", "minLength": 1 });
            let fixed = |status: String| json_schema!({ "type": "string", "const": status });
            json_schema!({
                "oneOf": [
                    {
                        "title": "stated",
                        "type": "object",
                        "properties": {
                            "status": fixed(status(Status::Stated)),
                            "value": value,
                            "quote": words(),
                            "locator": words()
                        },
                        "required": ["value", "quote", "locator"],
                        "additionalProperties": false
                    },
                    {
                        "title": "derived",
                        "type": "object",
                        "properties": {
                            "status": fixed(status(Status::Derived)),
                            "value": value,
                            "reason": words(),
                            "quotes": quotes,
                            "quote": words(),
                            "locator": words()
                        },
                        "required": ["value", "reason"],
                        "dependentRequired": { "quote": ["locator"], "locator": ["quote"] },
                        "additionalProperties": false
                    },
                    {
                        "title": "unspecified",
                        "type": "object",
                        "properties": {
                            "status": fixed(status(Status::Unspecified)),
                            "question": question,
                            "values": values
                        },
                        "required": ["question"],
                        "additionalProperties": false
                    }
                ]
            })
        }
    }
}
