//! The smallest and the largest dose in a structure.

use super::bounded::Bounded;
use super::boxes::{Axis, halves, settled_share};
use super::corners::{Corners, extremes};
use super::cut::Fit;
use super::inside::DoseInStructure;
use super::piece::{Piece, covered, vertices};

/// A share that may be the rounding of sums alone.
const SLIVER: f64 = 1e-6;
/// How far along an edge a corner reaches that the rounding of a share may hide.
const CORNER: f64 = 1e-4;
/// Bounds closer than this settle a dose, Gy.
const SETTLED_DOSE: f64 = 0.01;
/// How many times a cell is halved at most.
const MOST_HALVINGS: u32 = 12;

impl DoseInStructure<'_> {
    /// The smallest dose, which all of the structure gets at least, Gy; none where a part of it lies outside
    /// the grid.
    #[must_use]
    pub fn minimum(&self) -> Option<Bounded> {
        let [lower, upper] = self.lowest(1.0)?;
        Some(Bounded::new(lower, upper, f64::midpoint(lower, upper)))
    }

    /// The largest dose between the points of the grid too, Gy; none where a part of the structure lies
    /// outside the grid.
    #[must_use]
    pub fn maximum(&self) -> Option<Bounded> {
        let [upper, lower] = self.lowest(-1.0)?.map(|dose| -dose);
        Some(Bounded::new(lower, upper, f64::midpoint(lower, upper)))
    }

    /// Between which values the lowest dose times a sign lies.
    fn lowest(&self, sign: f64) -> Option<[f64; 2]> {
        if self.outside > 0.0 || self.is_empty() {
            return None;
        }
        let mut lowest = Lowest {
            lower: f64::INFINITY,
            upper: f64::INFINITY,
        };
        for [low, high] in self.cells.ranges(self.reading) {
            let low = if sign > 0.0 { low } else { -high };
            lowest.add(low, low);
        }
        for (layer, [low, high], part, plane) in self.cells.parts(self.reading) {
            let low = if sign > 0.0 { low } else { -high };
            if low >= lowest.upper {
                continue;
            }
            let corners = self.cells.corners_of(layer, part).map(|dose| dose * sign);
            match plane.pieces_of(part) {
                Some(pieces) => lowest.part(&corners, pieces, part.share(), MOST_HALVINGS),
                // what is covered may be anywhere
                None => lowest.add(low, extremes(&corners)[1]),
            }
        }
        // where both are the same, rounding may turn them around
        Some([lowest.lower.min(lowest.upper), lowest.upper])
    }
}

/// Between which values the lowest dose lies.
struct Lowest {
    lower: f64,
    upper: f64,
}

impl Lowest {
    fn add(&mut self, lower: f64, upper: f64) {
        self.lower = self.lower.min(lower);
        self.upper = self.upper.min(upper);
    }

    /// What pieces cover of a box, a share of it: the linear part of the dose is lowest at a corner of what is covered.
    fn part(&mut self, corners: &Corners, pieces: &[Piece], share: f64, halvings: u32) {
        let fit = Fit::of(corners);
        let [low, high] = extremes(corners);
        let [a, b, c, d, e, f, g, h] = *corners;
        let (mut lower, mut upper) = (high, f64::INFINITY);
        vertices(pieces, |[x, y]| {
            let at = |a: f64, b: f64, c: f64, d: f64| {
                let (near, far) = (a + (b - a) * x, c + (d - c) * x);
                near + (far - near) * y
            };
            upper = upper.min(at(a, b, c, d)).min(at(e, f, g, h));
            lower = lower.min(fit.lowest_at([x, y]));
        });
        let lower = (lower - fit.rest).max(low);
        if lower >= self.upper {
            return;
        }
        // a sliver may be the rounding of sums, and none
        if share <= SLIVER {
            self.add(lower, f64::INFINITY);
            return;
        }
        self.upper = self.upper.min(upper);
        if halvings == 0 || upper - lower <= SETTLED_DOSE {
            self.lower = self.lower.min(lower);
            return;
        }
        let axis = Axis::that_bends(corners);
        let halves = halves(corners, axis);
        if axis == Axis::Z {
            for corners in &halves {
                self.unless_high(corners, pieces, share, halvings - 1);
            }
            return;
        }
        for (half, corners) in halves.iter().enumerate() {
            let mut parts = Vec::with_capacity(2 * pieces.len());
            for piece in pieces {
                piece.half(axis == Axis::X, half == 1, &mut |part| parts.push(part));
            }
            let share = settled_share(covered(&parts));
            if share >= 1.0 {
                // a whole may lack a corner
                let [low, high] = extremes(corners);
                self.add(low, low + (high - low) * CORNER);
            } else if share > 0.0 {
                self.unless_high(corners, &parts, share, halvings - 1);
            }
        }
    }

    /// A part that may have the lowest dose.
    fn unless_high(&mut self, corners: &Corners, pieces: &[Piece], share: f64, halvings: u32) {
        if extremes(corners)[0] < self.upper {
            self.part(corners, pieces, share, halvings);
        }
    }
}
