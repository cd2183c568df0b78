//! Contours of structure sets: what is read, and what is refused.

use chemorad_dicom::{DicomFile, Limits, ReadError, RegionContours};
use dicom_core::{Tag, VR};
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;

use crate::common::contoured::contoured_object;
use crate::common::{PLAIN, encoded, in_item, sequence, text};
use crate::revealed;

fn read(object: InMemDicomObject, syntax: &str) -> Result<Vec<RegionContours>, ReadError> {
    let bytes = encoded(object, syntax);
    DicomFile::from_bytes(&bytes, Limits::default())?.contours()
}

fn changed(change: impl FnOnce(&mut InMemDicomObject)) -> Result<Vec<RegionContours>, ReadError> {
    let mut object = contoured_object("synthetic-1", "CLOSED_PLANAR");
    change(&mut object);
    read(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
}

/// The first contour of the first region.
fn contour(object: &mut InMemDicomObject, change: impl FnOnce(&mut InMemDicomObject)) {
    in_item(object, tags::ROI_CONTOUR_SEQUENCE, 0, |region| {
        in_item(region, tags::CONTOUR_SEQUENCE, 0, change);
    });
}

#[test]
fn contours_are_read_region_by_region_in_every_encoding() {
    for syntax in PLAIN {
        let object = contoured_object("synthetic-1", "CLOSED_PLANAR");
        let regions = read(object, syntax).unwrap();
        let names: Vec<_> = regions
            .iter()
            .map(|one| revealed(one.name.as_ref()))
            .collect();
        assert_eq!(names, [Some("Box"), Some("Empty"), Some("Crossing")]);
        let frame = regions[0].frame_of_reference.as_ref().unwrap();
        assert_eq!(frame.reveal(), "2.25.5");
        let counts = regions
            .iter()
            .map(|one| (one.number, one.closed.len(), one.not_closed));
        assert_eq!(
            counts.collect::<Vec<_>>(),
            [(1, 4, 0), (2, 0, 0), (3, 8, 0)]
        );
        let first = &regions[0].closed[0];
        assert_eq!(first[..2], [[1.0, 1.0, 2.0], [9.0, 1.0, 2.0]]);
    }
}

#[test]
fn points_and_open_lines_are_counted_and_enclose_nothing() {
    for kind in ["POINT", "OPEN_PLANAR", "OPEN_NONPLANAR"] {
        let object = contoured_object("synthetic-1", kind);
        let regions = read(object, uids::EXPLICIT_VR_LITTLE_ENDIAN).unwrap();
        assert_eq!((regions[0].closed.len(), regions[0].not_closed), (0, 4));
    }
    let of_xor = contoured_object("synthetic-1", "CLOSEDPLANAR_XOR");
    let regions = read(of_xor, uids::EXPLICIT_VR_LITTLE_ENDIAN).unwrap();
    assert_eq!(regions[0].closed.len(), 4);
}

#[test]
fn contours_that_cannot_be_told_are_refused() {
    type Change = fn(&mut InMemDicomObject);
    let cases: [(Change, &str); 9] = [
        (
            |set| {
                in_item(set, tags::ROI_CONTOUR_SEQUENCE, 2, |region| {
                    text(region, tags::REFERENCED_ROI_NUMBER, VR::IS, "1");
                });
            },
            "two sets of contours have this number",
        ),
        (
            |set| {
                in_item(set, tags::ROI_CONTOUR_SEQUENCE, 0, |region| {
                    region.remove_element(tags::REFERENCED_ROI_NUMBER);
                });
            },
            "(3006,0084)",
        ),
        (
            |set| {
                in_item(set, tags::ROI_CONTOUR_SEQUENCE, 0, |region| {
                    text(region, tags::REFERENCED_ROI_NUMBER, VR::IS, "77");
                });
            },
            "no structure has this number",
        ),
        (
            |set| {
                in_item(set, tags::STRUCTURE_SET_ROI_SEQUENCE, 0, |region| {
                    text(region, tags::ROI_NUMBER, VR::IS, "2");
                });
            },
            "two structures have this number",
        ),
        (
            |set| {
                contour(set, |contour| {
                    text(contour, tags::NUMBER_OF_CONTOUR_POINTS, VR::IS, "5");
                });
            },
            "4 points where 5 are stated",
        ),
        (
            |set| {
                contour(set, |contour| {
                    text(contour, tags::CONTOUR_DATA, VR::DS, "1\\2\\3\\4");
                });
            },
            "each point has three",
        ),
        (
            |set| {
                contour(set, |contour| {
                    text(contour, tags::CONTOUR_DATA, VR::DS, "1\\2\\x");
                });
            },
            "(3006,0050)",
        ),
        (
            |set| {
                contour(set, |contour| {
                    contour.remove_element(tags::CONTOUR_GEOMETRIC_TYPE);
                });
            },
            "(3006,0042)",
        ),
        (
            |set| {
                contour(set, |contour| {
                    text(contour, Tag(0x3006, 0x0045), VR::DS, "0\\0\\2.5");
                });
            },
            "retired",
        ),
    ];
    for (change, part) in cases {
        let message = changed(change).unwrap_err().to_string();
        assert!(message.contains(part), "{part}: {message}");
    }
    // an offset of nothing moves nothing
    let unmoved = changed(|set| {
        contour(set, |contour| {
            text(contour, Tag(0x3006, 0x0045), VR::DS, "0\\0\\0");
        });
    });
    assert!(unmoved.is_ok());
}

/// What a region is declared to be.
#[test]
fn regions_that_are_no_targets_are_known() {
    let no_targets = |kinds: [&str; 3]| {
        let mut object = contoured_object("synthetic-1", "CLOSED_PLANAR");
        let items = kinds
            .into_iter()
            .zip(["1", "2", "3"])
            .map(|(kind, number)| {
                let mut item = InMemDicomObject::new_empty();
                text(&mut item, tags::REFERENCED_ROI_NUMBER, VR::IS, number);
                text(&mut item, tags::RTROI_INTERPRETED_TYPE, VR::CS, kind);
                item
            });
        sequence(
            &mut object,
            tags::RTROI_OBSERVATIONS_SEQUENCE,
            items.collect(),
        );
        let bytes = encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN);
        let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
        file.structures("structures.dcm").unwrap().0.no_targets
    };
    assert!(no_targets(["PTV", "CTV", "GTV"]).is_empty());
    // the bed of a tumour is drawn as a cavity too, and many regions say nothing
    assert!(no_targets(["CAVITY", "CONTROL", ""]).is_empty());
    assert_eq!(no_targets(["ORGAN", "PTV", "AVOIDANCE"]), [1, 3]);
    assert_eq!(no_targets(["EXTERNAL", "SUPPORT", "BOLUS"]), [1, 2, 3]);
}
