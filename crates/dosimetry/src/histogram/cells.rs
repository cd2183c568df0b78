//! The cells of a grid that a structure covers, layer by layer.
//!
//! The slab of each plane is cut along the frames of the grid and where readings of the same contours begin and end.
//! So a reading is a choice of layers, and what is known of a layer is known of it in every reading.

use super::coarse::Coarse;
use super::corners::{Corners, extremes};
use super::coverage::{Coverage, PartlyCovered};
use super::grid::DoseGrid;
use super::line_cells::LineCells;
use super::piece::mean_over;

/// What the contours of a plane cover of the cells of the grid.
#[derive(Debug)]
pub(super) struct CoveredPlane {
    /// Along the direction across the grid, from its first point, mm.
    pub(super) height: f64,
    pub(super) area: f64,
    /// The area outside the grid.
    pub(super) beside: f64,
    pub(super) covered: Coverage,
}

/// A layer of a plane's slab between two frames.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) plane: usize,
    pub(super) frame: usize,
    /// Where the layer begins and ends between the frames, 0 to 1.
    pub(super) from: f64,
    pub(super) to: f64,
    /// Its thickness times the area of a cell, cubic millimetres.
    pub(super) volume: f64,
    /// The readings that it belongs to, a bit each.
    pub(super) readings: u32,
    blocks: Vec<Block>,
    /// Between which doses each cell lies that is covered in part.
    parts: Vec<[f64; 2]>,
}

/// Neighbours in a row that are covered whole, and between which doses they lie.
#[derive(Debug)]
struct Block {
    row: usize,
    first: usize,
    end: usize,
    range: [f64; 2],
}

/// Cells of a block at most.
const BLOCK: usize = 16;

/// How a cell is covered.
#[derive(Clone, Copy)]
pub(super) enum Cover<'c> {
    Whole,
    Part(&'c PartlyCovered, &'c Coverage),
}

/// All layers.
#[derive(Debug)]
pub(super) struct Cells<'g> {
    pub(super) grid: &'g DoseGrid,
    pub(super) planes: Vec<CoveredPlane>,
    pub(super) layers: Vec<Layer>,
}

impl Layer {
    pub(super) fn new(
        plane: usize,
        frame: usize,
        [from, to]: [f64; 2],
        volume: f64,
        readings: u32,
    ) -> Self {
        Self {
            plane,
            frame,
            from,
            to,
            volume,
            readings,
            blocks: Vec::new(),
            parts: Vec::new(),
        }
    }

    pub(super) const fn is_of(&self, reading: u32) -> bool {
        self.readings >> reading & 1 == 1
    }

    /// The corners of a cell.
    fn corners(&self, grid: &DoseGrid, row: usize, column: usize) -> Corners {
        let below = grid.corners(self.frame, row, column);
        let above = grid.corners(self.frame + 1, row, column);
        let mut corners = [0.0; 8];
        for at in 0..4 {
            let between = |share: f64| below[at] + (above[at] - below[at]) * share;
            corners[at] = between(self.from);
            corners[at + 4] = between(self.to);
        }
        corners
    }

    /// Looks at each cell once.
    fn look(&mut self, grid: &DoseGrid, plane: &Coverage, coarse: &mut Coarse) {
        let mut line = Line::default();
        for &(row, first, end) in &plane.whole {
            line.read(grid, self, row, first, end);
            let mut start = first;
            while start < end {
                let stop = (start + BLOCK).min(end);
                let range = coarse.add_cells(&line.cells(start - first, stop - first), self.volume);
                self.blocks.push(Block {
                    row,
                    first: start,
                    end: stop,
                    range,
                });
                start = stop;
            }
        }
        for part in &plane.parts {
            let corners = self.corners(grid, part.row, part.column);
            let range = extremes(&corners);
            let sum = mean_over(&corners, part.moments);
            coarse.add(range, self.volume * part.share(), self.volume * sum);
            self.parts.push(range);
        }
    }
}

/// Doses along the points of a row of cells, of the four points of each that have the same column.
#[derive(Default)]
struct Line {
    lowest: Vec<f64>,
    highest: Vec<f64>,
    sums: Vec<f64>,
}

impl Line {
    fn read(&mut self, grid: &DoseGrid, layer: &Layer, row: usize, first: usize, end: usize) {
        let points = end - first + 1;
        for list in [&mut self.lowest, &mut self.highest, &mut self.sums] {
            list.clear();
            list.resize(points, 0.0);
        }
        let line = |frame: usize, row: usize| {
            let at = (frame * grid.rows + row) * grid.columns + first;
            grid.doses().get(at..at + points).unwrap_or_default()
        };
        let below = line(layer.frame, row)
            .iter()
            .zip(line(layer.frame, row + 1));
        let above = line(layer.frame + 1, row)
            .iter()
            .zip(line(layer.frame + 1, row + 1));
        let results = self.lowest.iter_mut().zip(&mut self.highest);
        let results = results.zip(&mut self.sums);
        let less = |one: f64, other: f64| if one < other { one } else { other };
        let more = |one: f64, other: f64| if one > other { one } else { other };
        for ((below, above), ((lowest, highest), sum)) in below.zip(above).zip(results) {
            let (near, far) = (above.0 - below.0, above.1 - below.1);
            let (a, b) = (below.0 + near * layer.from, below.0 + near * layer.to);
            let (c, d) = (below.1 + far * layer.from, below.1 + far * layer.to);
            *lowest = less(less(a, b), less(c, d));
            *highest = more(more(a, b), more(c, d));
            *sum = (a + b) + (c + d);
        }
    }

    fn cells(&self, from: usize, to: usize) -> LineCells<'_> {
        LineCells {
            lowest: self.lowest.get(from..=to).unwrap_or_default(),
            highest: self.highest.get(from..=to).unwrap_or_default(),
            sums: self.sums.get(from..=to).unwrap_or_default(),
        }
    }
}

impl Cells<'_> {
    /// Looks at each cell once, and adds what is found for all layers of the same readings.
    pub(super) fn look(&mut self) -> Vec<(u32, Coarse)> {
        let mut found: Vec<(u32, Coarse)> = Vec::new();
        for layer in &mut self.layers {
            let Some(plane) = self.planes.get(layer.plane) else {
                continue;
            };
            let place = found
                .iter()
                .position(|(readings, _)| *readings == layer.readings);
            let place = place.unwrap_or_else(|| {
                found.push((layer.readings, Coarse::new(self.grid.maximum())));
                found.len() - 1
            });
            if let Some((_, coarse)) = found.get_mut(place) {
                layer.look(self.grid, &plane.covered, coarse);
            }
        }
        found
    }

    fn of_reading(&self, reading: u32) -> impl Iterator<Item = (&Layer, &Coverage)> {
        let layers = self.layers.iter().filter(move |layer| layer.is_of(reading));
        layers.filter_map(|layer| Some((layer, &self.planes.get(layer.plane)?.covered)))
    }

    /// Each cell that may have doses between two in a reading: its corners, between which doses it lies, how it is
    /// covered, and its volume. Gives the volume of the cells that have more.
    pub(super) fn each_within<'c>(
        &'c self,
        reading: u32,
        [from, to]: [f64; 2],
        mut take: impl FnMut(&Corners, [f64; 2], Cover<'c>, f64),
    ) -> f64 {
        let mut above = 0.0;
        for (layer, plane) in self.of_reading(reading) {
            for block in &layer.blocks {
                let [low, high] = block.range;
                if low >= to {
                    #[allow(clippy::cast_precision_loss, reason = "a block has few cells")]
                    let cells = (block.end - block.first) as f64;
                    above += layer.volume * cells;
                } else if high > from {
                    for column in block.first..block.end {
                        let corners = layer.corners(self.grid, block.row, column);
                        let [low, high] = extremes(&corners);
                        if low >= to {
                            above += layer.volume;
                        } else if high > from {
                            take(&corners, [low, high], Cover::Whole, layer.volume);
                        }
                    }
                }
            }
            for (part, [low, high]) in plane.parts.iter().zip(&layer.parts) {
                if *low >= to {
                    above += layer.volume * part.share();
                } else if *high > from {
                    let corners = layer.corners(self.grid, part.row, part.column);
                    let cover = Cover::Part(part, plane);
                    take(&corners, [*low, *high], cover, layer.volume);
                }
            }
        }
        above
    }

    /// Each cell of a reading.
    pub(super) fn each<'c>(&'c self, reading: u32, mut take: impl FnMut(&Corners, Cover<'c>, f64)) {
        let all = [f64::NEG_INFINITY, f64::INFINITY];
        self.each_within(reading, all, |corners, _, cover, volume| {
            take(corners, cover, volume);
        });
    }

    /// Between which doses whole cells lie, block by block.
    pub(super) fn ranges(&self, reading: u32) -> impl Iterator<Item = [f64; 2]> {
        let blocks = self
            .of_reading(reading)
            .flat_map(|(layer, _)| &layer.blocks);
        blocks.map(|block| block.range)
    }

    /// Each cell that is covered in part: its layer, between which doses it lies, and how it is covered.
    pub(super) fn parts(
        &self,
        reading: u32,
    ) -> impl Iterator<Item = (&Layer, [f64; 2], &PartlyCovered, &Coverage)> {
        self.of_reading(reading).flat_map(|(layer, plane)| {
            let parts = plane.parts.iter().zip(&layer.parts);
            parts.map(move |(part, range)| (layer, *range, part, plane))
        })
    }

    pub(super) fn corners_of(&self, layer: &Layer, part: &PartlyCovered) -> Corners {
        layer.corners(self.grid, part.row, part.column)
    }
}
