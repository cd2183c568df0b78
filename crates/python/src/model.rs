//! The effect model with its optional parts, its effect, and its inverses.

use chemorad::quantity::{Bed, Eqd};
use std::error::Error;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::str::FromStr;

use chemorad::radiobiology::{Effect, ModelParameters, TWO_GRAY, Target, Treatment};
use chemorad::radiotherapy::Fractionation;
use chemorad::report::Finding;
use chemorad_render::Document;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::derivation::{PyDerivation, PyFinding, derivations, findings};
use crate::equivalent::{PyBed, PyEqd};
use crate::error::OrRefuse as _;
use crate::quantity::{PyAlphaBeta, alpha_beta, dose};
use crate::read::{Text, Whole, optional, value, whole_text};
use crate::schedule::{count, course_findings, joined, phases};
use crate::solution::{PyDoseSolution, PyFractionsSolution};
use crate::times::{Model, Times, asked_again};

/// The linear-quadratic model with repopulation, incomplete repair or a linear tail, each where its
/// parameters are given; none has a default. Texts with units: `alpha_beta="10 Gy"`, `kick_off="28 d"`,
/// `loss_per_day="0.66 Gy/d"`, or `alpha="0.35/Gy"` with `doubling_time="3 d"`, or
/// `eqd2_loss_per_day="0.7 Gy/d"`, `repair_half_time="1.5 h"`, `linear_above="4 Gy"` with
/// `final_slope="5"`; `endpoint=`, `repopulation_record=` and `repair_record=` name published records.
///
/// `BED = n d (g + ...)`: the terms of an `Effect` show the formula with its numbers and sources.
///
/// >>> import chemorad
/// >>> tumour = chemorad.EffectModel(alpha_beta="10Gy", loss_per_day="0.66Gy/d", kick_off="28d")
/// >>> effect = tumour.effect("50.4Gy/28", overall_days=38)
/// >>> round(effect.bed.gray, 3), round(effect.bed_lost_gray, 3)
/// (52.872, 6.6)
/// >>> tumour.effect("50.4Gy/28")
/// Traceback (most recent call last):
/// chemorad._error.ChemoradError: repopulation needs the overall treatment time: give dates, or a number of days; it does not follow from the number of fractions
#[pyclass(frozen, eq, module = "chemorad", name = "EffectModel")]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PyEffectModel(Model);

#[pymethods]
impl PyEffectModel {
    #[new]
    #[pyo3(signature = (*, alpha_beta = None, endpoint = None, kick_off = None, loss_per_day = None,
        alpha = None, doubling_time = None, eqd2_loss_per_day = None, repair_half_time = None,
        linear_above = None, final_slope = None, repopulation_record = None, repair_record = None))]
    #[allow(clippy::too_many_arguments, reason = "each is named at every call")]
    fn new(
        alpha_beta: Option<&Bound<'_, PyAny>>,
        endpoint: Option<Text>,
        kick_off: Option<&Bound<'_, PyAny>>,
        loss_per_day: Option<&Bound<'_, PyAny>>,
        alpha: Option<&Bound<'_, PyAny>>,
        doubling_time: Option<&Bound<'_, PyAny>>,
        eqd2_loss_per_day: Option<&Bound<'_, PyAny>>,
        repair_half_time: Option<&Bound<'_, PyAny>>,
        linear_above: Option<&Bound<'_, PyAny>>,
        final_slope: Option<&Bound<'_, PyAny>>,
        repopulation_record: Option<Text>,
        repair_record: Option<Text>,
    ) -> PyResult<Self> {
        let parameters = ModelParameters {
            alpha_beta: alpha_beta.map(self::alpha_beta).transpose()?,
            endpoint: endpoint.map(|Text(name)| name),
            kick_off: optional(kick_off, "kick_off", "28 d")?,
            loss_per_day: per_day(loss_per_day, "loss_per_day", "0.66 Gy/d")?,
            alpha: optional(alpha, "alpha", "0.35/Gy")?,
            doubling_time: optional(doubling_time, "doubling_time", "3 d")?,
            eqd2_loss_per_day: per_day(eqd2_loss_per_day, "eqd2_loss_per_day", "0.7 Gy/d")?,
            repair_half_time: optional(repair_half_time, "repair_half_time", "1.5 h")?,
            linear_above: linear_above
                .map(|above| dose(above, "linear_above", "4 Gy"))
                .transpose()?,
            final_slope: optional(final_slope, "final_slope", "5")?,
            repopulation_record: repopulation_record.map(|Text(name)| name),
            repair_record: repair_record.map(|Text(name)| name),
        };
        let model = parameters.model().or_refuse()?;
        Ok(Self(Model { parameters, model }))
    }

    /// Its α/β.
    #[getter]
    fn alpha_beta(&self) -> PyAlphaBeta {
        PyAlphaBeta(self.0.model.alpha_beta())
    }

    /// The effect of a course. With repopulation `overall_days` is needed, the days from the first
    /// fraction to the last; with several fractions a day, `fractions_per_day` and the `interval` between
    /// them in hours.
    #[pyo3(
        signature = (course, /, *, overall_days = None, fractions_per_day = Whole(1), interval = None),
        text_signature = "($self, course, /, *, overall_days=None, fractions_per_day=1, interval=None)"
    )]
    fn effect(
        &self,
        course: &Bound<'_, PyAny>,
        overall_days: Option<Whole>,
        fractions_per_day: Whole,
        interval: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<PyEffect> {
        let phases = phases(course)?;
        let times = Times::new(overall_days, fractions_per_day, interval)?;
        let mut treatment = Treatment::from_fractionations(&phases).or_refuse()?;
        treatment = treatment.per_day(times.pattern);
        if let Some(time) = times.overall() {
            treatment = treatment.with_time(time);
        }
        let effect = self.0.model.effect(&treatment).or_refuse()?;
        Ok(PyEffect {
            model: self.0.clone(),
            phases,
            times,
            effect,
        })
    }

    /// The dose per fraction that reaches a target in so many fractions:
    /// `d = 2c/(α/β + sqrt((α/β)² + 4 g c))`. The target is a `Bed`, an `Eqd` or its text.
    #[pyo3(
        signature = (target, /, *, fractions, overall_days = None, fractions_per_day = Whole(1),
            interval = None),
        text_signature = "($self, target, /, *, fractions, overall_days=None, fractions_per_day=1, interval=None)"
    )]
    fn dose_per_fraction_for(
        &self,
        target: &Bound<'_, PyAny>,
        fractions: Whole,
        overall_days: Option<Whole>,
        fractions_per_day: Whole,
        interval: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<PyDoseSolution> {
        let target = self::target(target)?;
        let fractions = count(fractions)?;
        let times = Times::new(overall_days, fractions_per_day, interval)?;
        let pattern = times.pattern;
        let solution =
            self.0
                .model
                .dose_per_fraction_for(target, fractions, pattern, times.overall());
        Ok(PyDoseSolution {
            solution: solution.or_refuse()?,
            model: self.0.clone(),
            target,
            times,
        })
    }

    /// The number of fractions of a dose that reaches a target: `n = target (α/β)/(d (d + α/β))` in the
    /// plain model. The target is a `Bed`, an `Eqd` or its text.
    #[pyo3(
        signature = (target, /, *, dose_per_fraction, overall_days = None, fractions_per_day = Whole(1),
            interval = None),
        text_signature = "($self, target, /, *, dose_per_fraction, overall_days=None, fractions_per_day=1, interval=None)"
    )]
    fn fractions_for(
        &self,
        target: &Bound<'_, PyAny>,
        dose_per_fraction: &Bound<'_, PyAny>,
        overall_days: Option<Whole>,
        fractions_per_day: Whole,
        interval: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<PyFractionsSolution> {
        let target = self::target(target)?;
        let each = dose(dose_per_fraction, "dose_per_fraction", "1.8 Gy")?;
        let times = Times::new(overall_days, fractions_per_day, interval)?;
        let pattern = times.pattern;
        let solution = self
            .0
            .model
            .fractions_for(target, each, pattern, times.overall());
        Ok(PyFractionsSolution {
            solution: solution.or_refuse()?,
            model: self.0.clone(),
            target,
            times,
        })
    }

    /// The longest overall time, in days, in which a course still reaches a target; `None` without
    /// repopulation.
    #[pyo3(signature = (target, /, *, course))]
    fn longest_days_for(
        &self,
        target: &Bound<'_, PyAny>,
        course: &Bound<'_, PyAny>,
    ) -> PyResult<Option<f64>> {
        let treatment = Treatment::from_fractionations(&phases(course)?).or_refuse()?;
        let target = self::target(target)?;
        self.0
            .model
            .longest_time_for(target, &treatment)
            .or_refuse()
    }

    /// What it was made from, as texts by name.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.0.to_dict(py)
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<((), Bound<'py, PyDict>)> {
        Ok(((), self.to_dict(py)?))
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.0.parameters.in_words().hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        format!("<EffectModel {}>", self.0.parameters.in_words())
    }
}

/// A loss per day, whose name says the day already: `0.66 Gy` as the command takes it, or `0.66 Gy/d`.
fn per_day<T>(given: Option<&Bound<'_, PyAny>>, name: &str, example: &str) -> PyResult<Option<T>>
where
    T: FromStr<Err: Error + 'static>,
{
    let text = given.and_then(|given| given.cast::<PyString>().ok());
    if let Some(text) = text {
        let text = whole_text(text, name)?.trim_end();
        if text.ends_with("Gy") {
            return format!("{text}/d").parse().or_refuse().map(Some);
        }
    }
    optional(given, name, example)
}

/// A BED or an EQD that is to be reached.
fn target(given: &Bound<'_, PyAny>) -> PyResult<Target> {
    if let Ok(bed) = given.cast::<PyBed>() {
        return Ok(bed.get().value.into());
    }
    if let Ok(eqd) = given.cast::<PyEqd>() {
        return Ok(eqd.get().value.into());
    }
    let example = "60 Gy EQD2Gy(a/b = 3)";
    if let Ok(bed) = value::<Bed>(given, "the target", example) {
        return Ok(bed.into());
    }
    value::<Eqd>(given, "the target", example).map(Into::into)
}

/// What a course does in a model: BED, EQD, terms, findings, and how they were reached.
///
/// Two are equal where model, course and time are.
#[pyclass(frozen, eq, module = "chemorad", name = "Effect")]
#[derive(PartialEq)]
pub(crate) struct PyEffect {
    model: Model,
    phases: Vec<Fractionation>,
    times: Times,
    effect: Effect,
}

impl PyEffect {
    fn said(&self) -> Vec<Finding> {
        let mut said = course_findings(&self.phases, self.effect.model().alpha_beta());
        said.extend(self.effect.findings());
        said
    }
}

#[pymethods]
impl PyEffect {
    /// The BED.
    #[getter]
    fn bed(&self) -> PyBed {
        PyBed::stated(self.effect.bed())
    }

    /// The EQD in 2-Gy fractions.
    #[getter]
    fn eqd2(&self) -> PyResult<PyEqd> {
        let eqd = self.effect.eqd(TWO_GRAY);
        eqd.or_refuse().map(PyEqd::stated)
    }

    /// The EQD in fractions of `reference`.
    #[pyo3(signature = (*, reference))]
    fn eqd(&self, reference: &Bound<'_, PyAny>) -> PyResult<PyEqd> {
        let eqd = self.effect.eqd(dose(reference, "reference", "2 Gy")?);
        eqd.or_refuse().map(PyEqd::stated)
    }

    /// What time takes of the BED, gray.
    #[getter]
    fn bed_lost_gray(&self) -> f64 {
        self.effect.bed_lost()
    }

    /// The terms of the BED: name, gray, formula with its numbers, source.
    #[getter]
    fn terms(&self) -> Vec<(&'static str, f64, String, &'static str)> {
        let terms = self.effect.terms().into_iter();
        terms
            .map(|term| (term.kind.name(), term.gray, term.formula, term.source))
            .collect()
    }

    /// What there is to know of it.
    #[getter]
    fn findings(&self) -> Vec<PyFinding> {
        findings(&self.said())
    }

    /// How it was reached.
    #[getter]
    fn derivations(&self) -> Vec<PyDerivation> {
        derivations(self.effect.derive("the course", TWO_GRAY))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let course = joined(&self.phases);
        asked_again(py, &self.model, "effect", &course, self.times.to_dict(py)?)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.phases.hash(&mut hasher);
        self.effect.bed().gray().to_bits().hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        format!("<Effect {} of {}>", self.effect.bed(), joined(&self.phases))
    }

    /// What a notebook shows.
    fn _repr_html_(&self) -> String {
        let mut page = Document::new("Effect of a course");
        let mut pairs = vec![
            ("course", joined(&self.phases)),
            ("BED", self.effect.bed().to_string()),
        ];
        if let Ok(eqd) = self.effect.eqd(TWO_GRAY) {
            pairs.push(("EQD2", eqd.to_string()));
        }
        page.pairs(&pairs);
        page.findings(&self.said());
        page.work(&self.effect.derive("the course", TWO_GRAY));
        page.to_fragment()
    }
}
