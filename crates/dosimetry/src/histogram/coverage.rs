//! What of each cell of a grid polygons cover, exactly: row by row, by the edges that pass a cell and what lies right of
//! those before it.

use super::piece::{Piece, between, columns, settle};
use crate::structure::polygon::Point;

/// The cells that polygons of one plane touch.
#[derive(Debug, Clone, Default)]
pub(crate) struct Coverage {
    /// Runs of cells that are covered whole: row, first column, the one after the last.
    pub(crate) whole: Vec<(usize, usize, usize)>,
    /// Cells that are covered in part.
    pub(crate) parts: Vec<PartlyCovered>,
    /// The pieces of all of them.
    pieces: Vec<Piece>,
    /// Covered area inside the grid, in cells.
    pub(crate) cells: f64,
}

/// A cell that is covered in part.
#[derive(Debug, Clone)]
pub(crate) struct PartlyCovered {
    pub(crate) row: usize,
    pub(crate) column: usize,
    /// The integrals of 1, x, y and xy over what is covered.
    pub(crate) moments: [f64; 4],
    /// Where its pieces begin and end; none where there were too many to keep.
    pieces: Option<[usize; 2]>,
}

impl PartlyCovered {
    /// The covered share of the cell.
    pub(crate) fn share(&self) -> f64 {
        self.moments[0]
    }
}

/// How close to 0 or 1 a share counts as it: the rounding of sums.
pub(super) const ROUNDING: f64 = 1e-9;
/// So many pieces are kept of a plane, so that memory is bounded; of further cells only the moments are known.
const MOST_PIECES: usize = 4_000_000;

impl Coverage {
    /// The pieces of a cell; none where there were too many to keep.
    pub(super) fn pieces_of(&self, part: &PartlyCovered) -> Option<&[Piece]> {
        let [from, to] = part.pieces?;
        self.pieces.get(from..to)
    }

    /// Cells of a row that are covered alike.
    fn add_run(&mut self, row: usize, from: usize, to: usize) {
        match self.whole.last_mut() {
            Some(last) if last.0 == row && last.2 == from => last.2 = to,
            _ => self.whole.push((row, from, to)),
        }
    }

    /// A cell by the edges that pass it, and the heights at which what lies left of it begins and ends to be covered.
    fn add_cell(&mut self, row: usize, column: usize, edges: &[Piece], ends: &[(f64, f64)]) {
        let start = self.pieces.len();
        let mut cover = 0.0;
        for pair in ends.windows(2) {
            cover += pair[0].1;
            if cover != 0.0 {
                self.pieces.push(Piece {
                    low: [0.0, pair[0].0],
                    high: [0.0, pair[1].0],
                    sign: cover,
                });
            }
        }
        self.pieces.extend_from_slice(edges);
        let mut moments = [0.0; 4];
        for piece in &self.pieces[start..] {
            for (sum, moment) in moments.iter_mut().zip(piece.moments()) {
                *sum += moment;
            }
        }
        self.cells += moments[0];
        let is_whole = moments[0] >= 1.0 - ROUNDING;
        if is_whole {
            self.add_run(row, column, column + 1);
        }
        if is_whole || moments[0] <= ROUNDING {
            self.pieces.truncate(start);
            return;
        }
        let is_kept = self.pieces.len() <= MOST_PIECES;
        if !is_kept {
            self.pieces.truncate(start);
        }
        self.parts.push(PartlyCovered {
            row,
            column,
            moments,
            pieces: is_kept.then_some([start, self.pieces.len()]),
        });
    }
}

/// The boundary of what is filled, in units of cells and turned so that signed areas add up, over a grid of
/// `columns` x `rows` cells.
pub(crate) fn coverage(boundary: &[(Point, Point)], across: usize, rows: usize) -> Coverage {
    let mut result = Coverage::default();
    let points = boundary.iter().flat_map(|(from, to)| [from, to]);
    let Some([left, right, bottom, top]) = cells_of(points, across, rows) else {
        return result;
    };
    let mut edges: Vec<Piece> = boundary
        .iter()
        .filter_map(|(from, to)| edge(*from, *to))
        .collect();
    edges.sort_by(|one, other| one.low[1].total_cmp(&other.low[1]));
    let mut waiting = edges.iter().peekable();
    let mut active: Vec<&Piece> = Vec::new();
    let mut passed: Vec<(usize, Piece)> = Vec::new();
    let mut in_cell: Vec<Piece> = Vec::new();
    let mut ends: Vec<(f64, f64)> = Vec::new();
    for row in bottom..top {
        #[allow(clippy::cast_precision_loss, reason = "a grid has few rows")]
        let (start, end) = (row as f64, (row + 1) as f64);
        active.retain(|edge| edge.high[1] > start);
        while let Some(edge) = waiting.next_if(|edge| edge.low[1] < end) {
            if edge.high[1] > start {
                active.push(edge);
            }
        }
        passed.clear();
        for edge in &active {
            let Some((low, high)) = between(edge.low, edge.high, [start, end]) else {
                continue;
            };
            let in_row = |point: Point| [point[0], point[1] - start];
            columns(
                in_row(low),
                in_row(high),
                left..right,
                &mut |at, low, high| {
                    let sign = edge.sign;
                    passed.push((at, Piece { low, high, sign }));
                },
            );
        }
        passed.sort_unstable_by_key(|(column, _)| *column);
        ends.clear();
        let mut column = left;
        let mut cells = passed.chunk_by(|one, other| one.0 == other.0).peekable();
        while column < right {
            in_cell.clear();
            let next = cells.peek().and_then(|cell| cell.first());
            let to = next.map_or(right, |cell| cell.0);
            if column < to {
                // no edge passes the cells up to the next one
                let is_whole = matches!(&*ends, [(low, up), (high, _)]
                    if *up > 0.0 && high - low >= 1.0 - ROUNDING);
                if is_whole {
                    result.add_run(row, column, to);
                    #[allow(clippy::cast_precision_loss, reason = "a grid has few columns")]
                    let cells = (to - column) as f64;
                    result.cells += cells;
                } else if !ends.is_empty() {
                    for column in column..to {
                        result.add_cell(row, column, &[], &ends);
                    }
                }
                column = to;
                continue;
            }
            in_cell.extend(cells.next().into_iter().flatten().map(|(_, piece)| piece));
            result.add_cell(row, column, &in_cell, &ends);
            for piece in &in_cell {
                ends.push((piece.low[1], piece.sign));
                ends.push((piece.high[1], -piece.sign));
            }
            settle(&mut ends);
            column += 1;
        }
    }
    result
}

/// An edge from its lower end to its upper one, and which way its area counts; none where it is level, which encloses
/// nothing.
fn edge(from: Point, to: Point) -> Option<Piece> {
    let (low, high, sign) = if to[1] >= from[1] {
        (from, to, -1.0)
    } else {
        (to, from, 1.0)
    };
    (high[1] > low[1]).then_some(Piece { low, high, sign })
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::cast_precision_loss, reason = "tests")]

    use super::coverage;
    use crate::histogram::piece::covered;
    use crate::structure::polygon::Point;
    use crate::structure::sweep::{Budget, boundary};

    /// Whole cells and parts add up to the area, whatever the cut.
    fn check(polygons: &[Vec<Point>], inside: f64) {
        let boundary = boundary(polygons, &mut Budget::new()).unwrap();
        let found = coverage(&boundary, 20, 20);
        let whole = found.whole.iter().map(|(_, from, to)| (to - from) as f64);
        let whole: f64 = whole.sum();
        let parts = found.parts.iter().map(|part| {
            let pieces = found.pieces_of(part).unwrap();
            assert!((covered(pieces) - part.share()).abs() < 1e-12);
            part.share()
        });
        let parts: f64 = parts.sum();
        assert!((found.cells - inside).abs() < 1e-9, "{}", found.cells);
        assert!((whole + parts - inside).abs() < 1e-9, "{whole} + {parts}");
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
        let found = coverage(&boundary, 4000, 4000);
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
