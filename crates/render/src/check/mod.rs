//! The check of what was planned against what is prescribed.

mod comparison;
mod page;
mod parts;
mod source;
mod words;

pub use comparison::{Check, Comparison};
pub use page::page;
pub(crate) use source::name_of;
pub use source::{NotChecked, ShownPatient, SkippedFile, Source};
