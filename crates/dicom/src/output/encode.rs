//! A derived dose as the bytes of an RT Dose.

use dicom_core::{DataElement, PrimitiveValue, VR};
use dicom_dictionary_std::{tags, uids};
use dicom_object::{FileMetaTableBuilder, InMemDicomObject};
use dicom_transfer_syntax_registry::entries::EXPLICIT_VR_LITTLE_ENDIAN;
use sha2::{Digest, Sha256};

use super::elements::{
    cut, decimal_string, decimal_strings, plan_item, put, put_items, reference_item, uid,
};
use super::options::{Bits, Created, WriteError, WriteOptions, Written};
use super::step::Step;
use crate::equivalent::derived::DerivedDose;

const SOFTWARE: &str = concat!("chemorad ", env!("CARGO_PKG_VERSION"));
/// Characters of a long string (LO) and of a short text (ST).
const LONG_STRING: usize = 64;
const SHORT_TEXT: usize = 1024;

impl DerivedDose {
    /// The dose as an RT Dose file, explicit VR little endian.
    ///
    /// Dose Type is EFFECTIVE for BED and EQDx, PHYSICAL for a sum of absorbed doses. Series and
    /// instance get UIDs calculated from the content, so the same input gives the same file and another
    /// content never the same UID.
    ///
    /// # Errors
    /// The source lacks a position, orientation, spacing or frame of reference.
    pub fn to_bytes(&self, options: &WriteOptions) -> Result<Vec<u8>, WriteError> {
        self.to_file(options).map(|(bytes, _)| bytes)
    }

    /// As [`to_bytes`](Self::to_bytes), and what the file carries.
    ///
    /// # Errors
    /// The source lacks a position, orientation, spacing or frame of reference.
    pub fn to_file(&self, options: &WriteOptions) -> Result<(Vec<u8>, Written), WriteError> {
        let step = Step::of(self.maximum(), options.bits);
        let mut pixels = step.pixels(&self.voxels, options.bits);
        let mut object = self.object(options, &step)?;
        let mut hash = Sha256::new();
        let mut without_pixels = Vec::new();
        object
            .write_dataset_with_ts(&mut without_pixels, &EXPLICIT_VR_LITTLE_ENDIAN.erased())
            .map_err(|error| WriteError::Encode(error.to_string()))?;
        hash.update(&without_pixels);
        hash.update(&pixels);
        let content = hash.finalize();
        let sop_instance = uid("instance", &content);
        put(&mut object, tags::SOP_INSTANCE_UID, VR::UI, &sop_instance);
        let series = uid("series", &content);
        put(&mut object, tags::SERIES_INSTANCE_UID, VR::UI, &series);
        let mut file = Vec::with_capacity(without_pixels.len() + pixels.len() + 1024);
        object
            .with_meta(FileMetaTableBuilder::new().transfer_syntax(uids::EXPLICIT_VR_LITTLE_ENDIAN))
            .map_err(|error| WriteError::Encode(error.to_string()))?
            .write_all(&mut file)
            .map_err(|error| WriteError::Encode(error.to_string()))?;
        // the last element of all: Pixel Data (7FE0,0010), OW
        let padding = pixels.len() % 2;
        pixels.resize(pixels.len() + padding, 0);
        let length = u32::try_from(pixels.len())
            .map_err(|_| WriteError::Encode("the grid is larger than a DICOM file holds".into()))?;
        file.extend_from_slice(&[0xE0, 0x7F, 0x10, 0x00, b'O', b'W', 0, 0]);
        file.extend_from_slice(&length.to_le_bytes());
        file.append(&mut pixels);
        let written = Written {
            sop_instance,
            scaling: step.text().into(),
            bits: options.bits.count(),
            size: file.len(),
        };
        Ok((file, written))
    }

    fn object(&self, options: &WriteOptions, step: &Step) -> Result<InMemDicomObject, WriteError> {
        let mut object = InMemDicomObject::new_empty();
        self.put_study(&mut object, options.created.as_ref())?;
        self.put_grid(&mut object, options.bits)?;
        self.put_dose(&mut object, step);
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
        put(object, tags::STUDY_INSTANCE_UID, VR::UI, study_uid.reveal());
        put(object, tags::STUDY_ID, VR::SH, &text(&study.id));
        put(object, tags::SERIES_NUMBER, VR::IS, "");
        put(object, tags::INSTANCE_NUMBER, VR::IS, "1");
        put(object, tags::FRAME_OF_REFERENCE_UID, VR::UI, frame.reveal());
        put(
            object,
            tags::POSITION_REFERENCE_INDICATOR,
            VR::LO,
            &text(&study.position_reference),
        );
        Ok(())
    }

    fn put_grid(&self, object: &mut InMemDicomObject, bits: Bits) -> Result<(), WriteError> {
        let grid = &self.grid;
        if let Some(geometry) = grid.impossible() {
            return Err(WriteError::Geometry(geometry));
        }
        if let Some(first) = grid.undefined_first_offset() {
            return Err(WriteError::FirstOffset(first));
        }
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
            (tags::BITS_ALLOCATED, bits.count()),
            (tags::BITS_STORED, bits.count()),
            (tags::HIGH_BIT, bits.count() - 1),
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

    fn put_dose(&self, object: &mut InMemDicomObject, step: &Step) {
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
        put(object, tags::DOSE_GRID_SCALING, VR::DS, step.text());
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
            derivation.quantity, derivation.formula, derivation.substitution, derivation.source
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
