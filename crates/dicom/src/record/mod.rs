//! RT Beams and RT Ion Beams Treatment Records: what was given, session by session.

pub(crate) mod codes;
mod course;
mod finding;
pub(crate) mod given;
mod prescribed;
mod proportion;
mod session;
pub(crate) mod treatment_record;

pub use finding::{DoseDifference, NotSettled, RecordFinding};
pub use given::{GivenFraction, GivenTreatment};
pub use treatment_record::{RecordedBeam, RecordedDose, TreatmentRecord};
