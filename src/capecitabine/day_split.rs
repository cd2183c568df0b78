use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use crate::quantity::OrderedDose;

use super::{Candidate, CapecitabineError, TabletCount};

/// How the dose of a day is divided.
///
/// ```
/// use chemorad::capecitabine::DaySplit;
/// assert_eq!("larger-morning".parse::<DaySplit>()?, DaySplit::LargerInTheMorning);
/// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
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

impl FromStr for DaySplit {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "equal" => Ok(Self::Equal),
            "larger-morning" => Ok(Self::LargerInTheMorning),
            "larger-evening" => Ok(Self::LargerInTheEvening),
            _ => Err(CapecitabineError::UnknownSplit {
                given: text.chars().take(60).collect(),
            }),
        }
    }
}

/// One administration of a day: an amount and its tablets.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct AdministrationOrder {
    /// The amount.
    pub dose: OrderedDose,
    /// Its tablets, the largest strength first.
    pub tablets: Vec<TabletCount>,
}

impl From<&Candidate> for AdministrationOrder {
    fn from(candidate: &Candidate) -> Self {
        Self {
            dose: candidate.amount(),
            tablets: candidate.tablets().to_vec(),
        }
    }
}

impl fmt::Display for AdministrationOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tablets: Vec<String> = self.tablets.iter().map(ToString::to_string).collect();
        write!(f, "{} ({})", self.dose, tablets.join(" + "))
    }
}
