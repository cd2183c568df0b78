//! What is in DICOM files, in a person's words.

mod content;
mod dose;
mod page;
mod plan;
mod record;
pub(crate) mod words;

pub use content::{Content, Found, Inspected, Object, Results, ShownPatient, Sum};
pub use page::page;
