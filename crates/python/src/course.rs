//! A course to several volumes.

use chemorad::radiobiology::{DoseSeries, LinearQuadratic};
use chemorad::radiotherapy::{Course, Fractionation, Phase, Volume, VolumePrescription};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::equivalent::{PyBed, PyEqd};
use crate::error::{OrRefuse as _, refusal};
use crate::quantity::{PyDose, alpha_beta};
use crate::read::{Text, value};
use crate::schedule::{PyFractionation, PyFractionations};

/// A course to several volumes: in a phase every listed volume gets every fraction, and a volume inside
/// another gets the other's dose too (the tumour bed lies inside the pelvic field).
///
/// >>> from chemorad import Course
/// >>> course = Course(
/// ...     {"pelvis": {"pelvis": "45Gy/25"}, "boost": {"tumour bed": "5.4Gy/3"}},
/// ...     inside={"tumour bed": "pelvis"})
/// >>> course.dose("tumour bed"), course.dose("pelvis")
/// (AbsorbedDose('50.4 Gy'), AbsorbedDose('45 Gy'))
/// >>> course.bed("tumour bed", alpha_beta="10Gy").gray
/// 59.472
#[pyclass(frozen, module = "chemorad", name = "Course")]
pub(crate) struct PyCourse {
    course: Course,
    phases: Py<PyDict>,
    inside: Py<PyDict>,
}

impl PyCourse {
    /// What a volume gets, phase by phase.
    fn series_of(&self, volume: &str) -> PyResult<Vec<Fractionation>> {
        let phases = self.course.phases().iter();
        let got = phases.filter_map(|phase| self.course.fractionation_of(volume, phase));
        let got: Vec<Fractionation> = got.collect();
        if got.is_empty() {
            let names = self.volumes();
            return Err(refusal(
                &format!("the course gives nothing to a volume {volume:?}"),
                "course.volume",
                &names,
            ));
        }
        Ok(got)
    }
}

#[pymethods]
impl PyCourse {
    #[new]
    #[pyo3(signature = (phases, /, *, inside = None))]
    fn new(
        py: Python<'_>,
        phases: &Bound<'_, PyDict>,
        inside: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let inside = match inside {
            Some(inside) => inside.copy()?,
            None => PyDict::new(py),
        };
        let mut volumes: Vec<Volume> = Vec::new();
        let mut declare = |name: &str, inside: Option<String>| {
            if !volumes.iter().any(|volume| volume.name.as_str() == name) {
                volumes.push(Volume {
                    name: name.to_string().into(),
                    inside: inside.map(Into::into),
                });
            }
        };
        for (name, enclosing) in inside.iter() {
            declare(
                &name.extract::<Text>()?.0,
                Some(enclosing.extract::<Text>()?.0),
            );
        }
        for enclosing in inside.values() {
            declare(&enclosing.extract::<Text>()?.0, None);
        }
        let mut listed = Vec::new();
        for (name, volumes) in phases.iter() {
            let mut prescriptions = Vec::new();
            for (volume, fractionation) in volumes.cast::<PyDict>()?.iter() {
                let Text(volume) = volume.extract()?;
                declare(&volume, None);
                let fractionation = match fractionation.cast::<PyFractionation>() {
                    Ok(given) => given.get().0,
                    Err(_) => value(&fractionation, "a fractionation", "45Gy/25")?,
                };
                prescriptions.push(VolumePrescription {
                    volume: volume.into(),
                    fractionation,
                });
            }
            listed.push(Phase::new(name.extract::<Text>()?.0, prescriptions).or_refuse()?);
        }
        Ok(Self {
            course: Course::new(volumes, listed).or_refuse()?,
            phases: phases.copy()?.unbind(),
            inside: inside.unbind(),
        })
    }

    /// The names of the volumes.
    #[getter]
    fn volumes(&self) -> Vec<String> {
        let volumes = self.course.volumes().iter();
        volumes.map(|volume| volume.name.to_string()).collect()
    }

    /// The number of fractions of all phases.
    #[getter]
    fn fractions(&self) -> u32 {
        self.course.fractions()
    }

    /// The dose of a volume over all phases that cover it.
    #[pyo3(signature = (volume, /))]
    fn dose(&self, volume: Text) -> PyResult<PyDose> {
        Ok(PyDose(self.series(&volume.0)?.1.dose()))
    }

    /// What a volume gets, phase by phase.
    #[pyo3(signature = (volume, /))]
    fn fractionations(&self, volume: Text) -> PyResult<Option<PyFractionations>> {
        let got = chemorad::radiotherapy::Fractionations::new(self.series_of(&volume.0)?);
        Ok(got.map(PyFractionations))
    }

    /// The BED of a volume, as `chemorad.bed` calculates it.
    #[pyo3(signature = (volume, /, *, alpha_beta))]
    fn bed(&self, volume: Text, alpha_beta: &Bound<'_, PyAny>) -> PyResult<PyBed> {
        let model = LinearQuadratic::new(self::alpha_beta(alpha_beta)?);
        let (got, series) = self.series(&volume.0)?;
        Ok(PyBed::calculated(model.bed_of(&series), got))
    }

    /// The EQD2 of a volume, as `chemorad.eqd2` calculates it.
    #[pyo3(signature = (volume, /, *, alpha_beta))]
    fn eqd2(&self, volume: Text, alpha_beta: &Bound<'_, PyAny>) -> PyResult<PyEqd> {
        let model = LinearQuadratic::new(self::alpha_beta(alpha_beta)?);
        let (got, series) = self.series(&volume.0)?;
        Ok(PyEqd::calculated(model.eqd2_of(&series), got))
    }

    fn __getnewargs_ex__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<((Bound<'py, PyDict>,), Bound<'py, PyDict>)> {
        let named = PyDict::new(py);
        named.set_item("inside", self.inside.bind(py))?;
        Ok(((self.phases.bind(py).clone(),), named))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        let other = other.cast::<Self>();
        other.is_ok_and(|other| other.get().course == self.course)
    }

    fn __hash__(&self) -> u64 {
        use std::hash::{DefaultHasher, Hash as _, Hasher as _};
        let mut hasher = DefaultHasher::new();
        self.volumes().hash(&mut hasher);
        self.fractions().hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        let phases = self.course.phases().iter();
        let names: Vec<String> = phases.map(|phase| phase.name().to_string()).collect();
        format!("<Course {}>", names.join(", "))
    }
}

impl PyCourse {
    fn series(&self, volume: &str) -> PyResult<(Vec<Fractionation>, DoseSeries)> {
        let got = self.series_of(volume)?;
        let series = crate::schedule::series(&got)?;
        Ok((got, series))
    }
}
