//! Regions that targets share, doses in their names, names that several have.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::Outcome::{self, CannotTell, Fail, Pass, Warn};
use chemorad_crosscheck::{CrossCheck, NameOdd, Prescribed, SharedRegion, TargetNameFinding};
use chemorad_dosimetry::{PlannedPrescription, PlannedTarget, TargetExtent, TargetLink};

use crate::common::{Case, adjuvant, boost, check, find, group, only, pelvis, plan, target, typed};

fn linked(name: &str, dose: &str, group: usize, region: i32) -> PlannedTarget {
    PlannedTarget {
        links: vec![TargetLink::new(group)],
        extent: TargetExtent::Volume,
        region: Some(region),
        ..target(name, Some(dose))
    }
}

/// Pelvis and boost in one plan.
fn course(targets: Vec<PlannedTarget>) -> PlannedPrescription {
    let groups = vec![group(1, 25, &["1.8"]), group(2, 3, &["1.8"])];
    plan("course.dcm", groups, targets)
}

/// Both volumes in the same fractions.
fn simultaneous(targets: Vec<PlannedTarget>) -> PlannedPrescription {
    let mut group = group(1, 28, &[]);
    group.doses[0].missing = None;
    plan("course.dcm", vec![group], targets)
}

fn boosted() -> Prescribed {
    Prescribed::typed(&typed(&["x@low=45Gy/28", "x@high=50.4Gy/28"])).unwrap()
}

fn sequence() -> Prescribed {
    Prescribed::typed(&typed(&["pelvis=45Gy/25", "boost=5.4Gy/3"])).unwrap()
}

fn says(found: &CrossCheck) -> Vec<(NameOdd, Outcome)> {
    let all = found.findings.iter();
    all.filter_map(|finding| {
        let name: &TargetNameFinding = finding.observation()?;
        Some((name.odd.clone(), finding.outcome))
    })
    .collect()
}

fn shared(found: &CrossCheck) -> Vec<(SharedRegion, Outcome)> {
    let all = says(found).into_iter();
    all.filter_map(|(says, outcome)| match says {
        NameOdd::OneRegion { why, .. } => Some((why, outcome)),
        _ => None,
    })
    .collect()
}

#[test]
fn one_region_is_not_two_volumes() {
    let of = |names: [&str; 2], regions: [i32; 2], by_hand: &[&str]| {
        let targets = vec![
            linked(names[0], "45", 0, regions[0]),
            linked(names[1], "5.4", 1, regions[1]),
        ];
        let (prescribed, planned) = (adjuvant(), [course(targets)]);
        let mut case = Case::new(&prescribed, &planned);
        case.names = by_hand;
        shared(&case.run().unwrap())
    };
    let volumes = ["pelvis", "tumour bed"];
    assert_eq!(of(volumes, [1, 2], &[]), []);
    assert_eq!(
        of(volumes, [1, 1], &[]),
        [(SharedRegion::TwoVolumes, CannotTell)]
    );
    let by_hand = ["A=pelvis", "B=tumour bed"];
    assert_eq!(of(["A", "B"], [1, 2], &by_hand), []);
    assert_eq!(
        of(["A", "B"], [3, 3], &by_hand),
        [(SharedRegion::TwoVolumes, CannotTell)]
    );
    // their doses are those of two volumes
    assert_eq!(
        of(["A", "B"], [3, 3], &[]),
        [(SharedRegion::DosesOfTwoVolumes, CannotTell)]
    );
}

#[test]
fn one_region_in_two_plans_of_one_structure_set() {
    let of = |sets: [&str; 2]| {
        let mut planned = [pelvis(), boost()];
        for (plan, set) in planned.iter_mut().zip(sets) {
            plan.structure_sets = vec![set.into()];
            plan.targets[0].region = Some(4);
        }
        shared(&check(&adjuvant(), &planned))
    };
    assert_eq!(
        of(["2.25.1", "2.25.1"]),
        [(SharedRegion::TwoVolumes, CannotTell)]
    );
    assert_eq!(of(["2.25.1", "2.25.2"]), []);
}

/// A region gets several phases, and is named by a dose of each.
#[test]
fn one_region_of_several_phases_is_right() {
    let targets = vec![linked("first", "45", 0, 1), linked("second", "5.4", 1, 1)];
    only(&check(&sequence(), &[course(targets)]), &[]);
    // both in the same fractions of a simultaneous boost
    let targets = |regions: [i32; 2]| {
        vec![
            linked("low risk", "45", 0, regions[0]),
            linked("high risk", "50.4", 0, regions[1]),
        ]
    };
    let of = |regions| shared(&check(&boosted(), &[simultaneous(targets(regions))]));
    assert_eq!(of([1, 2]), []);
    assert_eq!(of([1, 1]), [(SharedRegion::DosesOfTwoVolumes, CannotTell)]);
    // one dose under two names
    let one = Prescribed::typed(&typed(&["45Gy/25"])).unwrap();
    let alike = |names: [&str; 2]| {
        let targets = names.map(|name| linked(name, "45", 0, 1)).to_vec();
        let plan = plan("one.dcm", vec![group(1, 25, &["1.8"])], targets);
        shared(&check(&one, &[plan]))
    };
    assert_eq!(alike(["A", "B"]), [(SharedRegion::TwoNames, Warn)]);
    assert_eq!(alike(["A", "a"]), []);
}

#[test]
fn an_organ_is_no_target_unless_a_person_says_so() {
    let of = |prescribed: &Prescribed, name: &str, by_hand: &[&str]| {
        let planned = [plan(
            "plan.dcm",
            vec![group(1, 25, &["1.8"])],
            vec![target(name, Some("45"))],
        )];
        let mut case = Case::new(prescribed, &planned);
        case.names = by_hand;
        let found = case.run().unwrap();
        for finding in &found.findings {
            assert!(
                !finding.message().contains(&format!("{name}=")),
                "{finding}"
            );
        }
        found.outcome
    };
    let any = Prescribed::typed(&typed(&["45Gy/25"])).unwrap();
    let of_protocol = adjuvant().only(&["pelvis".into()]).unwrap();
    for organ in ["Bladder", "Bladder wall", "Bowel_Small"] {
        assert_eq!(of(&any, organ, &[]), CannotTell, "{organ}");
        assert_eq!(of(&of_protocol, organ, &[]), CannotTell, "{organ}");
    }
    // it may be what is treated, and is for a person to see
    assert_eq!(of(&any, "Rectum", &[]), Pass);
    assert_eq!(of(&of_protocol, "Rectum", &[]), Warn);
    assert_eq!(of(&any, "PTV rectum", &[]), Pass);
    // it is what is prescribed to
    assert_eq!(of(&any, "Bladder", &["Bladder=target"]), Pass);
    for own in ["x@bladder=45Gy/25", "bladder=45Gy/25"] {
        let own = Prescribed::typed(&typed(&[own])).unwrap();
        assert_eq!(of(&own, "Bladder", &[]), Pass);
    }
}

/// The dose of a target that is an organ, beside those that are prescribed to, is not made part of them.
#[test]
fn no_advice_makes_an_organ_part_of_a_target() {
    let plan = plan(
        "plan.dcm",
        vec![group(1, 25, &["1.8"])],
        vec![target("pelvis", Some("45")), target("Bladder", Some("45"))],
    );
    let found = check(&adjuvant().only(&["pelvis".into()]).unwrap(), &[plan]);
    assert_eq!(found.outcome, CannotTell);
    for finding in &found.findings {
        assert!(!finding.message().contains("Bladder="), "{finding}");
    }
}

fn doses_in_names(prescribed: &Prescribed, plan: PlannedPrescription) -> Vec<Outcome> {
    let all = says(&check(prescribed, &[plan])).into_iter();
    all.filter(|(says, _)| matches!(says, NameOdd::OtherDose { .. }))
        .map(|(_, outcome)| outcome)
        .collect()
}

#[test]
fn a_dose_in_a_name_is_that_of_the_target() {
    let simultaneous = |doses: [&str; 2]| {
        let targets = vec![
            target("PTV45", Some(doses[0])),
            target("PTV50.4", Some(doses[1])),
        ];
        doses_in_names(&boosted(), simultaneous(targets))
    };
    assert_eq!(simultaneous(["45", "50.4"]), []);
    assert_eq!(simultaneous(["50.4", "45"]), [CannotTell; 2]);
    // one after the other: the boost may be called by its own dose or by that of the course
    let sequential = |names: [&str; 2], doses: [&str; 2]| {
        let targets = vec![
            linked(names[0], doses[0], 0, 1),
            linked(names[1], doses[1], 1, 2),
        ];
        doses_in_names(&sequence(), course(targets))
    };
    for name in ["PTV50.4", "PTV_5040", "PTV50", "PTV 5.4 Gy", "PTV2"] {
        assert_eq!(sequential(["PTV45", name], ["45", "5.4"]), [], "{name}");
        assert_eq!(sequential(["PTV45", name], ["45", "50.4"]), [], "{name}");
    }
    // the volume of the boost gets the first phase too
    assert_eq!(sequential(["PTV50.4", "PTV50.4"], ["45", "5.4"]), []);
    assert_eq!(
        sequential(["PTV45", "PTV60"], ["45", "5.4"]),
        [Warn],
        "nobody prescribed it"
    );
    let exchanged = course(vec![
        target("PTV45", Some("50.4")),
        target("PTV50.4", Some("45")),
    ]);
    let with_volumes = adjuvant();
    assert!(doses_in_names(&with_volumes, exchanged).contains(&CannotTell));
    let right = course(vec![
        target("PTV45", Some("45")),
        target("PTV50.4", Some("50.4")),
    ]);
    assert_eq!(doses_in_names(&with_volumes, right), []);
}

fn numbered(name: &str, dose: &str, group: usize, number: i32) -> PlannedTarget {
    PlannedTarget {
        number: Some(number),
        region: None,
        ..linked(name, dose, group, 1)
    }
}

/// Targets of one name are chosen by their numbers.
#[test]
fn targets_of_one_name_are_told_apart_by_their_numbers() {
    let (prescribed, planned) = (
        adjuvant(),
        [course(vec![
            numbered("PTV", "45", 0, 1),
            numbered("PTV", "5.4", 1, 2),
        ])],
    );
    let run = |by_hand: &[&str]| {
        let mut case = Case::new(&prescribed, &planned);
        case.names = by_hand;
        case.run().unwrap()
    };
    let found = run(&[]);
    only(&found, &[("rx.volume_match", Warn)]);
    let advice = find(&found, "rx.volume_match", "course.dcm");
    assert!(
        advice
            .message()
            .contains("\"PTV (dose reference 1)=pelvis\""),
        "{advice}"
    );
    let (first, second) = ("PTV (dose reference 1)", "PTV (dose reference 2)");
    let by_hand = |one: &str, other: &str| {
        let names = [format!("{first}={one}"), format!("{second}={other}")];
        run(&names.each_ref().map(String::as_str))
    };
    only(&by_hand("pelvis", "tumour bed"), &[]);
    let exchanged = by_hand("tumour bed", "pelvis").outcome;
    assert!(matches!(exchanged, Fail | CannotTell));
    // a single one needs no number, and can be called by it
    let one = [course(vec![numbered("PTV", "50.4", 0, 7)])];
    let mut case = Case::new(&prescribed, &one);
    let found = case.run().unwrap();
    let advice = find(&found, "rx.volume_match", "course.dcm").message();
    assert!(advice.contains("\"PTV=pelvis\""), "{advice}");
    case.names = &["PTV (dose reference 7)=pelvis"];
    let found = case.run().unwrap();
    assert!(
        found
            .findings
            .iter()
            .any(|finding| { finding.is("rx.volume_match") && finding.outcome == Pass })
    );
}
