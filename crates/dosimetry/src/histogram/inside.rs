//! The dose in a structure: mean, volume at a dose, dose at a volume, each between bounds.
//!
//! The solid is cut along the grid into boxes in which the dose is one trilinear function. Its smallest and
//! largest value in a box are at the corners, and its mean in a whole box is theirs. A box that a question
//! does not settle is halved along each axis; what is left unsettled at the end makes the bounds.

use super::boxes::{
    Amount, Block, Corners, extremes, extremes_over_height, mean, part_of, whole_at_least,
};
use super::coverage::{Coverage, PartlyCovered, coverage};
use super::grid::DoseGrid;
use crate::structure::polygon::Point;
use crate::structure::{Structure, StructureError};

/// A value, and bounds that enclose the exact one.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Bounded {
    /// The best estimate.
    pub value: f64,
    /// Not more than the exact value.
    pub lower: f64,
    /// Not less than the exact value.
    pub upper: f64,
}

/// How far rounding may shift a bound: shares of a cell are kept with seven digits.
const ROUNDING: f64 = 1e-7;

impl Bounded {
    fn new(lower: f64, upper: f64, estimate: f64) -> Self {
        Self {
            value: estimate.clamp(lower, upper),
            lower: lower * (1.0 - ROUNDING),
            upper: upper * (1.0 + ROUNDING),
        }
    }

    /// In another unit, which is so many times smaller.
    pub(crate) fn scaled(self, factor: f64) -> Self {
        Self {
            value: self.value * factor,
            lower: self.lower * factor,
            upper: self.upper * factor,
        }
    }

    /// What is left of a whole.
    pub(crate) fn subtracted_from(self, whole: f64) -> Self {
        Self {
            value: whole - self.value,
            lower: (whole - self.upper).max(0.0),
            upper: whole - self.lower,
        }
    }

    /// This value, within the bounds of both.
    #[must_use]
    pub fn enclosing(self, other: Self) -> Self {
        Self {
            value: self.value,
            lower: self.lower.min(other.lower),
            upper: self.upper.max(other.upper),
        }
    }

    /// How far the bounds are apart.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.upper - self.lower
    }
}

/// Bounds closer than this settle a dose, Gy.
const SETTLED_DOSE: f64 = 0.01;
/// Bounds closer than this share of the structure settle a volume.
const SETTLED_SHARE: f64 = 0.001;
/// Bins of the first look at a structure.
const BINS: u32 = 1024;
/// How finely a search ends, Gy.
const FINEST_DOSE: f64 = 0.001;

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
    planes: Vec<Coverage>,
    /// Parts of a cell along each axis in a plane.
    side: usize,
    volume: f64,
    outside: f64,
    /// Smallest and largest dose that a cell of the structure touches.
    range: [f64; 2],
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
    /// Contours whose planes are turned against those of the grid.
    pub fn new(structure: &Structure, grid: &'a DoseGrid) -> Result<Self, StructureError> {
        let dot = |a: [f64; 3], b: [f64; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
        let [first, second, normal] = structure.axes;
        let [along_row, along_column, across] = grid.axes;
        let same_way = dot(normal, across);
        if same_way.abs() < 1.0 - 1e-6 {
            return Err(StructureError::NotParallel);
        }
        let [a_column, a_row] = grid.spacing;
        let from_grid = dot(grid.origin, across);
        let place = |height: f64| same_way.signum() * height - from_grid;
        let start = [dot(grid.origin, along_row), dot(grid.origin, along_column)];
        let turned = [
            [dot(first, along_row), dot(second, along_row)],
            [dot(first, along_column), dot(second, along_column)],
        ];
        let in_cells = |[x, y]: Point| {
            let [row, column] = turned.map(|[along_x, along_y]| along_x * x + along_y * y);
            [(row - start[0]) / a_column, (column - start[1]) / a_row]
        };
        let cell = a_column * a_row;
        let areas = structure.planes.iter().map(|plane| plane.area.abs() / cell);
        let side = side_for(areas.sum());
        let mut planes = Vec::new();
        let mut slices = Vec::new();
        let (mut volume, mut inside) = (0.0, 0.0);
        for plane in &structure.planes {
            let mut polygons: Vec<Vec<Point>> = plane
                .polygons
                .iter()
                .map(|points| points.iter().map(|point| in_cells(*point)).collect())
                .collect();
            let area: f64 = polygons
                .iter()
                .map(|points| crate::structure::polygon::signed_area(points))
                .sum();
            if area < 0.0 {
                for points in &mut polygons {
                    points.reverse();
                }
            }
            let covered = coverage(&polygons, grid.columns - 1, grid.rows - 1, side);
            volume += plane.area * (plane.upper - plane.lower);
            let ends = [place(plane.lower), place(plane.upper)];
            let (low, high) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
            for (frame, pair) in grid.offsets.windows(2).enumerate() {
                let (bottom, top) = (pair[0], pair[1]);
                let (from, to) = (low.max(bottom), high.min(top));
                if to > from {
                    inside += covered.cells * cell * (to - from);
                    slices.push(Slice {
                        plane: planes.len(),
                        frame,
                        from: (from - bottom) / (top - bottom),
                        to: (to - bottom) / (top - bottom),
                        volume: cell * (to - from),
                    });
                }
            }
            planes.push(covered);
        }
        let outside = volume - inside;
        let mut result = Self {
            grid,
            slices,
            planes,
            side,
            volume,
            // the rounding of sums is no volume
            outside: if outside > volume * 1e-9 {
                outside
            } else {
                0.0
            },
            range: [f64::INFINITY, f64::NEG_INFINITY],
        };
        result.range = result.touched();
        Ok(result)
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
    fn each<'s>(&'s self, mut take: impl FnMut(&Corners, Option<&'s PartlyCovered>, f64)) {
        for slice in &self.slices {
            let Some(plane) = self.planes.get(slice.plane) else {
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

    fn touched(&self) -> [f64; 2] {
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        self.each(|corners, _, _| {
            let [low, high] = extremes(corners);
            (least, most) = (least.min(low), most.max(high));
        });
        [least, most]
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

    /// The mean dose, Gy; none where a part of the structure lies outside the grid.
    #[must_use]
    pub fn mean(&self) -> Option<Bounded> {
        if self.outside > 0.0 || self.slices.is_empty() {
            return None;
        }
        let (mut sure, mut low, mut high, mut middle) = (0.0, 0.0, 0.0, 0.0);
        #[allow(clippy::cast_precision_loss, reason = "a side has few parts")]
        let parts = (self.side * self.side) as f64;
        self.each(|corners, covered, volume| {
            let Some(covered) = covered else {
                sure += mean(corners) * volume;
                return;
            };
            let finest = covered.shares.iter().take(self.side * self.side);
            for (at, share) in finest.enumerate().filter(|(_, share)| **share > 0.0) {
                let of_part = part_of(corners, at % self.side, at / self.side, self.side);
                let average = mean(&of_part);
                let [least, most] = if *share >= 1.0 {
                    [average; 2]
                } else {
                    extremes_over_height(&of_part)
                };
                let volume = volume / parts * f64::from(*share);
                low += volume * least;
                high += volume * most;
                middle += volume * average;
            }
        });
        let of = |open: f64| (sure + open) / self.volume;
        Some(Bounded::new(of(low), of(high), of(middle)))
    }

    /// The volume that gets a dose or more, cubic centimetres. What lies outside the grid may.
    #[must_use]
    pub fn volume_at_least(&self, dose: f64) -> Bounded {
        let open = self.open(dose, dose);
        let mut amount = Amount::default();
        for depth in self.depths() {
            amount = open.at_least(dose, depth);
            if amount.open <= self.volume * SETTLED_SHARE {
                break;
            }
        }
        Bounded::new(
            amount.sure / 1000.0,
            (amount.sure + amount.open + self.outside) / 1000.0,
            (amount.sure + amount.estimate) / 1000.0,
        )
    }

    /// Into how many parts along each axis a cell is cut: coarse first.
    fn depths(&self) -> Vec<usize> {
        let coarse = [1, 4].into_iter().filter(|depth| *depth < self.side);
        coarse.chain([self.side]).collect()
    }

    /// The cells that doses between two leave open, and what those above hold.
    fn open(&self, from: f64, to: f64) -> OpenCells<'_> {
        let mut sure = 0.0;
        let mut cells = Vec::new();
        self.each(|corners, covered, volume| {
            let [low, high] = extremes(corners);
            if low >= to {
                let share = covered.map_or(1.0, whole_share);
                sure += volume * share;
            } else if high > from {
                cells.push((*corners, covered, volume));
            }
        });
        OpenCells { sure, cells }
    }

    /// Between which doses the dose at a volume lies, from the corners of whole cells alone.
    fn coarse_bounds(&self, wanted: f64) -> [f64; 2] {
        let [least, most] = self.range;
        let width = (most - least) / f64::from(BINS);
        if width <= 0.0 {
            return [least, most];
        }
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to the bins"
        )]
        let bin = |dose: f64| ((dose - least) / width).clamp(0.0, f64::from(BINS) - 1.0) as usize;
        let bins = usize::try_from(BINS).unwrap_or(1);
        let (mut lowest, mut highest) = (vec![0.0; bins], vec![0.0; bins]);
        self.each(|corners, covered, volume| {
            let volume = volume * covered.map_or(1.0, whole_share);
            let [low, high] = extremes(corners);
            lowest[bin(low)] += volume;
            highest[bin(high)] += volume;
        });
        // a lower edge of a bin is not above the doses in it, an upper edge not below
        let reached = |volumes: &[f64], start: f64| {
            let mut sum = start;
            let found = volumes.iter().rposition(|volume| {
                sum += volume;
                sum >= wanted
            });
            found.unwrap_or(0)
        };
        #[allow(clippy::cast_precision_loss, reason = "bins are few")]
        let edge = |at: usize| least + width * at as f64;
        let lower = edge(reached(&lowest, 0.0));
        let upper = edge(reached(&highest, self.outside) + 1);
        [lower.min(upper), upper]
    }

    /// The largest dose that a volume gets at least (the hottest `volume` cubic centimetres), Gy; none where the
    /// structure is smaller, or too little of it lies in the grid.
    #[must_use]
    pub fn dose_at_volume(&self, volume_cc: f64) -> Option<Bounded> {
        let wanted = volume_cc * 1000.0;
        let known = self.volume - self.outside;
        if !(wanted > 0.0 && wanted <= self.volume * (1.0 + 1e-12)) || self.slices.is_empty() {
            return None;
        }
        // a hair less, so that the whole volume is not lost to rounding
        let wanted = wanted.min(self.volume) * (1.0 - 1e-9);
        if wanted > known {
            return None;
        }
        let [mut lower, mut upper] = self.coarse_bounds(wanted);
        let open = self.open(lower, upper);
        let mut value = f64::midpoint(lower, upper);
        for depth in self.depths() {
            let bounds = [lower, upper];
            let search = |of: &dyn Fn(Amount) -> f64| {
                let [mut low, mut high] = bounds;
                while high - low > FINEST_DOSE {
                    let middle = f64::midpoint(low, high);
                    if of(open.at_least(middle, depth)) >= wanted {
                        low = middle;
                    } else {
                        high = middle;
                    }
                }
                [low, high]
            };
            lower = search(&|amount| amount.sure)[0];
            upper = search(&|amount| amount.sure + amount.open + self.outside)[1];
            if upper - lower <= SETTLED_DOSE || depth == self.side {
                let [low, high] = search(&|amount| amount.sure + amount.estimate);
                value = f64::midpoint(low, high);
                break;
            }
        }
        Some(Bounded::new(lower, upper, value))
    }
}

/// The covered share of a whole cell.
fn whole_share(part: &PartlyCovered) -> f64 {
    part.shares.last().copied().map_or(0.0, f64::from)
}

/// What a question about a range of doses still has to look at.
struct OpenCells<'a> {
    sure: f64,
    cells: Vec<(Corners, Option<&'a PartlyCovered>, f64)>,
}

impl OpenCells<'_> {
    fn at_least(&self, dose: f64, depth: usize) -> Amount {
        let mut total = Amount {
            sure: self.sure,
            ..Amount::default()
        };
        for (corners, covered, volume) in &self.cells {
            let amount = match covered {
                None => whole_at_least(corners, *volume, dose, depth),
                Some(part) => {
                    let block = Block {
                        shares: &part.shares,
                        column: 0,
                        row: 0,
                        across: 1,
                        deepest: depth,
                    };
                    block.at_least(corners, *volume, dose, part.shares.len() - 1)
                }
            };
            total.sure += amount.sure;
            total.open += amount.open;
            total.estimate += amount.estimate;
        }
        total
    }
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
