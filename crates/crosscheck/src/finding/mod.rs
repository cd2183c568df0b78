//! What the comparison found, as data and in words: one file for each subject.

pub(crate) mod dose;
pub(crate) mod dose_file;
pub(crate) mod known_beams;
pub(crate) mod left_over;
pub(crate) mod limit;
pub(crate) mod no_target;
pub(crate) mod phases;
pub(crate) mod plan;
pub(crate) mod stated_dose;
pub(crate) mod target_names;
pub(crate) mod targets;
mod words;

pub use dose::{DoseFinding, JudgedDose};
pub use dose_file::DoseFileFinding;
pub use known_beams::{KnownBeams, TooMuch};
pub use left_over::{LeftOver, WhyLeftOver};
pub use limit::{FarLimit, LimitFit, TargetLimit};
pub use no_target::RegionFit;
pub use phases::{OutOfOrder, PhaseFinding, PhaseSequence};
pub use plan::{NamedVolumes, PlanFinding, PlanSays};
pub use stated_dose::{Against, BestMeaning, MeaningKind, StatedDose};
pub use target_names::{NameOdd, TargetNameFinding};
pub use targets::TargetFinding;
