//! A dose calculated from others.

use std::fmt;

use chemorad::report::{Derivation, Finding};
use chemorad_dosimetry::{Patient, SummationType};
use serde::Serialize;

use crate::dose::grid::Grid;
use crate::dose::rt_dose::Study;
use crate::reference::{Identity, PlanReference, Reference};

/// A dose calculated from others: voxels and what is needed to write it as an RT Dose.
#[derive(Clone, Serialize)]
#[non_exhaustive]
pub struct DerivedDose {
    /// What the voxels are: `absorbed dose`, `BED(a/b = 10)`, `EQD2Gy(a/b = 3)`.
    pub label: String,
    /// Gray of absorbed dose, or of the label's measure; frame by frame, row by row. Rounded once to
    /// `f32` (relative error at most 6e-8).
    #[serde(skip)]
    pub voxels: Vec<f32>,
    /// Where the voxels are.
    pub grid: Grid,
    /// What it is the dose of.
    pub summation: SummationType,
    /// How it was calculated.
    pub derivation: Derivation,
    /// The plans of all sources.
    pub plans: Vec<PlanReference>,
    /// The dose files it was calculated from.
    pub sources: Vec<Reference>,
    /// What a reader should know: doses that were resampled.
    pub notes: Vec<Finding>,
    pub(crate) physical: bool,
    /// The largest absorbed dose of each phase, gray; empty for a sum of absorbed doses.
    #[serde(skip)]
    pub(crate) phase_maxima: Vec<f64>,
    #[serde(skip)]
    pub(crate) patient: Patient,
    #[serde(skip)]
    pub(crate) study: Study,
    pub(crate) identity: Identity,
}

impl fmt::Debug for DerivedDose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DerivedDose")
            .field("label", &self.label)
            .field("voxels", &self.voxels.len())
            .field("grid", &self.grid)
            .finish_non_exhaustive()
    }
}

impl DerivedDose {
    /// The largest voxel.
    #[must_use]
    pub fn maximum(&self) -> f32 {
        self.voxels.iter().copied().fold(0.0, f32::max)
    }

    /// The largest voxel in gray: the shortest decimal that is this `f32`, so 0.1 and not the
    /// 0.10000000149 that a wider type makes of it.
    #[must_use]
    pub fn maximum_gray(&self) -> f64 {
        let maximum = self.maximum();
        maximum
            .to_string()
            .parse()
            .unwrap_or_else(|_| maximum.into())
    }
}
