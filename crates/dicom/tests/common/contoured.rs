//! A synthetic structure set with contours.

use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;

use super::{encoded, sequence, text};

/// A box of 8 x 8 mm in four planes 2 mm apart, a region without contours, and an overlap.
pub(crate) fn contoured(patient: &str, kind: &str) -> Vec<u8> {
    contoured_as("Box", patient, kind)
}

/// The same where the box has another name.
pub(crate) fn contoured_as(name: &str, patient: &str, kind: &str) -> Vec<u8> {
    let set = named_object(name, patient, kind);
    encoded(set, uids::EXPLICIT_VR_LITTLE_ENDIAN)
}

/// The same, to be changed.
pub(crate) fn contoured_object(patient: &str, kind: &str) -> InMemDicomObject {
    named_object("Box", patient, kind)
}

fn named_object(name: &str, patient: &str, kind: &str) -> InMemDicomObject {
    let mut set = InMemDicomObject::new_empty();
    let class = uids::RT_STRUCTURE_SET_STORAGE;
    text(&mut set, tags::SOP_CLASS_UID, VR::UI, class);
    text(&mut set, tags::SOP_INSTANCE_UID, VR::UI, "2.25.4");
    text(&mut set, tags::MODALITY, VR::CS, "RTSTRUCT");
    text(&mut set, tags::PATIENT_NAME, VR::PN, "SYNTHETIC^DOSE");
    text(&mut set, tags::PATIENT_ID, VR::LO, patient);
    let regions = [("1", name), ("2", "Empty"), ("3", "Crossing")];
    let named = regions.map(|(number, name)| {
        let mut item = InMemDicomObject::new_empty();
        text(&mut item, tags::ROI_NUMBER, VR::IS, number);
        text(&mut item, tags::ROI_NAME, VR::LO, name);
        let frame = tags::REFERENCED_FRAME_OF_REFERENCE_UID;
        text(&mut item, frame, VR::UI, "2.25.5");
        item
    });
    sequence(&mut set, tags::STRUCTURE_SET_ROI_SEQUENCE, named.into());
    let contour = |low: f64, high: f64, z: f64| {
        let mut contour = InMemDicomObject::new_empty();
        let corners = [[low, low], [high, low], [high, high], [low, high]];
        let data: Vec<String> = corners.map(|[x, y]| format!("{x}\\{y}\\{z}")).into();
        text(&mut contour, tags::CONTOUR_GEOMETRIC_TYPE, VR::CS, kind);
        text(&mut contour, tags::NUMBER_OF_CONTOUR_POINTS, VR::IS, "4");
        text(&mut contour, tags::CONTOUR_DATA, VR::DS, &data.join("\\"));
        contour
    };
    let planes = [2.0, 4.0, 6.0, 8.0];
    let drawn = [
        ("1", planes.map(|z| contour(1.0, 9.0, z)).to_vec()),
        ("2", Vec::new()),
        (
            "3",
            planes
                .iter()
                .flat_map(|z| [contour(1.0, 5.0, *z), contour(3.0, 9.0, *z)])
                .collect(),
        ),
    ];
    let drawn = drawn.map(|(number, contours)| {
        let mut item = InMemDicomObject::new_empty();
        text(&mut item, tags::REFERENCED_ROI_NUMBER, VR::IS, number);
        sequence(&mut item, tags::CONTOUR_SEQUENCE, contours);
        item
    });
    sequence(&mut set, tags::ROI_CONTOUR_SEQUENCE, drawn.into());
    set
}

/// A square block: its name, its corners in the plane, and its planes 2 mm apart.
#[derive(Clone)]
pub(crate) struct Block {
    pub(crate) name: &'static str,
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) planes: Vec<f64>,
}

/// A structure set of blocks, in a frame of reference where one is given.
pub(crate) fn blocks(patient: &str, frame: Option<&str>, blocks: &[Block]) -> Vec<u8> {
    blocks_of("2.25.4", patient, frame, blocks)
}

/// The same with another SOP Instance UID.
pub(crate) fn blocks_of(
    uid: &str,
    patient: &str,
    frame: Option<&str>,
    blocks: &[Block],
) -> Vec<u8> {
    let mut set = InMemDicomObject::new_empty();
    let class = uids::RT_STRUCTURE_SET_STORAGE;
    text(&mut set, tags::SOP_CLASS_UID, VR::UI, class);
    text(&mut set, tags::SOP_INSTANCE_UID, VR::UI, uid);
    text(&mut set, tags::MODALITY, VR::CS, "RTSTRUCT");
    text(&mut set, tags::PATIENT_NAME, VR::PN, "SYNTHETIC^DOSE");
    text(&mut set, tags::PATIENT_ID, VR::LO, patient);
    let numbered = || blocks.iter().zip(1..);
    let named = numbered().map(|(block, number)| {
        let mut item = InMemDicomObject::new_empty();
        text(
            &mut item,
            tags::ROI_NUMBER,
            VR::IS,
            &i32::to_string(&number),
        );
        text(&mut item, tags::ROI_NAME, VR::LO, block.name);
        if let Some(frame) = frame {
            let tag = tags::REFERENCED_FRAME_OF_REFERENCE_UID;
            text(&mut item, tag, VR::UI, frame);
        }
        item
    });
    sequence(&mut set, tags::STRUCTURE_SET_ROI_SEQUENCE, named.collect());
    let drawn = numbered().map(|(block, number)| {
        let contours = block.planes.iter().map(|z| {
            let (low, high) = (block.low, block.high);
            let mut contour = InMemDicomObject::new_empty();
            let corners = [[low, low], [high, low], [high, high], [low, high]];
            let data: Vec<String> = corners.map(|[x, y]| format!("{x}\\{y}\\{z}")).into();
            text(
                &mut contour,
                tags::CONTOUR_GEOMETRIC_TYPE,
                VR::CS,
                "CLOSED_PLANAR",
            );
            text(&mut contour, tags::NUMBER_OF_CONTOUR_POINTS, VR::IS, "4");
            text(&mut contour, tags::CONTOUR_DATA, VR::DS, &data.join("\\"));
            contour
        });
        let contours = contours.collect();
        let mut item = InMemDicomObject::new_empty();
        text(
            &mut item,
            tags::REFERENCED_ROI_NUMBER,
            VR::IS,
            &i32::to_string(&number),
        );
        sequence(&mut item, tags::CONTOUR_SEQUENCE, contours);
        item
    });
    sequence(&mut set, tags::ROI_CONTOUR_SEQUENCE, drawn.collect());
    encoded(set, uids::EXPLICIT_VR_LITTLE_ENDIAN)
}
