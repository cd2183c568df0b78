//! chemorad for Python: the module `chemorad._chemorad`, which the package `chemorad` shows.
//!
//! Quantities, doses, models and columns are the library's own types behind a thin face; every command is
//! answered by the command itself. Nothing is calculated here.
#![allow(
    non_upper_case_globals,
    clippy::doc_link_with_quotes,
    clippy::needless_pass_by_value,
    clippy::trivially_copy_pass_by_ref,
    clippy::unnecessary_wraps,
    clippy::used_underscore_items,
    reason = "Python's names and docstrings, and the forms in which its methods have to be written"
)]

mod columns;
mod command;
mod course;
mod derivation;
mod effect;
mod equivalent;
mod error;
mod frame;
mod model;
mod patient;
mod quantity;
mod read;
mod rows;
mod schedule;
mod solution;
mod threads;
mod times;
mod voxels;

use pyo3::prelude::*;

/// The compiled part of `chemorad`.
#[pymodule]
mod _chemorad {
    #[pymodule_export]
    use crate::columns::{PyCohortRules, rule_set_names};
    #[pymodule_export]
    use crate::command::{_run, Answer};
    #[pymodule_export]
    use crate::course::PyCourse;
    #[pymodule_export]
    use crate::derivation::{PyDerivation, PyFinding};
    #[pymodule_export]
    use crate::effect::{bed, eqd, eqd2};
    #[pymodule_export]
    use crate::equivalent::{_bed_again, _eqd_again, PyBed, PyEqd};
    #[pymodule_export]
    use crate::frame::{_cohort_columns, _cohort_records};
    #[pymodule_export]
    use crate::model::{PyEffect, PyEffectModel};
    #[pymodule_export]
    use crate::patient::{PyBodySurfaceArea, PyCreatinineClearance, bsa, creatinine_clearance};
    #[pymodule_export]
    use crate::quantity::{PyAlphaBeta, PyDose, in_gray};
    #[pymodule_export]
    use crate::schedule::{PyFractionation, PyFractionations};
    #[pymodule_export]
    use crate::solution::{PyDoseSolution, PyFractionsSolution, repair_factor};
    #[pymodule_export]
    use crate::voxels::{bed_voxels, eqd_voxels, eqd2_voxels};

    /// The version.
    #[pymodule_export]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
