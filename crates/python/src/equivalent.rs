//! BED and EQDx, with the working of each.

use std::hash::{Hash, Hasher};

use chemorad::quantity::{Bed, Eqd};
use chemorad::radiobiology::{LinearQuadratic, TWO_GRAY};
use chemorad::radiotherapy::{Fractionation, Fractionations};
use chemorad::report::Derivation;
use chemorad_render::Document;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::derivation::{PyDerivation, PyFinding, derivations, findings};
use crate::error::OrRefuse as _;
use crate::quantity::{PyAlphaBeta, PyDose, mixed};
use crate::read::{shown, value};
use crate::schedule::{course_findings, joined};

/// What a value was calculated from; none for one that was stated.
type Phases = Option<Box<[Fractionation]>>;

macro_rules! equivalent {
    (
        $(#[$doc:meta])*
        $name:ident($value:ident), $python:literal, $kind:literal, $example:literal,
        $title:literal, $each:expr, $reference:expr, $sums:literal, $again:literal,
        { $($more:tt)* }
    ) => {
        $(#[$doc])*
        #[pyclass(frozen, eq, hash, module = "chemorad", name = $python)]
        #[derive(Clone)]
        pub(crate) struct $name {
            pub(crate) value: $value,
            phases: Phases,
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.value == other.value
            }
        }

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.value.gray().to_bits().hash(state);
                self.value.alpha_beta().hash(state);
            }
        }

        impl $name {
            pub(crate) fn stated(value: $value) -> Self {
                Self { value, phases: None }
            }

            pub(crate) fn calculated(value: $value, phases: Vec<Fractionation>) -> Self {
                let phases = Some(phases.into_boxed_slice());
                Self { value, phases }
            }

            fn steps(&self) -> Vec<Derivation> {
                let phases = self.phases.as_deref().unwrap_or_default();
                let model = LinearQuadratic::new(self.value.alpha_beta());
                let derive = $each;
                let mut steps = Vec::new();
                for (&phase, number) in phases.iter().zip(1..) {
                    let of = if phases.len() == 1 {
                        "the course".to_string()
                    } else {
                        format!("phase {number}")
                    };
                    steps.push(derive(model, &of, phase, &self.value));
                }
                if phases.len() > 1 {
                    let reference = $reference;
                    let sums = model.derive_sums("the course", phases, reference(&self.value));
                    steps.extend(sums.into_iter().nth($sums));
                }
                steps
            }
        }

        #[pymethods]
        impl $name {
            #[classattr]
            const __match_args__: (&str, &str) = ("gray", "alpha_beta");

            #[new]
            #[pyo3(signature = (text, /))]
            fn new(text: &Bound<'_, PyAny>) -> PyResult<Self> {
                value(text, concat!("the ", $title), $example).map(Self::stated)
            }

            /// In gray, correctly rounded where it was calculated.
            #[getter]
            fn gray(&self) -> f64 {
                self.value.gray()
            }

            /// The α/β it holds for.
            #[getter]
            fn alpha_beta(&self) -> PyAlphaBeta {
                PyAlphaBeta(self.value.alpha_beta())
            }

            /// Its label in the grammar of AAPM TG-263.
            #[getter]
            fn label(&self) -> String {
                self.value.label()
            }

            /// How it was reached; none for a value that was stated.
            #[getter]
            fn derivation(&self) -> Option<PyDerivation> {
                self.steps().pop().map(PyDerivation::from)
            }

            /// Every step to it, in order; empty for a value that was stated.
            #[getter]
            fn derivations(&self) -> Vec<PyDerivation> {
                derivations(self.steps())
            }

            $($more)*

            /// What there is to know of the doses that it was calculated from.
            #[getter]
            fn findings(&self) -> Vec<PyFinding> {
                let phases = self.phases.as_deref().unwrap_or_default();
                findings(&course_findings(phases, self.value.alpha_beta()))
            }

            fn __add__(&self, other: &Bound<'_, PyAny>) -> PyResult<Self> {
                let Ok(other) = other.cast::<Self>() else {
                    return Err(mixed(&self.value.to_string(), $kind, other));
                };
                let sum = self.value.checked_add(other.get().value);
                // two values that mean different things are of two kinds
                sum.map(Self::stated)
                    .map_err(|error| PyTypeError::new_err(error.to_string()))
            }

            fn __radd__(&self, other: &Bound<'_, PyAny>) -> PyResult<Self> {
                self.__add__(other)
            }

            fn __reduce__<'py>(
                &self,
                py: Python<'py>,
            ) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
                let text = self.value.to_string();
                match &self.phases {
                    None => Ok((
                        py.get_type::<Self>().into_any(),
                        PyTuple::new(py, [text])?,
                    )),
                    Some(phases) => Ok((
                        py.import("chemorad._chemorad")?.getattr($again)?,
                        PyTuple::new(py, [joined(phases), text])?,
                    )),
                }
            }

            fn __str__(&self) -> String {
                self.value.to_string()
            }

            fn __repr__(&self) -> String {
                shown($python, &self.value)
            }

            /// What a notebook shows: the value and how it was reached.
            fn _repr_html_(&self) -> String {
                let mut page = Document::new($title);
                let mut pairs = vec![($title, self.value.to_string())];
                if let Some(phases) = &self.phases {
                    pairs.insert(0, ("course", joined(phases)));
                }
                page.pairs(&pairs);
                let phases = self.phases.as_deref().unwrap_or_default();
                page.findings(&course_findings(phases, self.value.alpha_beta()));
                page.work(&self.steps());
                page.to_fragment()
            }
        }
    };
}

equivalent! {
    /// Biologically effective dose at an α/β, Gy: `n d (1 + d/(α/β))` (Barendsen 1982, Int J Radiat
    /// Oncol Biol Phys 8:1981-97; Fowler 1989, Br J Radiol 62:679-94).
    ///
    /// Two add at the same α/β alone, and never to an absorbed dose or an EQD.
    ///
    /// >>> import chemorad
    /// >>> total = chemorad.bed("45Gy/25+5.4Gy/3", alpha_beta="10Gy")
    /// >>> total
    /// Bed('59.472 Gy BED(a/b = 10)')
    /// >>> total.gray
    /// 59.472
    PyBed(Bed), "Bed", "a BED", "53.1 Gy BED(a/b = 10)", "BED",
    |model: LinearQuadratic, of: &str, phase, _: &Bed| model.derive_bed(of, phase),
    |_: &Bed| TWO_GRAY, 0, "_bed_again", {}
}

equivalent! {
    /// Equivalent dose in x-Gy fractions at an α/β, Gy: `D (d + α/β)/(x + α/β)` (Fowler 2010, Br J
    /// Radiol 83:554-68).
    ///
    /// Two add at the same α/β and x alone, and never to an absorbed dose or a BED.
    ///
    /// >>> import chemorad
    /// >>> pelvis = chemorad.eqd2("45Gy/25", alpha_beta="10Gy")
    /// >>> pelvis
    /// Eqd('44.25 Gy EQD2Gy(a/b = 10)')
    /// >>> pelvis + chemorad.eqd2("45Gy/25", alpha_beta="3Gy")
    /// Traceback (most recent call last):
    /// TypeError: values at alpha/beta 10 Gy and 3 Gy do not add: calculate both at one alpha/beta
    PyEqd(Eqd), "Eqd", "an EQD", "44.25 Gy EQD2Gy(a/b = 10)", "EQD",
    |model: LinearQuadratic, of: &str, phase, eqd: &Eqd| model.derive_eqd(of, phase, eqd.reference()),
    |eqd: &Eqd| eqd.reference(), 1, "_eqd_again",
    {
        /// x, the dose per fraction that it is equivalent in.
        #[getter]
        fn reference(&self) -> PyDose {
            PyDose(self.value.reference())
        }
    }
}

/// A pickled value again, with its working.
#[pyfunction]
pub(crate) fn _bed_again(phases: &str, text: &str) -> PyResult<PyBed> {
    let value: Bed = text.parse().or_refuse()?;
    Ok(PyBed::calculated(value, again(phases)?))
}

/// A pickled value again, with its working.
#[pyfunction]
pub(crate) fn _eqd_again(phases: &str, text: &str) -> PyResult<PyEqd> {
    let value: Eqd = text.parse().or_refuse()?;
    Ok(PyEqd::calculated(value, again(phases)?))
}

fn again(phases: &str) -> PyResult<Vec<Fractionation>> {
    let phases: Fractionations = phases.parse().or_refuse()?;
    Ok(phases.into_vec())
}
