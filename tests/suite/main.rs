//! The tests of the library, in one program.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

mod capecitabine_dpyd;
mod capecitabine_grid;
mod capecitabine_inputs;
mod capecitabine_limits;
mod capecitabine_orders;
mod capecitabine_plans;
mod capecitabine_requests;
mod capecitabine_rounding;
mod capecitabine_rule_faults;
mod capecitabine_rules;
mod cohort_columns;
mod faces;
mod gap;
mod oracle_radiobiology;
mod orders;
mod patient;
mod properties_capecitabine;
mod properties_quantity;
mod properties_radiotherapy;
mod published_capecitabine;
mod published_drug_side;
mod published_radiobiology;
mod refusals_quantity;
mod refusals_radiobiology;
mod refusals_radiotherapy;
mod renal_function;
mod round_trip;
mod serde_shapes;
mod time_calendar;
mod time_intervals;
mod time_models;
mod time_oracle;
mod time_properties;
mod walls;
