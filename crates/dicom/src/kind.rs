//! What a file is, by its SOP class.

use std::fmt;

use dicom_core::dictionary::{UidDictionary, UidDictionaryEntry};
use dicom_dictionary_std::{StandardSopClassDictionary, uids};
use serde::Serialize;

use crate::error::quoted;

/// What a file is, by its SOP class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// RT Plan: photons, electrons or brachytherapy.
    Plan,
    /// RT Ion Plan.
    IonPlan,
    /// RT Dose.
    Dose,
    /// RT Structure Set.
    StructureSet,
    /// RT Beams Treatment Record: photons or electrons.
    TreatmentRecord,
    /// RT Ion Beams Treatment Record.
    IonTreatmentRecord,
    /// RT Brachy Treatment Record.
    BrachyTreatmentRecord,
    /// RT Treatment Summary Record: it sums up other records.
    TreatmentSummaryRecord,
    /// A record of DICOM's second generation of radiotherapy, by its name in the standard.
    RadiationRecord(String),
    /// A plan of DICOM's second generation of radiotherapy, by its name in the standard.
    RadiationSet(String),
    /// Anything else, by its name in the standard, or its UID.
    Other(String),
}

impl Kind {
    pub(crate) fn of(sop_class: &str) -> Self {
        match sop_class {
            uids::RT_PLAN_STORAGE => Self::Plan,
            uids::RT_ION_PLAN_STORAGE => Self::IonPlan,
            uids::RT_DOSE_STORAGE => Self::Dose,
            uids::RT_STRUCTURE_SET_STORAGE => Self::StructureSet,
            uids::RT_BEAMS_TREATMENT_RECORD_STORAGE => Self::TreatmentRecord,
            uids::RT_ION_BEAMS_TREATMENT_RECORD_STORAGE => Self::IonTreatmentRecord,
            uids::RT_BRACHY_TREATMENT_RECORD_STORAGE => Self::BrachyTreatmentRecord,
            uids::RT_TREATMENT_SUMMARY_RECORD_STORAGE => Self::TreatmentSummaryRecord,
            uids::RT_RADIATION_RECORD_SET_STORAGE
            | uids::RT_RADIATION_SALVAGE_RECORD_STORAGE
            | uids::C_ARM_PHOTON_ELECTRON_RADIATION_RECORD_STORAGE
            | uids::TOMOTHERAPEUTIC_RADIATION_RECORD_STORAGE
            | uids::ROBOTIC_RADIATION_RECORD_STORAGE => Self::RadiationRecord(named(sop_class)),
            uids::RT_RADIATION_SET_STORAGE
            | uids::C_ARM_PHOTON_ELECTRON_RADIATION_STORAGE
            | uids::TOMOTHERAPEUTIC_RADIATION_STORAGE
            | uids::ROBOTIC_ARM_RADIATION_STORAGE => Self::RadiationSet(named(sop_class)),
            _ => Self::Other(named(sop_class)),
        }
    }

    /// Whether it records what was given in a form that is not read.
    ///
    /// ```
    /// use chemorad_dicom::Kind;
    /// assert!(Kind::BrachyTreatmentRecord.is_unread_record());
    /// assert!(!Kind::TreatmentRecord.is_unread_record());
    /// ```
    #[must_use]
    pub const fn is_unread_record(&self) -> bool {
        matches!(
            self,
            Self::BrachyTreatmentRecord | Self::TreatmentSummaryRecord | Self::RadiationRecord(_)
        )
    }

    /// What it is called in the standard, without an article; the UID of its SOP class where that has no
    /// name.
    ///
    /// ```
    /// use chemorad_dicom::Kind;
    /// assert_eq!(Kind::IonPlan.name(), "RT Ion Plan");
    /// assert_eq!(Kind::IonPlan.to_string(), "an RT Ion Plan");
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Plan => "RT Plan",
            Self::IonPlan => "RT Ion Plan",
            Self::Dose => "RT Dose",
            Self::StructureSet => "RT Structure Set",
            Self::TreatmentRecord => "RT Beams Treatment Record",
            Self::IonTreatmentRecord => "RT Ion Beams Treatment Record",
            Self::BrachyTreatmentRecord => "RT Brachy Treatment Record",
            Self::TreatmentSummaryRecord => "RT Treatment Summary Record",
            Self::RadiationRecord(name) | Self::RadiationSet(name) | Self::Other(name) => name,
        }
    }
}

/// Its name in the standard, or its UID where it has none.
fn named(sop_class: &str) -> String {
    match StandardSopClassDictionary.by_uid(sop_class) {
        Some(entry) => entry.name().into(),
        None => format!("SOP class {}", quoted(sop_class)),
    }
}

/// With its article: `an RT Plan`.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RadiationRecord(name) | Self::RadiationSet(name) => {
                write!(f, "an object of DICOM's second generation ({name})")
            }
            Self::Other(name) => write!(f, "another DICOM file ({name})"),
            kind => write!(f, "an {}", kind.name()),
        }
    }
}
