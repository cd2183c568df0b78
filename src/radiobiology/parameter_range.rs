//! Intervals of the parameters of a model.

use alloc::string::String;
use core::fmt;

use super::{FinalSlope, FinalSlopeError, ModelError, RepopulationRate};
use crate::quantity::{AbsorbedDose, Alpha, BedLossPerDay, DoublingTime, EqdLossPerDay};

/// An interval of one parameter.
///
/// ```
/// use chemorad::quantity::BedLossPerDay;
/// use chemorad::radiobiology::ParameterRange;
/// let (low, high) = (BedLossPerDay::constant("0.5 Gy/d"), BedLossPerDay::constant("0.8 Gy/d"));
/// assert!(ParameterRange::new(low, high).is_ok());
/// assert!(ParameterRange::new(high, low).is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParameterRange<T> {
    pub(super) low: T,
    pub(super) high: T,
}

/// Why an interval or an uncertain model does not exist.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum UncertaintyError {
    /// The ends are the wrong way round.
    #[error("an interval from {low} to {high} is empty: give the lower end first")]
    Empty {
        /// The first end given.
        low: String,
        /// The second.
        high: String,
    },
    /// The model with some of its parameters does not exist.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A slope that is not one.
    #[error(transparent)]
    Slope(#[from] FinalSlopeError),
    /// A comparison below the floor.
    #[error(
        "with some of the parameters a BED falls below zero, where the difference of two schedules has no meaning: narrow the intervals"
    )]
    BelowZero,
}

impl<T: Copy + PartialOrd + fmt::Display> ParameterRange<T> {
    /// From the lower to the upper end.
    ///
    /// # Errors
    /// The first is larger than the second.
    pub fn new(low: T, high: T) -> Result<Self, UncertaintyError> {
        if low <= high {
            Ok(Self { low, high })
        } else {
            Err(UncertaintyError::Empty {
                low: format!("{low}"),
                high: format!("{high}"),
            })
        }
    }

    /// A single value.
    #[must_use]
    pub const fn point(value: T) -> Self {
        Self {
            low: value,
            high: value,
        }
    }

    /// The lower end.
    #[must_use]
    pub const fn low(self) -> T {
        self.low
    }

    /// The upper end.
    #[must_use]
    pub const fn high(self) -> T {
        self.high
    }
}

/// A rate of repopulation whose parameters are intervals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum UncertainRate {
    /// K.
    Bed(ParameterRange<BedLossPerDay>),
    /// `ln 2/(α Tp)`.
    Doubling {
        /// α.
        alpha: ParameterRange<Alpha>,
        /// Tp.
        doubling_time: ParameterRange<DoublingTime>,
    },
    /// `D_prolif` in fractions of x.
    Eqd {
        /// `D_prolif`.
        loss: ParameterRange<EqdLossPerDay>,
        /// x.
        reference: AbsorbedDose,
    },
}

/// γ/α as an interval, or the tangent at whatever the other parameters are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum UncertainSlope {
    /// `1 + 2 d_T/(α/β)`.
    Tangent,
    /// Stated.
    Stated(ParameterRange<f64>),
}

impl UncertainSlope {
    pub(super) fn end(self, high: bool) -> Result<FinalSlope, UncertaintyError> {
        match self {
            Self::Tangent => Ok(FinalSlope::TANGENT),
            Self::Stated(range) => {
                let end = if high { range.high } else { range.low };
                Ok(FinalSlope::stated(end)?)
            }
        }
    }
}

impl UncertainRate {
    /// The rate with the greatest or the least loss.
    pub(super) const fn end(self, greatest: bool) -> RepopulationRate {
        match self {
            Self::Bed(range) => {
                RepopulationRate::Bed(if greatest { range.high } else { range.low })
            }
            Self::Doubling {
                alpha,
                doubling_time,
            } => RepopulationRate::Doubling {
                alpha: if greatest { alpha.low } else { alpha.high },
                doubling_time: if greatest {
                    doubling_time.low
                } else {
                    doubling_time.high
                },
            },
            Self::Eqd { loss, reference } => RepopulationRate::Eqd {
                loss: if greatest { loss.high } else { loss.low },
                reference,
            },
        }
    }
}
