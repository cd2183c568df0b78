//! Every planned dose is one that is prescribed.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::report::Outcome::{CannotTell, Fail, Pass};
use chemorad_crosscheck::{CrossCheck, Prescribed};
use chemorad_dosimetry::{EnteredLine, PlannedPrescription};

use crate::common::{Case, adjuvant, check, expect, find, only, typed};

fn planned(texts: &[&str]) -> PlannedPrescription {
    PlannedPrescription::typed("typed", &typed(texts)).unwrap()
}

fn typed_course() -> Prescribed {
    Prescribed::typed(&typed(&["a@pelvis=45Gy/25", "b@bed=5.4Gy/3"])).unwrap()
}

/// The same as lines of an export, which name no phase.
fn exported(lines: &[(&str, &str, u32, &str)]) -> CrossCheck {
    let lines: Vec<EnteredLine> = lines
        .iter()
        .map(|(phase, volume, fractions, total)| EnteredLine {
            phase: Some((*phase).into()),
            volume: Some((*volume).into()),
            fractions: Some(*fractions),
            total: Some(total.parse().unwrap()),
            ..EnteredLine::default()
        })
        .collect();
    let planned = PlannedPrescription::entered("export.csv", "line", &lines).unwrap();
    check(&adjuvant(), &[planned])
}

#[test]
fn a_dose_to_a_volume_nobody_prescribed_fails() {
    let right = ["a@pelvis=45Gy/25", "b@bed=5.4Gy/3"];
    only(&check(&typed_course(), &[planned(&right)]), &[]);
    for extra in [
        "a@bed=60Gy/25",
        "b@pelvis=45Gy/3",
        "a@liver=60Gy/25",
        "b@liver=5.4Gy/3",
    ] {
        let found = check(&typed_course(), &[planned(&[right[0], right[1], extra])]);
        only(&found, &[("rx.not_prescribed", Fail)]);
        assert_eq!(
            find(&found, "rx.not_prescribed", "typed").outcome,
            Fail,
            "{extra}"
        );
        let left = found
            .planned_doses
            .iter()
            .filter(|dose| dose.prescribed.is_none());
        assert_eq!(left.count(), 1, "{extra}");
    }
}

#[test]
fn the_dose_of_a_volume_inside_is_that_of_the_one_around_it() {
    let pelvis = ("pelvis", "pelvis", 25, "45 Gy");
    let boost = ("boost", "tumour bed", 3, "5.4 Gy");
    only(&exported(&[pelvis, boost]), &[]);
    only(
        &exported(&[pelvis, ("pelvis", "tumour bed", 25, "45 Gy"), boost]),
        &[],
    );
    let found = exported(&[pelvis, ("pelvis", "tumour bed", 25, "60 Gy"), boost]);
    expect(
        &found,
        &[
            ("rx.not_prescribed", "line", Fail),
            ("rx.total", "volume tumour bed", Fail),
        ],
    );
    let total = find(&found, "rx.total", "volume tumour bed");
    assert_eq!(total.found().as_deref(), Some("65.4 Gy"), "{total}");
}

#[test]
fn a_name_that_is_none_of_the_course_is_not_guessed() {
    let plan = [planned(&[
        "pelvis@PTV45=45Gy/25",
        "boost@tumour bed=5.4Gy/3",
    ])];
    let prescribed = adjuvant();
    let mut case = Case::new(&prescribed, &plan);
    let found = case.run().unwrap();
    expect(&found, &[("rx.not_prescribed", "entry 1", CannotTell)]);
    // a person says so
    case.names = &["PTV45=pelvis"];
    let found = case.run().unwrap();
    only(&found, &[]);
    expect(&found, &[("rx.total", "volume tumour bed", Pass)]);
    // and then another dose of it is one too many
    let plan = [planned(&[
        "pelvis@PTV45=45Gy/25",
        "pelvis@pelvis=50Gy/25",
        "boost@tumour bed=5.4Gy/3",
    ])];
    let mut case = Case::new(&prescribed, &plan);
    case.names = &["PTV45=pelvis"];
    expect(
        &case.run().unwrap(),
        &[("rx.not_prescribed", "entry 1", Fail)],
    );
}
