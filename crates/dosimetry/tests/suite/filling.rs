//! What even-odd filling fills where contours share edges, touch, pinch, cross or are there twice: volume and mean
//! dose in closed form, and what is said.

use chemorad::report::{Observation as _, Outcome};
use chemorad_dosimetry::{DoseGrid, DoseInStructure, SolidConvention, Structure, StructureNote};

type Corners = Vec<[f64; 2]>;

fn rectangle(left: f64, right: f64, low: f64, high: f64) -> Corners {
    vec![[left, low], [right, low], [right, high], [left, high]]
}

fn circle(corners: usize) -> Corners {
    (0..corners)
        .map(|at| {
            let angle = at as f64 * std::f64::consts::TAU / corners as f64;
            [15.0 * angle.cos(), 15.0 * angle.sin()]
        })
        .collect()
}

/// The same contours in eleven planes 3 mm apart: 33 mm of slabs.
fn stack(contours: &[Corners]) -> Vec<Vec<[f64; 3]>> {
    let planes = (0..11).map(|at| 3.0 * f64::from(at) - 15.0);
    planes
        .flat_map(|z| {
            let contours = contours.iter();
            contours.map(move |corners| corners.iter().map(|[x, y]| [*x, *y, z]).collect())
        })
        .collect()
}

/// 0.2 Gy more for each millimetre along x, 30 Gy in the middle; turned about the axis across the planes.
fn rising(turned: f64) -> DoseGrid {
    let (sine, cosine) = turned.to_radians().sin_cos();
    let axes = [[cosine, sine, 0.0], [-sine, cosine, 0.0]];
    // as decimals of a file
    let axes = axes.map(|axis| axis.map(|part: f64| (part * 1e6).round() / 1e6));
    let place = |at: usize| 2.5 * at as f64 - 60.0;
    let start = [0, 1].map(|at| -60.0 * (axes[0][at] + axes[1][at]));
    let mut doses = Vec::new();
    for _ in 0..49 {
        for row in 0..49 {
            for column in 0..49 {
                let x = place(column) * axes[0][0] + place(row) * axes[1][0];
                doses.push(30.0 + 0.2 * x);
            }
        }
    }
    let offsets = (0..49).map(|at| 2.5 * f64::from(at)).collect();
    let origin = [start[0], start[1], -60.0];
    DoseGrid::new(origin, axes, [2.5; 2], offsets, 49, doses).unwrap()
}

/// What a case says, apart from what it is.
fn said(notes: &[StructureNote]) -> Vec<String> {
    notes
        .iter()
        .map(|note| match note {
            StructureNote::Copies { contours } => format!("copies {contours}"),
            StructureNote::Overlap { planes, cc } => format!("overlap {planes} {cc:.3}"),
            StructureNote::CrossesItself { contours } => format!("crosses {contours}"),
            StructureNote::Cancelled { planes } => format!("cancelled {planes}"),
            StructureNote::WithoutArea { contours } => format!("without area {contours}"),
            other => other.to_string(),
        })
        .collect()
}

struct Case {
    name: &'static str,
    contours: Vec<Corners>,
    /// Square millimetres that even-odd filling fills, and the mean of x in them.
    area: f64,
    middle: f64,
    said: &'static [&'static str],
}

fn case(
    name: &'static str,
    contours: Vec<Corners>,
    (area, middle): (f64, f64),
    said: &'static [&'static str],
) -> Case {
    Case {
        name,
        contours,
        area,
        middle,
        said,
    }
}

#[allow(clippy::too_many_lines, reason = "a table")]
fn cases() -> Vec<Case> {
    let r = rectangle;
    let whole = || r(-20.0, 20.0, -10.0, 10.0);
    let polygon = |count: usize| {
        let corners = count as f64;
        225.0 / 2.0 * corners * (std::f64::consts::TAU / corners).sin()
    };
    vec![
        case("one contour", vec![whole()], (800.0, 0.0), &[]),
        case(
            "a copy with more corners",
            vec![
                whole(),
                vec![
                    [-20.0, -10.0],
                    [0.0, -10.0],
                    [20.0, -10.0],
                    [20.0, 0.0],
                    [20.0, 10.0],
                    [-20.0, 10.0],
                ],
            ],
            (800.0, 0.0),
            &["copies 11"],
        ),
        case(
            "a copy a little aside",
            vec![whole(), r(-20.001, 20.0, -10.0, 10.0)],
            (800.02, -0.0005),
            &["copies 11"],
        ),
        case(
            "one path drawn twice",
            vec![[whole(), whole()].concat()],
            (800.0, 0.0),
            &["copies 11"],
        ),
        case(
            "circles of 360 and 180 corners",
            vec![circle(180), circle(360)],
            (polygon(360), 0.0),
            &["copies 11"],
        ),
        case(
            "circles of 36 and 72 corners",
            vec![circle(36), circle(72)],
            (polygon(72), 0.0),
            &["copies 11"],
        ),
        case(
            "three times the same",
            vec![whole(), whole(), whole()],
            (800.0, 0.0),
            &["copies 22"],
        ),
        case(
            "a copy 1 mm aside",
            vec![whole(), r(-19.0, 21.0, -10.0, 10.0)],
            (40.0, 0.5),
            // 39 x 20 x 33 mm
            &["overlap 11 25.740"],
        ),
        case(
            "a hole flush with one edge",
            vec![whole(), r(-5.0, 5.0, -10.0, 5.0)],
            (650.0, 0.0),
            &[],
        ),
        case(
            "a hole flush with two edges",
            vec![whole(), r(-5.0, 5.0, -10.0, 10.0)],
            (600.0, 0.0),
            &[],
        ),
        case(
            "a half that is a hole",
            vec![whole(), r(0.0, 20.0, -10.0, 10.0)],
            (400.0, -10.0),
            &[],
        ),
        case(
            "a lower half that is a hole, with corners on edges",
            vec![whole(), r(-20.0, 20.0, -10.0, 0.0)],
            (400.0, 0.0),
            &[],
        ),
        case(
            "a hole in a corner",
            vec![whole(), r(0.0, 20.0, 0.0, 10.0)],
            (600.0, -10.0 / 3.0),
            &[],
        ),
        case(
            "parts that share edges over some length, overlapping",
            vec![r(-20.0, 5.0, -10.0, 10.0), r(-5.0, 20.0, -10.0, 10.0)],
            (600.0, 0.0),
            &["overlap 11 6.600"],
        ),
        case(
            "boundaries that cross",
            vec![r(-20.0, 5.0, -10.0, 10.0), r(-5.0, 20.0, -8.0, 12.0)],
            (640.0, 0.0),
            &["overlap 11 5.940"],
        ),
        case(
            "a cross of two bars",
            vec![r(-20.0, 20.0, -5.0, 5.0), r(-5.0, 5.0, -20.0, 20.0)],
            (600.0, 0.0),
            &["overlap 11 3.300"],
        ),
        case(
            "two parts side by side",
            vec![r(-20.0, 0.0, -10.0, 10.0), r(0.0, 20.0, -10.0, 10.0)],
            (800.0, 0.0),
            &[],
        ),
        case(
            "two parts that touch in a corner",
            vec![r(-20.0, 0.0, -10.0, 0.0), r(0.0, 20.0, 0.0, 10.0)],
            (400.0, 0.0),
            &[],
        ),
        case(
            "pinched to a point, the lobes turned against one another",
            vec![vec![
                [-20.0, -10.0],
                [0.0, -10.0],
                [0.0, 0.0],
                [0.0, 5.0],
                [10.0, 5.0],
                [10.0, 0.0],
                [0.0, 0.0],
                [-20.0, 0.0],
            ]],
            (250.0, -7.0),
            &["crosses 11"],
        ),
        case(
            "pinched to a point, the lobes turned alike",
            vec![vec![
                [-20.0, -10.0],
                [0.0, -10.0],
                [0.0, 0.0],
                [10.0, 0.0],
                [10.0, 5.0],
                [0.0, 5.0],
                [0.0, 0.0],
                [-20.0, 0.0],
            ]],
            (250.0, -7.0),
            &[],
        ),
        case(
            "a bow tie, whose signed area is nothing",
            vec![vec![
                [-10.0, -10.0],
                [10.0, 10.0],
                [10.0, -10.0],
                [-10.0, 10.0],
            ]],
            (200.0, 0.0),
            &["crosses 11"],
        ),
        case(
            "a spike without an area",
            vec![vec![
                [-20.0, -10.0],
                [20.0, -10.0],
                [20.0, 10.0],
                [40.0, 10.0],
                [20.0, 10.0],
                [-20.0, 10.0],
            ]],
            (800.0, 0.0),
            &[],
        ),
        case(
            "a keyhole",
            vec![vec![
                [-20.0, -10.0],
                [20.0, -10.0],
                [20.0, 10.0],
                [-20.0, 10.0],
                [-20.0, 0.0],
                [-5.0, 0.0],
                [-5.0, 5.0],
                [5.0, 5.0],
                [5.0, -5.0],
                [-5.0, -5.0],
                [-5.0, 0.0],
                [-20.0, 0.0],
            ]],
            (700.0, 0.0),
            &[],
        ),
        case(
            "an island in a hole, both flush",
            vec![
                whole(),
                r(-20.0, 10.0, -10.0, 10.0),
                r(-20.0, 0.0, -10.0, 10.0),
            ],
            // left 20 mm and right 10 mm
            (600.0, (400.0 * -10.0 + 200.0 * 15.0) / 600.0),
            &[],
        ),
        case(
            "a loop that winds over itself",
            vec![
                [
                    rectangle(-20.0, 20.0, -10.0, 10.0),
                    rectangle(-20.0, 0.0, -10.0, 10.0),
                ]
                .concat(),
            ],
            (400.0, 10.0),
            &["overlap 11 13.200"],
        ),
    ]
}

#[test]
fn volumes_and_means_are_those_of_even_odd_filling() {
    let grids = [0.0, 8.0, 45.0, 90.0].map(|turned| (turned, rising(turned)));
    for case in cases() {
        let contours = stack(&case.contours);
        let (solid, notes) = Structure::new(&contours, SolidConvention::Slab, None).unwrap();
        let name = case.name;
        let volume = case.area * 33.0 / 1000.0;
        assert!(
            (solid.volume_cc() - volume).abs() < 1e-9,
            "{name}: {} for {volume}",
            solid.volume_cc()
        );
        assert_eq!(said(&notes), case.said, "{name}");
        let mean = 30.0 + 0.2 * case.middle;
        for (turned, grid) in &grids {
            let dose = DoseInStructure::new(&solid, grid).unwrap();
            assert!(dose.outside_cc() == 0.0, "{name} at {turned}");
            let found = dose.mean().unwrap();
            assert!(
                found.lower <= mean + 1e-5 && mean - 1e-5 <= found.upper,
                "{name} at {turned}: {found:?} for {mean}"
            );
            assert!((found.value - mean).abs() < 0.01, "{name}: {found:?}");
            let [least, most] = [dose.minimum().unwrap(), dose.maximum().unwrap()];
            assert!(
                least.lower <= found.lower && found.upper <= most.upper,
                "{name}"
            );
            assert!(
                least.upper <= found.upper && found.lower <= most.lower,
                "{name}"
            );
        }
    }
}

#[test]
fn the_order_of_contours_changes_nothing() {
    for case in cases() {
        let mut contours = stack(&case.contours);
        let volume = |contours: &[Vec<[f64; 3]>]| {
            let (solid, notes) = Structure::new(contours, SolidConvention::Slab, None).unwrap();
            (solid.volume_cc(), said(&notes))
        };
        let before = volume(&contours);
        contours.reverse();
        for points in &mut contours {
            points.reverse();
            points.rotate_left(1);
        }
        let after = volume(&contours);
        assert!((before.0 - after.0).abs() < 1e-9, "{}", case.name);
        assert_eq!(before.1, after.1, "{}", case.name);
    }
}

/// What is enclosed twice is settled by nobody; a copy and a crossing are.
#[test]
fn what_cannot_be_told_is_so() {
    for (note, outcome) in [
        (
            StructureNote::Overlap { planes: 1, cc: 1.0 },
            Outcome::CannotTell,
        ),
        (StructureNote::Cancelled { planes: 1 }, Outcome::CannotTell),
        (StructureNote::CrossesItself { contours: 1 }, Outcome::Warn),
        (StructureNote::Copies { contours: 1 }, Outcome::Warn),
    ] {
        assert_eq!(note.outcome(), outcome, "{note}");
    }
}

/// The extremes of a dose that rises along x are at the ends of the box.
#[test]
fn the_smallest_and_largest_dose() {
    for shift in [0.0, 0.3, 1.1] {
        let contours = stack(&[rectangle(-20.0 + shift, 20.0 + shift, -10.0, 10.0)]);
        let (solid, _) = Structure::new(&contours, SolidConvention::Slab, None).unwrap();
        let grid = rising(0.0);
        let dose = DoseInStructure::new(&solid, &grid).unwrap();
        for (found, exact) in [
            (dose.minimum().unwrap(), 26.0 + 0.2 * shift),
            (dose.maximum().unwrap(), 34.0 + 0.2 * shift),
        ] {
            assert!(found.lower <= exact + 1e-9 && exact - 1e-9 <= found.upper);
            assert!(found.width() < 0.05, "{found:?}");
        }
    }
}

/// Where the hottest part may lie outside the grid, its dose has no upper bound, so it is not known.
#[test]
fn the_hottest_volume_is_not_known_where_the_grid_cuts() {
    let doses = (0..20 * 40 * 40).map(|at| 30.0 + 0.5 * f64::from(at % 20));
    let offsets = (0..40).map(f64::from).collect();
    let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
    let grid = DoseGrid::new([0.0; 3], axes, [1.0; 2], offsets, 20, doses.collect()).unwrap();
    let contours: Vec<Vec<[f64; 3]>> = [10.0, 13.0, 16.0, 19.0]
        .iter()
        .map(|z| {
            let corners = rectangle(9.0, 29.0, 5.0, 25.0);
            corners.iter().map(|[x, y]| [*x, *y, *z]).collect()
        })
        .collect();
    let (solid, _) = Structure::new(&contours, SolidConvention::Slab, None).unwrap();
    let dose = DoseInStructure::new(&solid, &grid).unwrap();
    // half of 20 x 20 x 12 mm
    assert!((dose.outside_cc() - 2.4).abs() < 1e-9);
    for volume in [0.03, 2.0, 2.4] {
        assert_eq!(dose.dose_at_volume(volume), None);
    }
    assert_eq!((dose.minimum(), dose.maximum()), (None, None));
    let coarse = dose.volume_at_least(36.0);
    assert!(coarse.lower <= 2.4 * 0.7 && coarse.upper >= 2.4 * 1.7 - 1e-9);
}
