//! RT Plans: fraction groups, beams with their purpose, dose references.

mod beam;
pub(crate) mod dates;
pub(crate) mod dose_per_fraction;
pub(crate) mod dose_reference;
pub(crate) mod fraction_group;
mod group_findings;
mod limits;
pub(crate) mod purpose;
pub(crate) mod rt_plan;

pub use beam::Beam;
pub use dates::DateFinding;
pub use dose_per_fraction::DosePerFraction;
pub use dose_reference::DoseReference;
pub use fraction_group::{BrachySetup, FractionGroup, GroupBeam, GroupDoseReference};
pub use purpose::Purpose;
pub use rt_plan::Plan;
