//! Solids and dose in them against closed forms.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss, reason = "tests")]

mod closed_forms;
mod solids;
