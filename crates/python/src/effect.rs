//! BED and EQDx of a course in the plain linear-quadratic model.

use chemorad::quantity::AbsorbedDose;
use chemorad::radiobiology::{LinearQuadratic, TWO_GRAY};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::equivalent::{PyBed, PyEqd};
use crate::quantity::{alpha_beta, dose};
use crate::read::Whole;
use crate::schedule::{phases, series};
use crate::voxels::{Invalid, Wanted, convert, is_array};

/// The biologically effective dose of a course: `n d (1 + d/(α/β))`, summed over its phases and rounded
/// once, Gy (Barendsen 1982, Int J Radiat Oncol Biol Phys 8:1981-97; Fowler 1989, Br J Radiol
/// 62:679-94).
///
/// The course is text, a `Fractionation`, a `Fractionations`, or a list of them. There is no default for
/// α/β. With repopulation, repair or a linear tail, use `EffectModel`.
///
/// >>> import chemorad
/// >>> chemorad.bed("45Gy/25+5.4Gy/3", alpha_beta="10Gy").gray
/// 59.472
/// >>> chemorad.bed("45Gy/25", alpha_beta=10)
/// Traceback (most recent call last):
/// chemorad._error.ChemoradError: alpha/beta ratio "10": the unit is missing; write the number with one of: Gy, cGy
#[pyfunction]
#[pyo3(signature = (course, /, *, alpha_beta))]
pub(crate) fn bed(course: &Bound<'_, PyAny>, alpha_beta: &Bound<'_, PyAny>) -> PyResult<PyBed> {
    let model = LinearQuadratic::new(self::alpha_beta(alpha_beta)?);
    let phases = phases(course)?;
    let bed = model.bed_of(&series(&phases)?);
    Ok(PyBed::calculated(bed, phases))
}

/// The equivalent dose of a course in fractions of `reference`: `D (d + α/β)/(x + α/β)`, summed over its
/// phases and rounded once, Gy (Fowler 2010, Br J Radiol 83:554-68).
///
/// >>> import chemorad
/// >>> chemorad.eqd("45Gy/25", alpha_beta="3Gy", reference="1.8Gy").gray
/// 45.0
#[pyfunction]
#[pyo3(signature = (course, /, *, alpha_beta, reference))]
pub(crate) fn eqd(
    course: &Bound<'_, PyAny>,
    alpha_beta: &Bound<'_, PyAny>,
    reference: &Bound<'_, PyAny>,
) -> PyResult<PyEqd> {
    of_course(course, alpha_beta, dose(reference, "reference", "2 Gy")?)
}

fn of_course(
    course: &Bound<'_, PyAny>,
    alpha_beta: &Bound<'_, PyAny>,
    reference: AbsorbedDose,
) -> PyResult<PyEqd> {
    let model = LinearQuadratic::new(self::alpha_beta(alpha_beta)?);
    let phases = phases(course)?;
    let eqd = model.eqd_of(&series(&phases)?, reference);
    Ok(PyEqd::calculated(eqd, phases))
}

/// The equivalent dose of a course in 2-Gy fractions, Gy; of a numpy array of voxel doses, an array, as
/// `eqd2_voxels` gives it: `fractions` is then needed, and `out` and `invalid` may be given.
///
/// >>> import chemorad, numpy
/// >>> chemorad.eqd2("45Gy/25", alpha_beta="10Gy").gray
/// 44.25
/// >>> chemorad.eqd2(numpy.array([45.0, 50.0]), fractions=25, alpha_beta="3Gy")
/// array([43.2, 50. ])
#[pyfunction]
#[pyo3(signature = (course, /, *, alpha_beta, fractions = None, out = None, invalid = None))]
pub(crate) fn eqd2<'py>(
    course: &Bound<'py, PyAny>,
    alpha_beta: &Bound<'py, PyAny>,
    fractions: Option<Whole>,
    out: Option<&Bound<'py, PyAny>>,
    invalid: Option<Invalid>,
) -> PyResult<Bound<'py, PyAny>> {
    if is_array(course) {
        let fractions = fractions.ok_or_else(|| {
            PyTypeError::new_err(
                "an array of doses needs fractions=: each voxel has its own dose per fraction, so n \
                 does not follow from the doses",
            )
        })?;
        return convert(
            course,
            out,
            Wanted::new(
                self::alpha_beta(alpha_beta)?,
                fractions,
                Some(TWO_GRAY),
                None,
            )?,
            invalid.unwrap_or(Invalid::Raise),
        );
    }
    if fractions.is_some() || out.is_some() || invalid.is_some() {
        return Err(PyTypeError::new_err(
            "fractions, out and invalid go with a numpy array; a course has its number of fractions in \
             its text",
        ));
    }
    let eqd = of_course(course, alpha_beta, TWO_GRAY)?;
    Ok(Bound::new(course.py(), eqd)?.into_any())
}
