//! The tests of protocol files, in one program.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

mod guide;
mod library;
mod lint;
mod protocol_assignment;
mod protocol_limits;
mod protocol_trial;
mod published_faults;
mod reader;
mod schema;
