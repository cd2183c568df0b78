//! RT Beams and RT Ion Beams Treatment Records: what was given, session by session.

mod against_plan;
mod alike;
mod beam;
pub(crate) mod codes;
mod course;
mod delivery;
mod finding;
pub(crate) mod given;
mod group_days;
mod interval;
mod kinds;
mod lists;
mod nothing;
mod parts;
mod prescribed;
mod proportion;
mod session;
mod specified;
pub(crate) mod treatment_record;
mod words;

pub use against_plan::records_against_plan;
pub use delivery::{DeliveryFinding, PlanDay};
pub use finding::RecordFinding;
pub use given::{GivenFraction, GivenTreatment};
pub use kinds::{DoseDifference, NotSettled};
pub use parts::PhaseGroup;
pub use treatment_record::{RecordedBeam, RecordedDose, TreatmentRecord};
