//! What is converted, and to what.

use chemorad::quantity::AbsorbedDose;
use chemorad::radiotherapy::FractionCount;

use crate::dose::rt_dose::Dose;

/// The dose of one phase: the whole of it in one file, or its beams in several.
#[derive(Debug, Clone, Copy)]
pub struct PhaseDose<'p, 'f> {
    /// The dose files of the phase.
    pub doses: &'p [&'p Dose<'f>],
    /// The number of fractions of the phase.
    pub fractions: FractionCount,
}

/// What a physical dose is converted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measure {
    /// Biologically effective dose.
    Bed,
    /// Equivalent dose in fractions of `reference`.
    Eqd {
        /// The fraction size x, for example 2 Gy.
        reference: AbsorbedDose,
    },
}

/// What is done about doses on other grids than the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum GridPolicy {
    /// They are refused.
    MustCoincide,
    /// Their absorbed dose is resampled to the grid of the first by trilinear interpolation, before any
    /// conversion, when both lie in one frame of reference with the same orientation.
    Trilinear {
        /// What is done about voxels their grid does not cover.
        outside: Outside,
    },
}

/// What is done about voxels of the first grid that another does not cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// The dose there is not known, so the doses are refused.
    Refuse,
    /// The dose there counts as zero.
    Zero,
}

/// How doses are brought together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Together<'r> {
    /// What is done about other grids.
    pub grids: GridPolicy,
    /// The reason for which doses are taken as of different treatment where their references do not
    /// settle it; without one they are refused. Doses that do share treatment are always refused.
    pub distinct: Option<&'r str>,
}

/// Doses whose references must say that they share no treatment.
impl From<GridPolicy> for Together<'_> {
    fn from(grids: GridPolicy) -> Self {
        Self {
            grids,
            distinct: None,
        }
    }
}
