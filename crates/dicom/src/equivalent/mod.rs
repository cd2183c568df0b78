//! BED and EQDx of every voxel, and sums of doses.
//!
//! A grid holds total doses, so the conversion takes the number of fractions n, never a dose per
//! fraction: each voxel has its own, D/n. Phases with different n are converted each with its own n
//! and then added; adding first and converting once is wrong. The parts of one phase (dose files per
//! beam) are added first and then converted, because the effect of a fraction is that of its whole dose.
//!
//! Nothing is counted twice, whatever the objects are called: the whole of a plan and a part of it, a
//! fraction group and itself or its beams are refused. Different fraction groups and different beams add.
//! Where the references do not settle it, the doses are refused unless a reason is given ([`Together`]).

mod convert;
mod counted_once;
pub(crate) mod derived;
mod error;
pub(crate) mod finding;
mod given_together;
mod planned_fractions;
mod resample;
mod source;
mod summation;
mod terms;
mod together;

pub use crate::shared::{Shared, Unsettled};
pub use convert::{convert, sum};
pub use derived::DerivedDose;
pub use error::ConvertError;
pub use finding::{DerivedFinding, NotCompared};
pub use planned_fractions::{
    PlannedPhase, compare_scale, compare_with_plans, planned_phases, settle_parts,
};
pub use terms::{GridPolicy, Measure, Outside, PhaseDose, Together};
