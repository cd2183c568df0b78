//! What names the patient stands withheld as a whole, and nothing else changes.

use chemorad::report::Identifying;
use chemorad_crosscheck::{
    CrossCheck, CrossCheckInput, Decisions, Prescribed, TargetName, Tolerances,
};
use chemorad_dosimetry::{
    PlanKind, PlannedDose, PlannedGroup, PlannedPrescription, PlannedTarget, TargetKind,
};
use proptest::prelude::*;

const WITHHELD: &str = "(withheld: it names the patient)";

/// A plan whose texts all are `name`, which names the patient or nobody.
fn check(name: &str, names_the_patient: bool, dose: i64) -> String {
    let text = || Identifying::new(name.to_string(), names_the_patient);
    let dose = chemorad::number::Decimal::new(dose.into(), -3);
    let mut plan = PlannedPrescription::new(text(), PlanKind::ExternalBeam);
    plan.label = Some(text());
    plan.groups = vec![PlannedGroup {
        name: "fraction group 1".into(),
        number: Some(1),
        label: Some(text()),
        fractions: Some(25),
        doses: vec![PlannedDose {
            per_fraction: dose,
            ..PlannedDose::default()
        }],
        ..PlannedGroup::default()
    }];
    plan.targets = vec![PlannedTarget {
        dose: dose.and_then(|dose| dose.checked_mul(25.into())),
        ..PlannedTarget::new(text(), TargetKind::Target)
    }];
    plan.not_read = vec!["control points of the beams"];
    let names = [TargetName {
        name: name.into(),
        volume: "target".into(),
    }];
    let prescribed = Prescribed::typed(&["pelvis=45Gy/25".parse().unwrap()]).unwrap();
    let check = CrossCheck::new(&CrossCheckInput {
        prescribed: &prescribed,
        planned: &[plan],
        doses: &[],
        others: &[],
        mapping: &[],
        names: &names,
        tolerances: &Tolerances::default(),
        decisions: &Decisions::default(),
        not_assessable: 0,
    });
    serde_json::to_string_pretty(&check.unwrap()).unwrap()
}

proptest! {
    #[test]
    fn withholding_changes_no_word_and_no_number(
        name in "[0-9]{1,5}|[0-9]\\.[0-9]{1,3}|[a-z]{3,6}|dose|the|plan|Gy|fraction",
        dose in 1_i64..9_999,
    ) {
        let hidden = check(&name, true, dose);
        let shown = check(&name, false, dose);
        prop_assert!(hidden.contains(WITHHELD));
        let lines = hidden.lines().zip(shown.lines());
        for (hidden, shown) in lines {
            // a withheld text stands without its quotation marks
            let quoted = format!("\\\"{name}\\\"");
            let whole = hidden.replace(&format!("as given for {WITHHELD}"), &format!("as given for {quoted}"));
            prop_assert_eq!(whole.replace(WITHHELD, &name), shown);
        }
        prop_assert_eq!(hidden.lines().count(), shown.lines().count());
        for (at, _) in hidden.match_indices(WITHHELD) {
            let before = hidden[..at].chars().next_back();
            let after = hidden[at + WITHHELD.len()..].chars().next();
            for beside in [before, after].into_iter().flatten() {
                prop_assert!(!beside.is_alphanumeric() && beside != '.', "{}", hidden);
            }
        }
    }
}
