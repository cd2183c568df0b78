//! The tests of the reader and the writer, in one program.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

use chemorad::report::Identifying;

mod brachytherapy;
mod cautions;
#[path = "../common/mod.rs"]
mod common;
mod contours;
mod counted_once;
mod doses;
mod encodings;
mod files;
mod hostile;
mod planned_fractions;
mod plans;
mod record_parts;
mod records;
mod samples;

/// A text of a file, to compare.
fn revealed(text: Option<&Identifying<String>>) -> Option<&str> {
    text.map(|text| text.reveal().as_str())
}
