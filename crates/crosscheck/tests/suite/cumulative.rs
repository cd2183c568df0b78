//! The dose of a volume over the whole course.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::Finding;
use chemorad::report::Outcome::{CannotTell, Fail, Pass};
use chemorad_crosscheck::CrossCheck;
use chemorad_dosimetry::{EnteredLine, PlannedPrescription, PlannedTarget, TargetLink};

use crate::common::{Case, adjuvant, boost, check, expect, find, group, pelvis, plan, target};

fn tumour_bed(found: &CrossCheck) -> &Finding {
    find(found, "rx.total", "volume tumour bed")
}

/// Both phases, as planned and as entered for their volumes.
#[test]
fn the_phases_that_reach_a_volume_are_added() {
    let found = check(&adjuvant(), &[pelvis(), boost()]);
    let finding = tumour_bed(&found);
    assert_eq!(finding.outcome, Pass);
    assert_eq!(
        finding.arithmetic().as_deref(),
        Some("45 Gy + 5.4 Gy = 50.4 Gy")
    );
    let line = |phase: &str, volume: &str, fractions, total: &str| EnteredLine {
        phase: Some(phase.into()),
        volume: Some(volume.into()),
        fractions: Some(fractions),
        total: Some(total.parse().unwrap()),
        ..EnteredLine::default()
    };
    for (total, outcome) in [("45 Gy", Pass), ("47.5 Gy", Fail)] {
        let lines = [
            line("pelvis", "pelvis", 25, total),
            line("boost", "tumour bed", 3, "5.4 Gy"),
        ];
        let entered = PlannedPrescription::entered("export.csv", "line", &lines).unwrap();
        let found = check(&adjuvant(), &[entered]);
        assert_eq!(tumour_bed(&found).outcome, outcome, "{:#?}", found.findings);
    }
}

/// A wrong dose is added as it is planned, whatever the plan states for its target.
#[test]
fn a_wrong_phase_makes_a_wrong_sum() {
    let wrong = plan(
        "boost.dcm",
        vec![group(1, 3, &["1.7"])],
        vec![target("tumour bed", Some("5.4"))],
    );
    let found = check(&adjuvant(), &[pelvis(), wrong]);
    let finding = tumour_bed(&found);
    assert_eq!(finding.outcome, Fail);
    assert_eq!(finding.found().as_deref(), Some("50.1 Gy"));
}

/// One phase is no sum, and what is missing is named.
#[test]
fn a_phase_without_a_plan_is_named() {
    let found = check(&adjuvant(), &[pelvis()]);
    let finding = tumour_bed(&found);
    assert_eq!(finding.outcome, Fail);
    assert!(
        finding.message().ends_with("nothing is planned for boost"),
        "{finding}"
    );
    assert_eq!(finding.arithmetic(), None);
}

/// A stated dose whose beams are not known counts where a person accepts it, and else the sum is not known.
#[test]
fn a_stated_dose_is_added_where_it_was_accepted() {
    let stated = plan(
        "boost.dcm",
        vec![group(1, 3, &[])],
        vec![target("tumour bed", Some("5.4"))],
    );
    let planned = [pelvis(), stated];
    let prescribed = adjuvant();
    let mut case = Case::new(&prescribed, &planned);
    let found = case.run().unwrap();
    assert_eq!(tumour_bed(&found).outcome, CannotTell);
    assert!(tumour_bed(&found).message().contains("is not known"));
    case.decisions.accept_stated_dose = Some("by hand".into());
    let found = case.run().unwrap();
    expect(&found, &[("rx.total", "volume tumour bed", Pass)]);
}

/// Pelvis and boost in one plan, which links the tumour bed to both.
fn course(beams: [&[&str]; 2]) -> PlannedPrescription {
    let linked = |name: &str, dose: &str, groups: &[usize]| PlannedTarget {
        links: groups.iter().map(|&at| TargetLink::new(at)).collect(),
        ..target(name, Some(dose))
    };
    let targets = vec![
        linked("pelvis", "45", &[0]),
        linked("tumour bed", "50.4", &[0, 1]),
    ];
    let groups = vec![group(1, 25, beams[0]), group(2, 3, beams[1])];
    plan("course.dcm", groups, targets)
}

/// What the beams give is added; the sum that a plan states does not stand for beams that are not known.
#[test]
fn a_stated_sum_is_no_sum_of_the_phases() {
    let of = |beams: [&[&str]; 2]| {
        let prescribed = adjuvant();
        let planned = [course(beams)];
        let mut case = Case::new(&prescribed, &planned);
        case.mapping = &["course.dcm#1=pelvis", "course.dcm#2=boost"];
        let found = case.run().unwrap();
        let total = tumour_bed(&found);
        (total.outcome, total.found())
    };
    assert_eq!(of([&["1.8"], &["1.8"]]), (Pass, Some("50.4 Gy".into())));
    assert_eq!(of([&["1.8"], &["1.7"]]), (Fail, Some("50.1 Gy".into())));
    assert_eq!(of([&[], &["1.8"]]), (CannotTell, None));
}

/// A group that no phase has leaves no sum open that is known in all phases.
#[test]
fn a_further_group_does_not_open_a_known_sum() {
    let mut more = course([&["1.8"], &["1.8"]]);
    more.groups.push(group(3, 7, &["1.1"]));
    let (prescribed, planned) = (adjuvant(), [more]);
    let mut case = Case::new(&prescribed, &planned);
    case.mapping = &["course.dcm#1=pelvis", "course.dcm#2=boost"];
    let found = case.run().unwrap();
    assert_eq!(tumour_bed(&found).outcome, Pass);
    assert_eq!(found.outcome, Fail);
}
