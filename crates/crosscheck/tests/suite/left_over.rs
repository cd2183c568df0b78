//! Every planned dose is one that is prescribed.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::Outcome::{CannotTell, Fail, Pass, Warn};
use chemorad_crosscheck::{CrossCheck, Prescribed};
use chemorad_dosimetry::{
    EnteredLine, MissingDose, PlannedPrescription, PlannedTarget, TargetExtent, TargetLink,
};

use crate::common::{
    Case, adjuvant, check, expect, find, group, only, pelvis, plan, target, typed,
};

fn planned(texts: &[&str]) -> PlannedPrescription {
    PlannedPrescription::typed("typed", &typed(texts)).unwrap()
}

fn typed_course() -> Prescribed {
    Prescribed::typed(&typed(&["a@pelvis=45Gy/25", "b@bed=5.4Gy/3"])).unwrap()
}

/// The same as lines of an export, which name no phase.
fn exported(lines: &[(&str, &str, u32, &str)]) -> CrossCheck {
    let lines: Vec<EnteredLine> = lines
        .iter()
        .map(|(phase, volume, fractions, total)| EnteredLine {
            phase: Some((*phase).into()),
            volume: Some((*volume).into()),
            fractions: Some(*fractions),
            total: Some(total.parse().unwrap()),
            ..EnteredLine::default()
        })
        .collect();
    let planned = PlannedPrescription::entered("export.csv", "line", &lines).unwrap();
    check(&adjuvant(), &[planned])
}

#[test]
fn a_dose_to_a_volume_nobody_prescribed_fails() {
    let right = ["a@pelvis=45Gy/25", "b@bed=5.4Gy/3"];
    only(&check(&typed_course(), &[planned(&right)]), &[]);
    for extra in [
        "a@bed=60Gy/25",
        "b@pelvis=45Gy/3",
        "a@liver=60Gy/25",
        "b@liver=5.4Gy/3",
    ] {
        let found = check(&typed_course(), &[planned(&[right[0], right[1], extra])]);
        only(&found, &[("rx.not_prescribed", Fail)]);
        assert_eq!(
            find(&found, "rx.not_prescribed", "typed").outcome,
            Fail,
            "{extra}"
        );
        let left = found
            .planned_doses
            .iter()
            .filter(|dose| dose.prescribed.is_none());
        assert_eq!(left.count(), 1, "{extra}");
    }
}

#[test]
fn the_dose_of_a_volume_inside_is_that_of_the_one_around_it() {
    let pelvis = ("pelvis", "pelvis", 25, "45 Gy");
    let boost = ("boost", "tumour bed", 3, "5.4 Gy");
    only(&exported(&[pelvis, boost]), &[]);
    only(
        &exported(&[pelvis, ("pelvis", "tumour bed", 25, "45 Gy"), boost]),
        &[],
    );
    let found = exported(&[pelvis, ("pelvis", "tumour bed", 25, "60 Gy"), boost]);
    expect(
        &found,
        &[
            ("rx.not_prescribed", "line", Fail),
            ("rx.total", "volume tumour bed", Fail),
        ],
    );
    let total = find(&found, "rx.total", "volume tumour bed");
    assert_eq!(total.found().as_deref(), Some("65.4 Gy"), "{total}");
}

#[test]
fn a_name_that_is_none_of_the_course_is_not_guessed() {
    let plan = [planned(&[
        "pelvis@PTV45=45Gy/25",
        "boost@tumour bed=5.4Gy/3",
    ])];
    let prescribed = adjuvant();
    let mut case = Case::new(&prescribed, &plan);
    let found = case.run().unwrap();
    expect(&found, &[("rx.not_prescribed", "entry 1", CannotTell)]);
    // a person says so
    case.names = &["PTV45=pelvis"];
    let found = case.run().unwrap();
    only(&found, &[]);
    expect(&found, &[("rx.total", "volume tumour bed", Pass)]);
    // and then another dose of it is one too many
    let plan = [planned(&[
        "pelvis@PTV45=45Gy/25",
        "pelvis@pelvis=50Gy/25",
        "boost@tumour bed=5.4Gy/3",
    ])];
    let mut case = Case::new(&prescribed, &plan);
    case.names = &["PTV45=pelvis"];
    expect(
        &case.run().unwrap(),
        &[("rx.not_prescribed", "entry 1", Fail)],
    );
}

/// Pelvis and boost in one plan, each group linked to its own target.
fn course(more: &[(&str, &str, &[usize])]) -> PlannedPrescription {
    let mut targets = vec![linked("Apelve", "45", &[0]), linked("BBoost", "5.4", &[1])];
    let more = more
        .iter()
        .map(|(name, dose, groups)| linked(name, dose, groups));
    targets.extend(more);
    let groups = vec![group(1, 25, &["1.8"]), group(2, 3, &["1.8"])];
    plan("course.dcm", groups, targets)
}

fn linked(name: &str, dose: &str, groups: &[usize]) -> PlannedTarget {
    PlannedTarget {
        extent: TargetExtent::Volume,
        links: groups.iter().map(|&group| TargetLink::new(group)).collect(),
        ..target(name, Some(dose))
    }
}

fn by_names(plan: PlannedPrescription) -> CrossCheck {
    let prescribed = adjuvant();
    let planned = [plan];
    let mut case = Case::new(&prescribed, &planned);
    case.names = &["Apelve=pelvis", "BBoost=tumour bed"];
    case.run().unwrap()
}

#[test]
fn a_target_beside_those_of_all_prescribed_volumes_is_said() {
    only(&by_names(course(&[])), &[]);
    // the sum over both phases is one that is prescribed, and that no other target states
    only(&by_names(course(&[("sum", "50.4", &[0, 1])])), &[]);
    for (dose, groups) in [("45", &[0][..]), ("5.4", &[1]), ("45", &[])] {
        let found = by_names(course(&[("PTV liver", dose, groups)]));
        let said = find(&found, "rx.not_prescribed", "PTV liver");
        assert_eq!(said.outcome, CannotTell, "{dose} {groups:?}: {said}");
        let mut left = found
            .planned_doses
            .iter()
            .filter(|one| one.prescribed.is_none());
        assert!(
            left.next()
                .is_some_and(|one| one.at.to_string().contains("PTV liver"))
        );
        assert!(left.next().is_none());
    }
    let found = by_names(course(&[("PTV liver", "30", &[0])]));
    expect(&found, &[("rx.prescription", "PTV liver", Fail)]);
    // where a typed prescription names no volume, the doses alone tell
    let phases = Prescribed::typed(&typed(&["pelvis=45Gy/25", "boost=5.4Gy/3"])).unwrap();
    only(&check(&phases, &[course(&[])]), &[]);
    let found = check(&phases, &[course(&[("PTV liver", "45", &[0])])]);
    only(&found, &[("plan.multiple_targets", Warn)]);
}

#[test]
fn a_target_of_another_name_beside_one_that_is_settled_is_for_a_person() {
    let mut plan = course(&[]);
    plan.targets[1].name = "PTV prostate".into();
    let found = by_names(plan);
    only(&found, &[("rx.volume_match", Warn)]);
    let said = found
        .findings
        .iter()
        .find(|one| one.outcome == Warn)
        .unwrap();
    assert!(
        said.message().contains("\"PTV prostate=tumour bed\""),
        "{said}"
    );
}

#[test]
fn the_dose_reference_of_the_beams_is_one_of_their_group() {
    let with = |of: [&str; 2], accepted: bool| {
        let mut plan = course(&[]);
        for (target, uid) in plan.targets.iter_mut().zip(["1.1", "1.2"]) {
            target.uid = Some(uid.into());
        }
        for (group, uid) in plan.groups.iter_mut().zip(of) {
            group.doses[0].references = vec![uid.into()];
        }
        let prescribed = Prescribed::typed(&typed(&["pelvis=45Gy/25", "boost=5.4Gy/3"])).unwrap();
        let planned = [plan];
        let mut case = Case::new(&prescribed, &planned);
        case.decisions.accept_stated_dose = accepted.then(|| "seen in the system".into());
        case.run().unwrap().outcome
    };
    assert_eq!(with(["1.1", "1.2"], false), Pass);
    assert_eq!(with(["1.2", "1.1"], false), CannotTell);
    assert_eq!(with(["1.1", "1.1"], false), CannotTell);
    assert_eq!(with(["1.1", "9.9"], false), CannotTell);
    assert_eq!(with(["1.1", "9.9"], true), Warn);
}

#[test]
fn what_gives_nothing_gives_no_dose_to_accept() {
    let single = Prescribed::typed(&typed(&["45Gy/25"])).unwrap();
    let outcome = |why: MissingDose| {
        let mut plan = pelvis();
        plan.groups[0].doses[0].per_fraction = None;
        plan.groups[0].doses[0].missing = Some(why);
        let planned = [plan];
        let mut case = Case::new(&single, &planned);
        case.decisions.accept_stated_dose = Some("seen in the system".into());
        case.run().unwrap().outcome
    };
    assert_eq!(outcome(MissingDose::NoBeamDose { beams: vec![1] }), Warn);
    assert_eq!(outcome(MissingDose::NoTreatment), CannotTell);
    assert_eq!(
        outcome(MissingDose::NoMeterset { beams: vec![1] }),
        CannotTell
    );
}

/// Each planned dose is listed with its n, d and D, and the prescription that it is compared with.
#[test]
fn the_account_has_the_numbers_of_each_dose() {
    let found = exported(&[
        ("pelvis", "pelvis", 25, "45 Gy"),
        ("boost", "tumour bed", 3, "5.4 Gy"),
    ]);
    let listed: Vec<_> = found
        .planned_doses
        .iter()
        .map(|dose| {
            (
                dose.fractions,
                dose.dose_per_fraction.as_deref(),
                dose.total.as_deref(),
                dose.prescribed.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        listed,
        [
            (
                Some(25),
                Some("1.8 Gy"),
                Some("45 Gy"),
                Some("45 Gy in 25 x 1.8 Gy to pelvis")
            ),
            (
                Some(3),
                Some("1.8 Gy"),
                Some("5.4 Gy"),
                Some("5.4 Gy in 3 x 1.8 Gy to tumour bed")
            ),
        ]
    );
    // what is not compared is explained by nothing
    let boost_alone = adjuvant().only(&["boost".into()]).unwrap();
    let found = check(&boost_alone, &[pelvis(), crate::common::boost()]);
    for dose in &found.planned_doses {
        let of_boost = dose.at.to_string().contains("boost.dcm");
        assert_eq!(dose.prescribed.is_some(), of_boost, "{dose:?}");
    }
    // the dose of a target has the fractions that the plan links to it
    let fractions = |to: &[usize]| {
        let sum = PlannedTarget {
            links: to.iter().map(|&group| TargetLink::new(group)).collect(),
            ..target("PTV", Some("50.4"))
        };
        let groups = vec![group(1, 25, &["1.8"]), group(2, 3, &["1.8"])];
        let found = check(&adjuvant(), &[plan("course.dcm", groups, vec![sum])]);
        let mut all = found.planned_doses.into_iter();
        let of_target = all.find(|dose| dose.at.to_string().contains("target PTV"));
        of_target.unwrap().fractions
    };
    assert_eq!(fractions(&[]), None);
    assert_eq!(fractions(&[0]), Some(25));
    assert_eq!(fractions(&[0, 1]), Some(28));
}

/// A line alone in its phase may be of the volume whose name it does not have, whatever its dose, which is
/// compared too.
#[test]
fn another_name_with_another_dose_is_not_called_an_extra_dose() {
    for total in ["45 Gy", "47.5 Gy"] {
        let found = exported(&[
            ("pelvis", "PTV A", 25, total),
            ("boost", "tumour bed", 3, "5.4 Gy"),
        ]);
        let finding = find(&found, "rx.not_prescribed", "line");
        assert_eq!(finding.outcome, CannotTell, "{total}");
    }
}
