//! What chemorad writes for other systems. Pure: values in, serializable values out, no I/O.
//!
//! - [`medication_request`]: a capecitabine order as a FHIR R4 `MedicationRequest`. (As a record for
//!   trial tools, `chemorad.capecitabine-order/3`, a
//!   [`CapecitabineOrder`](chemorad::capecitabine::CapecitabineOrder) serialises itself.)
//!
//! - [`radiotherapy_prescription`]: a course of a protocol as prescriptions of HL7 CodeX (FHIR R4).
//! - [`study_definition`]: a protocol as a study of CDISC's USDM 4.0.
//! - [`markdown`]: a protocol as a page for people, with every derived number.
//!
//! Nothing is added that the order or the caller does not say, and an order without a dose gives
//! an error that quotes the reasons, never a resource. Everything carries the [`NOTICE`].
//!
//! Validated by existing validators, which `tests/validators/run` installs and shows to refuse
//! broken resources: the npm package `fhir` (structure, required codes), the Python package
//! `fhir.resources` (formats of primitives), mCODE's own profile, and `ucum-lhc` for units.

#[macro_use]
mod codes;
mod error;
mod fhir;
mod markdown;
pub mod medication_request;
mod prescription_details;
mod radiotherapy_prescription;
mod sponsor;
mod study_definition;
mod study_drug;
mod study_ids;

pub use error::ExportError;
pub use markdown::markdown;
pub use medication_request::{
    MedicationRequest, RequestDetails, RequestIntent, RequestStatus, SubjectReference,
};
pub use prescription_details::{PrescriptionDetails, PrescriptionStatus};
pub use radiotherapy_prescription::radiotherapy_prescription;
pub use sponsor::{Sponsor, SponsorKind};
pub use study_definition::{StudyDetails, study_definition};
pub use study_ids::EXTENSIONS;

chemorad::one_error!(chemorad::Error, ExportError);

/// What every export says of itself.
///
/// ```
/// assert!(chemorad_exchange::NOTICE.contains("cleared by no authority"));
/// ```
pub const NOTICE: &str = "A second check beside the department's own: a qualified physicist, dosimetrist, \
    oncologist or pharmacist must review every number before it is used for a patient. It is cleared by no authority.";
