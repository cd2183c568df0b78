//! The patient: body size, sex, age, body surface area, renal function and DPYD status. Facts about
//! a person, no drug rules.
//!
//! A value that exists is possible for a person, newborn children included; what is possible but
//! unusual for an adult is a [`Finding`](crate::report::Finding), never a silent correction.
//! Height and weight are two types, so they cannot change places, and are whole micrometres and
//! micrograms, so `170 cm` and `1.70 m` give bit for bit the same body surface area.
//!
//! A body surface area carries the formula that made it: at 825 mg/m², Du Bois instead of Mosteller
//! changes the tablets of about one adult in eight.
//!
//! ```
//! use chemorad::patient::{BodySize, BodySurfaceArea, BodySurfaceAreaFormula};
//!
//! let size = BodySize::new("170 cm".parse()?, "70 kg".parse()?)?;
//! let formula: BodySurfaceAreaFormula = "du-bois".parse()?;
//! let area = BodySurfaceArea::from_formula(formula, size, None)?;
//! assert_eq!(format!("{area:.4}"), "1.8097 m2");
//! assert_eq!(area.derivation().substitution, "0.007184 x 170^0.725 x 70^0.425");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod activity_score;
mod body_size;
mod body_surface_area;
mod clearance_weight;
mod creatinine;
mod dpyd;
mod dpyd_allele;
mod dpyd_phenotype;
mod error;
mod finding;
mod formula;
mod formula_name;
mod measures;
mod person;
mod plausibility;
mod renal_function;

pub use activity_score::ActivityScore;
pub use body_size::BodySize;
pub use body_surface_area::{BodySurfaceArea, BodySurfaceAreaOrigin, SurfaceArea};
pub use clearance_weight::{AdjustmentFactor, ClearanceWeight, WeightBasis};
pub use creatinine::{
    CREATININE_MICROMOLES_PER_LITER_PER_MILLIGRAM_PER_DECILITER, CreatinineMassConcentration,
    CreatinineMolarConcentration, CreatinineUnit, SerumCreatinine,
};
pub use dpyd::DpydStatus;
pub use dpyd_allele::{DpydAllele, DpydGenotype};
pub use dpyd_phenotype::{DpydPhenotype, PlasmaUracil};
pub use error::PatientError;
pub use finding::{CODES, PatientFinding};
pub use formula_name::BodySurfaceAreaFormula;
pub use measures::{Age, Height, Weight};
pub use person::Sex;
pub use renal_function::{
    ClearanceRate, CockcroftGault, CreatinineClearance, CreatinineClearanceOrigin,
    GlomerularFiltrationRate,
};
