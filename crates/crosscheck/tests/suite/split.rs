//! A phase that is given by several fraction groups or plans, as after a new plan.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::Outcome::{CannotTell, Fail, Pass, Warn};
use chemorad_crosscheck::{CrossCheck, Prescribed};
use chemorad_dosimetry::{
    DoseFile, DoseType, DoseUnits, PlannedPrescription, PlannedTarget, SummationType, TargetLink,
};

use crate::common::{
    Case, adjuvant, boost, check, decimal, expect, find, group, only, plan, target, typed,
};

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

fn without_mapping(parts: &[(&str, u32, &str, &str)]) -> CrossCheck {
    let of = |(source, fractions, dose, name): &(&str, u32, &str, &str)| {
        let groups = vec![group(1, *fractions, &[*dose])];
        let stated = decimal(dose).checked_mul(decimal(&fractions.to_string()));
        let stated = stated.unwrap().to_string();
        plan(source, groups, vec![target(name, Some(&stated))])
    };
    let mut planned: Vec<PlannedPrescription> = parts.iter().map(of).collect();
    planned.push(boost());
    check(&adjuvant(), &planned)
}

/// A new plan for the rest of a phase is told by its numbers.
#[test]
fn plans_of_one_phase_need_no_mapping() {
    let of = |fractions: [u32; 2], doses: [&str; 2], names: [&str; 2]| {
        without_mapping(&[
            ("first.dcm", fractions[0], doses[0], names[0]),
            ("second.dcm", fractions[1], doses[1], names[1]),
        ])
    };
    let (doses, names) = (["1.8"; 2], ["pelvis"; 2]);
    let found = of([10, 15], doses, names);
    only(&found, &[("rx.phases", Warn)]);
    let total = find(&found, "rx.total", "phase pelvis");
    assert_eq!(total.found().as_deref(), Some("45 Gy"));
    only(&of([15, 10], doses, names), &[("rx.phases", Warn)]);
    // in three
    let three = [
        ("a.dcm", 10, "1.8", "pelvis"),
        ("b.dcm", 8, "1.8", "pelvis"),
        ("c.dcm", 7, "1.8", "pelvis"),
    ];
    only(&without_mapping(&three), &[("rx.phases", Warn)]);
    // more, fewer, another dose, another target
    for wrong in [
        of([10, 16], doses, names),
        of([10, 14], doses, names),
        of([10, 25], doses, names),
        of([10, 15], ["1.8", "2.0"], names),
        of([10, 15], ["2.0", "2.0"], names),
    ] {
        assert_eq!(wrong.outcome, Fail, "{:#?}", wrong.findings);
    }
    for wrong in [
        of([10, 15], doses, ["pelvis", "tumour bed"]),
        of([10, 15], doses, ["pelvis", "nodes"]),
    ] {
        assert!(matches!(wrong.outcome, Fail | CannotTell));
    }
}

/// Half of the fractions, exported twice, is not the whole.
#[test]
fn a_plan_given_twice_is_not_two_parts() {
    let twenty = Prescribed::typed(&typed(&["36Gy/20"])).unwrap();
    let half = |source: &str| {
        plan(
            source,
            vec![group(1, 10, &["1.8"])],
            vec![target("PTV", Some("18"))],
        )
    };
    let planned = [half("first.dcm"), half("copy.dcm")];
    let found = check(&twenty, &planned);
    assert_eq!(found.outcome, CannotTell, "{:#?}", found.findings);
    let finding = find(&found, "rx.phases", "copy.dcm");
    assert!(finding.message().contains("copies"), "{finding}");
    // by hand
    let mut case = Case::new(&twenty, &planned);
    case.mapping = &["first.dcm=1", "copy.dcm=1"];
    only(&case.run().unwrap(), &[("rx.phases", Warn)]);
    // why one plan splits a phase is for a person
    let groups = vec![group(1, 12, &["1.8"]), group(2, 8, &["1.8"])];
    let one = plan("one.dcm", groups, vec![target("PTV", Some("36"))]);
    assert_eq!(check(&twenty, &[one]).outcome, Fail);
    // the whole, given twice, as before
    let whole = |source: &str| {
        let groups = vec![group(1, 20, &["1.8"])];
        plan(source, groups, vec![target("PTV", Some("36"))])
    };
    let found = check(&twenty, &[whole("first.dcm"), whole("copy.dcm")]);
    assert!(matches!(found.outcome, Fail | CannotTell));
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
