//! What was found in each file, as it is shown.

use chemorad::number::Decimal;
use chemorad::report::Finding;
use chemorad_dicom::{Dose, DosePerFraction, Kind, Plan, StructureSet};
use chemorad_dosimetry::Patient;
use serde::Serialize;

/// One file and what was found in it.
#[derive(Serialize)]
pub(super) struct Inspected {
    pub(super) file: String,
    /// What to call it: its path below the folder that was given.
    #[serde(skip)]
    pub(super) name: String,
    #[serde(flatten)]
    pub(super) found: Found,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Found {
    Read(Box<Content>),
    NotRead { error: String },
}

#[derive(Serialize)]
pub(super) struct Content {
    pub(super) kind: Kind,
    pub(super) what: String,
    pub(super) transfer_syntax: String,
    pub(super) encoding: String,
    pub(super) size: usize,
    pub(super) sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) patient: Option<ShownPatient>,
    #[serde(flatten)]
    pub(super) object: Object,
    pub(super) not_read: Vec<&'static str>,
    /// The path holds the patient's name or ID and is not shown.
    #[serde(skip)]
    pub(super) named_in_path: bool,
}

#[derive(Serialize)]
#[serde(untagged)]
#[allow(
    clippy::large_enum_variant,
    reason = "there is one for each file that is shown"
)]
pub(super) enum Object {
    Plan {
        plan: Box<Plan>,
        sums: Vec<Sum>,
    },
    Dose {
        dose: Box<Dose<'static>>,
        maximum: Option<Maximum>,
        scale: Finding,
    },
    StructureSet {
        structure_set: StructureSet,
    },
    Other {},
}

/// What the beams of a fraction group come to.
#[derive(Serialize)]
pub(super) struct Sum {
    pub(super) fraction_group: Option<i32>,
    pub(super) fractions: Option<u32>,
    pub(super) dose_per_fraction: DosePerFraction,
    pub(super) total: Option<Gray>,
}

/// A dose as a number and with every digit.
#[derive(Serialize)]
pub(super) struct Gray {
    pub(super) value: f64,
    pub(super) unit: &'static str,
    pub(super) exact: Decimal,
}

/// The largest dose of a grid, in the units of the file.
#[derive(Serialize)]
pub(super) struct Maximum {
    pub(super) value: f64,
    pub(super) unit: String,
    pub(super) exact: Decimal,
}

#[derive(Serialize)]
pub(super) struct ShownPatient {
    pub(super) name: Option<String>,
    pub(super) id: Option<String>,
    pub(super) birth_date: Option<String>,
    pub(super) sex: Option<String>,
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

#[derive(Serialize)]
pub(super) struct Output {
    pub(super) files: Vec<Inspected>,
    /// Files of folders that are not DICOM.
    #[serde(rename = "passed_over")]
    pub(super) skipped: Vec<String>,
}
