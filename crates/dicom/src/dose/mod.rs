mod grid;
mod terms;

use std::fmt;

use chemorad::number::Decimal;
use chemorad::report::{Finding, Outcome};
use chemorad_crosscheck::dose_scale;
use dicom_dictionary_std::tags;
use serde::Serialize;

use crate::data_set::{DataSet, missing};
use crate::{DecimalString, Dvh, ElementName, Identity, Patient, PlanReference, ReadError};

pub use grid::Grid;
pub(crate) use grid::Pixels;
use grid::read_grid;
pub use terms::{DoseType, DoseUnits, SummationType};

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
    pub comment: Option<String>,
    /// Dose Grid Scaling (3004,000E).
    pub scaling: Option<DecimalString>,
    /// The plans it points to.
    pub plans: Vec<PlanReference>,
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

/// The absorbed dose above which no external beam plan is meant; this project's choice, below which
/// percent (100 to 120) and centigray per fraction (180) fall into the warning.
const PLAUSIBLE: u32 = 90;
/// The largest dose this library knows as a dose.
const POSSIBLE: u32 = 1_000;

impl<'a> Dose<'a> {
    /// Puts [`WITHHELD`](crate::WITHHELD) in the place of a comment that names the patient; returns what
    /// stood there.
    ///
    /// ```
    /// use chemorad_dicom::{DicomFile, ReadError};
    /// fn shown(file: &DicomFile<'_>) -> Result<Option<String>, ReadError> {
    ///     let mut dose = file.dose()?;
    ///     dose.withhold_patient();
    ///     Ok(dose.comment)
    /// }
    /// ```
    pub fn withhold_patient(&mut self) -> Vec<String> {
        self.patient.withhold([&mut self.comment])
    }

    pub(crate) fn read(set: &DataSet<'a>, encapsulated: bool) -> Result<Self, ReadError> {
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
        let dvhs = set
            .items(tags::DVH_SEQUENCE)
            .map(|item| Dvh::read(&item?))
            .collect::<Result<Vec<_>, _>>()?;
        notes.extend(dvhs.iter().filter_map(Dvh::tags_against_data));
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
            identity: Identity::read(set)?,
            patient: Patient::read(set)?,
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
            comment: set.text(tags::DOSE_COMMENT)?,
            scaling,
            plans: PlanReference::read_all(set)?,
            dvhs,
            grid,
            pixels,
            notes,
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
    /// given (at most twice, at least half of it), else against what any plan could mean.
    #[must_use]
    pub fn scale_finding(&self, prescription: Option<Decimal>) -> Finding {
        let finding =
            |outcome, message: &str| Finding::written("dose.scale", outcome, "dose grid", message);
        if self.units != DoseUnits::Gray {
            return finding(
                Outcome::NotApplicable,
                "the dose units are not Gy, so the size of the numbers says nothing",
            );
        }
        let Some(maximum) = self.maximum() else {
            return finding(Outcome::CannotTell, "the file has no dose grid");
        };
        if let Some(total) = prescription {
            return dose_scale("dose grid", maximum, total, true);
        }
        let found = format!("{maximum} Gy");
        if maximum.is_zero() {
            return finding(Outcome::Warn, "every voxel is zero").with_found(found);
        }
        let (outcome, message, expected) = if maximum > Decimal::from(POSSIBLE) {
            (
                Outcome::Fail,
                "no treatment gives such a dose: check the scaling",
                format!("at most {POSSIBLE} Gy"),
            )
        } else if maximum > Decimal::from(PLAUSIBLE) {
            (
                Outcome::Warn,
                "the maximum is high for external beams: are the numbers percent or centigray?",
                format!("at most {PLAUSIBLE} Gy"),
            )
        } else {
            return finding(Outcome::Pass, "the maximum is plausible").with_found(found);
        };
        finding(outcome, message)
            .with_expected(expected)
            .with_found(found)
    }
}
