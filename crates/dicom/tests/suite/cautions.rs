//! What a reader is told of doses that are converted or added, at its limits and on both sides of them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use chemorad::radiobiology::LinearQuadratic;
use chemorad_dicom::equivalent::{
    ConvertError, DerivedDose, GridPolicy, Measure, Outside, PhaseDose, Shared, Together,
    Unsettled, convert, sum,
};
use chemorad_dicom::{DicomFile, Dose, Limits};
use chemorad_dosimetry::SummationType;
use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};

use crate::common::{DoseFixture, dose, encoded, text};

fn with<T>(bytes: &[Vec<u8>], then: impl FnOnce(&[&Dose<'_>]) -> T) -> T {
    let open = |bytes| DicomFile::from_bytes(bytes, Limits::default()).unwrap();
    let files: Vec<_> = bytes.iter().map(|bytes| open(bytes)).collect();
    let doses: Vec<_> = files.iter().map(|file| file.dose().unwrap()).collect();
    then(&doses.iter().collect::<Vec<_>>())
}

/// Phases, each with its doses and its fractions, in BED.
fn converted(phases: &[(&[DoseFixture], u32)]) -> Result<DerivedDose, ConvertError> {
    let bytes: Vec<Vec<u8>> = phases
        .iter()
        .flat_map(|(doses, _)| doses.iter().map(DoseFixture::bytes))
        .collect();
    with(&bytes, |doses| {
        let mut rest = doses;
        let mut asked = Vec::new();
        for (these, fractions) in phases {
            let (own, others) = rest.split_at(these.len());
            asked.push(PhaseDose {
                doses: own,
                fractions: fractions.to_string().parse().unwrap(),
            });
            rest = others;
        }
        let model = LinearQuadratic::new("3 Gy".parse().unwrap());
        convert(&asked, model, Measure::Bed, GridPolicy::MustCoincide)
    })
}

fn codes(derived: &DerivedDose) -> Vec<String> {
    let code = |note: &chemorad::report::Finding| format!("{} {}", note.at(), note.code());
    derived.notes.iter().map(code).collect()
}

fn of(phases: &[(&[DoseFixture], u32)]) -> Vec<String> {
    codes(&converted(phases).unwrap())
}

/// The largest voxel is 55 Gy.
#[test]
fn the_largest_dose_per_fraction_of_a_phase() {
    let plan = [dose()];
    for (fractions, said) in [
        (5, vec!["phase 1 dose.high_fraction"]),
        (6, vec![]),
        (25, vec![]),
        // 0.5 Gy a fraction
        (110, vec![]),
        (111, vec!["phase 1 dose.low_fraction"]),
    ] {
        assert_eq!(of(&[(&plan, fractions)]), said, "{fractions}");
    }
    // 10 Gy a fraction are within the range of the model
    let fifty = DoseFixture {
        stored: (0..12).map(|index| index * 10_000 / 11).collect(),
        ..dose()
    };
    assert_eq!(of(&[(&[fifty], 5)]), [""; 0]);
    // the second of two phases
    let other = DoseFixture {
        instance: "2.25.101",
        plan: "2.25.7",
        ..dose()
    };
    assert_eq!(
        of(&[(&plan, 25), (&[other], 2)]),
        ["phase 2 dose.high_fraction"]
    );
    // next to a source the dose has no bound
    let setups = DoseFixture {
        summation: "BRACHY",
        ..dose()
    };
    assert_eq!(of(&[(&[setups], 2)]), [""; 0]);
}

#[test]
fn a_beam_that_may_not_be_the_only_one() {
    let beam = |instance, beams| DoseFixture {
        instance,
        summation: "BEAM",
        beams,
        ..dose()
    };
    let (one, two) = (beam("2.25.100", &[1]), beam("2.25.101", &[2]));
    assert_eq!(
        of(&[(std::slice::from_ref(&one), 25)]),
        ["phase 1 dose.lone_beam"]
    );
    assert_eq!(of(&[(&[one, two], 25)]), [""; 0]);
    assert_eq!(of(&[(&[dose()], 25)]), [""; 0]);
}

/// Doses of several plans, or of what is not said, in one phase.
#[test]
fn the_doses_of_a_phase_are_given_in_the_same_fractions() {
    let beam = |instance, plan, beams| DoseFixture {
        instance,
        plan,
        summation: "BEAM",
        beams,
        ..dose()
    };
    let first = beam("2.25.100", "2.25.1", &[1]);
    assert_eq!(
        of(&[(&[first.clone(), beam("2.25.101", "2.25.1", &[2])], 25)]),
        [""; 0]
    );
    assert_eq!(
        of(&[(&[first.clone(), beam("2.25.101", "2.25.7", &[2])], 25)]),
        ["phase 1 dose.same_fractions"]
    );
    // beams of one group in two phases are one fraction's
    let second = beam("2.25.101", "2.25.1", &[2]);
    assert!(matches!(
        converted(&[(&[first], 25), (&[second], 25)]),
        Err(ConvertError::SplitGroup { at: 2, other: 1 })
    ));
}

/// What does not say of which plan or fraction group it is may be of the same as another.
#[test]
fn doses_that_do_not_say_of_which_fractions_they_are() {
    let beam = |instance, beams| DoseFixture {
        instance,
        summation: "BEAM",
        beams,
        ..dose()
    };
    let named = beam("2.25.100", &[1]).bytes();
    let without = |tag| {
        let mut object = beam("2.25.101", &[]).object();
        object.remove_element(tag);
        encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
    };
    // no plan at all, or a plan without its group
    let no_plan = without(tags::REFERENCED_RT_PLAN_SEQUENCE);
    let no_group = without(tags::REFERENCED_FRACTION_GROUP_SEQUENCE);
    let together = Together {
        grids: GridPolicy::MustCoincide,
        distinct: Some("two beams"),
    };
    for other in [&no_plan, &no_group] {
        for files in [
            [named.clone(), other.clone()],
            [other.clone(), named.clone()],
        ] {
            let found = with(&files, |doses| {
                let phase = PhaseDose {
                    doses,
                    fractions: "25".parse().unwrap(),
                };
                let model = LinearQuadratic::new("3 Gy".parse().unwrap());
                codes(&convert(&[phase], model, Measure::Bed, together).unwrap())
            });
            assert_eq!(found, ["dose 2 dose.counted_once"]);
        }
    }
    // their sum may be of several plans, where one names none
    let kind = |other: &Vec<u8>| {
        with(&[named.clone(), other.clone()], |doses| {
            sum(doses, together).unwrap().summation
        })
    };
    assert_eq!(kind(&no_plan), SummationType::MultiPlan);
    assert_eq!(kind(&no_group), SummationType::Beam);
    // what does not name its group may be of all of them, whichever comes first
    for files in [
        [named.clone(), no_group.clone()],
        [no_group.clone(), named.clone()],
    ] {
        let plans = with(&files, |doses| sum(doses, together).unwrap().plans);
        assert!(plans[0].fraction_groups.is_empty());
    }
}

/// Grids without a position lie nowhere, and a row that is not of length 1 has no direction.
#[test]
fn grids_that_lie_nowhere_are_not_added() {
    let changed = |fixture: &DoseFixture, tag, value: Option<&str>| {
        let mut object = fixture.object();
        match value {
            Some(value) => text(&mut object, tag, VR::DS, value),
            None => {
                object.remove_element(tag);
            }
        }
        encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
    };
    let other = DoseFixture {
        instance: "2.25.101",
        plan: "2.25.7",
        ..dose()
    };
    let refused = |tag, value: Option<&str>, grids| {
        let files = [changed(&dose(), tag, value), changed(&other, tag, value)];
        with(&files, |doses| sum(doses, Together::from(grids)).is_err())
    };
    let trilinear = GridPolicy::Trilinear {
        outside: Outside::Zero,
    };
    for grids in [GridPolicy::MustCoincide, trilinear] {
        for tag in [
            tags::IMAGE_POSITION_PATIENT,
            tags::IMAGE_ORIENTATION_PATIENT,
            tags::PIXEL_SPACING,
        ] {
            assert!(refused(tag, None, grids), "{tag} {grids:?}");
        }
    }
    // of one length a bit above 1 on another grid
    let long = |orientation: &str| {
        let moved = DoseFixture {
            position: "-9\\-20\\30",
            ..other.clone()
        };
        let tag = tags::IMAGE_ORIENTATION_PATIENT;
        let files = [dose().bytes(), changed(&moved, tag, Some(orientation))];
        with(&files, |doses| {
            match sum(doses, Together::from(trilinear)) {
                Ok(_) => None,
                Err(error) => Some(matches!(error, ConvertError::Resample { at: 2, .. })),
            }
        })
    };
    assert_eq!(long("1\\0\\0\\0\\1\\0"), None);
    assert_eq!(long("1.002\\0\\0\\0\\1\\0"), Some(true));
    assert_eq!(long("1\\0\\0\\0\\1.002\\0"), Some(true));
}

/// A grid of one frame is one plane, also where its offset is listed.
#[test]
fn one_frame_is_resampled_as_one_plane() {
    let frame = |instance, plan, position| DoseFixture {
        instance,
        plan,
        position,
        size: (2, 3, 1),
        offsets: Some("0"),
        stored: vec![1000; 6],
        ..dose()
    };
    let files = [
        frame("2.25.100", "2.25.1", "-10\\-20\\30").bytes(),
        frame("2.25.101", "2.25.7", "-9\\-20\\30").bytes(),
    ];
    let trilinear = GridPolicy::Trilinear {
        outside: Outside::Zero,
    };
    let added = with(&files, |doses| {
        sum(doses, Together::from(trilinear)).unwrap()
    });
    // the first column of the first grid lies outside the second
    assert_eq!(added.voxels, [5.0, 10.0, 10.0, 5.0, 10.0, 10.0]);
}

/// A phase is one whole dose, or its beams.
#[test]
fn two_whole_doses_are_no_phase() {
    let whole = |summation| DoseFixture {
        instance: "2.25.101",
        plan: "2.25.7",
        summation,
        ..dose()
    };
    for summation in ["PLAN", "FRACTION"] {
        assert!(matches!(
            converted(&[(&[dose(), whole(summation)], 25)]),
            Err(ConvertError::WholeWithParts { at: 1, .. })
        ));
    }
    // the numbers of the voxel with the largest result can be redone
    let derived = converted(&[(&[dose()], 25)]).unwrap();
    let highest = &derived.derivation.intermediate;
    assert!(highest[0].contains("D = 55 Gy in 25"), "{highest:?}");
    assert!(!derived.derivation.substitution.contains("dose 1"));
}

/// Setups among the doses of a phase have no bound.
#[test]
fn a_phase_with_setups_has_no_bound() {
    let part = |instance, summation, beams| DoseFixture {
        instance,
        summation,
        beams,
        ..dose()
    };
    let both = [
        part("2.25.100", "BEAM", &[1]),
        DoseFixture {
            plan: "2.25.7",
            ..part("2.25.101", "BRACHY", &[])
        },
    ];
    assert_eq!(of(&[(&both, 2)]), ["phase 1 dose.same_fractions"]);
}

fn without_plan(instance: &'static str) -> Vec<u8> {
    let fixture = DoseFixture { instance, ..dose() };
    let mut object = fixture.object();
    object.remove_element(tags::REFERENCED_RT_PLAN_SEQUENCE);
    encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
}

/// One object is one treatment, also where it does not say of which plan.
#[test]
fn one_object_is_not_counted_twice() {
    let accepted = Together {
        grids: GridPolicy::MustCoincide,
        distinct: Some("two plans"),
    };
    let twice = |one, other, together| {
        with(&[without_plan(one), without_plan(other)], |doses| {
            sum(doses, together)
        })
    };
    assert!(matches!(
        twice("2.25.100", "2.25.100", accepted),
        Err(ConvertError::Twice {
            at: 2,
            other: 1,
            what: Shared::Object
        })
    ));
    assert!(matches!(
        twice("2.25.100", "2.25.101", GridPolicy::MustCoincide.into()),
        Err(ConvertError::PerhapsTwice {
            why: Unsettled::NoPlan,
            ..
        })
    ));
    let added = twice("2.25.100", "2.25.101", accepted).unwrap();
    assert!(added.derivation.substitution.ends_with("two plans"));
    // what may be of another plan is a dose of several
    assert_eq!(added.summation, SummationType::MultiPlan);
    assert!((added.maximum() - 110.0).abs() < 1e-4);
}

/// The reason is printed where it was needed, and nowhere else.
#[test]
fn a_reason_that_nothing_needed_is_not_printed() {
    let other = DoseFixture {
        instance: "2.25.101",
        plan: "2.25.7",
        ..dose()
    };
    let together = Together {
        grids: GridPolicy::MustCoincide,
        distinct: Some("two plans"),
    };
    let added = with(&[dose().bytes(), other.bytes()], |doses| {
        sum(doses, together)
    });
    let added = added.unwrap();
    assert_eq!(added.derivation.substitution, "2 doses");
    assert!(added.notes.is_empty());
}

/// Up to 1000 Gy numbers can be gray, but next to a source.
#[test]
fn a_maximum_that_cannot_be_gray() {
    let at = |scaling, summation| {
        let fixture = DoseFixture {
            scaling,
            summation,
            stored: (0..12).collect(),
            ..dose()
        };
        with(&[fixture.bytes()], |doses| {
            sum(doses, GridPolicy::MustCoincide).map(|sum| sum.maximum())
        })
    };
    // 11 steps
    assert!(at("90.9090909090909", "PLAN").is_ok());
    assert!(matches!(
        at("91", "PLAN"),
        Err(ConvertError::Implausible { maximum, .. }) if maximum == "1001"
    ));
    assert!(at("91", "BRACHY").is_ok());
    let thousand = DoseFixture {
        scaling: "100",
        stored: vec![10; 12],
        ..dose()
    };
    let maximum = with(&[thousand.bytes()], |doses| {
        sum(doses, GridPolicy::MustCoincide).map(|sum| sum.maximum())
    });
    assert_eq!(maximum, Ok(1000.0));
}

/// Where a frame of reference is not stated, positions mean nothing.
#[test]
fn doses_without_a_frame_of_reference() {
    let other = |frame_of_reference| DoseFixture {
        instance: "2.25.101",
        plan: "2.25.7",
        frame_of_reference,
        ..dose()
    };
    let first = |frame_of_reference| DoseFixture {
        frame_of_reference,
        ..dose()
    };
    let added = |one: DoseFixture, two: DoseFixture| {
        with(&[one.bytes(), two.bytes()], |doses| {
            sum(doses, GridPolicy::MustCoincide).map(|_| ())
        })
    };
    assert_eq!(added(first("2.25.5"), other("2.25.5")), Ok(()));
    assert!(matches!(
        added(first(""), other("")),
        Err(ConvertError::NoSpace { at: 2 })
    ));
    for (one, two) in [("2.25.5", ""), ("", "2.25.5"), ("2.25.5", "2.25.6")] {
        assert!(
            matches!(
                added(first(one), other(two)),
                Err(ConvertError::Space { at: 2, .. })
            ),
            "{one} {two}"
        );
    }
}
