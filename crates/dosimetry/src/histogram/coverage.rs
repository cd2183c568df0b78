//! What share of each cell of a grid polygons cover, exactly: signed areas are summed along the edges.

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
    let width = (right - left) * side;
    // edges by the first row of cells that they reach
    #[allow(clippy::cast_precision_loss, reason = "a grid has few cells")]
    let in_parts = |point: Point| {
        [
            (point[0] - left as f64) * side as f64,
            (point[1] - bottom as f64) * side as f64,
        ]
    };
    let height = (top - bottom) * side;
    let mut sums = vec![0.0_f64; (width + 2) * height];
    for (from, to) in boundary {
        add_edge(&mut sums, width, height, in_parts(*from), in_parts(*to));
    }
    let mut block = vec![0.0_f32; side * side];
    #[allow(clippy::cast_precision_loss, reason = "a side has few parts")]
    let a_part = 1.0 / (side * side) as f64;
    let mut lines = vec![0.0_f64; width * side];
    for row in 0..top - bottom {
        for line in 0..side {
            let start = (row * side + line) * (width + 2);
            let mut sum = 0.0;
            for at in 0..width {
                sum += sums[start + at];
                lines[line * width + at] = sum;
            }
        }
        let mut run: Option<usize> = None;
        for column in 0..right - left {
            let mut total = 0.0;
            let mut is_whole = true;
            for line in 0..side {
                let start = line * width + column * side;
                for (at, share) in lines[start..start + side].iter().enumerate() {
                    total += share;
                    is_whole &= (share - 1.0).abs() <= ROUNDING;
                    #[allow(clippy::cast_possible_truncation, reason = "a share")]
                    let share = share.clamp(0.0, 1.0) as f32;
                    block[line * side + at] = share;
                }
            }
            result.cells += total * a_part;
            if is_whole {
                run.get_or_insert(column + left);
                continue;
            }
            if let Some(first) = run.take() {
                result.whole.push((row + bottom, first, column + left));
            }
            if total * a_part > ROUNDING {
                let (row, column) = (row + bottom, column + left);
                let part = PartlyCovered::new(row, column, &block, side);
                result.parts.push(part);
            }
        }
        if let Some(first) = run {
            result.whole.push((row + bottom, first, right));
        }
    }
    result
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

/// Adds an edge: in each line of parts that it passes, the share of the line to the right of it.
fn add_edge(sums: &mut [f64], width: usize, height: usize, from: Point, to: Point) {
    let up = to[1] >= from[1];
    let ([x0, y0], [x1, y1]) = if up { (from, to) } else { (to, from) };
    let sign = if up { -1.0 } else { 1.0 };
    if y1 <= y0 {
        return;
    }
    let slope = (x1 - x0) / (y1 - y0);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "clamped to the grid"
    )]
    let (first, last) = (
        y0.floor().clamp(0.0, height as f64) as usize,
        y1.ceil().clamp(0.0, height as f64) as usize,
    );
    #[allow(clippy::cast_precision_loss, reason = "a grid has few parts")]
    for line in first..last {
        let low = y0.max(line as f64);
        let high = y1.min((line + 1) as f64);
        if high <= low {
            continue;
        }
        let place = |y: f64| x0 + slope * (y - y0);
        let row = &mut sums[line * (width + 2)..(line + 1) * (width + 2)];
        add_piece(row, width, place(low), place(high), sign * (high - low));
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
