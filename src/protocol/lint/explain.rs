//! One paragraph for every code.

/// What a code means, why it matters, and what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Explanation {
    /// The code.
    pub code: &'static str,
    /// The rule in a few words.
    pub title: &'static str,
    /// One paragraph.
    pub paragraph: &'static str,
}

const fn explained(
    code: &'static str,
    title: &'static str,
    paragraph: &'static str,
) -> Explanation {
    Explanation {
        code,
        title,
        paragraph,
    }
}

const ALL: &[Explanation] = &[];

/// The explanation of a code of [`Protocol::lint`](super::super::Protocol::lint).
///
/// ```
/// use chemorad::protocol::explain;
/// let order = explain("limit.order").unwrap();
/// assert!(order.paragraph.contains("histogram"));
/// assert!(explain("limit.disorder").is_none());
/// ```
#[must_use]
pub fn explain(code: &str) -> Option<&'static Explanation> {
    ALL.iter().find(|explanation| explanation.code == code)
}

/// Every explanation, by code.
#[must_use]
pub const fn explanations() -> &'static [Explanation] {
    ALL
}
