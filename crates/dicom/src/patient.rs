use std::fmt;

use dicom_dictionary_std::tags;

use crate::ReadError;
use crate::data_set::DataSet;

/// Who the file is about. Apart from everything else, so that it is shown only when asked for.
///
/// It has no serde shape and its debug form shows nothing, so that it cannot slip into a report.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Patient {
    /// (0010,0010), as the file writes it.
    pub name: Option<String>,
    /// (0010,0020)
    pub id: Option<String>,
    /// (0010,0030), as written: anonymised files hold anything here.
    pub birth_date: Option<String>,
    /// (0010,0040)
    pub sex: Option<String>,
}

impl Patient {
    pub(crate) fn read(set: &DataSet<'_>) -> Result<Self, ReadError> {
        Ok(Self {
            name: set.text(tags::PATIENT_NAME)?,
            id: set.text(tags::PATIENT_ID)?,
            birth_date: set.text(tags::PATIENT_BIRTH_DATE)?,
            sex: set.text(tags::PATIENT_SEX)?,
        })
    }
}

impl fmt::Debug for Patient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Patient(not shown)")
    }
}
