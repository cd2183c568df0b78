//! Trilinear interpolation of one grid at the voxels of another.
//!
//! With the same orientation the three axes are independent: for every column, row and frame of the
//! target it is known beforehand between which two of the source it lies.

use chemorad::number::Decimal;

use super::error::ConvertError;
use crate::dose::grid::{Grid, Pixels};

/// Millimetres within which two places are one: finer than any position is known.
const SAME_PLACE: f64 = 1e-3;
/// How far directions may differ: over half a metre that is less than a micrometre.
const SAME_DIRECTION: f64 = 1e-6;

/// Between which source planes a target plane lies: the first of them, and how far to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Between {
    lower: usize,
    fraction: f64,
}

/// For each plane of the target; `None` outside the source.
type Axis = Vec<Option<Between>>;

/// Where each voxel of the target lies in the source.
#[derive(Debug)]
pub(super) struct Resampled {
    columns: Axis,
    rows: Axis,
    frames: Axis,
    source_columns: usize,
    source_rows: usize,
}

impl Resampled {
    pub(super) fn new(at: usize, target: &Grid, source: &Grid) -> Result<Self, ConvertError> {
        let refused = |why| ConvertError::Resample { at, why };
        let (Some(to), Some(from)) = (Place::of(target), Place::of(source)) else {
            return Err(refused(
                "a grid lacks position, orientation, spacing or offsets, or its rows and columns are not at right angles",
            ));
        };
        let turned = to
            .directions
            .iter()
            .flatten()
            .zip(from.directions.iter().flatten())
            .any(|(a, b)| (a - b).abs() > SAME_DIRECTION);
        if turned {
            return Err(refused("the grids are turned against one another"));
        }
        let apart = [0, 1, 2].map(|axis| to.position[axis] - from.position[axis]);
        let [columns, rows, frames] = [0, 1, 2].map(|axis| {
            let shift: f64 = apart
                .iter()
                .zip(to.directions[axis])
                .map(|(a, b)| a * b)
                .sum();
            let places = to.planes[axis].iter().map(|place| place + shift);
            places
                .map(|place| between(&from.planes[axis], place))
                .collect()
        });
        Ok(Self {
            columns,
            rows,
            frames,
            source_columns: source.columns.into(),
            source_rows: source.rows.into(),
        })
    }

    /// Voxels of the target.
    pub(super) fn len(&self) -> usize {
        self.columns.len() * self.rows.len() * self.frames.len()
    }

    /// Voxels of the target outside the source.
    pub(super) fn outside(&self) -> u64 {
        let inside = |axis: &Axis| axis.iter().flatten().count();
        let inside = inside(&self.columns) * inside(&self.rows) * inside(&self.frames);
        (self.len() - inside) as u64
    }

    /// The source in gray at target voxels from `start` on; 0 outside it.
    pub(super) fn fill(&self, pixels: &Pixels<'_>, scale: f64, start: usize, out: &mut [f64]) {
        let (columns, rows) = (self.columns.len(), self.rows.len());
        for (index, out) in (start..).zip(out) {
            let place = |axis: &Axis, at: usize| axis.get(at).copied().flatten();
            let (line, column) = (index / columns, place(&self.columns, index % columns));
            let (row, frame) = (
                place(&self.rows, line % rows),
                place(&self.frames, line / rows),
            );
            *out = match (column, row, frame) {
                (Some(column), Some(row), Some(frame)) => {
                    scale * self.interpolate(pixels, column, row, frame)
                }
                _ => 0.0,
            };
        }
    }

    fn interpolate(
        &self,
        pixels: &Pixels<'_>,
        column: Between,
        row: Between,
        frame: Between,
    ) -> f64 {
        let along = |place: Between, value: &dyn Fn(usize) -> f64| {
            let lower = value(place.lower);
            // the last plane has no next one
            if place.fraction == 0.0 {
                return lower;
            }
            lower + place.fraction * (value(place.lower + 1) - lower)
        };
        along(frame, &|frame| {
            along(row, &|row| {
                let line = (frame * self.source_rows + row) * self.source_columns;
                along(column, &|column| f64::from(pixels.get(line + column)))
            })
        })
    }
}

/// A grid in numbers: columns, rows and frames lie along the three directions.
struct Place {
    position: [f64; 3],
    directions: [[f64; 3]; 3],
    /// Distances of the planes from the first, in millimetres.
    planes: [Vec<f64>; 3],
}

impl Place {
    fn of(grid: &Grid) -> Option<Self> {
        let [rx, ry, rz, cx, cy, cz] = grid.orientation?.map(Decimal::to_f64);
        let (row, column) = ([rx, ry, rz], [cx, cy, cz]);
        let normal = [ry * cz - rz * cy, rz * cx - rx * cz, rx * cy - ry * cx];
        let dot = |a: [f64; 3], b: [f64; 3]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let off = [
            dot(row, row) - 1.0,
            dot(column, column) - 1.0,
            dot(row, column),
        ];
        // rounded to six digits in the file
        if off.iter().any(|off| off.abs() > 1e-4) {
            return None;
        }
        let [between_rows, between_columns] = grid.spacing?.map(Decimal::to_f64);
        if between_rows <= 0.0 || between_columns <= 0.0 {
            return None;
        }
        let even =
            |count: u16, spacing: f64| (0..count).map(|at| f64::from(at) * spacing).collect();
        let distances = grid.frame_distances()?;
        let mut frames: Vec<f64> = distances.into_iter().map(Decimal::to_f64).collect();
        if frames.is_empty() && grid.frames == 1 {
            frames.push(0.0);
        }
        Some(Self {
            position: grid.position?.map(Decimal::to_f64),
            directions: [row, column, normal],
            planes: [
                even(grid.columns, between_columns),
                even(grid.rows, between_rows),
                frames,
            ],
        })
    }
}

/// Where `place` lies among `planes`, which go one way.
fn between(planes: &[f64], place: f64) -> Option<Between> {
    let (&first, &last) = (planes.first()?, planes.last()?);
    let way = if last < first { -1.0 } else { 1.0 };
    let (along, end) = ((place - first) * way, (last - first) * way);
    if along < -SAME_PLACE || along > end + SAME_PLACE {
        return None;
    }
    let after = planes.partition_point(|plane| (plane - first) * way <= along);
    let lower = after.saturating_sub(1);
    let at = |index: usize| planes.get(index).map(|plane| (plane - first) * way);
    let fraction = match (at(lower), at(lower + 1)) {
        (Some(lower), Some(upper)) => ((along - lower) / (upper - lower)).clamp(0.0, 1.0),
        _ => 0.0,
    };
    Some(Between { lower, fraction })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_between_planes_either_way() {
        let found = |planes: &[f64], place| between(planes, place).map(|b| (b.lower, b.fraction));
        let forward = [0.0, 2.0, 6.0];
        assert_eq!(found(&forward, 0.0), Some((0, 0.0)));
        assert_eq!(found(&forward, 1.0), Some((0, 0.5)));
        assert_eq!(found(&forward, 5.0), Some((1, 0.75)));
        assert_eq!(found(&forward, 6.0), Some((2, 0.0)));
        assert_eq!(found(&forward, 6.0005), Some((2, 0.0)));
        assert_eq!(found(&forward, -0.0005), Some((0, 0.0)));
        assert_eq!(found(&forward, 6.002), None);
        assert_eq!(found(&forward, -0.002), None);
        let backward = [0.0, -2.0, -6.0];
        assert_eq!(found(&backward, -5.0), Some((1, 0.75)));
        assert_eq!(found(&backward, 1.0), None);
        assert_eq!(found(&[0.0], 0.0), Some((0, 0.0)));
        assert_eq!(found(&[0.0], 1.0), None);
        assert_eq!(found(&[], 1.0), None);
    }
}
