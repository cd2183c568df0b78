//! One limit of an organ: `bowel bag: V45Gy[cc] < 195 cc`.

use core::fmt;
use core::num::NonZeroU8;

use chemorad::number::Decimal;
use chemorad::quantity::{AbsorbedDose, AlphaBeta};
use chemorad::report::Outcome;
use chemorad_dosimetry::{Bounded, Metric, MetricError};

use super::goal::{Goal, GoalError};

/// One limit: what is asked of the dose in an organ, or a target, and what is permitted.
///
/// ```
/// use chemorad_crosscheck::OrganLimit;
/// let limit = OrganLimit::new("bowel bag", "V45Gy", Some("< 195 cc"))?;
/// assert_eq!(limit.to_string(), "bowel bag: V45Gy[cc] < 195 cc");
/// assert!(OrganLimit::new("bowel bag", "V45Gy[cc]", Some("< 50 %")).is_err());
/// # Ok::<(), chemorad_crosscheck::OrganLimitError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "Row")]
pub struct OrganLimit {
    /// The organ, or the target, as the table calls it.
    pub structure: String,
    /// What is asked.
    pub metric: Metric,
    /// What is permitted; none where the source leaves it open.
    pub goal: Option<Goal>,
    /// What is still acceptable beyond it.
    pub variation: Option<Goal>,
    /// The dose that a share in its metric is of; none where the only prescribed dose is meant.
    pub prescribed: Option<AbsorbedDose>,
    /// The doses are EQD2 at this ratio; none where they are absorbed dose.
    pub alpha_beta: Option<AlphaBeta>,
    /// How important it is, 1 before 2.
    pub priority: Option<NonZeroU8>,
    /// What its source says of it.
    pub note: Option<String>,
    /// Where it stands, where that is not the source of the table.
    pub source: Option<String>,
}

/// Why a row is no limit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OrganLimitError {
    /// The metric.
    #[error(transparent)]
    Metric(#[from] MetricError),
    /// The limit or the variation.
    #[error(transparent)]
    Goal(#[from] GoalError),
    /// No organ is named.
    #[error("a limit needs the structure that it is for")]
    NoStructure,
    /// A metric in one unit and a limit in another.
    #[error(
        "{metric} is in {unit}, and the limit {goal:?} is not: a limit has the unit of its metric"
    )]
    Unit {
        /// The metric.
        metric: Metric,
        /// Its unit.
        unit: &'static str,
        /// The limit.
        goal: String,
    },
    /// A prescribed dose, and nothing is a share of it.
    #[error(
        "{0} is no share of a prescribed dose: leave the prescribed dose out, or write the metric as V95%"
    )]
    NoShare(Metric),
    /// More than the whole of a structure.
    #[error("{0:?} is more than the whole structure: a share of its volume is at most 100 %")]
    AboveWhole(String),
    /// A variation that does not go beyond the limit.
    #[error(
        "the acceptable variation {variation:?} must permit more than the limit {limit:?}, on the same side"
    )]
    Variation {
        /// The limit.
        limit: String,
        /// The variation.
        variation: String,
    },
}

impl OrganLimit {
    /// A limit by its texts. The unit of a volume may be left out of the metric where the limit has it; the limit is
    /// none where the source leaves it open.
    ///
    /// # Errors
    /// A text that is not a metric or a limit; units that do not go together; more than 100 % of a structure.
    pub fn new(
        structure: &str,
        metric: &str,
        limit: Option<&str>,
    ) -> Result<Self, OrganLimitError> {
        let structure = structure.trim().to_string();
        if structure.is_empty() {
            return Err(OrganLimitError::NoStructure);
        }
        let goal: Option<Goal> = limit.map(str::parse).transpose()?;
        let metric = match (metric.parse::<Metric>(), &goal) {
            (Err(MetricError::VolumeUnit(given)), Some(goal)) => {
                format!("{given}[{}]", goal.unit).parse()?
            }
            (other, _) => other?,
        };
        let limit = Self {
            structure,
            metric,
            goal,
            variation: None,
            prescribed: None,
            alpha_beta: None,
            priority: None,
            note: None,
            source: None,
        };
        if let Some(goal) = &limit.goal {
            limit.fits(goal)?;
        }
        Ok(limit)
    }

    /// Adds what is still acceptable.
    ///
    /// # Errors
    /// Another unit or side, or a variation that does not go beyond the limit.
    pub fn with_variation(mut self, variation: Goal) -> Result<Self, OrganLimitError> {
        self.fits(&variation)?;
        if let Some(goal) = &self.goal {
            let is_upper = goal.comparison.is_upper();
            let beyond = if is_upper {
                variation.value > goal.value
            } else {
                variation.value < goal.value
            };
            if variation.comparison.is_upper() != is_upper || !beyond {
                return Err(OrganLimitError::Variation {
                    limit: goal.to_string(),
                    variation: variation.to_string(),
                });
            }
        }
        self.variation = Some(variation);
        Ok(self)
    }

    /// This limit as a share of this prescribed dose.
    ///
    /// ```
    /// use chemorad_crosscheck::OrganLimit;
    /// let limit = OrganLimit::new("PTV_50", "V95%[%]", Some(">= 95 %"))?;
    /// let limit = limit.of_prescribed("50.4 Gy".parse()?)?;
    /// assert_eq!(limit.to_string(), "PTV_50: V95%[%] of 50.4 Gy >= 95 %");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A metric that is no share.
    pub fn of_prescribed(mut self, dose: AbsorbedDose) -> Result<Self, OrganLimitError> {
        if !self.metric.needs_prescription() {
            return Err(OrganLimitError::NoShare(self.metric));
        }
        self.prescribed = Some(dose);
        Ok(self)
    }

    pub(super) fn prescribed_gray(&self) -> Option<Decimal> {
        let dose = self.prescribed?;
        Decimal::new(dose.micrograys().into(), -6)
    }

    fn fits(&self, goal: &Goal) -> Result<(), OrganLimitError> {
        if goal.unit != self.metric.unit() {
            return Err(OrganLimitError::Unit {
                metric: self.metric,
                unit: self.metric.unit(),
                goal: goal.to_string(),
            });
        }
        if goal.unit == "%" && goal.value > 100.into() {
            return Err(OrganLimitError::AboveWhole(goal.to_string()));
        }
        Ok(())
    }

    /// Whether the limit, and whether the variation, permits a value.
    pub(super) fn judge(&self, value: &Bounded) -> Outcome {
        let Some(goal) = &self.goal else {
            return Outcome::CannotTell;
        };
        let by_variation = self.variation.as_ref();
        match (
            goal.permits_within(value),
            by_variation.map(|goal| goal.permits_within(value)),
        ) {
            (Some(true), _) => Outcome::Pass,
            (Some(false), None | Some(Some(false))) => Outcome::Fail,
            (Some(false), Some(Some(true))) => Outcome::Warn,
            _ => Outcome::CannotTell,
        }
    }

    /// Whether two ask the same of the same, on the same side.
    pub(super) fn is_same_question(&self, other: &Self) -> bool {
        let side = |limit: &Self| limit.goal.map(|goal| goal.comparison.is_upper());
        self.structure == other.structure
            && self.metric == other.metric
            && self.alpha_beta == other.alpha_beta
            && self.prescribed == other.prescribed
            && side(self) == side(other)
    }
}

impl fmt::Display for OrganLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ", self.structure, self.metric)?;
        if let Some(dose) = self.prescribed {
            write!(f, "of {dose} ")?;
        }
        if let Some(alpha_beta) = self.alpha_beta {
            write!(f, "in EQD2Gy(a/b = {}) ", alpha_beta.gray())?;
        }
        match self.goal {
            Some(goal) => goal.fmt(f),
            None => f.write_str("left open"),
        }
    }
}

/// A row of a file.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub(super) structure: String,
    pub(super) metric: String,
    pub(super) limit: String,
    pub(super) variation: Option<String>,
    pub(super) prescribed: Option<AbsorbedDose>,
    pub(super) alpha_beta: Option<AlphaBeta>,
    pub(super) priority: Option<NonZeroU8>,
    pub(super) note: Option<String>,
    pub(super) source: Option<String>,
}

impl TryFrom<Row> for OrganLimit {
    type Error = OrganLimitError;

    fn try_from(row: Row) -> Result<Self, OrganLimitError> {
        let mut limit = Self::new(&row.structure, &row.metric, Some(&row.limit))?;
        if let Some(variation) = row.variation {
            limit = limit.with_variation(variation.parse()?)?;
        }
        if let Some(dose) = row.prescribed {
            limit = limit.of_prescribed(dose)?;
        }
        limit.alpha_beta = row.alpha_beta;
        limit.priority = row.priority;
        limit.note = row.note;
        limit.source = row.source;
        Ok(limit)
    }
}
