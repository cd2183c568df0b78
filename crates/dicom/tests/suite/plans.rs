//! Reading of synthetic plans: every feature and fault a check has to tell apart.
use crate::common;
use crate::common::{
    BIG_ENDIAN, BeamFixture, GroupFixture, PLAIN, PlanFixture, bare, beam, encoded, pelvis, target,
};
use chemorad::number::Decimal;
use chemorad::report::Outcome;
use chemorad_dicom::{DicomFile, DosePerFraction, Kind, Limits, Plan, Purpose, TransferSyntax};
use chemorad_dosimetry::{
    MissingDose, PlanApproval, PlanKind, PlannedPrescription, TargetExtent, TargetKind, TargetLink,
};
use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;

fn read(bytes: &[u8]) -> Plan {
    DicomFile::from_bytes(bytes, Limits::default())
        .unwrap()
        .plan()
        .unwrap()
}

fn error(bytes: &[u8]) -> String {
    match DicomFile::from_bytes(bytes, Limits::default()) {
        Ok(file) => file.plan().unwrap_err().to_string(),
        Err(error) => error.to_string(),
    }
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn codes(plan: &Plan) -> Vec<(&str, Outcome)> {
    plan.notes
        .iter()
        .map(|note| (note.code(), note.outcome))
        .collect()
}

#[test]
fn the_right_plan_in_every_encoding() {
    let expected = read(&pelvis().bytes());
    for syntax in PLAIN {
        let bytes = encoded(pelvis().object(), syntax);
        let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
        assert_eq!(
            *file.transfer_syntax(),
            TransferSyntax::Stated(syntax.into())
        );
        let plan = file.plan().unwrap();
        assert_eq!(plan, expected, "{syntax}");
        let group = &plan.fraction_groups[0];
        assert_eq!(group.fractions_planned, Some(25));
        assert_eq!(
            group.dose_per_fraction(),
            DosePerFraction::Known {
                dose: decimal("1.8"),
                counted: vec![1, 2],
                left_out: vec![],
                nothing: vec![],
                point: None,
            }
        );
        assert_eq!(group.total_dose(), Some(decimal("45")));
        let text = plan.dose_references[0]
            .target_prescription
            .as_ref()
            .unwrap();
        assert_eq!((text.text(), text.value()), ("45.000", decimal("45")));
        assert_eq!(plan.approval, PlanApproval::Approved);
        assert_eq!(plan.intent.as_deref(), Some("CURATIVE"));
        assert_eq!(
            plan.structure_sets[0]
                .sop_instance
                .as_ref()
                .map(ToString::to_string),
            Some("2.25.4".into())
        );
        assert!(plan.notes.is_empty());
        assert_eq!(
            plan.not_read,
            ["control points of the beams (other than their meterset weights)"]
        );
    }
}

#[test]
fn headerless_data_sets_are_recognised() {
    let expected = read(&pelvis().bytes());
    for syntax in [
        uids::IMPLICIT_VR_LITTLE_ENDIAN,
        uids::EXPLICIT_VR_LITTLE_ENDIAN,
        BIG_ENDIAN,
    ] {
        let bytes = bare(&pelvis().object(), syntax);
        let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
        assert!(matches!(file.transfer_syntax(), TransferSyntax::Inferred(uid) if *uid == syntax));
        assert_eq!(file.plan().unwrap(), expected, "{syntax}");
    }
    // header without preamble, with and without its mark
    let bytes = pelvis().bytes();
    assert_eq!(read(&bytes[128..]), expected);
    assert_eq!(read(&bytes[132..]), expected);
}

#[test]
fn several_fraction_groups_each_with_its_own_fractions() {
    let mut fixture = pelvis();
    fixture.groups.push(GroupFixture {
        fractions: Some(8),
        beams: vec![beam(3, "1.8")],
    });
    let plan = read(&fixture.bytes());
    let totals: Vec<_> = plan
        .fraction_groups
        .iter()
        .map(|g| g.total_dose().unwrap())
        .collect();
    assert_eq!(totals, [decimal("45"), decimal("14.4")]);
}

#[test]
fn the_same_total_in_other_fractions_is_told_apart() {
    let plan = |fractions, dose: &str| {
        let mut fixture = pelvis();
        fixture.groups = vec![GroupFixture {
            fractions: Some(fractions),
            beams: vec![beam(1, dose)],
        }];
        let group = read(&fixture.bytes()).fraction_groups.remove(0);
        (
            group.total_dose().unwrap(),
            group.fractions_planned,
            group.dose_per_fraction(),
        )
    };
    let (intended, planned) = (plan(12, "3"), plan(20, "1.8"));
    assert_eq!(intended.0, decimal("36"));
    assert_eq!(intended.0, planned.0);
    assert_ne!(intended.1, planned.1);
    assert_ne!(intended.2, planned.2);
}

#[test]
fn rounded_beam_doses_keep_every_digit() {
    let mut fixture = pelvis();
    fixture.groups[0] = GroupFixture {
        fractions: Some(20),
        beams: vec![beam(1, "1.00000001"), beam(2, "1.00000002")],
    };
    let plan = read(&fixture.bytes());
    assert_eq!(
        plan.fraction_groups[0].total_dose(),
        Some(decimal("40.0000006"))
    );
}

#[test]
fn setup_and_portal_beams_are_left_out_and_said_so() {
    let mut fixture = pelvis();
    for (number, purpose) in [(7, "SETUP"), (8, "OPEN_PORTFILM"), (9, "TRMT_PORTFILM")] {
        let mut extra = beam(number, "0.05");
        extra.purpose = Some(purpose);
        fixture.groups[0].beams.push(extra);
    }
    // setup beams often carry no dose; that does not make the sum unknown
    fixture.groups[0].beams[2].dose = None;
    let mut continuation = beam(10, "0.1");
    continuation.purpose = Some("CONTINUATION");
    fixture.groups[0].beams.push(continuation);
    let plan = read(&fixture.bytes());
    assert_eq!(
        plan.fraction_groups[0].dose_per_fraction(),
        DosePerFraction::Known {
            dose: decimal("1.9"),
            counted: vec![1, 2, 10],
            left_out: vec![7, 8, 9],
            nothing: vec![],
            point: None,
        }
    );
    assert_eq!(
        codes(&plan),
        [
            ("plan.beams_left_out", Outcome::NotApplicable),
            // the rest of a treatment that was interrupted
            ("plan.beam_purpose", Outcome::Warn),
            // portal images with a dose
            ("plan.beams_left_out", Outcome::Warn)
        ]
    );
    assert!(plan.notes[0].message().ends_with("beams 7, 8, 9"));
}

#[test]
fn what_is_missing_makes_the_sum_unknown_not_smaller() {
    let unknown = |fixture: &PlanFixture, code| {
        let plan = read(&fixture.bytes());
        let group = &plan.fraction_groups[0];
        let DosePerFraction::Unknown { missing } = group.dose_per_fraction() else {
            panic!("{:?}", group.dose_per_fraction());
        };
        assert_eq!(missing, [2]);
        assert_eq!(group.total_dose(), None);
        // what is known of the others is kept
        let planned = plan.to_planned("plan.dcm");
        let known = &planned.groups[0].doses[0].known;
        let known: Vec<String> = known.iter().map(ToString::to_string).collect();
        assert_eq!(known, ["beam 1 0.9 Gy without a point"]);
        assert_eq!(codes(&plan), [(code, Outcome::CannotTell)]);
    };
    let mut fixture = pelvis();
    fixture.groups[0].beams[1].dose = None;
    unknown(&fixture, "plan.beam_dose");
    let mut fixture = pelvis();
    fixture.groups[0].beams[1].purpose = Some("RESEARCH");
    unknown(&fixture, "plan.beam_purpose");

    let mut fixture = pelvis();
    fixture.describe_beams = false;
    let plan = read(&fixture.bytes());
    assert_eq!(
        plan.fraction_groups[0].beams[0].purpose,
        Purpose::NotDescribed
    );
    assert_eq!(
        plan.fraction_groups[0].dose_per_fraction(),
        DosePerFraction::Unknown {
            missing: vec![1, 2]
        }
    );
    assert_eq!(codes(&plan), [("plan.beam_missing", Outcome::CannotTell)]);

    let mut fixture = pelvis();
    fixture.groups[0].fractions = None;
    assert_eq!(read(&fixture.bytes()).fraction_groups[0].total_dose(), None);

    let mut fixture = pelvis();
    fixture.groups.clear();
    fixture.targets.clear();
    fixture.approval = None;
    let plan = read(&fixture.bytes());
    assert!(plan.fraction_groups.is_empty() && plan.dose_references.is_empty());
    assert_eq!(plan.approval, PlanApproval::NotStated);
    assert_eq!(plan.technique, PlanKind::NotStated);
}

#[test]
fn beams_with_neither_dose_nor_meterset_are_named_and_left_out() {
    let mut fixture = pelvis();
    for (number, meterset) in [(8, None), (9, Some("0")), (10, Some("0.0"))] {
        let mut setup = beam(number, "");
        (setup.dose, setup.meterset) = (None, meterset.map(Into::into));
        fixture.groups[0].beams.push(setup);
    }
    let plan = read(&fixture.bytes());
    assert_eq!(plan.fraction_groups[0].total_dose(), Some(decimal("45")));
    assert_eq!(codes(&plan), [("plan.beam_dose", Outcome::Warn)]);
    assert!(plan.notes[0].message().ends_with("beams 8, 9, 10"));
    // where no beam has a dose, none is a setup field
    for beam in &mut fixture.groups[0].beams {
        (beam.dose, beam.meterset) = (None, None);
    }
    let plan = read(&fixture.bytes());
    assert_eq!(
        plan.fraction_groups[0].dose_per_fraction(),
        DosePerFraction::Unknown {
            missing: vec![1, 2, 8, 9, 10]
        }
    );
    assert_eq!(codes(&plan), [("plan.beam_dose", Outcome::CannotTell)]);
}

#[test]
fn a_dose_with_a_meterset_of_nothing_contradicts_itself() {
    let mut fixture = pelvis();
    fixture.groups[0].beams[0].meterset = Some("0".into());
    let plan = read(&fixture.bytes());
    assert_eq!(codes(&plan), [("plan.beam_dose", Outcome::CannotTell)]);
    assert_eq!(plan.fraction_groups[0].total_dose(), Some(decimal("45")));
    // without a meterset nothing contradicts the dose
    fixture.groups[0].beams[0].meterset = None;
    assert_eq!(codes(&read(&fixture.bytes())), []);
}

/// A plan with a change to the first fraction group.
fn with_group(change: impl FnOnce(&mut InMemDicomObject)) -> Plan {
    let mut object = pelvis().object();
    common::in_item(&mut object, tags::FRACTION_GROUP_SEQUENCE, 0, change);
    read(&encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN))
}

fn put_point(group: &mut InMemDicomObject, beam: usize, point: &str) {
    common::in_item(group, tags::REFERENCED_BEAM_SEQUENCE, beam, |beam| {
        common::text(beam, common::BEAM_DOSE_SPECIFICATION_POINT, VR::DS, point);
    });
}

#[test]
fn beam_doses_at_one_point_are_added_and_at_two_are_not() {
    let plan = with_group(|group| {
        put_point(group, 0, "1\\70.0\\0");
        put_point(group, 1, "1.00\\70.04\\-0.01");
    });
    let per_fraction = plan.fraction_groups[0].dose_per_fraction();
    let DosePerFraction::Known { dose, point, .. } = per_fraction else {
        panic!("{per_fraction:?}");
    };
    assert_eq!(dose, decimal("1.8"));
    assert_eq!(point.unwrap().to_string(), "at (1, 70, 0) mm");
    for other in ["81\\70\\0", "1\\70\\0.2"] {
        let plan = with_group(|group| {
            put_point(group, 0, "1\\70\\0");
            put_point(group, 1, other);
        });
        let planned = plan.to_planned("plan.dcm");
        let dose = &planned.groups[0].doses[0];
        assert_eq!(dose.per_fraction, None);
        assert!(matches!(
            dose.missing,
            Some(MissingDose::DifferentPoints { .. })
        ));
    }
    // a point for one of two beams is no common point
    let plan = with_group(|group| put_point(group, 0, "1\\70\\0"));
    assert_eq!(plan.fraction_groups[0].total_dose(), None);
    // one that is no place is refused
    let mut object = pelvis().object();
    common::in_item(&mut object, tags::FRACTION_GROUP_SEQUENCE, 0, |group| {
        put_point(group, 0, "1\\70");
    });
    let bytes = encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN);
    assert!(error(&bytes).contains("BeamDoseSpecificationPoint"));
}

#[test]
fn a_dose_reference_can_be_the_point_of_a_beam() {
    let with_points = |places: [Option<&str>; 2]| {
        let mut object = pelvis().object();
        let items = places.iter().zip(["2.25.71", "2.25.72"]).zip(["2", "3"]);
        let items = items.map(|((place, uid), number)| {
            let mut item = InMemDicomObject::new_empty();
            common::text(&mut item, tags::DOSE_REFERENCE_NUMBER, VR::IS, number);
            common::text(&mut item, tags::DOSE_REFERENCE_UID, VR::UI, uid);
            common::text(&mut item, tags::DOSE_REFERENCE_DESCRIPTION, VR::LO, "P");
            if let Some(place) = place {
                let coordinates = tags::DOSE_REFERENCE_POINT_COORDINATES;
                common::text(&mut item, coordinates, VR::DS, place);
            }
            item
        });
        common::sequence(&mut object, tags::DOSE_REFERENCE_SEQUENCE, items.collect());
        common::in_item(&mut object, tags::FRACTION_GROUP_SEQUENCE, 0, |group| {
            for (at, uid) in ["2.25.71", "2.25.72"].into_iter().enumerate() {
                common::in_item(group, tags::REFERENCED_BEAM_SEQUENCE, at, |beam| {
                    common::text(beam, tags::REFERENCED_DOSE_REFERENCE_UID, VR::UI, uid);
                });
            }
        });
        let plan = read(&encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN));
        plan.fraction_groups[0].total_dose()
    };
    // two references at one place are one point
    let place = Some("0\\0\\5");
    assert_eq!(with_points([place, place]), Some(decimal("45")));
    assert_eq!(with_points([place, Some("0\\80\\5")]), None);
    assert_eq!(with_points([None, None]), None);
}

#[test]
fn the_meaning_of_beam_doses() {
    let meaning = |meaning: &'static str| {
        with_group(|group| {
            common::text(group, tags::BEAM_DOSE_MEANING, VR::CS, meaning);
        })
    };
    let plan = meaning("FRACTION_LEVEL");
    assert_eq!(plan.fraction_groups[0].total_dose(), Some(decimal("45")));
    for other in ["BEAM_LEVEL", "BEAM"] {
        assert_eq!(
            meaning(other).fraction_groups[0].dose_per_fraction(),
            DosePerFraction::BeamLevel { beams: vec![1, 2] },
            "{other}"
        );
    }
}

#[test]
fn the_days_of_the_fractions_are_read() {
    let days = |digits: &'static str, per_day: &'static str| {
        with_group(|group| {
            let digits_per_day = tags::NUMBER_OF_FRACTION_PATTERN_DIGITS_PER_DAY;
            common::text(group, digits_per_day, VR::IS, per_day);
            common::text(group, tags::REPEAT_FRACTION_CYCLE_LENGTH, VR::IS, "1");
            common::text(group, tags::FRACTION_PATTERN, VR::LT, digits);
        })
    };
    let plan = days("11111111110000", "2");
    let pattern = plan.fraction_groups[0].pattern().unwrap().unwrap();
    assert_eq!((pattern.per_week(), pattern.most_per_day()), (vec![10], 2));
    assert_eq!(codes(&plan), []);
    for (digits, per_day) in [("1111100", "2"), ("11111x0", "1"), ("1111100", "0")] {
        let plan = days(digits, per_day);
        assert_eq!(plan.fraction_groups[0].pattern(), Some(None));
        assert_eq!(
            codes(&plan),
            [("plan.fraction_pattern", Outcome::CannotTell)]
        );
    }
    assert_eq!(with_group(|_| {}).fraction_groups[0].pattern(), None);
}

#[test]
fn a_treatment_beam_in_no_fraction_group_is_told() {
    for (purpose, wanted) in [
        (
            "TREATMENT",
            &[("plan.beam_in_no_group", Outcome::CannotTell)][..],
        ),
        ("SETUP", &[]),
    ] {
        let mut object = pelvis().object();
        let mut beam = InMemDicomObject::new_empty();
        common::text(&mut beam, tags::BEAM_NUMBER, VR::IS, "99");
        common::text(&mut beam, tags::RADIATION_TYPE, VR::CS, "PHOTON");
        common::text(&mut beam, tags::TREATMENT_DELIVERY_TYPE, VR::CS, purpose);
        object.update_value(tags::BEAM_SEQUENCE, |value| {
            if let Some(items) = value.items_mut() {
                items.push(beam.clone());
            }
        });
        let plan = read(&encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN));
        let found: Vec<_> = codes(&plan);
        assert_eq!(found, wanted, "{purpose}");
    }
}

#[test]
fn the_radiation_of_treatment_beams() {
    let mut fixture = pelvis();
    let mut setup = beam(9, "0.01");
    setup.purpose = Some("SETUP");
    fixture.groups[0].beams.push(setup);
    let planned = read(&fixture.bytes()).to_planned("plan.dcm");
    let [radiation] = planned.radiation.as_slice() else {
        panic!("{:?}", planned.radiation);
    };
    assert_eq!(radiation.radiation.as_deref(), Some("PHOTON"));
    assert_eq!(radiation.beams, [1, 2]);
}

#[test]
fn a_purpose_that_is_not_stated_counts_and_is_said() {
    let mut fixture = pelvis();
    fixture.groups[0].beams[0].purpose = None;
    let plan = read(&fixture.bytes());
    assert_eq!(plan.fraction_groups[0].total_dose(), Some(decimal("45")));
    assert_eq!(codes(&plan), [("plan.beam_purpose", Outcome::Warn)]);
}

#[test]
fn odd_beam_doses_are_noticed() {
    let mut fixture = pelvis();
    fixture.groups[0].beams[0].dose = Some("0".into());
    assert_eq!(
        codes(&read(&fixture.bytes())),
        [("plan.beam_dose", Outcome::Warn)]
    );
    fixture.groups[0].beams[0].dose = Some("-0.9".into());
    assert_eq!(
        codes(&read(&fixture.bytes())),
        [("plan.beam_dose", Outcome::Fail)]
    );
    fixture.groups[0].beams[0].dose = Some("180".into());
    let plan = read(&fixture.bytes());
    assert_eq!(
        plan.fraction_groups[0].total_dose(),
        Some(decimal("4522.5"))
    );
}

#[test]
fn every_target_is_listed_with_what_it_has() {
    let mut fixture = pelvis();
    fixture.targets = vec![
        target("pelvis", "45"),
        target("tumour bed", "50.4"),
        common::TargetFixture {
            kind: Some("TARGET"),
            description: "without dose",
            prescription: None,
        },
        common::TargetFixture {
            kind: Some("ORGAN_AT_RISK"),
            description: "bladder",
            prescription: None,
        },
        common::TargetFixture {
            kind: Some("UNSPECIFIED"),
            description: "point",
            prescription: Some("7.0"),
        },
        common::TargetFixture {
            kind: None,
            description: "no type",
            prescription: None,
        },
    ];
    let plan = read(&fixture.bytes());
    let targets: Vec<_> = plan
        .targets()
        .map(|target| crate::revealed(target.description.as_ref()).unwrap())
        .collect();
    assert_eq!(targets, ["pelvis", "tumour bed", "without dose"]);
    let kinds: Vec<_> = plan.dose_references[3..]
        .iter()
        .map(|r| &r.reference_type)
        .collect();
    assert_eq!(
        kinds,
        [
            &TargetKind::OrganAtRisk,
            &TargetKind::Other("UNSPECIFIED".into()),
            &TargetKind::NotStated
        ]
    );
}

#[test]
fn fraction_groups_are_linked_to_dose_references() {
    let mut fixture = pelvis();
    fixture.groups.push(GroupFixture {
        fractions: Some(3),
        beams: vec![beam(3, "1.8")],
    });
    fixture.targets.push(target("tumour bed", "5.4"));
    let mut object = fixture.object();
    common::link(&mut object, 0, &[("1", None)]);
    common::link(&mut object, 1, &[("2", Some("5.40")), ("7", Some("9"))]);
    let plan = read(&encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN));
    let planned = plan.to_planned("plan.dcm");
    let links: Vec<_> = planned
        .targets
        .iter()
        .map(|target| (target.name.to_string(), target.links.clone()))
        .collect();
    let link = |group, dose: Option<&str>| TargetLink {
        dose: dose.map(decimal),
        ..TargetLink::new(group)
    };
    assert_eq!(
        links,
        [
            ("pelvis".to_string(), vec![link(0, None)]),
            ("tumour bed".to_string(), vec![link(1, Some("5.4"))]),
            ("dose reference 7".to_string(), vec![link(1, Some("9"))]),
        ]
    );
    assert!(!planned.targets[2].prescribes() && !planned.targets[2].is_listed);
    assert!(planned.targets[..2].iter().all(|target| target.is_listed));
}

#[test]
fn limits_of_fraction_groups_and_regions_are_read() {
    let mut object = pelvis().object();
    common::link(&mut object, 0, &[("1", None)]);
    common::in_item(&mut object, tags::DOSE_REFERENCE_SEQUENCE, 0, |target| {
        common::text(target, tags::REFERENCED_ROI_NUMBER, VR::IS, "3");
        common::text(target, tags::DOSE_REFERENCE_UID, VR::UI, "2.25.7");
        common::text(target, tags::DELIVERY_WARNING_DOSE, VR::DS, "10");
    });
    common::in_item(&mut object, tags::FRACTION_GROUP_SEQUENCE, 0, |group| {
        common::in_item(group, tags::REFERENCED_DOSE_REFERENCE_SEQUENCE, 0, |link| {
            for (tag, value) in [
                (tags::TARGET_MINIMUM_DOSE, "43"),
                (tags::TARGET_MAXIMUM_DOSE, "48"),
                (tags::DELIVERY_MAXIMUM_DOSE, "45"),
            ] {
                common::text(link, tag, VR::DS, value);
            }
        });
    });
    let planned = read(&encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)).to_planned("plan.dcm");
    let target = &planned.targets[0];
    assert_eq!(
        (target.region, target.uid.as_deref()),
        (Some(3), Some("2.25.7"))
    );
    assert_eq!(
        target.links,
        [TargetLink {
            minimum: Some(decimal("43")),
            maximum: Some(decimal("48")),
            delivery_maximum: Some(decimal("45")),
            ..TargetLink::new(0)
        }]
    );
    assert_eq!(planned.groups[0].beams, [1, 2]);
    let listed = |planned: &PlannedPrescription| {
        let mut parts = planned.not_judged.iter();
        parts.any(|part| part.contains("warning doses"))
    };
    assert!(listed(&planned));
    assert!(!listed(&read(&pelvis().bytes()).to_planned("plan.dcm")));
}

#[test]
fn a_beam_that_does_not_treat_and_has_a_dose_is_said() {
    let with = |purpose, dose: Option<&str>, meterset: Option<&str>| {
        let mut fixture = pelvis();
        fixture.groups[0].beams.push(BeamFixture {
            number: 5,
            purpose: Some(purpose),
            dose: dose.map(Into::into),
            meterset: meterset.map(Into::into),
        });
        read(&fixture.bytes())
    };
    let said = |plan: &Plan| {
        let mut notes = plan.notes.iter();
        let note = notes.find(|note| note.outcome == Outcome::Warn)?;
        assert!(note.is("plan.beams_left_out"));
        Some(note.message())
    };
    for purpose in ["SETUP", "OPEN_PORTFILM", "TRMT_PORTFILM"] {
        let words = said(&with(purpose, Some("0.5"), Some("50"))).unwrap();
        assert!(
            words.contains("beam 5 0.5 Gy (12.5 Gy in 25 fractions)"),
            "{words}"
        );
        assert!(said(&with(purpose, Some("0.5"), None)).is_some());
        // nothing is given
        for (dose, meterset) in [
            (None, Some("50")),
            (Some("0"), Some("50")),
            (Some("0.5"), Some("0")),
        ] {
            assert_eq!(said(&with(purpose, dose, meterset)), None);
        }
    }
    assert_eq!(said(&with("TREATMENT", Some("0.5"), Some("50"))), None);
}

#[test]
fn a_meterset_below_nothing_is_an_error() {
    for (meterset, outcome) in [("-5", Some(Outcome::Fail)), ("5", None), ("1e-7", None)] {
        let mut fixture = pelvis();
        fixture.groups[0].beams[1].meterset = Some(meterset.into());
        let plan = read(&fixture.bytes());
        let found = codes(&plan)
            .into_iter()
            .find(|(code, _)| *code == "plan.beam_dose");
        assert_eq!(found.map(|(_, outcome)| outcome), outcome, "{meterset}");
    }
}

#[test]
fn ion_plans_are_read_and_named() {
    let mut fixture = pelvis();
    fixture.class = uids::RT_ION_PLAN_STORAGE;
    let bytes = fixture.bytes();
    let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
    assert_eq!(*file.kind(), Kind::IonPlan);
    let plan = file.plan().unwrap();
    assert_eq!(plan.technique, PlanKind::Ion);
    assert_eq!(plan.beams[0].radiation_type.as_deref(), Some("PROTON"));
    assert_eq!(plan.fraction_groups[0].total_dose(), Some(decimal("45")));
}

/// An ion beam may be prescribed in effective dose, and its plan may call itself RTPLAN: the class decides.
#[test]
fn the_type_of_a_beam_dose_is_kept() {
    let mut fixture = pelvis();
    fixture.class = uids::RT_ION_PLAN_STORAGE;
    let mut object = fixture.object();
    let mut beam = InMemDicomObject::new_empty();
    common::text(&mut beam, tags::REFERENCED_BEAM_NUMBER, VR::IS, "1");
    common::text(&mut beam, tags::BEAM_DOSE, VR::DS, "1.8");
    common::text(&mut beam, tags::BEAM_DOSE_TYPE, VR::CS, "EFFECTIVE");
    let mut group = InMemDicomObject::new_empty();
    common::text(&mut group, tags::FRACTION_GROUP_NUMBER, VR::IS, "1");
    common::sequence(&mut group, tags::REFERENCED_BEAM_SEQUENCE, vec![beam]);
    common::sequence(&mut object, tags::FRACTION_GROUP_SEQUENCE, vec![group]);
    let plan = read(&encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN));
    assert_eq!(plan.identity.modality.as_deref(), Some("RTPLAN"));
    assert_eq!(plan.technique, PlanKind::Ion);
    let beam = &plan.fraction_groups[0].beams[0];
    assert_eq!(beam.dose_type.as_deref(), Some("EFFECTIVE"));
}

#[test]
fn a_plan_of_nothing_but_its_class_has_nothing_made_up() {
    let mut object = InMemDicomObject::new_empty();
    common::text(
        &mut object,
        tags::SOP_CLASS_UID,
        VR::UI,
        uids::RT_PLAN_STORAGE,
    );
    for syntax in [uids::IMPLICIT_VR_LITTLE_ENDIAN, BIG_ENDIAN] {
        let plan = read(&bare(&object, syntax));
        let free = [&plan.label, &plan.name, &plan.description];
        assert!(free.into_iter().all(Option::is_none));
        let texts = [
            &plan.date,
            &plan.intent,
            &plan.geometry,
            &plan.patient.id,
            &plan.identity.modality,
        ];
        assert!(texts.into_iter().all(Option::is_none));
        assert_eq!(
            (plan.approval, plan.technique),
            (PlanApproval::NotStated, PlanKind::NotStated)
        );
        assert!(plan.beams.is_empty() && plan.structure_sets.is_empty());
        assert!(plan.fraction_groups.is_empty() && plan.dose_references.is_empty());
    }
}

#[test]
fn approval_intent_and_geometry_are_read_as_what_they_say() {
    for (code, approval) in [
        ("APPROVED", PlanApproval::Approved),
        ("UNAPPROVED", PlanApproval::Unapproved),
        ("REJECTED", PlanApproval::Rejected),
        ("PENDING", PlanApproval::Other("PENDING".into())),
    ] {
        let mut fixture = pelvis();
        fixture.approval = Some(code);
        fixture.intent = Some("VERIFICATION");
        let mut object = fixture.object();
        common::text(
            &mut object,
            tags::RT_PLAN_GEOMETRY,
            VR::CS,
            "TREATMENT_DEVICE",
        );
        let plan = read(&encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN));
        assert_eq!(plan.approval, approval);
        assert_eq!(plan.intent.as_deref(), Some("VERIFICATION"));
        assert_eq!(plan.geometry.as_deref(), Some("TREATMENT_DEVICE"));
    }
    // empty is absent, not a value
    let mut fixture = pelvis();
    (fixture.approval, fixture.intent) = (Some(""), Some(" "));
    let plan = read(&fixture.bytes());
    assert_eq!(
        (plan.approval, plan.intent),
        (PlanApproval::NotStated, None)
    );
}

/// Anonymised files hold anything in the fields of a person; that is no reason not to read them.
#[test]
fn fields_of_a_person_may_hold_anything() {
    let mut object = pelvis().object();
    let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    for (tag, vr) in [
        (tags::PATIENT_BIRTH_DATE, VR::DA),
        (tags::PATIENT_SEX, VR::CS),
        (tags::PATIENT_ID, VR::LO),
        (tags::RT_PLAN_DATE, VR::DA),
    ] {
        common::text(&mut object, tag, vr, hash);
    }
    let plan = read(&encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN));
    assert_eq!(plan.patient.birth_date.as_deref(), Some(hash));
    assert_eq!(plan.fraction_groups[0].total_dose(), Some(decimal("45")));
}

/// Dates that contradict one another, or are no dates.
#[test]
fn impossible_dates_of_a_plan_are_said() {
    let with = |plan: &str, birth: &str| {
        let mut object = pelvis().object();
        common::text(&mut object, tags::RT_PLAN_DATE, VR::DA, plan);
        common::text(&mut object, tags::PATIENT_BIRTH_DATE, VR::DA, birth);
        read(&encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN))
    };
    let said = |plan: &str, birth: &str| -> Vec<(Outcome, String)> {
        let notes = with(plan, birth).notes;
        let of_dates = notes.iter().filter(|note| note.is("plan.date"));
        of_dates
            .map(|note| (note.outcome, note.to_string()))
            .collect()
    };
    for (plan, birth) in [
        ("20261207", "19600517"),
        ("20261207", "20261207"),
        ("20261207", ""),
        ("", "19600517"),
        ("2026.12.07", "1960.05.17"),
        // a day or month that is not known, and what stands in anonymous files
        ("20261207", "19600000"),
        ("20261207", "1960"),
        ("20261207", "9f86d081884c7d65"),
    ] {
        assert_eq!(said(plan, birth), [], "{plan} {birth}");
    }
    for (plan, birth, outcome) in [
        ("20261207", "20261208", Outcome::CannotTell),
        ("20261207", "19601317", Outcome::Warn),
        ("20261207", "19600231", Outcome::Warn),
        ("20261399", "19600517", Outcome::Warn),
        ("7 December", "19600517", Outcome::Warn),
    ] {
        let found = said(plan, birth);
        assert_eq!(found.len(), 1, "{plan} {birth}");
        assert_eq!(found[0].0, outcome, "{plan} {birth}");
        // whose birthday it is stays out of it
        assert!(!found[0].1.contains(birth), "{found:?}");
    }
    // one day later can be today where the plan was made
    let today = jiff::civil::date(2026, 12, 7);
    for (plan, found) in [
        ("20261207", false),
        ("20261208", false),
        ("20261209", true),
        ("20991231", true),
        ("", false),
    ] {
        let later = with(plan, "").later_than(today);
        assert_eq!(later.is_some(), found, "{plan}");
        assert!(later.is_none_or(|finding| finding.outcome == Outcome::Warn));
    }
}

#[test]
fn decimal_strings_in_every_form_are_exact_and_keep_their_text() {
    for (text, value) in [
        ("9.0e-001", "0.9"),
        ("9.0E-001", "0.9"),
        ("+.9", "0.9"),
        ("0.90", "0.9"),
        (" 9.00000000000e-1", "0.9"),
        ("1.80000003", "1.80000003"),
        ("34.999999999999", "34.999999999999"),
        ("18e-1", "1.8"),
    ] {
        let mut fixture = pelvis();
        fixture.groups[0].beams = vec![beam(1, text)];
        let plan = read(&fixture.bytes());
        let dose = plan.fraction_groups[0].beams[0].dose.as_ref().unwrap();
        assert_eq!((dose.text(), dose.value()), (text.trim(), decimal(value)));
    }
    for wrong in ["1.8 Gy", "NaN", "1e", "1.8.0", "--1"] {
        let mut fixture = pelvis();
        fixture.groups[0].beams = vec![beam(1, wrong)];
        assert!(error(&fixture.bytes()).contains("BeamDose"), "{wrong}");
    }
}

/// Sequences and items up to a delimiter or of a stated length, and values of odd length.
#[test]
fn stated_and_open_lengths_read_alike() {
    let expected = read(&pelvis().bytes());
    let open = |bytes: &[u8]| bytes.windows(4).any(|window| window == [0xFF; 4]);
    for syntax in [
        uids::IMPLICIT_VR_LITTLE_ENDIAN,
        uids::EXPLICIT_VR_LITTLE_ENDIAN,
        BIG_ENDIAN,
    ] {
        let object = pelvis().object();
        let (written, stated) = (
            bare(&object, syntax),
            common::with_defined_lengths(&object, syntax),
        );
        assert!(open(&written) && !open(&stated));
        assert_eq!(read(&written), expected, "{syntax}");
        assert_eq!(read(&stated), expected, "{syntax}");
    }
}

#[test]
fn a_header_that_does_not_name_its_encoding_is_recognised() {
    let expected = read(&pelvis().bytes());
    let mut bytes = vec![0; 128];
    bytes.extend(b"DICM");
    // the media storage class alone
    let class = b"1.2.840.10008.5.1.4.1.1.481.5\0";
    bytes.extend([0x02, 0, 0x02, 0, b'U', b'I', 30, 0]);
    bytes.extend(class);
    bytes.extend(bare(&pelvis().object(), uids::IMPLICIT_VR_LITTLE_ENDIAN));
    let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
    assert!(matches!(
        file.transfer_syntax(),
        TransferSyntax::Inferred(_)
    ));
    let mut plan = file.plan().unwrap();
    let said = plan.notes.remove(0);
    assert!(said.is("file.transfer_syntax_missing"), "{said:?}");
    assert_eq!(plan, expected);
}

#[test]
fn a_header_that_contradicts_its_content_is_refused() {
    let mut object = pelvis().object();
    common::text(
        &mut object,
        tags::SOP_CLASS_UID,
        VR::UI,
        uids::RT_DOSE_STORAGE,
    );
    let mut bytes = encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN);
    let (dose, plan) = (b"1.1.481.2", b"1.1.481.5");
    let at = bytes.windows(9).position(|window| window == dose).unwrap();
    bytes[at..at + 9].copy_from_slice(plan);
    assert!(error(&bytes).contains("the file's header names another kind of file"));
}

#[test]
fn text_is_decoded_by_its_character_set() {
    let mut fixture = pelvis();
    fixture.charset = Some("ISO_IR 100");
    fixture.label = "Münster";
    let bytes = fixture.bytes();
    assert!(bytes.windows(7).any(|window| window == b"M\xFCnster"));
    assert_eq!(read(&bytes).label, Some("Münster".into()));
    fixture.charset = Some("ISO_IR 192");
    assert_eq!(read(&fixture.bytes()).label, Some("Münster".into()));
}

#[test]
fn a_decimal_comma_is_refused_with_its_place() {
    let mut fixture = pelvis();
    fixture.groups[0].beams[0].dose = Some("0,9".into());
    assert_eq!(
        error(&fixture.bytes()),
        "BeamDose (300A,0084) \"0,9\": write a decimal point, not a comma"
    );
    fixture.groups[0].beams[0].dose = Some("0.9\\0.9".into());
    assert!(error(&fixture.bytes()).contains("BeamDose"));
}

#[test]
fn ambiguous_numbering_is_refused() {
    let mut fixture = pelvis();
    fixture.groups[0].beams.push(beam(1, "0.9"));
    assert!(error(&fixture.bytes()).contains("names this beam twice"));

    let mut object = pelvis().object();
    let groups = [(); 2].map(|()| {
        let mut group = InMemDicomObject::new_empty();
        common::text(&mut group, tags::FRACTION_GROUP_NUMBER, VR::IS, "1");
        group
    });
    common::sequence(&mut object, tags::FRACTION_GROUP_SEQUENCE, groups.into());
    let bytes = encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN);
    assert!(error(&bytes).contains("two fraction groups have this number"));

    let mut object = pelvis().object();
    let beams = [(); 2].map(|()| {
        let mut beam = InMemDicomObject::new_empty();
        common::text(&mut beam, tags::BEAM_NUMBER, VR::IS, "1");
        beam
    });
    common::sequence(&mut object, tags::BEAM_SEQUENCE, beams.into());
    let bytes = encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN);
    assert!(error(&bytes).contains("two beams have this number"));
}

#[test]
fn other_files_are_named_for_what_they_are() {
    let dose = common::dose().bytes();
    assert_eq!(error(&dose), "this is not an RT Plan but an RT Dose");
    for (class, name) in [
        (uids::RT_STRUCTURE_SET_STORAGE, "an RT Structure Set"),
        (
            uids::CT_IMAGE_STORAGE,
            "another DICOM file (CT Image Storage)",
        ),
        (
            uids::RT_BEAMS_TREATMENT_RECORD_STORAGE,
            "an RT Beams Treatment Record",
        ),
        ("1.2.3.4", "another DICOM file (SOP class 1.2.3.4)"),
    ] {
        let mut object = pelvis().object();
        common::text(&mut object, tags::SOP_CLASS_UID, VR::UI, class);
        let bytes = encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN);
        assert_eq!(error(&bytes), format!("this is not an RT Plan but {name}"));
    }
    assert!(error(b"%PDF-1.7 and so on").starts_with("this is not a DICOM file"));
    assert!(error(b"").starts_with("this is not a DICOM file"));
}

#[test]
fn structure_sets_are_read_without_their_contours() {
    for syntax in PLAIN {
        let bytes = encoded(common::structures(), syntax);
        let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
        let set = file.structure_set().unwrap();
        assert_eq!(set.label, Some("ORGANS".into()));
        let regions: Vec<_> = set
            .regions
            .iter()
            .map(|region| {
                (
                    region.number,
                    crate::revealed(region.name.as_ref()).unwrap(),
                    region.interpreted_type.as_deref().unwrap(),
                    region.contours,
                )
            })
            .collect();
        assert_eq!(
            regions,
            [
                (1, "BODY", "EXTERNAL", 3),
                (2, "PTV 45", "PTV", 2),
                (5, "Bladder", "ORGAN", 0)
            ]
        );
    }
}

#[test]
fn the_patient_is_kept_apart() {
    let plan = read(&pelvis().bytes());
    assert_eq!(plan.patient.id.as_deref(), Some("synthetic-1"));
    assert!(!format!("{plan:?}").contains("SYNTHETIC^PLAN"));
    assert!(!format!("{plan:?}").contains("synthetic-1"));
}

#[test]
fn the_same_values_as_another_reader() {
    for syntax in PLAIN {
        let bytes = encoded(pelvis().object(), syntax);
        let plan = read(&bytes);
        let other = dicom_object::from_reader(bytes.as_slice()).unwrap();
        let text = |selector: (_, _, _, _, _)| {
            other
                .entry_at(selector)
                .unwrap()
                .to_str()
                .unwrap()
                .trim()
                .to_owned()
        };
        for (index, beam) in (0..).zip(&plan.fraction_groups[0].beams) {
            let dose = text((
                tags::FRACTION_GROUP_SEQUENCE,
                0,
                tags::REFERENCED_BEAM_SEQUENCE,
                index,
                tags::BEAM_DOSE,
            ));
            assert_eq!(beam.dose.as_ref().unwrap().text(), dose);
        }
    }
}

/// A point, a volume or neither, by Dose Reference Structure Type (PS3.3 C.8.8.10).
#[test]
fn whether_a_target_is_a_point() {
    let extent = |structure: Option<&str>| {
        let mut object = pelvis().object();
        let references = object.element(tags::DOSE_REFERENCE_SEQUENCE).unwrap();
        let mut items = references.items().unwrap().to_vec();
        items[0].remove_element(tags::DOSE_REFERENCE_STRUCTURE_TYPE);
        if let Some(structure) = structure {
            let tag = tags::DOSE_REFERENCE_STRUCTURE_TYPE;
            common::text(&mut items[0], tag, VR::CS, structure);
        }
        common::sequence(&mut object, tags::DOSE_REFERENCE_SEQUENCE, items);
        let bytes = encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN);
        let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
        file.plan().unwrap().to_planned("plan.dcm").targets[0].extent
    };
    for (structure, wanted) in [
        (Some("POINT"), TargetExtent::Point),
        (Some("COORDINATES"), TargetExtent::Point),
        (Some("VOLUME"), TargetExtent::Volume),
        (Some("SITE"), TargetExtent::Volume),
        (Some("OTHER"), TargetExtent::NotStated),
        (None, TargetExtent::NotStated),
    ] {
        assert_eq!(extent(structure), wanted, "{structure:?}");
    }
}

#[test]
fn the_same_link_twice_says_nothing_new() {
    let links = |references: &[(&str, Option<&str>)]| {
        let mut object = pelvis().object();
        common::link(&mut object, 0, references);
        let plan = read(&encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN));
        plan.to_planned("plan.dcm").targets[0].links.len()
    };
    assert_eq!(links(&[("1", Some("45")), ("1", Some("45.00"))]), 1);
    assert_eq!(links(&[("1", None), ("1", None)]), 1);
    assert_eq!(links(&[("1", Some("45")), ("1", Some("46"))]), 2);
}

#[test]
fn beams_of_a_meterset_of_nothing_alone_give_nothing() {
    let of = |metersets: [Option<&str>; 2]| {
        let mut fixture = pelvis();
        for (beam, meterset) in fixture.groups[0].beams.iter_mut().zip(metersets) {
            beam.dose = None;
            beam.meterset = meterset.map(Into::into);
        }
        let plan = read(&fixture.bytes());
        let missing = plan.to_planned("plan.dcm").groups[0].doses[0]
            .missing
            .clone();
        (missing, codes(&plan).len())
    };
    let nothing = MissingDose::NoMeterset { beams: vec![1, 2] };
    assert_eq!(of([Some("0"), Some("0")]), (Some(nothing), 1));
    for metersets in [[Some("0"), None], [None, None], [Some("100"), Some("0")]] {
        let (missing, _) = of(metersets);
        assert!(
            matches!(missing, Some(MissingDose::NoBeamDose { .. })),
            "{missing:?}"
        );
    }
}

#[test]
fn beams_that_continue_a_treatment_are_said() {
    let mut fixture = pelvis();
    fixture.groups[0].beams[1].purpose = Some("CONTINUATION");
    let plan = read(&fixture.bytes());
    assert_eq!(codes(&plan), [("plan.beam_purpose", Outcome::Warn)]);
}

#[test]
fn the_dose_references_of_beams_are_read() {
    let mut object = pelvis().object();
    common::in_item(&mut object, tags::FRACTION_GROUP_SEQUENCE, 0, |group| {
        for at in [0, 1] {
            common::in_item(group, tags::REFERENCED_BEAM_SEQUENCE, at, |beam| {
                common::text(beam, tags::REFERENCED_DOSE_REFERENCE_UID, VR::UI, "2.25.77");
            });
        }
    });
    let plan = read(&encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN));
    assert_eq!(
        plan.to_planned("plan.dcm").groups[0].doses[0].references,
        ["2.25.77"]
    );
}

/// Control points share out the meterset by weights that rise from 0 to the final one (PS3.3 C.8.8.14.1).
#[test]
fn weights_of_control_points() {
    let found = |points: &[&str], last: Option<&str>, purpose: &'static str| {
        let mut fixture = pelvis();
        fixture.control_points = points.len();
        fixture.groups[0].beams[0].purpose = Some(purpose);
        let mut object = fixture.object();
        common::in_item(&mut object, tags::BEAM_SEQUENCE, 0, |beam| {
            if let Some(last) = last {
                let tag = tags::FINAL_CUMULATIVE_METERSET_WEIGHT;
                common::text(beam, tag, VR::DS, last);
            }
            for (at, weight) in points.iter().enumerate() {
                common::in_item(beam, tags::CONTROL_POINT_SEQUENCE, at, |point| {
                    common::text(point, tags::CUMULATIVE_METERSET_WEIGHT, VR::DS, weight);
                });
            }
        });
        let bytes = encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN);
        let plan = read(&bytes);
        let weights = codes(&plan)
            .into_iter()
            .filter(|(code, _)| *code == "plan.beam_weights");
        weights.map(|(_, outcome)| outcome).collect::<Vec<_>>()
    };
    for (points, last) in [
        (vec!["0", "1"], Some("1")),
        (
            vec!["0.000000", "0.33333", "0.33333", "0.99999"],
            Some("1.0"),
        ),
        (vec!["0", "50", "100"], Some("100")),
        (vec!["0", ""], Some("1")),
        (vec!["", ""], None),
        (vec![], Some("1")),
        (vec![], None),
    ] {
        assert!(
            found(&points, last, "TREATMENT").is_empty(),
            "{points:?} {last:?}"
        );
    }
    for (points, last) in [
        (vec!["0", "1"], "0"),
        (vec!["0", "0"], "0"),
        (vec![], "0"),
        (vec!["0", "0.6", "0.4", "1"], "1"),
        (vec!["0.2", "1"], "1"),
        (vec!["0", "0.5"], "1"),
        (vec!["0", "100"], "1"),
        (vec!["0", "-1"], "-1"),
    ] {
        let weights = found(&points, Some(last), "TREATMENT");
        assert_eq!(weights, [Outcome::CannotTell], "{points:?} {last}");
        assert!(found(&points, Some(last), "SETUP").is_empty());
    }
}

/// A plan that was cut off has fewer control points than its beams declare.
#[test]
fn control_points_are_as_many_as_the_beam_declares() {
    let found = |declared: &str, present: usize| {
        let mut fixture = pelvis();
        fixture.control_points = present;
        let mut object = fixture.object();
        common::in_item(&mut object, tags::BEAM_SEQUENCE, 0, |beam| {
            common::text(beam, tags::NUMBER_OF_CONTROL_POINTS, VR::IS, declared);
        });
        let plan = read(&encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN));
        let of_points = codes(&plan)
            .into_iter()
            .filter(|(code, _)| *code == "plan.beam_weights");
        of_points.map(|(_, outcome)| outcome).collect::<Vec<_>>()
    };
    // a file that holds none says nothing of how many there are
    for (declared, present) in [("2", 2), ("178", 178), ("2", 0)] {
        assert!(found(declared, present).is_empty(), "{declared} {present}");
    }
    for (declared, present) in [("178", 177), ("2", 3)] {
        assert_eq!(
            found(declared, present),
            [Outcome::CannotTell],
            "{declared} {present}"
        );
    }
}
