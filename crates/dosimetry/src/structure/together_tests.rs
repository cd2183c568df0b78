//! Structures that were moved or exchanged are found, and right ones are not accused.

use super::{DrawnStructure, notes_of_set};
use crate::structure::StructureNote;

type Contours = Vec<Vec<[f64; 3]>>;

fn stack(x: f64, first: f64, planes: u8, spacing: f64) -> Contours {
    (0..planes)
        .map(|plane| {
            let z = first + f64::from(plane) * spacing;
            vec![[x, 0.0, z], [x + 9.0, 0.0, z], [x + 9.0, 9.0, z]]
        })
        .collect()
}

/// Images by the planes of 3 mm.
fn images(contours: &Contours) -> Vec<Option<String>> {
    let name = |contour: &Vec<[f64; 3]>| Some(format!("{:.0}", contour[0][2] / 3.0));
    contours.iter().map(name).collect()
}

fn said(structures: &[(&str, &Contours, &[Option<String>])]) -> Vec<String> {
    let drawn: Vec<DrawnStructure<'_>> = structures
        .iter()
        .map(|(name, contours, images)| DrawnStructure {
            name: Some(name),
            contours,
            images,
        })
        .collect();
    let word = |note: StructureNote| match note {
        StructureNote::OtherImage { contours, .. } => format!("image {contours}"),
        StructureNote::BetweenPlanes { planes, of, .. } => format!("between {planes}/{of}"),
        StructureNote::OtherSide { .. } => "side".to_string(),
        other => format!("{other:?}"),
    };
    let notes = notes_of_set(&drawn).into_iter();
    notes
        .map(|(at, note)| format!("{at} {}", word(note)))
        .collect()
}

#[test]
fn a_structure_that_was_moved_against_its_images_is_named() {
    let body = stack(-50.0, 0.0, 20, 3.0);
    let organ = stack(0.0, 12.0, 6, 3.0);
    let target = stack(20.0, 15.0, 4, 3.0);
    let moved = stack(0.0, 15.0, 6, 3.0);
    let (of_body, of_organ, of_target) = (images(&body), images(&organ), images(&target));
    let set = |organ| {
        said(&[
            ("BODY", &body, &of_body),
            ("Rectum", organ, &of_organ),
            ("PTV", &target, &of_target),
        ])
    };
    assert!(set(&organ).is_empty());
    assert_eq!(set(&moved), ["1 image 6"]);
    // references that name one image for all planes say nothing
    let same = |contours: &Contours| vec![Some("1".to_string()); contours.len()];
    let all = said(&[
        ("BODY", &body, &same(&body)),
        ("Rectum", &moved, &same(&moved)),
    ]);
    assert!(all.is_empty());
}

#[test]
fn planes_between_those_of_the_others_are_named() {
    let body = stack(-50.0, 0.0, 20, 3.0);
    let target = stack(20.0, 15.0, 4, 3.0);
    let set = |organ: &Contours| {
        said(&[
            ("BODY", &body, &[]),
            ("Rectum", organ, &[]),
            ("PTV", &target, &[]),
        ])
    };
    // by part of a plane, and scaled
    assert_eq!(set(&stack(0.0, 13.0, 6, 3.0)), ["1 between 6/6"]);
    assert_eq!(set(&stack(0.0, 12.0, 6, 3.3)), ["1 between 5/6"]);
    // every second plane, beyond the body, digits of an export, and a finer spacing
    for organ in [
        stack(0.0, 12.0, 6, 6.0),
        stack(0.0, -12.0, 9, 3.0),
        stack(0.0, 12.04, 6, 3.0),
        stack(0.0, 12.0, 12, 1.5),
    ] {
        assert!(set(&organ).is_empty());
    }
    let mut one_off = stack(0.0, 12.0, 6, 3.0);
    for point in &mut one_off[2] {
        point[2] += 1.0;
    }
    assert_eq!(set(&one_off), ["1 between 1/6"]);
    // the body itself
    let organ = stack(0.0, 13.0, 6, 3.0);
    let target = stack(20.0, 16.0, 4, 3.0);
    let none: &[Option<String>] = &[];
    let all = [
        ("BODY", &body, none),
        ("Rectum", &organ, none),
        ("PTV", &target, none),
    ];
    assert_eq!(said(&all), ["0 between 20/20"]);
}

#[test]
fn left_and_right_exchanged_are_named() {
    let (left, right) = (stack(60.0, 0.0, 4, 3.0), stack(-70.0, 0.0, 4, 3.0));
    for [of_left, of_right] in [
        ["Femoral Head Lt", "Femoral Head RT"],
        ["Femur_L", "Femur_R"],
        ["left kidney", "Kidney, right"],
    ] {
        assert!(said(&[(of_left, &left, &[]), (of_right, &right, &[])]).is_empty());
        let exchanged = said(&[(of_left, &right, &[]), (of_right, &left, &[])]);
        assert_eq!(exchanged, ["0 side", "1 side"], "{of_left}");
    }
    // no pair, or several
    let one = ("Femur_L", &right, &[][..]);
    assert!(said(&[one, ("Kidney_R", &left, &[])]).is_empty());
    assert!(said(&[one, one, ("Femur_R", &left, &[])]).is_empty());
    assert!(said(&[("L", &right, &[]), ("R", &left, &[])]).is_empty());
}
