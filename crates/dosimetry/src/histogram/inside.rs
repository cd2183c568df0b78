//! A structure in a dose grid.
//!
//! The solid is cut along the grid into boxes in which the dose is one trilinear function. Its smallest and
//! largest value in a box are at the corners.

use std::sync::Arc;

use super::coarse::Coarse;
use super::corners::Corners;
use super::coverage::{Coverage, PartlyCovered, coverage};
use super::grid::DoseGrid;
use crate::structure::frame::{FLAT, dot};
use crate::structure::plane::Plane;
use crate::structure::polygon::Point;
use crate::structure::sweep::{Budget, area, boundary};
use crate::structure::{Structure, StructureError};

/// How closely areas by the contours and in the grid agree, far above the rounding of sums.
const SAME_AREA: f64 = 1e-6;
/// The share of a volume that is the rounding of sums.
const ROUNDING: f64 = 1e-8;

/// Parts of cells of all planes that are kept at most, so that memory is bounded.
const MOST_PARTS: f64 = 6e6;

/// The dose in one structure.
///
/// ```
/// use chemorad_dosimetry::{DoseGrid, DoseInStructure, SolidConvention, Structure};
/// // 1 Gy for each millimetre along z
/// let doses = (0..6).flat_map(|frame| [2.0 * f64::from(frame); 36]).collect();
/// let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
/// let offsets = (0..6).map(|frame| 2.0 * f64::from(frame)).collect();
/// let grid = DoseGrid::new([0.0; 3], axes, [2.0, 2.0], offsets, 6, doses)?;
/// let square = |z: f64| vec![[1.0, 1.0, z], [9.0, 1.0, z], [9.0, 9.0, z], [1.0, 9.0, z]];
/// let contours = [square(2.0), square(4.0), square(6.0), square(8.0)];
/// let (solid, _) = Structure::new(&contours, SolidConvention::Slab, None)?;
/// let dose = DoseInStructure::new(&solid, &grid)?;
/// let mean = dose.mean().unwrap();
/// assert!((mean.value - 5.0).abs() < 1e-9 && mean.width() < 1e-5);
/// // half of the solid, from 1 to 9 mm, gets 5 Gy or more
/// let half = dose.volume_at_least(5.0);
/// assert!((half.value - 0.256).abs() < 1e-3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct DoseInStructure<'a> {
    grid: &'a DoseGrid,
    slices: Vec<Slice>,
    /// The same for every reading of the same contours.
    planes: Arc<[CoveredPlane]>,
    /// Parts of a cell along each axis in a plane.
    pub(super) side: usize,
    pub(super) volume: f64,
    pub(super) outside: f64,
    pub(super) coarse: Coarse,
}

/// What the contours of a plane cover of the cells of the grid.
#[derive(Debug)]
struct CoveredPlane {
    /// Along the direction across the grid, from its first point, mm.
    height: f64,
    area: f64,
    /// The area outside the grid.
    beside: f64,
    covered: Coverage,
}

/// A layer of a plane's slab between two frames.
#[derive(Debug, Clone, Copy)]
struct Slice {
    plane: usize,
    frame: usize,
    /// Where the layer begins and ends between the frames, 0 to 1.
    from: f64,
    to: f64,
    /// Its thickness times the area of a cell, cubic millimetres.
    volume: f64,
}

impl<'a> DoseInStructure<'a> {
    /// The dose of a grid in a structure.
    ///
    /// # Errors
    /// Contours whose planes are turned against those of the grid; too many edges; areas by the contours and in
    /// the grid that do not agree.
    pub fn new(structure: &Structure, grid: &'a DoseGrid) -> Result<Self, StructureError> {
        let [along_row, along_column, across] = grid.axes;
        let [a_column, a_row] = grid.spacing;
        let start = grid.axes.map(|axis| dot(grid.origin, axis));
        let same_way = dot(structure.axes[2], across);
        let cell = a_column * a_row;
        let areas = structure.planes.iter().map(|plane| plane.area / cell);
        let side = side_for(areas.sum());
        let mut budget = Budget::new();
        let mut planes = Vec::new();
        for plane in &structure.planes {
            let height = height_in(plane, structure, across)? - start[2];
            let [to_row, to_column] = [along_row, along_column]
                .map(|axis| structure.axes.map(|of_plane| dot(of_plane, axis)));
            let in_cells = |[x, y]: &Point| {
                let place = |to: [f64; 3], start: f64| {
                    to[0] * x + to[1] * y + to[2] * plane.position - start
                };
                [
                    place(to_row, start[0]) / a_column,
                    place(to_column, start[1]) / a_row,
                ]
            };
            let polygons = plane.polygons.iter();
            let polygons: Vec<Vec<Point>> = polygons
                .map(|points| points.iter().map(in_cells).collect())
                .collect();
            let boundary = boundary(&polygons, &mut budget);
            let boundary = boundary.map_err(|_| StructureError::TooIntricate {
                plane: plane.position,
            })?;
            let area = area(&boundary) * cell;
            let expected = plane.area * same_way.abs();
            if (area - expected).abs() > (expected + 1.0) * SAME_AREA {
                return Err(StructureError::Inconsistent {
                    expected,
                    found: area,
                });
            }
            let covered = coverage(&boundary, grid.columns - 1, grid.rows - 1, side);
            planes.push(CoveredPlane {
                height,
                area,
                beside: area - covered.cells * cell,
                covered,
            });
        }
        Ok(Self::of_planes(structure, grid, side, planes.into()))
    }

    /// The dose in another reading of the same contours: their slabs begin and end elsewhere.
    pub(crate) fn reading(&self, structure: &Structure) -> Self {
        Self::of_planes(structure, self.grid, self.side, Arc::clone(&self.planes))
    }

    fn of_planes(
        structure: &Structure,
        grid: &'a DoseGrid,
        side: usize,
        planes: Arc<[CoveredPlane]>,
    ) -> Self {
        let cell = grid.spacing[0] * grid.spacing[1];
        let same_way = dot(structure.axes[2], grid.axes[2]).signum();
        let (mut volume, mut outside) = (0.0, 0.0);
        let mut slices = Vec::new();
        for (number, (plane, covered)) in structure.planes.iter().zip(&*planes).enumerate() {
            volume += plane.volume();
            let place = |end: f64| covered.height + same_way * (end - plane.position);
            let ends = [place(plane.lower), place(plane.upper)];
            let (low, high) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
            let mut within = 0.0;
            for (frame, pair) in grid.offsets.windows(2).enumerate() {
                let (bottom, top) = (pair[0], pair[1]);
                let (from, to) = (low.max(bottom), high.min(top));
                if to > from {
                    within += to - from;
                    slices.push(Slice {
                        plane: number,
                        frame,
                        from: (from - bottom) / (top - bottom),
                        to: (to - bottom) / (top - bottom),
                        volume: cell * (to - from),
                    });
                }
            }
            outside += covered.beside * within + covered.area * (high - low - within);
        }
        let mut result = Self {
            grid,
            slices,
            planes,
            side,
            volume,
            // the rounding of sums is no volume
            outside: if outside > volume * ROUNDING {
                outside
            } else {
                0.0
            },
            coarse: Coarse::default(),
        };
        result.coarse = result.first_look();
        result
    }

    /// The corners of a cell in a layer.
    fn corners(&self, slice: &Slice, row: usize, column: usize) -> Corners {
        let below = self.grid.corners(slice.frame, row, column);
        let above = self.grid.corners(slice.frame + 1, row, column);
        let mut corners = [0.0; 8];
        for at in 0..4 {
            let between = |share: f64| below[at] + (above[at] - below[at]) * share;
            corners[at] = between(slice.from);
            corners[at + 4] = between(slice.to);
        }
        corners
    }

    /// Each cell in each layer: its corners, how it is covered where not whole, and its volume.
    pub(super) fn each<'s>(
        &'s self,
        mut take: impl FnMut(&Corners, Option<&'s PartlyCovered>, f64),
    ) {
        for slice in &self.slices {
            let Some(CoveredPlane { covered: plane, .. }) = self.planes.get(slice.plane) else {
                continue;
            };
            for &(row, first, end) in &plane.whole {
                for column in first..end {
                    take(&self.corners(slice, row, column), None, slice.volume);
                }
            }
            for covered in &plane.parts {
                let corners = self.corners(slice, covered.row, covered.column);
                take(&corners, Some(covered), slice.volume);
            }
        }
    }

    fn first_look(&self) -> Coarse {
        let mut coarse = Coarse::new(self.grid.maximum());
        self.each(|corners, covered, volume| {
            coarse.add(corners, volume * covered.map_or(1.0, PartlyCovered::share));
        });
        coarse
    }

    /// Whether no part of it has a dose.
    pub(super) fn is_empty(&self) -> bool {
        self.coarse.range[0] > self.coarse.range[1]
    }

    /// The volume of the structure, cubic centimetres.
    #[must_use]
    pub fn volume_cc(&self) -> f64 {
        self.volume / 1000.0
    }

    /// The volume outside the grid, where no dose is known, cubic centimetres.
    #[must_use]
    pub fn outside_cc(&self) -> f64 {
        self.outside / 1000.0
    }
}

/// The height of a plane along the direction across a grid.
fn height_in(
    plane: &Plane,
    structure: &Structure,
    across: [f64; 3],
) -> Result<f64, StructureError> {
    let to_height = structure.axes.map(|axis| dot(axis, across));
    let points = plane.polygons.iter().flatten();
    let heights =
        points.map(|[x, y]| to_height[0] * x + to_height[1] * y + to_height[2] * plane.position);
    let (low, high) = heights.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), height| {
        (low.min(height), high.max(height))
    });
    // the plane of a contour with the noise of digits on either side
    if high - low > 2.0 * FLAT {
        return Err(StructureError::NotParallel);
    }
    Ok(f64::midpoint(low, high))
}

/// Parts of a cell along each axis: as many as the memory allows, 1 to 16.
fn side_for(cells: f64) -> usize {
    let mut side = 16;
    while side > 2 && cells * f64::from(u32::try_from(side * side).unwrap_or(u32::MAX)) > MOST_PARTS
    {
        side /= 2;
    }
    side
}
