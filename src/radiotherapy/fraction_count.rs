//! A number of fractions.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::fractionation_error::{FractionationError, FractionationTextError, short};

/// A number of fractions, 1 to 200.
///
/// The longest schedules in use have about 80 fractions; a larger number is a misprint.
///
/// ```
/// use chemorad::radiotherapy::FractionCount;
/// assert_eq!(FractionCount::new(25)?.get(), 25);
/// assert!("25.5".parse::<FractionCount>().is_err());
/// # Ok::<(), chemorad::radiotherapy::FractionationError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FractionCount(u32);

impl FractionCount {
    /// The largest number of fractions.
    pub const MAX: u32 = 200;

    /// A number of fractions.
    ///
    /// # Errors
    /// Zero, or more than 200.
    pub const fn new(count: u32) -> Result<Self, FractionationError> {
        if count == 0 || count > Self::MAX {
            Err(FractionationError::Fractions(count))
        } else {
            Ok(Self(count))
        }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for FractionCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for FractionCount {
    type Err = FractionationTextError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.trim();
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(FractionationTextError::Count(short(text)));
        }
        let count = digits
            .parse()
            .map_err(|_| FractionationTextError::Count(short(text)))?;
        Ok(Self::new(count)?)
    }
}

impl Serialize for FractionCount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.0)
    }
}

impl<'de> Deserialize<'de> for FractionCount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let count = u32::deserialize(deserializer)?;
        Self::new(count).map_err(de::Error::custom)
    }
}
