//! Protocols: the list, one of them, two versions compared, and the findings of lint.

mod compared;
pub mod lint;
mod list;
mod show;

pub use compared::{ChangedValue, Compared, compared};
pub use list::{List, Listed, list};
pub use show::show;
