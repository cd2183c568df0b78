//! Results as documents: one model, and text for a terminal, HTML, Markdown and JSON from it.
//!
//! A room's results are turned into a [`Document`] in the module that has the room's name; the
//! formats know nothing of rooms. Every format ends with the [`NOTICE`].

mod amount;
mod answer;
pub mod assignment;
mod bars;
pub mod bed;
pub mod body_surface_area;
mod build;
pub mod capecitabine;
pub mod check;
pub mod clearance;
pub mod cohort;
pub mod courses;
mod date;
mod document;
mod document_table;
pub mod dose;
pub mod dose_basis;
pub mod dvh;
pub mod endpoints;
mod escape;
mod exact_dose;
pub mod explanation;
pub mod filing;
pub mod gap;
mod histograms;
mod html;
pub mod inspect;
pub(crate) mod judged;
pub mod limits;
mod markdown;
pub mod number;
pub mod ordered;
pub mod plot;
pub mod protocol;
pub mod response;
pub mod rule_sets;
pub mod schedule;
pub mod self_test;
mod sentence;
pub mod sheet;
pub mod site;
pub mod solve;
mod text;
pub mod version;

pub use amount::Amount;
pub use answer::Json;
pub use date::{dicom_date, dicom_time, weekday};
pub use document::{Block, Detail, Document, JudgedSource};
pub use document_table::{Align, Table};
pub use escape::{one_line, visible, visible_json};
pub use exact_dose::ExactDose;
pub use text::WIDTH;

/// What every output that a person reads carries.
pub const NOTICE: &str = "A second check beside the department's own: a qualified physicist, dosimetrist, oncologist or pharmacist must review every number before it is used for a patient. It is cleared by no authority.";

/// The version of chemorad.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
