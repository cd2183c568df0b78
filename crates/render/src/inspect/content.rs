//! What was found in each file, as tools read it.

use chemorad::report::{Code, Finding};
use chemorad_dicom::{Dose, DosePerFraction, Kind, Plan, StructureSet, TreatmentRecord};
use chemorad_dosimetry::{DoseUnits, Patient};
use serde::Serialize;

use crate::check::name_of;
use crate::exact_dose::ExactDose;

/// Every file that was inspected.
#[derive(Debug, Serialize)]
pub struct Results {
    /// The files, in the order they were given.
    pub files: Vec<Inspected>,
    /// Files of folders that are not DICOM.
    #[serde(rename = "passed_over")]
    pub skipped: Vec<String>,
}

/// One file and what was found in it.
#[derive(Debug, Serialize)]
pub struct Inspected {
    /// Its path, or what stands for a path that names the patient.
    pub file: String,
    /// What to call it: its path below the folder that was given.
    #[serde(skip)]
    pub name: String,
    /// What was found.
    #[serde(flatten)]
    pub found: Found,
}

/// What was found in a file.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Found {
    /// What it holds.
    Read(Box<Content>),
    /// It could not be read.
    NotRead {
        /// By what a program knows why.
        #[serde(serialize_with = "name_of")]
        code: Code,
        /// Why.
        error: String,
    },
}

/// What a file holds.
#[derive(Debug, Serialize)]
pub struct Content {
    /// The kind of file.
    pub kind: Kind,
    /// The kind in words.
    pub what: String,
    /// The UID of its transfer syntax.
    pub transfer_syntax: String,
    /// The transfer syntax in words.
    pub encoding: String,
    /// Its bytes.
    pub size: usize,
    /// Their SHA-256.
    pub sha256: String,
    /// The patient, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patient: Option<ShownPatient>,
    /// The plan, dose or structure set.
    #[serde(flatten)]
    pub object: Object,
    /// What it may hold that was not read.
    pub not_read: Vec<&'static str>,
    /// The path holds the patient's name or ID and is not shown.
    #[serde(skip)]
    pub named_in_path: bool,
}

/// The plan, dose or structure set of a file.
#[derive(Debug, Serialize)]
#[serde(untagged)]
#[allow(
    clippy::large_enum_variant,
    reason = "there is one for each file that is shown"
)]
pub enum Object {
    /// A plan.
    Plan {
        /// The plan.
        plan: Box<Plan>,
        /// The sums of its fraction groups.
        sums: Vec<Sum>,
    },
    /// A dose.
    Dose {
        /// The dose without its pixels.
        dose: Box<Dose<'static>>,
        /// The largest value of its grid.
        maximum: Option<ExactDose>,
        /// Whether its numbers can be Gy.
        scale: Finding,
    },
    /// A structure set.
    StructureSet {
        /// The structure set.
        structure_set: StructureSet,
    },
    /// A record of treatment.
    TreatmentRecord {
        /// The session.
        treatment_record: Box<TreatmentRecord>,
    },
    /// A file of another kind.
    Other {},
}

/// The sum of the beams of a fraction group.
#[derive(Debug, Serialize)]
pub struct Sum {
    /// The number of the group.
    pub fraction_group: Option<i32>,
    /// Its fractions.
    pub fractions: Option<u32>,
    /// What a fraction gives.
    pub dose_per_fraction: DosePerFraction,
    /// What all fractions give.
    pub total: Option<ExactDose>,
}

/// The patient, shown when that was asked for.
#[derive(Debug, Serialize)]
pub struct ShownPatient {
    /// The name.
    pub name: Option<String>,
    /// The ID.
    pub id: Option<String>,
    /// The birth date.
    pub birth_date: Option<String>,
    /// The sex.
    pub sex: Option<String>,
}

impl From<&Patient> for ShownPatient {
    fn from(patient: &Patient) -> Self {
        Self {
            name: patient.name.clone(),
            id: patient.id.clone(),
            birth_date: patient.birth_date.clone(),
            sex: patient.sex.clone(),
        }
    }
}

/// A plan with the sums of its fraction groups.
impl From<Plan> for Object {
    fn from(plan: Plan) -> Self {
        let groups = plan.fraction_groups.iter();
        let sums = groups.map(|group| Sum {
            fraction_group: group.number,
            fractions: group.fractions_planned,
            dose_per_fraction: group.dose_per_fraction(),
            total: group
                .total_dose()
                .map(|total| ExactDose::new(total, &DoseUnits::Gray)),
        });
        Self::Plan {
            sums: sums.collect(),
            plan: Box::new(plan),
        }
    }
}

/// A dose with its maximum.
impl From<Dose<'_>> for Object {
    fn from(dose: Dose<'_>) -> Self {
        Self::Dose {
            maximum: dose
                .maximum()
                .map(|maximum| ExactDose::new(maximum, &dose.units)),
            scale: dose.scale_finding(None),
            dose: Box::new(dose.without_pixels()),
        }
    }
}
