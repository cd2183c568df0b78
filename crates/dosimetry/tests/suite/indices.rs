//! Indices of a dose that falls off from a point, in closed form.

use chemorad_dosimetry::{Bounded, ContouredDose, DoseGrid, PlanIndex, SolidConvention};

/// 60 Gy less 2 Gy a millimetre of the largest coordinate away from the middle, 0 at the edge: isodoses are cubes.
/// The grid of 2 mm has the corners of the cubes on its points, where the dose between them is not linear, so
/// volumes are those of the grid and compared with bounds of 5 %.
fn grid() -> DoseGrid {
    let place = |at: i32| 2.0 * f64::from(at - 15);
    let points = (0..31).flat_map(|z| (0..31).flat_map(move |y| (0..31).map(move |x| [x, y, z])));
    let doses = points.map(|point| {
        let distance = point.map(|at| place(at).abs());
        60.0 - 2.0 * distance.into_iter().fold(0.0, f64::max)
    });
    let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
    let offsets = (0..31).map(|at| 2.0 * f64::from(at)).collect();
    DoseGrid::new([-30.0; 3], axes, [2.0; 2], offsets, 31, doses.collect()).unwrap()
}

/// A cube of a width around the middle.
fn cube(width: f64) -> Vec<Vec<[f64; 3]>> {
    let half = width / 2.0;
    let square = |z: f64| {
        vec![
            [-half, -half, z],
            [half, -half, z],
            [half, half, z],
            [-half, half, z],
        ]
    };
    let planes = (width / 2.0).round() as i32;
    (0..planes)
        .map(|plane| square(-half + 1.0 + 2.0 * f64::from(plane)))
        .collect()
}

fn near(found: Option<Bounded>, wanted: f64) {
    let found = found.unwrap();
    assert!(found.lower <= found.value && found.value <= found.upper);
    assert!(
        (found.value / wanted - 1.0).abs() < 0.05,
        "{found:?} for {wanted}"
    );
}

#[test]
fn indices_are_those_of_cubes() {
    let grid = grid();
    let slab = Some(SolidConvention::Slab);
    let target = ContouredDose::new(&cube(20.0), slab, None, &grid).unwrap();
    // 40 Gy is the cube of 20 mm, 36 Gy that of 24 mm, 44 Gy that of 16 mm, 20 Gy that of 40 mm
    let of = |index: PlanIndex, dose: f64| index.of(&target, &grid, dose);
    near(of(PlanIndex::Rtog, 40.0), 1.0);
    near(of(PlanIndex::Rtog, 36.0), 1.728);
    near(of(PlanIndex::Paddick, 36.0), 1.0 / 1.728);
    near(of(PlanIndex::Paddick, 44.0), 0.512);
    near(of(PlanIndex::Coverage, 44.0), 0.512);
    near(of(PlanIndex::Coverage, 36.0), 1.0);
    near(of(PlanIndex::Gradient, 40.0), 8.0);
    // D98% 40.27, D2% 54.6, D50% 44.1
    near(of(PlanIndex::Homogeneity, 40.0), 14.3 / 44.13);
}

#[test]
fn what_the_grid_cuts_has_no_index() {
    let grid = grid();
    let slab = Some(SolidConvention::Slab);
    let target = ContouredDose::new(&cube(20.0), slab, None, &grid).unwrap();
    // the edge has 0 Gy, and nothing has 70 Gy
    assert_eq!(PlanIndex::Rtog.of(&target, &grid, 0.0), None);
    assert_eq!(PlanIndex::Gradient.of(&target, &grid, 70.0), None);
    let large = ContouredDose::new(&cube(64.0), slab, None, &grid).unwrap();
    assert!(large.is_cut());
    assert_eq!(PlanIndex::Coverage.of(&large, &grid, 40.0), None);
    assert!(PlanIndex::Rtog.of(&large, &grid, 40.0).is_some());
}
