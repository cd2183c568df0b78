//! The five outcomes of a check.

use core::fmt;

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
    /// use chemorad::report::Outcome::{self, *};
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
