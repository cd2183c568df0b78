//! What must hold for every prescription: exactness, invariances, monotonicity, inverses, round
//! trips, and sums over phases and enclosing volumes.
#![allow(
    clippy::unwrap_used,
    clippy::float_cmp,
    clippy::cast_precision_loss,
    reason = "tests"
)]

use std::collections::HashMap;
use std::fmt::Debug;

use chemorad::quantity::{AbsorbedDose, AlphaBeta, Bed, Eqd};
use chemorad::radiobiology::{DoseSeries, LinearQuadratic, Rounding, TWO_GRAY};
use chemorad::radiotherapy::{
    Course, CourseFault, FractionCount, Fractionation, Phase, PhaseFault, Volume,
    VolumePrescription,
};
use chemorad::text::Text;
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

const CENTIGRAY: u64 = 10_000;

fn dose(micrograys: u64) -> AbsorbedDose {
    AbsorbedDose::from_micrograys(micrograys).unwrap()
}

fn count(n: u32) -> FractionCount {
    FractionCount::new(n).unwrap()
}

fn model(centigrays: u64) -> LinearQuadratic {
    LinearQuadratic::new(AlphaBeta::from_micrograys(centigrays * CENTIGRAY).unwrap())
}

fn serde_round_trip<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    #[derive(Serialize, Deserialize)]
    struct Document<T> {
        field: T,
    }
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&json).unwrap(), value, "{json}");
    let tree = serde_json::to_value(value).unwrap();
    assert_eq!(&serde_json::from_value::<T>(tree).unwrap(), value, "{json}");
    let text = toml::to_string(&Document { field: value }).unwrap();
    let document: Document<T> = toml::from_str(&text).unwrap();
    assert_eq!(&document.field, value, "{text}");
}

/// Every prescription of 1.00 to 3.00 Gy in 1 to 40 fractions, in steps of 1 cGy (8040 of them): n d
/// is D exactly, and every way to write it is the same value. In `f64`, n d == D is false for 1848
/// of them.
#[test]
fn prescriptions_are_exact() {
    let mut checked = 0;
    for d in 100_u64..=300 {
        for n in 1..=40_u32 {
            let per_fraction = dose(d * CENTIGRAY);
            let total = dose(d * u64::from(n) * CENTIGRAY);
            let made = Fractionation::new(total, n, per_fraction).unwrap();
            assert_eq!(Fractionation::from_total(total, count(n)), made);
            assert_eq!(
                Fractionation::from_dose_per_fraction(per_fraction, count(n)),
                Ok(made)
            );
            assert_eq!(
                Fractionation::from_total_and_dose_per_fraction(total, per_fraction),
                Ok(made)
            );
            assert_eq!(made.total(), total);
            assert_eq!(made.dose_per_fraction(), Some(per_fraction));
            assert_eq!(made.gray_per_fraction(), d as f64 / 100.0);
            assert_eq!(per_fraction.checked_mul(n), Some(total));
            let sum = (1..n).try_fold(per_fraction, |sum, _| sum.checked_add(per_fraction));
            assert_eq!(sum, Some(total), "fraction by fraction");

            let centigrays = d * u64::from(n);
            for text in [
                made.to_string(),
                format!("{total}/{n}"),
                format!("{centigrays}cGy/{n}"),
                format!("{total} in {n}"),
                format!("{n} x {per_fraction}"),
                format!("{n}x{d}cGy"),
                format!("{per_fraction} x {n}"),
                format!("{per_fraction}×{n}"),
                format!("{centigrays} cGy in {n} x {per_fraction}"),
            ] {
                assert_eq!(text.parse::<Fractionation>().unwrap(), made, "{text}");
            }
            // one centigray more or less is another prescription
            let wrong = dose((d * u64::from(n) + 1) * CENTIGRAY);
            assert!(Fractionation::new(wrong, n, per_fraction).is_err());
            checked += 1;
        }
    }
    assert_eq!(checked, 8040);
}

fn fractionation() -> impl Strategy<Value = Fractionation> {
    let total = prop_oneof![
        (1_u64..=8000).prop_map(|n| n * CENTIGRAY),
        1_u64..=1_000_000_000
    ];
    (total, 1_u32..=200).prop_map(|(total, n)| Fractionation::from_total(dose(total), count(n)))
}

/// What two numbers alone can say: less than 1 Gy in 5 or more fractions is refused as a slip of the
/// unit.
fn entered() -> impl Strategy<Value = Fractionation> {
    let read = |given: &Fractionation| {
        given.total() >= AbsorbedDose::constant("1 Gy") || given.fractions().get() < 5
    };
    fractionation().prop_filter("no slip of the unit", read)
}

/// Clinical sizes, so that several of them stay below 1000 Gy.
fn clinical() -> impl Strategy<Value = Fractionation> {
    (50_u64..=1000, 1_u32..=15).prop_map(|(d, n)| {
        Fractionation::from_dose_per_fraction(dose(d * CENTIGRAY), count(n)).unwrap()
    })
}

fn close(left: f64, right: f64) -> bool {
    (left - right).abs() <= 4.0 * f64::EPSILON * left.abs().max(right.abs())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn fractionation_round_trips(given in fractionation()) {
        let text = given.to_string();
        prop_assert_eq!(text.parse::<Fractionation>().unwrap(), given, "{}", text);
        serde_round_trip(&given);
        serde_round_trip(&given.fractions());
        prop_assert_eq!(given.fractions().to_string().parse(), Ok(given.fractions()));
        let json = serde_json::to_string(&text).unwrap();
        prop_assert_eq!(serde_json::from_str::<Fractionation>(&json).unwrap(), given);
    }

    #[test]
    fn any_two_of_three(given in entered()) {
        let n = given.fractions().get();
        match given.dose_per_fraction() {
            Some(d) => {
                prop_assert_eq!(Fractionation::from_dose_per_fraction(d, count(n)), Ok(given));
                prop_assert_eq!(Fractionation::new(given.total(), n, d), Ok(given));
                let d = serde_json::to_string(&d).unwrap();
                let total = serde_json::to_string(&given.total()).unwrap();
                for json in [
                    format!(r#"{{"fractions":{n},"dose_per_fraction":{d}}}"#),
                    format!(r#"{{"dose":{total},"fractions":{n}}}"#),
                    format!(r#"{{"dose_per_fraction":{d},"dose":{total}}}"#),
                ] {
                    prop_assert_eq!(serde_json::from_str::<Fractionation>(&json).unwrap(), given);
                }
            }
            None => prop_assert!(given.total().micrograys() % u64::from(n) != 0),
        }
    }

    #[test]
    fn bed_and_eqd_of_results_round_trip(given in fractionation(), ab in 1_u64..=100_000, x in 1_u64..=1000) {
        let model = model(ab);
        let bed = model.bed(given);
        prop_assert_eq!(bed.to_string().parse::<Bed>().unwrap(), bed);
        serde_round_trip(&bed);
        let eqd = model.eqd(given, dose(x * CENTIGRAY));
        prop_assert_eq!(eqd.to_string().parse::<Eqd>().unwrap(), eqd);
        serde_round_trip(&eqd);
    }

    #[test]
    fn the_order_of_phases_does_not_matter(
        (given, shuffled) in proptest::collection::vec(clinical(), 1..6)
            .prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle())),
        ab in 50_u64..=3000,
    ) {
        let (one, other) = (
            DoseSeries::from_fractionations(&given).unwrap(),
            DoseSeries::from_fractionations(&shuffled).unwrap(),
        );
        prop_assert_eq!(one, other);
        prop_assert_eq!(model(ab).bed_of(&one), model(ab).bed_of(&other));
    }

    /// 25 fractions and 3 more of the same are 28: bit for bit, since the sum is rounded once.
    #[test]
    fn splitting_a_phase_changes_nothing(
        d in 1_u64..=500, n in 2_u32..=200, part in 0.0_f64..1.0, ab in 1_u64..=3000,
    ) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 200")]
        let first = 1 + (part * f64::from(n - 2)) as u32;
        let of = |n| Fractionation::from_dose_per_fraction(dose(d * CENTIGRAY), count(n)).unwrap();
        let split = DoseSeries::from_fractionations(&[of(first), of(n - first)]).unwrap();
        let model = model(ab);
        prop_assert_eq!(model.bed_of(&split), model.bed(of(n)));
        prop_assert_eq!(model.eqd2_of(&split), model.eqd2(of(n)));
        prop_assert_eq!(split.dose(), of(n).total());
    }

    #[test]
    fn a_series_is_the_sum_of_its_phases(
        given in proptest::collection::vec(clinical(), 1..6), ab in 50_u64..=3000,
    ) {
        let series = DoseSeries::from_fractionations(&given).unwrap();
        let model = model(ab);
        let bed = given[1..].iter().fold(model.bed(given[0]), |sum, &phase| {
            sum.checked_add(model.bed(phase)).unwrap()
        });
        prop_assert!(close(bed.gray(), model.bed_of(&series).gray()));
        let eqd = given[1..].iter().fold(model.eqd2(given[0]), |sum, &phase| {
            sum.checked_add(model.eqd2(phase)).unwrap()
        });
        prop_assert!(close(eqd.gray(), model.eqd2_of(&series).gray()));
    }

    /// Doubling every dose, a/b and x doubles BED and EQDx: the unit does not matter.
    #[test]
    fn scale_invariance(given in clinical(), ab in 50_u64..=3000, x in 50_u64..=1000) {
        let twice = Fractionation::from_total(given.total().checked_mul(2).unwrap(), given.fractions());
        let (small, large) = (model(ab), model(2 * ab));
        prop_assert_eq!(large.bed(twice).gray(), 2.0 * small.bed(given).gray());
        prop_assert_eq!(
            large.eqd(twice, dose(2 * x * CENTIGRAY)).gray(),
            2.0 * small.eqd(given, dose(x * CENTIGRAY)).gray()
        );
        // twice the fractions of the same size have twice the effect
        let longer = Fractionation::from_total(
            given.total().checked_mul(2).unwrap(), count(2 * given.fractions().get()));
        prop_assert_eq!(small.bed(longer).gray(), 2.0 * small.bed(given).gray());
    }

    #[test]
    fn monotone(given in clinical(), more in 1_u64..=10_000_000, ab in 50_u64..=3000, x in 50_u64..=1000) {
        let reference = dose(x * CENTIGRAY);
        let (bed, eqd) = (model(ab).bed(given), model(ab).eqd(given, reference));
        // more dose in the same fractions
        let n = given.fractions();
        let larger = Fractionation::from_total(dose(given.total().micrograys() + more), n);
        prop_assert!(model(ab).bed(larger).gray() > bed.gray());
        prop_assert!(model(ab).eqd(larger, reference).gray() > eqd.gray());
        // the same dose in more fractions
        let longer = Fractionation::from_total(given.total(), count(n.get() + 1));
        prop_assert!(model(ab).bed(longer).gray() < bed.gray());
        prop_assert!(model(ab).eqd(longer, reference).gray() < eqd.gray());
        // a larger a/b
        prop_assert!(model(ab + 1).bed(given).gray() < bed.gray());
        // a larger reference fraction
        prop_assert!(model(ab).eqd(given, dose((x + 1) * CENTIGRAY)).gray() < eqd.gray());
        // never below the dose
        prop_assert!(bed.gray() > given.total().gray());
        let (d, x) = (given.gray_per_fraction(), reference.gray());
        prop_assert_eq!(eqd.gray() > given.total().gray(), d > x);
    }

    /// At d = x an EQDx is the dose itself, whatever a/b is.
    #[test]
    fn eqd_at_its_own_fraction_size_is_the_dose(
        d in 1_u64..=500_000, n in 1_u32..=200, ab in 1_u64..=1_000_000_000,
    ) {
        let model = LinearQuadratic::new(AlphaBeta::from_micrograys(ab).unwrap());
        let two = Fractionation::from_dose_per_fraction(TWO_GRAY, count(n)).unwrap();
        prop_assert_eq!(model.eqd2(two).gray(), two.total().gray());
        let own = Fractionation::from_dose_per_fraction(dose(d), count(n)).unwrap();
        prop_assert_eq!(model.eqd(own, dose(d)).gray(), own.total().gray());
    }

    /// `EQDx - D = D (d - x)/(x + a/b)` and `BED - D = D d/(a/b)` vanish as a/b grows.
    #[test]
    fn large_alpha_beta_leaves_the_dose(given in clinical()) {
        let total = given.total().gray();
        let mut last = f64::INFINITY;
        for ab in [100, 1000, 10_000, 100_000] {
            let away = (model(ab).eqd2(given).gray() - total).abs();
            prop_assert!(away < last || away == 0.0);
            last = away;
            prop_assert!(model(ab).bed(given).gray() - total <= 1.001 * total * 10.0 / (ab as f64 / 100.0));
        }
        prop_assert!(last <= 0.0081 * total);
    }

    /// Solving for d or n from a result gives the fractionation back.
    #[test]
    fn inverse_of_forward(given in clinical(), ab in 50_u64..=3000, x in 50_u64..=1000) {
        let model = model(ab);
        let d = given.dose_per_fraction().unwrap();
        let (bed, eqd) = (model.bed(given), model.eqd(given, dose(x * CENTIGRAY)));
        let step = dose(1);
        for solved in [
            model.dose_per_fraction_for(bed, given.fractions()).unwrap(),
            model.dose_per_fraction_for(eqd, given.fractions()).unwrap(),
            model.isoeffective_in(given, given.fractions()).unwrap(),
        ] {
            prop_assert!((solved.gray() - d.gray()).abs() <= 8.0 * f64::EPSILON * d.gray());
            for rule in [Rounding::Nearest, Rounding::Down, Rounding::Up] {
                prop_assert_eq!(solved.rounded(step, rule).unwrap(), given);
            }
        }
        for solved in [
            model.fractions_for(bed, d).unwrap(),
            model.fractions_for(eqd, d).unwrap(),
            model.isoeffective_with(given, d).unwrap(),
        ] {
            for rule in [Rounding::Nearest, Rounding::Down, Rounding::Up] {
                prop_assert_eq!(solved.rounded(rule).unwrap(), given);
            }
        }
    }

    /// A rounded dose per fraction is a whole number of steps on the side the rule names.
    #[test]
    fn rounding_keeps_its_word(given in clinical(), n in 1_u32..=60, ab in 50_u64..=3000, step in 1_u64..=50) {
        let step = dose(step * CENTIGRAY);
        let solved = model(ab).isoeffective_in(given, count(n)).unwrap();
        for rule in [Rounding::Nearest, Rounding::Down, Rounding::Up] {
            let Ok(rounded) = solved.rounded(step, rule) else {
                prop_assert!(solved.gray() < step.gray());
                continue;
            };
            let d = rounded.dose_per_fraction().unwrap();
            prop_assert_eq!(d.micrograys() % step.micrograys(), 0);
            let off = d.gray() - solved.gray();
            let slack = 2e-9 * solved.gray();
            match rule {
                Rounding::Nearest => prop_assert!(off.abs() <= step.gray() / 2.0 + slack),
                Rounding::Down => prop_assert!(off <= slack && off > -step.gray() - slack),
                Rounding::Up => prop_assert!(off >= -slack && off < step.gray() + slack),
            }
        }
    }
}

/// A random course: volumes that lie inside earlier ones, phases that prescribe to some of them.
#[derive(Debug, Clone)]
struct Plan {
    /// The index of the enclosing volume.
    inside: Vec<Option<usize>>,
    /// Fractions, and the dose (cGy) per fraction of each volume that is listed.
    phases: Vec<(u32, Vec<Option<u64>>)>,
}

fn plan() -> impl Strategy<Value = Plan> {
    (1_usize..7, 1_usize..6).prop_flat_map(|(volumes, phases)| {
        let inside = (0..volumes)
            .map(|v| proptest::option::of(0..v.max(1)).prop_map(move |i| i.filter(|&i| i < v)))
            .collect::<Vec<_>>();
        let doses = proptest::collection::vec(proptest::option::of(50_u64..=400), volumes)
            .prop_filter("a phase lists a volume", |list| {
                list.iter().any(Option::is_some)
            });
        let phases = proptest::collection::vec((1_u32..=35, doses), phases);
        (inside, phases).prop_map(|(inside, phases)| Plan { inside, phases })
    })
}

fn name(volume: usize) -> Text {
    format!("volume {volume}").into()
}

fn course(plan: &Plan) -> Course {
    // declared innermost first: the order of declaration must not matter
    let volumes: Vec<_> = plan
        .inside
        .iter()
        .enumerate()
        .rev()
        .map(|(v, inside)| Volume {
            name: name(v),
            inside: inside.map(name),
        })
        .collect();
    let phases: Vec<_> = plan
        .phases
        .iter()
        .enumerate()
        .map(|(p, (n, doses))| {
            let prescriptions: Vec<_> = doses
                .iter()
                .enumerate()
                .filter_map(|(v, d)| {
                    Some(VolumePrescription {
                        volume: name(v),
                        fractionation: Fractionation::from_dose_per_fraction(
                            dose((*d)? * CENTIGRAY),
                            count(*n),
                        )
                        .unwrap(),
                    })
                })
                .collect();
            Phase::new(format!("phase {p}"), prescriptions).unwrap()
        })
        .collect();
    Course::new(volumes, phases).unwrap()
}

/// What a volume gets per fraction of a phase: its own dose, or that of the nearest enclosing one.
fn received(plan: &Plan, doses: &[Option<u64>], volume: usize) -> Option<u64> {
    doses[volume].or_else(|| received(plan, doses, plan.inside[volume]?))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn cumulative_doses(plan in plan()) {
        let course = course(&plan);
        for volume in 0..plan.inside.len() {
            let mine: Vec<(u32, u64)> = plan.phases.iter()
                .filter_map(|(n, doses)| Some((*n, received(&plan, doses, volume)?)))
                .collect();
            let sum: u64 = mine.iter().map(|(n, d)| u64::from(*n) * d * CENTIGRAY).sum();
            let name = name(volume);
            prop_assert_eq!(
                course.cumulative_dose(&name).map(AbsorbedDose::micrograys),
                (sum > 0).then_some(sum)
            );
            let parts: Vec<Fractionation> =
                course.contributions(&name).map(|c| c.fractionation).collect();
            prop_assert_eq!(
                parts.iter().map(|f| (f.fractions().get(), f.gray_per_fraction())).collect::<Vec<_>>(),
                mine.iter().map(|&(n, d)| (n, d as f64 / 100.0)).collect::<Vec<_>>()
            );
            prop_assert_eq!(
                DoseSeries::from_volume(&course, &name),
                DoseSeries::from_fractionations(&parts)
            );
        }
        prop_assert_eq!(course.cumulative_dose("no such volume"), None);
        prop_assert_eq!(course.fractions(), plan.phases.iter().map(|(n, _)| n).sum::<u32>());
    }

    #[test]
    fn courses_round_trip(plan in plan()) {
        let course = course(&plan);
        serde_round_trip(&course);
        for phase in course.phases() {
            serde_round_trip(phase);
        }
        for volume in course.volumes() {
            serde_round_trip(volume);
        }
    }

    /// Every way to close a circle of enclosing volumes is refused.
    #[test]
    fn circles_are_refused(length in 1_usize..8, tail in 0_usize..4, back in 0_usize..8) {
        // a chain of `length` volumes whose outermost lies inside one of them, and a tail leading in
        let total = length + tail;
        let mut volumes: Vec<Volume> = (0..total)
            .map(|v| Volume { name: name(v), inside: (v > 0).then(|| name(v - 1)) })
            .collect();
        volumes[0].inside = Some(name(back % length));
        let phases = vec![Phase::single("one", name(0), "2Gy/1".parse().unwrap())];
        let error = Course::new(volumes, phases).unwrap_err();
        prop_assert_eq!(error.fault, CourseFault::EnclosesItself);
    }
}

/// A simultaneous integrated boost: one phase, two doses, the same fractions.
#[test]
fn simultaneous_integrated_boost() {
    let prescription = |volume: &'static str, text: &str| VolumePrescription {
        volume: volume.into(),
        fractionation: text.parse().unwrap(),
    };
    let phase = Phase::new(
        "simultaneous boost",
        vec![
            prescription("pelvis", "45Gy/25"),
            prescription("tumour", "55Gy/25"),
        ],
    )
    .unwrap();
    let volumes = vec![
        Volume::new("pelvis"),
        Volume::inside("tumour", "pelvis"),
        Volume::inside("nodes", "pelvis"),
        Volume::new("heart"),
    ];
    let course = Course::new(volumes, vec![phase]).unwrap();
    let expected: HashMap<&str, Option<AbsorbedDose>> = [
        ("pelvis", Some(AbsorbedDose::constant("45 Gy"))),
        // its own dose replaces that of the pelvis, it is not added to it
        ("tumour", Some(AbsorbedDose::constant("55 Gy"))),
        ("nodes", Some(AbsorbedDose::constant("45 Gy"))),
        ("heart", None),
    ]
    .into();
    for (volume, total) in expected {
        assert_eq!(course.cumulative_dose(volume), total, "{volume}");
    }
    assert_eq!(course.fractions(), 25);
    let different = Phase::new(
        "simultaneous boost",
        vec![
            prescription("pelvis", "45Gy/25"),
            prescription("tumour", "55Gy/24"),
        ],
    );
    assert_eq!(different.unwrap_err().fault, PhaseFault::DifferentFractions);
}

/// The trial's courses, phase by phase and in total.
#[test]
fn trial_courses() {
    let course = |boost: &str| {
        Course::new(
            vec![
                Volume::new("pelvis"),
                Volume::inside("tumour bed", "pelvis"),
            ],
            vec![
                Phase::single("pelvis", "pelvis", "45Gy/25".parse().unwrap()),
                Phase::single("boost", "tumour bed", boost.parse().unwrap()),
            ],
        )
        .unwrap()
    };
    for (boost, total, fractions, bed, eqd2) in [
        ("5.4Gy/3", "50.4 Gy", 28, 59.472, 49.56),
        ("14.4Gy/8", "59.4 Gy", 33, 70.092, 58.41),
    ] {
        let course = course(boost);
        assert_eq!(
            course.cumulative_dose("pelvis"),
            Some(AbsorbedDose::constant("45 Gy"))
        );
        assert_eq!(
            course.cumulative_dose("tumour bed"),
            Some(total.parse().unwrap())
        );
        assert_eq!(course.fractions(), fractions);
        let series = DoseSeries::from_volume(&course, "tumour bed").unwrap();
        assert_eq!(model(1000).bed_of(&series).gray(), bed);
        assert_eq!(model(1000).eqd2_of(&series).gray(), eqd2);
    }
}
