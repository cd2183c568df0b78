//! BED and EQDx of every voxel, and sums of doses.
//!
//! A grid holds total doses, so the conversion takes the number of fractions n, never a dose per
//! fraction: each voxel has its own, D/n. Phases with different n are converted each with its own n
//! and then added; adding first and converting once is wrong. The parts of one phase (dose files per
//! beam) are added first and then converted, because the effect of a fraction is that of its whole dose.

mod convert;
pub(crate) mod derived;
mod error;
mod resample;
mod source;
mod terms;

pub use convert::{convert, sum};
pub use derived::DerivedDose;
pub use error::ConvertError;
pub use terms::{GridPolicy, Measure, Outside, PhaseDose};
