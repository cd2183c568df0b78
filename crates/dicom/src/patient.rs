//! The patient's module of a file, and the texts that are compared with it.

use chemorad::report::Identifying;
use chemorad_dosimetry::{Patient, PatientIdentity};
use dicom_core::Tag;
use dicom_dictionary_std::tags;

use crate::data_set::DataSet;
use crate::error::ReadError;
use crate::uid::Uid;

/// Other Patient IDs, retired and still written.
const OTHER_PATIENT_IDS: Tag = Tag(0x0010, 0x1000);

/// Whom a file is about, and the reading of its texts, each compared with that once.
pub(crate) struct Texts {
    pub(crate) patient: Patient,
    identity: PatientIdentity,
}

impl Texts {
    pub(crate) fn read(set: &DataSet<'_>, show_patient: bool) -> Result<Self, ReadError> {
        let patient = patient(set)?;
        let identity = patient.identity().showing(show_patient);
        Ok(Self { patient, identity })
    }

    /// A text, withheld where it names the patient.
    pub(crate) fn get(
        &self,
        set: &DataSet<'_>,
        tag: Tag,
    ) -> Result<Option<Identifying<String>>, ReadError> {
        Ok(set.text(tag)?.map(|text| self.identity.text(text)))
    }

    /// A UID, withheld where it holds the identifier of the patient.
    pub(crate) fn uid(&self, set: &DataSet<'_>, tag: Tag) -> Result<Option<Uid>, ReadError> {
        Ok(set.text(tag)?.map(|uid| Uid::new(self.identity.uid(uid))))
    }
}

pub(crate) fn patient(set: &DataSet<'_>) -> Result<Patient, ReadError> {
    let several = |tag: Tag| -> Vec<String> {
        // what is not a text there names nobody, and is no reason to refuse the file
        let text = set.text(tag).ok().flatten().unwrap_or_default();
        let values = text.split('\\').map(str::trim);
        values
            .filter(|value| !value.is_empty())
            .map(Into::into)
            .collect()
    };
    let mut other_ids = several(OTHER_PATIENT_IDS);
    for item in set.items(tags::OTHER_PATIENT_I_DS_SEQUENCE).flatten() {
        other_ids.extend(item.text(tags::PATIENT_ID).ok().flatten());
    }
    let mut other_names = several(tags::OTHER_PATIENT_NAMES);
    other_names.extend(several(tags::PATIENT_BIRTH_NAME));
    let mut qualifiers = set.items(tags::ISSUER_OF_PATIENT_ID_QUALIFIERS_SEQUENCE);
    let qualifier = qualifiers.next().and_then(Result::ok);
    let entity = qualifier.and_then(|item| item.text(tags::UNIVERSAL_ENTITY_ID).ok().flatten());
    Ok(Patient {
        issuer_entity: entity,
        name: set.text(tags::PATIENT_NAME)?,
        id: set.text(tags::PATIENT_ID)?,
        issuer: set.text(tags::ISSUER_OF_PATIENT_ID)?,
        other_names,
        other_ids,
        birth_date: set.text(tags::PATIENT_BIRTH_DATE)?,
        sex: set.text(tags::PATIENT_SEX)?,
    })
}
