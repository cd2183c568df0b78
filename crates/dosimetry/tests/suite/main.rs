//! Solids and dose in them against closed forms.
#![allow(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "tests"
)]

mod closed_forms;
mod effects;
mod filling;
mod indices;
mod properties;
mod responses;
mod solids;
