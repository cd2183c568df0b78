//! Dose files that go with plans: what they are, whose they are, and how large they may be.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::number::Decimal;
use chemorad::report::Outcome::{self, CannotTell, Fail, NotApplicable, Pass, Warn};
use chemorad_crosscheck::{CrossCheck, Prescribed};
use chemorad_dosimetry::{DoseFile, DoseType, DoseUnits, PlannedPrescription, SummationType};

use crate::common::{
    Case, adjuvant, boost, decimal, expect, find, group, pelvis, plan, target, typed,
};

fn dose_file(plan: &PlannedPrescription, maximum: &str) -> DoseFile {
    DoseFile {
        units: DoseUnits::Gray,
        dose_type: DoseType::Physical,
        sum: SummationType::Plan,
        maximum: Some(decimal(maximum)),
        plans: plan.uid.iter().cloned().collect(),
        patient: plan.patient.clone(),
        ..DoseFile::new("dose.dcm")
    }
}

/// A dose of the first of two plans, changed.
#[track_caller]
fn with_dose(change: &dyn Fn(&mut DoseFile), expected: &[(&str, &str, Outcome)]) {
    let planned = [pelvis(), boost()];
    let prescribed = adjuvant();
    let mut dose = dose_file(&planned[0], "47.1");
    change(&mut dose);
    let doses = [dose];
    let mut case = Case::new(&prescribed, &planned);
    case.doses = &doses;
    expect(&case.run().unwrap(), expected);
}

/// The dose of a whole plan reaches what is prescribed, and is not many times it.
#[test]
fn the_maximum_of_a_whole_plan() {
    let run = with_dose;
    run(
        &|dose| dose.maximum = Some(decimal("90.000001")),
        &[("dose.scale", "", Warn)],
    );
    run(
        &|dose| dose.maximum = Some(decimal("180.000001")),
        &[("dose.scale", "", Fail)],
    );
    for (maximum, outcome) in [
        ("45", Pass),
        ("44.999999", Warn),
        ("42.75", Warn),
        ("42.749999", Fail),
    ] {
        run(
            &|dose| dose.maximum = Some(decimal(maximum)),
            &[("dose.scale", "", outcome)],
        );
        // the only fraction group is the plan
        run(
            &|dose| {
                dose.maximum = Some(decimal(maximum));
                dose.sum = SummationType::Fraction;
            },
            &[("dose.scale", "", outcome)],
        );
    }
    // an effect is no absorbed dose
    run(
        &|dose| {
            dose.maximum = Some(decimal("20"));
            dose.dose_type = DoseType::Effective;
        },
        &[("dose.scale", "", NotApplicable)],
    );
}

#[test]
fn dose_files() {
    let planned = [pelvis(), boost()];
    let prescribed = adjuvant();
    let run = with_dose;
    run(
        &|_| {},
        &[
            ("dose.units", "", Pass),
            ("dose.scale", "", Pass),
            ("dose.references_plan", "", Pass),
            ("dose.sum_type", "", Pass),
        ],
    );
    run(
        &|dose| dose.maximum = Some(decimal("90")),
        &[("dose.scale", "", Pass)],
    );
    run(
        &|dose| dose.maximum = Some(decimal("22.4")),
        &[("dose.scale", "", Fail)],
    );
    run(
        &|dose| dose.maximum = Some(Decimal::ZERO),
        &[("dose.scale", "", Fail)],
    );
    run(
        &|dose| dose.maximum = None,
        &[("dose.scale", "", CannotTell)],
    );
    run(
        &|dose| dose.units = DoseUnits::Relative,
        &[
            ("dose.units", "", CannotTell),
            ("dose.scale", "", NotApplicable),
        ],
    );
    run(
        &|dose| dose.units = DoseUnits::NotStated,
        &[("dose.units", "", CannotTell)],
    );
    run(
        &|dose| dose.units = DoseUnits::Other("CGY".into()),
        &[("dose.units", "", Fail)],
    );
    run(
        &|dose| dose.dose_type = DoseType::Effective,
        &[("dose.type", "", Warn), ("dose.scale", "", NotApplicable)],
    );
    run(
        &|dose| dose.plans.clear(),
        &[("dose.references_plan", "", CannotTell)],
    );
    run(
        &|dose| dose.plans = vec!["2.25.404".into()],
        &[("dose.references_plan", "", Fail)],
    );
    run(
        &|dose| dose.plans.push("2.25.404".into()),
        &[("dose.references_plan", "", CannotTell)],
    );
    run(
        &|dose| {
            dose.sum = SummationType::Beam;
            dose.beams = vec![1];
            dose.maximum = Some(decimal("9"));
        },
        &[("dose.sum_type", "", Warn), ("dose.scale", "", Pass)],
    );
    run(
        &|dose| dose.sum = SummationType::NotStated,
        &[("dose.sum_type", "", CannotTell)],
    );
    // both plans together: 50.4 Gy in the tumour bed
    run(
        &|dose| {
            dose.sum = SummationType::MultiPlan;
            dose.plans = planned.iter().filter_map(|plan| plan.uid.clone()).collect();
            dose.maximum = Some(decimal("100.8"));
        },
        &[("dose.references_plan", "", Pass), ("dose.scale", "", Pass)],
    );
    let doses = [dose_file(&planned[0], "47"), dose_file(&planned[0], "47")];
    let mut case = Case::new(&prescribed, &planned);
    case.doses = &doses;
    let found = case.run().unwrap();
    assert!(
        found
            .findings
            .iter()
            .any(|f| f.message().contains("several dose files"))
    );
}

fn with_doses(
    prescribed: &Prescribed,
    planned: &[PlannedPrescription],
    doses: &[DoseFile],
) -> CrossCheck {
    let mut case = Case::new(prescribed, planned);
    case.doses = doses;
    case.run().unwrap()
}

/// One dose of a whole plan is expected of each plan; parts and doses of other plans are none.
#[test]
fn several_doses_of_one_plan() {
    let planned = [pelvis(), boost()];
    let of = |plan: &PlannedPrescription| dose_file(plan, "47");
    let part = |plan: &PlannedPrescription| DoseFile {
        sum: SummationType::Beam,
        ..of(plan)
    };
    let [first, second] = &planned;
    for (doses, expected) in [
        (vec![of(first)], vec![]),
        (vec![of(first), of(second)], vec![]),
        (vec![of(first), part(first), part(first)], vec![]),
        (vec![of(first), of(first)], vec!["pelvis.dcm"]),
        (vec![of(first), of(second), of(second)], vec!["boost.dcm"]),
    ] {
        let found = with_doses(&adjuvant(), &planned, &doses);
        let several = found.findings.iter().filter(|finding| {
            finding.is("dose.references_plan") && finding.message().contains("several dose files")
        });
        let at: Vec<String> = several
            .map(|finding| {
                assert_eq!(finding.outcome, Warn);
                finding.at()
            })
            .collect();
        assert_eq!(at, expected);
    }
}

/// A plan that has no identifier, or was not read, may be the one a dose refers to.
#[test]
fn a_dose_may_be_of_a_plan_without_an_identifier() {
    let mut nameless = boost();
    nameless.uid = None;
    let mut dose = dose_file(&pelvis(), "47");
    dose.plans = vec!["2.25.404".into()];
    let doses = [dose];
    let prescribed = adjuvant();
    for (planned, not_assessable, outcome) in [
        (vec![pelvis(), boost()], 0, Fail),
        (vec![pelvis(), boost()], 1, CannotTell),
        (vec![pelvis(), nameless], 0, CannotTell),
        (
            vec![PlannedPrescription::typed("typed", &typed(&["45Gy/25", "5.4Gy/3"])).unwrap()],
            0,
            CannotTell,
        ),
    ] {
        let mut case = Case::new(&prescribed, &planned);
        (case.doses, case.not_assessable) = (&doses, not_assessable);
        let found = case.run().unwrap();
        expect(&found, &[("dose.references_plan", "dose.dcm", outcome)]);
    }
}

/// The dose of a fraction group is that of the plan where it is the only one.
#[test]
fn the_dose_of_a_fraction_group_may_be_a_part_of_a_plan() {
    let split = plan(
        "boost.dcm",
        vec![group(1, 2, &["1.8"]), group(2, 1, &["1.8"])],
        vec![target("tumour bed", Some("5.4"))],
    );
    let planned = [pelvis(), split];
    let prescribed = adjuvant();
    let scale = |plans: &[&PlannedPrescription], maximum: &str| {
        let mut dose = dose_file(&planned[0], maximum);
        dose.sum = SummationType::Fraction;
        dose.plans = plans.iter().filter_map(|plan| plan.uid.clone()).collect();
        let doses = [dose];
        let mut case = Case::new(&prescribed, &planned);
        case.doses = &doses;
        case.mapping = &["boost.dcm#1=boost", "boost.dcm#2=boost"];
        let found = case.run().unwrap();
        find(&found, "dose.scale", "").outcome
    };
    let [whole, split] = &planned;
    assert_eq!(scale(&[whole], "40"), Fail);
    assert_eq!(scale(&[split], "3"), Pass);
    assert_eq!(scale(&[whole, split], "40"), Pass);
}
