//! Trilinear interpolation of one grid at the voxels of another.
//!
//! Where the axes of both grids are the same three lines in space, in any order and direction (a patient
//! on the back or prone, head or feet first, on the side), the axes are independent: for every column, row
//! and frame of the target it is known beforehand between which two planes of the source it lies.

use chemorad::number::Decimal;

use super::error::ConvertError;
use crate::dose::grid::Grid;
use crate::dose::pixels::Pixels;

/// Millimetres within which two places are one: finer than any position is known.
const SAME_PLACE: f64 = 1e-3;
/// How far directions may differ: over half a metre that is less than a micrometre.
const SAME_DIRECTION: f64 = 1e-6;

/// Between which source planes a target plane lies: the first of them, and how far to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Between {
    lower: usize,
    fraction: f64,
    /// To the next plane, in millimetres; 0 where there is none.
    gap: f64,
}

impl Between {
    /// The plane it lies at, if it does to a ten-thousandth of a millimetre.
    fn at_a_plane(self) -> Option<Self> {
        const SAME: f64 = 1e-4;
        let lower = if self.fraction * self.gap <= SAME {
            self.lower
        } else if (1.0 - self.fraction) * self.gap <= SAME {
            self.lower + 1
        } else {
            return None;
        };
        Some(Self {
            lower,
            fraction: 0.0,
            gap: self.gap,
        })
    }
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Whether two directions of length 1 are the same or opposite.
fn is_one_line(a: [f64; 3], b: [f64; 3]) -> bool {
    let way = dot(a, b).signum();
    a.iter()
        .zip(b)
        .all(|(a, b)| (a - way * b).abs() <= SAME_DIRECTION)
}

/// For each plane of the target; `None` outside the source.
type Axis = Vec<Option<Between>>;

/// Where each voxel of the target lies in the source.
#[derive(Debug)]
pub(super) struct Resampled {
    /// For the columns, rows and frames of the target.
    axes: [Axis; 3],
    /// Whether they are columns (0), rows (1) or frames (2) of the source.
    along: [usize; 3],
    /// Columns, rows and frames of the source.
    source: [usize; 3],
    /// Its voxels lie where those of the target do, so that nothing is interpolated.
    reordered: bool,
}

impl Resampled {
    pub(super) fn new(at: usize, target: &Grid, source: &Grid) -> Result<Self, ConvertError> {
        let refused = |why| ConvertError::Resample { at, why };
        let (Some(to), Some(from)) = (Place::of(target), Place::of(source)) else {
            return Err(refused(
                "a grid lacks position, orientation, spacing or offsets, or its rows and columns are not at right angles",
            ));
        };
        let shift = [0, 1, 2].map(|axis| to.position[axis] - from.position[axis]);
        let mut axes = [(); 3].map(|()| Axis::new());
        let mut along = [0; 3];
        for ((direction, planes), (axis, along)) in to
            .directions
            .iter()
            .zip(&to.planes)
            .zip(axes.iter_mut().zip(&mut along))
        {
            let parallel = from
                .directions
                .iter()
                .position(|other| is_one_line(*direction, *other));
            let Some(parallel) = parallel else {
                return Err(refused("the grids are turned against one another"));
            };
            *along = parallel;
            let (direction_there, planes_there) =
                (from.directions[parallel], &from.planes[parallel]);
            let way = dot(*direction, direction_there).signum();
            let shift = dot(shift, direction_there);
            let places = planes.iter().map(|place| way * place + shift);
            *axis = places.map(|place| between(planes_there, place)).collect();
        }
        Ok(Self {
            axes,
            along,
            source: from.planes.map(|planes| planes.len()),
            reordered: false,
        })
    }

    /// The resampled doses, where each voxel of the target lies at one of the source and each of the source at one of
    /// the target.
    pub(super) fn reordered(mut self) -> Option<Self> {
        for (axis, along) in self.axes.iter_mut().zip(self.along) {
            if self.source.get(along) != Some(&axis.len()) {
                return None;
            }
            for place in axis {
                *place = Some(place.as_ref()?.at_a_plane()?);
            }
        }
        self.reordered = true;
        Some(self)
    }

    pub(super) const fn is_reordered(&self) -> bool {
        self.reordered
    }

    /// Voxels of the target.
    pub(super) fn len(&self) -> usize {
        self.axes.iter().map(Vec::len).product()
    }

    /// Voxels of the target outside the source.
    pub(super) fn outside(&self) -> u64 {
        let inside = |axis: &Axis| axis.iter().flatten().count();
        let inside: usize = self.axes.iter().map(inside).product();
        (self.len() - inside) as u64
    }

    /// The source in gray at target voxels from `start` on; 0 outside it.
    pub(super) fn fill(&self, pixels: &Pixels<'_>, scale: f64, start: usize, out: &mut [f64]) {
        let [columns, rows, frames] = &self.axes;
        let along = self.along;
        for (index, out) in (start..).zip(out) {
            let place = |axis: &Axis, at: usize| axis.get(at).copied().flatten();
            let (line, column) = (index / columns.len(), place(columns, index % columns.len()));
            let (row, frame) = (
                place(rows, line % rows.len()),
                place(frames, line / rows.len()),
            );
            *out = match (column, row, frame) {
                (Some(column), Some(row), Some(frame)) => {
                    let mut there = [column; 3];
                    for (along, place) in along.iter().zip([column, row, frame]) {
                        if let Some(there) = there.get_mut(*along) {
                            *there = place;
                        }
                    }
                    scale * self.interpolate(pixels, there)
                }
                _ => 0.0,
            };
        }
    }

    fn interpolate(&self, pixels: &Pixels<'_>, [column, row, frame]: [Between; 3]) -> f64 {
        let [columns, rows, _] = self.source;
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
                let line = (frame * rows + row) * columns;
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
    let (fraction, gap) = match (at(lower), at(lower + 1)) {
        (Some(lower), Some(upper)) => {
            let gap = upper - lower;
            (((along - lower) / gap).clamp(0.0, 1.0), gap)
        }
        _ => (0.0, 0.0),
    };
    Some(Between {
        lower,
        fraction,
        gap,
    })
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
        // wherever the first of them lies
        let shifted = [1.0, 3.0, 7.0];
        assert_eq!(found(&shifted, 1.0), Some((0, 0.0)));
        assert_eq!(found(&shifted, 6.0), Some((1, 0.75)));
        assert_eq!(found(&shifted, 0.0), None);
        assert_eq!(found(&shifted, 7.5), None);
        assert_eq!(found(&[0.0], 1.0), None);
        assert_eq!(found(&[], 1.0), None);
    }

    #[test]
    fn a_place_is_at_the_nearer_plane_or_at_none() {
        let at = |fraction, gap| {
            let place = Between {
                lower: 3,
                fraction,
                gap,
            };
            place
                .at_a_plane()
                .map(|place| (place.lower, place.fraction))
        };
        assert_eq!(at(0.0, 2.5), Some((3, 0.0)));
        assert_eq!(at(0.000_03, 2.5), Some((3, 0.0)));
        assert_eq!(at(0.000_05, 2.5), None);
        assert_eq!(at(0.5, 2.5), None);
        assert_eq!(at(0.999_95, 2.5), None);
        assert_eq!(at(0.999_97, 2.5), Some((4, 0.0)));
        assert_eq!(at(1.0, 2.5), Some((4, 0.0)));
        // the last plane has no next one
        assert_eq!(at(0.0, 0.0), Some((3, 0.0)));
    }

    #[test]
    fn directions_are_compared_to_a_millionth() {
        let x = [1.0, 0.0, 0.0];
        assert!(is_one_line(x, x) && is_one_line(x, [-1.0, 0.0, 0.0]));
        assert!(is_one_line(x, [1.0, 5e-7, -5e-7]));
        assert!(!is_one_line(x, [1.0, 2e-6, 0.0]));
        assert!(!is_one_line(x, [0.0, 1.0, 0.0]));
    }
}
