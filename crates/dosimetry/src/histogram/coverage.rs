//! What share of each cell of a grid polygons cover, exactly: signed areas are summed along the edges.

use std::ops::Range;

use crate::structure::polygon::Point;

/// The cells that polygons of one plane touch.
#[derive(Debug, Clone, Default)]
pub(crate) struct Coverage {
    /// Runs of cells that are covered whole: row, first column, the one after the last.
    pub(crate) whole: Vec<(usize, usize, usize)>,
    /// Cells that are covered in part.
    pub(crate) parts: Vec<PartlyCovered>,
    /// Covered area inside the grid, in cells.
    pub(crate) cells: f64,
}

/// A cell that is covered in part, and the shares of its parts.
#[derive(Debug, Clone)]
pub(crate) struct PartlyCovered {
    pub(crate) row: usize,
    pub(crate) column: usize,
    /// The covered share of each square of parts: first `side` × `side` parts row by row, then squares of
    /// four of them, and so on; the last is the whole cell.
    pub(crate) shares: Vec<f32>,
}

impl PartlyCovered {
    /// The covered share of the whole cell.
    pub(crate) fn share(&self) -> f64 {
        self.shares.last().copied().map_or(0.0, f64::from)
    }

    fn new(row: usize, column: usize, block: &[f32], side: usize) -> Self {
        let mut shares = block.to_vec();
        let (mut start, mut size) = (0, side);
        while size > 1 {
            let half = size / 2;
            for line in 0..half {
                for at in 0..half {
                    let corner = start + 2 * line * size + 2 * at;
                    let four = [corner, corner + 1, corner + size, corner + size + 1];
                    let sum: f32 = four.iter().map(|at| shares[*at]).sum();
                    shares.push(sum / 4.0);
                }
            }
            start += size * size;
            size = half;
        }
        Self {
            row,
            column,
            shares,
        }
    }
}

/// How close to 0 or 1 a share counts as it: the rounding of sums.
const ROUNDING: f64 = 1e-9;

/// The boundary of what is filled, in units of cells and turned so that signed areas add up, over a grid of
/// `columns` × `rows` cells, each cut into `side` × `side` parts.
pub(crate) fn coverage(
    boundary: &[(Point, Point)],
    columns: usize,
    rows: usize,
    side: usize,
) -> Coverage {
    let mut result = Coverage::default();
    let points = boundary.iter().flat_map(|(from, to)| [from, to]);
    let Some([left, right, bottom, top]) = cells_of(points, columns, rows) else {
        return result;
    };
    // one row of cells after the other, and of each row what lies between its edges: islands far apart take no
    // memory for the space between them
    let mut edges: Vec<Edge> = boundary
        .iter()
        .filter_map(|(from, to)| Edge::new(*from, *to, side))
        .collect();
    edges.sort_by(|one, other| one.low[1].total_cmp(&other.low[1]));
    let mut waiting = edges.iter().peekable();
    let mut active: Vec<&Edge> = Vec::new();
    let mut block = vec![0.0_f32; side * side];
    let mut sums: Vec<f64> = Vec::new();
    #[allow(clippy::cast_precision_loss, reason = "a side has few parts")]
    let a_part = 1.0 / (side * side) as f64;
    for row in bottom..top {
        let lines = row * side..(row + 1) * side;
        #[allow(clippy::cast_precision_loss, reason = "a grid has few parts")]
        let (start, end) = (lines.start as f64, lines.end as f64);
        active.retain(|edge| edge.high[1] > start);
        while let Some(edge) = waiting.next_if(|edge| edge.low[1] < end) {
            if edge.high[1] > start {
                active.push(edge);
            }
        }
        let Some([first, last]) = columns_of(&active, left, right, side) else {
            continue;
        };
        let width = (last - first) * side;
        sums.clear();
        sums.resize((width + 2) * side, 0.0);
        for edge in &active {
            add_edge(&mut sums, width, first * side, &lines, edge);
        }
        for line in sums.chunks_mut(width + 2) {
            let mut sum = 0.0;
            for share in line.iter_mut() {
                sum += *share;
                *share = sum;
            }
        }
        let mut run: Option<usize> = None;
        for column in first..last {
            let mut total = 0.0;
            let mut is_whole = true;
            for (line, kept) in sums.chunks(width + 2).zip(block.chunks_mut(side)) {
                let from = (column - first) * side;
                for (share, kept) in line[from..from + side].iter().zip(kept) {
                    total += share;
                    is_whole &= (share - 1.0).abs() <= ROUNDING;
                    #[allow(clippy::cast_possible_truncation, reason = "a share")]
                    let share = share.clamp(0.0, 1.0) as f32;
                    *kept = share;
                }
            }
            result.cells += total * a_part;
            if is_whole {
                run.get_or_insert(column);
                continue;
            }
            if let Some(from) = run.take() {
                result.whole.push((row, from, column));
            }
            if total * a_part > ROUNDING {
                let part = PartlyCovered::new(row, column, &block, side);
                result.parts.push(part);
            }
        }
        if let Some(from) = run {
            result.whole.push((row, from, last));
        }
    }
    result
}

/// An edge in units of parts, from its lower end to its upper one.
struct Edge {
    low: Point,
    high: Point,
    /// Which way its area counts.
    sign: f64,
}

impl Edge {
    /// None where it is level, which encloses nothing.
    fn new(from: Point, to: Point, side: usize) -> Option<Self> {
        #[allow(clippy::cast_precision_loss, reason = "a side has few parts")]
        let in_parts = |point: Point| point.map(|place| place * side as f64);
        let (from, to) = (in_parts(from), in_parts(to));
        let (low, high, sign) = if to[1] >= from[1] {
            (from, to, -1.0)
        } else {
            (to, from, 1.0)
        };
        (high[1] > low[1]).then_some(Self { low, high, sign })
    }
}

/// The columns of cells between edges, within those of the grid that are asked for.
fn columns_of(edges: &[&Edge], left: usize, right: usize, side: usize) -> Option<[usize; 2]> {
    let places = edges.iter().flat_map(|edge| [edge.low[0], edge.high[0]]);
    let (low, high) = places.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), place| {
        (low.min(place), high.max(place))
    });
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "clamped to the grid"
    )]
    let column = |place: f64| place.clamp(left as f64, right as f64) as usize;
    #[allow(clippy::cast_precision_loss, reason = "a side has few parts")]
    let side = side as f64;
    let (first, last) = (column((low / side).floor()), column((high / side).ceil()));
    (first < last).then_some([first, last])
}

/// The first and last cells that points reach, within the grid: left, right, bottom, top.
fn cells_of<'a>(
    points: impl Iterator<Item = &'a Point>,
    columns: usize,
    rows: usize,
) -> Option<[usize; 4]> {
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for point in points {
        for at in 0..2 {
            low[at] = low[at].min(point[at]);
            high[at] = high[at].max(point[at]);
        }
    }
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "clamped to the grid"
    )]
    let within = |low: f64, high: f64, cells: usize| {
        let from = low.floor().clamp(0.0, cells as f64) as usize;
        let to = high.ceil().clamp(0.0, cells as f64) as usize;
        (from < to).then_some([from, to])
    };
    let [left, right] = within(low[0], high[0], columns)?;
    let [bottom, top] = within(low[1], high[1], rows)?;
    Some([left, right, bottom, top])
}

/// Adds an edge: in each of some lines of parts that it passes, the share of the line to the right of it. The sums
/// begin at the part `start` of a line.
fn add_edge(sums: &mut [f64], width: usize, start: usize, lines: &Range<usize>, edge: &Edge) {
    let ([x0, y0], [x1, y1]) = (edge.low, edge.high);
    let slope = (x1 - x0) / (y1 - y0);
    #[allow(clippy::cast_precision_loss, reason = "a grid has few parts")]
    let place = |y: f64| x0 + slope * (y - y0) - start as f64;
    for (line, row) in lines.clone().zip(sums.chunks_mut(width + 2)) {
        #[allow(clippy::cast_precision_loss, reason = "a grid has few parts")]
        let (low, high) = (y0.max(line as f64), y1.min((line + 1) as f64));
        if high > low {
            add_piece(
                row,
                width,
                place(low),
                place(high),
                edge.sign * (high - low),
            );
        }
    }
}

/// Adds a piece of an edge within one line: from `x0` to `x1`, over a height.
fn add_piece(row: &mut [f64], width: usize, x0: f64, x1: f64, height: f64) {
    let (left, right) = (x0.min(x1), x0.max(x1));
    #[allow(clippy::cast_precision_loss, reason = "a grid has few parts")]
    let end = width as f64;
    let length = right - left;
    // the part of the height that lies between two places
    let share = |from: f64, to: f64| {
        if length > 0.0 {
            height * ((to.min(right) - from.max(left)).max(0.0) / length)
        } else {
            height
        }
    };
    if right <= 0.0 {
        row[0] += height;
        return;
    }
    if left >= end {
        return;
    }
    if left < 0.0 {
        row[0] += share(left, 0.0);
    }
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the grid"
    )]
    let (first, last) = (
        left.max(0.0).floor() as usize,
        right.min(end).ceil() as usize,
    );
    #[allow(clippy::cast_precision_loss, reason = "a grid has few parts")]
    for column in first..last.max(first + 1).min(width) {
        let (from, to) = (left.max(column as f64), right.min((column + 1) as f64));
        let part = share(from, to);
        // the mean place of the piece within the part
        let mean = (f64::midpoint(from, to) - column as f64).clamp(0.0, 1.0);
        row[column] += part * (1.0 - mean);
        row[column + 1] += part * mean;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::cast_precision_loss, reason = "tests")]

    use super::coverage;
    use crate::structure::polygon::Point;
    use crate::structure::sweep::{Budget, boundary};

    /// Whole cells and parts add up to the area, whatever the cut.
    fn check(polygons: &[Vec<Point>], inside: f64) {
        let boundary = boundary(polygons, &mut Budget::new()).unwrap();
        for side in [1, 2, 4, 8] {
            let found = coverage(&boundary, 20, 20, side);
            let whole = found.whole.iter().map(|(_, from, to)| (to - from) as f64);
            let whole: f64 = whole.sum();
            let cells = (side * side) as f64;
            let parts = found
                .parts
                .iter()
                .flat_map(|part| &part.shares[..side * side]);
            let parts: f64 = parts.map(|share| f64::from(*share) / cells).sum();
            assert!(
                (found.cells - inside).abs() < 1e-9,
                "{side}: {}",
                found.cells
            );
            assert!(
                (whole + parts - inside).abs() < 1e-5,
                "{side}: {whole} + {parts}"
            );
        }
    }

    /// As one sheet the parts of this grid would take 32 GB.
    #[test]
    fn islands_far_apart_take_no_memory_between_them() {
        let square = |at: f64| {
            vec![
                [at, at],
                [at + 2.5, at],
                [at + 2.5, at + 2.5],
                [at, at + 2.5],
            ]
        };
        let islands = [square(1.0), square(3990.0)];
        let boundary = boundary(&islands, &mut Budget::new()).unwrap();
        let found = coverage(&boundary, 4000, 4000, 16);
        assert!((found.cells - 12.5).abs() < 1e-9);
        assert_eq!(found.parts.len(), 10);
    }

    #[test]
    fn areas_are_exact() {
        let square = |x: f64, y: f64, a: f64| vec![[x, y], [x + a, y], [x + a, y + a], [x, y + a]];
        check(&[square(2.0, 3.0, 5.0)], 25.0);
        check(&[square(2.25, 3.5, 5.125)], 5.125 * 5.125);
        check(&[square(1.3, 1.7, 9.0), square(3.1, 4.0, 2.2)], 81.0 - 4.84);
        // shared edges, and an overlap
        check(&[square(2.0, 2.0, 6.0), square(2.0, 4.0, 2.0)], 32.0);
        check(&[square(2.3, 2.3, 4.0), square(4.3, 4.3, 4.0)], 24.0);
        // cut by the grid
        check(&[square(-3.0, -4.0, 10.0)], 7.0 * 6.0);
        check(&[square(15.5, 15.5, 10.0)], 4.5 * 4.5);
        check(&[square(-5.0, -5.0, 40.0)], 400.0);
        check(&[square(30.0, 30.0, 4.0)], 0.0);
        let slanted = vec![vec![[1.0, 1.0], [13.7, 2.9], [9.1, 18.3], [2.2, 11.1]]];
        check(&slanted, 132.685);
        // from far left to far right through the grid
        check(
            &[vec![
                [-100.0, 5.0],
                [100.0, 5.0],
                [100.0, 7.5],
                [-100.0, 7.5],
            ]],
            50.0,
        );
    }
}
