//! What goes into a comparison.

use super::mapping::{PhaseMapping, TargetName};
use super::prescribed::Prescribed;
use super::tolerance::Tolerances;
use chemorad_dosimetry::{DoseFile, PatientFile, PlannedPrescription};

/// What is compared: one person's course.
#[derive(Debug, Clone, Copy)]
pub struct CrossCheckInput<'a> {
    /// What is prescribed.
    pub prescribed: &'a Prescribed,
    /// What was planned or entered: one plan with all phases, or one for each.
    pub planned: &'a [PlannedPrescription],
    /// The dose files that go with it.
    pub doses: &'a [DoseFile],
    /// Other files of the patient, held against the plans for whom they are about.
    pub others: &'a [PatientFile],
    /// Fraction groups assigned to phases by hand.
    pub mapping: &'a [PhaseMapping],
    /// Names of targets assigned to volumes by hand.
    pub names: &'a [TargetName],
    /// The tolerances.
    pub tolerances: &'a Tolerances,
    /// How many sources could not be read: any of them could hold what is missing.
    pub not_assessable: usize,
}
