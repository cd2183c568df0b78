//! The dose of a plan in organs against limits: tables of them, which structure an organ is, what is found.

mod check;
mod codes;
mod csv_table;
mod finding;
mod goal;
mod limit;
mod of_protocol;
mod organ;
mod other_organ;
mod published;
mod shipped;
mod side;
mod table;
mod target_dose;
mod unbreakable;
mod whole_dose;

pub use check::{LimitCheck, StructureInDose};
pub use codes::CODES;
pub use finding::{Doubt as LimitDoubt, LimitFinding, LimitSubject, LimitValue, NoLimitValue};
pub use goal::{Goal, GoalError};
pub use limit::{OrganLimit, OrganLimitError};
pub use of_protocol::ProtocolLimitsError;
pub use other_organ::OtherOrgan;
pub use published::{PublishedLimits, UnlikePublished};
pub use shipped::{UnknownLimits, shipped, shipped_ids, shipped_text};
pub(crate) use side::TARGETS;
pub use side::WrongSide;
pub use table::{OrganLimits, OrganLimitsError};
pub use target_dose::TargetDose;
pub use unbreakable::Unbreakable;
pub use whole_dose::{LeftOut, WholeDose};
