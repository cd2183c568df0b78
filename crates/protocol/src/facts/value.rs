//! The values of facts: a choice, or a number with its unit; and why a text is none.

use core::fmt;
use core::str::FromStr;

use chemorad::number::Decimal;
use chemorad::quantity::SubmucosalDepth;
use chemorad::text::Text;

/// A text or number that is not the fact it should be.
///
/// ```
/// use chemorad_protocol::Margin;
/// let error = "close".parse::<Margin>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "resection margin \"close\" is not known; write one of: negative, positive"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{what} {given:?} is not known; write {accepted}{hint}", fact.as_ref().map_or_else(String::new, |fact| format!("{fact}: ")))]
pub struct FactError {
    /// The name of a declared fact.
    fact: Option<String>,
    what: &'static str,
    given: String,
    accepted: String,
    hint: &'static str,
}

impl FactError {
    pub(crate) fn new(
        what: &'static str,
        given: &str,
        accepted: String,
        hint: &'static str,
    ) -> Self {
        Self {
            fact: None,
            what,
            // errors quote their input; a file of the wrong kind must not flood the terminal
            given: given.chars().take(60).collect(),
            accepted,
            hint,
        }
    }

    /// This error about a declared fact.
    pub(crate) fn of_fact(mut self, id: &str) -> Self {
        self.fact = Some(id.into());
        self
    }

    /// The fact that was expected, for example `resection margin`.
    #[must_use]
    pub const fn what(&self) -> &'static str {
        self.what
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

/// The value of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactValue {
    /// One of the choices.
    Choice(Text),
    /// A number with its unit.
    Quantity(FactQuantity),
}

impl FactValue {
    pub(crate) fn into_text(self) -> Text {
        match self {
            Self::Choice(text) => text,
            Self::Quantity(quantity) => Text::from(quantity.to_string()),
        }
    }
}

impl fmt::Display for FactValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Choice(choice) => choice.fmt(f),
            Self::Quantity(quantity) => quantity.fmt(f),
        }
    }
}

impl From<SubmucosalDepth> for FactQuantity {
    fn from(depth: SubmucosalDepth) -> Self {
        let number = Decimal::new(i128::from(depth.micrometres()), -3);
        Self {
            // at most 50 mm
            number: number.unwrap_or(Decimal::ZERO),
            unit: Text::constant("mm"),
        }
    }
}

impl From<SubmucosalDepth> for FactValue {
    fn from(depth: SubmucosalDepth) -> Self {
        Self::Quantity(depth.into())
    }
}

mod shape {
    use serde::{Serialize, Serializer};

    use super::{FactQuantity, FactValue};

    chemorad::text::by_text!(FactQuantity);

    impl Serialize for FactValue {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }

    #[cfg(feature = "schema")]
    chemorad::schema::schema_of!(FactQuantity, "FactQuantity", |_generator| {
        chemorad::schema::text("a number with its unit", "^[-+0-9.]+ *[^0-9]*$")
    });
}
