//! A structure in a dose grid.
//!
//! The solid is cut along the grid into boxes in which the dose is one trilinear function. Its smallest and
//! largest value in a box are at the corners.

use std::sync::Arc;

use super::cells::{Cells, CoveredPlane, Layer};
use super::coarse::Coarse;
use super::coverage::coverage;
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
/// What is thinner is the rounding of heights, mm.
const THINNEST: f64 = 1e-9;

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
    /// The same for every reading of the same contours.
    pub(super) cells: Arc<Cells<'a>>,
    /// The number of this reading.
    pub(super) reading: u32,
    pub(super) volume: f64,
    pub(super) outside: f64,
    pub(super) coarse: Coarse,
}

impl<'a> DoseInStructure<'a> {
    /// The dose of a grid in a structure.
    ///
    /// # Errors
    /// Contours whose planes are turned against those of the grid; too many edges; areas by the contours and in
    /// the grid that do not agree.
    pub fn new(structure: &Structure, grid: &'a DoseGrid) -> Result<Self, StructureError> {
        let mut readings = Self::of_readings(std::slice::from_ref(structure), grid)?;
        readings.pop().ok_or(StructureError::NoContours)
    }

    /// The dose in each reading of the same contours: their slabs begin and end elsewhere.
    pub(crate) fn of_readings(
        readings: &[Structure],
        grid: &'a DoseGrid,
    ) -> Result<Vec<Self>, StructureError> {
        let Some(structure) = readings.first() else {
            return Ok(Vec::new());
        };
        let [along_row, along_column, across] = grid.axes;
        let [a_column, a_row] = grid.spacing;
        let start = grid.axes.map(|axis| dot(grid.origin, axis));
        let same_way = dot(structure.axes[2], across);
        let cell = a_column * a_row;
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
            let covered = coverage(&boundary, grid.columns - 1, grid.rows - 1);
            planes.push(CoveredPlane {
                height,
                area,
                beside: area - covered.cells * cell,
                covered,
            });
        }
        let mut cells = Cells {
            grid,
            planes,
            layers: Vec::new(),
        };
        let mut outside = vec![0.0; readings.len()];
        for plane in 0..cells.planes.len() {
            add_layers(&mut cells, plane, readings, &mut outside);
        }
        let found = cells.look();
        let cells = Arc::new(cells);
        let readings = (0..).zip(readings).zip(outside);
        Ok(readings
            .map(|((reading, structure), outside)| {
                let volume = structure.planes.iter().map(Plane::volume).sum();
                let mut coarse = Coarse::new(grid.maximum());
                for (_, part) in found.iter().filter(|(of, _)| of >> reading & 1 == 1) {
                    coarse.join(part);
                }
                Self {
                    cells: Arc::clone(&cells),
                    reading,
                    volume,
                    // the rounding of sums is no volume
                    outside: if outside > volume * ROUNDING {
                        outside
                    } else {
                        0.0
                    },
                    coarse,
                }
            })
            .collect())
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
        return Err(StructureError::TurnedGrid);
    }
    Ok(f64::midpoint(low, high))
}

/// Adds the layers of a plane: its slab in all readings, cut where one of them begins or ends and along the frames. Adds
/// to each reading what lies outside the grid.
fn add_layers(cells: &mut Cells<'_>, number: usize, readings: &[Structure], outside: &mut [f64]) {
    let grid = cells.grid;
    let Some(plane) = cells.planes.get(number) else {
        return;
    };
    let cell = grid.spacing[0] * grid.spacing[1];
    // the height is that of the plane in the first reading; others may have it a little higher or lower
    let position_of = |structure: &Structure| Some(structure.planes.get(number)?.position);
    let Some(position) = readings.first().and_then(position_of) else {
        return;
    };
    let slabs: Vec<[f64; 2]> = readings
        .iter()
        .filter_map(|structure| {
            let of_reading = structure.planes.get(number)?;
            let same_way = dot(structure.axes[2], grid.axes[2]).signum();
            let place = |end: f64| plane.height + same_way * (end - position);
            let ends = [place(of_reading.lower), place(of_reading.upper)];
            Some([ends[0].min(ends[1]), ends[0].max(ends[1])])
        })
        .collect();
    let mut ends: Vec<f64> = slabs.iter().flatten().copied().collect();
    ends.sort_by(f64::total_cmp);
    ends.dedup_by(|next, kept| *next - *kept <= THINNEST);
    let mut layers = Vec::new();
    for pair in ends.windows(2) {
        let (low, high) = (pair[0], pair[1]);
        let middle = f64::midpoint(low, high);
        let is_within = |slab: &[f64; 2]| slab[0] < middle && middle < slab[1];
        let members = (0_u32..).zip(&slabs).filter(|(_, slab)| is_within(slab));
        let members = members.fold(0, |all, (reading, _)| all | 1 << reading);
        let mut within = 0.0;
        for (frame, pair) in grid.offsets.windows(2).enumerate() {
            let (bottom, top) = (pair[0], pair[1]);
            let (from, to) = (low.max(bottom), high.min(top));
            within += (to - from).max(0.0);
            if to - from > THINNEST {
                let place = |height: f64| (height - bottom) / (top - bottom);
                let ends = [place(from), place(to)];
                layers.push(Layer::new(number, frame, ends, cell * (to - from), members));
            }
        }
        let beyond = high - low - within;
        for (reading, outside) in outside.iter_mut().enumerate() {
            if members >> reading & 1 == 1 {
                *outside += plane.beside * within + plane.area * beyond;
            }
        }
    }
    layers.retain(|layer| layer.readings != 0);
    cells.layers.extend(layers);
}
