//! Yes, no, or not known.

use core::fmt;

/// The answer to a condition: yes, no, or not known (Kleene's strong three-valued logic).
///
/// ```
/// use chemorad_protocol::Truth::{False, True, Unknown};
/// assert_eq!(False.and(Unknown), False); // false whatever the unknown turns out to be
/// assert_eq!(True.and(Unknown), Unknown);
/// assert_eq!(True.or(Unknown), True);
/// assert_eq!(Unknown.negated(), Unknown);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Truth {
    /// Yes.
    True,
    /// No.
    False,
    /// A fact that decides it is missing.
    Unknown,
}

impl Truth {
    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Unknown,
        }
    }

    /// At least one.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        self.negated().and(other.negated()).negated()
    }

    /// The opposite.
    #[must_use]
    pub const fn negated(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(yes: bool) -> Self {
        if yes { Self::True } else { Self::False }
    }
}

impl From<Option<bool>> for Truth {
    fn from(answer: Option<bool>) -> Self {
        answer.map_or(Self::Unknown, Self::from)
    }
}

impl fmt::Display for Truth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::True => "yes",
            Self::False => "no",
            Self::Unknown => "not known",
        })
    }
}
