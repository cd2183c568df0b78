//! Why an interval of a parameter, or a model over intervals, does not exist.

use alloc::string::String;

use super::linear_tail::FinalSlopeError;
use super::model_error::ModelError;
use crate::quantity::{AlphaBeta, QuantityError};

/// The ends are the wrong way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an interval from {low} to {high} is empty: give the lower end first")]
pub struct IntervalError {
    /// The first end given.
    pub low: AlphaBeta,
    /// The second.
    pub high: AlphaBeta,
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
    /// An end that is not a value of the parameter.
    #[error(transparent)]
    Quantity(#[from] QuantityError),
    /// An interval of α/β below zero.
    #[error(
        "an alpha/beta below zero has no meaning: write 0..{high} for an interval that reaches zero"
    )]
    NegativeAlphaBeta {
        /// The upper end.
        high: String,
    },
    /// Zero alone as an interval of α/β.
    #[error("an interval of alpha/beta may reach zero, but must end above it: write 0..10 Gy")]
    OnlyZero,
    /// The ends of an interval of α/β the wrong way round.
    #[error(transparent)]
    AlphaBeta(#[from] IntervalError),
    /// The model with some of its parameters does not exist.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The tangent as one end of an interval of slopes.
    #[error("an interval of slopes lies between two numbers, such as 3..5; tangent stands alone")]
    TangentEnd,
    /// A slope that is not one.
    #[error(transparent)]
    Slope(#[from] FinalSlopeError),
    /// A comparison below the floor.
    #[error(
        "with some of the parameters a BED falls below zero, where the difference of two schedules has no meaning: narrow the intervals"
    )]
    BelowZero,
}
