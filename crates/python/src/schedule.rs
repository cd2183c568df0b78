//! Fractionations, and the phases of a course to one volume.

use chemorad::quantity::AlphaBeta;
use chemorad::radiobiology::{
    DoseSeries, ModelError, Treatment, alpha_beta_caution, cautions, same_number_caution,
    total_caution,
};
use chemorad::radiotherapy::{DailyPattern, FractionCount, Fractionation, Fractionations};
use chemorad::report::{Finding, Subject};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString, PyTuple};

use crate::error::{OrRefuse as _, refusal};
use crate::quantity::PyDose;
use crate::read::{Whole, shown, value, whole_text, wrong_type};

/// n fractions with total D, or d each; D is n times d exactly.
///
/// >>> from chemorad import Fractionation, Gy
/// >>> pelvis = Fractionation("45Gy/25")
/// >>> pelvis == Fractionation(dose=Gy(45), fractions=25)
/// True
/// >>> pelvis.gray_per_fraction
/// 1.8
/// >>> Fractionation("45 Gy in 25 x 2 Gy")
/// Traceback (most recent call last):
/// chemorad._error.ChemoradError: 25 x 2 Gy is 50 Gy, not 45 Gy: correct one of the three, or give only two
#[pyclass(frozen, eq, hash, module = "chemorad", name = "Fractionation")]
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PyFractionation(pub(crate) Fractionation);

#[pymethods]
impl PyFractionation {
    #[classattr]
    const __match_args__: (&str, &str) = ("fractions", "dose");

    #[new]
    #[pyo3(signature = (text = None, /, *, dose = None, fractions = None, dose_per_fraction = None))]
    fn new(
        text: Option<&Bound<'_, PyAny>>,
        dose: Option<&Bound<'_, PyAny>>,
        fractions: Option<Whole>,
        dose_per_fraction: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let of = |given: Option<&Bound<'_, PyAny>>, name: &str, example: &str| {
            given
                .map(|given| crate::quantity::dose(given, name, example))
                .transpose()
        };
        let fractions = fractions.map(|Whole(fractions)| fractions);
        let total = of(dose, "dose", "45 Gy")?;
        let each = of(dose_per_fraction, "dose_per_fraction", "1.8 Gy")?;
        match (text, total, fractions, each) {
            (Some(text), None, None, None) => value(text, "a fractionation", "45Gy/25").map(Self),
            (None, Some(total), Some(fractions), Some(each)) => {
                Fractionation::new(total, fractions, each)
                    .or_refuse()
                    .map(Self)
            }
            (None, Some(total), Some(fractions), None) => {
                let fractions = FractionCount::new(fractions).or_refuse()?;
                Ok(Self(Fractionation::from_total(total, fractions)))
            }
            (None, None, Some(fractions), Some(each)) => {
                let fractions = FractionCount::new(fractions).or_refuse()?;
                let made = Fractionation::from_dose_per_fraction(each, fractions);
                made.or_refuse().map(Self)
            }
            (None, Some(total), None, Some(each)) => {
                let made = Fractionation::from_total_and_dose_per_fraction(total, each);
                made.or_refuse().map(Self)
            }
            _ => Err(PyTypeError::new_err(
                "a fractionation is a text such as \"45Gy/25\", or two or all of dose, fractions and \
                 dose_per_fraction",
            )),
        }
    }

    /// n.
    #[getter]
    fn fractions(&self) -> u32 {
        self.0.fractions().get()
    }

    /// D.
    #[getter]
    fn dose(&self) -> PyDose {
        PyDose(self.0.total())
    }

    /// d, or `None` where D/n is not a whole number of micrograys (50 Gy in 30).
    #[getter]
    fn dose_per_fraction(&self) -> Option<PyDose> {
        self.0.dose_per_fraction().map(PyDose)
    }

    /// d in gray, correctly rounded.
    #[getter]
    fn gray_per_fraction(&self) -> f64 {
        self.0.gray_per_fraction()
    }

    fn __getnewargs__(&self) -> (String,) {
        (self.0.to_string(),)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        shown("Fractionation", self.0)
    }
}

/// The phases of a course to one volume, in order.
///
/// >>> from chemorad import Fractionations
/// >>> course = Fractionations("45Gy/25+5.4Gy/3")
/// >>> len(course), course.fractions, course.dose
/// (2, 28, AbsorbedDose('50.4 Gy'))
#[pyclass(frozen, eq, hash, module = "chemorad", name = "Fractionations")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct PyFractionations(pub(crate) Fractionations);

#[pymethods]
impl PyFractionations {
    #[new]
    #[pyo3(signature = (course, /))]
    fn new(course: &Bound<'_, PyAny>) -> PyResult<Self> {
        let phases = Fractionations::new(phases(course)?);
        phases
            .map(Self)
            .ok_or_else(|| wrong_type(course, "course", "45Gy/25+5.4Gy/3"))
    }

    /// The phases.
    #[getter]
    fn phases(&self) -> Vec<PyFractionation> {
        self.0.iter().map(PyFractionation).collect()
    }

    /// The number of fractions of all phases.
    #[getter]
    fn fractions(&self) -> u32 {
        self.0.fractions()
    }

    /// The dose of all phases.
    #[getter]
    fn dose(&self) -> PyResult<PyDose> {
        let phases: Vec<Fractionation> = self.0.iter().collect();
        Ok(PyDose(series(&phases)?.dose()))
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyTuple::new(py, self.phases())?.try_iter()?.into_any())
    }

    fn __getnewargs__(&self) -> (String,) {
        (self.0.to_string(),)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        shown("Fractionations", &self.0)
    }
}

/// A course from text, a fractionation, phases, or a list of them.
pub(crate) fn phases(given: &Bound<'_, PyAny>) -> PyResult<Vec<Fractionation>> {
    if let Ok(text) = given.cast::<PyString>() {
        let course: Fractionations = whole_text(text, "the course")?.parse().or_refuse()?;
        return Ok(course.into_vec());
    }
    if let Ok(phase) = given.cast::<PyFractionation>() {
        return Ok(vec![phase.get().0]);
    }
    if let Ok(course) = given.cast::<PyFractionations>() {
        return Ok(course.get().0.iter().collect());
    }
    if given.is_instance_of::<PyList>() || given.is_instance_of::<PyTuple>() {
        let mut all = Vec::new();
        for part in given.try_iter()? {
            all.extend(phases(&part?)?);
        }
        return Ok(all);
    }
    Err(wrong_type(given, "course", "45Gy/25+5.4Gy/3"))
}

/// Phases as one text, which reads back to them.
pub(crate) fn joined(phases: &[Fractionation]) -> String {
    let texts: Vec<String> = phases.iter().map(ToString::to_string).collect();
    texts.join(" + ")
}

/// A number of fractions: 1 to 200.
pub(crate) fn count(Whole(fractions): Whole) -> PyResult<FractionCount> {
    FractionCount::new(fractions).or_refuse()
}

/// The doses of the phases, as one series.
pub(crate) fn series(phases: &[Fractionation]) -> PyResult<DoseSeries> {
    DoseSeries::from_fractionations(phases)
        .ok_or_else(|| {
            let refused = Treatment::from_fractionations(phases).err();
            refused.unwrap_or(ModelError::TooManyPhases)
        })
        .or_refuse()
}

/// What a reader must know of doses and α/β.
pub(crate) fn course_findings(phases: &[Fractionation], ratio: AlphaBeta) -> Vec<Finding> {
    let mut said = Vec::new();
    for (&phase, number) in phases.iter().zip(1..) {
        said.extend(cautions(&format!("phase {number}"), phase));
    }
    said.extend(same_number_caution(phases));
    said.extend(total_caution("the course", phases));
    said.extend(alpha_beta_caution(Subject::input("alpha/beta"), ratio));
    said
}

/// The fractions of a treatment day.
pub(crate) fn pattern(
    Whole(fractions): Whole,
    interval: Option<&Bound<'_, PyAny>>,
) -> PyResult<DailyPattern> {
    match interval {
        None if fractions == 1 => Ok(DailyPattern::ONCE),
        None => Err(refusal(
            "several fractions a day need the interval between them, such as interval=\"6 h\"",
            "fractionation.day",
            &[],
        )),
        Some(interval) => {
            let interval = value(interval, "interval", "6 h")?;
            DailyPattern::equal(fractions, interval).or_refuse()
        }
    }
}
