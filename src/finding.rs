//! Outcomes and findings: how a check or a warning is reported, everywhere the same way.
//!
//! ```
//! use chemorad::finding::{Finding, Outcome};
//!
//! let finding = Finding::new("rx.fractions", Outcome::Fail, "pelvis", "28 fractions planned")
//!     .expected("25")
//!     .found("28");
//! assert_eq!(Outcome::worst([Outcome::Pass, finding.outcome]), Outcome::Fail);
//! ```

use alloc::string::String;
use core::fmt;

use crate::text::Text;

/// What a check says. A missing value never passes: it is [`CannotTell`](Self::CannotTell).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Checked and right.
    Pass,
    /// Right or possible, but worth a look.
    Warn,
    /// Checked and wrong.
    Fail,
    /// What the check needs is missing or ambiguous.
    CannotTell,
    /// The check has no meaning here.
    NotApplicable,
}

impl Outcome {
    const fn rank(self) -> u8 {
        match self {
            Self::NotApplicable => 0,
            Self::Pass => 1,
            Self::Warn => 2,
            Self::CannotTell => 3,
            Self::Fail => 4,
        }
    }

    /// The outcome of a set of checks: fail, else cannot tell, else warn, else pass; an empty set
    /// is not applicable.
    ///
    /// ```
    /// use chemorad::finding::Outcome::{self, *};
    /// assert_eq!(Outcome::worst([Pass, CannotTell, Warn]), CannotTell);
    /// assert_eq!(Outcome::worst([]), NotApplicable);
    /// ```
    pub fn worst(outcomes: impl IntoIterator<Item = Self>) -> Self {
        outcomes
            .into_iter()
            .max_by_key(|outcome| outcome.rank())
            .unwrap_or(Self::NotApplicable)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Fail => "fail",
            Self::CannotTell => "cannot tell",
            Self::NotApplicable => "not applicable",
        })
    }
}

/// One thing a check or a calculation has to say.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Finding {
    /// A stable name such as `rx.fractions`.
    pub code: Text,
    /// What it says.
    pub outcome: Outcome,
    /// What it is about: a phase, a field, an input.
    pub at: String,
    /// One or two sentences: what was found and what to do.
    pub message: String,
    /// What should be there, where that can be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What is there, where that can be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// What is there less what should be there, with its sign, where both are numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference: Option<String>,
    /// How far apart the two may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<String>,
    /// The arithmetic, so that a person can redo it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arithmetic: Option<String>,
}

impl Finding {
    /// A finding without expected and found values.
    pub fn new(
        code: &'static str,
        outcome: Outcome,
        at: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code: Text::constant(code),
            outcome,
            at: at.into(),
            message: message.into(),
            expected: None,
            found: None,
            difference: None,
            tolerance: None,
            arithmetic: None,
        }
    }

    /// The same with what should be there.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// The same with what is there.
    #[must_use]
    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.found = Some(found.into());
        self
    }

    /// The same with what is there less what should be there.
    #[must_use]
    pub fn difference(mut self, difference: impl Into<String>) -> Self {
        self.difference = Some(difference.into());
        self
    }

    /// The same with how far apart the two may be.
    #[must_use]
    pub fn tolerance(mut self, tolerance: impl Into<String>) -> Self {
        self.tolerance = Some(tolerance.into());
        self
    }

    /// The same with the arithmetic.
    #[must_use]
    pub fn arithmetic(mut self, arithmetic: impl Into<String>) -> Self {
        self.arithmetic = Some(arithmetic.into());
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} at {}: {}",
            self.outcome, self.code, self.at, self.message
        )?;
        if let Some(expected) = &self.expected {
            write!(f, "; expected {expected}")?;
        }
        if let Some(found) = &self.found {
            write!(f, "; found {found}")?;
        }
        if let Some(difference) = &self.difference {
            write!(f, "; difference {difference}")?;
        }
        if let Some(tolerance) = &self.tolerance {
            write!(f, "; tolerance {tolerance}")?;
        }
        Ok(())
    }
}
