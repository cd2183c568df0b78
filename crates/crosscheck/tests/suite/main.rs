//! The tests of the comparison, in one program.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

mod boosted;
mod common;
mod crosscheck;
mod identity;
mod linked;
mod plan_campaign;
mod points;
mod stated;
mod withheld;
