//! What must hold for any polygons in any dose: where a structure lies, how its contours are written and in which
//! order changes nothing; volumes of parts add up; volumes at doses and doses at volumes are inverse to one another.

use chemorad_dosimetry::{Bounded, ContouredDose, DoseGrid, SolidConvention};
use proptest::prelude::*;

type Contours = Vec<Vec<[f64; 3]>>;

/// A polygon that goes once around a centre, by its radii.
fn star(radii: &[f64], centre: [f64; 2], z: f64) -> Vec<[f64; 3]> {
    let count = radii.len() as f64;
    let corners = radii.iter().enumerate();
    corners
        .map(|(at, radius)| {
            let angle = at as f64 * std::f64::consts::TAU / count;
            let (sine, cosine) = angle.sin_cos();
            [centre[0] + radius * cosine, centre[1] + radius * sine, z]
        })
        .collect()
}

/// Planes 3 mm apart, each with a polygon of its own.
fn stack(planes: &[Vec<f64>], centre: [f64; 2]) -> Contours {
    let planes = planes.iter().enumerate();
    planes
        .map(|(at, radii)| star(radii, centre, 3.0 * at as f64 + 6.0))
        .collect()
}

/// 50 x 50 x 30 mm in steps of 5 mm, from a corner, along axes.
fn grid(doses: &[f64], origin: [f64; 3], axes: [[f64; 3]; 2]) -> DoseGrid {
    let offsets = (0..7).map(|frame| 5.0 * f64::from(frame)).collect();
    DoseGrid::new(origin, axes, [5.0, 5.0], offsets, 11, doses.to_vec()).unwrap()
}

const AXES: [[f64; 3]; 2] = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];

fn planes() -> impl Strategy<Value = Vec<Vec<f64>>> {
    prop::collection::vec(prop::collection::vec(2.0..9.0_f64, 3..9), 2..5)
}

fn doses() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(0.0..60.0_f64, 11 * 11 * 7)
}

fn in_dose<'g>(contours: &Contours, grid: &'g DoseGrid) -> ContouredDose<'g> {
    ContouredDose::new(contours, Some(SolidConvention::Slab), None, grid).unwrap()
}

/// The exact value lies in both.
fn meet(one: Bounded, other: Bounded) -> bool {
    let rounding = 1e-6 * (1.0 + one.upper.abs());
    one.lower <= other.upper + rounding && other.lower <= one.upper + rounding
}

const METRICS: [&str; 6] = ["mean", "min", "max", "D50%", "V30Gy[cc]", "V20Gy[%]"];

fn all_meet(one: &ContouredDose<'_>, other: &ContouredDose<'_>) -> Result<(), TestCaseError> {
    prop_assert!((one.volume().value - other.volume().value).abs() < 1e-6);
    for metric in METRICS {
        let of = |dose: &ContouredDose<'_>| dose.metric(&metric.parse().unwrap(), None);
        match (of(one), of(other)) {
            (Some(one), Some(other)) => prop_assert!(meet(one, other), "{metric}"),
            (one, other) => prop_assert_eq!(one.is_some(), other.is_some(), "{}", metric),
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn how_contours_are_written_changes_nothing(planes in planes(), doses in doses(), turn in 0..9_usize) {
        let grid = grid(&doses, [0.0; 3], AXES);
        let contours = stack(&planes, [25.0, 25.0]);
        let mut other = contours.clone();
        other.reverse();
        for contour in &mut other {
            let by = turn % contour.len();
            contour.rotate_left(by);
            if turn % 2 == 0 {
                contour.reverse();
            }
            if turn % 3 == 0 {
                // closed by its first point
                contour.push(contour[0]);
            }
        }
        all_meet(&in_dose(&contours, &grid), &in_dose(&other, &grid))?;
    }

    #[test]
    fn where_it_lies_changes_nothing(planes in planes(), doses in doses(), by in prop::array::uniform3(-80.0..80.0_f64)) {
        let here = grid(&doses, [0.0; 3], AXES);
        let contours = stack(&planes, [25.0, 25.0]);
        let there = grid(&doses, by, AXES);
        let shifted = |point: &[f64; 3]| [point[0] + by[0], point[1] + by[1], point[2] + by[2]];
        let moved: Contours = contours.iter().map(|one| one.iter().map(shifted).collect()).collect();
        all_meet(&in_dose(&contours, &here), &in_dose(&moved, &there))?;
        // a quarter turn about z: x becomes y, and y becomes -x
        let turned = grid(&doses, [0.0; 3], [[0.0, 1.0, 0.0], [-1.0, 0.0, 0.0]]);
        let quarter = |point: &[f64; 3]| [-point[1], point[0], point[2]];
        let rotated: Contours = contours.iter().map(|one| one.iter().map(quarter).collect()).collect();
        all_meet(&in_dose(&contours, &here), &in_dose(&rotated, &turned))?;
    }

    #[test]
    fn parts_add_up_and_histograms_fall(left in planes(), right in planes(), doses in doses()) {
        let grid = grid(&doses, [0.0; 3], AXES);
        let count = left.len().min(right.len());
        let one = stack(&left[..count], [12.0, 25.0]);
        let other = stack(&right[..count], [38.0, 25.0]);
        let both: Contours = one.iter().chain(&other).cloned().collect();
        let [one, other, both] = [one, other, both].map(|contours| in_dose(&contours, &grid));
        prop_assert!((one.volume().value + other.volume().value - both.volume().value).abs() < 1e-6);
        let levels: Vec<f64> = (0..13).map(|step| 5.0 * f64::from(step)).collect();
        let of = |dose: &ContouredDose<'_>| dose.histogram(&levels, None);
        let (one, other, whole) = (of(&one), of(&other), of(&both));
        for ((one, other), whole) in one.iter().zip(&other).zip(&whole) {
            let sum = Bounded {
                value: one.value + other.value,
                lower: one.lower + other.lower,
                upper: one.upper + other.upper,
            };
            prop_assert!(meet(sum, *whole));
        }
        for pair in whole.windows(2) {
            prop_assert!(pair[1].value <= pair[0].value);
            prop_assert!(pair[1].lower <= pair[0].lower && pair[1].upper <= pair[0].upper);
            prop_assert!(pair[1].lower <= pair[1].value && pair[1].value <= pair[1].upper);
        }
        // the volume at a dose, and the dose at that volume
        for share in [0.02, 0.5, 0.95] {
            let wanted = share * both.volume().value;
            let dose = both.dose().dose_at_volume(wanted).unwrap();
            let rounding = 1e-6 * both.volume().value;
            prop_assert!(both.volume_at_least(dose.lower, None).upper >= wanted - rounding);
            prop_assert!(both.volume_at_least(dose.upper + 0.002, None).lower <= wanted + rounding);
        }
    }
}
