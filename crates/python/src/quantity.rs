//! Absorbed dose and α/β.

use chemorad::quantity::{AbsorbedDose, AlphaBeta};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyInt};

use crate::error::{OrRefuse as _, refusal};
use crate::read::{Number, shown, type_name, value, wrong_type};

/// An absorbed dose, exact to the microgray: more than 0 and at most 1000 Gy.
///
/// Doses add to doses; to a BED or an EQD they do not.
///
/// >>> from chemorad import AbsorbedDose, Gy
/// >>> AbsorbedDose("4500 cGy") == Gy(45)
/// True
/// >>> Gy(45) + Gy(5.4)
/// AbsorbedDose('50.4 Gy')
#[pyclass(frozen, eq, ord, hash, module = "chemorad", name = "AbsorbedDose")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PyDose(pub(crate) AbsorbedDose);

#[pymethods]
impl PyDose {
    #[classattr]
    const __match_args__: (&str,) = ("gray",);

    #[new]
    #[pyo3(signature = (text, /))]
    fn new(text: &Bound<'_, PyAny>) -> PyResult<Self> {
        value(text, "a dose", "45 Gy").map(Self)
    }

    /// In gray, correctly rounded.
    #[getter]
    fn gray(&self) -> f64 {
        self.0.gray()
    }

    /// In whole micrograys: the exact value.
    #[getter]
    fn micrograys(&self) -> u64 {
        self.0.micrograys()
    }

    fn __add__(&self, other: &Bound<'_, PyAny>) -> PyResult<Self> {
        let Ok(other) = other.cast::<Self>() else {
            return Err(mixed(&self.0.to_string(), "an absorbed dose", other));
        };
        let sum = self.0.checked_add(other.get().0).ok_or_else(|| {
            let text = format!(
                "{} and {} are more than 1000 Gy: check the unit",
                self.0,
                other.get().0
            );
            refusal(&text, "quantity.above_maximum", &[])
        })?;
        Ok(Self(sum))
    }

    fn __radd__(&self, other: &Bound<'_, PyAny>) -> PyResult<Self> {
        self.__add__(other)
    }

    fn __getnewargs__(&self) -> (String,) {
        (self.0.to_string(),)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        shown("AbsorbedDose", self.0)
    }
}

/// A dose of so many gray. A decimal of at most six places is taken as it is written.
///
/// >>> import chemorad
/// >>> chemorad.Gy(1.8)
/// AbsorbedDose('1.8 Gy')
#[pyfunction]
#[pyo3(name = "Gy", signature = (gray, /))]
pub(crate) fn in_gray(gray: Number) -> PyResult<PyDose> {
    AbsorbedDose::from_gray(gray.0).or_refuse().map(PyDose)
}

/// The tissue parameter α/β in gray, for a named endpoint; there is no default.
///
/// >>> import chemorad
/// >>> chemorad.AlphaBeta("10 Gy").gray
/// 10.0
#[pyclass(frozen, eq, ord, hash, module = "chemorad", name = "AlphaBeta")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PyAlphaBeta(pub(crate) AlphaBeta);

#[pymethods]
impl PyAlphaBeta {
    #[classattr]
    const __match_args__: (&str,) = ("gray",);

    #[new]
    #[pyo3(signature = (text, /))]
    fn new(text: &Bound<'_, PyAny>) -> PyResult<Self> {
        value(text, "alpha_beta", "10 Gy").map(Self)
    }

    /// In gray, correctly rounded.
    #[getter]
    fn gray(&self) -> f64 {
        self.0.gray()
    }

    fn __getnewargs__(&self) -> (String,) {
        (self.0.to_string(),)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        shown("AlphaBeta", self.0)
    }
}

/// A dose from text or from a dose.
pub(crate) fn dose(given: &Bound<'_, PyAny>, name: &str, example: &str) -> PyResult<AbsorbedDose> {
    if let Ok(dose) = given.cast::<PyDose>() {
        return Ok(dose.get().0);
    }
    if matches!(type_name(given).as_str(), "Bed" | "Eqd") {
        return Err(PyTypeError::new_err(format!(
            "{name} is an absorbed dose, and {} is none",
            given.str()?
        )));
    }
    value(given, name, example)
}

/// An α/β from text or from an α/β.
pub(crate) fn alpha_beta(given: &Bound<'_, PyAny>) -> PyResult<AlphaBeta> {
    if let Ok(ratio) = given.cast::<PyAlphaBeta>() {
        return Ok(ratio.get().0);
    }
    if given.is_instance_of::<PyDose>() {
        return Err(wrong_type(given, "alpha_beta", "10 Gy"));
    }
    value(given, "alpha_beta", "10 Gy")
}

/// Why two things do not add.
pub(crate) fn mixed(left: &str, kind: &str, right: &Bound<'_, PyAny>) -> PyErr {
    if right.is_instance_of::<PyInt>() || right.is_instance_of::<PyFloat>() {
        return PyTypeError::new_err(format!(
            "{left} is {kind} and the number {} has no unit: write it with one, such as Gy(5.4); \
             a sum of doses is sum(doses[1:], doses[0])",
            right
                .str()
                .map_or_else(|_| String::new(), |text| text.to_string())
        ));
    }
    let other = match type_name(right).as_str() {
        "AbsorbedDose" => "an absorbed dose",
        "Bed" => "a BED",
        "Eqd" => "an EQD",
        other => {
            return PyTypeError::new_err(format!(
                "{left} is {kind}, and nothing of the type {other} adds to it"
            ));
        }
    };
    PyTypeError::new_err(format!(
        "{left} is {kind} and {} is {other}: they do not add. Calculate both as one kind, at one \
         alpha/beta, from their fractionations",
        right
            .str()
            .map_or_else(|_| String::new(), |text| text.to_string())
    ))
}
