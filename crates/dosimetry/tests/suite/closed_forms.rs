//! Dose that is linear in a direction, in solids whose doses are known in closed form.

use chemorad_dosimetry::{
    Bounded, DoseGrid, DoseInStructure, SolidConvention, Structure, StructureError,
};

const CENTRE_DOSE: f64 = 40.0;

/// A grid around the origin with 1 Gy more for each millimetre along a direction.
fn linear(direction: [f64; 3], spacing: f64, shift: f64, half: f64) -> DoseGrid {
    let points = (2.0 * half / spacing).ceil() as usize + 2;
    let place = |at: usize| -half - spacing + shift + spacing * at as f64;
    let offsets: Vec<f64> = (0..=points).map(|at| spacing * at as f64).collect();
    let frames = offsets.len();
    let mut doses = Vec::new();
    for frame in 0..frames {
        for row in 0..frames {
            for column in 0..frames {
                let at = [place(column), place(row), place(frame)];
                let along: f64 = (0..3).map(|axis| at[axis] * direction[axis]).sum();
                doses.push(CENTRE_DOSE + along);
            }
        }
    }
    let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
    DoseGrid::new([place(0); 3], axes, [spacing; 2], offsets, frames, doses).unwrap()
}

/// A regular polygon of many corners with the area of a circle.
fn disc(radius: f64, z: f64) -> Vec<[f64; 3]> {
    const CORNERS: usize = 512;
    let step = std::f64::consts::TAU / CORNERS as f64;
    let radius = radius * (step / step.sin()).sqrt();
    (0..CORNERS)
        .map(|at| {
            let angle = step * at as f64;
            [radius * angle.cos(), radius * angle.sin(), z]
        })
        .collect()
}

/// Planes at the middles of slabs from -12 to 12 mm.
fn heights(spacing: f64) -> Vec<f64> {
    let planes = (24.0 / spacing).round() as usize;
    (0..planes)
        .map(|at| -12.0 + spacing * (at as f64 + 0.5))
        .collect()
}

fn encloses(found: Bounded, exact: f64, tolerance: f64, what: &str) {
    // the polygon's corners lie outside its circle by a little
    let rounding = 2e-3;
    assert!(
        found.lower <= exact + rounding && exact - rounding <= found.upper,
        "{what}: {found:?} does not enclose {exact}"
    );
    assert!(
        (found.value - exact).abs() <= tolerance,
        "{what}: {found:?} for {exact}"
    );
}

/// The volume with at least this dose, found by halving for the dose at a volume.
fn dose_at(volume: f64, at_least: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, 100.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if at_least(middle) >= volume {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

fn check(
    contours: &[Vec<[f64; 3]>],
    grid: &DoseGrid,
    total: f64,
    mean: f64,
    at_least: impl Fn(f64) -> f64,
    what: &str,
) {
    let (solid, _) = Structure::new(contours, SolidConvention::Slab, None).unwrap();
    assert!(
        (solid.volume_cc() * 1000.0 / total - 1.0).abs() < 1e-6,
        "{what}"
    );
    let dose = DoseInStructure::new(&solid, grid).unwrap();
    assert!(dose.outside_cc() == 0.0, "{what}: {}", dose.outside_cc());
    encloses(dose.mean().unwrap(), mean, 0.02, &format!("{what}, mean"));
    for at in [30.0, 40.0, 44.5] {
        let exact = at_least(at) / total * 100.0;
        let found = dose.volume_at_least(at);
        let percent = |cc: f64| cc * 1000.0 / total * 100.0;
        let found = Bounded {
            value: percent(found.value),
            lower: percent(found.lower),
            upper: percent(found.upper),
        };
        encloses(found, exact, 0.1, &format!("{what}, V{at}"));
    }
    for share in [0.02, 0.5, 0.95] {
        let volume = share * total;
        let exact = dose_at(volume, &at_least);
        let found = dose.dose_at_volume(volume / 1000.0).unwrap();
        encloses(found, exact, 0.02, &format!("{what}, D{share}"));
    }
}

#[test]
fn a_cylinder_along_and_across_its_axis() {
    let (radius, height) = (12.0_f64, 24.0_f64);
    let area = std::f64::consts::PI * radius * radius;
    let total = area * height;
    let across = |dose: f64| {
        let t = (dose - CENTRE_DOSE).clamp(-radius, radius);
        height * (radius * radius * (t / radius).acos() - t * (radius * radius - t * t).sqrt())
    };
    let along = |dose: f64| area * (height / 2.0 - (dose - CENTRE_DOSE)).clamp(0.0, height);
    for (planes, spacing, shift) in [(3.0, 2.5, 0.3), (4.0, 3.0, 0.77)] {
        let contours: Vec<_> = heights(planes).iter().map(|z| disc(radius, *z)).collect();
        let what = format!("{planes} mm in {spacing} mm");
        let grid = |direction| linear(direction, spacing, shift, 14.0);
        check(
            &contours,
            &grid([0.0, 0.0, 1.0]),
            total,
            CENTRE_DOSE,
            along,
            &what,
        );
        check(
            &contours,
            &grid([0.0, 0.0, -1.0]),
            total,
            CENTRE_DOSE,
            along,
            &what,
        );
        check(
            &contours,
            &grid([1.0, 0.0, 0.0]),
            total,
            CENTRE_DOSE,
            across,
            &what,
        );
        check(
            &contours,
            &grid([0.6, 0.8, 0.0]),
            total,
            CENTRE_DOSE,
            across,
            &what,
        );
    }
}

#[test]
fn a_box_and_a_box_with_a_hole() {
    let square = |half: f64, z: f64| {
        vec![
            [-half, -half, z],
            [half, -half, z],
            [half, half, z],
            [-half, half, z],
        ]
    };
    let boxed: Vec<_> = heights(3.0).iter().map(|z| square(10.0, *z)).collect();
    let grid = linear([0.0, 1.0, 0.0], 2.5, 0.4, 14.0);
    let at_least = |half: f64, dose: f64| {
        2.0 * half * 24.0 * (half - (dose - CENTRE_DOSE)).clamp(0.0, 2.0 * half)
    };
    check(
        &boxed,
        &grid,
        9600.0,
        CENTRE_DOSE,
        |dose| at_least(10.0, dose),
        "box",
    );
    let mut shell = boxed;
    shell.extend(heights(3.0).iter().map(|z| square(6.0, *z)));
    let of_shell = |dose: f64| at_least(10.0, dose) - at_least(6.0, dose);
    check(
        &shell,
        &grid,
        9600.0 - 3456.0,
        CENTRE_DOSE,
        of_shell,
        "shell",
    );
}

#[test]
fn a_sphere_is_the_stack_of_its_discs() {
    let radius = 12.0_f64;
    for spacing in [1.5, 4.0] {
        let discs: Vec<(f64, f64)> = heights(spacing)
            .iter()
            .map(|z| (*z, (radius * radius - z * z).sqrt()))
            .collect();
        let contours: Vec<_> = discs.iter().map(|(z, r)| disc(*r, *z)).collect();
        let pi = std::f64::consts::PI;
        let total: f64 = discs.iter().map(|(_, r)| pi * r * r * spacing).sum();
        let along = |dose: f64| {
            let t = dose - CENTRE_DOSE;
            let parts = discs
                .iter()
                .map(|(z, r)| pi * r * r * (z + spacing / 2.0 - t).clamp(0.0, spacing));
            parts.sum()
        };
        let grid = linear([0.0, 0.0, 1.0], 2.5, 0.1, 14.0);
        check(
            &contours,
            &grid,
            total,
            CENTRE_DOSE,
            along,
            &format!("sphere {spacing}"),
        );
    }
}

#[test]
fn what_lies_outside_the_grid_is_not_known() {
    let grid = linear([0.0, 0.0, 1.0], 2.0, 0.0, 6.0);
    let contours: Vec<_> = heights(3.0).iter().map(|z| disc(4.0, *z)).collect();
    let (solid, _) = Structure::new(&contours, SolidConvention::Slab, None).unwrap();
    let dose = DoseInStructure::new(&solid, &grid).unwrap();
    let area = std::f64::consts::PI * 16.0;
    // the grid reaches from -8 to 8 mm
    assert!((dose.outside_cc() * 1000.0 / (area * 8.0) - 1.0).abs() < 1e-6);
    assert_eq!(dose.mean(), None);
    let found = dose.volume_at_least(40.0);
    assert!((found.lower * 1000.0 / (area * 8.0) - 1.0).abs() < 1e-6);
    assert!((found.upper * 1000.0 / (area * 16.0) - 1.0).abs() < 1e-6);
    assert_eq!(dose.dose_at_volume(solid.volume_cc()), None);
}

#[test]
fn other_orientations_give_the_same_doses() {
    let contours: Vec<_> = heights(3.0)
        .iter()
        .map(|z| {
            disc(8.0, *z)
                .iter()
                .map(|[x, y, z]| [x + 2.0, y - 1.0, *z])
                .collect()
        })
        .collect::<Vec<Vec<[f64; 3]>>>();
    let (solid, _) = Structure::new(&contours, SolidConvention::Slab, None).unwrap();
    let dose = |place: [f64; 3]| 40.0 + place[0] * 0.5 + place[1] * 0.3 + place[2] * 0.7;
    let mut results = Vec::new();
    for (row, column) in [
        ([1.0, 0.0, 0.0], [0.0, 1.0, 0.0]),
        ([-1.0, 0.0, 0.0], [0.0, -1.0, 0.0]),
        ([-1.0, 0.0, 0.0], [0.0, 1.0, 0.0]),
        ([1.0, 0.0, 0.0], [0.0, -1.0, 0.0]),
        ([0.0, -1.0, 0.0], [1.0, 0.0, 0.0]),
        ([0.0, 1.0, 0.0], [1.0, 0.0, 0.0]),
    ] {
        let across = [
            row[1] * column[2] - row[2] * column[1],
            row[2] * column[0] - row[0] * column[2],
            row[0] * column[1] - row[1] * column[0],
        ];
        // 15 points of 2 mm along each axis, around the origin
        let start = [0, 1, 2].map(|at: usize| -14.0 * (row[at] + column[at] + across[at]));
        let mut doses = Vec::new();
        for frame in 0..15 {
            for down in 0..15 {
                for right in 0..15 {
                    let steps = [right, down, frame].map(|step| 2.0 * f64::from(step));
                    doses.push(dose([0, 1, 2].map(|at: usize| {
                        start[at]
                            + steps[0] * row[at]
                            + steps[1] * column[at]
                            + steps[2] * across[at]
                    })));
                }
            }
        }
        let offsets = (0..15).map(|frame| 2.0 * f64::from(frame)).collect();
        let grid = DoseGrid::new(start, [row, column], [2.0; 2], offsets, 15, doses).unwrap();
        let found = DoseInStructure::new(&solid, &grid).unwrap();
        results.push((
            found.mean().unwrap().value,
            found.volume_at_least(41.0).value,
            found.dose_at_volume(2.0).unwrap().value,
        ));
    }
    for other in &results[1..] {
        assert!((other.0 - results[0].0).abs() < 1e-6, "{results:?}");
        assert!((other.1 - results[0].1).abs() < 1e-3, "{results:?}");
        assert!((other.2 - results[0].2).abs() < 2e-3, "{results:?}");
    }
    let tilted: Vec<Vec<[f64; 3]>> = contours
        .iter()
        .map(|points| points.iter().map(|[x, y, z]| [*z, *x, *y]).collect())
        .collect();
    let (tilted, _) = Structure::new(&tilted, SolidConvention::Slab, None).unwrap();
    let grid = linear([0.0, 0.0, 1.0], 2.0, 0.0, 14.0);
    assert_eq!(
        DoseInStructure::new(&tilted, &grid).map(|_| ()),
        Err(StructureError::TurnedGrid)
    );
}
