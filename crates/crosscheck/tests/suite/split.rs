//! A phase that is given by several fraction groups or plans, as after a new plan.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::Outcome::{Fail, Pass, Warn};
use chemorad_crosscheck::CrossCheck;
use chemorad_dosimetry::{
    DoseFile, DoseType, DoseUnits, PlannedPrescription, PlannedTarget, SummationType, TargetLink,
};

use crate::common::{Case, adjuvant, boost, decimal, expect, find, group, only, plan, target};

/// 25 fractions of the pelvis in two groups of one plan, each with its own stated dose, and the boost.
fn in_groups(stated: [&str; 2]) -> PlannedPrescription {
    let groups = vec![
        group(1, 12, &["1.8"]),
        group(2, 13, &["1.8"]),
        group(3, 3, &["1.8"]),
    ];
    let link = |group: usize, dose: &str| TargetLink {
        dose: Some(decimal(dose)),
        ..TargetLink::new(group)
    };
    let pelvis = PlannedTarget {
        links: vec![link(0, stated[0]), link(1, stated[1])],
        ..target("pelvis", Some("45"))
    };
    let bed = PlannedTarget {
        links: vec![TargetLink::new(2)],
        ..target("tumour bed", Some("5.4"))
    };
    plan("split.dcm", groups, vec![pelvis, bed])
}

fn of_groups(stated: [&str; 2]) -> CrossCheck {
    let (prescribed, planned) = (adjuvant(), [in_groups(stated)]);
    let mut case = Case::new(&prescribed, &planned);
    case.mapping = &[
        "split.dcm#1=pelvis",
        "split.dcm#2=pelvis",
        "split.dcm#3=boost",
    ];
    case.run().unwrap()
}

/// A new plan after 12 fractions, each plan with the dose it states and the maximum of its dose file.
fn in_plans(stated: [&str; 2], fractions: [u32; 2], maxima: [&str; 2]) -> CrossCheck {
    let of = |source: &str, at: usize| {
        let groups = vec![group(1, fractions[at], &["1.8"])];
        plan(source, groups, vec![target("pelvis", Some(stated[at]))])
    };
    let planned = [of("first.dcm", 0), of("second.dcm", 1), boost()];
    let doses: Vec<DoseFile> = planned
        .iter()
        .zip(maxima)
        .map(|(plan, maximum)| DoseFile {
            patient: plan.patient.clone(),
            units: DoseUnits::Gray,
            dose_type: DoseType::Physical,
            sum: SummationType::Plan,
            maximum: Some(decimal(maximum)),
            plans: plan.uid.iter().cloned().collect(),
            ..DoseFile::new(format!("dose of {}", plan.source))
        })
        .collect();
    let prescribed = adjuvant();
    let mut case = Case::new(&prescribed, &planned);
    case.doses = &doses;
    case.mapping = &["first.dcm=pelvis", "second.dcm=pelvis"];
    case.run().unwrap()
}

#[test]
fn groups_of_one_phase_state_their_share() {
    let found = of_groups(["21.6", "23.4"]);
    only(&found, &[("rx.phases", Warn)]);
    let first = find(&found, "rx.prescription", "fraction group 1");
    assert_eq!(first.outcome, Pass);
    assert!(first.message().contains("of its fractions"), "{first}");
    // right in all and wrong in each
    let found = of_groups(["20", "25"]);
    expect(
        &found,
        &[
            ("rx.prescription", "fraction group 1", Fail),
            ("rx.prescription", "fraction group 2", Fail),
        ],
    );
    // a group does not give the whole
    expect(
        &of_groups(["45", "45"]),
        &[("rx.prescription", "fraction group 1", Fail)],
    );
}

#[test]
fn plans_of_one_phase_state_their_share() {
    let found = in_plans(["21.6", "23.4"], [12, 13], ["22.5", "24.4"]);
    only(&found, &[("rx.phases", Warn)]);
    expect(
        &found,
        &[
            ("rx.prescription", "first.dcm", Pass),
            ("dose.scale", "dose of first.dcm", Pass),
        ],
    );
    // the wrong share, a dose file of other fractions, and more fractions in all
    let found = in_plans(["23.4", "21.6"], [12, 13], ["22.5", "24.4"]);
    expect(&found, &[("rx.prescription", "first.dcm", Fail)]);
    let found = in_plans(["21.6", "23.4"], [12, 13], ["20", "24.4"]);
    expect(&found, &[("dose.scale", "dose of first.dcm", Fail)]);
    let found = in_plans(["45", "23.4"], [25, 13], ["47", "24.4"]);
    assert_eq!(found.outcome, Fail);
}

/// A plan of a part of a phase may state the whole phase in its reference.
#[test]
fn a_plan_of_a_share_may_state_the_whole() {
    let found = in_plans(["45", "45"], [12, 13], ["22.5", "24.4"]);
    expect(
        &found,
        &[
            ("rx.prescription", "first.dcm", Pass),
            ("rx.prescription", "second.dcm", Pass),
        ],
    );
}
