//! What must hold whatever the parameters: monotone losses, limits, continuity, inverses, and
//! intervals that contain their samples.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::quantity::{
    AbsorbedDose, AlphaBeta, Bed, BedLossPerDay, DoublingTime, EqdLossPerDay, KickOffTime,
    RepairHalfTime,
};
use chemorad::radiobiology::{
    AlphaBetaInterval, EffectModel, FinalSlope, LinearQuadratic, LinearTail, Measure,
    ParameterRange, Repopulation, RepopulationRate, Rounding, TWO_GRAY, Treatment, TreatmentTime,
    UncertainModel, UncertainRate, UncertainSlope, incomplete_repair,
    interval_for_incomplete_repair,
};
use chemorad::radiotherapy::{DailyPattern, FractionCount, Fractionation};
use proptest::prelude::*;

fn milli<T: std::str::FromStr>(value: u32, unit: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    format!("{}.{:03} {unit}", value / 1000, value % 1000)
        .parse()
        .unwrap()
}

prop_compose! {
    fn fractionation()(n in 1_u32..=60, milligray in 500_u32..12_000) -> Fractionation {
        let dose: AbsorbedDose = milli(milligray, "Gy");
        Fractionation::from_dose_per_fraction(dose, FractionCount::new(n).unwrap()).unwrap()
    }
}

prop_compose! {
    fn alpha_beta()(value in 500_u32..20_000) -> AlphaBeta { milli(value, "Gy") }
}

prop_compose! {
    fn pattern()(m in 1_u32..=3, interval in 500_u32..11_900) -> DailyPattern {
        if m == 1 { DailyPattern::ONCE } else { DailyPattern::equal(m, milli(interval, "h")).unwrap() }
    }
}

prop_compose! {
    fn repopulation()(kind in 0..3, a in 10_u32..1500, days in 1500_u32..20_000, kick in 0_u32..40_000) -> Repopulation {
        let kick_off: KickOffTime = milli(kick, "d");
        match kind {
            0 => Repopulation::bed(milli(a, "Gy/d"), kick_off),
            1 => Repopulation::doubling(milli(a, "/Gy"), milli(days, "d"), kick_off),
            _ => Repopulation::eqd2(milli(a, "Gy/d"), kick_off),
        }
    }
}

prop_compose! {
    fn tail()(above in 2000_u32..8000, share in prop::option::of(1_u32..=1000)) -> (AbsorbedDose, Option<u32>) {
        (milli(above, "Gy"), share)
    }
}

/// A tail whose slope is a share of the tangent at an α/β.
fn tail_at((above, share): (AbsorbedDose, Option<u32>), alpha_beta: AlphaBeta) -> LinearTail {
    let tangent = 1.0 + 2.0 * above.gray() / alpha_beta.gray();
    let slope = share.map_or(FinalSlope::TANGENT, |share| {
        FinalSlope::stated(tangent * f64::from(share) / 1000.0).unwrap()
    });
    LinearTail::new(above, slope)
}

fn close(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-9 * left.abs().max(right.abs()).max(1.0)
}

/// Two values in order.
fn pair(range: std::ops::Range<u32>) -> impl Strategy<Value = (u32, u32)> {
    (range.clone(), range).prop_map(|(a, b)| (a.min(b), a.max(b)))
}

fn between(ends: (u32, u32), share: u32) -> u32 {
    ends.0 + (ends.1 - ends.0) * share / 100
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn losing_time_never_raises_the_effect(
        given in fractionation(), ab in alpha_beta(), loss in repopulation(),
        days in 0_u32..90, more in 0_u32..30,
    ) {
        let model = EffectModel::new(ab).with_repopulation(loss).unwrap();
        let bed = |days| {
            let treatment = Treatment::from_fractionations(&[given]).unwrap().with_time(TreatmentTime::stated(days));
            model.effect(&treatment).unwrap().bed().gray()
        };
        prop_assert!(bed(days + more) <= bed(days));
        prop_assert!(bed(days) <= LinearQuadratic::new(ab).bed(given).gray());
        prop_assert!(bed(days) >= 0.0);
        // days up to the kick-off time cost nothing
        if f64::from(days) <= loss.kick_off().days() {
            prop_assert!(bed(days).to_bits() == LinearQuadratic::new(ab).bed(given).gray().to_bits());
        }
    }

    #[test]
    fn incomplete_repair_lies_between_none_and_all(
        m in 2_u32..=3, interval in 1_u32..11_900, longer in 1_u32..2000, half in 100_u32..20_000,
    ) {
        let half_time: RepairHalfTime = milli(half, "h");
        let h = |interval: u32| {
            incomplete_repair(half_time, DailyPattern::equal(m, milli(interval, "h")).unwrap())
        };
        let longer = (interval + longer).min(11_900);
        prop_assert!(h(interval) > 0.0 && h(interval) < f64::from(m - 1));
        prop_assert!(h(longer) <= h(interval));
        // at zero interval m - 1: a millionth of an hour is near enough
        let tiny = DailyPattern::equal(m, "0.000001 h".parse().unwrap()).unwrap();
        prop_assert!((incomplete_repair(half_time, tiny) - f64::from(m - 1)).abs() < 1e-4);
        // with many half-times between them nothing is left
        let short: RepairHalfTime = "0.1 h".parse().unwrap();
        let day = DailyPattern::equal(m, "11.9 h".parse().unwrap()).unwrap();
        prop_assert!(incomplete_repair(short, day) < 1e-30);
        let back = interval_for_incomplete_repair(half_time, m, h(interval)).unwrap();
        // where nearly all or nearly none is repaired an interval hardly changes it
        prop_assert!((back - f64::from(interval) / 1000.0).abs() < 1e-9 * half_time.hours().max(1.0));
    }

    #[test]
    fn a_linear_tail_stays_below_the_quadratic_and_has_no_step(
        n in 1_u32..30, ab in alpha_beta(), shape in tail(), over in 1_u32..6000,
    ) {
        let tail = tail_at(shape, ab);
        let model = EffectModel::new(ab).with_linear_tail(tail).unwrap();
        let bed = |micrograys: u64| {
            let dose = AbsorbedDose::from_micrograys(micrograys).unwrap();
            let given = Fractionation::from_dose_per_fraction(dose, FractionCount::new(n).unwrap()).unwrap();
            let plain = LinearQuadratic::new(ab).bed(given).gray();
            (model.effect(&Treatment::from_fractionations(&[given]).unwrap()).unwrap().bed().gray(), plain)
        };
        let above = tail.above().micrograys();
        let (value, plain) = bed(above + u64::from(over) * 1000);
        prop_assert!(value <= plain * (1.0 + 1e-15));
        // equal at and below the transition, and a microgray above it hardly different
        let (at, plain_at) = bed(above);
        prop_assert!(at.to_bits() == plain_at.to_bits());
        let (just_above, _) = bed(above + 1);
        let step = tail.slope_at(ab) * 1e-6 * f64::from(n);
        prop_assert!((just_above - at - step).abs() < 1e-12 * at);
    }

    #[test]
    fn the_dose_found_gives_the_target(
        given in fractionation(), ab in alpha_beta(), loss in prop::option::of(repopulation()),
        day in pattern(), half in 200_u32..10_000, days in 0_u32..90,
        shape in prop::option::of(tail()), as_eqd in any::<bool>(),
    ) {
        let mut model = EffectModel::new(ab);
        if let Some(loss) = loss {
            model = model.with_repopulation(loss).unwrap();
        }
        match shape {
            Some(shape) => model = model.with_linear_tail(tail_at(shape, ab)).unwrap(),
            None => model = model.with_incomplete_repair(milli(half, "h")).unwrap(),
        }
        let time = TreatmentTime::stated(days);
        let effect = model.effect(&Treatment::from_fractionations(&[given]).unwrap().per_day(day).with_time(time)).unwrap();
        prop_assume!(effect.bed().gray() > 0.01);
        let solved = if as_eqd {
            model.dose_per_fraction_for(effect.eqd(TWO_GRAY).unwrap(), given.fractions(), day, Some(time))
        } else {
            model.dose_per_fraction_for(effect.bed(), given.fractions(), day, Some(time))
        }.unwrap();
        prop_assert!(close(solved.gray(), given.gray_per_fraction()), "{} {}", solved.gray(), given);
        prop_assert!(solved.derivation().result.ends_with("Gy"));
        // and the number of fractions
        let dose = given.dose_per_fraction().unwrap();
        let n = model.fractions_for(effect.bed(), dose, day, Some(time)).unwrap();
        prop_assert!(close(n.exact(), f64::from(given.fractions().get())), "{} {given}", n.exact());
        prop_assert_eq!(n.rounded(Rounding::Nearest).unwrap(), given);
        // and the time
        if loss.is_some_and(|loss| loss.days_beyond_kick_off(days) > 0.0) {
            let treatment = Treatment::from_fractionations(&[given]).unwrap().per_day(day);
            let longest = model.longest_time_for(effect.bed(), &treatment).unwrap().unwrap();
            // a slow loss makes the time uncertain by the rounding of the effect over the rate
            let rate = loss.unwrap().bed_per_day(ab);
            let tolerance = 1e-12 * (f64::from(days) + (effect.bed().gray() + effect.bed_lost()) / rate);
            prop_assert!((longest - f64::from(days)).abs() <= tolerance + 1e-9, "{longest} {days}");
        }
    }

    #[test]
    fn rounding_keeps_its_promise(
        target in 10_u32..100_000, n in 1_u32..=60, ab in alpha_beta(), day in pattern(),
    ) {
        let model = EffectModel::new(ab).with_incomplete_repair("2 h".parse().unwrap()).unwrap();
        let target = Bed::new(f64::from(target) / 1000.0, ab).unwrap();
        let step: AbsorbedDose = "0.01 Gy".parse().unwrap();
        let solved = model.dose_per_fraction_for(target, FractionCount::new(n).unwrap(), day, None).unwrap();
        let bed = |given| {
            let treatment = Treatment::from_fractionations(&[given]).unwrap().per_day(day);
            model.effect(&treatment).unwrap().bed().gray()
        };
        let slack = 1e-8 * target.gray();
        if let Ok(up) = solved.rounded(step, Rounding::Up) {
            prop_assert!(bed(up) >= target.gray() - slack);
        }
        if let Ok(down) = solved.rounded(step, Rounding::Down) {
            prop_assert!(bed(down) <= target.gray() + slack);
        }
        let dose: AbsorbedDose = "1.5 Gy".parse().unwrap();
        let solved = model.fractions_for(target, dose, day, None).unwrap();
        if let Ok(up) = solved.rounded(Rounding::Up) {
            prop_assert!(bed(up) >= target.gray() - slack);
        }
        if let Ok(down) = solved.rounded(Rounding::Down) {
            prop_assert!(bed(down) <= target.gray() + slack);
        }
    }

    #[test]
    fn intervals_contain_their_samples(
        first in fractionation(), second in fractionation(),
        days in (0_u32..90, 0_u32..90), day in pattern(),
        ab in pair(500..20_000), from_zero in any::<bool>(),
        loss in pair(10..1500), alpha in pair(100..600), doubling in pair(1500..20_000),
        kick in pair(0..50_000), half in pair(200..9000), above in pair(2000..8000),
        slope in pair(1..1000), kinds in (0..4, 0..4),
        shares in prop::collection::vec((0_u32..=100, 0_u32..=100, 0_u32..=100, 0_u32..=100, 0_u32..=100), 20),
    ) {
        let (rate_kind, part_kind) = kinds;
        let high: AlphaBeta = milli(ab.1, "Gy");
        let interval = if from_zero { AlphaBetaInterval::from_zero(high) } else {
            AlphaBetaInterval::new(milli(ab.0, "Gy"), high).unwrap()
        };
        let mut uncertain = UncertainModel::new(interval);
        let kick_off = ParameterRange::<KickOffTime>::new(milli(kick.0, "d"), milli(kick.1, "d")).unwrap();
        uncertain = match rate_kind {
            0 => uncertain,
            1 => uncertain.with_repopulation(UncertainRate::Bed(
                ParameterRange::<BedLossPerDay>::new(milli(loss.0, "Gy/d"), milli(loss.1, "Gy/d")).unwrap()), kick_off),
            2 => uncertain.with_repopulation(UncertainRate::Doubling {
                alpha: ParameterRange::new(milli(alpha.0, "/Gy"), milli(alpha.1, "/Gy")).unwrap(),
                doubling_time: ParameterRange::<DoublingTime>::new(milli(doubling.0, "d"), milli(doubling.1, "d")).unwrap(),
            }, kick_off),
            _ => uncertain.with_repopulation(UncertainRate::Eqd {
                loss: ParameterRange::<EqdLossPerDay>::new(milli(loss.0, "Gy/d"), milli(loss.1, "Gy/d")).unwrap(),
                reference: TWO_GRAY,
            }, kick_off),
        };
        let above_range = ParameterRange::<AbsorbedDose>::new(milli(above.0, "Gy"), milli(above.1, "Gy")).unwrap();
        let tangent = 1.0 + 2.0 * above_range.low().gray() / high.gray();
        let slope_of = |share: u32| tangent * f64::from(share) / 1000.0;
        uncertain = match part_kind {
            0 => uncertain,
            1 => uncertain.with_incomplete_repair(
                ParameterRange::<RepairHalfTime>::new(milli(half.0, "h"), milli(half.1, "h")).unwrap()).unwrap(),
            2 => uncertain.with_linear_tail(above_range, UncertainSlope::Tangent).unwrap(),
            _ => uncertain.with_linear_tail(above_range, UncertainSlope::Stated(
                ParameterRange::new(slope_of(slope.0), slope_of(slope.1)).unwrap())).unwrap(),
        };
        let treat = |given, days| Treatment::from_fractionations(&[given]).unwrap().per_day(day).with_time(TreatmentTime::stated(days));
        let (first, second) = (treat(first, days.0), treat(second, days.1));
        let bed = uncertain.bed(&first).unwrap();
        let eqd = uncertain.eqd(&first, TWO_GRAY).unwrap();
        let bed_difference = uncertain.difference(&first, &second, Measure::Bed).ok();
        let eqd_difference = uncertain.difference(&first, &second, Measure::Eqd(TWO_GRAY)).ok();
        prop_assert!(eqd.high.is_some());
        for (a, b, c, d, e) in shares {
            let low = if from_zero { 1 } else { ab.0 };
            let mut model = EffectModel::new(milli(between((low, ab.1), a), "Gy"));
            let kick: KickOffTime = milli(between(kick, b), "d");
            let rate = match rate_kind {
                0 => None,
                1 => Some(RepopulationRate::Bed(milli(between(loss, c), "Gy/d"))),
                2 => Some(RepopulationRate::Doubling {
                    alpha: milli(between(alpha, c), "/Gy"),
                    doubling_time: milli(between(doubling, d), "d"),
                }),
                _ => Some(RepopulationRate::Eqd { loss: milli(between(loss, c), "Gy/d"), reference: TWO_GRAY }),
            };
            if let Some(rate) = rate {
                model = model.with_repopulation(Repopulation::new(rate, kick)).unwrap();
            }
            model = match part_kind {
                0 => model,
                1 => model.with_incomplete_repair(milli(between(half, d), "h")).unwrap(),
                _ => {
                    let final_slope = if part_kind == 2 { FinalSlope::TANGENT } else {
                        FinalSlope::stated(slope_of(between(slope, e))).unwrap()
                    };
                    model.with_linear_tail(LinearTail::new(milli(between(above, d), "Gy"), final_slope)).unwrap()
                }
            };
            let (one, two) = (model.effect(&first).unwrap(), model.effect(&second).unwrap());
            let (one_bed, two_bed) = (one.bed().gray(), two.bed().gray());
            prop_assert!(bed.low <= one_bed && bed.high.is_none_or(|high| one_bed <= high), "{bed:?} {one_bed}");
            let (one_eqd, two_eqd) = (one.eqd(TWO_GRAY).unwrap().gray(), two.eqd(TWO_GRAY).unwrap().gray());
            prop_assert!(eqd.low <= one_eqd && one_eqd <= eqd.high.unwrap(), "{eqd:?} {one_eqd}");
            let holds = |low: Option<f64>, high: Option<f64>, value: f64, size: f64| {
                // the sampled difference is itself rounded
                let slack = 1e-14 * size;
                low.is_none_or(|low| low <= value + slack) && high.is_none_or(|high| value <= high + slack)
            };
            if let Some(range) = bed_difference {
                prop_assert!(holds(range.low, range.high, one_bed - two_bed, one_bed + two_bed), "{range:?} {}", one_bed - two_bed);
            }
            if let Some(range) = eqd_difference {
                prop_assert!(holds(range.low, range.high, one_eqd - two_eqd, one_eqd + two_eqd), "{range:?} {}", one_eqd - two_eqd);
            }
        }
    }
}

#[test]
fn a_comparison_uses_the_same_parameters_on_both_sides() {
    let interval = AlphaBetaInterval::new("3 Gy".parse().unwrap(), "10 Gy".parse().unwrap());
    let model = UncertainModel::new(interval.unwrap());
    let given = Treatment::from_fractionations(&["45Gy/25".parse().unwrap()]).unwrap();
    // a schedule differs from itself by nothing, though its EQD2 spans more than 1 Gy
    let eqd = model.eqd(&given, TWO_GRAY).unwrap();
    assert!(eqd.high.unwrap() - eqd.low > 1.0);
    let none = model
        .difference(&given, &given, Measure::Eqd(TWO_GRAY))
        .unwrap();
    assert!(none.low.unwrap().abs() < 1e-12 && none.high.unwrap().abs() < 1e-12);
}

#[test]
fn no_bound_is_invented_where_alpha_beta_reaches_zero() {
    // Suwinski 2007: alpha/beta 5.06 Gy (95 % CI -0.1 to 10.3)
    let model = UncertainModel::new(AlphaBetaInterval::from_zero("10.3 Gy".parse().unwrap()));
    let given = Treatment::from_fractionations(&["25Gy/5".parse().unwrap()]).unwrap();
    let bed = model.bed(&given).unwrap();
    assert!(bed.high.is_none() && bed.low > 37.0 && bed.low < 37.2);
    // EQD2 tends to D d/2 = 62.5 Gy
    let eqd = model.eqd(&given, TWO_GRAY).unwrap();
    assert!((eqd.high.unwrap() - 62.5).abs() < 1e-12);
}
