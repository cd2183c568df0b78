//! What else a plan states: days of its fractions, limits of its targets, its intent, its prescription in words.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::Outcome::{self, CannotTell, Fail, NotApplicable, Pass, Warn};
use chemorad_crosscheck::{COVERS, CrossCheck, Prescribed};
use chemorad_dosimetry::{FractionPattern, PlannedPrescription};

use crate::common::{Case, check, decimal, expect, find, only, option, pelvis, typed};

const DAILY: (&str, u32, u32) = ("1111100", 1, 1);
const TWICE_A_DAY: (&str, u32, u32) = ("11111111110000", 2, 1);
const EVERY_DAY: (&str, u32, u32) = ("1111111", 1, 1);
const EVERY_OTHER_DAY: (&str, u32, u32) = ("1010100", 1, 1);

fn on(days: (&str, u32, u32)) -> PlannedPrescription {
    let mut plan = pelvis();
    plan.groups[0].pattern = FractionPattern::new(days.0, days.1, days.2);
    assert!(plan.groups[0].pattern.is_some());
    plan
}

fn with_site(days: (&str, u32, u32), site: Option<u32>) -> Outcome {
    let prescribed = Prescribed::typed(&typed(&["pelvis=45Gy/25"])).unwrap();
    let planned = [on(days)];
    let mut case = Case::new(&prescribed, &planned);
    case.decisions.fractions_per_week = site;
    find(&case.run().unwrap(), "rx.fractions_per_week", "").outcome
}

#[test]
fn the_days_of_the_fractions() {
    // neither protocol nor site
    assert_eq!(with_site(DAILY, None), NotApplicable);
    assert_eq!(with_site(EVERY_OTHER_DAY, None), NotApplicable);
    assert_eq!(with_site(TWICE_A_DAY, None), CannotTell);
    assert_eq!(with_site(EVERY_DAY, None), CannotTell);
}

#[test]
fn the_days_of_the_fractions_against_the_site() {
    assert_eq!(with_site(DAILY, Some(5)), Pass);
    assert_eq!(with_site(EVERY_OTHER_DAY, Some(5)), Fail);
    assert_eq!(with_site(TWICE_A_DAY, Some(5)), Fail);
    assert_eq!(with_site(TWICE_A_DAY, Some(10)), Pass);
    assert_eq!(with_site(EVERY_DAY, Some(7)), Pass);
    // five a week, two of them on one day
    assert_eq!(with_site(("11101010000000", 2, 1), Some(5)), CannotTell);
    // nothing is said where no days are stated
    let found = check(&option("radiotherapy_alone"), &[pelvis()]);
    assert!(!found.findings.iter().any(|f| f.is("rx.fractions_per_week")));
}

#[test]
fn limits_of_a_target() {
    let run = |change: fn(&mut PlannedPrescription)| -> CrossCheck {
        let mut plan = pelvis();
        change(&mut plan);
        check(&option("radiotherapy_alone"), &[plan])
    };
    only(
        &run(|plan| {
            let target = &mut plan.targets[0];
            target.minimum = Some(decimal("42.75"));
            target.maximum = Some(decimal("48.15"));
            // the rounding of the dose is no limit
            target.delivery_maximum = Some(decimal("44.9999"));
        }),
        &[],
    );
    for (what, change) in [
        (
            "minimum above",
            (|plan| plan.targets[0].minimum = Some(decimal("46"))) as fn(&mut PlannedPrescription),
        ),
        ("maximum below", |plan| {
            plan.targets[0].maximum = Some(decimal("44"));
        }),
        ("delivery", |plan| {
            plan.targets[0].delivery_maximum = Some(decimal("40"));
        }),
        ("minimum in centigray", |plan| {
            plan.targets[0].minimum = Some(decimal("4500"));
        }),
    ] {
        let found = run(change);
        only(&found, &[("plan.target_limits", Fail)]);
        assert_eq!(
            find(&found, "plan.target_limits", "")
                .message()
                .contains("centigray"),
            what == "minimum in centigray"
        );
    }
    let found = run(|plan| plan.targets[0].maximum = Some(decimal("4815")));
    only(&found, &[("plan.target_limits", Warn)]);
    let found = run(|plan| plan.targets[0].minimum = Some(decimal("0.4275")));
    only(&found, &[("plan.target_limits", Warn)]);
}

#[test]
fn the_prescription_in_words_is_for_a_person() {
    let mut plan = pelvis();
    plan.description = Some("45 Gy in 25 to the pelvis".into());
    let found = check(&option("radiotherapy_alone"), &[plan]);
    only(&found, &[]);
    expect(&found, &[("plan.description", "pelvis.dcm", NotApplicable)]);
    let words = find(&found, "plan.description", "").found();
    assert_eq!(words.as_deref(), Some("45 Gy in 25 to the pelvis"));
}

#[test]
fn plans_that_are_not_given_to_a_patient_fail() {
    for (intent, outcome) in [
        ("CURATIVE", Pass),
        ("PALLIATIVE", Pass),
        ("RESEARCH", Warn),
        ("VERIFICATION", Fail),
        ("MACHINE_QA", Fail),
        ("SERVICE", Fail),
    ] {
        let mut plan = pelvis();
        plan.intent = Some(intent.into());
        let found = check(&option("radiotherapy_alone"), &[plan]);
        assert_eq!(found.outcome, outcome, "{intent}");
    }
}

#[test]
fn what_the_verdict_does_not_cover_is_said() {
    let mut plan = pelvis();
    plan.not_judged = vec!["monitor units"];
    let found = check(&option("radiotherapy_alone"), &[plan]);
    assert_eq!(found.covers, COVERS);
    assert!(COVERS.contains("does not cover geometry or monitor units"));
    assert_eq!(found.not_judged[0].to_string(), "pelvis.dcm: monitor units");
}
