//! Why a text is no parameter of a dose-response model.

use chemorad::quantity::QuantityError;

use super::parameter::ResponseParameter;

/// Why a text is no parameter.
///
/// ```
/// use chemorad_dosimetry::{Estimate, ResponseParameter};
/// let error = Estimate::read(ResponseParameter::ToxicDose, "76.9").unwrap_err();
/// assert!(error.to_string().contains("TD50"));
/// ```
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ParameterError {
    /// No dose, α or α/β.
    #[error("{symbol}: {error}", symbol = parameter.symbol())]
    Quantity {
        /// Which parameter.
        parameter: ResponseParameter,
        /// What is wrong with it.
        error: Box<QuantityError>,
    },
    /// No number.
    #[error("{symbol}: {given:?} cannot be read: {error}", symbol = parameter.symbol())]
    Number {
        /// Which parameter.
        parameter: ResponseParameter,
        /// What was given.
        given: String,
        /// What is wrong with it.
        error: chemorad::number::DecimalError,
    },
    /// A density without its unit.
    #[error("rho: {given:?} is not a number of cells in a volume such as 1e7/cc")]
    Density {
        /// What was given.
        given: String,
    },
    /// A number that the parameter cannot be.
    #[error("{symbol}: {given:?} is not {allowed}", symbol = parameter.symbol())]
    Range {
        /// Which parameter.
        parameter: ResponseParameter,
        /// What was given.
        given: String,
        /// What it may be.
        allowed: String,
    },
    /// Something other than a value with its interval in brackets.
    #[error(
        "{symbol}: {given:?} is neither a value nor a value with its interval, such as \"0.09 (0.04..0.14)\"",
        symbol = parameter.symbol()
    )]
    Form {
        /// Which parameter.
        parameter: ResponseParameter,
        /// What was given.
        given: String,
    },
    /// A lower end without a unit, where value and upper end have different ones.
    #[error(
        "{symbol}: {given:?} has several units, and which one the lower end has is not said: write each end with its unit",
        symbol = parameter.symbol()
    )]
    Units {
        /// Which parameter.
        parameter: ResponseParameter,
        /// What was given.
        given: String,
    },
    /// A value outside its own interval, or ends in the wrong order.
    #[error(
        "{symbol}: the value {value} does not lie in its interval from {low} to {high}",
        symbol = parameter.symbol()
    )]
    Outside {
        /// Which parameter.
        parameter: ResponseParameter,
        /// The value.
        value: f64,
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
}
