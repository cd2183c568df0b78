//! Writing a derived dose as an RT Dose.

mod elements;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use dicom_core::{DataElement, PrimitiveValue, VR};
use dicom_dictionary_std::{tags, uids};
use dicom_object::{FileMetaTableBuilder, InMemDicomObject};
use dicom_transfer_syntax_registry::entries::EXPLICIT_VR_LITTLE_ENDIAN;
use sha2::{Digest, Sha256};

use crate::equivalent::DerivedDose;
use elements::{
    cut, decimal_string, decimal_strings, plan_item, power_of_ten, put, put_items, reference_item,
    uid,
};

/// When a file was made. The caller says it: this library reads no clock.
///
/// ```
/// use chemorad_dicom::Created;
/// assert!(Created::new("20261123", "094500").is_some());
/// assert!(Created::new("2026-11-23", "09:45").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    date: String,
    time: String,
}

impl Created {
    /// From `YYYYMMDD` and `HHMMSS`; `None` when they are not of that form.
    #[must_use]
    pub fn new(date: &str, time: &str) -> Option<Self> {
        let digits = |text: &str, length| {
            text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        (digits(date, 8) && digits(time, 6)).then(|| Self {
            date: date.into(),
            time: time.into(),
        })
    }
}

/// Why a dose was not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The source does not hold what an RT Dose must.
    #[error("the source dose has no {0}, which an RT Dose must have")]
    Missing(&'static str),
    /// There is a file of that name; nothing is ever overwritten.
    #[error("{} exists already; nothing is overwritten: choose another name", .0.display())]
    Exists(PathBuf),
    /// The file cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The data set cannot be encoded.
    #[error("cannot encode the dose: {0}")]
    Encode(String),
}

const SOFTWARE: &str = concat!("chemorad ", env!("CARGO_PKG_VERSION"));
/// Characters of a long string (LO) and of a short text (ST).
const LONG_STRING: usize = 64;
const SHORT_TEXT: usize = 1024;

impl DerivedDose {
    /// The dose as an RT Dose file, explicit VR little endian, 32 bits.
    ///
    /// Dose Type is EFFECTIVE for BED and EQDx, PHYSICAL for a sum of absorbed doses. Series and
    /// instance get UIDs calculated from the content, so the same input gives the same file and another
    /// content never the same UID. Dose Grid Scaling is a power of ten.
    ///
    /// # Errors
    /// The source lacks a position, orientation, spacing or frame of reference.
    pub fn to_bytes(&self, created: Option<&Created>) -> Result<Vec<u8>, WriteError> {
        let (pixels, scaling) = self.pixels();
        let mut object = self.object(created, scaling)?;
        let mut hash = Sha256::new();
        let mut without_pixels = Vec::new();
        object
            .write_dataset_with_ts(&mut without_pixels, &EXPLICIT_VR_LITTLE_ENDIAN.erased())
            .map_err(|error| WriteError::Encode(error.to_string()))?;
        hash.update(&without_pixels);
        hash.update(&pixels);
        let content = hash.finalize();
        put(
            &mut object,
            tags::SOP_INSTANCE_UID,
            VR::UI,
            &uid("instance", &content),
        );
        put(
            &mut object,
            tags::SERIES_INSTANCE_UID,
            VR::UI,
            &uid("series", &content),
        );
        object.put(DataElement::new(
            tags::PIXEL_DATA,
            VR::OW,
            PrimitiveValue::U8(pixels.into()),
        ));
        let file = object
            .with_meta(FileMetaTableBuilder::new().transfer_syntax(uids::EXPLICIT_VR_LITTLE_ENDIAN))
            .map_err(|error| WriteError::Encode(error.to_string()))?;
        let mut bytes = Vec::new();
        file.write_all(&mut bytes)
            .map_err(|error| WriteError::Encode(error.to_string()))?;
        Ok(bytes)
    }

    /// Writes the dose to a new file: whole or not at all, and never over an existing one.
    ///
    /// It is written beside its final name first, flushed to the disk and then given the name.
    ///
    /// # Errors
    /// As [`to_bytes`](Self::to_bytes); a file of that name; no permission or no space.
    pub fn write_new(&self, path: &Path, created: Option<&Created>) -> Result<(), WriteError> {
        if path.symlink_metadata().is_ok() {
            return Err(WriteError::Exists(path.into()));
        }
        let bytes = self.to_bytes(created)?;
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".{}.part", std::process::id()));
        let part = path.with_file_name(name);
        let io = |source| WriteError::Io {
            path: path.into(),
            source,
        };
        let written = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&part)
            .map_err(io)
            .and_then(|mut file| {
                file.write_all(&bytes)
                    .and_then(|()| file.sync_all())
                    .map_err(io)
                    .and_then(|()| give_name(&part, path))
            });
        // what was created here is removed whether it has its name or not; after a rename it is gone
        let _ = fs::remove_file(&part);
        written
    }

    /// The voxels as stored numbers, and the power of ten they count in.
    fn pixels(&self) -> (Vec<u8>, i32) {
        let maximum = f64::from(self.maximum());
        // finer than a nanogray is finer than any dose is known
        let exponent = (-9..40)
            .find(|exponent| maximum / power_of_ten(*exponent) < f64::from(u32::MAX))
            .unwrap_or(40);
        let step = power_of_ten(exponent);
        let mut pixels = Vec::with_capacity(self.voxels.len() * 4);
        for voxel in &self.voxels {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "doses are not negative, and the step keeps them below 2^32"
            )]
            let stored = (f64::from(*voxel) / step).round() as u32;
            pixels.extend_from_slice(&stored.to_le_bytes());
        }
        (pixels, exponent)
    }

    fn object(
        &self,
        created: Option<&Created>,
        scaling: i32,
    ) -> Result<InMemDicomObject, WriteError> {
        let mut object = InMemDicomObject::new_empty();
        self.put_study(&mut object, created)?;
        self.put_grid(&mut object)?;
        self.put_dose(&mut object, scaling);
        Ok(object)
    }

    /// Patient, study, series, equipment: taken over, or this library's.
    fn put_study(
        &self,
        object: &mut InMemDicomObject,
        created: Option<&Created>,
    ) -> Result<(), WriteError> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let (patient, study) = (&self.patient, &self.study);
        // anonymised files hold anything in these two; what is no date or sex is left empty
        let birth_date = text(&patient.birth_date);
        let birth_date = if birth_date.len() == 8 && birth_date.bytes().all(|b| b.is_ascii_digit())
        {
            birth_date
        } else {
            String::new()
        };
        let sex = text(&patient.sex);
        let sex = if ["M", "F", "O"].contains(&sex.as_str()) {
            sex
        } else {
            String::new()
        };
        let study_uid = self
            .identity
            .study
            .clone()
            .ok_or(WriteError::Missing("Study Instance UID"))?;
        let frame = self
            .identity
            .frame_of_reference
            .clone()
            .ok_or(WriteError::Missing("Frame of Reference UID"))?;
        put(object, tags::SPECIFIC_CHARACTER_SET, VR::CS, "ISO_IR 192");
        if let Some(Created { date, time }) = created {
            put(object, tags::INSTANCE_CREATION_DATE, VR::DA, date);
            put(object, tags::INSTANCE_CREATION_TIME, VR::TM, time);
        }
        put(object, tags::SOP_CLASS_UID, VR::UI, uids::RT_DOSE_STORAGE);
        put(object, tags::STUDY_DATE, VR::DA, &text(&study.date));
        put(object, tags::STUDY_TIME, VR::TM, &text(&study.time));
        put(
            object,
            tags::ACCESSION_NUMBER,
            VR::SH,
            &text(&study.accession),
        );
        put(
            object,
            tags::REFERRING_PHYSICIAN_NAME,
            VR::PN,
            &text(&study.physician),
        );
        put(object, tags::MODALITY, VR::CS, "RTDOSE");
        put(object, tags::MANUFACTURER, VR::LO, "chemorad");
        put(object, tags::SOFTWARE_VERSIONS, VR::LO, SOFTWARE);
        put(object, tags::OPERATORS_NAME, VR::PN, "");
        put(
            object,
            tags::SERIES_DESCRIPTION,
            VR::LO,
            cut(&self.label, LONG_STRING),
        );
        put(object, tags::PATIENT_NAME, VR::PN, &text(&patient.name));
        put(object, tags::PATIENT_ID, VR::LO, &text(&patient.id));
        put(object, tags::PATIENT_BIRTH_DATE, VR::DA, &birth_date);
        put(object, tags::PATIENT_SEX, VR::CS, &sex);
        put(object, tags::STUDY_INSTANCE_UID, VR::UI, &study_uid);
        put(object, tags::STUDY_ID, VR::SH, &text(&study.id));
        put(object, tags::SERIES_NUMBER, VR::IS, "");
        put(object, tags::INSTANCE_NUMBER, VR::IS, "1");
        put(object, tags::FRAME_OF_REFERENCE_UID, VR::UI, &frame);
        put(
            object,
            tags::POSITION_REFERENCE_INDICATOR,
            VR::LO,
            &text(&study.position_reference),
        );
        Ok(())
    }

    fn put_grid(&self, object: &mut InMemDicomObject) -> Result<(), WriteError> {
        let grid = &self.grid;
        let position = grid.position.ok_or(WriteError::Missing("Image Position"))?;
        let orientation = grid
            .orientation
            .ok_or(WriteError::Missing("Image Orientation"))?;
        let spacing = grid.spacing.ok_or(WriteError::Missing("Pixel Spacing"))?;
        put(
            object,
            tags::SLICE_THICKNESS,
            VR::DS,
            &grid.thickness.map_or(String::new(), decimal_string),
        );
        put(
            object,
            tags::IMAGE_POSITION_PATIENT,
            VR::DS,
            &decimal_strings(&position),
        );
        put(
            object,
            tags::IMAGE_ORIENTATION_PATIENT,
            VR::DS,
            &decimal_strings(&orientation),
        );
        put(
            object,
            tags::PIXEL_SPACING,
            VR::DS,
            &decimal_strings(&spacing),
        );
        for (tag, value) in [
            (tags::SAMPLES_PER_PIXEL, 1),
            (tags::ROWS, grid.rows),
            (tags::COLUMNS, grid.columns),
            (tags::BITS_ALLOCATED, 32),
            (tags::BITS_STORED, 32),
            (tags::HIGH_BIT, 31),
            (tags::PIXEL_REPRESENTATION, 0),
        ] {
            object.put(DataElement::new(tag, VR::US, PrimitiveValue::from(value)));
        }
        put(
            object,
            tags::PHOTOMETRIC_INTERPRETATION,
            VR::CS,
            "MONOCHROME2",
        );
        if grid.frames > 1 {
            put(
                object,
                tags::NUMBER_OF_FRAMES,
                VR::IS,
                &grid.frames.to_string(),
            );
            object.put(DataElement::new(
                tags::FRAME_INCREMENT_POINTER,
                VR::AT,
                PrimitiveValue::from(tags::GRID_FRAME_OFFSET_VECTOR),
            ));
            put(
                object,
                tags::GRID_FRAME_OFFSET_VECTOR,
                VR::DS,
                &decimal_strings(&grid.offsets),
            );
        }
        Ok(())
    }

    fn put_dose(&self, object: &mut InMemDicomObject, scaling: i32) {
        let dose_type = if self.physical {
            "PHYSICAL"
        } else {
            "EFFECTIVE"
        };
        put(object, tags::IMAGE_TYPE, VR::CS, "DERIVED\\SECONDARY");
        put(object, tags::DOSE_UNITS, VR::CS, "GY");
        put(object, tags::DOSE_TYPE, VR::CS, dose_type);
        put(
            object,
            tags::DOSE_SUMMATION_TYPE,
            VR::CS,
            self.summation.code(),
        );
        put(
            object,
            tags::DOSE_GRID_SCALING,
            VR::DS,
            &format!("1E{scaling}"),
        );
        let derivation = &self.derivation;
        let comment = format!("{}; {SOFTWARE}", self.label);
        put(
            object,
            tags::DOSE_COMMENT,
            VR::LO,
            cut(&comment, LONG_STRING),
        );
        let description = format!(
            "{}: {}; {}; {}. {SOFTWARE}",
            derivation.of, derivation.formula, derivation.substitution, derivation.source
        );
        put(
            object,
            tags::DERIVATION_DESCRIPTION,
            VR::ST,
            cut(&description, SHORT_TEXT),
        );
        let sources: Vec<_> = self.sources.iter().filter_map(reference_item).collect();
        put_items(object, tags::SOURCE_IMAGE_SEQUENCE, sources);
        let plans: Vec<_> = self.plans.iter().filter_map(plan_item).collect();
        put_items(object, tags::REFERENCED_RT_PLAN_SEQUENCE, plans);
    }
}

/// A link fails where a file exists already, which a rename does not; file systems without links get
/// the rename, after one more look.
fn give_name(part: &Path, path: &Path) -> Result<(), WriteError> {
    match fs::hard_link(part, path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(WriteError::Exists(path.into()))
        }
        Err(_) if path.symlink_metadata().is_ok() => Err(WriteError::Exists(path.into())),
        Err(_) => fs::rename(part, path).map_err(|source| WriteError::Io {
            path: path.into(),
            source,
        }),
    }
}
