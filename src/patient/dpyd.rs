//! What is known of a patient's DPYD gene.

use core::fmt;
use core::str::FromStr;

use super::activity_score::ActivityScore;
use super::dpyd_allele::DpydGenotype;
use super::error::{PatientError, quoted};

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
    /// A test found these alleles on the two copies of the gene.
    Alleles(DpydGenotype),
    /// A test was made and its result has no score.
    Indeterminate,
}

impl fmt::Display for DpydStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotTested => f.pad("not tested"),
            Self::Indeterminate => f.pad("indeterminate"),
            Self::Score(score) => f.pad(&alloc::format!("activity score {score}")),
            Self::Alleles(found) => f.pad(&alloc::format!(
                "activity score {} ({found})",
                found.activity_score()
            )),
        }
    }
}

impl DpydStatus {
    /// The activity score, where a test gave one.
    ///
    /// ```
    /// use chemorad::patient::DpydStatus;
    /// let found: DpydStatus = "c.2846A>T, Reference".parse()?;
    /// assert_eq!(found.score().map(|score| score.value()), Some(1.5));
    /// assert_eq!(DpydStatus::NotTested.score(), None);
    /// # Ok::<(), chemorad::patient::PatientError>(())
    /// ```
    #[must_use]
    pub const fn score(self) -> Option<ActivityScore> {
        match self {
            Self::Score(score) => Some(score),
            Self::Alleles(found) => Some(found.activity_score()),
            Self::NotTested | Self::Indeterminate => None,
        }
    }
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Shape {
    Score(ActivityScore),
    Alleles(DpydGenotype),
}

impl From<Shape> for DpydStatus {
    fn from(shape: Shape) -> Self {
        match shape {
            Shape::Score(score) => Self::Score(score),
            Shape::Alleles(found) => Self::Alleles(found),
        }
    }
}

crate::text::from_text_or_parts!(
    DpydStatus,
    Shape,
    "a DPYD status: \"not_tested\", \"indeterminate\", { score = 1.5 } or { alleles = [\"c.1905+1G>A\", \"Reference\"] }"
);

/// Words that describe a result without saying which allele was found.
const WORDS: [&str; 10] = [
    "zygous", "carrier", "metabol", "mutat", "wild", "normal", "variant", "deficien", "positive",
    "negative",
];

/// `not_tested`, `indeterminate`, a score such as `1.5`, alleles such as `c.1905+1G>A, Reference`,
/// and as it is printed.
impl FromStr for DpydStatus {
    type Err = PatientError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        match text {
            "not-tested" | "not_tested" | "not tested" => return Ok(Self::NotTested),
            "indeterminate" => return Ok(Self::Indeterminate),
            _ => {}
        }
        let printed = text.strip_prefix("activity score ").unwrap_or(text);
        if let Ok(score) = printed.parse() {
            return Ok(Self::Score(score));
        }
        let inside = printed
            .split_once(" (")
            .and_then(|(score, found)| Some((score, found.strip_suffix(')')?)));
        if let Some((score, found)) = inside {
            if let (Ok(score), Ok(found)) = (
                score.parse::<ActivityScore>(),
                found.parse::<DpydGenotype>(),
            ) {
                if found.activity_score() == score {
                    return Ok(Self::Alleles(found));
                }
            }
        }
        let lower = text.to_ascii_lowercase();
        let given = quoted(text);
        match text.parse::<DpydGenotype>() {
            Ok(found) => Ok(Self::Alleles(found)),
            Err(_) if WORDS.iter().any(|word| lower.contains(word)) => {
                Err(PatientError::DpydWords { given })
            }
            Err(error) if text.contains("c.") || text.contains('*') => Err(error),
            Err(_) => Err(PatientError::UnknownDpydStatus { given }),
        }
    }
}
