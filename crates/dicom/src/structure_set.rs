//! RT Structure Sets: the regions by name and kind.

use std::collections::BTreeMap;

use chemorad::report::{Finding, Identifying, Subject};
use chemorad_dosimetry::{Patient, StructureNote};
use dicom_dictionary_std::tags;
use serde::Serialize;

use crate::data_set::{DataSet, missing};
use crate::error::ReadError;
use crate::patient::Texts;
use crate::reference::{Identity, is_rejected};

/// An RT Structure Set: the regions by name and kind. Contours are counted, not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StructureSet {
    /// Which object this is.
    pub identity: Identity,
    /// Who it is about; never serialized.
    #[serde(skip)]
    pub patient: Patient,
    /// Structure Set Label (3006,0002).
    pub label: Option<Identifying<String>>,
    /// The regions in file order.
    pub regions: Vec<Region>,
    /// What a reader should know.
    pub notes: Vec<Finding>,
}

/// One region of interest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Region {
    /// ROI Number (3006,0022).
    pub number: i32,
    /// ROI Name (3006,0026).
    pub name: Option<Identifying<String>>,
    /// RT ROI Interpreted Type (3006,00A4): `PTV`, `CTV`, `ORGAN`, ...
    pub interpreted_type: Option<String>,
    /// How many contours it has; a region may have none.
    pub contours: usize,
}

impl StructureSet {
    pub(crate) fn read(set: &DataSet<'_>, show_patient: bool) -> Result<Self, ReadError> {
        let texts = Texts::read(set, show_patient)?;
        let mut regions = Vec::new();
        for item in set.items(tags::STRUCTURE_SET_ROI_SEQUENCE) {
            let item = item?;
            regions.push(Region {
                number: item
                    .integer(tags::ROI_NUMBER)?
                    .ok_or_else(|| missing(tags::ROI_NUMBER))?,
                name: texts.get(&item, tags::ROI_NAME)?,
                interpreted_type: None,
                contours: 0,
            });
        }
        // both sequences name a region by its number and may come in any order
        let mut by_number: BTreeMap<i32, (Option<String>, usize)> = BTreeMap::new();
        for item in set.items(tags::RTROI_OBSERVATIONS_SEQUENCE) {
            let item = item?;
            if let Some(number) = item.integer(tags::REFERENCED_ROI_NUMBER)? {
                by_number.entry(number).or_default().0 = item.code(tags::RTROI_INTERPRETED_TYPE)?;
            }
        }
        for item in set.items(tags::ROI_CONTOUR_SEQUENCE) {
            let item = item?;
            if let Some(number) = item.integer(tags::REFERENCED_ROI_NUMBER)? {
                by_number.entry(number).or_default().1 +=
                    item.count_items(tags::CONTOUR_SEQUENCE)?;
            }
        }
        for region in &mut regions {
            if let Some((kind, contours)) = by_number.get(&region.number) {
                region.interpreted_type.clone_from(kind);
                region.contours = *contours;
            }
        }
        Ok(Self {
            identity: Identity::read(set, &texts)?,
            label: texts.get(set, tags::STRUCTURE_SET_LABEL)?,
            regions,
            notes: rejected(set)?,
            patient: texts.patient,
        })
    }
}

/// What is to be said of a structure set that somebody refused.
pub(crate) fn rejected(set: &DataSet<'_>) -> Result<Vec<Finding>, ReadError> {
    let note = is_rejected(set)?.then_some(StructureNote::Rejected);
    let subject = Subject::path("structure set");
    Ok(note
        .map(|note| Finding::from(note).about(subject))
        .into_iter()
        .collect())
}
