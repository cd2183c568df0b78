//! Parts of a cell that polygons cover, as signed pieces between an edge and the right side of the cell: their sum is
//! what is covered. What is asked of a piece has a closed form.

use std::ops::Range;

use super::corners::Corners;
use crate::structure::polygon::Point;

/// What lies between an edge and the right side of a cell, in units of the cell from its first corner; counted `sign`
/// times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Piece {
    /// The lower end of the edge.
    pub(crate) low: Point,
    /// Its upper end.
    pub(crate) high: Point,
    pub(crate) sign: f64,
}

/// Areas and the heights of their edges closer than this are the same: the rounding of places.
pub(super) const SAME: f64 = 1e-12;

impl Piece {
    pub(crate) fn height(&self) -> f64 {
        self.high[1] - self.low[1]
    }

    /// Its area, counted with its sign.
    #[inline]
    pub(crate) fn area(&self) -> f64 {
        self.sign * self.height() * (1.0 - 0.5 * (self.low[0] + self.high[0]))
    }

    /// The integrals of 1, x, y and xy.
    pub(crate) fn moments(&self) -> [f64; 4] {
        let ([x0, y0], [x1, y1]) = (self.low, self.high);
        let (dx, dy) = (x1 - x0, y1 - y0);
        // 1 - x and (1 - x^2) / 2 along the edge, each times 1 and times y
        let area = 1.0 - 0.5 * (x0 + x1);
        let along = (1.0 - (x0 * x0 + x0 * x1 + x1 * x1) / 3.0) / 2.0;
        let up = y0 * area + dy * (0.5 * (1.0 - x0) - dx / 3.0);
        let square = x0 * x0 / 2.0 + x0 * dx * 2.0 / 3.0 + dx * dx / 4.0;
        let both = y0 * along + dy * 0.5 * (0.5 - square);
        let weight = self.sign * dy;
        [weight * area, weight * along, weight * up, weight * both]
    }

    /// The integral of the square of a function that is linear along x and along y, by its values at the corners of
    /// the cell.
    pub(super) fn square(&self, corners: &[f64; 4]) -> f64 {
        // exact: of the second degree along x, and of the fifth along y
        let root = 0.6_f64.sqrt();
        let of_three = [(-root, 5.0 / 18.0), (0.0, 8.0 / 18.0), (root, 5.0 / 18.0)];
        let [a, b, c, d] = *corners;
        let mut sum = 0.0;
        for (place, weight) in of_three {
            let share = f64::midpoint(1.0, place);
            let y = self.low[1] + self.height() * share;
            let x = self.low[0] + (self.high[0] - self.low[0]) * share;
            let (left, right) = (a + (c - a) * y, b + (d - b) * y);
            let (from, to) = (left + (right - left) * x, right);
            sum += weight * (1.0 - x) * (from * from + from * to + to * to) / 3.0;
        }
        self.sign * self.height() * sum
    }

    /// Gives the parts of it in one half of the cell, along x or along y, in units of that half.
    pub(super) fn half(&self, along_x: bool, is_far: bool, take: &mut impl FnMut(Self)) {
        let start = f64::from(u8::from(is_far));
        let ends = [self.low, self.high];
        if along_x {
            let [low, high] = ends.map(|[x, y]| [x * 2.0 - start, y]);
            columns(low, high, 0..1, &mut |_, low, high| {
                take(Self { low, high, ..*self });
            });
        } else {
            let [low, high] = ends.map(|[x, y]| [x, y * 2.0 - start]);
            if let Some((low, high)) = between(low, high, [0.0, 1.0]) {
                take(Self { low, high, ..*self });
            }
        }
    }
}

/// What of an edge lies between two heights.
pub(super) fn between(low: Point, high: Point, [bottom, top]: [f64; 2]) -> Option<(Point, Point)> {
    let (from, to) = (low[1].max(bottom), high[1].min(top));
    let at = |height: f64| {
        let share = (height - low[1]) / (high[1] - low[1]);
        [low[0] + (high[0] - low[0]) * share, height]
    };
    let start = if from > low[1] { at(from) } else { low };
    let end = if to < high[1] { at(to) } else { high };
    (to > from).then_some((start, end))
}

/// Gives the parts of an edge in the cells of a row that it passes: the column, and the ends in units of that cell.
/// What is left of all columns lies on the left side of the first; what is right of them is left out. From one part
/// to the next the height is the same number.
pub(super) fn columns(
    low: Point,
    high: Point,
    within: Range<usize>,
    take: &mut impl FnMut(usize, Point, Point),
) {
    #[allow(clippy::cast_precision_loss, reason = "a grid has few columns")]
    let (first, end) = (within.start as f64, within.end as f64);
    let (x, y) = ([low[0], high[0]], [low[1], high[1]]);
    let slope = (y[1] - y[0]) / (x[1] - x[0]);
    let height_at = |place: f64, from: f64| (y[0] + (place - x[0]) * slope).clamp(from, y[1]);
    let rises = x[1] >= x[0];
    let mut from = low;
    while from[1] < y[1] {
        let place = from[0];
        // the side at which this part ends, and the column that it is in: none left of the first
        let (side, column) = if place < first || (place <= first && !rises) {
            (first, None)
        } else if place > end || (place >= end && rises) {
            (end, Some(end))
        } else if rises {
            (place.floor() + 1.0, Some(place.floor()))
        } else {
            (place.ceil() - 1.0, Some(place.ceil() - 1.0))
        };
        let is_last = if column.is_none() {
            x[1] <= first
        } else if column == Some(end) {
            x[1] >= end
        } else if rises {
            x[1] <= side
        } else {
            x[1] >= side
        };
        let to = if is_last {
            high
        } else {
            [side, height_at(side, from[1])]
        };
        let local = |at: f64, column: f64| (at - column).clamp(0.0, 1.0);
        if to[1] > from[1] {
            match column {
                None => take(within.start, [0.0, from[1]], [0.0, to[1]]),
                Some(column) if column < end => {
                    let part = |point: Point| [local(point[0], column), point[1]];
                    #[allow(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "within the columns"
                    )]
                    take(column as usize, part(from), part(to));
                }
                Some(_) => {}
            }
        }
        if is_last {
            return;
        }
        from = to;
    }
}

/// The area that pieces cover, between none and all of the cell.
pub(super) fn covered(pieces: &[Piece]) -> f64 {
    pieces.iter().map(Piece::area).sum::<f64>().clamp(0.0, 1.0)
}

/// The corners of what pieces cover, and others on its edges.
pub(super) fn vertices(pieces: &[Piece], mut take: impl FnMut(Point)) {
    // on either side what pieces of both signs cover cancels
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for piece in pieces {
        let ends = [(piece.low[1], piece.sign), (piece.high[1], -piece.sign)];
        right.extend(ends);
        if piece.low[0] <= 0.0 && piece.high[0] <= 0.0 {
            left.extend(ends);
        } else {
            take(piece.low);
            take(piece.high);
        }
    }
    for (side, mut ends) in [(0.0, left), (1.0, right)] {
        settle(&mut ends);
        for (height, _) in ends {
            take([side, height]);
        }
    }
}

/// Puts the heights at which a cover begins and ends in order; those that cancel are left out.
pub(super) fn settle(ends: &mut Vec<(f64, f64)>) {
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut kept = 0;
    for at in 0..ends.len() {
        let (height, change) = ends[at];
        match ends[..kept].last_mut() {
            Some(last) if height - last.0 <= SAME => last.1 += change,
            _ => {
                ends[kept] = (height, change);
                kept += 1;
            }
        }
        if ends[..kept].last().is_some_and(|last| last.1.abs() < 0.5) {
            kept -= 1;
        }
    }
    ends.truncate(kept);
}

/// The integral over pieces of what is linear between the levels of a box, over its height; by the integrals of 1,
/// x, y and xy.
pub(super) fn mean_over(corners: &Corners, [one, x, y, both]: [f64; 4]) -> f64 {
    let [a, b, c, d, e, f, g, h] = *corners;
    let (a, b) = (0.5 * (a + e), 0.5 * (b + f));
    let (c, d) = (0.5 * (c + g), 0.5 * (d + h));
    a * one + (b - a) * x + (c - a) * y + (d - c - b + a) * both
}

#[cfg(test)]
mod tests {
    #![allow(clippy::cast_precision_loss, reason = "tests")]

    use proptest::prelude::*;

    use super::{Piece, columns, covered, mean_over, settle};

    fn piece(x: (f64, f64), y: (f64, f64)) -> Piece {
        Piece {
            low: [x.0, y.0.min(y.1)],
            high: [x.1, y.0.max(y.1)],
            sign: 1.0,
        }
    }

    /// The integral by many rows.
    fn counted(piece: &Piece, of: impl Fn(f64, f64) -> f64) -> f64 {
        const ROWS: usize = 400;
        let mut sum = 0.0;
        for row in 0..ROWS {
            let share = (row as f64 + 0.5) / ROWS as f64;
            let y = piece.low[1] + piece.height() * share;
            let start = piece.low[0] + (piece.high[0] - piece.low[0]) * share;
            for column in 0..ROWS {
                let x = start + (1.0 - start) * (column as f64 + 0.5) / ROWS as f64;
                sum += of(x, y) * (1.0 - start) / ROWS as f64;
            }
        }
        sum * piece.height() / ROWS as f64
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn integrals(
            x in (0.0..1.0_f64, 0.0..1.0_f64),
            y in (0.0..1.0_f64, 0.0..1.0_f64),
            corners in prop::array::uniform4(0.0..5.0_f64),
        ) {
            let piece = piece(x, y);
            let [a, b, c, d] = corners;
            let dose = |x: f64, y: f64| {
                let (near, far) = (a + (b - a) * x, c + (d - c) * x);
                near + (far - near) * y
            };
            let box_of = [a, b, c, d, a, b, c, d];
            let moments = piece.moments();
            prop_assert!((moments[0] - piece.area()).abs() < 1e-14);
            prop_assert!((mean_over(&box_of, moments) - counted(&piece, dose)).abs() < 1e-4);
            let square = counted(&piece, |x, y| dose(x, y) * dose(x, y));
            prop_assert!((piece.square(&corners) - square).abs() < 1e-3);
        }

        /// Halves make up the whole.
        #[test]
        fn halves(
            x in (0.0..1.0_f64, 0.0..1.0_f64),
            y in (0.0..1.0_f64, 0.0..1.0_f64),
            along_x in any::<bool>(),
        ) {
            let piece = piece(x, y);
            let mut sum = 0.0;
            for is_far in [false, true] {
                let mut pieces = Vec::new();
                piece.half(along_x, is_far, &mut |part| pieces.push(part));
                sum += covered(&pieces) / 2.0;
            }
            prop_assert!((sum - piece.area()).abs() < 1e-13);
        }

        /// The parts in the columns of a row make up what lies right of an edge.
        #[test]
        fn edges_in_columns(x in (-3.0..9.0_f64, -3.0..9.0_f64), whole in any::<bool>(), height in 0.1..1.0_f64) {
            let x = if whole { (x.0.round(), x.1.round()) } else { x };
            let (mut areas, mut heights) = ([0.0; 6], 0.0);
            columns([x.0, 0.0], [x.1, height], 0..6, &mut |column, low, high| {
                let piece = Piece { low, high, sign: 1.0 };
                areas[column] += piece.area();
                for right in &mut areas[column + 1..] {
                    *right += piece.height();
                }
                heights += piece.height();
            });
            let rows = 2000;
            let right = (0..rows).map(|row| {
                let place = x.0 + (x.1 - x.0) * (f64::from(row) + 0.5) / f64::from(rows);
                (6.0 - place).clamp(0.0, 6.0)
            });
            let expected = right.sum::<f64>() / f64::from(rows) * height;
            prop_assert!((areas.iter().sum::<f64>() - expected).abs() < 1e-5);
            prop_assert!(heights <= height + 1e-12);
        }
    }

    #[test]
    fn covers_that_meet_are_one() {
        let mut ends = vec![(0.5, 1.0), (1.0, -1.0), (0.0, 1.0), (0.5, -1.0)];
        settle(&mut ends);
        assert_eq!(ends, [(0.0, 1.0), (1.0, -1.0)]);
        let mut ends = vec![(0.25, 1.0), (0.75, -1.0), (0.25, -1.0), (0.75, 1.0)];
        settle(&mut ends);
        assert!(ends.is_empty());
    }
}
