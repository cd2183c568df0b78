//! A dose of a file: every digit for tools, rounded for people.

use chemorad::number::Decimal;
use chemorad_dosimetry::DoseUnits;
use serde::Serialize;

use crate::number;

/// A dose in the units of its file: a number, and the same with every digit.
///
/// ```
/// use chemorad_dosimetry::DoseUnits;
/// use chemorad_render::ExactDose;
/// let dose = ExactDose::new("44.999954".parse()?, &DoseUnits::Gray);
/// assert_eq!(dose.to_string(), "45 Gy");
/// assert_eq!(
///     serde_json::to_string(&dose)?,
///     r#"{"value":44.999954,"unit":"Gy","exact":"44.999954"}"#
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExactDose {
    /// The number.
    pub value: f64,
    /// Its unit: Gy, or what the file says instead.
    pub unit: String,
    /// The number with every digit.
    pub exact: Decimal,
}

impl ExactDose {
    /// A dose in the units of its file.
    #[must_use]
    pub fn new(exact: Decimal, units: &DoseUnits) -> Self {
        let unit = match units {
            DoseUnits::Gray => "Gy".into(),
            other => other.to_string(),
        };
        Self {
            value: exact.to_f64(),
            unit,
            exact,
        }
    }
}

/// Rounded as [`number::dose`] does.
impl std::fmt::Display for ExactDose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", number::dose(self.value), self.unit)
    }
}
