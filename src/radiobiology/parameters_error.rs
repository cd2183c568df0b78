//! Why parameters, as a file or a command line gives them, are not a model.

use alloc::string::String;

use super::interval_error::UncertaintyError;
use super::model_error::ModelError;

/// Why parameters are not a model.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ParametersError {
    /// Neither α/β nor an endpoint.
    #[error("alpha_beta is missing: no tissue has a default; give it, or a published endpoint")]
    NoAlphaBeta,
    /// Both of them.
    #[error("alpha_beta and endpoint both say what alpha/beta is: give one")]
    TwoAlphaBeta,
    /// An endpoint nobody published.
    #[error("no published alpha/beta is called {given:?}; known are: {}", known.join(", "))]
    UnknownEndpoint {
        /// What was given.
        given: String,
        /// What there is.
        known: alloc::vec::Vec<&'static str>,
    },
    /// A loss without its beginning.
    #[error("kick_off is missing: a loss per day needs the day it begins after; 0 d means at once")]
    NoKickOff,
    /// A half-time and a record of one.
    #[error("repair_half_time and repair_record both say what the half-time is: give one")]
    TwoHalfTimes,
    /// A record nobody published.
    #[error("no published {what} is called {given:?}; known are: {}", known.join(", "))]
    UnknownRecord {
        /// Of what.
        what: &'static str,
        /// What was given.
        given: String,
        /// What there is.
        known: alloc::vec::Vec<&'static str>,
    },
    /// A beginning without a loss.
    #[error(
        "kick_off is given without a loss: add loss_per_day, or alpha and doubling_time, or eqd2_loss_per_day"
    )]
    NoLoss,
    /// One loss is given in two forms.
    #[error(
        "the loss is given twice: loss_per_day, alpha with doubling_time, eqd2_loss_per_day and repopulation_record describe the same; give one"
    )]
    TwoLosses,
    /// α without Tp, or the other way round.
    #[error("alpha and doubling_time belong together: give both or neither")]
    HalfDoubling,
    /// A transition without a slope, or the other way round.
    #[error(
        "linear_above and final_slope belong together: the slope is a number or \"tangent\", and programs differ on it"
    )]
    HalfTail,
    /// Parts that do not go together.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Intervals that do not go together.
    #[error(transparent)]
    Uncertainty(#[from] UncertaintyError),
}
