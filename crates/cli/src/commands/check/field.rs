//! Which flag a fault of a check is about: a form says it at the field.

use chemorad_crosscheck::{CrossCheckError, MappingError, PrescribedError};

/// The flag of a prescription by a protocol.
pub(super) const fn of_prescription(error: &PrescribedError) -> &'static str {
    match error {
        PrescribedError::NoArm { .. }
        | PrescribedError::Arm { .. }
        | PrescribedError::Option { .. }
        | PrescribedError::ManyOptions { .. }
        | PrescribedError::NoRadiotherapy(_) => "--arm",
        _ => "--course",
    }
}

/// The flag of a comparison; nothing where it is about the files.
pub(super) const fn of_check(error: &CrossCheckError) -> Option<&'static str> {
    match error {
        CrossCheckError::Mapping(MappingError::Volume { .. } | MappingError::TwoVolumes { .. }) => {
            Some("--target")
        }
        CrossCheckError::UnknownPhase { .. } | CrossCheckError::Mapping(_) => Some("--map"),
        _ => None,
    }
}
