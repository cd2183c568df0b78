//! How a number was reached, and what a check has to say.

use chemorad::report::{Derivation, Finding, Outcome};
use chemorad_render::Document;
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// One number, and how it was reached: formula, numbers put in, source.
///
/// >>> import chemorad
/// >>> step = chemorad.bed("45Gy/25", alpha_beta="10Gy").derivation
/// >>> step.substitution
/// '25 x 1.8 Gy x (1 + 1.8/10)'
/// >>> step.result
/// '53.1 Gy'
#[pyclass(frozen, eq, hash, module = "chemorad", name = "Derivation")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct PyDerivation {
    /// What was calculated.
    #[pyo3(get)]
    quantity: String,
    /// The formula in symbols.
    #[pyo3(get)]
    formula: String,
    /// The formula with the numbers put in.
    #[pyo3(get)]
    substitution: String,
    /// Values on the way.
    intermediate: Vec<String>,
    /// The result with its unit.
    #[pyo3(get)]
    result: String,
    /// Where the formula comes from.
    #[pyo3(get)]
    source: String,
}

impl From<Derivation> for PyDerivation {
    fn from(of: Derivation) -> Self {
        Self {
            quantity: of.quantity,
            formula: of.formula,
            substitution: of.substitution,
            intermediate: of.intermediate,
            result: of.result,
            source: of.source,
        }
    }
}

impl PyDerivation {
    fn derivation(&self) -> Derivation {
        let mut derivation = Derivation::new(
            &self.quantity,
            &self.formula,
            &self.substitution,
            &self.result,
            &self.source,
        );
        derivation.intermediate.clone_from(&self.intermediate);
        derivation
    }
}

#[pymethods]
impl PyDerivation {
    #[new]
    #[pyo3(signature = (*, quantity, formula, substitution, result, source, intermediate = Vec::new()))]
    fn new(
        quantity: String,
        formula: String,
        substitution: String,
        result: String,
        source: String,
        intermediate: Vec<String>,
    ) -> Self {
        Self {
            quantity,
            formula,
            substitution,
            intermediate,
            result,
            source,
        }
    }

    /// Values on the way, each as text.
    #[getter]
    fn intermediate(&self) -> Vec<String> {
        self.intermediate.clone()
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<((), Bound<'py, PyDict>)> {
        Ok(((), self.to_dict(py)?))
    }

    /// Its parts by name.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let parts = PyDict::new(py);
        parts.set_item("quantity", &self.quantity)?;
        parts.set_item("formula", &self.formula)?;
        parts.set_item("substitution", &self.substitution)?;
        parts.set_item("intermediate", &self.intermediate)?;
        parts.set_item("result", &self.result)?;
        parts.set_item("source", &self.source)?;
        Ok(parts)
    }

    fn __str__(&self) -> String {
        self.derivation().to_string()
    }

    fn __repr__(&self) -> String {
        format!("<Derivation {self_}>", self_ = self.derivation())
    }

    fn _repr_html_(&self) -> String {
        let mut page = Document::new(self.quantity.as_str());
        page.work(&[self.derivation()]);
        page.to_fragment()
    }
}

pub(crate) fn derivations(of: impl IntoIterator<Item = Derivation>) -> Vec<PyDerivation> {
    of.into_iter().map(PyDerivation::from).collect()
}

/// What a check or a calculation has to say: a code that `explain` explains, an outcome and words.
///
/// >>> import chemorad
/// >>> said = chemorad.bed("45Gy/25", alpha_beta="40Gy").findings
/// >>> [(finding.code, finding.outcome) for finding in said]
/// [('model.alpha_beta_unusual', 'warn')]
#[pyclass(frozen, eq, hash, module = "chemorad", name = "Finding")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct PyFinding {
    /// The code.
    #[pyo3(get)]
    code: String,
    /// `pass`, `warn`, `fail`, `cannot_tell` or `not_applicable`.
    #[pyo3(get)]
    outcome: String,
    /// What it is about.
    #[pyo3(get)]
    at: String,
    /// What was found and what to do.
    #[pyo3(get)]
    message: String,
}

#[pymethods]
impl PyFinding {
    #[new]
    #[pyo3(signature = (*, code, outcome, at, message))]
    fn new(code: String, outcome: String, at: String, message: String) -> Self {
        Self {
            code,
            outcome,
            at,
            message,
        }
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<((), Bound<'py, PyDict>)> {
        Ok(((), self.to_dict(py)?))
    }

    /// Its parts by name.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let parts = PyDict::new(py);
        parts.set_item("code", &self.code)?;
        parts.set_item("outcome", &self.outcome)?;
        parts.set_item("at", &self.at)?;
        parts.set_item("message", &self.message)?;
        Ok(parts)
    }

    fn __str__(&self) -> String {
        format!(
            "{} {}: {}: {}",
            self.outcome, self.code, self.at, self.message
        )
    }

    fn __repr__(&self) -> String {
        format!("<Finding {}>", self.__str__())
    }
}

pub(crate) fn findings<'a>(of: impl IntoIterator<Item = &'a Finding>) -> Vec<PyFinding> {
    of.into_iter()
        .map(|finding| PyFinding {
            code: finding.code().into(),
            outcome: word(finding.outcome).into(),
            at: finding.at(),
            message: finding.message(),
        })
        .collect()
}

/// An outcome as it stands in JSON.
pub(crate) const fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Warn => "warn",
        Outcome::Fail => "fail",
        Outcome::CannotTell => "cannot_tell",
        Outcome::NotApplicable => "not_applicable",
    }
}
