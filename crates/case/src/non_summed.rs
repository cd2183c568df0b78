//! Phases of another kind, which a sheet names and does not add up.

use std::string::String;

/// A phase whose dose is not added to that of external beam radiotherapy.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct NonSummedPhase {
    /// The phase.
    pub phase: String,
    /// The volume.
    pub volume: String,
    /// Fractions and dose, as the protocol gives them.
    pub dose: String,
    /// What delivers it.
    pub modality: String,
}
