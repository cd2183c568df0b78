//! One thing that a check or a calculation has to say.

use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::any::Any;
use core::fmt;

use serde::ser::SerializeStruct as _;

use super::written::Written;
use super::{Code, Outcome, Subject};

/// What a room found: one variant of its enum of findings. Its `Display` makes the words: one or two
/// sentences that say what was found and what to do.
pub trait Observation: fmt::Debug + fmt::Display + Any + Send + Sync {
    /// Its entry in the catalogue.
    fn code(&self) -> &Code;

    /// What the check says.
    fn outcome(&self) -> Outcome;

    /// What it is about.
    fn subject(&self) -> Subject;

    /// What should be there and what is there, where that can be said.
    fn values(&self) -> Values {
        Values::default()
    }
}

/// The values that a finding compares, for a reader; [`Finding::observation`] gives the typed ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Values {
    /// What should be there.
    pub expected: Option<Written>,
    /// What is there.
    pub found: Option<Written>,
    /// What is there less what should be there, with its sign.
    pub difference: Option<Written>,
    /// How far apart the two may be.
    pub tolerance: Option<Written>,
    /// The arithmetic, so that a person can redo it.
    pub arithmetic: Option<Written>,
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "a call reads better without a reference before each value"
)]
impl Values {
    /// Those that are given, each with its name.
    pub fn named(self) -> impl Iterator<Item = (&'static str, Written)> {
        [
            ("expected", self.expected),
            ("found", self.found),
            ("difference", self.difference),
            ("tolerance", self.tolerance),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    }

    /// What should be there.
    pub fn expected(expected: impl fmt::Display) -> Self {
        Self {
            expected: Some(Written::new(expected)),
            ..Self::default()
        }
    }

    /// What is there.
    pub fn found(found: impl fmt::Display) -> Self {
        Self::default().and_found(found)
    }

    /// Adds what is there.
    #[must_use]
    pub fn and_found(mut self, found: impl fmt::Display) -> Self {
        self.found = Some(Written::new(found));
        self
    }

    /// Adds the difference.
    #[must_use]
    pub fn difference(mut self, difference: impl fmt::Display) -> Self {
        self.difference = Some(Written::new(difference));
        self
    }

    /// Adds how far apart the two may be.
    #[must_use]
    pub fn tolerance(mut self, tolerance: impl fmt::Display) -> Self {
        self.tolerance = Some(Written::new(tolerance));
        self
    }

    /// Adds the arithmetic.
    #[must_use]
    pub fn arithmetic(mut self, arithmetic: impl fmt::Display) -> Self {
        self.arithmetic = Some(Written::new(arithmetic));
        self
    }
}

/// An observation that a finding keeps: it can be asked for its type, which Rust 1.85 does not do
/// for a trait object by itself.
trait Kept: Observation {
    fn as_any(&self) -> &dyn Any;
}

impl<O: Observation> Kept for O {
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A remark that is added to a finding later: a reason that was accepted, a question that asks about
/// it.
trait Remark: fmt::Debug + fmt::Display + Send + Sync {}

impl<T: fmt::Debug + fmt::Display + Send + Sync> Remark for T {}

/// One thing a check or a calculation has to say.
#[derive(Clone)]
pub struct Finding {
    /// What it says: that of the check, unless something known about it weighs otherwise.
    pub outcome: Outcome,
    subject: Subject,
    observation: Arc<dyn Kept>,
    remarks: Vec<Arc<dyn Remark>>,
}

impl<O: Observation> From<O> for Finding {
    fn from(observation: O) -> Self {
        Self {
            outcome: observation.outcome(),
            subject: observation.subject(),
            observation: Arc::new(observation),
            remarks: Vec::new(),
        }
    }
}

impl Finding {
    /// The code's name, such as `rx.fractions`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.observation.code().name
    }

    /// The entry in the catalogue.
    #[must_use]
    pub fn entry(&self) -> &Code {
        self.observation.code()
    }

    /// Whether it has this code.
    #[must_use]
    pub fn is(&self, code: &str) -> bool {
        self.code() == code
    }

    /// What it is about.
    #[must_use]
    pub const fn subject(&self) -> &Subject {
        &self.subject
    }

    /// What it is about, in words.
    #[must_use]
    pub fn at(&self) -> String {
        self.subject.to_string()
    }

    /// One or two sentences: what was found and what to do.
    #[must_use]
    pub fn message(&self) -> String {
        let mut message = self.observation.to_string();
        for remark in &self.remarks {
            message.push_str("; ");
            message.push_str(&remark.to_string());
        }
        message
    }

    /// What is compared, for a reader.
    #[must_use]
    pub fn values(&self) -> Values {
        self.observation.values()
    }

    /// What should be there, where that can be said.
    #[must_use]
    pub fn expected(&self) -> Option<String> {
        let values = self.values();
        values.expected.map(|value| value.exact().to_string())
    }

    /// What is there, where that can be said.
    #[must_use]
    pub fn found(&self) -> Option<String> {
        let values = self.values();
        values.found.map(|value| value.exact().to_string())
    }

    /// What is there less what should be there.
    #[must_use]
    pub fn difference(&self) -> Option<String> {
        let values = self.values();
        values.difference.map(|value| value.exact().to_string())
    }

    /// How far apart the two may be.
    #[must_use]
    pub fn tolerance(&self) -> Option<String> {
        let values = self.values();
        values.tolerance.map(|value| value.exact().to_string())
    }

    /// The arithmetic, so that a person can redo it.
    #[must_use]
    pub fn arithmetic(&self) -> Option<String> {
        let values = self.values();
        values.arithmetic.map(|value| value.exact().to_string())
    }

    /// What the room found, with its typed values, where it is of this room.
    #[must_use]
    pub fn observation<O: Observation>(&self) -> Option<&O> {
        self.observation.as_any().downcast_ref()
    }

    /// Sets what it is about: the source it was read from, the way it weighs on.
    #[must_use]
    pub fn about(mut self, subject: Subject) -> Self {
        self.subject = subject;
        self
    }

    /// Adds what is known about it: a clause that stands behind its message.
    pub fn remark(&mut self, remark: impl fmt::Debug + fmt::Display + Send + Sync + 'static) {
        self.remarks.push(Arc::new(remark));
    }
}

impl PartialEq for Finding {
    fn eq(&self, other: &Self) -> bool {
        self.outcome == other.outcome
            && self.code() == other.code()
            && self.subject() == other.subject()
            && self.values() == other.values()
            && self.message() == other.message()
    }
}

impl Eq for Finding {}

impl fmt::Debug for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Finding({self})")
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values = self.values();
        write!(
            f,
            "{} {} at {}: {}",
            self.outcome,
            self.code(),
            self.at(),
            self.message()
        )?;
        values
            .named()
            .try_for_each(|(name, value)| write!(f, "; {name} {value}"))
    }
}

impl serde::Serialize for Finding {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let values = self.values();
        let optional = [
            ("expected", values.expected),
            ("found", values.found),
            ("difference", values.difference),
            ("tolerance", values.tolerance),
            ("arithmetic", values.arithmetic),
        ];
        let given = optional.iter().filter(|(_, value)| value.is_some()).count();
        let mut shape = serializer.serialize_struct("Finding", 4 + given)?;
        shape.serialize_field("code", self.code())?;
        shape.serialize_field("outcome", &self.outcome)?;
        shape.serialize_field("at", &self.at())?;
        shape.serialize_field("message", &self.message())?;
        for (name, value) in optional {
            match value {
                Some(value) => shape.serialize_field(name, &value)?,
                None => shape.skip_field(name)?,
            }
        }
        shape.end()
    }
}
