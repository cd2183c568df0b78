//! An RT Dose: the meaning of its numbers, its grid, its histograms.

use std::fmt;

use chemorad::number::Decimal;
use chemorad::report::{Finding, Identifying, Subject};
use chemorad_dosimetry::{
    DoseType, DoseUnits, Patient, SummationType, dose_scale, dose_scale_alone, least_maximum,
};
use dicom_dictionary_std::tags;
use serde::Serialize;

use super::finding::GridFinding;
use super::grid::{Grid, read_grid};
use super::pixels::Pixels;
use crate::data_set::{DataSet, missing};
use crate::decimal_string::DecimalString;
use crate::dvh::Dvh;
use crate::error::{ElementName, ReadError};
use crate::patient::Texts;
use crate::reference::{Identity, PlanReference, Reference, is_rejected};

/// An RT Dose: what its numbers mean, its grid, and the pixels where they stand in the file.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Dose<'a> {
    /// Which object this is.
    pub identity: Identity,
    /// Who it is about; never serialized.
    #[serde(skip)]
    pub patient: Patient,
    #[serde(skip)]
    pub(crate) study: Study,
    /// Dose Units (3004,0002).
    pub units: DoseUnits,
    /// Dose Type (3004,0004).
    pub dose_type: DoseType,
    /// Dose Summation Type (3004,000A).
    pub summation: SummationType,
    /// Dose Comment (3004,0006).
    pub comment: Option<Identifying<String>>,
    /// Dose Grid Scaling (3004,000E).
    pub scaling: Option<DecimalString>,
    /// The plans it points to.
    pub plans: Vec<PlanReference>,
    /// Referenced Structure Set (300C,0060), of its histograms.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub structure_sets: Vec<Reference>,
    /// Dose volume histograms in the file.
    pub dvhs: Vec<Dvh>,
    /// Where the voxels are; `None` when the file has no pixels.
    pub grid: Option<Grid>,
    #[serde(skip)]
    pub(crate) pixels: Option<Pixels<'a>>,
    /// What a reader should know.
    pub notes: Vec<Finding>,
}

/// What a derived dose takes over from its source.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Study {
    pub(crate) date: Option<String>,
    pub(crate) time: Option<String>,
    pub(crate) id: Option<String>,
    pub(crate) accession: Option<String>,
    pub(crate) physician: Option<String>,
    pub(crate) position_reference: Option<String>,
}

impl fmt::Debug for Study {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Study(not shown)")
    }
}

impl<'a> Dose<'a> {
    pub(crate) fn read(
        set: &DataSet<'a>,
        encapsulated: bool,
        show_patient: bool,
    ) -> Result<Self, ReadError> {
        let texts = Texts::read(set, show_patient)?;
        let mut notes = Vec::new();
        let (grid, pixels) = match set.get(tags::PIXEL_DATA) {
            Some(element) if element.undefined_length || encapsulated => {
                return Err(ReadError::TransferSyntax {
                    uid: ElementName(element.tag).to_string(),
                    why: "the pixel data are compressed; export the dose uncompressed",
                });
            }
            Some(element) => {
                let (grid, pixels) = read_grid(set, element.value, &mut notes)?;
                (Some(grid), Some(pixels))
            }
            None => (None, None),
        };
        let transform = set.code(tags::SPATIAL_TRANSFORM_OF_DOSE)?;
        if let Some(kind) = transform.filter(|kind| kind != "NONE") {
            notes.push(GridFinding::Transformed { kind }.into());
        }
        if is_rejected(set)? {
            notes.push(GridFinding::Rejected.into());
        }
        let dvhs = set.each(tags::DVH_SEQUENCE, Dvh::read)?;
        notes.extend(dvhs.iter().filter_map(Dvh::tags_against_data));
        notes.extend(dvhs.iter().filter_map(Dvh::type_against_data));
        notes.extend(dvhs.iter().filter_map(Dvh::bins_against_data));
        let scaling = set.decimal(tags::DOSE_GRID_SCALING)?;
        if let Some(scaling) = scaling
            .as_ref()
            .filter(|scaling| !scaling.value().is_positive())
        {
            return Err(ReadError::Value {
                element: ElementName(tags::DOSE_GRID_SCALING),
                text: scaling.text().into(),
                why: "it must be greater than zero",
            });
        }
        if grid.is_some() && scaling.is_none() {
            return Err(missing(tags::DOSE_GRID_SCALING));
        }
        Ok(Self {
            identity: Identity::read(set, &texts)?,
            study: Study {
                date: set.text(tags::STUDY_DATE)?,
                time: set.text(tags::STUDY_TIME)?,
                id: set.text(tags::STUDY_ID)?,
                accession: set.text(tags::ACCESSION_NUMBER)?,
                physician: set.text(tags::REFERRING_PHYSICIAN_NAME)?,
                position_reference: set.text(tags::POSITION_REFERENCE_INDICATOR)?,
            },
            units: match set.code(tags::DOSE_UNITS)? {
                None => DoseUnits::NotStated,
                Some(code) if code == "GY" => DoseUnits::Gray,
                Some(code) if code == "RELATIVE" => DoseUnits::Relative,
                Some(code) => DoseUnits::Other(code),
            },
            dose_type: match set.code(tags::DOSE_TYPE)? {
                None => DoseType::NotStated,
                Some(code) => match code.as_str() {
                    "PHYSICAL" => DoseType::Physical,
                    "EFFECTIVE" => DoseType::Effective,
                    "ERROR" => DoseType::Error,
                    _ => DoseType::Other(code),
                },
            },
            summation: match set.code(tags::DOSE_SUMMATION_TYPE)? {
                None => SummationType::NotStated,
                Some(code) => match code.as_str() {
                    "PLAN" => SummationType::Plan,
                    "MULTI_PLAN" => SummationType::MultiPlan,
                    "FRACTION" => SummationType::Fraction,
                    "BEAM" => SummationType::Beam,
                    "BRACHY" => SummationType::Brachy,
                    _ => SummationType::Other(code),
                },
            },
            comment: texts.get(set, tags::DOSE_COMMENT)?,
            scaling,
            plans: PlanReference::read_all(set, &texts)?,
            structure_sets: Reference::read_all(
                set,
                tags::REFERENCED_STRUCTURE_SET_SEQUENCE,
                &texts,
            )?,
            dvhs,
            grid,
            pixels,
            notes,
            patient: texts.patient,
        })
    }

    /// The dose without its pixels, so that the file need not stay in memory.
    #[must_use]
    pub fn without_pixels(self) -> Dose<'static> {
        Dose {
            pixels: None,
            ..self
        }
    }

    /// The largest stored number times the scaling, exactly: a dose in Gy only when the
    /// [`units`](Self::units) are gray.
    #[must_use]
    pub fn maximum(&self) -> Option<Decimal> {
        let mut largest = 0;
        self.pixels?
            .for_each(|stored| largest = largest.max(stored));
        Decimal::from(largest).checked_mul(self.scaling.as_ref()?.value())
    }

    /// Whether the maximum is plausible in gray (`dose.scale`): against a prescribed total when one is
    /// given, as that of a whole plan (see [`dose_scale`]), else against what any plan could mean.
    #[must_use]
    pub fn scale_finding(&self, prescription: Option<Decimal>) -> Finding {
        let at = Subject::path("dose grid");
        match (prescription, self.maximum()) {
            (Some(total), Some(maximum)) if self.units == DoseUnits::Gray => {
                dose_scale(at, maximum, total, least_maximum(total))
            }
            (_, maximum) => dose_scale_alone(at, &self.units, maximum),
        }
    }
}
