//! Repopulation, incomplete repair and the linear tail against arithmetic with 200 binary places.
//!
//! The oracle knows the formulas and nothing of the code. Powers of two and ln 2 come from their
//! series in fixed-point integers; everything else is a rational number.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

use chemorad::quantity::{
    AbsorbedDose, Alpha, AlphaBeta, BedLossPerDay, DoublingTime, EqdLossPerDay, FractionInterval,
    KickOffTime, RepairHalfTime,
};
use chemorad::radiobiology::{
    EffectModel, FinalSlope, LinearTail, Repopulation, RepopulationRate, Treatment, TreatmentTime,
    incomplete_repair,
};
use chemorad::radiotherapy::{DailyPattern, FractionCount, Fractionation};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use proptest::prelude::*;

const CASES: u32 = 2000;
/// The stated bound: units in the last place of the sum of the sizes of the terms.
const ULPS: f64 = 4.0;

fn ratio(numerator: u64, denominator: u64) -> BigRational {
    BigRational::new(BigInt::from(numerator), BigInt::from(denominator))
}

fn micro(value: u64) -> BigRational {
    ratio(value, 1_000_000)
}

fn scale() -> BigInt {
    BigInt::one() << 200
}

/// ln 2 = Σ 1/(k 2^k), cut off below 2^-200.
fn ln2() -> BigRational {
    let sum: BigInt = (1_u32..220).map(|k| scale() / (BigInt::from(k) << k)).sum();
    BigRational::new(sum, scale())
}

/// 2^(−t) = 2^(−whole) Σ (−rest ln 2)^k/k!
fn two_to_minus(t: &BigRational) -> BigRational {
    let whole = t.floor();
    let argument = (t - &whole) * ln2();
    // fixed point keeps the numbers short
    let fixed = (argument * BigRational::from(scale())).to_integer();
    let (mut term, mut sum) = (scale(), scale());
    for k in 1_u32..80 {
        term = -(term * &fixed) / scale() / BigInt::from(k);
        sum += &term;
    }
    let whole = whole.to_integer().to_u64().unwrap();
    BigRational::new(sum, scale() << whole)
}

/// The error in units in the last place of `size`.
fn ulps(value: f64, truth: &BigRational, size: &BigRational) -> f64 {
    let error = (BigRational::from_float(value).unwrap() - truth).abs();
    if error.is_zero() {
        return 0.0;
    }
    let size = size.to_f64().unwrap();
    let unit = f64::from_bits(size.to_bits() + 1) - size;
    (error / BigRational::from_float(unit).unwrap())
        .to_f64()
        .unwrap()
}

/// The worst error seen, so that the bound in the documentation is not idle.
fn within(value: f64, truth: &BigRational, size: &BigRational) -> Result<(), TestCaseError> {
    let error = ulps(value, truth, size);
    prop_assert!(error <= ULPS, "{error} units in the last place");
    Ok(())
}

fn fractionation(n: u32, micrograys: u64) -> Fractionation {
    let dose = AbsorbedDose::from_micrograys(micrograys).unwrap();
    Fractionation::from_dose_per_fraction(dose, FractionCount::new(n).unwrap()).unwrap()
}

fn alpha_beta(micrograys: u64) -> AlphaBeta {
    AlphaBeta::from_micrograys(micrograys).unwrap()
}

fn micro_text<T: std::str::FromStr>(micro: u64, unit: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    format!("{}.{:06} {unit}", micro / 1_000_000, micro % 1_000_000)
        .parse()
        .unwrap()
}

prop_compose! {
    fn dose()(n in 1_u32..=80, cgy in 10_u64..2000, exact in any::<bool>(), fine in 0_u64..10_000) -> (u32, u64) {
        let micrograys = cgy * 10_000 + if exact { 0 } else { fine };
        (n, micrograys.min(1_000_000_000 / u64::from(n)))
    }
}

prop_compose! {
    fn any_rate()(kind in 0..3, a in 1_u64..3_000_000, b in 1_u64..100_000_000) -> RepopulationRate {
        match kind {
            0 => RepopulationRate::Bed(micro_text::<BedLossPerDay>(a, "Gy/d")),
            1 => RepopulationRate::Doubling {
                alpha: micro_text::<Alpha>(a, "/Gy"),
                doubling_time: micro_text::<DoublingTime>(b, "d"),
            },
            _ => RepopulationRate::Eqd {
                loss: micro_text::<EqdLossPerDay>(a, "Gy/d"),
                reference: AbsorbedDose::constant("2 Gy"),
            },
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn repopulation(
        (n, d) in dose(), ab in 100_000_u64..30_000_000, rate in any_rate(),
        days in 0_u32..120, kick_off in 0_u64..60_000_000,
    ) {
        let given = fractionation(n, d);
        let kick: KickOffTime = micro_text(kick_off, "d");
        let model = EffectModel::new(alpha_beta(ab))
            .with_repopulation(Repopulation::new(rate, kick)).unwrap();
        let treatment = Treatment::from_fractionations(&[given]).unwrap().with_time(TreatmentTime::stated(days));
        let effect = model.effect(&treatment).unwrap();
        let per_day = match rate {
            RepopulationRate::Bed(loss) => micro(loss.micrograys_per_day()),
            RepopulationRate::Doubling { alpha, doubling_time } =>
                ln2() / (micro(alpha.per_million_gray()) * micro(doubling_time.microdays())),
            RepopulationRate::Eqd { loss, reference } => micro(loss.micrograys_per_day())
                * (BigRational::one() + ratio(reference.micrograys(), ab)),
        };
        let excess = (BigRational::from(BigInt::from(days)) - micro(kick_off)).max(BigRational::zero());
        let loss = per_day * excess;
        within(effect.bed_lost(), &loss, &loss.clone().max(ratio(1, u64::MAX)))?;
        let dose = micro(given.total().micrograys());
        let plain = &dose * (BigRational::one() + ratio(d, ab));
        let size = &plain + &loss;
        let truth = &plain - &loss;
        let value = effect.below_zero().unwrap_or(effect.bed().gray());
        within(value, &truth, &size)?;
        prop_assert!(effect.bed().gray() >= 0.0);
        let x = AbsorbedDose::constant("2 Gy");
        if truth > BigRational::zero() {
            let factor = BigRational::one() / (BigRational::one() + ratio(2_000_000, ab));
            within(effect.eqd(x).unwrap().gray(), &(truth * &factor), &(size * factor))?;
        }
        // the terms add up to the whole
        let sum: f64 = effect.terms().iter().map(|term| term.gray).sum();
        let slack = effect.terms().iter().map(|term| term.gray.abs()).sum::<f64>() * 1e-15;
        prop_assert!((sum - value).abs() <= slack);
    }

    #[test]
    fn repair(
        (n, d) in dose(), ab in 100_000_u64..30_000_000, half_time in 100_000_u64..20_000_000,
        intervals in prop::collection::vec(1_u64..11_900_000, 1..3),
    ) {
        let half: RepairHalfTime = micro_text(half_time, "h");
        let list: Vec<FractionInterval> = intervals.iter().map(|&i| micro_text(i, "h")).collect();
        let pattern = DailyPattern::unequal(&list).unwrap();
        let m = pattern.fractions();
        let mut times = vec![0];
        for interval in &intervals {
            times.push(times.last().unwrap() + interval);
        }
        let pairs = |count: u32| -> BigRational {
            let used = &times[..count as usize];
            let mut sum = BigRational::zero();
            for (j, later) in used.iter().enumerate() {
                for earlier in &used[..j] {
                    sum += two_to_minus(&ratio(later - earlier, half_time));
                }
            }
            sum
        };
        let h = ratio(2, u64::from(m)) * pairs(m);
        within(incomplete_repair(half, pattern), &h, &h)?;

        let given = fractionation(n, d);
        let model = EffectModel::new(alpha_beta(ab)).with_incomplete_repair(half).unwrap();
        let effect = model.effect(&Treatment::from_fractionations(&[given]).unwrap().per_day(pattern)).unwrap();
        let full = BigRational::from(BigInt::from(n / m)) * pairs(m);
        let last = if n % m == 0 { BigRational::zero() } else { pairs(n % m) };
        let squares = micro(d) * ratio(d, ab);
        let truth = micro(given.total().micrograys()) + &squares * BigRational::from(BigInt::from(n))
            + ratio(2, 1) * squares * (full + last);
        within(effect.bed().gray(), &truth, &truth)?;
        // equal intervals: the closed form of Thames 1985
        if m == 3 {
            let equal = DailyPattern::equal(3, list[0]).unwrap();
            let phi = two_to_minus(&ratio(intervals[0], half_time));
            let one = BigRational::one();
            let cube = &phi * &phi * &phi;
            let closed = ratio(2, 3) * (&phi / (&one - &phi))
                * (ratio(3, 1) - (&one - cube) / (&one - &phi));
            within(incomplete_repair(half, equal), &closed, &closed)?;
        }
    }

    #[test]
    fn linear_tail(
        (n, d) in dose(), ab in 100_000_u64..30_000_000, above in 500_000_u64..12_000_000,
        slope in prop::option::of(1_u32..=1000),
    ) {
        let given = fractionation(n, d);
        let tangent = BigRational::one() + ratio(2 * above, ab);
        // thousandths of the tangent, rounded to f64 like any stated slope
        let stated = slope.map(|share| tangent.to_f64().unwrap().min(1000.0) * f64::from(share) / 1000.0);
        let final_slope = stated.map_or(FinalSlope::TANGENT, |slope| FinalSlope::stated(slope).unwrap());
        let tail = LinearTail::new(AbsorbedDose::from_micrograys(above).unwrap(), final_slope);
        let model = EffectModel::new(alpha_beta(ab)).with_linear_tail(tail).unwrap();
        let effect = model.effect(&Treatment::from_fractionations(&[given]).unwrap()).unwrap();
        let of = |d: u64| micro(d) * (BigRational::one() + ratio(d, ab));
        let truth = if d <= above { of(d) } else {
            let slope = stated.map_or(tangent, |slope| BigRational::from_float(slope).unwrap());
            of(above) + slope * micro(d - above)
        } * BigRational::from(BigInt::from(n));
        within(effect.bed().gray(), &truth, &truth)?;
    }
}
