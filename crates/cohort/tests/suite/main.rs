//! The tests of cohorts, in one program.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod common;
mod courses;
mod hostile;
mod lines;
mod pieces;
mod rows;
