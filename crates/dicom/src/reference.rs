//! Which object a file is, and which others it points to.

use chemorad::report::Identifying;
use dicom_core::Tag;
use dicom_dictionary_std::tags;
use serde::Serialize;

use crate::data_set::DataSet;
use crate::error::ReadError;
use crate::patient::Texts;
use crate::uid::Uid;

/// Which object this is and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Identity {
    /// SOP Class UID (0008,0016).
    pub sop_class: String,
    /// SOP Instance UID (0008,0018).
    pub sop_instance: Option<Uid>,
    /// Study Instance UID (0020,000D).
    pub study: Option<Uid>,
    /// Series Instance UID (0020,000E).
    pub series: Option<Uid>,
    /// Frame of Reference UID (0020,0052).
    pub frame_of_reference: Option<Uid>,
    /// Modality (0008,0060).
    pub modality: Option<String>,
    /// Manufacturer (0008,0070).
    pub manufacturer: Option<Identifying<String>>,
    /// Manufacturer's Model Name (0008,1090).
    pub model: Option<Identifying<String>>,
    /// Software Versions (0018,1020).
    pub software: Option<Identifying<String>>,
}

impl Identity {
    pub(crate) fn read(set: &DataSet<'_>, texts: &Texts) -> Result<Self, ReadError> {
        Ok(Self {
            sop_class: set.required_text(tags::SOP_CLASS_UID)?,
            sop_instance: texts.uid(set, tags::SOP_INSTANCE_UID)?,
            study: texts.uid(set, tags::STUDY_INSTANCE_UID)?,
            series: texts.uid(set, tags::SERIES_INSTANCE_UID)?,
            frame_of_reference: texts.uid(set, tags::FRAME_OF_REFERENCE_UID)?,
            modality: set.code(tags::MODALITY)?,
            manufacturer: texts.get(set, tags::MANUFACTURER)?,
            model: texts.get(set, tags::MANUFACTURER_MODEL_NAME)?,
            software: texts.get(set, tags::SOFTWARE_VERSIONS)?,
        })
    }
}

/// Whether somebody reviewed the object and refused it: Approval Status (300E,0002).
pub(crate) fn is_rejected(set: &DataSet<'_>) -> Result<bool, ReadError> {
    Ok(set.code(tags::APPROVAL_STATUS)?.as_deref() == Some("REJECTED"))
}

/// A pointer to another object.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Reference {
    /// Referenced SOP Class UID (0008,1150).
    pub sop_class: Option<String>,
    /// Referenced SOP Instance UID (0008,1155).
    pub sop_instance: Option<Uid>,
}

impl Reference {
    pub(crate) fn read(set: &DataSet<'_>, texts: &Texts) -> Result<Self, ReadError> {
        Ok(Self {
            sop_class: set.text(tags::REFERENCED_SOP_CLASS_UID)?,
            sop_instance: texts.uid(set, tags::REFERENCED_SOP_INSTANCE_UID)?,
        })
    }

    pub(crate) fn read_all(
        set: &DataSet<'_>,
        sequence: Tag,
        texts: &Texts,
    ) -> Result<Vec<Self>, ReadError> {
        set.each(sequence, |item| Self::read(item, texts))
    }
}

/// A plan a dose or plan points to, with the parts it names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PlanReference {
    /// The plan.
    #[serde(flatten)]
    pub plan: Reference,
    /// RT Plan Relationship (300A,0055), in a plan: `PRIOR`, `PREDECESSOR`, ...
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relationship: Option<String>,
    /// The fraction groups it names; none means the whole plan.
    pub fraction_groups: Vec<GroupReference>,
}

/// A fraction group a dose points to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GroupReference {
    /// Referenced Fraction Group Number (300C,0022).
    pub number: Option<i32>,
    /// Referenced Beam Numbers (300C,0006); none means all.
    pub beams: Vec<i32>,
    /// Referenced Brachy Application Setup Numbers (300C,000C); none means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub setups: Vec<i32>,
}

impl PlanReference {
    pub(crate) fn read_all(set: &DataSet<'_>, texts: &Texts) -> Result<Vec<Self>, ReadError> {
        set.each(tags::REFERENCED_RT_PLAN_SEQUENCE, |item| {
            let groups = tags::REFERENCED_FRACTION_GROUP_SEQUENCE;
            Ok(Self {
                plan: Reference::read(item, texts)?,
                relationship: item.code(tags::RT_PLAN_RELATIONSHIP)?,
                fraction_groups: item.each(groups, GroupReference::read)?,
            })
        })
    }
}

impl GroupReference {
    fn read(set: &DataSet<'_>) -> Result<Self, ReadError> {
        let numbers = |sequence, number| -> Result<Vec<i32>, ReadError> {
            let mut numbers = Vec::new();
            for item in set.items(sequence) {
                numbers.extend(item?.integer(number)?);
            }
            Ok(numbers)
        };
        Ok(Self {
            number: set.integer(tags::REFERENCED_FRACTION_GROUP_NUMBER)?,
            beams: numbers(tags::REFERENCED_BEAM_SEQUENCE, tags::REFERENCED_BEAM_NUMBER)?,
            setups: numbers(
                tags::REFERENCED_BRACHY_APPLICATION_SETUP_SEQUENCE,
                tags::REFERENCED_BRACHY_APPLICATION_SETUP_NUMBER,
            )?,
        })
    }

    /// Whether it is the whole group: none of its beams or setups is named.
    fn is_whole(&self) -> bool {
        self.beams.is_empty() && self.setups.is_empty()
    }
}

impl PlanReference {
    /// Adds the groups and beams of another reference to the same plan.
    pub(crate) fn merge(&mut self, other: &Self) {
        if other.fraction_groups.is_empty() {
            self.fraction_groups.clear();
            return;
        }
        for group in &other.fraction_groups {
            match self
                .fraction_groups
                .iter_mut()
                .find(|known| known.number == group.number)
            {
                Some(known) if known.is_whole() || group.is_whole() => {
                    known.beams.clear();
                    known.setups.clear();
                }
                Some(known) => {
                    let new = |kept: &mut Vec<i32>, more: &[i32]| {
                        for number in more {
                            if !kept.contains(number) {
                                kept.push(*number);
                            }
                        }
                    };
                    new(&mut known.beams, &group.beams);
                    new(&mut known.setups, &group.setups);
                }
                None => self.fraction_groups.push(group.clone()),
            }
        }
    }
}
