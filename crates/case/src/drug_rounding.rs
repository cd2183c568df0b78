//! How the site rounds a drug that is no tablet.

use core::fmt;

use chemorad::capecitabine::{RoundingRule, Ties};
use chemorad::number::is_at_boundary;
use chemorad::quantity::OrderedDose;

/// `[site.drugs.ID]`: how the site rounds a drug that is no tablet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrugRounding {
    /// The amounts that can be given are multiples of this.
    pub step: OrderedDose,
    /// Which multiple is given.
    pub rounding: StepRounding,
    /// What to do halfway, for `nearest`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ties: Option<Ties>,
}

/// Which multiple of a step is given: `nearest`, `down` or `up`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepRounding {
    /// The nearest.
    Nearest,
    /// The one below.
    Down,
    /// The one above.
    Up,
}

impl StepRounding {
    const fn rule(self) -> RoundingRule {
        match self {
            Self::Nearest => RoundingRule::Nearest,
            Self::Down => RoundingRule::Down,
            Self::Up => RoundingRule::Up,
        }
    }
}

impl fmt::Display for DrugRounding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "multiples of {}, {}", self.step, self.rounding.rule())?;
        match self.ties {
            Some(ties) => write!(f, ", ties {ties}"),
            None => Ok(()),
        }
    }
}

impl DrugRounding {
    /// The number of steps for a dose; none where the rule for a tie is missing.
    pub(super) fn steps(self, steps: f64) -> Option<f64> {
        let below = steps.floor();
        let nearest = steps.round();
        if is_at_boundary(steps, nearest) {
            return Some(nearest);
        }
        Some(match self.rounding {
            StepRounding::Down => below,
            StepRounding::Up => below + 1.0,
            StepRounding::Nearest if is_at_boundary(steps, below + 0.5) => match self.ties? {
                Ties::Up => below + 1.0,
                Ties::Down => below,
            },
            StepRounding::Nearest => nearest,
        })
    }
}
