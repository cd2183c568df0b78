//! What solid a stack of contours is.

use chemorad::report::Observation as _;
use chemorad_dosimetry::{
    ContouredDose, DoseGrid, SolidConvention, Structure, StructureError, StructureNote,
};
use proptest::prelude::*;

use SolidConvention::{Slab, SlabWithoutCaps};

fn square(x: f64, y: f64, side: f64, z: f64) -> Vec<[f64; 3]> {
    vec![
        [x, y, z],
        [x + side, y, z],
        [x + side, y + side, z],
        [x, y + side, z],
    ]
}

fn volume(contours: &[Vec<[f64; 3]>], convention: SolidConvention) -> f64 {
    Structure::new(contours, convention, None)
        .unwrap()
        .0
        .volume_cc()
        * 1000.0
}

#[test]
fn planes_fill_half_way_to_their_neighbours() {
    let stack = |heights: &[f64]| -> Vec<_> {
        heights.iter().map(|z| square(0.0, 0.0, 10.0, *z)).collect()
    };
    for (heights, slab, without) in [
        (&[0.0, 3.0, 6.0][..], 9.0, 6.0),
        // irregular: 1.5 + 3 + 1.5 and 3 + 1.5 outside
        (&[0.0, 3.0, 9.0], 1.5 + 9.0 + 3.0, 9.0),
        (&[9.0, 0.0, 3.0], 13.5, 9.0),
    ] {
        assert!((volume(&stack(heights), Slab) - 100.0 * slab).abs() < 1e-9);
        assert!((volume(&stack(heights), SlabWithoutCaps) - 100.0 * without).abs() < 1e-9);
    }
    // z is read with the noise of its digits
    let noisy = [square(0.0, 0.0, 10.0, 0.0), square(20.0, 0.0, 10.0, 0.004)];
    assert_eq!(
        Structure::new(&noisy, Slab, None),
        Err(StructureError::OnePlane)
    );
    let (one, _) = Structure::new(&noisy, Slab, Some(3.0)).unwrap();
    assert!((one.volume_cc() - 0.6).abs() < 1e-9);
}

/// Two parts of each plane, one of them a little higher; 8.75 cc.
#[test]
fn contours_a_little_above_one_another_are_one_plane() {
    let grid = {
        let doses = (0..13)
            .flat_map(|frame| [2.0 * f64::from(frame); 169])
            .collect();
        let offsets = (0..13).map(|frame| 2.5 * f64::from(frame)).collect();
        let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
        DoseGrid::new([-5.0, -5.0, -15.0], axes, [5.0, 5.0], offsets, 13, doses).unwrap()
    };
    let heights = [-7.5, -5.0, -2.5, 0.0, 2.5, 5.0, 7.5];
    let stack = |difference: f64| -> Vec<_> {
        let pair = |z: &f64| {
            let second = square(30.0, 0.0, 10.0, z + difference);
            [square(0.0, 0.0, 20.0, *z), second]
        };
        heights.iter().flat_map(pair).collect()
    };
    let uneven = |notes: &[StructureNote]| {
        let is_uneven = |note: &&StructureNote| matches!(note, StructureNote::UnevenPlanes { .. });
        notes.iter().filter(is_uneven).count()
    };
    for (difference, said) in [(0.0, 0), (0.004, 0), (0.02, 1), (0.05, 1), (0.09, 1)] {
        let dose = ContouredDose::new(&stack(difference), Some(Slab), None, &grid).unwrap();
        assert_eq!(dose.planes, 7);
        assert_eq!(uneven(&dose.notes), said, "{difference}");
        let volume = dose.volume();
        assert!((volume.value - 8.75).abs() < 1e-9, "{volume:?}");
        // 12 Gy at 0 mm, 0.8 Gy a millimetre
        let mean = dose.metric(&"mean".parse().unwrap(), None).unwrap();
        let ends = [12.0, 12.0 + 0.8 * difference];
        assert!(said == 0 || mean.lower <= ends[0] && mean.upper >= ends[1]);
        assert!(
            (mean.value - 12.0 - 0.4 * difference).abs() < 1e-6,
            "{mean:?}"
        );
    }
    // one plane alone: the planes beside it are not nearer because of it
    let mut one = stack(0.0);
    one[7] = square(30.0, 0.0, 10.0, 0.05);
    let dose = ContouredDose::new(&one, Some(Slab), None, &grid).unwrap();
    assert_eq!((dose.planes, uneven(&dose.notes)), (7, 1));
    let volume = dose.volume();
    assert!(volume.lower <= 8.75 && volume.upper >= 8.75, "{volume:?}");
    // the same contour twice at two heights is there once
    let twice: Vec<_> = heights
        .iter()
        .flat_map(|z| [square(0.0, 0.0, 20.0, *z), square(0.0, 0.0, 20.0, z + 0.05)])
        .collect();
    assert!((volume_of(&twice) - 7.0).abs() < 1e-9);
}

fn volume_of(contours: &[Vec<[f64; 3]>]) -> f64 {
    volume(contours, Slab) / 1000.0
}

/// Steps finer than any image: which are one plane is not known.
#[test]
fn a_chain_of_heights_is_no_plane() {
    let stack = |spacing: f64| -> Vec<_> {
        let heights = (0..6).map(|plane| spacing * f64::from(plane));
        heights.map(|z| square(0.0, 0.0, 10.0, z)).collect()
    };
    for (spacing, open) in [(0.06, true), (0.099, true), (0.11, false), (0.5, false)] {
        let (solid, notes) = Structure::new(&stack(spacing), Slab, None).unwrap();
        assert_eq!(solid.planes(), 6);
        assert_eq!(
            notes.contains(&StructureNote::PlanesTooClose),
            open,
            "{spacing}"
        );
    }
    let outcome = StructureNote::PlanesTooClose.outcome();
    assert_eq!(outcome, chemorad::report::Outcome::CannotTell);
}

#[test]
fn copies_gaps_and_slivers_are_said() {
    let mut stack: Vec<_> = [0.0, 3.0, 6.0, 15.0, 18.0]
        .iter()
        .map(|z| square(0.0, 0.0, 20.0, *z))
        .collect();
    let mut reversed = stack[0].clone();
    reversed.reverse();
    stack.push(reversed);
    stack.push(vec![[1.0, 1.0, 3.0], [2.0, 2.0, 3.0]]);
    stack.push(Vec::new());
    let (solid, notes) = Structure::new(&stack, Slab, None).unwrap();
    assert_eq!(
        notes,
        [
            StructureNote::WithoutArea { contours: 2 },
            StructureNote::Copies { contours: 1 },
            StructureNote::Gap {
                from: 6.0,
                to: 15.0,
                spacing: 3.0
            },
        ]
    );
    assert!((solid.volume_cc() - 0.4 * 21.0).abs() < 1e-9);
    let codes: Vec<&str> = notes.iter().map(|note| note.code().name).collect();
    assert_eq!(
        codes,
        ["structure.contours", "structure.contours", "structure.gap"]
    );
}

#[test]
fn what_is_no_solid_is_refused() {
    let nan = vec![square(0.0, 0.0, f64::NAN, 0.0)];
    assert!(matches!(
        Structure::new(&nan, Slab, None),
        Err(StructureError::Coordinate(_))
    ));
    let bent = vec![vec![
        [0.0, 0.0, 0.0],
        [10.0, 0.0, 0.5],
        [10.0, 10.0, 0.0],
        [0.0, 10.0, 0.5],
    ]];
    assert!(matches!(
        Structure::new(&bent, Slab, Some(3.0)),
        Err(StructureError::NotFlat { .. })
    ));
    let turned = vec![
        square(0.0, 0.0, 10.0, 0.0),
        vec![
            [0.0, 0.0, 3.0],
            [5.0, 0.0, 3.0],
            [5.0, 0.0, 9.0],
            [0.0, 0.0, 9.0],
        ],
    ];
    assert_eq!(
        Structure::new(&turned, Slab, Some(3.0)),
        Err(StructureError::NotParallel)
    );
    let halves = [square(0.0, 0.0, 10.0, 0.0), square(0.0, 0.0, 10.0, 3.0)];
    let rectangle = |x: f64, z: f64| {
        vec![
            [x, 0.0, z],
            [x + 5.0, 0.0, z],
            [x + 5.0, 10.0, z],
            [x, 10.0, z],
        ]
    };
    let both = [0.0, 3.0].map(|z| [rectangle(0.0, z), rectangle(5.0, z)]);
    let all = [&halves[..], &both.concat()].concat();
    assert_eq!(
        Structure::new(&all, Slab, None),
        Err(StructureError::Cancelled)
    );
    let one = vec![square(0.0, 0.0, 10.0, 0.0)];
    assert_eq!(
        Structure::new(&one, SlabWithoutCaps, Some(3.0)),
        Err(StructureError::OnePlaneWithoutCaps)
    );
    for spacing in [0.0, -3.0, f64::NAN, f64::INFINITY] {
        let one = vec![square(0.0, 0.0, 10.0, 0.0)];
        assert!(Structure::new(&one, Slab, Some(spacing)).is_err());
    }
}

proptest! {
    /// The order, direction and start of contours, and where they lie, change nothing.
    #[test]
    fn the_volume_is_of_the_solid_alone(
        radii in proptest::collection::vec(5.0..20.0_f64, 2..6),
        turn in 0_usize..12,
        shift in prop::array::uniform3(-200.0..200.0_f64),
        seed in any::<bool>(),
    ) {
        let contours: Vec<Vec<[f64; 3]>> = radii
            .iter()
            .enumerate()
            .map(|(plane, radius)| {
                (0..12)
                    .map(|at| {
                        let angle = f64::from(at) * std::f64::consts::TAU / 12.0;
                        [radius * angle.cos(), radius * angle.sin(), 3.0 * plane as f64]
                    })
                    .collect()
            })
            .collect();
        let expected = volume(&contours, Slab);
        let mut others: Vec<Vec<[f64; 3]>> = contours
            .iter()
            .map(|points| {
                let mut points: Vec<[f64; 3]> = points
                    .iter()
                    .map(|point| [0, 1, 2].map(|at| point[at] + shift[at]))
                    .collect();
                points.rotate_left(turn);
                if seed {
                    points.reverse();
                }
                points
            })
            .collect();
        others.reverse();
        prop_assert!((volume(&others, Slab) / expected - 1.0).abs() < 1e-9);
        // turned by a right angle about an axis, the planes across x
        let across: Vec<Vec<[f64; 3]>> = contours
            .iter()
            .map(|points| points.iter().map(|[x, y, z]| [*z, *x, *y]).collect())
            .collect();
        prop_assert!((volume(&across, Slab) / expected - 1.0).abs() < 1e-9);
    }
}

/// Where a plane is missing, the space is filled, or nothing lies there; the bounds enclose both.
#[test]
fn missing_planes_are_enclosed_by_bounds() {
    let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
    let offsets: Vec<f64> = (0..20).map(|frame| 2.0 * f64::from(frame)).collect();
    let doses = (0..20).flat_map(|frame| [2.0 * f64::from(frame); 400]);
    let grid = DoseGrid::new([0.0; 3], axes, [2.0, 2.0], offsets, 20, doses.collect()).unwrap();
    let stack = |planes: &[f64]| -> Vec<_> {
        planes
            .iter()
            .map(|z| square(10.0, 10.0, 10.0, *z))
            .collect()
    };
    let of = |planes: &[f64], convention| {
        ContouredDose::new(&stack(planes), convention, None, &grid).unwrap()
    };
    let close = |found: f64, wanted: f64, by: f64| {
        assert!((found - wanted).abs() < by, "{found} {wanted}");
    };
    let near = |found: f64, wanted: f64| close(found, wanted, 2e-3);
    // 3.5 to 6.5, 9.5 to 12.5 and in between; 1 Gy a millimetre
    let one = of(&[4.0, 5.0, 6.0, 10.0, 11.0, 12.0], Some(Slab));
    let volume = one.volume();
    near(volume.value, 0.9);
    near(volume.lower, 0.6);
    near(volume.upper, 0.9);
    let above = one.volume_at_least(8.0, None);
    near(above.value, 0.45);
    near(above.lower, 0.3);
    let share = one.metric(&"V9.6Gy[%]".parse().unwrap(), None).unwrap();
    close(share.lower, 100.0 * 2.9 / 9.0, 0.5);
    close(share.upper, 100.0 * 2.9 / 6.0, 0.5);
    // each of two gaps by itself: the mean is largest where only the lower one is empty
    let two = of(&[4.0, 5.0, 8.0, 9.0, 16.0, 17.0], Some(Slab));
    assert!(two.encloses_gaps());
    let mean = two.metric(&"mean".parse().unwrap(), None).unwrap();
    // filled: 3.5 to 17.5
    near(mean.value, 10.5);
    let of_parts = |parts: &[(f64, f64)]| {
        let length: f64 = parts.iter().map(|part| part.1).sum();
        parts.iter().map(|part| part.0 * part.1).sum::<f64>() / length
    };
    let highest = of_parts(&[(4.5, 2.0), (12.5, 10.0)]);
    let lowest = of_parts(&[(6.5, 6.0), (16.5, 2.0)]);
    assert!(mean.upper >= highest - 1e-6 && mean.lower <= lowest + 1e-6);
    near(mean.upper, highest);
    near(mean.lower, lowest);
    // without a choice for the ends the caps are in doubt too
    let ends = of(&[4.0, 5.0, 6.0, 10.0, 11.0, 12.0], None);
    near(ends.volume().lower, 0.5);
    near(ends.volume().upper, 0.9);
    let three = of(&[4.0, 5.0, 8.0, 9.0, 12.0, 13.0, 16.0, 17.0], Some(Slab));
    assert!(!three.encloses_gaps());
    near(three.volume().lower, 0.8);
    // planes that are all there
    let whole = of(&[4.0, 5.0, 6.0, 7.0], Some(Slab));
    assert!(whole.encloses_gaps() && whole.volume().width() < 1e-12);
}
