//! A percentage above 0, exact to a millionth.

use std::fmt;
use std::str::FromStr;

use chemorad::number::{Decimal, DecimalError, is_plain};

use crate::error::quoted;

/// A percentage above 0 and at most 100, exact to a millionth.
///
/// ```
/// use chemorad_dicom::Percentile;
/// let near_maximum: Percentile = "98".parse()?;
/// assert_eq!(near_maximum.to_string(), "98");
/// assert!("0".parse::<Percentile>().is_err());
/// # Ok::<(), chemorad_dicom::PercentileError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percentile(pub(crate) u32);

/// Why a text is no percentile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PercentileError {
    /// Not a decimal.
    #[error("percentile {text:?}: {source}")]
    Decimal {
        /// What was given.
        text: String,
        /// What is wrong.
        source: DecimalError,
    },
    /// Zero, negative, above 100, or finer than a millionth.
    #[error("percentile {0}: it must be above 0 and at most 100, with at most six decimal places")]
    Range(Decimal),
}

pub(crate) const WHOLE: u32 = 100_000_000;

impl FromStr for Percentile {
    type Err = PercentileError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let value: Decimal = text.parse().map_err(|source| PercentileError::Decimal {
            text: quoted(text),
            source,
        })?;
        // an exponent or a sign is not how a person writes a share
        if !is_plain(text.trim()) && !value.is_negative() {
            return Err(PercentileError::Decimal {
                text: quoted(text),
                source: DecimalError::Malformed,
            });
        }
        value
            .checked_mul(Decimal::from(1_000_000))
            .and_then(Decimal::to_integer)
            .and_then(|millionths| u32::try_from(millionths).ok())
            .filter(|millionths| (1..=WHOLE).contains(millionths))
            .map(Self)
            .ok_or(PercentileError::Range(value))
    }
}

impl fmt::Display for Percentile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Decimal::new(self.0.into(), -6) {
            Some(value) => f.pad(&value.to_string()),
            None => Ok(()),
        }
    }
}

chemorad::text::by_text!(Percentile);
