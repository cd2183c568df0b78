//! What chemorad writes for other systems. Pure: values in, serializable values out, no I/O.
//!
//! - [`medication_request`]: a capecitabine order as a FHIR R4 `MedicationRequest`;
//! - [`record`]: the same order as a JSON record for trial tools, with a versioned schema.
//!
//! Nothing is added that the order or the caller does not say, and an order without a dose gives
//! an error that quotes the reasons, never a resource. Everything carries the [`NOTICE`].
//!
//! Validated by existing validators: in `validation/` by tests with `fhirbolt`, and by a script
//! with the npm package `fhir` (required codes, mCODE's profile) and the Python package
//! `fhir.resources` (formats of primitives).

mod error;
mod fhir;
pub mod medication_request;
pub mod record;

pub use error::ExportError;
pub use medication_request::{
    MedicationRequest, RequestDetails, RequestIntent, RequestStatus, SubjectReference,
};
pub use record::OrderRecord;

/// What every export says of itself.
///
/// ```
/// assert!(chemorad_exchange::NOTICE.contains("not a medical device"));
/// ```
pub const NOTICE: &str = "Independent check, not a medical device: a qualified person must review \
                          every number before it is used for a patient.";
