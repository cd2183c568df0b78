//! What a check or a calculation says, as data: codes, findings, derivations, outcomes.
//!
//! A room declares its codes in a table of [`Code`]s and its findings as an enum that implements
//! [`Observation`]. A [`Finding`] holds one of them whatever the room, so that findings of several
//! rooms stand in one list. Words are made from a finding when it is shown, and never before.

mod code;
mod derivation;
mod faults;
mod finding;
mod identity;
mod outcome;
mod subject;
mod written;

pub use code::Code;
pub use derivation::{Derivation, decimal};
pub use faults::{FaultList, Faults};
pub use finding::{Finding, Observation, Values};
pub use identity::Identifying;
pub use outcome::Outcome;
pub use subject::Subject;
#[doc(hidden)]
pub use written::Shown;
pub use written::Written;
