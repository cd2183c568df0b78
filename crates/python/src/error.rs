//! Refusals: what the library says, as `chemorad.ChemoradError` with a code and what is allowed.

use std::fmt::Display;

use chemorad::capecitabine::CapecitabineError;
use chemorad::patient::PatientError;
use chemorad::quantity::{EquivalentError, Fault, QuantityError};
use chemorad::radiobiology::{
    FinalSlopeError, ModelError, ParametersError, SolveError, VoxelError,
};
use chemorad::radiotherapy::{
    CourseError, DailyPatternError, DateError, FractionationError, FractionationTextError,
    PhaseError,
};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// An error that a person is told, with the name by which a program knows it.
pub(crate) trait Refusing: Display {
    /// The room, and the fault where the room names one.
    fn code(&self) -> String;

    /// What would have been accepted, where that is a list.
    fn allowed(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Turns what the library refuses into the exception.
pub(crate) trait OrRefuse<T> {
    fn or_refuse(self) -> PyResult<T>;
}

impl<T, E: Refusing> OrRefuse<T> for Result<T, E> {
    fn or_refuse(self) -> PyResult<T> {
        self.map_err(|error| refusal(&error.to_string(), &error.code(), &error.allowed()))
    }
}

/// The exception with these words.
pub(crate) fn refusal(text: &str, code: &str, allowed: &[String]) -> PyErr {
    Python::attach(|py| match class(py) {
        Ok(class) => {
            let parts = (text.to_string(), code.to_string(), allowed.to_vec());
            PyErr::from_type(class.clone(), parts)
        }
        Err(error) => error,
    })
}

/// `chemorad.ChemoradError`, which is written in Python: an exception with attributes that can be
/// pickled is not to be had through the limited API.
fn class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "chemorad._error", "ChemoradError")
}

impl Refusing for QuantityError {
    fn code(&self) -> String {
        let fault = match self.fault() {
            Fault::Empty => "empty",
            Fault::MissingNumber => "missing_number",
            Fault::MalformedNumber => "malformed_number",
            Fault::TooManyDigits => "too_many_digits",
            Fault::NotFinite => "not_finite",
            Fault::Negative => "negative",
            Fault::Zero => "zero",
            Fault::DecimalComma => "decimal_comma",
            Fault::MissingUnit => "missing_unit",
            Fault::UnknownUnit => "unknown_unit",
            Fault::TooPrecise => "too_precise",
            Fault::BelowMinimum => "below_minimum",
            Fault::AboveMaximum => "above_maximum",
            _ => "refused",
        };
        format!("quantity.{fault}")
    }

    fn allowed(&self) -> Vec<String> {
        self.units().map(String::from).collect()
    }
}

impl Refusing for FractionationTextError {
    fn code(&self) -> String {
        match self {
            Self::Dose(error) => error.code(),
            Self::Numbers(error) => error.code(),
            Self::Malformed(_) => "fractionation.malformed".into(),
            Self::Count(_) => "fractionation.count".into(),
            Self::UnitSlip(_) => "fractionation.unit_slip".into(),
            Self::NotLow(_) => "fractionation.not_low".into(),
            Self::Phases(_) => "fractionation.phases".into(),
            _ => "fractionation.refused".into(),
        }
    }

    fn allowed(&self) -> Vec<String> {
        match self {
            Self::Dose(error) => error.allowed(),
            Self::Malformed(_) => ["45Gy/25", "25 x 1.8 Gy", "45 Gy in 25 x 1.8 Gy"]
                .map(String::from)
                .into(),
            _ => Vec::new(),
        }
    }
}

impl Refusing for FractionationError {
    fn code(&self) -> String {
        let fault = match self {
            Self::Fractions(_) => "count",
            Self::TotalTooLarge { .. } => "total_too_large",
            Self::Inconsistent { .. } => "inconsistent",
            Self::NotWhole { .. } => "not_whole",
            _ => "refused",
        };
        format!("fractionation.{fault}")
    }
}

impl Refusing for VoxelError {
    fn code(&self) -> String {
        match self {
            Self::Length { .. } => "voxels.length".into(),
            Self::Invalid { .. } => "voxels.invalid".into(),
            _ => "voxels.refused".into(),
        }
    }
}

/// Errors that are known by their room alone.
macro_rules! rooms {
    ($($error:ty => $code:literal,)+) => {$(
        impl Refusing for $error {
            fn code(&self) -> String {
                $code.into()
            }
        }
    )+};
}

rooms! {
    EquivalentError => "quantity.equivalent",
    CourseError => "course",
    PhaseError => "course.phase",
    DateError => "date",
    DailyPatternError => "fractionation.day",
    FinalSlopeError => "model.final_slope",
    ModelError => "model",
    ParametersError => "model.parameters",
    SolveError => "model.target",
    PatientError => "patient",
    CapecitabineError => "capecitabine",
}

/// For what cannot happen unless the library and this module disagree.
pub(crate) fn defect(what: &str) -> PyErr {
    PyRuntimeError::new_err(format!("defect of chemorad, please report it: {what}"))
}
