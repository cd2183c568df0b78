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
            _ => Self::Other(match StandardSopClassDictionary.by_uid(sop_class) {
                Some(entry) => entry.name().into(),
                None => format!("SOP class {}", quoted(sop_class)),
            }),
        }
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
            Self::Other(name) => name,
        }
    }
}

/// With its article: `an RT Plan`.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other(name) => write!(f, "another DICOM file ({name})"),
            kind => write!(f, "an {}", kind.name()),
        }
    }
}
