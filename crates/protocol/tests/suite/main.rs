//! The tests of protocol files, in one program.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

mod arms_and_repeats;
mod citations;
mod convert;
mod drug_doses;
mod exchanged_doses;
mod guide;
mod library;
mod lint;
mod notations;
mod open_values;
mod passages;
mod protocol_assignment;
mod protocol_limits;
mod protocol_trial;
mod published_faults;
mod reader;
mod repeats_and_pairs;
mod round_trip;
mod said_arms;
mod said_schedules;
mod said_values;
mod schema;
mod shared_words;
mod source;
mod times_and_days;
mod unused_parts;
mod whole_doses;
mod whole_regimens;
mod words_and_values;
mod words_of_treatment;

use std::sync::LazyLock;

use chemorad_protocol::Protocol;

/// The trial, as the shipped file gives it.
static NCT06949098: LazyLock<&Protocol> =
    LazyLock::new(|| chemorad_protocol::builtin("NCT06949098").unwrap());
