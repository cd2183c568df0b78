//! The tests of what is exchanged, in one program.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

mod common;
mod medication_request;
mod radiotherapy_prescription;
mod study_definition;
