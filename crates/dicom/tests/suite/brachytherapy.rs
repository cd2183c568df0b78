//! Application setups of brachytherapy: their doses are summed as far as they can be.
use chemorad::report::Written;
use chemorad_dicom::{DicomFile, DosePerFraction, Limits, Plan, ReadError};
use chemorad_dosimetry::{DosePart, MissingDose, PlanKind};
use dicom_core::{Tag, VR};
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;

use crate::common::{brachy_group, encoded, pelvis, sequence, text};

const DOSE_SPECIFICATION_POINT: Tag = Tag(0x300A, 0x00A2);

#[derive(Clone, Copy)]
struct Setup {
    number: Option<&'static str>,
    dose: Option<&'static str>,
    point: Option<&'static str>,
}

fn setup(number: &'static str, dose: &'static str) -> Setup {
    Setup {
        number: Some(number),
        dose: Some(dose),
        point: None,
    }
}

/// Four fractions of application setups, with or without a beam beside them.
fn plan(setups: &[Setup], beam: bool) -> Result<Plan, ReadError> {
    let bytes = encoded(object(setups, beam), uids::EXPLICIT_VR_LITTLE_ENDIAN);
    DicomFile::from_bytes(&bytes, Limits::default())?.plan()
}

fn object(setups: &[Setup], beam: bool) -> InMemDicomObject {
    let mut fixture = pelvis();
    if !beam {
        fixture.groups[0].beams.clear();
        fixture.describe_beams = false;
    }
    let mut object = fixture.object();
    let setups = setups.iter().map(|setup| {
        let mut item = InMemDicomObject::new_empty();
        for (tag, vr, value) in [
            (
                tags::REFERENCED_BRACHY_APPLICATION_SETUP_NUMBER,
                VR::IS,
                setup.number,
            ),
            (tags::BRACHY_APPLICATION_SETUP_DOSE, VR::DS, setup.dose),
            (DOSE_SPECIFICATION_POINT, VR::DS, setup.point),
        ] {
            if let Some(value) = value {
                text(&mut item, tag, vr, value);
            }
        }
        item
    });
    let group = brachy_group(setups.collect(), beam);
    sequence(&mut object, tags::FRACTION_GROUP_SEQUENCE, vec![group]);
    object
}

/// Why the dose of the only group is not known.
fn missing(plan: &Plan) -> MissingDose {
    let planned = plan.to_planned("plan.dcm");
    planned.groups[0].doses[0].missing.clone().unwrap()
}

#[test]
fn setups_are_summed() {
    let plan = plan(&[setup("1", "3.5"), setup("2", "3.5")], false).unwrap();
    assert_eq!(plan.technique, PlanKind::Brachytherapy);
    let group = &plan.fraction_groups[0];
    assert_eq!(group.total_dose(), Some("28".parse().unwrap()));
    assert_eq!(group.place(), "fraction group without a number");
    let planned = plan.to_planned("plan.dcm");
    assert_eq!(
        planned.groups[0].doses[0]
            .summed
            .as_ref()
            .map(Written::exact),
        Some("3.5 (application setup 1) + 3.5 (application setup 2)")
    );
}

#[test]
fn setups_and_beams_do_not_add_up() {
    let plan = plan(&[setup("1", "7")], true).unwrap();
    assert_eq!(plan.technique, PlanKind::ExternalBeamAndBrachytherapy);
    let group = &plan.fraction_groups[0];
    assert_eq!(group.dose_per_fraction(), DosePerFraction::Mixed);
    assert_eq!(group.total_dose(), None);
}

#[test]
fn a_setup_without_a_dose_makes_the_sum_unknown() {
    let without = Setup {
        dose: None,
        ..setup("2", "")
    };
    let plan = plan(&[setup("1", "7"), without], false).unwrap();
    let group = &plan.fraction_groups[0];
    assert_eq!(
        group.dose_per_fraction(),
        DosePerFraction::Unknown { missing: vec![2] }
    );
    assert_eq!(group.total_dose(), None);
    assert_eq!(missing(&plan), MissingDose::NoSetupDose { setups: vec![2] });
}

/// Doses at one point are added, and at two are not.
#[test]
fn setups_have_points() {
    let at = |number, point| Setup {
        point,
        ..setup(number, "3.5")
    };
    let one = Some("10\\0\\-5");
    let same = plan(&[at("1", one), at("2", Some("10.0\\0\\-5.04"))], false).unwrap();
    let DosePerFraction::Known { dose, point, .. } = same.fraction_groups[0].dose_per_fraction()
    else {
        panic!("{same:?}");
    };
    assert_eq!(dose, "7".parse().unwrap());
    assert_eq!(point.unwrap().to_string(), "at (10, 0, -5) mm");
    for other in [Some("10\\0\\25"), None] {
        let plan = plan(&[at("1", one), at("2", other)], false).unwrap();
        let MissingDose::DifferentPoints { points } = missing(&plan) else {
            panic!("{plan:?}");
        };
        assert_eq!(points[1].part, DosePart::Setup(2));
        let words = missing(&plan).to_string();
        assert!(words.contains("application setup 2"), "{words}");
    }
}

#[test]
fn a_setup_is_never_numbered_by_itself() {
    let without = Setup {
        number: None,
        ..setup("", "7")
    };
    let error = plan(&[without], false).unwrap_err().to_string();
    assert!(
        error.contains("ReferencedBrachyApplicationSetupNumber (300C,000C) is missing"),
        "{error}"
    );
    let twice = plan(&[setup("1", "7"), setup("1", "7")], false);
    let error = twice.unwrap_err().to_string();
    assert!(
        error.contains("names this application setup twice"),
        "{error}"
    );
}

/// Setups that are described and not named, and the reverse.
#[test]
fn setups_of_groups_are_those_that_are_described() {
    let notes = |described: &[&str]| -> Vec<String> {
        let mut object = object(&[setup("1", "7")], false);
        let items = described.iter().map(|number| {
            let mut item = InMemDicomObject::new_empty();
            text(&mut item, tags::APPLICATION_SETUP_NUMBER, VR::IS, number);
            item
        });
        let items = items.collect();
        sequence(&mut object, tags::APPLICATION_SETUP_SEQUENCE, items);
        let bytes = encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN);
        let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
        let notes = file.plan().unwrap().notes;
        notes.iter().map(|note| note.code().to_string()).collect()
    };
    assert_eq!(notes(&["1"]), [""; 0]);
    assert_eq!(
        notes(&["2"]),
        ["plan.beam_missing", "plan.beam_in_no_group"]
    );
    assert_eq!(notes(&["1", "2"]), ["plan.beam_in_no_group"]);
    assert_eq!(notes(&[]), ["plan.beam_missing"]);
}
