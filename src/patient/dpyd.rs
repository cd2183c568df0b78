//! What is known of a patient's DPYD gene.

use alloc::string::String;
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

    /// The score of two copies of the gene from the variants found: the sum of the two lowest
    /// activity values, a copy without a listed variant counting 1.
    ///
    /// That variants lie on different copies is an assumption of this rule (quoted second-hand
    /// from a pharmacy tool's specification of the CPIC practice).
    ///
    /// ```
    /// use chemorad::patient::{ActivityScore, DpydVariant};
    /// assert_eq!(ActivityScore::from_variants(&[]).value(), 2.0);
    /// assert_eq!(ActivityScore::from_variants(&[DpydVariant::C1905Plus1GA]).value(), 1.0);
    /// let both = [DpydVariant::HapB3, DpydVariant::C2846AT];
    /// assert_eq!(ActivityScore::from_variants(&both).value(), 1.0);
    /// ```
    #[must_use]
    pub fn from_variants(variants: &[DpydVariant]) -> Self {
        let mut lowest = (2, 2);
        for variant in variants {
            let value = variant.halves();
            if value < lowest.0 {
                lowest = (value, lowest.0);
            } else if value < lowest.1 {
                lowest.1 = value;
            }
        }
        Self {
            halves: lowest.0 + lowest.1,
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

/// A DPYD variant with an activity value in the table of `PharmCAT` (`phenotype/DPYD.json` at
/// 5431bf1187e5). The list is not complete; use a laboratory's score where it gives one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DpydVariant {
    /// c.1905+1G>A (*2A): activity 0.
    C1905Plus1GA,
    /// c.1679T>G (*13): activity 0.
    C1679TG,
    /// c.2846A>T: activity 0.5.
    C2846AT,
    /// c.1129-5923C>G with c.1236G>A (`HapB3`): activity 0.5.
    HapB3,
    /// c.1129-5923C>G, listed apart from the tag variant since 2024: activity 0.5.
    C1129Minus5923CG,
    /// c.557A>G: activity 0.5.
    C557AG,
    /// The reference sequence: activity 1.
    Reference,
}

impl DpydVariant {
    const fn halves(self) -> u8 {
        match self {
            Self::C1905Plus1GA | Self::C1679TG => 0,
            Self::C2846AT | Self::HapB3 | Self::C1129Minus5923CG | Self::C557AG => 1,
            Self::Reference => 2,
        }
    }

    /// Its activity: 0, 0.5 or 1.
    #[must_use]
    pub fn activity_value(self) -> f64 {
        f64::from(self.halves()) / 2.0
    }
}

/// What is known of a patient's DPYD. "Not tested" is not "normal", and neither is
/// "indeterminate"; a missing status has no value here at all.
///
/// ```
/// use chemorad::patient::DpydStatus;
/// assert_eq!("not-tested".parse::<DpydStatus>()?, DpydStatus::NotTested);
/// assert!(matches!("1".parse::<DpydStatus>()?, DpydStatus::Score(_)));
/// assert!("normal".parse::<DpydStatus>().is_err());
/// # Ok::<(), chemorad::patient::PatientError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DpydStatus {
    /// No test was made.
    NotTested,
    /// A test gave this activity score.
    Score(ActivityScore),
    /// A test was made and its result has no score.
    Indeterminate,
}

impl fmt::Display for DpydStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotTested => f.pad("not tested"),
            Self::Indeterminate => f.pad("indeterminate"),
            Self::Score(score) => f.pad(&alloc::format!("activity score {score}")),
        }
    }
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Shape {
    Score(ActivityScore),
}

impl From<Shape> for DpydStatus {
    fn from(Shape::Score(score): Shape) -> Self {
        Self::Score(score)
    }
}

crate::text::from_text_or_parts!(
    DpydStatus,
    Shape,
    "a DPYD status: \"not_tested\", \"indeterminate\" or { score = 1.5 }"
);

/// `not_tested`, `indeterminate` or a score such as `1.5`, and as it is printed.
impl FromStr for DpydStatus {
    type Err = PatientError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "not-tested" | "not_tested" | "not tested" => Ok(Self::NotTested),
            "indeterminate" => Ok(Self::Indeterminate),
            score => score
                .trim_start_matches("activity score ")
                .parse()
                .map(Self::Score)
                .map_err(|_| PatientError::UnknownDpydStatus {
                    given: String::from(&*quoted(text)),
                }),
        }
    }
}
