//! Doses that share treatment are not added, whatever their objects are called; those that share none are.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use crate::common::{DoseFixture, dose, encoded, sequence, text};
use chemorad::radiobiology::{LinearQuadratic, TWO_GRAY};
use chemorad::radiotherapy::FractionCount;
use chemorad::report::{Finding, Outcome};
use chemorad_dicom::equivalent::{
    self, ConvertError, DerivedDose, GridPolicy, Measure, PhaseDose, Shared, Together, Unsettled,
};
use chemorad_dicom::{DicomFile, Dose, Limits, WriteOptions};
use chemorad_dosimetry::SummationType;
use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;

/// What a dose says it is of: its summation type, its plan, and of that the groups with their beams
/// and setups.
#[derive(Clone, Copy)]
struct Of {
    summation: &'static str,
    plan: Option<&'static str>,
    groups: &'static [Group],
}

type Group = (Option<&'static str>, &'static [i32], &'static [i32]);

const fn of(summation: &'static str, plan: Option<&'static str>, groups: &'static [Group]) -> Of {
    Of {
        summation,
        plan,
        groups,
    }
}

const A: Option<&str> = Some("2.25.1");
const B: Option<&str> = Some("2.25.7");
const PLAN: Of = of("PLAN", A, &[]);
const FRACTION_1: Of = of("FRACTION", A, &[(Some("1"), &[], &[])]);
const FRACTION_2: Of = of("FRACTION", A, &[(Some("2"), &[], &[])]);
const BEAM_1: Of = of("BEAM", A, &[(Some("1"), &[1], &[])]);
const BEAM_2: Of = of("BEAM", A, &[(Some("1"), &[2], &[])]);
const BEAM_1_OF_GROUP_2: Of = of("BEAM", A, &[(Some("2"), &[1], &[])]);
const SETUP_1: Of = of("BRACHY", A, &[(Some("1"), &[], &[1])]);
const SETUP_2: Of = of("BRACHY", A, &[(Some("1"), &[], &[2])]);

fn numbered(tag: dicom_core::Tag, numbers: &[i32]) -> Vec<InMemDicomObject> {
    let item = |number: &i32| {
        let mut item = InMemDicomObject::new_empty();
        text(&mut item, tag, VR::IS, &number.to_string());
        item
    };
    numbers.iter().map(item).collect()
}

fn bytes(of: Of, instance: &'static str) -> Vec<u8> {
    let fixture = DoseFixture {
        instance,
        summation: of.summation,
        ..dose()
    };
    let mut object = fixture.object();
    let Some(uid) = of.plan else {
        object.remove_element(tags::REFERENCED_RT_PLAN_SEQUENCE);
        return encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN);
    };
    let mut plan = InMemDicomObject::new_empty();
    let class = uids::RT_PLAN_STORAGE;
    text(&mut plan, tags::REFERENCED_SOP_CLASS_UID, VR::UI, class);
    text(&mut plan, tags::REFERENCED_SOP_INSTANCE_UID, VR::UI, uid);
    let groups = of.groups.iter().map(|(number, beams, setups)| {
        let mut group = InMemDicomObject::new_empty();
        if let Some(number) = number {
            let tag = tags::REFERENCED_FRACTION_GROUP_NUMBER;
            text(&mut group, tag, VR::IS, number);
        }
        if !beams.is_empty() {
            let items = numbered(tags::REFERENCED_BEAM_NUMBER, beams);
            sequence(&mut group, tags::REFERENCED_BEAM_SEQUENCE, items);
        }
        if !setups.is_empty() {
            let tag = tags::REFERENCED_BRACHY_APPLICATION_SETUP_NUMBER;
            let items = numbered(tag, setups);
            let tag = tags::REFERENCED_BRACHY_APPLICATION_SETUP_SEQUENCE;
            sequence(&mut group, tag, items);
        }
        group
    });
    let groups: Vec<_> = groups.collect();
    if !groups.is_empty() {
        let tag = tags::REFERENCED_FRACTION_GROUP_SEQUENCE;
        sequence(&mut plan, tag, groups);
    }
    let tag = tags::REFERENCED_RT_PLAN_SEQUENCE;
    sequence(&mut object, tag, vec![plan]);
    encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
}

const SETTLED: Together<'_> = Together {
    grids: GridPolicy::MustCoincide,
    distinct: None,
};
const ACCEPTED: Together<'_> = Together {
    grids: GridPolicy::MustCoincide,
    distinct: Some("the export leaves it out"),
};

fn with<T>(one: Of, other: Of, then: impl FnOnce(&Dose<'_>, &Dose<'_>) -> T) -> T {
    let files = [bytes(one, "2.25.100"), bytes(other, "2.25.101")];
    let files = files.each_ref();
    let files = files.map(|bytes| DicomFile::from_bytes(bytes, Limits::default()).unwrap());
    then(&files[0].dose().unwrap(), &files[1].dose().unwrap())
}

fn sum(one: Of, other: Of, together: Together<'_>) -> Result<DerivedDose, ConvertError> {
    with(one, other, |one, other| {
        equivalent::sum(&[one, other], together)
    })
}

/// As two phases.
fn converted(one: Of, other: Of, measure: Measure) -> Result<DerivedDose, ConvertError> {
    with(one, other, |one, other| {
        let doses = [[one], [other]];
        let phase = |doses, n| PhaseDose {
            doses,
            fractions: FractionCount::new(n).unwrap(),
        };
        let phases = [phase(&doses[0], 25), phase(&doses[1], 3)];
        let model = LinearQuadratic::new("3 Gy".parse().unwrap());
        equivalent::convert(&phases, model, measure, SETTLED)
    })
}

const EQD2: Measure = Measure::Eqd {
    reference: TWO_GRAY,
};

#[test]
fn what_holds_the_same_treatment_is_refused_in_either_order() {
    let beams = |group, beams: &[i32]| Shared::Beams {
        group,
        beams: beams.into(),
    };
    let several = of("BEAM", A, &[(Some("1"), &[3, 1], &[])]);
    let of_two_plans = of("MULTI_PLAN", A, &[]);
    let beam_and_setup = of("BEAM", A, &[(Some("1"), &[1], &[2])]);
    for (one, other, what) in [
        (PLAN, PLAN, Shared::Plan),
        (PLAN, BEAM_1, Shared::Plan),
        (PLAN, FRACTION_2, Shared::Plan),
        (PLAN, SETUP_1, Shared::Plan),
        (PLAN, of("BEAM", A, &[]), Shared::Plan),
        (PLAN, of_two_plans, Shared::Plan),
        (FRACTION_1, FRACTION_1, Shared::Group(1)),
        (FRACTION_1, BEAM_2, Shared::Group(1)),
        (FRACTION_2, BEAM_1_OF_GROUP_2, Shared::Group(2)),
        (FRACTION_1, SETUP_1, Shared::Group(1)),
        (BEAM_1, BEAM_1, beams(1, &[1])),
        (BEAM_1, several, beams(1, &[1])),
        (BEAM_1, beam_and_setup, beams(1, &[1])),
        (
            SETUP_2,
            beam_and_setup,
            Shared::Setups {
                group: 1,
                setups: vec![2],
            },
        ),
        (
            SETUP_2,
            SETUP_2,
            Shared::Setups {
                group: 1,
                setups: vec![2],
            },
        ),
    ] {
        for (one, other) in [(one, other), (other, one)] {
            // no reason makes up for what the references say
            for together in [SETTLED, ACCEPTED] {
                let error = sum(one, other, together).unwrap_err();
                let (at, other) = (2, 1);
                let what = what.clone();
                assert_eq!(error, ConvertError::Twice { at, other, what });
                assert!(error.to_string().contains("counted twice"), "{error}");
            }
            for measure in [EQD2, Measure::Bed] {
                let error = converted(one, other, measure).unwrap_err();
                let summation = matches!(error, ConvertError::Summation { .. });
                assert!(summation || matches!(error, ConvertError::Twice { .. }));
            }
        }
    }
}

#[test]
fn what_shares_nothing_adds() {
    let beam_1_elsewhere = of("BEAM", B, &[(Some("1"), &[1], &[])]);
    for (one, other, one_group) in [
        (BEAM_1, BEAM_2, true),
        (BEAM_1, BEAM_1_OF_GROUP_2, false),
        (FRACTION_1, FRACTION_2, false),
        (SETUP_1, SETUP_2, true),
        (PLAN, of("PLAN", B, &[]), false),
        (PLAN, beam_1_elsewhere, false),
        (BEAM_1, beam_1_elsewhere, false),
        (
            FRACTION_1,
            of("FRACTION", B, &[(Some("1"), &[], &[])]),
            false,
        ),
    ] {
        let total = sum(one, other, SETTLED).unwrap();
        let notes: Vec<_> = total.notes.iter().map(Finding::code).collect();
        let groups = total.summation == SummationType::Plan;
        assert_eq!(
            notes,
            if groups {
                vec!["dose.groups_of_plan"]
            } else {
                vec![]
            }
        );
        assert!((total.maximum() - 110.0).abs() < 1e-4);
        // one group is given in the same fractions, so its parts are no two phases
        match converted(one, other, EQD2) {
            Ok(_) => assert!(!one_group),
            Err(error) => {
                assert!(one_group);
                assert_eq!(error, ConvertError::SplitGroup { at: 2, other: 1 });
            }
        }
        // a reason that is not needed says nothing
        assert_eq!(
            sum(one, other, ACCEPTED).unwrap().notes.len(),
            total.notes.len()
        );
    }
}

#[test]
fn what_the_references_leave_open_is_refused_unless_a_reason_is_given() {
    let plan_of_group_1 = of("PLAN", A, &[(Some("1"), &[1, 2], &[])]);
    let no_plan = of("PLAN", None, &[]);
    for (one, other, why) in [
        (no_plan, no_plan, Unsettled::NoPlan),
        (no_plan, BEAM_1, Unsettled::NoPlan),
        (of("FRACTION", A, &[]), FRACTION_1, Unsettled::NoGroup),
        (of("BEAM", A, &[]), BEAM_1, Unsettled::NoGroup),
        (
            of("BEAM", A, &[(None, &[1], &[])]),
            BEAM_2,
            Unsettled::NoGroup,
        ),
        (
            of("BEAM", A, &[(Some("1"), &[], &[])]),
            BEAM_1,
            Unsettled::NoBeams,
        ),
        (plan_of_group_1, FRACTION_2, Unsettled::PlanOrPart),
    ] {
        for (one, other) in [(one, other), (other, one)] {
            let error = sum(one, other, SETTLED).unwrap_err();
            let (at, before) = (2, 1);
            let expected = ConvertError::PerhapsTwice {
                at,
                other: before,
                why,
            };
            assert_eq!(error, expected);
            assert!(error.to_string().contains("cannot be told"), "{error}");
            assert_eq!(converted(one, other, EQD2).unwrap_err(), expected);
            let accepted = sum(one, other, ACCEPTED).unwrap();
            assert_eq!(accepted.notes[0].code(), "dose.counted_once");
            let message = accepted.notes[0].message();
            assert!(message.contains("the export leaves it out"), "{message}");
        }
    }
    // where it names the same group there is nothing left open
    let error = sum(plan_of_group_1, FRACTION_1, ACCEPTED).unwrap_err();
    assert!(matches!(error, ConvertError::Twice { .. }));
}

/// The doses of one phase are given in the same fractions, or it is asked.
#[test]
fn doses_of_one_phase_are_of_one_fraction_group() {
    let beam_elsewhere = of("BEAM", B, &[(Some("1"), &[1], &[])]);
    let both_groups = of("BEAM", A, &[(Some("1"), &[3], &[]), (Some("2"), &[1], &[])]);
    for (one, other, asked) in [
        (BEAM_1, BEAM_2, false),
        (BEAM_1, SETUP_1, false),
        (BEAM_1, BEAM_1_OF_GROUP_2, true),
        (BEAM_1, beam_elsewhere, true),
        (BEAM_1, both_groups, true),
    ] {
        let derived = with(one, other, |one, other| {
            let phase = PhaseDose {
                doses: &[one, other],
                fractions: FractionCount::new(25).unwrap(),
            };
            let model = LinearQuadratic::new("3 Gy".parse().unwrap());
            equivalent::convert(&[phase], model, EQD2, SETTLED).unwrap()
        });
        let codes: Vec<_> = derived.notes.iter().map(Finding::code).collect();
        assert_eq!(codes.contains(&"dose.same_fractions"), asked, "{codes:?}");
    }
    // a single dose may be that of two groups, too
    for (of, asked) in [
        (FRACTION_1, false),
        (PLAN, false),
        (
            of("PLAN", A, &[(Some("1"), &[], &[]), (Some("2"), &[], &[])]),
            true,
        ),
    ] {
        let bytes = bytes(of, "2.25.100");
        let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
        let dose = file.dose().unwrap();
        let phase = PhaseDose {
            doses: &[&dose],
            fractions: FractionCount::new(28).unwrap(),
        };
        let model = LinearQuadratic::new("3 Gy".parse().unwrap());
        let derived = equivalent::convert(&[phase], model, EQD2, SETTLED).unwrap();
        let found = derived
            .notes
            .iter()
            .find(|note| note.code() == "dose.same_fractions");
        assert_eq!(found.is_some(), asked);
        if let Some(found) = found {
            assert_eq!(found.outcome, Outcome::CannotTell);
        }
    }
}

/// FRACTION is the dose of one fraction group, so the sum of two is not called so.
#[test]
fn the_sum_of_two_groups_is_no_dose_of_one() {
    for (one, other, summation) in [
        (FRACTION_1, FRACTION_2, SummationType::Plan),
        (BEAM_1, BEAM_2, SummationType::Beam),
        (
            FRACTION_1,
            of("FRACTION", B, &[(Some("1"), &[], &[])]),
            SummationType::MultiPlan,
        ),
    ] {
        assert_eq!(sum(one, other, SETTLED).unwrap().summation, summation);
    }
}

/// What was added once keeps its references, and is not added again.
#[test]
fn a_sum_remembers_what_it_holds() {
    for (one, other) in [
        (BEAM_1, BEAM_2),
        (SETUP_1, SETUP_2),
        (FRACTION_1, FRACTION_2),
    ] {
        let total = sum(one, other, SETTLED).unwrap();
        let written = total.to_bytes(&WriteOptions::default()).unwrap();
        let file = DicomFile::from_bytes(&written, Limits::default()).unwrap();
        let total = file.dose().unwrap();
        let again = bytes(one, "2.25.100");
        let again = DicomFile::from_bytes(&again, Limits::default()).unwrap();
        let error = equivalent::sum(&[&total, &again.dose().unwrap()], SETTLED).unwrap_err();
        assert!(matches!(error, ConvertError::Twice { .. }), "{error}");
    }
}

/// PS3.3 C.8.8.3: PLAN is all fraction groups of a plan, BEAM beams, `MULTI_PLAN` several plans.
#[test]
fn a_sum_is_called_what_it_is_or_refused() {
    let no_plan = of("PLAN", None, &[]);
    for (one, other, together, term) in [
        (BEAM_1, BEAM_2, SETTLED, SummationType::Beam),
        (BEAM_1, BEAM_1_OF_GROUP_2, SETTLED, SummationType::Beam),
        (SETUP_1, SETUP_2, SETTLED, SummationType::Brachy),
        (FRACTION_1, FRACTION_2, SETTLED, SummationType::Plan),
        (PLAN, of("PLAN", B, &[]), SETTLED, SummationType::MultiPlan),
        (
            BEAM_1,
            of("BEAM", B, &[(Some("1"), &[1], &[])]),
            SETTLED,
            SummationType::MultiPlan,
        ),
        // one that names no plan
        (PLAN, no_plan, ACCEPTED, SummationType::MultiPlan),
        (no_plan, no_plan, ACCEPTED, SummationType::MultiPlan),
    ] {
        let total = sum(one, other, together).unwrap();
        assert_eq!(total.summation, term);
        let reason = total
            .derivation
            .substitution
            .contains("the export leaves it out");
        assert_eq!(reason, together.distinct.is_some());
    }
    for (one, other) in [
        (FRACTION_1, BEAM_1_OF_GROUP_2),
        (BEAM_1, SETUP_1),
        (SETUP_1, of("BEAM", A, &[(Some("1"), &[1], &[2])])),
    ] {
        for (one, other) in [(one, other), (other, one)] {
            // they share nothing, and their sum is nothing that DICOM knows
            let two_phases = converted(one, other, EQD2);
            let split = matches!(two_phases, Err(ConvertError::SplitGroup { .. }));
            assert!(two_phases.is_ok() || split, "{two_phases:?}");
            let error = sum(one, other, SETTLED).unwrap_err();
            assert_eq!(error, ConvertError::NoTerm { at: 2 });
        }
    }
}

/// Copies of one dose under two names.
#[test]
fn the_same_dose_in_every_voxel_is_asked_for() {
    let given = |plan, instance, scaling, stored: &[u32]| {
        let fixture = DoseFixture {
            instance,
            plan,
            scaling,
            stored: stored.to_vec(),
            ..dose()
        };
        fixture.bytes()
    };
    let stored: Vec<u32> = dose().stored.iter().map(|one| one + 6).collect();
    let half: Vec<u32> = stored.iter().map(|one| one / 2).collect();
    let finer: Vec<u32> = stored.iter().map(|one| one * 3 + 1).collect();
    let mut other = stored.clone();
    other[0] += 3;
    let first = given("2.25.1", "2.25.100", "5.0e-3", &stored);
    for (scaling, stored, same) in [
        ("5.0e-3", &stored, true),
        // stored in other steps
        ("1.0e-2", &half, true),
        ("1.666666667e-3", &finer, true),
        ("5.0e-3", &other, false),
        ("5.0e-3", &half, false),
        ("5.1e-3", &stored, false),
    ] {
        let second = given("2.25.7", "2.25.101", scaling, stored);
        let files = [&first, &second];
        let files = files.map(|bytes| DicomFile::from_bytes(bytes, Limits::default()).unwrap());
        let doses = files.each_ref().map(|file| file.dose().unwrap());
        let [one, two] = &doses;
        for (one, two) in [(one, two), (two, one)] {
            let total = equivalent::sum(&[one, two], SETTLED);
            let phase = |doses| PhaseDose {
                doses,
                fractions: FractionCount::new(25).unwrap(),
            };
            let model = LinearQuadratic::new("3 Gy".parse().unwrap());
            let (first, second) = ([one], [two]);
            let phases = [phase(&first), phase(&second)];
            let effect = equivalent::convert(&phases, model, EQD2, SETTLED);
            if !same {
                assert!(total.unwrap().notes.is_empty(), "{scaling}");
                assert!(effect.is_ok());
                continue;
            }
            let expected = ConvertError::PerhapsTwice {
                at: 2,
                other: 1,
                why: Unsettled::SameVoxels,
            };
            assert_eq!(total.unwrap_err(), expected, "{scaling}");
            assert_eq!(effect.unwrap_err(), expected);
            assert!(expected.to_string().contains("every voxel"), "{expected}");
            let accepted = equivalent::sum(&[one, two], ACCEPTED).unwrap();
            let message = accepted.notes[0].message();
            assert!(message.contains("the export leaves it out"), "{message}");
        }
    }
}

/// A grid that is large enough to tell a multiple.
fn of_many_voxels(instance: &'static str, plan: &'static str, stored: Vec<u32>) -> Vec<u8> {
    let fixture = DoseFixture {
        instance,
        plan,
        size: (4, 5, 2),
        stored,
        ..dose()
    };
    fixture.bytes()
}

fn sum_of(files: &[Vec<u8>], together: Together<'_>) -> Result<DerivedDose, ConvertError> {
    let files = files.iter();
    let files = files.map(|bytes| DicomFile::from_bytes(bytes, Limits::default()).unwrap());
    let files: Vec<DicomFile<'_>> = files.collect();
    let doses: Vec<Dose<'_>> = files.iter().map(|file| file.dose().unwrap()).collect();
    equivalent::sum(&doses.iter().collect::<Vec<_>>(), together)
}

/// A dose of a pelvis: no straight line, so that few other doses are a multiple of it.
fn pelvis_of_many_voxels() -> Vec<u32> {
    (0..40).map(|at| 1000 + at * at * 5).collect()
}

#[test]
fn a_sum_beside_its_parts_is_asked_for() {
    let pelvis = pelvis_of_many_voxels();
    let boost: Vec<u32> = (0..40).map(|at| 3000 - at * 70).collect();
    let total: Vec<u32> = pelvis
        .iter()
        .zip(&boost)
        .map(|(one, two)| one + two)
        .collect();
    let mut other = total.clone();
    other[11] += 3;
    let with = |third: &Vec<u32>, together| {
        let files = [
            of_many_voxels("2.25.100", "2.25.1", pelvis.clone()),
            of_many_voxels("2.25.100.7", "2.25.7", boost.clone()),
            of_many_voxels("2.25.100.8", "2.25.8", third.clone()),
        ];
        let turned = [files[2].clone(), files[0].clone(), files[1].clone()];
        [sum_of(&files, together), sum_of(&turned, together)]
    };
    for (error, at) in with(&total, SETTLED).into_iter().zip([3, 1]) {
        let expected = ConvertError::PerhapsTwice {
            at,
            other: if at == 1 { 2 } else { 1 },
            why: Unsettled::SumOfOthers,
        };
        assert_eq!(error.unwrap_err(), expected);
    }
    assert!(with(&total, ACCEPTED).iter().all(Result::is_ok));
    for added in with(&other, SETTLED) {
        assert!(added.unwrap().notes.is_empty());
    }
}

#[test]
fn a_sum_of_plans_names_them() {
    let one_named = of("MULTI_PLAN", A, &[]);
    let other_plan = of("PLAN", B, &[]);
    for (one, other) in [(one_named, other_plan), (other_plan, one_named)] {
        let error = sum(one, other, SETTLED).unwrap_err();
        let expected = ConvertError::PerhapsTwice {
            at: 2,
            other: 1,
            why: Unsettled::PlansNotNamed,
        };
        assert_eq!(error, expected);
        assert!(sum(one, other, ACCEPTED).is_ok());
    }
    // of its own plan it is told
    let error = sum(one_named, PLAN, SETTLED).unwrap_err();
    assert!(matches!(error, ConvertError::Twice { .. }), "{error:?}");
}
