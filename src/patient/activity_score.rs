//! The DPYD gene activity score.

use core::fmt;
use core::str::FromStr;

use crate::number::is_at_boundary;

use super::error::{PatientError, quoted};

/// The DPYD gene activity score: 0, 0.5, 1, 1.5 or 2.
///
/// Two working copies give 2, none gives 0 (CPIC guideline 2017, PMC5760397).
///
/// ```
/// use chemorad::patient::ActivityScore;
/// assert_eq!("1.5".parse::<ActivityScore>()?.value(), 1.5);
/// assert!("0.75".parse::<ActivityScore>().is_err());
/// # Ok::<(), chemorad::patient::PatientError>(())
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(try_from = "f64", into = "f64")]
pub struct ActivityScore {
    halves: u8,
}

impl ActivityScore {
    /// Every score, from none to full.
    pub const ALL: [Self; 5] = [
        Self::constant(0),
        Self::constant(1),
        Self::constant(2),
        Self::constant(3),
        Self::constant(4),
    ];

    const fn constant(halves: u8) -> Self {
        Self { halves }
    }

    /// From a number of halves, 0 to 4.
    ///
    /// ```
    /// use chemorad::patient::ActivityScore;
    /// assert_eq!(ActivityScore::from_halves(3).map(ActivityScore::value), Some(1.5));
    /// assert_eq!(ActivityScore::from_halves(5), None);
    /// ```
    #[must_use]
    pub const fn from_halves(halves: u8) -> Option<Self> {
        if halves > 4 {
            return None;
        }
        Some(Self { halves })
    }

    /// The sum of two activity values, in halves; each is at most 2.
    pub(super) const fn of_values(lower: u8, higher: u8) -> Self {
        Self {
            halves: lower + higher,
        }
    }

    /// The score.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.halves) / 2.0
    }

    pub(crate) const fn halves(self) -> u8 {
        self.halves
    }
}

impl TryFrom<f64> for ActivityScore {
    type Error = PatientError;

    fn try_from(value: f64) -> Result<Self, Self::Error> {
        Self::ALL
            .into_iter()
            .find(|score| is_at_boundary(value, score.value()))
            .ok_or_else(|| PatientError::ActivityScore {
                given: alloc::format!("{value}"),
            })
    }
}

impl From<ActivityScore> for f64 {
    fn from(score: ActivityScore) -> Self {
        score.value()
    }
}

impl fmt::Display for ActivityScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self.halves {
            0 => "0",
            1 => "0.5",
            2 => "1",
            3 => "1.5",
            _ => "2",
        })
    }
}

impl FromStr for ActivityScore {
    type Err = PatientError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let halves = match text.trim() {
            "0" | "0.0" => 0,
            "0.5" => 1,
            "1" | "1.0" => 2,
            "1.5" => 3,
            "2" | "2.0" => 4,
            _ => {
                return Err(PatientError::ActivityScore {
                    given: quoted(text),
                });
            }
        };
        Ok(Self { halves })
    }
}
