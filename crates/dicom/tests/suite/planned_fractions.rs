//! The phases of a conversion against the plans their doses refer to: fractions, parts, persons.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::{Finding, Outcome};
use chemorad_dicom::equivalent::{
    ConvertError, DerivedFinding, GridPolicy, Measure, NotCompared, PhaseDose, compare_with_plans,
    convert, settle_parts,
};
use chemorad_dicom::{DicomFile, Limits};
use chemorad_dosimetry::DosePart;
use dicom_core::{Tag, VR};
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;

use crate::common::{DoseFixture, GroupFixture, beam, dose, encoded, pelvis, sequence, text};

/// A dose: its summation type, its plan, and the groups it names with beams and setups.
type Of = (
    &'static str,
    &'static str,
    &'static [(i32, &'static [i32], &'static [i32])],
);

fn numbers(tag: Tag, numbers: &[i32]) -> Vec<InMemDicomObject> {
    let item = |number: &i32| {
        let mut item = InMemDicomObject::new_empty();
        text(&mut item, tag, VR::IS, &number.to_string());
        item
    };
    numbers.iter().map(item).collect()
}

fn dose_bytes((summation, plan, groups): Of, instance: &'static str) -> Vec<u8> {
    let fixture = DoseFixture {
        instance,
        summation,
        ..dose()
    };
    let mut object = fixture.object();
    let mut reference = InMemDicomObject::new_empty();
    let class = uids::RT_PLAN_STORAGE;
    text(
        &mut reference,
        tags::REFERENCED_SOP_CLASS_UID,
        VR::UI,
        class,
    );
    text(
        &mut reference,
        tags::REFERENCED_SOP_INSTANCE_UID,
        VR::UI,
        plan,
    );
    let groups = groups.iter().map(|(number, beams, setups)| {
        let mut group = InMemDicomObject::new_empty();
        let tag = tags::REFERENCED_FRACTION_GROUP_NUMBER;
        text(&mut group, tag, VR::IS, &number.to_string());
        if !beams.is_empty() {
            let items = numbers(tags::REFERENCED_BEAM_NUMBER, beams);
            sequence(&mut group, tags::REFERENCED_BEAM_SEQUENCE, items);
        }
        if !setups.is_empty() {
            let tag = tags::REFERENCED_BRACHY_APPLICATION_SETUP_NUMBER;
            let items = numbers(tag, setups);
            let tag = tags::REFERENCED_BRACHY_APPLICATION_SETUP_SEQUENCE;
            sequence(&mut group, tag, items);
        }
        group
    });
    let groups: Vec<_> = groups.collect();
    if !groups.is_empty() {
        let tag = tags::REFERENCED_FRACTION_GROUP_SEQUENCE;
        sequence(&mut reference, tag, groups);
    }
    let tag = tags::REFERENCED_RT_PLAN_SEQUENCE;
    sequence(&mut object, tag, vec![reference]);
    encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
}

/// A plan of fraction groups, each with its fractions and its beams.
fn plan_bytes(uid: &str, patient: &str, groups: &[(Option<u32>, &[i32])]) -> Vec<u8> {
    let mut fixture = pelvis();
    fixture.groups = groups
        .iter()
        .map(|(fractions, beams)| GroupFixture {
            fractions: *fractions,
            beams: beams.iter().map(|number| beam(*number, "0.9")).collect(),
        })
        .collect();
    let mut object = fixture.object();
    text(&mut object, tags::SOP_INSTANCE_UID, VR::UI, uid);
    text(&mut object, tags::PATIENT_NAME, VR::PN, "SYNTHETIC^DOSE");
    text(&mut object, tags::PATIENT_ID, VR::LO, patient);
    encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
}

/// What is said of phases of 25 fractions.
fn compared(phases: &[&[Of]], plans: &[Vec<u8>]) -> Result<Vec<Finding>, ConvertError> {
    const NAMES: [&str; 4] = ["2.25.100", "2.25.101", "2.25.102", "2.25.103"];
    let mut names = NAMES.iter();
    let bytes: Vec<Vec<Vec<u8>>> = phases
        .iter()
        .map(|doses| {
            let bytes = |of: &Of| dose_bytes(*of, names.next().unwrap());
            doses.iter().map(bytes).collect()
        })
        .collect();
    let open = |bytes| DicomFile::from_bytes(bytes, Limits::default()).unwrap();
    let files: Vec<Vec<DicomFile<'_>>> = bytes
        .iter()
        .map(|doses| doses.iter().map(|bytes| open(bytes)).collect())
        .collect();
    let doses: Vec<Vec<_>> = files
        .iter()
        .map(|files| files.iter().map(|file| file.dose().unwrap()).collect())
        .collect();
    let borrowed: Vec<Vec<_>> = doses.iter().map(|doses| doses.iter().collect()).collect();
    let phases: Vec<_> = borrowed
        .iter()
        .map(|doses| PhaseDose {
            doses,
            fractions: "25".parse().unwrap(),
        })
        .collect();
    let plans: Vec<_> = plans
        .iter()
        .map(|bytes| {
            let file = DicomFile::from_bytes(bytes, Limits::default()).unwrap();
            file.plan().unwrap()
        })
        .collect();
    let model = chemorad::radiobiology::LinearQuadratic::new("3 Gy".parse().unwrap());
    let derived = convert(&phases, model, Measure::Bed, GridPolicy::MustCoincide)?;
    let asked = |finding: &Finding| {
        matches!(
            finding.observation(),
            Some(DerivedFinding::PartsNamed { .. })
        )
    };
    let mut notes: Vec<Finding> = derived.notes.into_iter().filter(asked).collect();
    if !plans.is_empty() {
        let found = compare_with_plans(&phases, &plans.iter().collect::<Vec<_>>())?;
        settle_parts(&mut notes, &found);
        notes.extend(found);
    }
    Ok(notes)
}

/// In short: which phase, and what of it.
fn short(findings: &[Finding]) -> Vec<String> {
    let parts = |parts: &[DosePart]| {
        let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
        parts.join(", ")
    };
    let one = |finding: &Finding| match finding.observation::<DerivedFinding>() {
        Some(DerivedFinding::PartsNamed {
            phase, parts: of, ..
        }) => {
            format!("{phase} names {}", parts(of))
        }
        Some(DerivedFinding::PartsMissing { phase, parts: of }) => {
            format!("{phase} without {}", parts(of))
        }
        Some(DerivedFinding::PartsUnknown { phase, parts: of }) => {
            format!("{phase} unknown {}", parts(of))
        }
        Some(DerivedFinding::PartsAsPlanned { phase }) => format!("{phase} all parts"),
        Some(DerivedFinding::FractionsAsPlanned { phase, fractions }) => {
            format!("{phase} in {fractions}")
        }
        Some(DerivedFinding::FractionsNotCompared { phase, why }) => format!("{phase} {why:?}"),
        _ => finding.code().to_string(),
    };
    findings.iter().map(one).collect()
}

const A: &str = "2.25.1";
const B: &str = "2.25.7";
const PERSON: &str = "synthetic-1";

fn said(phases: &[&[Of]], plans: &[Vec<u8>]) -> Vec<String> {
    short(&compared(phases, plans).unwrap())
}

#[test]
fn the_parts_of_a_phase_are_those_of_its_plan() {
    let plan = [plan_bytes(A, PERSON, &[(Some(25), &[1, 2])])];
    let beam_1: Of = ("BEAM", A, &[(1, &[1], &[])]);
    let beam_2: Of = ("BEAM", A, &[(1, &[2], &[])]);
    let beam_3: Of = ("BEAM", A, &[(1, &[3], &[])]);
    assert_eq!(said(&[&[beam_1, beam_2]], &plan), ["1 in 25"]);
    assert_eq!(said(&[&[beam_1]], &plan), ["1 without beam 2", "1 in 25"]);
    assert_eq!(
        said(&[&[beam_1, beam_2, beam_3]], &plan),
        ["1 unknown beam 3", "1 in 25"]
    );
    assert_eq!(
        said(&[&[beam_1, beam_3]], &plan),
        ["1 without beam 2", "1 unknown beam 3", "1 in 25"]
    );
    // a dose of beams that names none holds what nobody knows
    let unnamed: Of = ("BEAM", A, &[]);
    assert_eq!(said(&[&[unnamed]], &plan), ["1 in 25"]);
    let setups: Of = ("BRACHY", A, &[(1, &[1], &[7])]);
    assert_eq!(
        said(&[&[setups]], &plan),
        [
            "1 without beam 1, beam 2",
            "1 unknown application setup 7",
            "1 in 25"
        ]
    );
}

#[test]
fn a_whole_dose_that_names_parts_is_asked_about() {
    let plan = |beams: &[i32]| [plan_bytes(A, PERSON, &[(Some(25), beams)])];
    for summation in ["PLAN", "FRACTION"] {
        let named: Of = (summation, A, &[(1, &[1, 2], &[])]);
        let whole: Of = (summation, A, &[(1, &[], &[])]);
        assert_eq!(said(&[&[named]], &[]), ["1 names beam 1, beam 2"]);
        assert_eq!(
            said(&[&[named]], &plan(&[1, 2])),
            ["1 all parts", "1 in 25"]
        );
        assert_eq!(
            said(&[&[named]], &plan(&[1, 2, 3])),
            ["1 without beam 3", "1 in 25"]
        );
        // the plan has not all of them, so it does not answer
        assert_eq!(
            said(&[&[named]], &plan(&[1])),
            ["1 names beam 1, beam 2", "1 unknown beam 2", "1 in 25"]
        );
        assert_eq!(said(&[&[whole]], &plan(&[1, 2])), ["1 in 25"]);
        assert_eq!(said(&[&[whole]], &[]), [""; 0]);
        let with_setup: Of = (summation, A, &[(1, &[1], &[7])]);
        assert_eq!(
            said(&[&[with_setup]], &[]),
            ["1 names beam 1, application setup 7"]
        );
    }
    // what else is said stays
    let mut other = vec![Finding::from(DerivedFinding::GroupsOfPlan)];
    settle_parts(&mut other, &[]);
    assert_eq!(short(&other), ["dose.groups_of_plan"]);
    // each phase is answered by its plan
    let first: Of = ("PLAN", A, &[(1, &[1], &[])]);
    let second: Of = ("PLAN", B, &[(1, &[1], &[])]);
    let plans = plan(&[1]);
    assert_eq!(
        said(&[&[first], &[second]], &plans),
        ["2 names beam 1", "1 all parts", "1 in 25", "2 NoPlan"]
    );
}

#[test]
fn the_fractions_of_a_phase_are_those_of_its_group() {
    let of = |groups: &[(Option<u32>, &[i32])]| [plan_bytes(A, PERSON, groups)];
    let plan: Of = ("PLAN", A, &[]);
    let group_1: Of = ("FRACTION", A, &[(1, &[], &[])]);
    let group_2: Of = ("FRACTION", A, &[(2, &[], &[])]);
    let two = of(&[(Some(25), &[1]), (Some(3), &[2])]);
    assert_eq!(said(&[&[group_1]], &two), ["1 in 25"]);
    assert_eq!(
        compared(&[&[group_2]], &two).unwrap_err(),
        ConvertError::Fractions {
            at: 1,
            plan: 1,
            given: 25,
            planned: 3
        }
    );
    assert_eq!(said(&[&[plan]], &two), ["1 SeveralGroups"]);
    assert_eq!(said(&[&[plan]], &of(&[(Some(25), &[1])])), ["1 in 25"]);
    assert_eq!(said(&[&[plan]], &of(&[(None, &[1])])), ["1 NotStated"]);
    let group_9: Of = ("FRACTION", A, &[(9, &[], &[])]);
    assert_eq!(said(&[&[group_9]], &two), ["1 NoGroup"]);
    let one_of_none: Of = ("FRACTION", A, &[(1, &[], &[]), (9, &[], &[])]);
    assert_eq!(said(&[&[one_of_none]], &two), ["1 NoGroup"]);
    // called that of the plan and of one of its groups
    let either: Of = ("PLAN", A, &[(1, &[], &[])]);
    assert_eq!(said(&[&[either]], &two), ["1 PlanOrGroup"]);
    let both: Of = ("PLAN", A, &[(1, &[], &[]), (2, &[], &[])]);
    assert_eq!(said(&[&[both]], &two), ["1 SeveralGroups"]);
    assert_eq!(said(&[&[either]], &of(&[(Some(25), &[1])])), ["1 in 25"]);
    let not_compared = compared(&[&[either]], &two).unwrap();
    assert_eq!(not_compared[0].outcome, Outcome::CannotTell);
    assert!(matches!(
        not_compared[0].observation(),
        Some(DerivedFinding::FractionsNotCompared {
            why: NotCompared::PlanOrGroup,
            ..
        })
    ));
    // the second of three doses is the one that is named
    let (beam_1, beam_2): (Of, Of) = (
        ("BEAM", A, &[(1, &[1], &[])]),
        ("BEAM", A, &[(1, &[2], &[])]),
    );
    let second: Of = ("PLAN", B, &[]);
    let plans = [
        plan_bytes(A, PERSON, &[(Some(25), &[1, 2])]),
        plan_bytes(B, PERSON, &[(Some(8), &[1])]),
    ];
    assert_eq!(
        compared(&[&[beam_1, beam_2], &[second]], &plans).unwrap_err(),
        ConvertError::Fractions {
            at: 3,
            plan: 2,
            given: 25,
            planned: 8
        }
    );
}

#[test]
fn plans_that_no_dose_refers_to_and_those_of_others() {
    let dose: Of = ("PLAN", A, &[]);
    let plan = |uid, person| plan_bytes(uid, person, &[(Some(25), &[1])]);
    assert_eq!(
        compared(&[&[dose]], &[plan(A, PERSON), plan(B, PERSON)]).unwrap_err(),
        ConvertError::PlanUnused { plan: 2 }
    );
    assert_eq!(
        compared(&[&[dose]], &[plan(A, "another")]).unwrap_err(),
        ConvertError::PlanPatient { plan: 1 }
    );
    assert_eq!(
        said(&[&[dose]], &[plan(A, "")]),
        ["1 in 25", "plan.patient"]
    );
}
