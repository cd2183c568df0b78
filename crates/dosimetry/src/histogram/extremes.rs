//! The smallest and the largest dose in a structure.

use super::bounded::Bounded;
use super::boxes::part_of;
use super::corners::{Corners, extremes};
use super::inside::DoseInStructure;

/// A share that may be the rounding of sums alone.
const SLIVER: f32 = 1e-6;
/// How far along an edge of a part the corner reaches that the rounding of its share may hide: twice the root of
/// twice the 1e-7 that a share is kept to.
const CORNER: f64 = 1e-3;

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
        let (mut lower, mut upper) = (f64::INFINITY, f64::INFINITY);
        self.each(|corners, covered, _| {
            let corners = corners.map(|dose| dose * sign);
            let [low, _] = extremes(&corners);
            let Some(covered) = covered else {
                (lower, upper) = (lower.min(low), upper.min(low));
                return;
            };
            if low >= upper {
                return;
            }
            let finest = covered.shares.iter().take(self.side * self.side);
            for (at, share) in finest.enumerate().filter(|(_, share)| **share > 0.0) {
                let of_part = part_of(&corners, at % self.side, at / self.side, self.side);
                let [low, high] = extremes(&of_part);
                lower = lower.min(low);
                // a share of the rounding of sums may be none, and a whole may lack a corner
                if *share >= 1.0 {
                    upper = upper.min(low + (high - low) * CORNER);
                } else if *share > SLIVER {
                    upper = upper.min(surely(&of_part));
                }
            }
        });
        Some([lower, upper])
    }
}

/// A dose that the lowest one is not above: a point of the part has dose at either of its two levels.
fn surely(corners: &Corners) -> f64 {
    let highest = |level: &[f64]| level.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (below, above) = corners.split_at(4);
    highest(below).min(highest(above))
}
