//! What the inverses find, and what repair leaves between the fractions of a day.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use chemorad::radiobiology::{
    DoseSolution, FractionsSolution, Rounding, Target, incomplete_repair,
};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::derivation::PyDerivation;
use crate::error::{OrRefuse as _, refusal};
use crate::quantity::{PyDose, dose};
use crate::read::{Text, Whole, value};
use crate::schedule::{PyFractionation, pattern};
use crate::times::{Model, Times, asked_again};

/// The dose per fraction that reaches a target.
///
/// >>> import chemorad
/// >>> model = chemorad.EffectModel(alpha_beta="3Gy")
/// >>> solution = model.dose_per_fraction_for("60 Gy EQD2Gy(a/b = 3)", fractions=18)
/// >>> round(solution.gray, 4)
/// 2.8493
/// >>> solution.rounded(step="0.01Gy", rounding="nearest")
/// Fractionation('51.3 Gy in 18 x 2.85 Gy')
#[pyclass(frozen, eq, module = "chemorad", name = "DoseSolution")]
#[derive(PartialEq)]
pub(crate) struct PyDoseSolution {
    pub(crate) solution: DoseSolution,
    pub(crate) model: Model,
    pub(crate) target: Target,
    pub(crate) times: Times,
}

#[pymethods]
impl PyDoseSolution {
    /// d in gray, not rounded to what can be given.
    #[getter]
    fn gray(&self) -> f64 {
        self.solution.gray()
    }

    /// n.
    #[getter]
    fn fractions(&self) -> u32 {
        self.solution.fractions().get()
    }

    /// How it was reached.
    #[getter]
    fn derivation(&self) -> PyDerivation {
        self.solution.derivation().into()
    }

    /// The fractionation with d rounded to a multiple of `step`: `rounding` is `"nearest"`, `"down"` or
    /// `"up"`.
    #[pyo3(signature = (*, step, rounding))]
    fn rounded(&self, step: &Bound<'_, PyAny>, rounding: Text) -> PyResult<PyFractionation> {
        let rounded = self
            .solution
            .rounded(dose(step, "step", "0.01 Gy")?, self::rounding(&rounding.0)?);
        rounded.or_refuse().map(PyFractionation)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let named = self.times.to_dict(py)?;
        named.set_item("fractions", self.fractions())?;
        let target = text(self.target);
        asked_again(py, &self.model, "dose_per_fraction_for", &target, named)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.gray().to_bits().hash(&mut hasher);
        self.fractions().hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        format!(
            "<DoseSolution {} Gy in {} fractions>",
            self.solution.gray(),
            self.solution.fractions()
        )
    }
}

/// The number of fractions that reaches a target.
///
/// >>> import chemorad
/// >>> model = chemorad.EffectModel(alpha_beta="4.6Gy")
/// >>> solution = model.fractions_for("50 Gy EQD2Gy(a/b = 4.6)", dose_per_fraction="2.67Gy")
/// >>> round(solution.exact, 3), solution.rounded(rounding="nearest").fractions
/// (17.001, 17)
#[pyclass(frozen, eq, module = "chemorad", name = "FractionsSolution")]
#[derive(PartialEq)]
pub(crate) struct PyFractionsSolution {
    pub(crate) solution: FractionsSolution,
    pub(crate) model: Model,
    pub(crate) target: Target,
    pub(crate) times: Times,
}

#[pymethods]
impl PyFractionsSolution {
    /// n, not rounded to a whole number.
    #[getter]
    fn exact(&self) -> f64 {
        self.solution.exact()
    }

    /// How it was reached.
    #[getter]
    fn derivation(&self) -> PyDerivation {
        self.solution.derivation().into()
    }

    /// The fractionation with n rounded to a whole number: `rounding` is `"nearest"`, `"down"` or `"up"`.
    #[pyo3(signature = (*, rounding))]
    fn rounded(&self, rounding: Text) -> PyResult<PyFractionation> {
        let rounded = self.solution.rounded(self::rounding(&rounding.0)?);
        rounded.or_refuse().map(PyFractionation)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let named = self.times.to_dict(py)?;
        let each = PyDose(self.solution.dose_per_fraction());
        named.set_item("dose_per_fraction", each)?;
        let target = text(self.target);
        asked_again(py, &self.model, "fractions_for", &target, named)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.exact().to_bits().hash(&mut hasher);
        self.solution.dose_per_fraction().hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        format!(
            "<FractionsSolution {} x {}>",
            self.solution.exact(),
            self.solution.dose_per_fraction()
        )
    }
}

/// A target as text, which reads back to it.
fn text(target: Target) -> String {
    match target {
        Target::Bed(bed) => bed.to_string(),
        Target::Eqd(eqd) => eqd.to_string(),
    }
}

fn rounding(given: &str) -> PyResult<Rounding> {
    match given {
        "nearest" => Ok(Rounding::Nearest),
        "down" => Ok(Rounding::Down),
        "up" => Ok(Rounding::Up),
        _ => Err(refusal(
            &format!("rounding {given:?} is not known: write nearest, down or up"),
            "model.rounding",
            &["nearest".into(), "down".into(), "up".into()],
        )),
    }
}

/// `H_m`, what fractions of one day add to one another by incomplete repair (Thames 1985, Int J Radiat
/// Biol 47:319-39): a number between 0 and m - 1.
///
/// >>> import chemorad
/// >>> round(chemorad.repair_factor(half_time="4.4h", fractions_per_day=2, interval="6h"), 2)
/// 0.39
#[pyfunction]
#[pyo3(signature = (*, half_time, fractions_per_day, interval))]
pub(crate) fn repair_factor(
    half_time: &Bound<'_, PyAny>,
    fractions_per_day: Whole,
    interval: &Bound<'_, PyAny>,
) -> PyResult<f64> {
    let half_time = value(half_time, "half_time", "1.5 h")?;
    Ok(incomplete_repair(
        half_time,
        pattern(fractions_per_day, Some(interval))?,
    ))
}
