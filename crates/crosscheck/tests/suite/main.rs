//! The tests of the comparison, in one program.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

mod boosted;
mod common;
mod crosscheck;
mod cumulative;
mod dose_files;
mod dose_parts;
mod dose_shares;
mod harmless_plans;
mod identity;
mod known_beams;
mod left_over;
mod linked;
mod matching;
mod ordered;
mod plan_campaign;
mod points;
mod references;
mod says;
mod split;
mod stated;
mod target_names;
mod tolerances;
mod withheld;
