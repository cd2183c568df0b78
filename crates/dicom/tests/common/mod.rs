//! Synthetic plans and doses, built with dicom-rs. No value is taken from a real plan.
#![allow(dead_code, reason = "every test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "tests")]

pub(crate) mod cases;
pub(crate) mod contoured;
pub(crate) mod header;
pub(crate) mod record;

use dicom_core::header::Header;
use dicom_core::value::DataSetSequence;
use dicom_core::{DataElement, PrimitiveValue, Tag, VR};
use dicom_dictionary_std::{tags, uids};
use dicom_object::{FileMetaTableBuilder, InMemDicomObject};

pub(crate) const BIG_ENDIAN: &str = "1.2.840.10008.1.2.2";
pub(crate) const PLAIN: [&str; 4] = [
    uids::IMPLICIT_VR_LITTLE_ENDIAN,
    uids::EXPLICIT_VR_LITTLE_ENDIAN,
    BIG_ENDIAN,
    uids::DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
];

pub(crate) fn text(object: &mut InMemDicomObject, tag: Tag, vr: VR, value: &str) {
    object.put(DataElement::new(tag, vr, PrimitiveValue::from(value)));
}

/// A fraction group of four fractions of application setups, with or without a beam beside them.
pub(crate) fn brachy_group(setups: Vec<InMemDicomObject>, beam: bool) -> InMemDicomObject {
    let mut group = InMemDicomObject::new_empty();
    text(&mut group, tags::NUMBER_OF_FRACTIONS_PLANNED, VR::IS, "4");
    if beam {
        let mut beam = InMemDicomObject::new_empty();
        text(&mut beam, tags::REFERENCED_BEAM_NUMBER, VR::IS, "1");
        text(&mut beam, tags::BEAM_DOSE, VR::DS, "1.8");
        sequence(&mut group, tags::REFERENCED_BEAM_SEQUENCE, vec![beam]);
    }
    let tag = tags::REFERENCED_BRACHY_APPLICATION_SETUP_SEQUENCE;
    sequence(&mut group, tag, setups);
    group
}

pub(crate) fn sequence(object: &mut InMemDicomObject, tag: Tag, items: Vec<InMemDicomObject>) {
    object.put(DataElement::new(tag, VR::SQ, DataSetSequence::from(items)));
}

/// Retired and still written.
pub(crate) const BEAM_DOSE_SPECIFICATION_POINT: Tag = Tag(0x300A, 0x0082);

/// Changes one item of a sequence.
pub(crate) fn in_item(
    object: &mut InMemDicomObject,
    tag: Tag,
    at: usize,
    change: impl FnOnce(&mut InMemDicomObject),
) {
    let mut change = Some(change);
    object.update_value(tag, |value| {
        if let (Some(items), Some(change)) = (value.items_mut(), change.take()) {
            change(&mut items[at]);
        }
    });
}

/// Links a fraction group to dose references by their numbers, each with the dose it states, if any.
pub(crate) fn link(
    object: &mut InMemDicomObject,
    group: usize,
    references: &[(&str, Option<&str>)],
) {
    in_item(object, tags::FRACTION_GROUP_SEQUENCE, group, |group| {
        let items = references.iter().map(|(number, dose)| {
            let mut item = InMemDicomObject::new_empty();
            text(
                &mut item,
                tags::REFERENCED_DOSE_REFERENCE_NUMBER,
                VR::IS,
                number,
            );
            if let Some(dose) = dose {
                text(&mut item, tags::TARGET_PRESCRIPTION_DOSE, VR::DS, dose);
            }
            item
        });
        sequence(
            group,
            tags::REFERENCED_DOSE_REFERENCE_SEQUENCE,
            items.collect(),
        );
    });
}

#[derive(Clone)]
pub(crate) struct BeamFixture {
    pub(crate) number: i32,
    pub(crate) purpose: Option<&'static str>,
    pub(crate) dose: Option<String>,
    pub(crate) meterset: Option<String>,
}

pub(crate) fn beam(number: i32, dose: &str) -> BeamFixture {
    BeamFixture {
        number,
        purpose: Some("TREATMENT"),
        dose: Some(dose.into()),
        meterset: Some("100".into()),
    }
}

#[derive(Clone)]
pub(crate) struct GroupFixture {
    pub(crate) fractions: Option<u32>,
    pub(crate) beams: Vec<BeamFixture>,
}

#[derive(Clone)]
pub(crate) struct TargetFixture {
    pub(crate) kind: Option<&'static str>,
    pub(crate) description: &'static str,
    pub(crate) prescription: Option<&'static str>,
}

pub(crate) fn target(description: &'static str, prescription: &'static str) -> TargetFixture {
    TargetFixture {
        kind: Some("TARGET"),
        description,
        prescription: Some(prescription),
    }
}

#[derive(Clone)]
pub(crate) struct PlanFixture {
    pub(crate) class: &'static str,
    pub(crate) groups: Vec<GroupFixture>,
    pub(crate) targets: Vec<TargetFixture>,
    pub(crate) approval: Option<&'static str>,
    pub(crate) intent: Option<&'static str>,
    pub(crate) label: &'static str,
    pub(crate) charset: Option<&'static str>,
    pub(crate) control_points: usize,
    pub(crate) describe_beams: bool,
}

/// The trial's pelvic phase: 45 Gy in 25 fractions of 1.8 Gy by two beams.
pub(crate) fn pelvis() -> PlanFixture {
    PlanFixture {
        class: uids::RT_PLAN_STORAGE,
        groups: vec![GroupFixture {
            fractions: Some(25),
            beams: vec![beam(1, "0.9"), beam(2, "9.0e-001")],
        }],
        targets: vec![target("pelvis", "45.000")],
        approval: Some("APPROVED"),
        intent: Some("CURATIVE"),
        label: "PELVIS",
        charset: None,
        control_points: 2,
        describe_beams: true,
    }
}

impl PlanFixture {
    pub(crate) fn object(&self) -> InMemDicomObject {
        let mut plan = InMemDicomObject::new_empty();
        let ion = self.class == uids::RT_ION_PLAN_STORAGE;
        if let Some(charset) = self.charset {
            text(&mut plan, tags::SPECIFIC_CHARACTER_SET, VR::CS, charset);
        }
        text(&mut plan, tags::SOP_CLASS_UID, VR::UI, self.class);
        text(&mut plan, tags::SOP_INSTANCE_UID, VR::UI, "2.25.1");
        text(&mut plan, tags::MODALITY, VR::CS, "RTPLAN");
        text(&mut plan, tags::PATIENT_NAME, VR::PN, "SYNTHETIC^PLAN");
        text(&mut plan, tags::PATIENT_ID, VR::LO, "synthetic-1");
        text(&mut plan, tags::STUDY_INSTANCE_UID, VR::UI, "2.25.2");
        text(&mut plan, tags::SERIES_INSTANCE_UID, VR::UI, "2.25.3");
        text(&mut plan, tags::RT_PLAN_LABEL, VR::SH, self.label);
        if let Some(intent) = self.intent {
            text(&mut plan, tags::PLAN_INTENT, VR::CS, intent);
        }
        if let Some(approval) = self.approval {
            text(&mut plan, tags::APPROVAL_STATUS, VR::CS, approval);
        }
        if !self.targets.is_empty() {
            let items = self.targets.iter().zip(1..).map(|(target, number)| {
                let mut item = InMemDicomObject::new_empty();
                let number = i32::to_string(&number);
                text(&mut item, tags::DOSE_REFERENCE_NUMBER, VR::IS, &number);
                text(
                    &mut item,
                    tags::DOSE_REFERENCE_STRUCTURE_TYPE,
                    VR::CS,
                    "SITE",
                );
                text(
                    &mut item,
                    tags::DOSE_REFERENCE_DESCRIPTION,
                    VR::LO,
                    target.description,
                );
                if let Some(kind) = target.kind {
                    text(&mut item, tags::DOSE_REFERENCE_TYPE, VR::CS, kind);
                }
                if let Some(dose) = target.prescription {
                    text(&mut item, tags::TARGET_PRESCRIPTION_DOSE, VR::DS, dose);
                }
                item
            });
            sequence(&mut plan, tags::DOSE_REFERENCE_SEQUENCE, items.collect());
        }
        self.put_groups(&mut plan);
        if self.describe_beams {
            self.put_beams(&mut plan, ion);
        }
        let mut structures = InMemDicomObject::new_empty();
        text(
            &mut structures,
            tags::REFERENCED_SOP_CLASS_UID,
            VR::UI,
            uids::RT_STRUCTURE_SET_STORAGE,
        );
        text(
            &mut structures,
            tags::REFERENCED_SOP_INSTANCE_UID,
            VR::UI,
            "2.25.4",
        );
        sequence(
            &mut plan,
            tags::REFERENCED_STRUCTURE_SET_SEQUENCE,
            vec![structures],
        );
        plan
    }

    fn put_groups(&self, plan: &mut InMemDicomObject) {
        let groups = self.groups.iter().zip(1..).map(|(group, number)| {
            let mut item = InMemDicomObject::new_empty();
            let number = i32::to_string(&number);
            text(&mut item, tags::FRACTION_GROUP_NUMBER, VR::IS, &number);
            if let Some(fractions) = group.fractions {
                let fractions = fractions.to_string();
                text(
                    &mut item,
                    tags::NUMBER_OF_FRACTIONS_PLANNED,
                    VR::IS,
                    &fractions,
                );
            }
            let count = group.beams.len().to_string();
            text(&mut item, tags::NUMBER_OF_BEAMS, VR::IS, &count);
            text(
                &mut item,
                tags::NUMBER_OF_BRACHY_APPLICATION_SETUPS,
                VR::IS,
                "0",
            );
            let beams = group.beams.iter().map(|beam| {
                let mut item = InMemDicomObject::new_empty();
                text(
                    &mut item,
                    tags::REFERENCED_BEAM_NUMBER,
                    VR::IS,
                    &beam.number.to_string(),
                );
                if let Some(dose) = &beam.dose {
                    text(&mut item, tags::BEAM_DOSE, VR::DS, dose);
                }
                if let Some(meterset) = &beam.meterset {
                    text(&mut item, tags::BEAM_METERSET, VR::DS, meterset);
                }
                item
            });
            sequence(&mut item, tags::REFERENCED_BEAM_SEQUENCE, beams.collect());
            item
        });
        sequence(plan, tags::FRACTION_GROUP_SEQUENCE, groups.collect());
    }

    fn put_beams(&self, plan: &mut InMemDicomObject, ion: bool) {
        let mut done = std::collections::BTreeSet::new();
        let beams = self
            .groups
            .iter()
            .flat_map(|group| &group.beams)
            .filter(|beam| done.insert(beam.number));
        let items = beams.map(|beam| {
            let mut item = InMemDicomObject::new_empty();
            text(
                &mut item,
                tags::BEAM_NUMBER,
                VR::IS,
                &beam.number.to_string(),
            );
            text(
                &mut item,
                tags::BEAM_NAME,
                VR::LO,
                &format!("field {}", beam.number),
            );
            text(&mut item, tags::BEAM_TYPE, VR::CS, "STATIC");
            let radiation = if ion { "PROTON" } else { "PHOTON" };
            text(&mut item, tags::RADIATION_TYPE, VR::CS, radiation);
            if let Some(purpose) = beam.purpose {
                text(&mut item, tags::TREATMENT_DELIVERY_TYPE, VR::CS, purpose);
            }
            let points = (0..self.control_points).map(|index| {
                let mut point = InMemDicomObject::new_empty();
                text(
                    &mut point,
                    tags::CONTROL_POINT_INDEX,
                    VR::IS,
                    &index.to_string(),
                );
                text(&mut point, tags::GANTRY_ANGLE, VR::DS, "180.0");
                point
            });
            let control_points = if ion {
                tags::ION_CONTROL_POINT_SEQUENCE
            } else {
                tags::CONTROL_POINT_SEQUENCE
            };
            sequence(&mut item, control_points, points.collect());
            item
        });
        let tag = if ion {
            tags::ION_BEAM_SEQUENCE
        } else {
            tags::BEAM_SEQUENCE
        };
        sequence(plan, tag, items.collect());
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        encoded(self.object(), uids::EXPLICIT_VR_LITTLE_ENDIAN)
    }
}

/// Regions with and without contours.
pub(crate) fn structures() -> InMemDicomObject {
    let mut set = InMemDicomObject::new_empty();
    text(
        &mut set,
        tags::SOP_CLASS_UID,
        VR::UI,
        uids::RT_STRUCTURE_SET_STORAGE,
    );
    text(&mut set, tags::SOP_INSTANCE_UID, VR::UI, "2.25.4");
    text(&mut set, tags::MODALITY, VR::CS, "RTSTRUCT");
    text(&mut set, tags::PATIENT_NAME, VR::PN, "SYNTHETIC^PLAN");
    text(&mut set, tags::PATIENT_ID, VR::LO, "synthetic-1");
    text(&mut set, tags::STRUCTURE_SET_LABEL, VR::SH, "ORGANS");
    let regions = [
        ("1", "BODY", "EXTERNAL", 3),
        ("2", "PTV 45", "PTV", 2),
        ("5", "Bladder", "ORGAN", 0),
    ];
    let named = regions.map(|(number, name, _, _)| {
        let mut item = InMemDicomObject::new_empty();
        text(&mut item, tags::ROI_NUMBER, VR::IS, number);
        text(&mut item, tags::ROI_NAME, VR::LO, name);
        item
    });
    sequence(&mut set, tags::STRUCTURE_SET_ROI_SEQUENCE, named.into());
    let drawn = regions.map(|(number, _, _, contours)| {
        let mut item = InMemDicomObject::new_empty();
        text(&mut item, tags::REFERENCED_ROI_NUMBER, VR::IS, number);
        let contours = (0..contours).map(|_| {
            let mut contour = InMemDicomObject::new_empty();
            let data = "0\\0\\0\\1\\0\\0\\0\\1\\0";
            text(&mut contour, tags::CONTOUR_DATA, VR::DS, data);
            contour
        });
        sequence(&mut item, tags::CONTOUR_SEQUENCE, contours.collect());
        item
    });
    sequence(&mut set, tags::ROI_CONTOUR_SEQUENCE, drawn.into());
    let observed = regions.map(|(number, _, kind, _)| {
        let mut item = InMemDicomObject::new_empty();
        text(&mut item, tags::REFERENCED_ROI_NUMBER, VR::IS, number);
        text(&mut item, tags::RTROI_INTERPRETED_TYPE, VR::CS, kind);
        item
    });
    sequence(&mut set, tags::RTROI_OBSERVATIONS_SEQUENCE, observed.into());
    set
}

/// A file with preamble and header.
pub(crate) fn encoded(object: InMemDicomObject, syntax: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    object
        .with_meta(FileMetaTableBuilder::new().transfer_syntax(syntax))
        .unwrap()
        .write_all(&mut bytes)
        .unwrap();
    bytes
}

/// A data set without preamble and header.
pub(crate) fn bare(object: &InMemDicomObject, syntax: &str) -> Vec<u8> {
    use dicom_encoding::TransferSyntaxIndex as _;
    let syntax = dicom_transfer_syntax_registry::TransferSyntaxRegistry
        .get(syntax)
        .unwrap();
    let mut bytes = Vec::new();
    object.write_dataset_with_ts(&mut bytes, syntax).unwrap();
    bytes
}

/// A data set without header whose every sequence and item states its length, odd values unpadded.
/// dicom-rs writes undefined lengths; both forms are common.
pub(crate) fn with_defined_lengths(object: &InMemDicomObject, syntax: &str) -> Vec<u8> {
    let (explicit, big_endian) = (
        syntax != uids::IMPLICIT_VR_LITTLE_ENDIAN,
        syntax == BIG_ENDIAN,
    );
    let short = |value: u16| {
        if big_endian {
            value.to_be_bytes()
        } else {
            value.to_le_bytes()
        }
    };
    let long = |value: usize| {
        let value = u32::try_from(value).unwrap();
        if big_endian {
            value.to_be_bytes()
        } else {
            value.to_le_bytes()
        }
    };
    let mut bytes = Vec::new();
    for element in object {
        let tag = element.tag();
        bytes.extend(short(tag.group()));
        bytes.extend(short(tag.element()));
        let value = match element.items() {
            Some(items) => {
                let mut value = Vec::new();
                for item in items {
                    let item = with_defined_lengths(item, syntax);
                    value.extend(short(0xFFFE));
                    value.extend(short(0xE000));
                    value.extend(long(item.len()));
                    value.extend(item);
                }
                value
            }
            None => element.to_str().unwrap().as_bytes().to_vec(),
        };
        if explicit {
            bytes.extend(element.vr().to_string().bytes());
        }
        if !explicit {
            bytes.extend(long(value.len()));
        } else if element.vr() == VR::SQ {
            bytes.extend(short(0));
            bytes.extend(long(value.len()));
        } else {
            bytes.extend(short(u16::try_from(value.len()).unwrap()));
        }
        bytes.extend(value);
    }
    bytes
}

#[derive(Clone)]
pub(crate) struct DoseFixture {
    pub(crate) instance: &'static str,
    pub(crate) patient: &'static str,
    pub(crate) units: Option<&'static str>,
    pub(crate) dose_type: &'static str,
    pub(crate) summation: &'static str,
    pub(crate) scaling: &'static str,
    pub(crate) bits: u16,
    pub(crate) size: (u16, u16, u32),
    pub(crate) offsets: Option<&'static str>,
    pub(crate) position: &'static str,
    pub(crate) frame_of_reference: &'static str,
    pub(crate) plan: &'static str,
    pub(crate) beams: &'static [i32],
    pub(crate) stored: Vec<u32>,
}

/// Two frames of 2 x 3 voxels, 0 to 55 Gy in steps of 5 Gy.
pub(crate) fn dose() -> DoseFixture {
    DoseFixture {
        instance: "2.25.100",
        patient: "synthetic-1",
        units: Some("GY"),
        dose_type: "PHYSICAL",
        summation: "PLAN",
        scaling: "5.0e-3",
        bits: 32,
        size: (2, 3, 2),
        offsets: Some("0\\2.5"),
        position: "-10\\-20\\30",
        frame_of_reference: "2.25.5",
        plan: "2.25.1",
        beams: &[],
        stored: (0..12).map(|index| index * 1000).collect(),
    }
}

/// By how much an object stands out from others of the same grid, so that two objects are two doses.
pub(crate) fn of_its_own(instance: &str) -> u32 {
    let number = instance.rsplit('.').next();
    let number = number.and_then(|number| number.parse::<u32>().ok());
    number.map_or(0, |number| number.saturating_sub(100) % 10 * 3)
}

/// The bits of each voxel. Another object is another dose: the second voxel of the same grid is a little higher.
fn stored_as(fixture: &DoseFixture) -> Vec<u32> {
    let mut stored = fixture.stored.clone();
    if stored == dose().stored {
        stored[1] += of_its_own(fixture.instance);
    }
    stored
}

impl DoseFixture {
    pub(crate) fn object(&self) -> InMemDicomObject {
        self.object_in(false)
    }

    #[allow(clippy::too_many_lines, reason = "one element after the other")]
    pub(crate) fn object_in(&self, big_endian: bool) -> InMemDicomObject {
        let mut dose = InMemDicomObject::new_empty();
        text(
            &mut dose,
            tags::SOP_CLASS_UID,
            VR::UI,
            uids::RT_DOSE_STORAGE,
        );
        text(&mut dose, tags::SOP_INSTANCE_UID, VR::UI, self.instance);
        text(&mut dose, tags::MODALITY, VR::CS, "RTDOSE");
        text(&mut dose, tags::STUDY_DATE, VR::DA, "");
        text(&mut dose, tags::PATIENT_NAME, VR::PN, "SYNTHETIC^DOSE");
        text(&mut dose, tags::PATIENT_ID, VR::LO, self.patient);
        text(&mut dose, tags::STUDY_INSTANCE_UID, VR::UI, "2.25.2");
        text(&mut dose, tags::SERIES_INSTANCE_UID, VR::UI, "2.25.6");
        text(
            &mut dose,
            tags::IMAGE_POSITION_PATIENT,
            VR::DS,
            self.position,
        );
        text(
            &mut dose,
            tags::IMAGE_ORIENTATION_PATIENT,
            VR::DS,
            "1\\0\\0\\0\\1\\0",
        );
        text(
            &mut dose,
            tags::FRAME_OF_REFERENCE_UID,
            VR::UI,
            self.frame_of_reference,
        );
        text(&mut dose, tags::PIXEL_SPACING, VR::DS, "2.5\\2.5");
        let (rows, columns, frames) = self.size;
        for (tag, value) in [
            (tags::SAMPLES_PER_PIXEL, 1),
            (tags::ROWS, rows),
            (tags::COLUMNS, columns),
            (tags::BITS_ALLOCATED, self.bits),
            (tags::BITS_STORED, self.bits),
            (tags::HIGH_BIT, self.bits - 1),
            (tags::PIXEL_REPRESENTATION, 0),
        ] {
            dose.put(DataElement::new(tag, VR::US, PrimitiveValue::from(value)));
        }
        text(
            &mut dose,
            tags::PHOTOMETRIC_INTERPRETATION,
            VR::CS,
            "MONOCHROME2",
        );
        text(
            &mut dose,
            tags::NUMBER_OF_FRAMES,
            VR::IS,
            &frames.to_string(),
        );
        if let Some(units) = self.units {
            text(&mut dose, tags::DOSE_UNITS, VR::CS, units);
        }
        text(&mut dose, tags::DOSE_TYPE, VR::CS, self.dose_type);
        text(&mut dose, tags::DOSE_SUMMATION_TYPE, VR::CS, self.summation);
        if let Some(offsets) = self.offsets {
            text(&mut dose, tags::GRID_FRAME_OFFSET_VECTOR, VR::DS, offsets);
        }
        text(&mut dose, tags::DOSE_GRID_SCALING, VR::DS, self.scaling);
        let mut plan = InMemDicomObject::new_empty();
        text(
            &mut plan,
            tags::REFERENCED_SOP_CLASS_UID,
            VR::UI,
            uids::RT_PLAN_STORAGE,
        );
        text(
            &mut plan,
            tags::REFERENCED_SOP_INSTANCE_UID,
            VR::UI,
            self.plan,
        );
        if !self.beams.is_empty() {
            let mut group = InMemDicomObject::new_empty();
            text(
                &mut group,
                tags::REFERENCED_FRACTION_GROUP_NUMBER,
                VR::IS,
                "1",
            );
            let beams = self.beams.iter().map(|number| {
                let mut beam = InMemDicomObject::new_empty();
                text(
                    &mut beam,
                    tags::REFERENCED_BEAM_NUMBER,
                    VR::IS,
                    &number.to_string(),
                );
                beam
            });
            sequence(&mut group, tags::REFERENCED_BEAM_SEQUENCE, beams.collect());
            sequence(
                &mut plan,
                tags::REFERENCED_FRACTION_GROUP_SEQUENCE,
                vec![group],
            );
        }
        sequence(&mut dose, tags::REFERENCED_RT_PLAN_SEQUENCE, vec![plan]);
        // as bytes, so that the test says which byte goes where
        let pixels: Vec<u8> = stored_as(self)
            .iter()
            .flat_map(|stored| match (self.bits, big_endian) {
                (16, false) => u16::try_from(*stored).unwrap().to_le_bytes().to_vec(),
                (16, true) => u16::try_from(*stored).unwrap().to_be_bytes().to_vec(),
                (_, false) => stored.to_le_bytes().to_vec(),
                (_, true) => stored.to_be_bytes().to_vec(),
            })
            .collect();
        dose.put(DataElement::new(
            tags::PIXEL_DATA,
            VR::OW,
            PrimitiveValue::U8(pixels.into()),
        ));
        dose
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        encoded(self.object(), uids::EXPLICIT_VR_LITTLE_ENDIAN)
    }
}
