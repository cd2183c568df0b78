//! Why doses cannot be converted or added.

use chemorad::number::Decimal;
use chemorad::radiobiology::VoxelError;
use chemorad_dosimetry::{DoseType, DoseUnits, SummationType};

use crate::dose::impossible::ImpossibleGeometry;
use crate::shared::{Shared, Unsettled};

/// Why doses cannot be converted or added.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ConvertError {
    /// Nothing to convert.
    #[error("no dose was given")]
    Nothing,
    /// A file without pixels.
    #[error("dose {at}: the file has no dose grid")]
    NoGrid {
        /// Which dose, counted from 1.
        at: usize,
    },
    /// Not in gray.
    #[error("dose {at}: its units are {units}, not Gy; a relative dose cannot become gray")]
    Units {
        /// Which dose, counted from 1.
        at: usize,
        /// Its units.
        units: DoseUnits,
    },
    /// Not absorbed dose.
    #[error(
        "dose {at}: its type is {dose_type}, not physical; only absorbed dose is converted or added"
    )]
    DoseType {
        /// Which dose, counted from 1.
        at: usize,
        /// Its type.
        dose_type: DoseType,
    },
    /// The dose of several plans, or of less than a phase.
    #[error(
        "dose {at}: its summation type is {summation}; give the dose of one plan or fraction group, or of all its beams"
    )]
    Summation {
        /// Which dose, counted from 1.
        at: usize,
        /// Its summation type.
        summation: SummationType,
    },
    /// A whole dose together with others in one phase.
    #[error(
        "dose {at}: a phase is either one whole dose or its beams, and this one is {summation}"
    )]
    WholeWithParts {
        /// Which dose, counted from 1.
        at: usize,
        /// Its summation type.
        summation: SummationType,
    },
    /// Treatment that another dose holds already.
    #[error("dose {at} and dose {other} share treatment, which would be counted twice: {what}")]
    Twice {
        /// Which dose, counted from 1.
        at: usize,
        /// The dose that holds it already.
        other: usize,
        /// What both hold.
        what: Shared,
    },
    /// Treatment that another dose may hold already.
    #[error(
        "whether dose {at} and dose {other} share treatment, which would be counted twice, cannot be told: {why}; give doses that say of what they are, or say for which reason these are of different treatment"
    )]
    PerhapsTwice {
        /// Which dose, counted from 1.
        at: usize,
        /// The dose that may hold it already.
        other: usize,
        /// Why it cannot be told.
        why: Unsettled,
    },
    /// Parts of one fraction group in two phases.
    #[error(
        "dose {at} and dose {other} are of one fraction group of one plan, so they are given in the same fractions: put them into one phase, joined by commas"
    )]
    SplitGroup {
        /// Which dose, counted from 1.
        at: usize,
        /// The dose of an earlier phase.
        other: usize,
    },
    /// Parts of one plan whose sum is of no kind that the standard knows.
    #[error(
        "dose {at}: it is another part of one plan than the first (Dose Summation Type), and DICOM has no term for their sum: add doses of whole fraction groups, of beams, or of brachytherapy setups alone"
    )]
    NoTerm {
        /// Which dose, counted from 1.
        at: usize,
    },
    /// Another patient.
    #[error("dose {at}: it belongs to another patient than the first")]
    Patient {
        /// Which dose, counted from 1.
        at: usize,
    },
    /// Nothing says whose it is, although the others say it.
    #[error(
        "dose {at}: it does not say whose it is (Patient ID), and others do; export it again with the Patient ID"
    )]
    NoPatient {
        /// Which dose, counted from 1.
        at: usize,
    },
    /// Another number of fractions than the plan has.
    #[error(
        "dose {at}: it is to be converted with {given} fractions, and plan {plan}, which it refers to, has {planned}; were the fractions of two phases exchanged?"
    )]
    Fractions {
        /// Which dose, counted from 1.
        at: usize,
        /// Which plan, counted from 1.
        plan: usize,
        /// The fractions given.
        given: u32,
        /// Those of the plan.
        planned: u32,
    },
    /// A plan that no dose is of.
    #[error(
        "plan {plan}: none of the doses refers to it (Referenced RT Plan): give the plan of the doses"
    )]
    PlanUnused {
        /// Which plan, counted from 1.
        plan: usize,
    },
    /// A plan of another patient.
    #[error("plan {plan}: it is for another patient than the doses (Patient ID)")]
    PlanPatient {
        /// Which plan, counted from 1.
        plan: usize,
    },
    /// Positions that do not mean the same.
    #[error(
        "dose {at}: its frame of reference is not that of the first ({first} against {found}): where its voxels lie in the first cannot be told"
    )]
    Space {
        /// Which dose, counted from 1.
        at: usize,
        /// Of the first dose.
        first: String,
        /// Of this dose.
        found: String,
    },
    /// Nothing says that positions mean the same.
    #[error(
        "dose {at}: neither it nor the first states a frame of reference, so where its voxels lie in the first cannot be told; export both again"
    )]
    NoSpace {
        /// Which dose, counted from 1.
        at: usize,
    },
    /// Grids that cannot be resampled onto one another.
    #[error("dose {at}: it cannot be resampled to the grid of the first: {why}")]
    Resample {
        /// Which dose, counted from 1.
        at: usize,
        /// Why not.
        why: &'static str,
    },
    /// Voxels of the first grid that another does not cover.
    #[error(
        "dose {at}: {outside} voxels of the first grid lie outside its grid, where its dose is not known; calculate it on a larger grid, put the smaller grid first, or say that it counts as zero there"
    )]
    Outside {
        /// Which dose, counted from 1.
        at: usize,
        /// How many voxels.
        outside: u64,
    },
    /// Grids that do not coincide.
    #[error(
        "dose {at}: its {what} differs from that of the first ({first} against {found}); calculate both doses on the same grid, or ask for it to be resampled"
    )]
    Grid {
        /// Which dose, counted from 1.
        at: usize,
        /// What differs.
        what: &'static str,
        /// Of the first dose.
        first: String,
        /// Of this dose.
        found: String,
    },
    /// Numbers that no grid can have.
    #[error("dose {at}: {geometry}, so where its voxels lie is not known; export it again")]
    Geometry {
        /// Which dose, counted from 1.
        at: usize,
        /// Which numbers.
        geometry: ImpossibleGeometry,
    },
    /// Frames of which the standard does not say where they lie.
    #[error(
        "dose {at}: its first frame offset is {first:#} mm, neither zero nor the z of its position with the orientation 1, 0, 0, 0, 1, 0, so where its frames lie is not defined; export it again with offsets that begin with zero"
    )]
    FirstOffset {
        /// Which dose, counted from 1.
        at: usize,
        /// The offset.
        first: Decimal,
    },
    /// A scaling that cannot be meant.
    #[error("dose {at}: its maximum is {maximum} Gy; check Dose Grid Scaling")]
    Implausible {
        /// Which dose, counted from 1.
        at: usize,
        /// The maximum.
        maximum: String,
    },
    /// A voxel whose result is not finite.
    #[error("dose {at}: {source}")]
    Voxels {
        /// Which dose, counted from 1.
        at: usize,
        /// Why.
        source: VoxelError,
    },
}

impl ConvertError {
    /// Which dose it is about, counted from 1 over all phases.
    #[must_use]
    pub fn at(&self) -> Option<usize> {
        match self {
            Self::Nothing | Self::PlanUnused { .. } | Self::PlanPatient { .. } => None,
            Self::NoGrid { at }
            | Self::Units { at, .. }
            | Self::DoseType { at, .. }
            | Self::Summation { at, .. }
            | Self::WholeWithParts { at, .. }
            | Self::Twice { at, .. }
            | Self::PerhapsTwice { at, .. }
            | Self::SplitGroup { at, .. }
            | Self::NoTerm { at }
            | Self::Patient { at }
            | Self::NoPatient { at }
            | Self::Fractions { at, .. }
            | Self::Space { at, .. }
            | Self::NoSpace { at }
            | Self::Resample { at, .. }
            | Self::Outside { at, .. }
            | Self::Grid { at, .. }
            | Self::FirstOffset { at, .. }
            | Self::Geometry { at, .. }
            | Self::Implausible { at, .. }
            | Self::Voxels { at, .. } => Some(*at),
        }
    }

    /// Which plan it is about, counted from 1.
    #[must_use]
    pub fn plan(&self) -> Option<usize> {
        match self {
            Self::Fractions { plan, .. }
            | Self::PlanUnused { plan }
            | Self::PlanPatient { plan } => Some(*plan),
            _ => None,
        }
    }

    /// Which dose that one is held against, counted from 1: the first, unless it is about two others.
    #[must_use]
    pub fn against(&self) -> usize {
        match self {
            Self::Twice { other, .. }
            | Self::PerhapsTwice { other, .. }
            | Self::SplitGroup { other, .. } => *other,
            _ => 1,
        }
    }
}
