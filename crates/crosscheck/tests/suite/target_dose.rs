//! Whether targets get what is prescribed: their medians against 80 % and 120 % of it.

use chemorad::report::{Observation as _, Written};
use chemorad_crosscheck::{StructureInDose, TargetDose};
use chemorad_dosimetry::ContouredDose;

use crate::common::decimal;
use crate::phantom::{block, dose_in, rising, uniform};

/// What is found of targets with these names and doses: the prescribed dose, which side, and who.
fn found(
    targets: &[(&str, Option<&ContouredDose<'_>>)],
    prescribed: &[&str],
) -> Vec<(String, bool, Vec<String>)> {
    let names: Vec<_> = targets
        .iter()
        .map(|(name, _)| (!name.is_empty()).then(|| (*name).to_string().into()))
        .collect();
    let prescribed: Vec<_> = prescribed.iter().map(|dose| decimal(dose)).collect();
    let dose_of = |place: usize| targets[place].1.map(StructureInDose::Dose);
    let found = TargetDose::of(&names, &[], &dose_of, &prescribed);
    let of_one = |one: TargetDose| {
        let names = one.targets.iter().map(|(name, _)| name.reveal().clone());
        (one.prescribed.to_string(), one.is_above, names.collect())
    };
    found.into_iter().map(of_one).collect()
}

fn text(value: Option<Written>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn one(gray: &str, is_above: bool, name: &str) -> Vec<(String, bool, Vec<String>)> {
    vec![(gray.into(), is_above, vec![name.into()])]
}

#[test]
fn a_target_below_80_or_above_120_percent_is_named() {
    // 45 Gy: from 36 to 54 Gy in half of the target
    for (gray, side) in [
        (35.9, Some(false)),
        (36.1, None),
        (45.0, None),
        (53.9, None),
        (54.1, Some(true)),
    ] {
        let grid = uniform(gray);
        let dose = dose_in(&block(2.0, 4), &grid);
        let expected = side.map_or_else(Vec::new, |above| one("45", above, "PTV"));
        assert_eq!(found(&[("PTV", Some(&dose))], &["45"]), expected, "{gray}");
        // what is no target, has no dose or no prescription says nothing
        assert_eq!(found(&[("Bladder", Some(&dose))], &["45"]), []);
        assert_eq!(found(&[("", Some(&dose))], &["45"]), []);
        assert_eq!(found(&[("PTV", None)], &["45"]), []);
        assert_eq!(found(&[("PTV", Some(&dose))], &[]), []);
    }
}

#[test]
fn the_limits_themselves_are_allowed() {
    // 0.8 x 10 and 1.2 x 10 Gy have no rounding
    for gray in [8.0, 12.0] {
        let grid = uniform(gray);
        let dose = dose_in(&block(2.0, 4), &grid);
        assert_eq!(found(&[("PTV", Some(&dose))], &["10"]), [], "{gray}");
    }
}

#[test]
fn one_target_with_the_dose_is_enough_below_and_not_above() {
    let grids = [uniform(20.0), uniform(45.0), uniform(60.0)];
    let [low, right, high] = grids.each_ref().map(|grid| dose_in(&block(2.0, 4), grid));
    let (low, right, high) = (
        ("GTV", Some(&low)),
        ("CTV", Some(&right)),
        ("PTV", Some(&high)),
    );
    assert_eq!(found(&[low, right], &["45"]), []);
    assert_eq!(found(&[right, low], &["45"]), []);
    assert_eq!(found(&[low], &["45"]), one("45", false, "GTV"));
    assert_eq!(found(&[right, high], &["45"]), one("45", true, "PTV"));
    assert_eq!(found(&[low, high], &["45"]), one("45", true, "PTV"));
    // against the lowest and the highest of several prescribed doses
    assert_eq!(found(&[low], &["45", "24"]), []);
    assert_eq!(found(&[high], &["24", "50.4"]), []);
    assert_eq!(found(&[low], &["50.4", "45"]), one("45", false, "GTV"));
    assert_eq!(found(&[high], &["40", "45"]), one("45", true, "PTV"));
    // both sides, each with its own targets
    let both = [low, ("PTV low", low.1)];
    let names = vec!["GTV".to_string(), "PTV low".to_string()];
    assert_eq!(found(&both, &["45"]), [("45".to_string(), false, names)]);
}

#[test]
fn a_target_outside_the_dose_is_not_judged() {
    let grid = rising();
    // from 1 to 9 mm with a median of 10 Gy, and from 21 to 39 mm, of which the grid holds 1 mm
    let low = dose_in(&block(2.0, 4), &grid);
    let outside = dose_in(&block(22.0, 9), &grid);
    assert_eq!(found(&[("PTV", Some(&low))], &["45"]).len(), 1);
    assert_eq!(
        found(&[("PTV", Some(&low)), ("CTV", Some(&outside))], &["45"]),
        []
    );
}

#[test]
fn the_largest_of_the_medians_is_written() {
    let (first, second) = (uniform(20.0), uniform(25.0));
    let (first, second) = (
        dose_in(&block(2.0, 4), &first),
        dose_in(&block(2.0, 4), &second),
    );
    let doses = [&first, &second];
    let names = ["PTV", "CTV"].map(|name| Some(name.to_string().into()));
    let dose_of = |place: usize| Some(StructureInDose::Dose(doses[place]));
    let found = TargetDose::of(&names, &[], &dose_of, &[decimal("45")]);
    let values = found[0].values();
    assert_eq!(text(values.expected), "45 Gy");
    assert_eq!(text(values.found), "25.000 Gy");
}
