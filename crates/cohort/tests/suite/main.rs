//! The tests of cohorts, in one program.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod arms;
mod common;
mod courses;
mod dates;
mod entered;
mod first;
mod hostile;
mod intake;
mod lines;
mod missing;
mod pieces;
mod published;
mod rows;
mod sdtm;
mod silences;
mod single;
#[cfg(feature = "parquet")]
mod table;
