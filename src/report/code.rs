//! One entry of the catalogue of codes.

use core::fmt;

/// A code that a finding can have: its name, what it means and what to do.
///
/// Each room declares its codes in a table with its findings; the names are unique over the whole
/// product.
///
/// ```
/// use chemorad::report::Code;
///
/// const TOTAL: Code = Code::new(
///     "rx.total",
///     "Total dose",
///     "The total dose of a phase, or the cumulative dose of a volume, is compared exactly.",
///     "Correct the plan or the prescription.",
/// );
/// assert_eq!(TOTAL.to_string(), "rx.total");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[non_exhaustive]
pub struct Code {
    /// The stable name, such as `rx.fractions`.
    pub name: &'static str,
    /// The check in a few words.
    pub title: &'static str,
    /// What it means and why it matters: one paragraph.
    pub meaning: &'static str,
    /// What to do about it.
    pub action: &'static str,
    /// Where the rule comes from, where it has a source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'static str>,
}

impl Code {
    /// A code without a source.
    #[must_use]
    pub const fn new(
        name: &'static str,
        title: &'static str,
        meaning: &'static str,
        action: &'static str,
    ) -> Self {
        Self {
            name,
            title,
            meaning,
            action,
            source: None,
        }
    }

    /// Adds where the rule comes from: author, year, journal.
    #[must_use]
    pub const fn with_source(mut self, source: &'static str) -> Self {
        self.source = Some(source);
        self
    }
}

/// The name.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}
