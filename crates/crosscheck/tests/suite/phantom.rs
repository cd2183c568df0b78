//! A dose that rises by 2 Gy a millimetre, and square structures in it.

use chemorad_dosimetry::{ContouredDose, DoseGrid, SolidConvention};

/// 12 frames of 2 mm, 4 Gy apart: 0 to 44 Gy.
pub(crate) fn rising() -> DoseGrid {
    grid(|frame| 4.0 * f64::from(frame))
}

/// The same dose everywhere.
pub(crate) fn uniform(gray: f64) -> DoseGrid {
    grid(|_| gray)
}

fn grid(dose: impl Fn(i32) -> f64) -> DoseGrid {
    let doses = (0..12).flat_map(|frame| [dose(frame); 144]).collect();
    let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
    let offsets = (0..12).map(|frame| 2.0 * f64::from(frame)).collect();
    DoseGrid::new([0.0; 3], axes, [2.0, 2.0], offsets, 12, doses).unwrap()
}

/// 8 mm by 8 mm at this height.
pub(crate) fn square(z: f64) -> Vec<[f64; 3]> {
    vec![[1.0, 1.0, z], [9.0, 1.0, z], [9.0, 9.0, z], [1.0, 9.0, z]]
}

/// So many planes of 2 mm from this height on: from 1 mm below the first to 1 mm above the last.
pub(crate) fn block(first: f64, planes: i32) -> Vec<Vec<[f64; 3]>> {
    (0..planes)
        .map(|plane| square(first + 2.0 * f64::from(plane)))
        .collect()
}

pub(crate) fn dose_in<'g>(contours: &[Vec<[f64; 3]>], grid: &'g DoseGrid) -> ContouredDose<'g> {
    ContouredDose::new(contours, Some(SolidConvention::Slab), None, grid).unwrap()
}
