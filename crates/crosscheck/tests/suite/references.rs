//! Dose references that are no target, that there are not, or that are another region than they are called as.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::Identifying;
use chemorad::report::Outcome::{self, CannotTell, Fail, NotApplicable, Pass, Warn};
use chemorad_crosscheck::{CrossCheck, CrossCheckError};
use chemorad_dosimetry::{PatientFile, PlannedPrescription, PlannedTarget, TargetKind, TargetLink};

use crate::common::{
    Case, adjuvant, check, decimal, expect, find, group, only, patient, plan, target,
};

fn linked(name: &str, dose: Option<&str>, group: usize) -> PlannedTarget {
    PlannedTarget {
        links: vec![TargetLink::new(group)],
        ..target(name, dose)
    }
}

/// Pelvis and boost in one plan, each linked to its own reference.
fn course() -> PlannedPrescription {
    let groups = vec![group(1, 25, &["0.9", "0.9"]), group(2, 3, &["1.8"])];
    let targets = vec![
        linked("pelvis", Some("45"), 0),
        linked("tumour bed", Some("5.4"), 1),
    ];
    plan("course.dcm", groups, targets)
}

fn changed(change: impl FnOnce(&mut PlannedPrescription)) -> CrossCheck {
    let mut planned = course();
    change(&mut planned);
    check(&adjuvant(), &[planned])
}

#[test]
fn a_prescribed_dose_of_a_reference_that_is_no_target_is_compared() {
    only(&changed(|_| {}), &[]);
    for kind in [
        TargetKind::OrganAtRisk,
        TargetKind::NotStated,
        TargetKind::Other("VOLUME".into()),
    ] {
        for (name, dose, outcome) in [
            ("pelvis", "45", Warn),
            ("pelvis", "66", Fail),
            ("pelvis", "4500", Fail),
            ("dose reference 1", "66", CannotTell),
            ("dose reference 1", "4500", Fail),
        ] {
            let found = changed(|plan| {
                plan.targets[0].kind = kind.clone();
                plan.targets[0].name = name.into();
                plan.targets[0].is_described = name == "pelvis";
                plan.targets[0].dose = Some(decimal(dose));
            });
            let finding = find(&found, "rx.prescription", name);
            assert_eq!(finding.outcome, outcome, "{kind:?}: {finding}");
            assert_eq!(Outcome::worst([found.outcome, outcome]), found.outcome);
            assert_eq!(
                finding.message().contains("centigray"),
                dose == "4500",
                "{finding}"
            );
        }
    }
    // the limit of an organ is no prescription, and neither is a dose of nothing
    for dose in [None, Some("0")] {
        let found = changed(|plan| {
            plan.targets.push(PlannedTarget {
                kind: TargetKind::OrganAtRisk,
                maximum: Some(decimal("50")),
                ..linked("bladder", dose, 0)
            });
        });
        only(&found, &[]);
    }
}

#[test]
fn a_dose_reference_that_the_plan_does_not_list_is_said() {
    let dangling = |dose: Option<&str>| {
        changed(|plan| {
            plan.targets[1] = PlannedTarget {
                is_described: false,
                is_listed: false,
                links: vec![TargetLink {
                    dose: dose.map(decimal),
                    ..TargetLink::new(1)
                }],
                ..PlannedTarget::new("dose reference 7", TargetKind::NotStated)
            };
        })
    };
    for (dose, outcome) in [
        (Some("54"), Fail),
        (Some("540"), Fail),
        (Some("5.4"), CannotTell),
        (None, CannotTell),
    ] {
        let found = dangling(dose);
        let finding = find(&found, "rx.prescription", "dose reference 7");
        assert_eq!(finding.outcome, outcome, "{dose:?}: {finding}");
        assert!(finding.message().contains("does not list"), "{finding}");
    }
}

fn structures(regions: &[(i32, &str)]) -> PatientFile {
    let named = |(number, name): &(i32, &str)| (*number, Some(Identifying::from(*name)));
    PatientFile {
        source: "structures.dcm".into(),
        uid: Some("2.25.4".into()),
        patient: patient("synthetic"),
        regions: regions.iter().map(named).collect(),
        no_targets: Vec::new(),
        notes: Vec::new(),
    }
}

/// The course with targets of these regions, on a structure set with these.
fn in_regions(
    of_targets: [i32; 2],
    described: bool,
    regions: &[(i32, &str)],
    names: &[&str],
) -> Result<CrossCheck, CrossCheckError> {
    let mut planned = course();
    planned.structure_sets = vec!["2.25.4".into()];
    for (target, number) in planned.targets.iter_mut().zip(of_targets) {
        target.region = Some(number);
        if !described {
            target.is_described = false;
            target.name = format!("dose reference {number}").into();
        }
    }
    let (prescribed, planned, others) = (adjuvant(), [planned], [structures(regions)]);
    let mut case = Case::new(&prescribed, &planned);
    (case.others, case.names) = (&others, names);
    case.run()
}

const REGIONS: [(i32, &str); 2] = [(1, "pelvis"), (2, "tumour bed")];

#[test]
fn a_target_is_the_region_that_it_refers_to() {
    let outcome = |of, described, regions: &[(i32, &str)]| -> Outcome {
        in_regions(of, described, regions, &[]).unwrap().outcome
    };
    // right, with and without names in the plan
    let right = in_regions([1, 2], true, &REGIONS, &[]).unwrap();
    only(&right, &[]);
    expect(&right, &[("rx.volume_match", "target pelvis", Pass)]);
    only(&in_regions([1, 2], false, &REGIONS, &[]).unwrap(), &[]);
    // exchanged
    let exchanged = in_regions([2, 1], true, &REGIONS, &[]).unwrap();
    expect(
        &exchanged,
        &[
            ("rx.volume_match", "target pelvis", Fail),
            ("rx.volume_match", "target tumour bed", Fail),
        ],
    );
    let finding = find(&exchanged, "rx.volume_match", "target pelvis");
    assert_eq!(finding.found().as_deref(), Some("region 2, tumour bed"));
    assert!(matches!(
        outcome([2, 1], false, &REGIONS),
        Fail | CannotTell
    ));
    // a region that there is not
    assert_eq!(outcome([1, 9], true, &REGIONS), CannotTell);
    // with the type of the target, as clinics write it
    let typed = [(1, "PTV_pelvis"), (2, "PTV tumour bed")];
    assert_eq!(outcome([1, 2], true, &typed), Pass);
    assert_eq!(outcome([2, 1], true, &typed), Fail);
    let of_organ = [(1, "PTV_pelvis"), (2, "PTV bladder")];
    assert_eq!(outcome([1, 2], true, &of_organ), CannotTell);
    // names that say nothing are listed, and can be settled by hand
    let other = [(1, "PTV1"), (2, "PTV2")];
    let found = in_regions([1, 2], true, &other, &[]).unwrap();
    only(&found, &[]);
    expect(
        &found,
        &[("rx.volume_match", "target pelvis", NotApplicable)],
    );
    let by_hand = ["PTV1=tumour bed", "PTV2=pelvis"];
    let found = in_regions([1, 2], true, &other, &by_hand).unwrap();
    assert_eq!(found.outcome, Fail);
}

#[test]
fn a_region_that_is_declared_to_be_no_target_is_none() {
    let outcome = |no_targets: &[i32]| {
        let mut planned = course();
        planned.structure_sets = vec!["2.25.4".into()];
        for (target, number) in planned.targets.iter_mut().zip([1, 2]) {
            target.region = Some(number);
        }
        let mut file = structures(&REGIONS);
        file.no_targets = no_targets.to_vec();
        let (prescribed, planned, others) = (adjuvant(), [planned], [file]);
        let mut case = Case::new(&prescribed, &planned);
        case.others = &others;
        case.run().unwrap().outcome
    };
    assert_eq!(outcome(&[]), Pass);
    assert_eq!(outcome(&[7]), Pass);
    assert_eq!(outcome(&[2]), CannotTell);
}

#[test]
fn regions_are_not_judged_without_their_structure_set() {
    let mut planned = course();
    planned.structure_sets = vec!["2.25.5".into()];
    planned.targets[0].region = Some(2);
    let (prescribed, planned, others) = (adjuvant(), [planned], [structures(&REGIONS)]);
    let mut case = Case::new(&prescribed, &planned);
    case.others = &others;
    let found = case.run().unwrap();
    let listed: Vec<String> = found.not_judged.iter().map(ToString::to_string).collect();
    assert!(
        listed
            .iter()
            .any(|part| part.contains("Referenced ROI Number")),
        "{listed:?}"
    );
}

#[test]
fn limits_that_a_fraction_group_states_are_compared() {
    for (maximum, delivery, outcome) in [
        (Some("48"), None, Pass),
        (Some("40"), None, Fail),
        (None, Some("10"), Fail),
        (None, Some("45"), Pass),
        (Some("4800"), None, Warn),
    ] {
        let found = changed(|plan| {
            let link = &mut plan.targets[0].links[0];
            link.maximum = maximum.map(decimal);
            link.delivery_maximum = delivery.map(decimal);
        });
        let finding = find(&found, "plan.target_limits", "target pelvis");
        assert_eq!(finding.outcome, outcome, "{finding}");
        assert!(finding.at().contains("fraction group 1"), "{finding}");
    }
    // of a target for both groups, a limit of one is that of its share
    let found = changed(|plan| {
        plan.targets[1].dose = Some(decimal("50.4"));
        plan.targets[1].links = vec![
            TargetLink {
                dose: Some(decimal("45")),
                maximum: Some(decimal("48")),
                ..TargetLink::new(0)
            },
            TargetLink {
                dose: Some(decimal("5.4")),
                maximum: Some(decimal("5")),
                ..TargetLink::new(1)
            },
        ];
    });
    expect(
        &found,
        &[
            ("plan.target_limits", "fraction group 1", Pass),
            ("plan.target_limits", "fraction group 2", Fail),
        ],
    );
}

#[test]
fn a_dose_that_was_given_before_is_that_of_the_phases_before() {
    let with = |dose: &str| {
        changed(|plan| {
            plan.targets[1].prior_dose = Some(decimal(dose));
        })
    };
    only(&with("45"), &[]);
    only(&with("0"), &[]);
    only(&with("20"), &[("rx.prescription", Warn)]);
    let found = changed(|plan| plan.targets[0].prior_dose = Some(decimal("20")));
    only(&found, &[("rx.prescription", Warn)]);
}

#[test]
fn links_that_reach_another_volume_too_are_said_as_they_are() {
    let found = changed(|plan| plan.targets[0].links.push(TargetLink::new(1)));
    let finding = find(&found, "plan.beam_sum", "target pelvis");
    assert_eq!(finding.outcome, Warn, "{finding}");
    assert!(
        finding
            .message()
            .contains("some of the fraction groups linked to it"),
        "{finding}"
    );
}
