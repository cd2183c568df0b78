//! Exact rational arithmetic as the judge of the linear-quadratic results.
//!
//! The oracle knows the formulas and nothing of the code: it works on `BigRational`s made from
//! micrograys. Plain BED and EQDx must be the correctly rounded `f64`, bit for bit; inverses and
//! voxel slices must lie within 4 units in the last place of the exact value.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

use chemorad::quantity::{AbsorbedDose, AlphaBeta, Bed, Eqd};
use chemorad::radiobiology::{AlphaBetaInterval, DoseSeries, LinearQuadratic, SolveError};
use chemorad::radiotherapy::{FractionCount, Fractionation};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};
use proptest::prelude::*;

const CASES: u32 = 3000;
const MAX: u64 = 1_000_000_000;

fn dose(micrograys: u64) -> AbsorbedDose {
    AbsorbedDose::from_micrograys(micrograys).unwrap()
}

fn alpha_beta(micrograys: u64) -> AlphaBeta {
    AlphaBeta::from_micrograys(micrograys).unwrap()
}

fn count(n: u32) -> FractionCount {
    FractionCount::new(n).unwrap()
}

fn whole(number: u64) -> BigRational {
    BigRational::from_integer(BigInt::from(number))
}

/// Micrograys as an exact number of gray.
fn gray(micrograys: u64) -> BigRational {
    BigRational::new(BigInt::from(micrograys), BigInt::from(1_000_000))
}

fn exact(value: f64) -> BigRational {
    BigRational::from_float(value).unwrap()
}

/// The nearest `f64`, ties to even. What the rational library rounds to is checked against both
/// neighbours, so that the judge is judged too.
fn rounded(truth: &BigRational) -> f64 {
    let value = truth.to_f64().unwrap();
    let error = (exact(value) - truth).abs();
    for neighbour in [
        f64::from_bits(value.to_bits() + 1),
        f64::from_bits(value.to_bits() - 1),
    ] {
        let other = (exact(neighbour) - truth).abs();
        assert!(error < other || (error == other && value.to_bits() % 2 == 0));
    }
    value
}

/// Distance in units in the last place of `value`'s own precision.
fn ulps_f64(value: f64, truth: &BigRational) -> f64 {
    let unit = exact(f64::from_bits(value.abs().to_bits() + 1)) - exact(value.abs());
    ((exact(value) - truth).abs() / unit).to_f64().unwrap()
}

fn ulps_f32(value: f32, truth: &BigRational) -> f64 {
    let unit =
        exact(f64::from(f32::from_bits(value.abs().to_bits() + 1))) - exact(f64::from(value.abs()));
    ((exact(f64::from(value)) - truth).abs() / unit)
        .to_f64()
        .unwrap()
}

/// The square root to 300 bits below the binary point of the numerator.
fn square_root(value: &BigRational) -> BigRational {
    let scale = BigInt::from(1) << 300_u32;
    let scaled = value.numer() * &scale * &scale / value.denom();
    BigRational::new(scaled.sqrt(), scale)
}

/// `(D micrograys, n)` of each phase.
type Phases = Vec<(u64, u32)>;

/// BED in gray: the sum over the phases of `D (1 + D/(n a/b))`.
fn bed(phases: &Phases, alpha_beta: u64) -> BigRational {
    phases
        .iter()
        .map(|&(total, n)| {
            let d = gray(total) / whole(n.into());
            gray(total) * (whole(1) + d / gray(alpha_beta))
        })
        .fold(BigRational::zero(), |sum, bed| sum + bed)
}

/// EQDx in gray: `BED/(1 + x/(a/b))`.
fn eqd(phases: &Phases, alpha_beta: u64, x: u64) -> BigRational {
    bed(phases, alpha_beta) / (whole(1) + gray(x) / gray(alpha_beta))
}

fn fractionation(total: u64, n: u32) -> Fractionation {
    Fractionation::from_total(dose(total), count(n))
}

fn series(phases: &Phases) -> Option<DoseSeries> {
    let fractionations: Vec<_> = phases.iter().map(|&(d, n)| fractionation(d, n)).collect();
    DoseSeries::from_fractionations(&fractionations)
}

/// Doses a person would write (whole centigrays), any whole number of micrograys, and the ends.
fn micrograys() -> impl Strategy<Value = u64> {
    prop_oneof![
        4 => (1_u64..=8000).prop_map(|centigrays| centigrays * 10_000),
        4 => 1_u64..=MAX,
        1 => 1_u64..=1000,
        1 => (MAX - 1000)..=MAX,
    ]
}

/// Several phases whose sum stays a dose.
fn phase_list() -> impl Strategy<Value = Phases> {
    let phase = (
        prop_oneof![
            (1_u64..=1600).prop_map(|centigrays| centigrays * 100_000),
            1_u64..=160_000_000
        ],
        1_u32..=200,
    );
    proptest::collection::vec(phase, 1..=6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn bed_and_eqd_are_correctly_rounded(
        total in micrograys(), n in 1_u32..=200, ab in micrograys(), x in micrograys(),
    ) {
        let model = LinearQuadratic::new(alpha_beta(ab));
        let phases = vec![(total, n)];
        let given = fractionation(total, n);
        prop_assert_eq!(model.bed(given).gray(), rounded(&bed(&phases, ab)));
        prop_assert_eq!(model.eqd(given, dose(x)).gray(), rounded(&eqd(&phases, ab, x)));
        prop_assert_eq!(model.eqd2(given).gray(), rounded(&eqd(&phases, ab, 2_000_000)));
    }

    #[test]
    fn series_are_correctly_rounded(phases in phase_list(), ab in micrograys(), x in micrograys()) {
        let model = LinearQuadratic::new(alpha_beta(ab));
        // refused only when the numbers of fractions have no usable common multiple
        let Some(series) = series(&phases) else {
            let multiple = phases.iter().fold(1_u128, |m, &(_, n)| {
                let (mut a, mut b) = (m, u128::from(n));
                while b != 0 { (a, b) = (b, a % b); }
                m / a * u128::from(n)
            });
            prop_assert!(multiple >= 1 << 60);
            return Ok(());
        };
        prop_assert_eq!(model.bed_of(&series).gray(), rounded(&bed(&phases, ab)));
        prop_assert_eq!(
            model.eqd_of(&series, dose(x)).gray(),
            rounded(&eqd(&phases, ab, x))
        );
    }

    #[test]
    fn dose_per_fraction_is_the_root(
        target in 0.01_f64..2000.0, n in 1_u32..=200, ab in micrograys(), x in micrograys(),
    ) {
        let model = LinearQuadratic::new(alpha_beta(ab));
        let bed = Bed::new(target, alpha_beta(ab)).unwrap();
        let eqd = Eqd::new(target, alpha_beta(ab), dose(x)).unwrap();
        for (solved, weight) in [
            (model.dose_per_fraction_for(bed, count(n)), gray(ab)),
            (model.dose_per_fraction_for(eqd, count(n)), gray(ab) + gray(x)),
        ] {
            let c = exact(target) * weight / whole(n.into());
            let ab = gray(ab);
            let root = (square_root(&(&ab * &ab + whole(4) * c)) - ab) / whole(2);
            match solved {
                Ok(solved) => {
                    let away = ulps_f64(solved.gray(), &root);
                    prop_assert!(away <= 4.0, "{away} ulp from {root}");
                }
                Err(SolveError::DoseOutOfRange(_)) => {
                    prop_assert!(root <= gray(1) || root >= gray(MAX));
                }
                Err(error) => prop_assert!(false, "{error}"),
            }
        }
    }

    #[test]
    fn number_of_fractions_is_the_quotient(
        target in 0.01_f64..2000.0, d in micrograys(), ab in micrograys(), x in micrograys(),
    ) {
        let model = LinearQuadratic::new(alpha_beta(ab));
        let bed = Bed::new(target, alpha_beta(ab)).unwrap();
        let eqd = Eqd::new(target, alpha_beta(ab), dose(x)).unwrap();
        let effect = gray(d) * (gray(d) + gray(ab));
        for (solved, weight) in [
            (model.fractions_for(bed, dose(d)), gray(ab)),
            (model.fractions_for(eqd, dose(d)), gray(ab) + gray(x)),
        ] {
            let truth = exact(target) * weight / &effect;
            match solved {
                Ok(solved) => {
                    let away = ulps_f64(solved.exact(), &truth);
                    prop_assert!(away <= 4.0, "{away} ulp from {truth}");
                }
                Err(SolveError::FractionsOutOfRange(_)) => {
                    prop_assert!(truth > exact(9e14) || truth < exact(2e-15));
                }
                Err(error) => prop_assert!(false, "{error}"),
            }
        }
    }

    #[test]
    fn isoeffective_schedules(
        total in 100_u64..=16_000, n in 1_u32..=100, to in 1_u32..=100, d in 10_u64..=2000,
        ab in 50_u64..=3000,
    ) {
        let (total, d, ab) = (total * 10_000, d * 10_000, ab * 10_000);
        let model = LinearQuadratic::new(alpha_beta(ab));
        let from = fractionation(total, n);
        let effect = bed(&vec![(total, n)], ab) * gray(ab);
        let root = {
            let c = &effect / whole(to.into());
            (square_root(&(gray(ab) * gray(ab) + whole(4) * c)) - gray(ab)) / whole(2)
        };
        let solved = model.isoeffective_in(from, count(to)).unwrap();
        prop_assert!(ulps_f64(solved.gray(), &root) <= 4.0);
        let solved = model.isoeffective_with(from, dose(d)).unwrap();
        let fractions = effect / (gray(d) * (gray(d) + gray(ab)));
        prop_assert!(ulps_f64(solved.exact(), &fractions) <= 4.0);
    }

    #[test]
    fn voxel_slices_f64(
        doses in proptest::collection::vec(0.0_f64..200.0, 0..40), n in 1_u32..=200,
        ab in micrograys(), x in micrograys(),
    ) {
        let model = LinearQuadratic::new(alpha_beta(ab));
        let (mut beds, mut eqds) = (vec![-1.0; doses.len()], vec![-1.0; doses.len()]);
        model.bed_voxels(&doses, count(n), &mut beds).unwrap();
        model.eqd_voxels(&doses, count(n), dose(x), &mut eqds).unwrap();
        for ((&voxel, &bed), &eqd) in doses.iter().zip(&beds).zip(&eqds) {
            let total = exact(voxel);
            let d = &total / whole(n.into());
            let truth = &total * (whole(1) + &d / gray(ab));
            prop_assert!(ulps_f64(bed, &truth) <= 4.0, "BED of {voxel}");
            let truth = &total * (&d + gray(ab)) / (gray(x) + gray(ab));
            prop_assert!(ulps_f64(eqd, &truth) <= 4.0, "EQD of {voxel}");
        }
        let mut in_place = doses.clone();
        model.bed_voxels_in_place(&mut in_place, count(n)).unwrap();
        prop_assert_eq!(in_place, beds);
        let mut in_place = doses;
        model.eqd_voxels_in_place(&mut in_place, count(n), dose(x)).unwrap();
        prop_assert_eq!(in_place, eqds);
    }

    #[test]
    fn voxel_slices_f32(
        doses in proptest::collection::vec(0.0_f32..200.0, 0..40), n in 1_u32..=200,
        ab in micrograys(), x in micrograys(),
    ) {
        let model = LinearQuadratic::new(alpha_beta(ab));
        let (mut beds, mut eqds) = (vec![-1.0; doses.len()], vec![-1.0; doses.len()]);
        model.bed_voxels(&doses, count(n), &mut beds).unwrap();
        model.eqd_voxels(&doses, count(n), dose(x), &mut eqds).unwrap();
        for ((&voxel, &bed), &eqd) in doses.iter().zip(&beds).zip(&eqds) {
            let total = exact(voxel.into());
            let d = &total / whole(n.into());
            let truth = &total * (whole(1) + &d / gray(ab));
            prop_assert!(ulps_f32(bed, &truth) <= 4.0, "BED of {voxel}");
            let truth = &total * (&d + gray(ab)) / (gray(x) + gray(ab));
            prop_assert!(ulps_f32(eqd, &truth) <= 4.0, "EQD of {voxel}");
        }
        let mut in_place = doses.clone();
        model.bed_voxels_in_place(&mut in_place, count(n)).unwrap();
        prop_assert_eq!(in_place, beds);
        let mut in_place = doses;
        model.eqd_voxels_in_place(&mut in_place, count(n), dose(x)).unwrap();
        prop_assert_eq!(in_place, eqds);
    }

    /// BED falls with a/b and EQDx is monotone in it, so the ends contain what lies between: also
    /// after rounding, which is monotone.
    #[test]
    fn interval_ends_contain_samples(
        phases in phase_list(), x in micrograys(), low in micrograys(), high in micrograys(),
        samples in proptest::collection::vec(0.0_f64..=1.0, 8),
    ) {
        let Some(series) = series(&phases) else { return Ok(()) };
        let (low, high) = (low.min(high), low.max(high));
        let closed = AlphaBetaInterval::new(alpha_beta(low), alpha_beta(high)).unwrap();
        let open = AlphaBetaInterval::from_zero(alpha_beta(high));
        prop_assert_eq!(open.bed(&series).high, None);
        for part in samples {
            #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss,
                clippy::cast_sign_loss, reason = "any number in the interval will do")]
            let at = (low + (part * (high - low) as f64) as u64).min(high);
            let model = LinearQuadratic::new(alpha_beta(at));
            let (bed, eqd) = (model.bed_of(&series).gray(), model.eqd_of(&series, dose(x)).gray());
            let range = closed.bed(&series);
            prop_assert!(range.low.gray() <= bed && bed <= range.high.unwrap().gray());
            prop_assert!(open.bed(&series).low.gray() <= bed);
            for range in [closed.eqd(&series, dose(x)), open.eqd(&series, dose(x))] {
                prop_assert!(range.low <= eqd && eqd <= range.high, "{eqd} outside {range:?}");
            }
        }
    }

    /// As a/b goes to zero, EQDx tends to the sum of D d/x: the end of an interval that reaches
    /// zero is that number, correctly rounded.
    #[test]
    fn limit_at_zero(phases in phase_list(), x in micrograys(), high in micrograys()) {
        let Some(series) = series(&phases) else { return Ok(()) };
        let limit = rounded(&phases.iter().fold(BigRational::zero(), |sum, &(total, n)| {
            sum + gray(total) * gray(total) / whole(n.into()) / gray(x)
        }));
        let range = AlphaBetaInterval::from_zero(alpha_beta(high)).eqd(&series, dose(x));
        prop_assert!(range.low == limit || range.high == limit, "{limit}: {range:?}");
    }
}

/// Both ends of every domain: the widest integers the exact sums can meet.
#[test]
fn extremes_are_correctly_rounded() {
    let numbers = [1, 2, 9_999, 10_000, 999_999_999, MAX];
    for total in numbers {
        for ab in numbers {
            for x in numbers {
                for n in [1, 2, 3, 199, 200] {
                    let model = LinearQuadratic::new(alpha_beta(ab));
                    let phases = vec![(total, n)];
                    let given = fractionation(total, n);
                    assert_eq!(
                        model.bed(given).gray(),
                        rounded(&bed(&phases, ab)),
                        "{total} {n} {ab}"
                    );
                    assert_eq!(
                        model.eqd(given, dose(x)).gray(),
                        rounded(&eqd(&phases, ab, x)),
                        "{total} {n} {ab} {x}"
                    );
                    // the limit at zero, also for an x that is no whole centigray
                    let open = AlphaBetaInterval::from_zero(alpha_beta(ab));
                    let range = open.eqd(&DoseSeries::new(given), dose(x));
                    let limit = rounded(&(gray(total) * gray(total) / whole(n.into()) / gray(x)));
                    assert!(
                        range.low == limit || range.high == limit,
                        "{total} {n} {ab} {x}"
                    );
                }
            }
        }
    }
}

/// Six phases whose numbers of fractions have a large common multiple (about 2^45), at the largest
/// doses: the sums of squares come near their 128 bits.
#[test]
fn widest_series() {
    let phases: Phases = [199, 197, 193, 191, 181, 179]
        .iter()
        .map(|&n| (166_666_666, n))
        .collect();
    let series = series(&phases).unwrap();
    for ab in [1, 3_000_000, 999_999_999, MAX] {
        let model = LinearQuadratic::new(alpha_beta(ab));
        assert_eq!(model.bed_of(&series).gray(), rounded(&bed(&phases, ab)));
        for x in [1, 2_000_000, MAX] {
            assert_eq!(
                model.eqd_of(&series, dose(x)).gray(),
                rounded(&eqd(&phases, ab, x))
            );
        }
    }
}

/// Seven such phases still have a multiple below 2^60, eight do not: refused, not rounded.
#[test]
fn no_common_multiple_is_refused() {
    let primes = [199, 197, 193, 191, 181, 179, 173, 167];
    let phases: Phases = primes.iter().map(|&n| (1_000_000, n)).collect();
    assert!(series(&phases[..7].to_vec()).is_some());
    assert!(series(&phases).is_none());
}

/// All the trial-like prescriptions in centigrays against the oracle: the fast path in particular.
#[test]
fn centigray_grid_is_correctly_rounded() {
    for ab in [90, 300, 506, 1000] {
        let model = LinearQuadratic::new(alpha_beta(ab * 10_000));
        for d in (100_u64..=300).step_by(7) {
            for n in 1..=40_u32 {
                let total = d * 10_000 * u64::from(n);
                let phases = vec![(total, n)];
                let given = fractionation(total, n);
                assert_eq!(model.bed(given).gray(), rounded(&bed(&phases, ab * 10_000)));
                assert_eq!(
                    model.eqd2(given).gray(),
                    rounded(&eqd(&phases, ab * 10_000, 2_000_000))
                );
            }
        }
    }
}
