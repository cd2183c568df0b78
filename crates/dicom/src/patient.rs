use std::fmt;

use dicom_dictionary_std::tags;

use crate::ReadError;
use crate::data_set::DataSet;

/// What stands in the place of a text that names the patient.
///
/// ```
/// assert!(chemorad_dicom::WITHHELD.contains("patient"));
/// ```
pub const WITHHELD: &str = "(withheld: it names the patient)";

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
    /// Whether a text holds a part of the name, or the ID: of three letters at least, in any case.
    ///
    /// A few words that files and targets are called by, such as `plan` and `pelvis`, count as nobody's name.
    ///
    /// ```
    /// use chemorad_dicom::Patient;
    /// let mut patient = Patient::default();
    /// patient.name = Some("SYNTHETIC^ONE".into());
    /// assert!(patient.is_named_in("PTV Synthetic"));
    /// assert!(!patient.is_named_in("PTV 50.4"));
    /// ```
    #[must_use]
    pub fn is_named_in(&self, text: &str) -> bool {
        const SHORTEST: usize = 3;
        // what phantoms and anonymised patients are called, and files and targets as well
        const NOBODY: &[&str] = &[
            "anonymous",
            "breast",
            "dose",
            "pelvis",
            "phantom",
            "plan",
            "prostate",
            "rectum",
            "rtdose",
            "rtplan",
        ];
        let text = text.to_lowercase();
        let hidden = [&self.name, &self.id];
        let mut parts = hidden
            .iter()
            .filter_map(|text| text.as_deref())
            .flat_map(|text| text.split(['^', '=', ' ', ',']))
            .map(str::to_lowercase)
            .filter(|part| part.chars().count() >= SHORTEST && !NOBODY.contains(&&**part));
        parts.any(|part| text.contains(&part))
    }

    /// Puts [`WITHHELD`] in the place of a text that names the patient; returns those texts.
    pub(crate) fn withhold<'t>(
        &self,
        texts: impl IntoIterator<Item = &'t mut Option<String>>,
    ) -> Vec<String> {
        let texts = texts.into_iter().flatten();
        texts
            .filter(|text| self.is_named_in(text))
            .map(|text| core::mem::replace(text, WITHHELD.into()))
            .collect()
    }

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
