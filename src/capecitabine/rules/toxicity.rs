//! Ladders of dose changes for toxicity.

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use crate::text::{List, Text};

use super::super::error::CapecitabineError;
use super::dose_rule::DoseFraction;
use super::fault::RuleFault;

/// A toxicity: its grade, 1 to 4, and the how-manieth time that grade occurs, 1 to 9.
///
/// Domain: grade 5 is death and has no dose.
///
/// ```
/// use chemorad::capecitabine::Toxicity;
/// let toxicity: Toxicity = "3:1".parse()?;
/// assert_eq!(toxicity.to_string(), "grade 3, occurrence 1");
/// assert!("5:1".parse::<Toxicity>().is_err());
/// assert!("3".parse::<Toxicity>().is_err()); // the occurrence is missing
/// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(into = "Shape")]
pub struct Toxicity {
    grade: u8,
    occurrence: u8,
}

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    grade: u8,
    occurrence: u8,
}

impl From<Toxicity> for Shape {
    fn from(toxicity: Toxicity) -> Self {
        Self {
            grade: toxicity.grade,
            occurrence: toxicity.occurrence,
        }
    }
}

impl TryFrom<Shape> for Toxicity {
    type Error = CapecitabineError;

    fn try_from(shape: Shape) -> Result<Self, Self::Error> {
        Self::new(shape.grade, shape.occurrence)
    }
}

crate::text::from_text_or_parts!(
    Toxicity,
    Shape,
    "a toxicity such as \"3:1\", or its grade and occurrence"
);

impl Toxicity {
    /// From grade and occurrence.
    ///
    /// # Errors
    /// A grade outside 1 to 4 or an occurrence outside 1 to 9.
    pub fn new(grade: u8, occurrence: u8) -> Result<Self, CapecitabineError> {
        if !(1..=4).contains(&grade) || !(1..=9).contains(&occurrence) {
            return Err(CapecitabineError::Toxicity {
                given: format!("{grade}:{occurrence}"),
            });
        }
        Ok(Self { grade, occurrence })
    }

    /// The grade, 1 to 4.
    #[must_use]
    pub const fn grade(self) -> u8 {
        self.grade
    }

    /// The occurrence, from 1.
    #[must_use]
    pub const fn occurrence(self) -> u8 {
        self.occurrence
    }
}

impl fmt::Display for Toxicity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "grade {}, occurrence {}", self.grade, self.occurrence)
    }
}

/// `3:1`, or `grade 3, occurrence 1` as it is printed.
impl FromStr for Toxicity {
    type Err = CapecitabineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digit = |part: &str| match part.trim().as_bytes() {
            [digit @ b'0'..=b'9'] => Some(digit - b'0'),
            _ => None,
        };
        let spelled = text.trim().strip_prefix("grade ");
        spelled
            .and_then(|parts| parts.split_once(", occurrence "))
            .or_else(|| text.split_once(':'))
            .and_then(|(grade, occurrence)| Some((digit(grade)?, digit(occurrence)?)))
            .and_then(|(grade, occurrence)| Self::new(grade, occurrence).ok())
            .ok_or_else(|| CapecitabineError::Toxicity {
                given: text.chars().take(60).collect::<String>(),
            })
    }
}

/// What a ladder says for one grade and occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToxicityAction {
    /// Go on with the same dose.
    Continue,
    /// Interrupt until grade 0 or 1, then this share of the original dose.
    InterruptThen(DoseFraction),
    /// Stop for good.
    Discontinue,
    /// Stop for good, or after recovery to grade 0 or 1 this share of the original dose: a
    /// clinician decides.
    DiscontinueOrThen(DoseFraction),
}

impl ToxicityAction {
    /// The share it leaves where the drug goes on; `None` where it stops for good.
    pub(in crate::capecitabine) const fn share(self) -> Option<DoseFraction> {
        match self {
            Self::Continue => Some(DoseFraction::WHOLE),
            Self::InterruptThen(share) | Self::DiscontinueOrThen(share) => Some(share),
            Self::Discontinue => None,
        }
    }
}

impl fmt::Display for ToxicityAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Continue => f.write_str("continue"),
            Self::InterruptThen(share) => {
                write!(
                    f,
                    "interrupt until grade 0 or 1, then {share} of the original dose"
                )
            }
            Self::Discontinue => f.write_str("discontinue"),
            Self::DiscontinueOrThen(share) => write!(
                f,
                "discontinue, or interrupt until grade 0 or 1, then {share} of the original dose"
            ),
        }
    }
}

/// One step of a ladder.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToxicityStep {
    /// The grade, 1 to 4.
    pub grade: u8,
    /// The occurrence, from 1; absent means every one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurrence: Option<u8>,
    /// What to do.
    pub action: ToxicityAction,
}

impl ToxicityStep {
    /// `grade 3, occurrence 1` or `grade 3`.
    pub(in crate::capecitabine) fn place(&self) -> String {
        let grade = self.grade;
        match self.occurrence {
            Some(occurrence) => format!("grade {grade}, occurrence {occurrence}"),
            None => format!("grade {grade}"),
        }
    }
}

/// A ladder of dose changes by grade and occurrence. The shares are of the *original* dose.
/// Each chemoradiotherapy trial has another ladder, so this is data of a rule set.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToxicityLadder {
    /// How grades are counted, for example `NCI CTC v3.0`.
    pub criteria: Text,
    /// The steps, by rising grade and occurrence.
    pub steps: List<ToxicityStep>,
}

impl ToxicityLadder {
    /// The step for a toxicity, or `None` where the ladder has none.
    #[must_use]
    pub fn step(&self, toxicity: Toxicity) -> Option<&ToxicityStep> {
        self.steps.iter().find(|step| {
            step.grade == toxicity.grade
                && step
                    .occurrence
                    .is_none_or(|occurrence| occurrence == toxicity.occurrence)
        })
    }

    /// The strictest step that a toxicity has reached: of its grade or a lower one, at its
    /// occurrence or an earlier one. Where the ladder has no [`step`](Self::step) for a toxicity,
    /// it cannot leave more than this one.
    ///
    /// ```
    /// use chemorad::capecitabine::{BMC_SURGERY_2009_LADDER, ToxicityAction};
    /// let ladder = BMC_SURGERY_2009_LADDER.toxicity.as_ref().unwrap();
    /// let beyond = "3:4".parse()?; // the drug was discontinued at 3:3
    /// assert_eq!(ladder.step(beyond), None);
    /// assert_eq!(ladder.strictest_reached(beyond).unwrap().action, ToxicityAction::Discontinue);
    /// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
    /// ```
    #[must_use]
    pub fn strictest_reached(&self, toxicity: Toxicity) -> Option<&ToxicityStep> {
        // among equals the step of the highest grade and occurrence
        self.steps
            .iter()
            .rev()
            .filter(|step| {
                step.grade <= toxicity.grade
                    && step
                        .occurrence
                        .is_none_or(|occurrence| occurrence <= toxicity.occurrence)
            })
            .min_by_key(|step| rank(step.action))
    }

    pub(super) const fn fault(&self) -> Option<RuleFault> {
        let steps = self.steps.as_slice();
        if steps.is_empty() {
            return Some(RuleFault::NoRows("toxicity"));
        }
        if self.criteria.is_blank() {
            return Some(RuleFault::Empty("toxicity.criteria"));
        }
        let mut i = 0;
        while i < steps.len() {
            let (step, row) = (&steps[i], i + 1);
            if step.grade == 0 || step.grade > 4 || matches!(step.occurrence, Some(0 | 10..)) {
                return Some(RuleFault::Step(row));
            }
            if i > 0 {
                let before = &steps[i - 1];
                let follows = match (before.occurrence, step.occurrence) {
                    _ if step.grade > before.grade => true,
                    (Some(earlier), Some(later)) => step.grade == before.grade && later > earlier,
                    _ => false,
                };
                if !follows {
                    return Some(RuleFault::Step(row));
                }
                if step.grade == before.grade && rank(step.action) > rank(before.action) {
                    return Some(RuleFault::Rises(row));
                }
            }
            let mut j = 0;
            while j < i {
                let lower = &steps[j];
                let comparable = match (lower.occurrence, step.occurrence) {
                    (Some(earlier), Some(later)) => earlier <= later,
                    // a step for every occurrence meets each of the other grade
                    _ => true,
                };
                if lower.grade < step.grade && comparable && rank(step.action) > rank(lower.action)
                {
                    return Some(RuleFault::MilderAtHigherGrade(row, j + 1));
                }
                j += 1;
            }
            i += 1;
        }
        None
    }
}

/// How much a step leaves, for comparing steps: the share, and among equal ones to go on is more
/// than to interrupt, and that more than to discontinue rather.
const fn rank(action: ToxicityAction) -> u64 {
    match action {
        ToxicityAction::Continue => 3 * DoseFraction::WHOLE.base() + 2,
        ToxicityAction::InterruptThen(share) => 3 * share.base() + 1,
        ToxicityAction::DiscontinueOrThen(share) => 3 * share.base(),
        ToxicityAction::Discontinue => 0,
    }
}
