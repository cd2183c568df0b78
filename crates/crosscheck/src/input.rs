//! What goes into a comparison.

use super::mapping::{PhaseMapping, TargetName};
use super::prescribed::Prescribed;
use super::tolerance::Tolerances;
use chemorad_dosimetry::{DoseFile, PatientFile, PlannedPrescription};

/// What a person decided where neither protocol nor plan settles it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decisions {
    /// Why the dose that a plan states is accepted where what its beams give cannot be told.
    pub accept_stated_dose: Option<String>,
    /// How many fractions the site gives a week, where the protocol does not state it.
    pub fractions_per_week: Option<u32>,
}

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
    /// What was decided where neither protocol nor plan settles it.
    pub decisions: &'a Decisions,
    /// How many sources could not be read: any of them could hold what is missing.
    pub not_assessable: usize,
}
