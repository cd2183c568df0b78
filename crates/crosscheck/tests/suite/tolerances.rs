//! Tolerances that are given: how wide each may be, and that none swallows a small phase.

use chemorad::report::Outcome::{Fail, Pass};
use chemorad_crosscheck::{
    CrossCheck, CrossCheckInput, Decisions, Prescribed, ToleranceError, Tolerances,
};
use chemorad_dosimetry::PlannedPrescription;

use crate::common::{find, typed};

fn with(prescribed: &[&str], planned: &[&str], tolerances: &[&str]) -> CrossCheck {
    let mut all = Tolerances::default();
    for setting in tolerances {
        all.set(setting).unwrap();
    }
    CrossCheck::new(&CrossCheckInput {
        prescribed: &Prescribed::typed(&typed(prescribed)).unwrap(),
        planned: &[PlannedPrescription::typed("typed", &typed(planned)).unwrap()],
        doses: &[],
        others: &[],
        mapping: &[],
        names: &[],
        tolerances: &all,
        decisions: &Decisions::default(),
        not_assessable: 0,
    })
    .unwrap()
}

/// A limit that is little beside a course is much of a boost.
#[test]
fn a_limit_in_gray_is_at_most_a_share_of_the_dose() {
    let boost = |total: &str, tolerances: &[&str]| {
        let check = with(
            &["pelvis=45Gy/25", "boost=5.4Gy/3"],
            &["pelvis=45Gy/25", &format!("boost={total}/3")],
            tolerances,
        );
        let total = find(&check, "rx.total", "phase boost");
        (total.outcome, total.tolerance().unwrap())
    };
    let wide = "less than 5 % = 0.27 Gy, as 1 Gy is more of this dose than a tolerance may be";
    assert_eq!(boost("4.5Gy", &["total=1Gy"]), (Fail, wide.into()));
    assert_eq!(boost("5.13Gy", &["total=1Gy"]), (Fail, wide.into()));
    assert_eq!(boost("5.14Gy", &["total=1Gy"]), (Pass, wide.into()));
    assert_eq!(
        boost("5.31Gy", &["total=0.1Gy"]),
        (Pass, "less than 0.1 Gy".into())
    );
    assert_eq!(boost("5.3Gy", &["total=0.1Gy"]).0, Fail);
    // without one, the rounding of a planning system and no step of a prescription
    assert_eq!(boost("5.399Gy", &[]).0, Pass);
    assert_eq!(boost("5.39Gy", &[]).0, Fail);

    let per_fraction = |planned: &str| {
        let check = with(&["0.3Gy/3"], &[planned], &["dose_per_fraction=0.05Gy"]);
        find(&check, "rx.dose_per_fraction", "phase 1").outcome
    };
    assert_eq!(per_fraction("0.285Gy/3"), Fail);
    assert_eq!(per_fraction("0.288Gy/3"), Pass);
}

#[test]
fn each_tolerance_has_its_widest_limits() {
    for (widest, wider, largest) in [
        (
            "dose_per_fraction=0.05Gy",
            "dose_per_fraction=6cGy",
            "0.05 Gy",
        ),
        ("dose_per_fraction=5%", "dose_per_fraction=5.1%", "5 %"),
        ("total=1Gy", "total=1.01Gy", "1 Gy"),
        ("total=5%", "total=5.1%", "5 %"),
        ("beam_sum=1Gy", "beam_sum=1.01Gy", "1 Gy"),
        ("beam_sum=5%", "beam_sum=5.1%", "5 %"),
        (
            "beam_dose_at_point=1Gy",
            "beam_dose_at_point=1.01Gy",
            "1 Gy",
        ),
        ("beam_dose_at_point=25%", "beam_dose_at_point=25.1%", "25 %"),
        ("dose_maximum=1Gy", "dose_maximum=1.01Gy", "1 Gy"),
        ("dose_maximum=5%", "dose_maximum=5.1%", "5 %"),
    ] {
        let mut tolerances = Tolerances::default();
        tolerances.set(widest).unwrap();
        match tolerances.set(wider) {
            Err(ToleranceError::TooWide { largest: limit, .. }) => {
                assert_eq!(limit.to_string(), largest, "{wider}");
            }
            other => panic!("{wider}: {other:?}"),
        }
    }
}
