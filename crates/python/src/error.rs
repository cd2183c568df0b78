//! Refusals: what the library says, as `chemorad.ChemoradError` with a code and what is accepted.

use std::error::Error;

use chemorad_cli::{accepted, refusal_code};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// Turns what the library refuses into the exception.
pub(crate) trait OrRefuse<T> {
    fn or_refuse(self) -> PyResult<T>;
}

impl<T, E: Error + 'static> OrRefuse<T> for Result<T, E> {
    fn or_refuse(self) -> PyResult<T> {
        self.map_err(|error| {
            let code = refusal_code(&error).map_or(NO_CODE, |code| code.name);
            refusal(&error.to_string(), code, &accepted(&error))
        })
    }
}

/// Of wrong input of no room.
pub(crate) const NO_CODE: &str = "input.value";

/// Of several reasons with codes of their own.
pub(crate) const SEVERAL: &str = "input.several";

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

/// For what cannot happen unless the library and this module disagree.
pub(crate) fn defect(what: &str) -> PyErr {
    PyRuntimeError::new_err(format!("defect of chemorad, please report it: {what}"))
}
