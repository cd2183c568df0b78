//! What chemorad writes for other systems. Pure: values in, serializable values out, no I/O.
//!
//! - [`medication_request`]: a capecitabine order as a FHIR R4 `MedicationRequest`. (As a record for
//!   trial tools, `chemorad.capecitabine-order/1`, a
//!   [`CapecitabineOrder`](chemorad::capecitabine::CapecitabineOrder) serialises itself.)
//!
//! Nothing is added that the order or the caller does not say, and an order without a dose gives
//! an error that quotes the reasons, never a resource. Everything carries the [`NOTICE`].
//!
//! Validated by existing validators, which `tests/validators/run` installs and shows to refuse
//! broken resources: the npm package `fhir` (structure, required codes), the Python package
//! `fhir.resources` (formats of primitives), mCODE's own profile, and `ucum-lhc` for units.

mod error;
mod fhir;
pub mod medication_request;

pub use error::ExportError;
pub use medication_request::{
    MedicationRequest, RequestDetails, RequestIntent, RequestStatus, SubjectReference,
};

/// What every export says of itself.
///
/// ```
/// assert!(chemorad_exchange::NOTICE.contains("not a medical device"));
/// ```
pub const NOTICE: &str = "Independent check, not a medical device: a qualified person must review \
                          every number before it is used for a patient.";
