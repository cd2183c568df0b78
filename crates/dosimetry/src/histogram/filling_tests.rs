//! Even-odd areas against counted pixels: polygons along the lines of a grid of whole numbers, which share edges,
//! touch, cross and repeat at will, and the same after a stretch, a shear and a turn.
#![allow(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "tests"
)]

use proptest::prelude::*;

use super::coverage::coverage;
use crate::structure::polygon::Point;
use crate::structure::sweep::{Budget, area, boundary};

const SIZE: usize = 9;

type Corners = Vec<(usize, usize)>;

/// A closed path of level and upright edges in turn through some places.
fn path(places: &[(usize, usize)]) -> Corners {
    let ends = places.iter().cycle().skip(1);
    let pairs = places.iter().zip(ends);
    pairs
        .flat_map(|((x, y), (next, _))| [(*x, *y), (*next, *y)])
        .collect()
}

/// Whether an odd number of upright edges lie left of the middle of a pixel.
fn is_filled(paths: &[Corners], column: usize, row: usize) -> bool {
    let passes = paths.iter().flat_map(|corners| {
        let ends = corners.iter().cycle().skip(1);
        corners.iter().zip(ends)
    });
    let left = passes.filter(|((x, y), (to_x, to_y))| {
        x == to_x && *x <= column && (*y <= row) != (*to_y <= row)
    });
    left.count() % 2 == 1
}

fn paths() -> impl Strategy<Value = Vec<Corners>> {
    let place = (0..=SIZE, 0..=SIZE);
    let one = prop::collection::vec(place, 2..7);
    prop::collection::vec(one.prop_map(|places| path(&places)), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// The area, the covered cells of a grid, and the middle of what is filled.
    #[test]
    fn areas_are_those_of_counted_pixels(
        paths in paths(),
        along in (-3.0..3.0_f64, -3.0..3.0_f64),
        up in (-3.0..3.0_f64, -3.0..3.0_f64),
        start in (-200.0..200.0_f64, -200.0..200.0_f64),
    ) {
        let pixels: Vec<(usize, usize)> = (0..SIZE * SIZE)
            .map(|at| (at % SIZE, at / SIZE))
            .filter(|(column, row)| is_filled(&paths, *column, *row))
            .collect();
        let counted = pixels.len() as f64;
        let places = |to: &dyn Fn(f64, f64) -> Point| -> Vec<Vec<Point>> {
            let polygons = paths.iter();
            polygons
                .map(|corners| corners.iter().map(|(x, y)| to(*x as f64, *y as f64)).collect())
                .collect()
        };
        let plain = boundary(&places(&|x, y| [x, y]), &mut Budget::new()).unwrap();
        prop_assert!((area(&plain) - counted).abs() < 1e-9);
        // each pixel is a cell that is covered whole or not at all
        let found = coverage(&plain, SIZE, SIZE);
        prop_assert!((found.cells - counted).abs() < 1e-9);
        prop_assert!(found.parts.is_empty());
        let mut whole: Vec<(usize, usize)> = found
            .whole
            .iter()
            .flat_map(|(row, from, to)| (*from..*to).map(|column| (column, *row)))
            .collect();
        whole.sort_by_key(|(column, row)| (*row, *column));
        prop_assert_eq!(whole, pixels);
        // stretched, sheared, turned and moved
        let factor = (along.0 * up.1 - along.1 * up.0).abs();
        let moved = places(&|x, y| {
            [
                start.0 + along.0 * x + up.0 * y,
                start.1 + along.1 * x + up.1 * y,
            ]
        });
        let moved = boundary(&moved, &mut Budget::new()).unwrap();
        prop_assert!(
            (area(&moved) - counted * factor).abs() < 1e-7,
            "{} for {}", area(&moved), counted * factor
        );
    }
}

#[test]
fn too_many_edges_end_in_a_refusal() {
    // each edge passes all heights
    let comb: Vec<Point> = (0..30_000)
        .map(|at| {
            let x = f64::from(at);
            [
                x,
                if at % 2 == 0 {
                    x * 1e-5
                } else {
                    100.0 + x * 1e-5
                },
            ]
        })
        .collect();
    assert!(boundary(&[comb], &mut Budget::of(10_000_000)).is_err());
    // a contour of many points is no trouble
    let circle: Vec<Point> = (0..100_000)
        .map(|at| {
            let angle = f64::from(at) * std::f64::consts::TAU / 1e5;
            [100.0 * angle.cos(), 100.0 * angle.sin()]
        })
        .collect();
    let found = area(&boundary(&[circle], &mut Budget::of(10_000_000)).unwrap());
    assert!((found / (std::f64::consts::PI * 1e4) - 1.0).abs() < 1e-8);
}
