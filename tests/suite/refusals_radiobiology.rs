//! What has no BED, EQD or solution, and defects of other open programs: centigrays taken for grays,
//! one dose per fraction for all voxels, physical doses returned as EQD2, NaN as an answer.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]
#![allow(clippy::doc_markdown, reason = "names of programs")]

use std::fmt::Debug;
use std::str::FromStr;

use chemorad::quantity::{AbsorbedDose, AlphaBeta, Bed, Eqd};
use chemorad::radiobiology::{
    AlphaBetaInterval, DoseSeries, LinearQuadratic, Rounding, SolveError, TWO_GRAY, VoxelError,
    cautions,
};
use chemorad::radiotherapy::{FractionCount, Fractionation};
use chemorad::report::Outcome;

fn refusal<T: FromStr + Debug>(text: &str) -> String
where
    T::Err: ToString,
{
    match text.parse::<T>() {
        Ok(value) => panic!("{text:?} was read as {value:?}"),
        Err(error) => error.to_string(),
    }
}

fn ab(text: &str) -> AlphaBeta {
    text.parse().unwrap()
}

fn count(n: u32) -> FractionCount {
    FractionCount::new(n).unwrap()
}

/// pyradiobiology takes 4500 cGy at 1000 cGy for EQD2 5299 cGy, its 2 Gy being a bare 2.
#[test]
fn centigrays() {
    let model = LinearQuadratic::new(ab("1000 cGy"));
    let pelvis: Fractionation = "4500cGy/25".parse().unwrap();
    assert_eq!(model.eqd2(pelvis).to_string(), "44.25 Gy EQD2Gy(a/b = 10)");
    assert_eq!(
        model.eqd(pelvis, "200 cGy".parse().unwrap()),
        model.eqd2(pelvis)
    );
    // 4500 for 45 is too large to be meant
    assert!(refusal::<Fractionation>("4500Gy/25").contains("check the unit: 4500 cGy is 45 Gy"));
}

/// A quiz bank's key says 53.1 Gy for the EQD2 of 50 Gy in 25 at alpha/beta 3; 2 Gy fractions are
/// their own equivalent.
#[test]
fn two_gray_fractions() {
    assert_eq!(
        LinearQuadratic::new(ab("3 Gy"))
            .eqd2("50Gy/25".parse().unwrap())
            .gray(),
        50.0
    );
}

/// A target at another alpha/beta, of zero, or out of reach has no solution; never NaN, never zero.
#[test]
fn inverses_without_a_solution() {
    let at = ab("10 Gy");
    let model = LinearQuadratic::new(at);
    let (n, d) = (count(25), AbsorbedDose::constant("1.8 Gy"));
    let other = Bed::new(53.1, ab("3 Gy")).unwrap();
    assert_eq!(
        model
            .dose_per_fraction_for(other, n)
            .unwrap_err()
            .to_string(),
        "the target is at alpha/beta 3 Gy, the model at 10 Gy: use one alpha/beta"
    );
    assert!(model.fractions_for(other, d).is_err());
    let zero = Bed::new(0.0, at).unwrap();
    assert_eq!(
        model.dose_per_fraction_for(zero, n),
        Err(SolveError::ZeroTarget)
    );
    assert_eq!(model.fractions_for(zero, d), Err(SolveError::ZeroTarget));
    for target in [
        f64::MAX,
        1e300,
        1e200,
        1e160,
        1e9,
        1e-9,
        1e-160,
        1e-300,
        5e-324,
    ] {
        let bed = Bed::new(target, at).unwrap();
        let eqd = Eqd::new(target, at, AbsorbedDose::constant("1000 Gy")).unwrap();
        for error in [
            model.dose_per_fraction_for(bed, n).unwrap_err(),
            model.dose_per_fraction_for(eqd, n).unwrap_err(),
        ] {
            assert!(matches!(error, SolveError::DoseOutOfRange(_)), "{error}");
        }
        if !(1e-12..=1e12).contains(&target) {
            for error in [
                model.fractions_for(bed, d).unwrap_err(),
                model.fractions_for(eqd, d).unwrap_err(),
            ] {
                assert!(
                    matches!(error, SolveError::FractionsOutOfRange(_)),
                    "{error}"
                );
            }
        }
    }
    // solved, but nothing that can be given
    let small = model.fractions_for(Bed::new(0.1, at).unwrap(), d).unwrap();
    assert!(matches!(
        small.rounded(Rounding::Nearest),
        Err(SolveError::Fractions { .. })
    ));
    assert_eq!(small.rounded(Rounding::Up).unwrap().fractions().get(), 1);
    let many = model
        .fractions_for(Bed::new(1000.0, at).unwrap(), d)
        .unwrap();
    assert!(
        many.rounded(Rounding::Nearest)
            .unwrap_err()
            .to_string()
            .ends_with("possible are 1 to 200: change the dose per fraction")
    );
    let little = model
        .dose_per_fraction_for(Bed::new(0.1, at).unwrap(), n)
        .unwrap();
    assert!(matches!(
        little.rounded(AbsorbedDose::constant("0.1 Gy"), Rounding::Down),
        Err(SolveError::RoundedToZero { .. })
    ));
    let huge = model
        .dose_per_fraction_for(Bed::new(2_000_000.0, at).unwrap(), n)
        .unwrap();
    assert!(
        huge.rounded(AbsorbedDose::constant("0.1 Gy"), Rounding::Nearest)
            .is_err()
    );
}

/// DVHmetrics converts every bin of a histogram with the dose per fraction of the prescription: a
/// 20 Gy bin of 45 Gy in 25 is then 26 % too high, a 10 Gy bin of 60 Gy in 4 is 36 instead of 11.
/// Slices take n, so each voxel has its own dose per fraction.
#[test]
fn each_voxel_has_its_own_dose_per_fraction() {
    let late = LinearQuadratic::new(ab("3 Gy"));
    let mut voxels = [45.0_f64, 20.0, 0.0];
    late.eqd_voxels_in_place(&mut voxels, count(25), TWO_GRAY)
        .unwrap();
    for (voxel, right) in voxels.into_iter().zip([43.2, 15.2, 0.0]) {
        assert!((voxel - right).abs() < 1e-12, "{voxel} for {right}");
    }
    let with_one_d = 20.0 * (1.8 + 3.0) / (2.0 + 3.0);
    assert!(with_one_d / voxels[1] > 1.26);
    let mut voxels = [10.0_f32];
    late.eqd_voxels_in_place(&mut voxels, count(4), TWO_GRAY)
        .unwrap();
    assert!((voxels[0] - 11.0).abs() < 1e-5);
}

/// EQD2Viewer returns the physical dose where it cannot convert. Here such voxels are NaN, counted
/// and named, and the rest is converted.
#[test]
fn voxels_that_are_no_doses() {
    let model = LinearQuadratic::new(ab("10 Gy"));
    let n = count(25);
    let doses = [
        45.0,
        f64::NAN,
        -1.0,
        f64::INFINITY,
        f64::MAX,
        0.0,
        f64::NEG_INFINITY,
        -f64::MIN_POSITIVE,
    ];
    let mut output = [7.0; 8];
    let error = model.bed_voxels(&doses, n, &mut output).unwrap_err();
    assert_eq!(error, VoxelError::Invalid { count: 6, first: 1 });
    assert_eq!(
        error.to_string(),
        "6 voxel dose(s) are NaN, infinite, negative or too large, the first at index 1; they were set to NaN"
    );
    assert_eq!(
        output.map(f64::is_nan),
        [false, true, true, true, true, false, true, true]
    );
    assert!((output[0] - 53.1).abs() < 1e-12);
    assert_eq!(output[5], 0.0);

    let mut in_place = [1.0_f32, f32::NAN, f32::MAX, -1.0];
    let error = model
        .eqd_voxels_in_place(&mut in_place, n, TWO_GRAY)
        .unwrap_err();
    assert_eq!(error, VoxelError::Invalid { count: 3, first: 1 });
    assert_eq!(in_place.map(f32::is_nan), [false, true, true, true]);

    let mut short = [0.0; 2];
    let error = model
        .eqd_voxels(&[1.0; 3], n, TWO_GRAY, &mut short)
        .unwrap_err();
    assert_eq!(
        error,
        VoxelError::Length {
            input: 3,
            output: 2
        }
    );
    assert_eq!(
        error.to_string(),
        "3 voxels in, room for 2 out: give slices of the same length"
    );
    assert_eq!(model.bed_voxels::<f32>(&[], n, &mut []), Ok(()));
}

/// One wrong voxel is found wherever it stands, and nothing else is called wrong: neither a negative
/// zero nor results so large that their sum is infinite.
#[test]
fn one_wrong_voxel_is_found_anywhere() {
    let model = LinearQuadratic::new(ab("10 Gy"));
    for length in [1, 7, 8, 15, 16, 17, 33, 64] {
        for at in 0..length {
            for (wrong, narrowed) in [
                (f64::NAN, f32::NAN),
                (-f64::NAN, -f32::NAN),
                (-2.0, -2.0),
                (-20.0, -20.0),
                (-1e9, -1e9),
                (f64::INFINITY, f32::INFINITY),
                (f64::NEG_INFINITY, f32::NEG_INFINITY),
            ] {
                let mut doses = vec![2.0_f64; length];
                doses[at] = wrong;
                let expected = Err(VoxelError::Invalid {
                    count: 1,
                    first: at,
                });
                let mut output = vec![0.0; length];
                assert_eq!(model.bed_voxels(&doses, count(25), &mut output), expected);
                assert_eq!(model.bed_voxels_in_place(&mut doses, count(25)), expected);
                assert!(doses[at].is_nan() && output[at].is_nan());
                assert_eq!(doses.iter().filter(|dose| dose.is_nan()).count(), 1);

                let mut narrow: Vec<f32> = vec![2.0; length];
                narrow[at] = narrowed;
                let mut output = vec![0.0; length];
                assert_eq!(model.bed_voxels(&narrow, count(25), &mut output), expected);
                assert_eq!(model.bed_voxels_in_place(&mut narrow, count(25)), expected);
            }
        }
        let mut zeros = vec![-0.0_f64; length];
        assert_eq!(model.bed_voxels_in_place(&mut zeros, count(25)), Ok(()));
        assert_eq!(zeros, vec![0.0; length]);
        // BED about 1.6e308 each
        let mut large = vec![2e155_f64; length];
        assert_eq!(model.bed_voxels_in_place(&mut large, count(25)), Ok(()));
        assert!(large.iter().all(|bed| bed.is_finite() && *bed > 1e308));
        let mut large = vec![2.8e20_f32; length];
        assert_eq!(model.bed_voxels_in_place(&mut large, count(25)), Ok(()));
        assert!(large.iter().all(|bed| bed.is_finite() && *bed > 1e38));
    }
}

/// CERR prints -30.9 Gy for 60 x 0.1 Gy: without a model of repopulation that cannot happen, and the
/// fraction size is named.
#[test]
fn small_and_large_fractions_are_cautioned() {
    let tiny: Fractionation = "60 x 0.1 Gy".parse().unwrap();
    assert_eq!(LinearQuadratic::new(ab("10 Gy")).bed(tiny).gray(), 6.06);
    for (text, code) in [
        ("60 x 0.1 Gy", Some("model.below_1_gy")),
        ("1 x 0.999999 Gy", Some("model.below_1_gy")),
        ("20 x 1 Gy", None),
        ("3 x 10 Gy", None),
        ("3 x 10.000001 Gy", Some("model.above_10_gy")),
        ("1 x 18 Gy", Some("model.above_10_gy")),
        ("1 x 18.000001 Gy", Some("model.above_18_gy")),
    ] {
        let found = cautions("tumour", text.parse().unwrap());
        assert_eq!(found.first().map(chemorad::Finding::code), code, "{text}");
        assert!(
            found
                .iter()
                .all(|f| f.outcome == Outcome::Warn && f.at() == "tumour")
        );
    }
}

/// Ten and a half fractions of 2 Gy are 25.2 Gy BED at alpha/beta 10: halves go up, float noise
/// included; what is less than half goes down.
#[test]
fn halves_go_up() {
    let model = LinearQuadratic::new(ab("10 Gy"));
    let rounded = |bed: f64, rule| {
        let target = Bed::new(bed, ab("10 Gy")).unwrap();
        let solved = model.fractions_for(target, "2 Gy".parse().unwrap());
        solved.unwrap().rounded(rule).unwrap().fractions().get()
    };
    for (relative, nearest) in [
        (1.0, 11),
        (1.0 + 1e-11, 11),
        (1.0 - 1e-11, 11),
        (1.0 - 1e-6, 10),
        (1.0 + 1e-6, 11),
    ] {
        let bed = 25.2 * relative;
        assert_eq!(rounded(bed, Rounding::Nearest), nearest, "{relative}");
        assert_eq!(rounded(bed, Rounding::Down), 10, "{relative}");
        assert_eq!(rounded(bed, Rounding::Up), 11, "{relative}");
    }
}

#[test]
fn intervals_have_an_order() {
    assert_eq!(
        AlphaBetaInterval::new(ab("10 Gy"), ab("3 Gy"))
            .unwrap_err()
            .to_string(),
        "an interval from 10 Gy to 3 Gy is empty: give the lower end first"
    );
    assert!(AlphaBetaInterval::new(ab("3 Gy"), ab("3 Gy")).is_ok());
    let ends = |interval: AlphaBetaInterval| (interval.low(), interval.high());
    let closed = AlphaBetaInterval::new(ab("3 Gy"), ab("10 Gy")).unwrap();
    assert_eq!(ends(closed), (Some(ab("3 Gy")), ab("10 Gy")));
    let open = AlphaBetaInterval::from_zero(ab("10.3 Gy"));
    assert_eq!(ends(open), (None, ab("10.3 Gy")));
}

#[test]
fn series_that_do_not_exist() {
    let of = |text: &str| text.parse::<Fractionation>().unwrap();
    assert_eq!(DoseSeries::from_fractionations(&[]), None);
    assert!(DoseSeries::from_fractionations(&[of("600Gy/30"), of("400Gy/20")]).is_some());
    assert_eq!(
        DoseSeries::from_fractionations(&[of("600Gy/30"), of("400.01Gy/20")]),
        None
    );
}
