//! What a gap's case leaves out and its missed dates settle.

use core::fmt;

/// A value that was not given and follows from the missed dates.
///
/// ```
/// use chemorad::gap::Derived;
/// assert_eq!(
///     Derived::Resume.to_string(),
///     "derived: the next day of treatment after the last missed date"
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Derived {
    /// The resumption.
    Resume,
    /// The fractions delivered.
    Delivered,
}

/// How it was derived.
impl fmt::Display for Derived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Resume => "derived: the next day of treatment after the last missed date",
            Self::Delivered => "derived: planned before the resumption, less the missed dates",
        })
    }
}
