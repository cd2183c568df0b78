//! Doses and the shares of a volume that get them, as a model takes them.

use chemorad::quantity::AbsorbedDose;
use chemorad::radiotherapy::FractionCount;
use serde::Serialize;

use super::estimate::Estimate;

/// A dose in gray, and the share of the volume that gets it.
///
/// ```
/// use chemorad_dosimetry::{DoseShare, generalised_equivalent_uniform_dose};
/// let halves = [DoseShare { dose: 0.0, volume: 0.5 }, DoseShare { dose: 50.0, volume: 0.5 }];
/// assert_eq!(generalised_equivalent_uniform_dose(&halves, 1.0), Some(25.0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DoseShare {
    /// Gray.
    pub dose: f64,
    /// The share, 0 to 1.
    pub volume: f64,
}

/// Which dose a model is given.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "quantity")]
#[non_exhaustive]
pub enum DoseBasis {
    /// Absorbed dose as it is.
    AbsorbedDose,
    /// EQD2 as the file has it.
    StatedEqd2,
    /// EQD2 of every bin: D (D/n + α/β)/(2 Gy + α/β).
    Eqd2 {
        /// n.
        fractions: FractionCount,
        /// α/β.
        alpha_beta: Estimate,
    },
}

/// Every share, with the doses that it may have.
///
/// See [`DoseHistogram`](crate::DoseHistogram) for where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelDoses {
    pub(super) best: Vec<DoseShare>,
    /// At the ends of the interval of α/β.
    pub(super) by_parameter: Option<[Vec<DoseShare>; 2]>,
    /// At the lower and upper edges of the bins.
    pub(super) by_edges: Option<[Vec<DoseShare>; 2]>,
    pub(super) basis: DoseBasis,
}

impl ModelDoses {
    /// Each dose with its share of the volume.
    #[must_use]
    pub fn shares(&self) -> &[DoseShare] {
        &self.best
    }

    /// Which dose it is.
    #[must_use]
    pub const fn basis(&self) -> DoseBasis {
        self.basis
    }
}

/// EQD2 = D (D/n + α/β)/(2 Gy + α/β).
pub(super) fn eqd2(dose: f64, fractions: FractionCount, alpha_beta: f64) -> f64 {
    const REFERENCE: f64 = AbsorbedDose::constant("2 Gy").gray();
    dose * (dose / f64::from(fractions.get()) + alpha_beta) / (REFERENCE + alpha_beta)
}
