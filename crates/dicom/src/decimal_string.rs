//! A decimal as the file writes it, with its exact value.

use std::fmt;

use chemorad::number::{Decimal, DecimalError};
use serde::{Serialize, Serializer};

/// A decimal as the file writes it, with its exact value.
///
/// Compare the [`value`](Self::value). In a sentence it stands as written, with an exponent written
/// out; in the alternate form it is rounded for a person.
///
/// ```
/// use chemorad_dicom::DecimalString;
/// let dose = DecimalString::new("5.0e-1 ")?;
/// assert_eq!(dose.text(), "5.0e-1");
/// assert_eq!(dose.to_string(), "0.5");
/// assert_eq!(DecimalString::new("0.50")?.to_string(), "0.50");
/// assert_eq!(dose.value(), "0.5".parse()?);
/// # Ok::<(), chemorad::number::DecimalError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DecimalString {
    text: Box<str>,
    value: Decimal,
}

impl DecimalString {
    /// Reads a decimal; the padding is left off.
    ///
    /// # Errors
    /// A text that is not a decimal.
    pub fn new(text: &str) -> Result<Self, DecimalError> {
        let value = text.parse()?;
        Ok(Self {
            text: text.trim_matches([' ', '\0', '\t', '\r', '\n']).into(),
            value,
        })
    }

    /// As written, without padding.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The exact value.
    #[must_use]
    pub fn value(&self) -> Decimal {
        self.value
    }
}

impl fmt::Display for DecimalString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() || self.text.contains(['e', 'E']) {
            self.value.fmt(f)
        } else {
            f.pad(&self.text)
        }
    }
}

impl fmt::Debug for DecimalString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.text)
    }
}

impl Serialize for DecimalString {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
