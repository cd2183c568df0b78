//! Fraction groups that a plan links to its dose references, and references that it does not link.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::Outcome::{CannotTell, Fail, Pass, Warn};
use chemorad_crosscheck::{CrossCheck, Prescribed, TargetFinding};
use chemorad_dosimetry::{
    DosePoint, PlannedPrescription, PlannedTarget, TargetExtent, TargetKind, TargetLink,
};

use crate::common::{
    Case, adjuvant, boost, check, decimal, expect, find, group, only, plan, target, typed,
};

fn phases() -> Prescribed {
    Prescribed::typed(&typed(&["pelvis=45Gy/25", "boost=5.4Gy/3"])).unwrap()
}

/// A target whose dose is linked to groups, by their places.
fn linked(name: &str, dose: &str, groups: &[usize]) -> PlannedTarget {
    PlannedTarget {
        links: groups.iter().map(|&group| TargetLink::new(group)).collect(),
        ..target(name, Some(dose))
    }
}

fn point(dose: Option<&str>) -> PlannedTarget {
    PlannedTarget {
        extent: TargetExtent::Point,
        ..target("dose reference 3", dose)
    }
}

/// Pelvis and boost in one plan, as a planning system exports them: two points without dose besides.
fn course(mut targets: Vec<PlannedTarget>) -> PlannedPrescription {
    targets.extend([point(None), point(None)]);
    let groups = vec![
        group(1, 25, &["1.0", "0.4", "0.4"]),
        group(2, 3, &["0.8", "0.5", "0.5"]),
    ];
    plan("course.dcm", groups, targets)
}

fn both() -> PlannedPrescription {
    course(vec![
        linked("Apelve", "45", &[0]),
        linked("BBoost", "5.4", &[1]),
    ])
}

fn by_names(planned: &[PlannedPrescription]) -> CrossCheck {
    let prescribed = adjuvant();
    let mut case = Case::new(&prescribed, planned);
    case.names = &["Apelve=pelvis", "BBoost=tumour bed"];
    case.run().unwrap()
}

#[test]
fn each_reference_is_compared_with_its_groups() {
    let found = check(&phases(), &[both()]);
    only(&found, &[]);
    assert_eq!(found.outcome, Pass);
    let beams = find(&found, "plan.beam_sum", "BBoost");
    assert_eq!(beams.arithmetic().as_deref(), Some("3 x 1.8 Gy = 5.4 Gy"));
    let found = by_names(&[both()]);
    only(&found, &[]);
    // with the cumulative dose, linked to both
    let three = course(vec![
        linked("Apelve", "45", &[0]),
        linked("BBoost", "5.4", &[1]),
        linked("sum", "50.4", &[0, 1]),
    ]);
    only(&check(&phases(), &[three]), &[]);
    // alone too, and with the order of the groups turned
    let mut turned = course(vec![
        linked("Apelve", "45", &[1]),
        linked("BBoost", "5.4", &[0]),
    ]);
    turned.groups.reverse();
    only(&by_names(&[turned]), &[]);
}

#[test]
fn a_change_of_any_dose_count_or_link_is_found() {
    type Change = fn(&mut PlannedPrescription);
    let changes: [(&str, Change); 9] = [
        ("dose of the pelvis", |plan| {
            plan.targets[0].dose = Some(decimal("46"));
        }),
        ("dose of the boost", |plan| {
            plan.targets[1].dose = Some(decimal("9"));
        }),
        ("exchanged doses", |plan| {
            plan.targets[0].dose = Some(decimal("5.4"));
            plan.targets[1].dose = Some(decimal("45"));
        }),
        ("exchanged links", |plan| {
            plan.targets[0].links[0].group = 1;
            plan.targets[1].links[0].group = 0;
        }),
        ("a link to the other group", |plan| {
            plan.targets[0].links[0].group = 1;
        }),
        ("a link too many", |plan| {
            plan.targets[0].links.push(TargetLink {
                dose: None,
                ..TargetLink::new(1)
            });
        }),
        ("fractions", |plan| plan.groups[1].fractions = Some(4)),
        ("beams", |plan| {
            plan.groups[0].doses[0].per_fraction = Some(decimal("1.7"));
        }),
        ("centigray", |plan| {
            plan.targets[0].dose = Some(decimal("4500"));
        }),
    ];
    for (what, change) in changes {
        let mut wrong = both();
        change(&mut wrong);
        let planned = [wrong];
        for found in [check(&phases(), &planned), by_names(&planned)] {
            assert!(
                matches!(found.outcome, Fail | CannotTell)
                    || (what == "a link too many" && found.outcome == Warn),
                "{what}: {:#?}",
                found.findings
            );
        }
    }
}

#[test]
fn the_cumulative_dose_of_the_boost_alone_is_said() {
    let found = by_names(&[course(vec![
        linked("Apelve", "45", &[0]),
        linked("BBoost", "50.4", &[1]),
    ])]);
    only(&found, &[("plan.beam_sum", Warn)]);
}

#[test]
fn references_without_links_are_compared_with_what_fits() {
    let unlinked = || {
        course(vec![
            target("Apelve", Some("45")),
            target("BBoost", Some("5.4")),
        ])
    };
    let part = [
        ("rx.prescription", Warn),
        ("rx.prescription", Warn),
        ("plan.beam_sum", Warn),
        ("plan.beam_sum", Warn),
    ];
    only(&check(&phases(), &[unlinked()]), &part);
    // a name settles the pelvis; the bed gets more than its boost
    let found = by_names(&[unlinked()]);
    only(
        &found,
        &[("rx.prescription", Warn), ("plan.beam_sum", Warn)],
    );
    let sum = course(vec![target("PTV", Some("50.4"))]);
    only(&check(&phases(), &[sum]), &[]);
    // what is neither a phase nor the sum
    for wrong in ["45.4", "54", "5040"] {
        let mut plan = unlinked();
        plan.targets[0].dose = Some(decimal(wrong));
        assert_eq!(check(&phases(), &[plan]).outcome, Fail, "{wrong}");
    }
    // the boost's dose with the name of the pelvis
    let exchanged = course(vec![
        target("Apelve", Some("5.4")),
        target("BBoost", Some("45")),
    ]);
    assert_eq!(by_names(&[exchanged]).outcome, Fail);
}

#[test]
fn two_sites_in_one_plan() {
    let sites = |names: [&str; 2]| {
        let groups = vec![group(1, 1, &["8"]), group(2, 1, &["4", "4"])];
        let targets = vec![linked(names[0], "8", &[0]), linked(names[1], "8", &[1])];
        plan("sites.dcm", groups, targets)
    };
    let prescribed = Prescribed::typed(&typed(&["femur=8Gy/1", "spine=8Gy/1"])).unwrap();
    // the same numbers: the linked references tell which is which
    only(&check(&prescribed, &[sites(["spine", "femur"])]), &[]);
    assert_eq!(check(&prescribed, &[sites(["A", "B"])]).outcome, CannotTell);
    let other = Prescribed::typed(&typed(&["femur=8Gy/1", "spine=20Gy/5"])).unwrap();
    let groups = vec![group(1, 1, &["8"]), group(2, 5, &["4"])];
    let targets = vec![linked("A", "8", &[0]), linked("B", "20", &[1])];
    only(&check(&other, &[plan("sites.dcm", groups, targets)]), &[]);
}

#[test]
fn statements_that_contradict_one_another() {
    let stated = |dose: &str| {
        let mut plan = both();
        plan.targets[0].links[0].dose = Some(decimal(dose));
        check(&phases(), &[plan])
    };
    only(&stated("45.00"), &[]);
    let found = stated("4500");
    assert_eq!(found.outcome, Fail);
    let twice = found
        .findings
        .iter()
        .find(|finding| finding.message().contains("its fraction groups another"))
        .unwrap();
    assert_eq!(twice.outcome, Fail);
    assert!(twice.message().contains("centigray"), "{twice}");
    assert_eq!(stated("46").outcome, Fail);
    // the doses of two groups add up to that of the reference
    let mut sum = linked("PTV", "50.4", &[0, 1]);
    (sum.links[0].dose, sum.links[1].dose) = (Some(decimal("45")), Some(decimal("5.4")));
    only(&check(&phases(), &[course(vec![sum.clone()])]), &[]);
    sum.links[1].dose = None;
    only(&check(&phases(), &[course(vec![sum.clone()])]), &[]);
    sum.dose = Some(decimal("40"));
    assert_eq!(check(&phases(), &[course(vec![sum])]).outcome, Fail);
}

#[test]
fn points_are_targets_only_with_a_dose() {
    let mut plan = boost();
    plan.targets.push(point(None));
    only(
        &check(&phases().only(&["boost".into()]).unwrap(), &[plan.clone()]),
        &[],
    );
    plan.targets[1] = point(Some("4.9"));
    let found = check(&phases().only(&["boost".into()]).unwrap(), &[plan.clone()]);
    expect(&found, &[("plan.multiple_targets", "", Warn)]);
    // nothing but points without dose states no prescription
    plan.targets = vec![point(None)];
    let found = check(&phases().only(&["boost".into()]).unwrap(), &[plan]);
    expect(&found, &[("rx.prescription", "", CannotTell)]);
    let message = find(&found, "rx.prescription", "").message();
    assert!(message.contains("no target with a dose"), "{message}");
}

#[test]
fn a_target_linked_to_another_volume_is_told() {
    let names = |first: &str, second: &str| {
        let plan = course(vec![linked(first, "45", &[0]), linked(second, "5.4", &[1])]);
        check(&adjuvant(), &[plan]).outcome
    };
    assert_eq!(names("pelvis", "tumour bed"), Pass);
    assert_eq!(names("tumour bed", "tumour bed"), CannotTell);
    let exchanged = course(vec![
        linked("tumour bed", "45", &[0]),
        linked("pelvis", "5.4", &[1]),
    ]);
    assert!(matches!(
        check(&adjuvant(), &[exchanged]).outcome,
        Fail | CannotTell
    ));
    let organ = PlannedTarget {
        kind: TargetKind::OrganAtRisk,
        ..linked("bladder", "40", &[0])
    };
    let mut plan = both();
    plan.targets.push(organ);
    // the limit of an organ is for a person, as it stands where a prescription should
    only(&check(&phases(), &[plan]), &[("rx.prescription", Warn)]);
}

#[test]
fn a_dose_stated_twice_with_too_many_digits_is_not_called_wrong() {
    let with = |dose: &str| {
        let mut planned = both();
        planned.targets[0].links[0].dose = Some(decimal(dose));
        let found = check(&phases(), &[planned]);
        let twice = found.findings.iter().filter(|f| f.is("rx.prescription"));
        let twice =
            twice.filter(|f| f.message().contains("digits") || f.message().contains("another"));
        twice.map(|f| f.outcome).collect::<Vec<_>>()
    };
    assert_eq!(with("45"), []);
    assert_eq!(with("46"), [Fail]);
    assert_eq!(
        with("0.00000000000000000000000000000000000000001"),
        [CannotTell]
    );
}

/// A reference and its groups contradict one another in either direction, and a part of the groups only
/// where it is more than the whole.
#[test]
fn a_reference_and_a_part_of_its_groups() {
    let twice = |dose: &str, groups: [Option<&str>; 2]| {
        let mut sum = linked("PTV", dose, &[0, 1]);
        for (link, dose) in sum.links.iter_mut().zip(groups) {
            link.dose = dose.map(decimal);
        }
        let found = check(&phases(), &[course(vec![sum])]);
        let mut findings = found.findings.iter();
        findings.any(|f| f.message().contains("its fraction groups another"))
    };
    for (groups, contradicts) in [
        ([Some("45"), Some("5.4")], false),
        ([Some("45"), Some("3")], true),
        ([Some("45"), Some("8")], true),
        ([Some("45"), None], false),
        ([Some("50.41"), None], false),
        ([Some("52"), None], true),
    ] {
        assert_eq!(twice("50.4", groups), contradicts, "{groups:?}");
    }
}

/// A point with another dose is only a warning where a target of the same fraction groups agrees.
#[test]
fn a_point_beside_a_target_that_agrees() {
    let at = |groups: &[usize]| PlannedTarget {
        extent: TargetExtent::Point,
        ..linked("point", "40", groups)
    };
    let outcome = |targets: Vec<PlannedTarget>, name: &str| {
        let found = check(&phases(), &[course(targets)]);
        find(&found, "rx.prescription", name).outcome
    };
    let pelvis = linked("Apelve", "45", &[0]);
    let boost = linked("BBoost", "5.4", &[1]);
    assert_eq!(outcome(vec![pelvis.clone(), at(&[0])], "point"), Warn);
    assert_eq!(outcome(vec![boost, at(&[0])], "point"), Fail);
    assert_eq!(outcome(vec![at(&[0])], "point"), Fail);
    // one that is linked to nothing may be of any group
    assert_eq!(outcome(vec![pelvis, at(&[])], "point"), Warn);
    assert_eq!(outcome(vec![at(&[])], "point"), Fail);
}

/// What the beams of several groups can mean for a target that is linked to none or to all of them.
#[test]
fn beams_of_several_groups() {
    let apart = || {
        let typed = typed(&["a@left=45Gy/25", "b@right=5.4Gy/3"]);
        Prescribed::typed(&typed).unwrap()
    };
    let sum = |prescribed: &Prescribed, target: PlannedTarget| {
        let name = target.name.to_string();
        let found = check(prescribed, &[course(vec![target])]);
        find(&found, "plan.beam_sum", &name).outcome
    };
    // one sum of all is meant where the name is no volume's, and no other
    assert_eq!(sum(&apart(), linked("PTV", "50.4", &[])), Pass);
    assert_eq!(sum(&apart(), linked("left", "50.4", &[])), Fail);
    assert_eq!(sum(&apart(), linked("left", "45", &[])), Pass);
    // a part of what is given is for a person to see
    let trial = adjuvant();
    assert_eq!(sum(&trial, linked("PTV", "5.4", &[])), Warn);
    assert_eq!(sum(&trial, linked("tumour bed", "5.4", &[])), Warn);
    assert_eq!(sum(&trial, linked("tumour bed", "45", &[])), Fail);
    assert_eq!(sum(&trial, linked("tumour bed", "50.4", &[])), Pass);
    // linked to more groups than reach its volume
    assert_eq!(sum(&trial, linked("pelvis", "45", &[0, 1])), Warn);
    assert_eq!(sum(&trial, linked("PTV", "45", &[0, 1])), Fail);
    assert_eq!(sum(&trial, linked("pelvis", "50.4", &[0, 1])), Pass);
}

/// A point that several groups have is named once.
#[test]
fn points_of_several_groups_are_named_once() {
    let at = |x: &str| DosePoint::Coordinates([decimal(x), decimal("0"), decimal("0")]);
    let message = |points: [DosePoint; 2]| {
        let mut plan = course(vec![linked("sum", "50.4", &[])]);
        for (group, point) in plan.groups.iter_mut().zip(points) {
            let dose = &mut group.doses[0];
            dose.per_fraction = Some(decimal("1.9"));
            dose.point = Some(point);
        }
        plan.targets.push(linked("Apelve", "45", &[0]));
        plan.targets.push(linked("BBoost", "5.4", &[1]));
        let found = check(&phases(), &[plan]);
        find(&found, "plan.beam_sum", "sum").message()
    };
    let one = message([at("10"), at("10.04")]);
    assert_eq!(one.matches("mm").count(), 1, "{one}");
    let two = message([at("10"), at("80")]);
    assert!(
        two.contains("at (10, 0, 0) mm and at (80, 0, 0) mm"),
        "{two}"
    );
    let unnamed = message([DosePoint::OfBeam, DosePoint::OfBeam]);
    assert_eq!(unnamed.matches("not named").count(), 1, "{unnamed}");
}

/// A cumulative dose belongs to all the groups that reach its volume, and the dose of a phase to its own; which
/// links are right, which are for a person, and which are wrong.
#[test]
fn each_dose_with_each_of_the_links() {
    let typed = phases();
    let trial = adjuvant();
    let outcome = |prescribed: &Prescribed, doses: &[(&str, &str, &[usize])]| {
        let targets = doses.iter().map(|(name, dose, to)| PlannedTarget {
            extent: TargetExtent::Volume,
            ..linked(name, dose, to)
        });
        check(prescribed, &[course(targets.collect())]).outcome
    };
    let (first, second, both): (&[usize], &[usize], &[usize]) = (&[0], &[1], &[0, 1]);
    for (pelvis, to_pelvis, bed, to_bed, of_typed, of_trial) in [
        ("45", first, "5.4", second, Pass, Pass),
        ("45", first, "50.4", both, Pass, Pass),
        // the cumulative dose with one group alone
        ("45", first, "50.4", second, Warn, Warn),
        ("50.4", first, "5.4", second, Warn, Fail),
        ("50.4", first, "50.4", second, Warn, Fail),
        // the pelvis gets no boost of its own
        ("50.4", both, "50.4", both, Warn, Fail),
        ("50.4", both, "50.4", second, Warn, Fail),
        // the dose of a phase with more groups than its own
        ("45", both, "5.4", second, Fail, Warn),
        ("45", first, "5.4", both, Fail, Fail),
        ("45", both, "5.4", both, Fail, Fail),
    ] {
        let what = format!("pelvis {pelvis} {to_pelvis:?}, bed {bed} {to_bed:?}");
        let named = |one, other| [(one, pelvis, to_pelvis), (other, bed, to_bed)];
        assert_eq!(outcome(&typed, &named("A", "B")), of_typed, "{what}");
        let names = named("pelvis", "tumour bed");
        assert_eq!(outcome(&trial, &names), of_trial, "{what}");
    }
    // volumes that lie apart have no cumulative dose
    let texts = ["a@x=45Gy/25", "b@y=5.4Gy/3"];
    let apart = Prescribed::typed(&crate::common::typed(&texts)).unwrap();
    for (x, to_x, y, to_y, expected) in [
        ("45", first, "5.4", second, Pass),
        ("50.4", both, "5.4", second, Fail),
        ("45", first, "50.4", both, Fail),
        ("45", first, "50.4", second, Fail),
        ("45", both, "5.4", both, Warn),
    ] {
        let found = outcome(&apart, &[("x", x, to_x), ("y", y, to_y)]);
        assert_eq!(found, expected, "x {x} {to_x:?}, y {y} {to_y:?}");
    }
}

/// Another point may have another dose, and no point explains numbers in centigray.
#[test]
fn the_dose_of_a_point_beside_a_target_that_agrees() {
    let with = |dose: &str, to: &[usize]| {
        let mut plan = both();
        let name = "dose reference 5";
        plan.targets.push(PlannedTarget {
            extent: TargetExtent::Point,
            ..linked(name, dose, to)
        });
        let found = check(&phases(), &[plan]);
        let of_point = found.findings.iter().filter(|f| f.at().contains(name));
        (
            found.outcome,
            of_point.map(|f| f.outcome).collect::<Vec<_>>(),
        )
    };
    for (dose, to, outcome) in [
        ("45", &[0][..], Pass),
        ("5.4", &[1], Pass),
        ("50.4", &[0, 1], Pass),
        // of one phase, which the plan does not say
        ("45", &[], Warn),
        ("47", &[0], Warn),
        ("11.3", &[0], Warn),
        ("5.4", &[0], Warn),
        ("450", &[0], Warn),
        ("4500", &[0], Fail),
        ("540", &[1], Fail),
        ("5040", &[], Fail),
    ] {
        assert_eq!(with(dose, to), (outcome, vec![outcome; 2]), "{dose} {to:?}");
    }
}

/// In a simultaneous boost the beams give the dose of one volume; the plan states that of the other over both
/// phases, where it links it to both.
#[test]
fn the_sum_of_a_volume_that_the_beams_are_not_for() {
    let texts = ["a@low=45Gy/25", "a@high=50Gy/25", "b@high=5.4Gy/3"];
    let prescribed = Prescribed::typed(&typed(&texts)).unwrap();
    let with = |high: &str, to: &[usize]| {
        let targets = [("low", "45", &[0][..]), ("high", high, to)];
        let targets = targets.map(|(name, dose, to)| PlannedTarget {
            extent: TargetExtent::Volume,
            ..linked(name, dose, to)
        });
        let found = check(&prescribed, &[course(targets.into())]);
        (
            found.outcome,
            find(&found, "rx.total", "volume high").outcome,
        )
    };
    assert_eq!(with("55.4", &[0, 1]), (Pass, Pass));
    // it fails, whichever dose this one is meant to be
    assert_eq!(with("56", &[0, 1]).0, Fail);
    assert_eq!(with("50.4", &[0, 1]).0, Fail);
    // one group alone does not give it
    assert_eq!(with("55.4", &[0]).1, CannotTell);
    assert_eq!(with("55.4", &[1]).1, CannotTell);
}

/// A target that states the dose of the whole course does not agree with its plan, so it excuses no point.
#[test]
fn the_dose_of_the_course_excuses_no_point() {
    let with = |stated: &str| {
        let targets = vec![target("PTV", Some(stated)), point(Some("47"))];
        let first = plan("pelvis.dcm", vec![group(1, 25, &["1.8"])], targets);
        let found = check(&phases(), &[first, boost()]);
        find(&found, "rx.prescription", "dose reference 3").outcome
    };
    assert_eq!(with("45"), Warn);
    assert_eq!(with("50.4"), Fail);
}

/// The dose references that beams name: one that is linked to their group, or to none.
#[test]
fn beams_name_the_references_of_their_own_groups() {
    let accused = |links: &[usize]| {
        let mut planned = both();
        planned.targets[1].uid = Some("2.25.70".into());
        planned.targets[1].links = links.iter().map(|&at| TargetLink::new(at)).collect();
        planned.groups[1].doses[0].references = vec!["2.25.70".into()];
        let found = by_names(&[planned]);
        let mut findings = found.findings.iter();
        findings.any(|one| {
            let of = one.observation::<TargetFinding>();
            matches!(of, Some(TargetFinding::OtherReference { .. }))
        })
    };
    assert!(!accused(&[1]));
    assert!(!accused(&[0, 1]));
    assert!(!accused(&[]));
    assert!(accused(&[0]));
}

/// A fraction group states its own dose, not one of more phases; a reference may state the whole.
#[test]
fn a_group_does_not_state_a_cumulative_dose() {
    let stated = |name: &str, at: usize, by_group: bool| {
        let mut planned = both();
        let link = TargetLink::new(at);
        let dose = Some(decimal("50.4"));
        planned.targets[at] = PlannedTarget {
            links: vec![TargetLink {
                dose: dose.filter(|_| by_group),
                ..link
            }],
            ..target(name, None)
        };
        planned.targets[at].dose = dose.filter(|_| !by_group);
        let prescribed = adjuvant();
        let planned = [planned];
        let mut case = Case::new(&prescribed, &planned);
        case.mapping = &["course.dcm#1=pelvis", "course.dcm#2=boost"];
        let found = case.run().unwrap();
        let all = found
            .findings
            .iter()
            .filter(|one| one.is("rx.prescription"));
        let of = all.filter(|one| one.at().contains(name));
        of.map(|one| one.outcome).collect::<Vec<_>>()
    };
    assert_eq!(stated("tumour bed", 1, true), [Fail]);
    assert_eq!(stated("tumour bed", 1, false), [Pass]);
    assert_eq!(stated("tumour bed", 0, true), [Fail]);
    assert_eq!(stated("tumour bed", 0, false), [Warn]);
}

/// A target of the first phase is not one that only the second phase reaches.
#[test]
fn a_volume_that_a_phase_does_not_reach_is_not_meant() {
    let prescribed = Prescribed::typed(&typed(&["first@a=45Gy/25", "second@b=20Gy/10"])).unwrap();
    let of = |dose: &str| {
        let planned = [
            plan(
                "1.dcm",
                vec![group(1, 25, &["1.8"])],
                vec![target("PTV", Some(dose))],
            ),
            plan(
                "2.dcm",
                vec![group(1, 10, &["2"])],
                vec![target("b", Some("20"))],
            ),
        ];
        find(&check(&prescribed, &planned), "rx.prescription", "PTV").outcome
    };
    assert_eq!(of("45"), Pass);
    assert_eq!(of("20"), Fail);
}

/// A plan that states no dose is said to, and there is nothing that a person could accept.
#[test]
fn a_plan_without_a_stated_dose() {
    for accepted in [None, Some("by hand".to_string())] {
        let mut planned = [
            plan("pelvis.dcm", vec![group(1, 25, &["1.8"])], Vec::new()),
            boost(),
        ];
        planned[0].targets = vec![target("pelvis", None)];
        let prescribed = adjuvant();
        let mut case = Case::new(&prescribed, &planned);
        case.decisions.accept_stated_dose = accepted;
        let found = case.run().unwrap();
        let beams = find(&found, "plan.beam_sum", "pelvis.dcm");
        assert_eq!(beams.outcome, CannotTell, "{beams}");
    }
}
