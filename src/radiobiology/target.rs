//! What an inverse is to reach, why there is no solution, and how a solution is rounded.

use alloc::string::String;
use core::fmt;

use super::model_error::ModelError;
use crate::number::{is_at_boundary, is_below_boundary};
use crate::quantity::{AbsorbedDose, AlphaBeta, Bed, Eqd, QuantityError};
use crate::radiotherapy::FractionationError;

/// The effect to be reached.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// A BED.
    Bed(Bed),
    /// An EQDx.
    Eqd(Eqd),
}

impl Target {
    pub(super) const fn alpha_beta(self) -> AlphaBeta {
        match self {
            Self::Bed(bed) => bed.alpha_beta(),
            Self::Eqd(eqd) => eqd.alpha_beta(),
        }
    }

    pub(super) const fn gray(self) -> f64 {
        match self {
            Self::Bed(bed) => bed.gray(),
            Self::Eqd(eqd) => eqd.gray(),
        }
    }

    /// α/β for a BED, x + α/β for an EQDx: target times this is n d (d + α/β).
    #[allow(clippy::cast_precision_loss, reason = "below 2^53")]
    pub(super) const fn weight(self) -> f64 {
        let micrograys = match self {
            Self::Bed(bed) => bed.alpha_beta().micrograys(),
            Self::Eqd(eqd) => eqd.alpha_beta().micrograys() + eqd.reference().micrograys(),
        };
        micrograys as f64 / 1_000_000.0
    }

    /// As a BED, gray.
    pub(super) const fn bed(self) -> f64 {
        match self {
            Self::Bed(bed) => bed.gray(),
            Self::Eqd(eqd) => eqd.gray() * self.weight() / self.alpha_beta().gray(),
        }
    }

    /// What [`weight`](Self::weight) is.
    pub(super) const fn symbol(self) -> &'static str {
        match self {
            Self::Bed(_) => "a/b",
            Self::Eqd(_) => "(x + a/b)",
        }
    }

    pub(super) fn label(self) -> String {
        match self {
            Self::Bed(bed) => bed.label(),
            Self::Eqd(eqd) => eqd.label(),
        }
    }
}

impl From<Bed> for Target {
    fn from(bed: Bed) -> Self {
        Self::Bed(bed)
    }
}

impl From<Eqd> for Target {
    fn from(eqd: Eqd) -> Self {
        Self::Eqd(eqd)
    }
}

/// Why there is no solution.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SolveError {
    /// The target holds at another α/β than the model.
    #[error("the target is at alpha/beta {target}, the model at {model}: use one alpha/beta")]
    DifferentAlphaBeta {
        /// Of the target.
        target: AlphaBeta,
        /// Of the model.
        model: AlphaBeta,
    },
    /// A target of zero.
    #[error("the target must be greater than zero")]
    ZeroTarget,
    /// The target can only be reached with a dose per fraction that is no dose.
    #[error(
        "{0} Gy per fraction would be needed; possible are 0.000001 to 1000 Gy: check the target"
    )]
    DoseOutOfRange(f64),
    /// The target can only be reached with a number of fractions that no course has.
    #[error("{0} fractions would be needed; check the target and the dose per fraction")]
    FractionsOutOfRange(f64),
    /// The solution is not a dose.
    #[error(transparent)]
    Dose(#[from] QuantityError),
    /// The solution is not a fractionation.
    #[error(transparent)]
    Fractionation(#[from] FractionationError),
    /// The number of fractions that reaches the target is below 1 or above 200.
    #[error(
        "{exact} fractions would be needed, rounded {rule} {rounded}; possible are 1 to 200: change the dose per fraction"
    )]
    Fractions {
        /// Before rounding.
        exact: f64,
        /// How it was rounded.
        rule: Rounding,
        /// After rounding.
        rounded: f64,
    },
    /// The doses do not reach the target, whatever the time.
    #[error("the doses give {reached} Gy BED without any loss, below the target of {target} Gy")]
    OutOfReach {
        /// BED without loss, gray.
        reached: f64,
        /// The target as BED, gray.
        target: f64,
    },
    /// The model cannot answer.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Rounding down leaves no dose.
    #[error("{exact} Gy rounded {rule} to a multiple of {step} is zero: take a smaller step")]
    RoundedToZero {
        /// Before rounding.
        exact: f64,
        /// How it was rounded.
        rule: Rounding,
        /// The step.
        step: AbsorbedDose,
    },
}

/// How an exact solution becomes one that can be given. A value within 10⁻⁹ (relative) of a whole
/// step is that step; one within 10⁻⁹ of halfway is halfway, and goes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// To the nearest step, halves up.
    Nearest,
    /// To the step below: the target is not exceeded.
    Down,
    /// To the step above: the target is reached.
    Up,
}

impl Rounding {
    /// A non-negative number of steps as a whole number.
    pub(crate) fn round(self, steps: f64) -> f64 {
        let whole = libm::floor(steps + 0.5);
        if is_at_boundary(steps, whole) {
            return whole;
        }
        let below = libm::floor(steps);
        match self {
            Self::Up => below + 1.0,
            Self::Nearest if !is_below_boundary(steps, below + 0.5) => below + 1.0,
            Self::Down | Self::Nearest => below,
        }
    }
}

impl fmt::Display for Rounding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Nearest => "to the nearest",
            Self::Down => "down",
            Self::Up => "up",
        })
    }
}
