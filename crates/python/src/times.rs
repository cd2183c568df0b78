//! A model, the times of a treatment as it is asked about them, and an answer asked for again.

use chemorad::radiobiology::{EffectModel, ModelParameters, TreatmentTime};
use chemorad::radiotherapy::DailyPattern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::error::refusal;
use crate::read::Whole;
use crate::schedule::pattern;

/// A model, with the parameters that it was made from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Model {
    pub(crate) parameters: ModelParameters,
    pub(crate) model: EffectModel,
}

impl Model {
    /// What it was made from, as texts by name.
    pub(crate) fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let of = &self.parameters;
        let parts = PyDict::new(py);
        let set = |name: &str, text: Option<String>| match text {
            Some(text) => parts.set_item(name, text),
            None => Ok(()),
        };
        set("alpha_beta", of.alpha_beta.map(|value| value.to_string()))?;
        set("endpoint", of.endpoint.clone())?;
        set("kick_off", of.kick_off.map(|value| value.to_string()))?;
        set(
            "loss_per_day",
            of.loss_per_day.map(|value| value.to_string()),
        )?;
        set("alpha", of.alpha.map(|value| value.to_string()))?;
        set(
            "doubling_time",
            of.doubling_time.map(|value| value.to_string()),
        )?;
        let lost = of.eqd2_loss_per_day.map(|value| value.to_string());
        set("eqd2_loss_per_day", lost)?;
        set(
            "repair_half_time",
            of.repair_half_time.map(|value| value.to_string()),
        )?;
        set(
            "linear_above",
            of.linear_above.map(|value| value.to_string()),
        )?;
        set("final_slope", of.final_slope.map(|value| value.to_string()))?;
        set("repopulation_record", of.repopulation_record.clone())?;
        set("repair_record", of.repair_record.clone())?;
        Ok(parts)
    }
}

/// Overall time and the fractions of a day, as they were given.
#[derive(Debug)]
pub(crate) struct Times {
    overall_days: Option<u32>,
    fractions_per_day: u32,
    interval: Option<String>,
    pub(crate) pattern: DailyPattern,
}

impl PartialEq for Times {
    fn eq(&self, other: &Self) -> bool {
        // one interval has several texts
        (self.overall_days, self.pattern) == (other.overall_days, other.pattern)
    }
}

impl Times {
    pub(crate) fn new(
        overall_days: Option<Whole>,
        fractions_per_day: Whole,
        interval: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        if matches!(overall_days, Some(Whole(0))) {
            let text = "overall_days is a whole number of days from 1, not 0: the day of the first fraction counts";
            return Err(refusal(text, "input.value", &[]));
        }
        let pattern = pattern(fractions_per_day, interval)?;
        let text = interval.map(PyAnyMethods::str).transpose()?;
        Ok(Self {
            overall_days: overall_days.map(|Whole(days)| days),
            fractions_per_day: fractions_per_day.0,
            interval: text.map(|text| text.to_string()),
            pattern,
        })
    }

    pub(crate) fn overall(&self) -> Option<TreatmentTime> {
        self.overall_days.map(TreatmentTime::stated)
    }

    /// The arguments that it was made from.
    pub(crate) fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let named = PyDict::new(py);
        named.set_item("overall_days", self.overall_days)?;
        named.set_item("fractions_per_day", self.fractions_per_day)?;
        named.set_item("interval", &self.interval)?;
        Ok(named)
    }
}

/// What `pickle` and `copy` make an answer of a model from: the model, asked the same again.
pub(crate) fn asked_again<'py>(
    py: Python<'py>,
    model: &Model,
    method: &str,
    about: &str,
    named: Bound<'py, PyDict>,
) -> PyResult<Bound<'py, PyTuple>> {
    let caller = py.import("operator")?.getattr("methodcaller")?;
    let call = caller.call((method, about), Some(&named))?;
    let made = py.import("chemorad")?.getattr("EffectModel")?;
    let model = made.call((), Some(&model.to_dict(py)?))?;
    PyTuple::new(py, [call, PyTuple::new(py, [model])?.into_any()])
}
