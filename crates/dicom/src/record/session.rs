//! A beam of one session, and the fraction it belongs to.

use super::treatment_record::{RecordedBeam, TreatmentRecord};

/// The record of a session and one of its beams.
pub(super) type Session<'r> = (&'r TreatmentRecord, &'r RecordedBeam);
/// The plan, the fraction group, and the number of the fraction.
pub(super) type Key<'r> = (Option<&'r str>, Option<i32>, u32);
