//! A beam as its plan describes it.

use chemorad::report::Identifying;
use dicom_core::Tag;
use dicom_dictionary_std::tags;
use serde::Serialize;

use super::purpose::Purpose;
use crate::data_set::{DataSet, missing};
use crate::error::ReadError;
use crate::patient::Texts;

/// A beam as the plan describes it; control points are not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Beam {
    /// Beam Number (300A,00C0).
    pub number: i32,
    /// Beam Name (300A,00C2).
    pub name: Option<Identifying<String>>,
    /// Beam Type (300A,00C4): `STATIC` or `DYNAMIC`.
    pub beam_type: Option<String>,
    /// Radiation Type (300A,00C6): `PHOTON`, `ELECTRON`, `PROTON`, ...
    pub radiation_type: Option<String>,
    /// Treatment Delivery Type (300A,00CE).
    pub purpose: Purpose,
}

pub(super) fn required(set: &DataSet<'_>, tag: Tag) -> Result<i32, ReadError> {
    set.integer(tag)?.ok_or_else(|| missing(tag))
}

impl Beam {
    pub(super) fn read(set: &DataSet<'_>, texts: &Texts) -> Result<Self, ReadError> {
        Ok(Self {
            number: required(set, tags::BEAM_NUMBER)?,
            name: texts.get(set, tags::BEAM_NAME)?,
            beam_type: set.code(tags::BEAM_TYPE)?,
            radiation_type: set.code(tags::RADIATION_TYPE)?,
            purpose: Purpose::of(set.code(tags::TREATMENT_DELIVERY_TYPE)?),
        })
    }
}
