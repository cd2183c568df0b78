//! Body size, body surface area, creatinine clearance.

use chemorad::patient::{
    BodySize, BodySurfaceArea, BodySurfaceAreaFormula, ClearanceWeight, CockcroftGault,
    CreatinineClearance, Height, Sex, Weight, WeightBasis,
};
use chemorad::report::{Derivation, Finding};
use chemorad_render::Document;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::derivation::{PyDerivation, PyFinding, findings};
use crate::error::{OrRefuse as _, refusal};
use crate::read::{optional, value, whole_text};

fn sex(given: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Sex>> {
    optional(given, "sex", "female")
}

/// A number that was calculated for a patient, with what there is to say of it.
macro_rules! patient_number {
    (
        $(#[$doc:meta])*
        $name:ident($number:ident), $python:literal, $title:literal, { $($more:tt)* }
    ) => {
        $(#[$doc])*
        #[pyclass(frozen, eq, module = "chemorad", name = $python)]
        #[derive(Clone, PartialEq)]
        pub(crate) struct $name {
            value: $number,
            /// What `pickle` calls it with again.
            given: Vec<(&'static str, String)>,
        }

        impl $name {
            fn derivations(&self) -> Vec<Derivation> {
                vec![self.value.derivation()]
            }
        }

        #[pymethods]
        impl $name {
            $($more)*

            /// How it was reached.
            #[getter]
            fn derivation(&self) -> PyDerivation {
                self.value.derivation().into()
            }

            /// What there is to know of it.
            #[getter]
            fn findings(&self) -> Vec<PyFinding> {
                findings(&self.said())
            }

            fn __hash__(&self) -> u64 {
                use std::hash::{DefaultHasher, Hash as _, Hasher as _};
                let mut hasher = DefaultHasher::new();
                self.given.hash(&mut hasher);
                hasher.finish()
            }

            fn __str__(&self) -> String {
                self.value.shown()
            }

            fn __repr__(&self) -> String {
                format!("<{} {}>", $python, self.value.shown())
            }

            /// What a notebook shows.
            fn _repr_html_(&self) -> String {
                let mut page = Document::new($title);
                page.pairs(&[($title, self.value.shown())]);
                page.findings(&self.said());
                page.work(&self.derivations());
                page.to_fragment()
            }

            fn __reduce__<'py>(
                &self,
                py: Python<'py>,
            ) -> PyResult<(Bound<'py, PyAny>, (&'static str, Vec<(&'static str, String)>))> {
                let again = py.import("chemorad._frames")?.getattr("again")?;
                Ok((again, (Self::FUNCTION, self.given.clone())))
            }
        }
    };
}

patient_number! {
    /// A body surface area with the formula that made it.
    PyBodySurfaceArea(BodySurfaceArea), "BodySurfaceArea", "body surface area", {
        /// In square metres, not rounded.
        #[getter]
        fn square_meters(&self) -> f64 {
            self.value.square_meters()
        }

        /// The name of the formula.
        #[getter]
        fn formula(&self) -> String {
            self.value.origin_text()
        }
    }
}

impl PyBodySurfaceArea {
    const FUNCTION: &'static str = "bsa";

    fn said(&self) -> Vec<Finding> {
        let size = self.value.size().map(BodySize::warnings);
        let mut said: Vec<Finding> = size.into_iter().flatten().collect();
        said.extend(self.value.warnings());
        said
    }
}

patient_number! {
    /// A creatinine clearance with the method that made it.
    PyCreatinineClearance(CreatinineClearance), "CreatinineClearance", "creatinine clearance", {
        /// In mL/min, not rounded.
        #[getter]
        fn milliliters_per_minute(&self) -> f64 {
            self.value.milliliters_per_minute()
        }

        /// The method, with the weight that it used.
        #[getter]
        fn method(&self) -> String {
            self.value.method()
        }
    }
}

impl PyCreatinineClearance {
    const FUNCTION: &'static str = "creatinine_clearance";

    fn said(&self) -> Vec<Finding> {
        self.value.warnings().into_iter().collect()
    }
}

/// The body surface area by a named formula, such as `mosteller` (`sqrt(H W / 3600)`, m²; Mosteller, N
/// Engl J Med 1987;317:1098). There is no default formula; some need the sex.
///
/// >>> import chemorad
/// >>> area = chemorad.bsa(height="170cm", weight="72kg", formula="mosteller")
/// >>> area.square_meters
/// 1.8439088914585775
/// >>> area.derivation.substitution
/// 'sqrt(170 x 72 / 3600)'
#[pyfunction]
#[pyo3(signature = (*, height, weight, formula, sex = None))]
pub(crate) fn bsa(
    height: &Bound<'_, PyAny>,
    weight: &Bound<'_, PyAny>,
    formula: &Bound<'_, PyAny>,
    sex: Option<&Bound<'_, PyAny>>,
) -> PyResult<PyBodySurfaceArea> {
    let height: Height = value(height, "height", "170 cm")?;
    let weight: Weight = value(weight, "weight", "72 kg")?;
    let size = BodySize::new(height, weight).or_refuse()?;
    let formula: BodySurfaceAreaFormula = named(formula)?;
    let sex = self::sex(sex)?;
    let mut given = vec![
        ("height", height.to_string()),
        ("weight", weight.to_string()),
        ("formula", formula.name().to_string()),
    ];
    given.extend(sex.map(|sex| ("sex", sex.to_string())));
    let value = BodySurfaceArea::from_formula(formula, size, sex).or_refuse()?;
    Ok(PyBodySurfaceArea { value, given })
}

/// A formula by its name, with the names that there are.
pub(crate) fn named(formula: &Bound<'_, PyAny>) -> PyResult<BodySurfaceAreaFormula> {
    if let Ok(text) = formula.cast::<PyString>() {
        return whole_text(text, "formula")?.parse().map_err(
            |error: chemorad::patient::PatientError| {
                let names = BodySurfaceAreaFormula::ALL.iter();
                let names: Vec<String> = names.map(|known| known.name().to_string()).collect();
                refusal(&error.to_string(), "patient.formula", &names)
            },
        );
    }
    value(formula, "formula", "mosteller")
}

/// The creatinine clearance by Cockcroft and Gault (Nephron 1976;16:31):
/// `(140 - age) W / (72 Scr)`, times 0.85 for women, mL/min. `weight_basis` is `actual`, `ideal` or
/// `adjusted:0.4`; the last two need the height. There is no default.
///
/// >>> import chemorad
/// >>> clearance = chemorad.creatinine_clearance(
/// ...     age="55a", sex="male", weight="82kg", creatinine="91umol/L", weight_basis="actual")
/// >>> round(clearance.milliliters_per_minute, 2)
/// 94.04
#[pyfunction]
#[pyo3(signature = (*, age, sex, weight, creatinine, weight_basis, height = None))]
pub(crate) fn creatinine_clearance(
    age: &Bound<'_, PyAny>,
    sex: &Bound<'_, PyAny>,
    weight: &Bound<'_, PyAny>,
    creatinine: &Bound<'_, PyAny>,
    weight_basis: &Bound<'_, PyAny>,
    height: Option<&Bound<'_, PyAny>>,
) -> PyResult<PyCreatinineClearance> {
    let age = value(age, "age", "55 a")?;
    let sex: Sex = value(sex, "sex", "female")?;
    let weight: Weight = value(weight, "weight", "82 kg")?;
    let creatinine = value(creatinine, "creatinine", "91 umol/L")?;
    let basis: WeightBasis = value(weight_basis, "weight_basis", "actual")?;
    let height: Option<Height> = optional(height, "height", "170 cm")?;
    let used = match (basis, height) {
        (WeightBasis::Actual, None) => ClearanceWeight::Actual(weight),
        (basis, Some(height)) => {
            ClearanceWeight::new(basis, BodySize::new(height, weight).or_refuse()?)
        }
        (basis, None) => {
            return Err(refusal(
                &format!("height is missing: the {basis} weight needs it"),
                "patient.height",
                &[],
            ));
        }
    };
    let facts = CockcroftGault {
        age,
        sex,
        weight: used,
        creatinine,
    };
    let mut given = vec![
        ("age", age.to_string()),
        ("sex", sex.to_string()),
        ("weight", weight.to_string()),
        ("creatinine", creatinine.to_string()),
        ("weight_basis", basis.to_string()),
    ];
    given.extend(height.map(|height| ("height", height.to_string())));
    let value = CreatinineClearance::cockcroft_gault(facts).or_refuse()?;
    Ok(PyCreatinineClearance { value, given })
}
