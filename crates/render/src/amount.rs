//! A number with its unit, as tools read it.

use serde::Serialize;

/// A number with its unit.
///
/// ```
/// use chemorad_render::Amount;
/// assert_eq!(serde_json::to_string(&Amount::gray(1.8))?, r#"{"value":1.8,"unit":"Gy"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Amount {
    /// The number, unrounded.
    pub value: f64,
    /// Its unit.
    pub unit: &'static str,
}

impl Amount {
    /// A number with a unit.
    #[must_use]
    pub const fn new(value: f64, unit: &'static str) -> Self {
        Self { value, unit }
    }

    /// A dose, or an effect that is measured like one.
    #[must_use]
    pub const fn gray(value: f64) -> Self {
        Self::new(value, "Gy")
    }
}
