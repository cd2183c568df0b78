//! Limits that no dose breaks: in another unit than was meant, or beyond the whole structure.

use core::fmt;

use chemorad::number::Decimal;
use chemorad_dosimetry::{Bounded, Metric};

use super::goal::Goal;
use super::limit::OrganLimit;

/// Gray that no fractionated course of external beams gives to any point: this project's choice.
const HIGHEST: u32 = 200;

/// Gray that every such course gives to what it treats: this project's choice.
const LOWEST: u32 = 1;

/// Percent that a lower limit on a share is not: this project's choice.
const SMALL: u32 = 1;

/// Why a limit is kept whatever the dose is.
///
/// ```
/// use chemorad_crosscheck::Unbreakable;
/// let why = Unbreakable::AboveDoses { gray: "4400".parse()? };
/// assert!(why.to_string().contains("44 Gy"));
/// # Ok::<(), chemorad::number::DecimalError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Unbreakable {
    /// Its dose is above those of a treatment, as centigray taken for gray is.
    AboveDoses {
        /// Gray.
        gray: Decimal,
    },
    /// Its dose is below those of a treatment, as gray taken for centigray is.
    BelowDoses {
        /// Gray.
        gray: Decimal,
    },
    /// It permits more of the organ than was contoured, or nothing of it.
    WholeStructure {
        /// The volume of the structure, cubic centimetres.
        cc: f64,
    },
    /// It permits every share of a structure.
    EveryShare,
    /// It asks for so small a share that every treatment has it, as a fraction taken for percent is.
    SmallShare {
        /// Percent.
        percent: Decimal,
    },
}

impl OrganLimit {
    /// Why a value keeps the limit, or its variation, whatever the dose is; none where a dose can break it. The
    /// metric is in gray, the volume that of the structure.
    pub(super) fn unbreakable(
        &self,
        found: &Bounded,
        metric: &Metric,
        volume_cc: f64,
    ) -> Option<Unbreakable> {
        let goals = [self.goal, self.variation];
        let mut goals = goals.into_iter().flatten();
        let kept = goals.find(|goal| goal.permits_within(found) == Some(true))?;
        by_dose(&kept, metric).or_else(|| by_volume(&kept, volume_cc))
    }
}

fn by_dose(goal: &Goal, metric: &Metric) -> Option<Unbreakable> {
    let is_upper = goal.comparison.is_upper();
    let (gray, keeps_above) = match metric.level() {
        Some((level, grows_with_it)) => (level, is_upper != grows_with_it),
        None => (goal.value, is_upper),
    };
    if keeps_above && gray > HIGHEST.into() {
        Some(Unbreakable::AboveDoses { gray })
    } else if !keeps_above && gray < LOWEST.into() {
        Some(Unbreakable::BelowDoses { gray })
    } else {
        None
    }
}

fn by_volume(goal: &Goal, volume_cc: f64) -> Option<Unbreakable> {
    let (whole, why) = match goal.unit {
        "cc" => (volume_cc, Unbreakable::WholeStructure { cc: volume_cc }),
        "%" => (100.0, Unbreakable::EveryShare),
        _ => return None,
    };
    let is_small = goal.unit == "%" && !goal.value.is_zero() && goal.value <= SMALL.into();
    if is_small && !goal.comparison.is_upper() {
        return Some(Unbreakable::SmallShare {
            percent: goal.value,
        });
    }
    let all = Bounded {
        value: whole,
        lower: 0.0,
        upper: whole,
    };
    (goal.permits_within(&all) == Some(true)).then_some(why)
}

impl fmt::Display for Unbreakable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let times = |gray: &Decimal, exponent| {
            let factor = Decimal::new(1, exponent);
            factor.and_then(|factor| gray.checked_mul(factor))
        };
        match self {
            Self::AboveDoses { gray } => {
                write!(
                    f,
                    "no dose of a treatment reaches the {gray} Gy of the limit"
                )?;
                match times(gray, -2) {
                    Some(meant) => write!(f, " (is centigray meant, {meant} Gy?)"),
                    None => Ok(()),
                }
            }
            Self::BelowDoses { gray } => {
                write!(f, "every treatment gives the {gray} Gy of the limit")?;
                match times(gray, 2).filter(|meant| !meant.is_zero()) {
                    Some(meant) => write!(f, " (is {meant} Gy meant?)"),
                    None => Ok(()),
                }
            }
            Self::WholeStructure { cc } => write!(
                f,
                "it has {cc:.3} cc in all, and the limit permits every part of that (is the whole organ contoured, and the unit the one that is meant?)"
            ),
            Self::SmallShare { percent } => {
                write!(
                    f,
                    "every treatment gives so much to {percent} % of a structure"
                )?;
                match times(percent, 2) {
                    Some(meant) => write!(f, " (is {meant} % meant?)"),
                    None => Ok(()),
                }
            }
            Self::EveryShare => f.write_str("the limit permits every share of a structure"),
        }
    }
}
