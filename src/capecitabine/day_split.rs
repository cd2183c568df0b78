//! How the dose of a day is divided.

use core::fmt;
use core::str::FromStr;

use super::error::CapecitabineError;

/// How the dose of a day is divided.
///
/// ```
/// use chemorad::capecitabine::DaySplit;
/// assert_eq!("larger-morning".parse::<DaySplit>()?, DaySplit::LargerInTheMorning);
/// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DaySplit {
    /// Every administration the same.
    Equal,
    /// Morning and evening may differ by one deliverable step, the morning having more.
    LargerInTheMorning,
    /// Morning and evening may differ by one deliverable step, the evening having more.
    LargerInTheEvening,
}

impl fmt::Display for DaySplit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Equal => "equal",
            Self::LargerInTheMorning => "larger dose in the morning",
            Self::LargerInTheEvening => "larger dose in the evening",
        })
    }
}

impl<'de> serde::Deserialize<'de> for DaySplit {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::parsed(deserializer)
    }
}

/// `equal`, `larger-morning` or `larger-evening`, as in a file, and as it is printed.
impl FromStr for DaySplit {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "equal" => Ok(Self::Equal),
            "larger-morning" | "larger_in_the_morning" | "larger dose in the morning" => {
                Ok(Self::LargerInTheMorning)
            }
            "larger-evening" | "larger_in_the_evening" | "larger dose in the evening" => {
                Ok(Self::LargerInTheEvening)
            }
            _ => Err(CapecitabineError::UnknownSplit {
                given: text.chars().take(60).collect(),
            }),
        }
    }
}
