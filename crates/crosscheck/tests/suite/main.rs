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
mod limit_tables;
mod linked;
mod matching;
mod ordered;
mod organ_limits;
mod phantom;
mod plan_campaign;
mod points;
mod protocol_limits;
mod references;
mod says;
mod shared_regions;
mod split;
mod stated;
mod target_dose;
mod target_names;
mod tolerances;
mod withheld;
