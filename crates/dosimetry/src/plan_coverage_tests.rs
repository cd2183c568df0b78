//! Doses that are the whole of a plan, and doses that are not.

use super::*;
use crate::planned::PlanKind;

const PLAN: &str = "2.25.1";

/// Two beams in each group, and in the first one for images.
fn plan(groups: i32) -> PlannedPrescription {
    let mut plan = PlannedPrescription::new("plan.dcm", PlanKind::ExternalBeam);
    plan.uid = Some(PLAN.into());
    let group = |number: i32| PlannedGroup {
        name: format!("fraction group {number}"),
        number: Some(number),
        beams: if number == 1 {
            vec![1, 2, 9]
        } else {
            vec![2 * number - 1, 2 * number]
        },
        without_dose: vec![9],
        ..PlannedGroup::default()
    };
    plan.groups = (1..=groups).map(group).collect();
    plan
}

fn dose(sum: SummationType, parts: &[(Option<i32>, &[i32])]) -> DoseFile {
    let mut dose = DoseFile::new("dose.dcm");
    dose.sum = sum;
    dose.plans = vec![PLAN.into()];
    let part = |(group, beams): &(Option<i32>, &[i32])| PlanPart {
        plan: Some(PLAN.into()),
        group: *group,
        beams: beams.to_vec(),
        setups: Vec::new(),
    };
    dose.parts = parts.iter().map(part).collect();
    dose
}

#[track_caller]
fn missing(groups: i32, doses: &[DoseFile], expected: &[&str]) {
    let (plan, doses): (_, Vec<&DoseFile>) = (plan(groups), doses.iter().collect());
    assert_eq!(plan.parts_not_in(&doses), expected);
    assert_eq!(DoseFile::are_whole(&doses, &[&plan]), expected.is_empty());
}

#[test]
fn fraction_groups_are_the_plan_where_none_is_missing() {
    use SummationType::{Fraction, MultiPlan, Plan};
    let of = |group: i32| dose(Fraction, &[(Some(group), &[])]);
    missing(3, &[of(1), of(2)], &["fraction group 3"]);
    missing(3, &[of(1), of(2), of(3)], &[]);
    missing(1, &[of(1)], &[]);
    // one that names no group is that of the only one, or of one that is not known
    missing(1, &[dose(Fraction, &[])], &[]);
    missing(1, &[dose(Fraction, &[(None, &[])])], &[]);
    missing(
        2,
        &[dose(Fraction, &[])],
        &["fraction group 1", "fraction group 2"],
    );
    for sum in [Plan, MultiPlan] {
        missing(3, &[dose(sum.clone(), &[])], &[]);
        let two = dose(sum.clone(), &[(Some(1), &[]), (Some(2), &[])]);
        missing(3, std::slice::from_ref(&two), &["fraction group 3"]);
        missing(2, std::slice::from_ref(&two), &[]);
        missing(3, &[two, of(3)], &[]);
        missing(
            1,
            &[dose(sum, &[(Some(1), &[1])])],
            &["beam 2 of fraction group 1"],
        );
    }
}

#[test]
fn beams_are_the_plan_where_none_that_gives_dose_is_missing() {
    let of = |group: i32, beams: &[i32]| dose(SummationType::Beam, &[(Some(group), beams)]);
    missing(1, &[of(1, &[1]), of(1, &[2])], &[]);
    missing(1, &[of(1, &[1, 2])], &[]);
    missing(1, &[of(1, &[1])], &["beam 2 of fraction group 1"]);
    missing(2, &[of(1, &[1, 2])], &["fraction group 2"]);
    // which beams is not said
    missing(1, &[of(1, &[])], &["fraction group 1"]);
    missing(
        1,
        &[dose(
            SummationType::Other("RECORD".into()),
            &[(Some(1), &[1, 2])],
        )],
        &["fraction group 1"],
    );
}

#[test]
fn setups_are_not_beams() {
    let mut plan = plan(1);
    plan.groups[0].setups = vec![1];
    let beams = dose(SummationType::Beam, &[(Some(1), &[1, 2])]);
    assert_eq!(
        plan.parts_not_in(&[&beams]),
        ["application setup 1 of fraction group 1"]
    );
    let mut setup = dose(SummationType::Brachy, &[(Some(1), &[])]);
    setup.parts[0].setups = vec![1];
    assert!(plan.parts_not_in(&[&beams, &setup]).is_empty());
}

#[test]
fn a_dose_of_another_plan_is_none_of_this() {
    let mut other = dose(SummationType::Plan, &[]);
    other.plans = vec!["2.25.2".into()];
    let plan = plan(1);
    assert_eq!(plan.parts_not_in(&[&other]), ["fraction group 1"]);
    assert!(!DoseFile::are_whole(&[&other], &[&plan]));
    other.plans.clear();
    assert!(!DoseFile::are_whole(&[&other], &[&plan]));
}
