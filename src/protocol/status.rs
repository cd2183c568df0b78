use crate::text::{List, Text};

/// A passage of the protocol's text, word for word, and where it stands.
///
/// ```
/// use chemorad::protocol::Quote;
/// const AGES: Quote = Quote::new("18 to 75 years old", "Ages");
/// assert_eq!(AGES.to_string(), "\"18 to 75 years old\" (Ages)");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
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
/// use chemorad::protocol;
/// let trial = protocol::builtin("NCT06949098").unwrap();
/// let days = trial.question("capecitabine_days").unwrap();
/// assert_eq!(days.choices.len(), 3);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct Question {
    /// A stable name, unique in the protocol, under which an answer can be given.
    pub id: Text,
    /// The question in one sentence.
    pub question: Text,
    /// Why the text does not settle it.
    pub why: Text,
    /// The passages concerned.
    #[cfg_attr(
        feature = "serde",
        serde(default = "nothing", skip_serializing_if = "is_empty")
    )]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
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
/// use chemorad::protocol::{Statement, Status};
/// const AGE: Statement<u8> = Statement::stated(18, "Age ≥18 years", "Inclusion criterion 1");
/// assert_eq!(AGE.status(), Status::Stated);
/// assert_eq!(AGE.value(), Some(&18));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(tag = "status", rename_all = "snake_case", deny_unknown_fields)
)]
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
        #[cfg_attr(
            feature = "serde",
            serde(default = "nothing", skip_serializing_if = "is_empty")
        )]
        quotes: List<Quote>,
    },
    /// The text leaves it open.
    Unspecified {
        /// What has to be answered.
        question: Question,
        /// The value of each choice, in the order of the choices; empty where the choices have
        /// no value that the protocol could hold.
        #[cfg_attr(
            feature = "serde",
            serde(default = "nothing", skip_serializing_if = "is_empty")
        )]
        values: List<T>,
    },
}

#[cfg(feature = "serde")]
const fn nothing<T>() -> List<T> {
    List::Constant(&[])
}

#[cfg(feature = "serde")]
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for"
)]
fn is_empty<T>(list: &List<T>) -> bool {
    list.as_slice().is_empty()
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
    pub fn quotes(&self) -> alloc::vec::Vec<Quote> {
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
    /// use chemorad::protocol::{self, DrugDays};
    /// let trial = protocol::builtin("NCT06949098").unwrap();
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
