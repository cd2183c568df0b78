//! Doses of plans and of their parts: where they lie, what they name and how large they are.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::Outcome::{self, CannotTell, Fail, Pass, Warn};
use chemorad_crosscheck::CrossCheck;
use chemorad_dosimetry::{
    DoseFile, DoseType, DoseUnits, PlanPart, PlannedPrescription, PlannedTarget, SummationType,
    TargetLink,
};

use crate::common::{
    Case, adjuvant, boost, decimal, expect, find, group, patient, pelvis, plan, target,
};

const FRAME: &str = "2.25.500";
const STRUCTURES: &str = "2.25.400";

fn placed(mut plan: PlannedPrescription) -> PlannedPrescription {
    plan.frame_of_reference = Some(FRAME.into());
    plan.structure_sets = vec![STRUCTURES.into()];
    for group in &mut plan.groups {
        group.beams = vec![1, 2];
    }
    plan
}

fn dose(name: &str, of: &PlannedPrescription, sum: SummationType, maximum: &str) -> DoseFile {
    DoseFile {
        patient: Some(patient("synthetic")),
        units: DoseUnits::Gray,
        dose_type: DoseType::Physical,
        sum,
        maximum: Some(decimal(maximum)),
        plans: of.uid.iter().cloned().collect(),
        frame_of_reference: Some(FRAME.into()),
        structure_sets: vec![STRUCTURES.into()],
        ..DoseFile::new(name)
    }
}

fn part(of: &PlannedPrescription, group: i32, beams: &[i32]) -> PlanPart {
    PlanPart {
        plan: of.uid.clone(),
        group: Some(group),
        beams: beams.into(),
        ..PlanPart::default()
    }
}

/// Pelvis and boost in two plans, with one dose.
fn with(change: impl FnOnce(&mut DoseFile)) -> CrossCheck {
    let planned = [placed(pelvis()), placed(boost())];
    let mut dose = dose("dose.dcm", &planned[0], SummationType::Plan, "47");
    change(&mut dose);
    let (prescribed, doses) = (adjuvant(), [dose]);
    let mut case = Case::new(&prescribed, &planned);
    case.doses = &doses;
    case.run().unwrap()
}

#[test]
fn a_dose_lies_where_its_plan_does() {
    assert_eq!(with(|_| {}).outcome, Pass);
    let found = with(|dose| dose.frame_of_reference = Some("2.25.501".into()));
    expect(
        &found,
        &[("dose.frame_of_reference", "dose.dcm", CannotTell)],
    );
    let found = with(|dose| dose.structure_sets = vec!["2.25.401".into()]);
    expect(&found, &[("dose.structure_set", "dose.dcm", Warn)]);
    // what is not stated is no difference
    let found = with(|dose| {
        dose.frame_of_reference = None;
        dose.structure_sets.clear();
    });
    assert_eq!(found.outcome, Pass);
    // a sum lies in the frame of one of its plans
    let mut planned = [placed(pelvis()), placed(boost())];
    planned[1].frame_of_reference = Some("2.25.501".into());
    let mut sum = dose("sum.dcm", &planned[0], SummationType::MultiPlan, "52");
    sum.plans.extend(planned[1].uid.clone());
    let (prescribed, doses) = (adjuvant(), [sum]);
    let mut case = Case::new(&prescribed, &planned);
    case.doses = &doses;
    let found = case.run().unwrap();
    assert!(
        !found
            .findings
            .iter()
            .any(|f| f.is("dose.frame_of_reference"))
    );
}

#[test]
fn a_dose_names_parts_that_its_plan_has() {
    let uid = || pelvis().uid;
    let named = |sum: SummationType, group: i32, beams: &[i32]| -> Outcome {
        let part = PlanPart {
            plan: uid(),
            group: Some(group),
            beams: beams.into(),
            ..PlanPart::default()
        };
        let found = with(|dose| {
            dose.sum = sum;
            dose.parts = vec![part];
        });
        let worst = found
            .findings
            .iter()
            .filter(|f| f.is("dose.references_plan"));
        Outcome::worst(worst.map(|finding| finding.outcome))
    };
    assert_eq!(named(SummationType::Fraction, 1, &[]), Pass);
    assert_eq!(named(SummationType::Beam, 1, &[1]), Pass);
    assert_eq!(named(SummationType::Fraction, 9, &[]), Fail);
    assert_eq!(named(SummationType::Beam, 1, &[9]), Fail);
    let found = with(|dose| {
        dose.parts = vec![PlanPart {
            setups: vec![1],
            ..part(&placed(pelvis()), 1, &[1, 9])
        }];
    });
    let mut findings = found.findings.iter();
    let finding = findings
        .find(|f| f.is("dose.references_plan") && f.outcome == Fail)
        .unwrap();
    assert_eq!(
        finding.found().as_deref(),
        Some("beam 9 of fraction group 1, application setup 1 of fraction group 1")
    );
}

/// One plan with both phases, and the doses of its two fraction groups.
fn of_groups(maxima: [&str; 2]) -> CrossCheck {
    let groups = vec![group(1, 25, &["1.8"]), group(2, 3, &["1.8"])];
    let linked = |name: &str, dose: &str, group| PlannedTarget {
        links: vec![TargetLink::new(group)],
        ..target(name, Some(dose))
    };
    let targets = vec![linked("pelvis", "45", 0), linked("tumour bed", "5.4", 1)];
    let planned = [placed(plan("course.dcm", groups, targets))];
    let doses = [1, 2].map(|number: i32| {
        let maximum = maxima[usize::try_from(number).unwrap() - 1];
        let name = format!("group {number}.dcm");
        let mut dose = dose(&name, &planned[0], SummationType::Fraction, maximum);
        dose.parts = vec![part(&planned[0], number, &[])];
        dose
    });
    let prescribed = adjuvant();
    let mut case = Case::new(&prescribed, &planned);
    case.doses = &doses;
    case.run().unwrap()
}

#[test]
fn the_dose_of_a_fraction_group_is_compared_with_that_group() {
    let right = of_groups(["46", "5.6"]);
    assert_eq!(right.outcome, Pass, "{:#?}", right.findings);
    expect(
        &right,
        &[
            ("dose.scale", "group 1.dcm", Pass),
            ("dose.scale", "group 2.dcm", Pass),
            // both groups are given
            ("dose.sum_type", "group 1.dcm", Pass),
        ],
    );
    let exchanged = of_groups(["5.6", "46"]);
    expect(
        &exchanged,
        &[
            ("dose.scale", "group 1.dcm", Fail),
            ("dose.scale", "group 2.dcm", Fail),
        ],
    );
}

#[test]
fn what_a_dose_sums_is_said_as_it_is() {
    let with_sum = |sum: SummationType| with(|dose| dose.sum = sum);
    // the only fraction group is the plan
    let found = with_sum(SummationType::Fraction);
    expect(&found, &[("dose.sum_type", "dose.dcm", Pass)]);
    for term in [
        "RECORD",
        "FRACTION_SESSION",
        "BEAM_SESSION",
        "BRACHY_SESSION",
        "CONTROL_POINT",
        "PLAN_OVERVIEW",
    ] {
        let found = with_sum(SummationType::Other(term.into()));
        let finding = find(&found, "dose.sum_type", "dose.dcm");
        assert_eq!(finding.outcome, CannotTell);
        assert!(!finding.message().contains("defined terms"), "{finding}");
    }
    let found = with_sum(SummationType::Other("SUM".into()));
    let finding = find(&found, "dose.sum_type", "dose.dcm");
    assert!(finding.message().contains("defined terms"), "{finding}");
}

/// The doses of fraction groups of one plan, by their numbers.
fn of_fractions(numbers: &[i32]) -> CrossCheck {
    let linked = |name: &str, dose: &str, place| PlannedTarget {
        links: vec![TargetLink::new(place)],
        ..target(name, Some(dose))
    };
    let groups = vec![group(1, 25, &["1.8"]), group(2, 3, &["1.8"])];
    let targets = vec![linked("pelvis", "45", 0), linked("tumour bed", "5.4", 1)];
    let planned = [placed(plan("course.dcm", groups, targets))];
    let one = |number: &i32| {
        let maximum = if *number == 1 { "47" } else { "5.6" };
        let name = format!("dose of group {number}");
        let mut dose = dose(&name, &planned[0], SummationType::Fraction, maximum);
        dose.parts = vec![part(&planned[0], *number, &[])];
        dose
    };
    let doses: Vec<DoseFile> = numbers.iter().map(one).collect();
    let prescribed = adjuvant();
    let mut case = Case::new(&prescribed, &planned);
    case.doses = &doses;
    case.run().unwrap()
}

#[test]
fn doses_of_all_fraction_groups_are_that_of_the_plan() {
    let outcomes = |numbers: &[i32]| -> Vec<Outcome> {
        let found = of_fractions(numbers);
        let sums = found.findings.iter().filter(|one| one.is("dose.sum_type"));
        sums.map(|one| one.outcome).collect()
    };
    assert_eq!(outcomes(&[1, 2]), [Pass, Pass]);
    assert_eq!(outcomes(&[1]), [Warn]);
    // one of them twice
    assert_eq!(outcomes(&[1, 2, 2]), [Warn, Warn, Warn]);
}

/// The only group has the beams 1 and 2.
#[test]
fn a_dose_that_names_fewer_parts_than_its_plan_has_is_not_the_plan() {
    use SummationType::{Beam, Plan};
    let of = |sum: &SummationType, beams: &[i32]| {
        let part = part(&placed(pelvis()), 1, beams);
        let found = with(|dose| {
            dose.sum = sum.clone();
            dose.parts = vec![part];
        });
        let finding = find(&found, "dose.sum_type", "dose.dcm");
        (finding.outcome, finding.found().unwrap_or_default())
    };
    assert_eq!(of(&Plan, &[]).0, Pass);
    assert_eq!(of(&Plan, &[1, 2]).0, Pass);
    let (outcome, missing) = of(&Plan, &[1]);
    assert_eq!(outcome, Warn);
    assert_eq!(missing, "PLAN, without beam 2 of fraction group 1");
    assert_eq!(of(&Beam, &[1]).0, Warn);
    assert_eq!(of(&Beam, &[1, 2]).0, Pass);
}

#[test]
fn a_plan_that_replaces_another_is_not_given_with_it() {
    let of = |predecessor: Option<&str>| {
        let mut second = boost();
        second.predecessors.extend(predecessor.map(Into::into));
        let planned = [pelvis(), second];
        let prescribed = adjuvant();
        Case::new(&prescribed, &planned).run().unwrap().outcome
    };
    assert_eq!(of(None), Pass);
    // one that is not given
    assert_eq!(of(Some("2.25.9")), Pass);
    assert_eq!(of(Some("uid of pelvis.dcm")), CannotTell);
}
