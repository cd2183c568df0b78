//! What the export of a radiotherapy prescription needs and a protocol does not say.

use chemorad::quantity::AlphaBeta;

use crate::{ExportError, SubjectReference};

codes! {
    /// The state of a radiotherapy prescription (FHIR R4 service request, required codes).
    ///
    /// ```
    /// use chemorad_exchange::PrescriptionStatus;
    /// assert_eq!("revoked".parse::<PrescriptionStatus>()?, PrescriptionStatus::Revoked);
    /// # Ok::<(), chemorad_exchange::ExportError>(())
    /// ```
    PrescriptionStatus, UnknownPrescriptionStatus, {
        /// Not yet to be acted on.
        Draft = "draft",
        /// To be acted on.
        Active = "active",
        /// Halted for a time.
        OnHold = "on-hold",
        /// Withdrawn.
        Revoked = "revoked",
        /// All given.
        Completed = "completed",
        /// Should never have been.
        EnteredInError = "entered-in-error",
        /// Not known.
        Unknown = "unknown",
    }
}

/// What a prescription needs and a protocol does not say.
///
/// ```
/// use chemorad_exchange::{PrescriptionDetails, PrescriptionStatus};
/// let details = PrescriptionDetails {
///     subject: "Patient/example".parse()?,
///     status: PrescriptionStatus::Draft,
///     identifier_system: "urn:example:prescriptions".into(),
///     alpha_beta: vec!["10 Gy".parse()?],
/// };
/// assert_eq!(details.alpha_beta.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PrescriptionDetails {
    /// The patient.
    pub subject: SubjectReference,
    /// The status of every prescription.
    pub status: PrescriptionStatus,
    /// The URI of the system that names the course, the phases and the volumes.
    pub identifier_system: String,
    /// The α/β to give EQD2 of the course for; none where it is empty.
    pub alpha_beta: Vec<AlphaBeta>,
}

impl PrescriptionDetails {
    /// Whether the identifier system is a URI.
    pub(crate) fn check(&self) -> Result<(), ExportError> {
        let scheme = self.identifier_system.split_once(':');
        if scheme.is_some_and(|(scheme, rest)| is_scheme(scheme) && is_plain(rest)) {
            return Ok(());
        }
        Err(ExportError::IdentifierSystem {
            given: self.identifier_system.chars().take(60).collect(),
        })
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_graphic() && !"<>\"{}|\\^`".contains(c))
}
