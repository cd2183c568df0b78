//! What doses mean to a tissue: the linear-quadratic model, its inverses, tissue parameters.
//!
//! * [`LinearQuadratic`] gives BED and EQDx for a fractionation, for everything a volume gets
//!   ([`DoseSeries`]) and for slices of voxel doses.
//! * [`Target`] and [`LinearQuadratic::dose_per_fraction_for`],
//!   [`LinearQuadratic::fractions_for`] solve for d or n.
//! * [`TissueParameter`]s are published α/β records: endpoint, value, interval, source. None is a
//!   default.
//! * [`AlphaBetaInterval`] gives BED and EQDx over a range of α/β.
//! * [`cautions`] says when a dose per fraction is outside the range the model is supported in.

mod caution;
mod exact;
mod interval;
mod isoeffect;
mod linear_quadratic;
mod tissue;
mod voxels;

pub use caution::cautions;
pub use exact::DoseSeries;
pub use interval::{AlphaBetaInterval, BedInterval, EqdInterval, IntervalError};
pub use isoeffect::{Rounding, SolveError, SolvedDosePerFraction, SolvedFractions, Target};
pub use linear_quadratic::{LinearQuadratic, TWO_GRAY};
pub use tissue::{Endpoint, ReportedInterval, TISSUE_PARAMETERS, TissueParameter};
pub use voxels::{Voxel, VoxelError};
