//! How a number was reached, so that a reader can redo it by hand.
//!
//! A [`Derivation`] belongs to one result: the formula in symbols, the numbers put in, the
//! intermediate values, the result, and where the formula comes from. The maths never prints; it
//! hands out derivations and the edge renders them.
//!
//! ```
//! use chemorad::report::Derivation;
//!
//! let derivation = Derivation::new("sum", "D = n d", "25 x 1.8 Gy", "45 Gy", "definition");
//! assert_eq!(derivation.to_string(), "sum: D = n d = 25 x 1.8 Gy = 45 Gy [definition]");
//! ```

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// One result, and how it was reached.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Derivation {
    /// What was calculated, for example `BED of the pelvis`.
    pub quantity: String,
    /// The formula in symbols, with what the symbols mean where that is not common knowledge.
    pub formula: String,
    /// The formula with the numbers put in.
    pub substitution: String,
    /// Values on the way, each `name = expression = value`.
    pub intermediate: Vec<String>,
    /// The result with its unit.
    pub result: String,
    /// Where the formula comes from: author, year, journal.
    pub source: String,
}

impl Derivation {
    /// A derivation without intermediate values.
    pub fn new(
        quantity: impl Into<String>,
        formula: impl Into<String>,
        substitution: impl Into<String>,
        result: impl Into<String>,
        source: impl Into<String>,
    ) -> Self {
        Self {
            quantity: quantity.into(),
            formula: formula.into(),
            substitution: substitution.into(),
            intermediate: Vec::new(),
            result: result.into(),
            source: source.into(),
        }
    }

    /// Adds an intermediate value.
    #[must_use]
    pub fn with(mut self, intermediate: impl Into<String>) -> Self {
        self.intermediate.push(intermediate.into());
        self
    }
}

/// One line; the intermediate values are left to a renderer with more room.
impl fmt::Display for Derivation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} = {} = {} [{}]",
            self.quantity, self.formula, self.substitution, self.result, self.source
        )
    }
}

/// A number for a reader: at most six decimals, trailing zeros left off.
///
/// ```
/// use chemorad::report::decimal;
/// assert_eq!(decimal(53.1), "53.1");
/// assert_eq!(decimal(5.0 / 3.0), "1.666667");
/// ```
#[must_use]
pub fn decimal(value: f64) -> String {
    let text = format!("{value:.6}");
    let trimmed = text.trim_end_matches('0').trim_end_matches('.');
    String::from(if trimmed == "-0" { "0" } else { trimmed })
}
