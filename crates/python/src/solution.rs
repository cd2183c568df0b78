//! What the inverses find, and what repair leaves between the fractions of a day.

use chemorad::radiobiology::{DoseSolution, FractionsSolution, Rounding, incomplete_repair};
use pyo3::prelude::*;

use crate::derivation::PyDerivation;
use crate::error::{OrRefuse as _, refusal};
use crate::quantity::dose;
use crate::read::{Whole, value};
use crate::schedule::{PyFractionation, pattern};

/// The dose per fraction that reaches a target.
///
/// >>> import chemorad
/// >>> model = chemorad.EffectModel(alpha_beta="3Gy")
/// >>> solution = model.dose_per_fraction_for("60 Gy EQD2Gy(a/b = 3)", fractions=18)
/// >>> round(solution.gray, 4)
/// 2.8493
/// >>> solution.rounded(step="0.01Gy", rounding="nearest")
/// Fractionation('51.3 Gy in 18 x 2.85 Gy')
#[pyclass(frozen, module = "chemorad", name = "DoseSolution")]
pub(crate) struct PyDoseSolution(pub(crate) DoseSolution);

#[pymethods]
impl PyDoseSolution {
    /// d in gray, not rounded to what can be given.
    #[getter]
    fn gray(&self) -> f64 {
        self.0.gray()
    }

    /// n.
    #[getter]
    fn fractions(&self) -> u32 {
        self.0.fractions().get()
    }

    /// How it was reached.
    #[getter]
    fn derivation(&self) -> PyDerivation {
        self.0.derivation().into()
    }

    /// The fractionation with d rounded to a multiple of `step`: `rounding` is `"nearest"`, `"down"` or
    /// `"up"`.
    #[pyo3(signature = (*, step, rounding))]
    fn rounded(&self, step: &Bound<'_, PyAny>, rounding: &str) -> PyResult<PyFractionation> {
        let rounded = self
            .0
            .rounded(dose(step, "step", "0.01 Gy")?, self::rounding(rounding)?);
        rounded.or_refuse().map(PyFractionation)
    }

    fn __repr__(&self) -> String {
        format!(
            "<DoseSolution {} Gy in {} fractions>",
            self.0.gray(),
            self.0.fractions()
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
#[pyclass(frozen, module = "chemorad", name = "FractionsSolution")]
pub(crate) struct PyFractionsSolution(pub(crate) FractionsSolution);

#[pymethods]
impl PyFractionsSolution {
    /// n, not rounded to a whole number.
    #[getter]
    fn exact(&self) -> f64 {
        self.0.exact()
    }

    /// How it was reached.
    #[getter]
    fn derivation(&self) -> PyDerivation {
        self.0.derivation().into()
    }

    /// The fractionation with n rounded to a whole number: `rounding` is `"nearest"`, `"down"` or `"up"`.
    #[pyo3(signature = (*, rounding))]
    fn rounded(&self, rounding: &str) -> PyResult<PyFractionation> {
        let rounded = self.0.rounded(self::rounding(rounding)?);
        rounded.or_refuse().map(PyFractionation)
    }

    fn __repr__(&self) -> String {
        format!(
            "<FractionsSolution {} x {}>",
            self.0.exact(),
            self.0.dose_per_fraction()
        )
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
