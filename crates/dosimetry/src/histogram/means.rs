//! The mean dose, and the mean of what a dose does.
//!
//! The mean of a trilinear function over a whole box is that of its corners, and the mean of its square a sum of
//! their products. Of a cell that is covered in part both are sums over its pieces, which have a closed form.

use super::bounded::Bounded;
use super::cells::Cover;
use super::corners::Corners;
use super::inside::DoseInStructure;
use super::piece::{Piece, mean_over};
use crate::voxel_effect::VoxelEffect;

/// What is averaged: a times the dose and b times its square, both at least 0.
#[derive(Clone, Copy)]
struct Quadratic([f64; 2]);

impl DoseInStructure<'_> {
    /// The mean dose, Gy; none where a part of the structure lies outside the grid.
    #[must_use]
    pub fn mean(&self) -> Option<Bounded> {
        self.mean_of(Quadratic([1.0, 0.0]))
    }

    /// The mean of what each point gets of an effect, Gy; none where a part of the structure lies outside the
    /// grid. It is not the effect of the mean dose, which is smaller.
    #[must_use]
    pub fn mean_effect(&self, effect: &VoxelEffect) -> Option<Bounded> {
        self.mean_of(Quadratic(effect.coefficients()))
    }

    fn mean_of(&self, what: Quadratic) -> Option<Bounded> {
        if self.outside > 0.0 || self.is_empty() {
            return None;
        }
        let of = |sum: f64| sum / self.volume;
        let [linear, square] = what.0;
        if square <= 0.0 {
            let mean = of(self.coarse.sum) * linear;
            return Some(Bounded::new(mean, mean, mean));
        }
        let [mut low, mut high, mut middle] = [0.0; 3];
        self.cells.each(self.reading, |corners, cover, volume| {
            let [least, most, average] = match cover {
                Cover::Whole => [what.mean(corners); 3],
                Cover::Part(part, plane) => {
                    if let Some(pieces) = plane.pieces_of(part) {
                        [what.over(pieces, part.moments, corners); 3]
                    } else {
                        let [least, most] = what.extremes_over_height(corners);
                        [least, most, what.mean(corners)].map(|value| value * part.share())
                    }
                }
            };
            low += volume * least;
            high += volume * most;
            middle += volume * average;
        });
        Some(Bounded::new(of(low), of(high), of(middle)))
    }
}

impl Quadratic {
    /// The integral over what pieces cover of a cell of a volume of 1.
    fn over(self, pieces: &[Piece], moments: [f64; 4], corners: &Corners) -> f64 {
        let [linear, square] = self.0;
        let [a, b, c, d, e, f, g, h] = *corners;
        let (below, above) = ([a, b, c, d], [e, f, g, h]);
        let both = [a + e, b + f, c + g, d + h];
        // along the height the dose is linear: a sixth of the squares of both ends and of their sum
        let squares = pieces
            .iter()
            .map(|piece| piece.square(&below) + piece.square(&above) + piece.square(&both));
        linear * mean_over(corners, moments) + square * squares.sum::<f64>() / 6.0
    }

    /// Over a whole box.
    fn mean(self, corners: &Corners) -> f64 {
        let [linear, square] = self.0;
        let mean = linear * (corners.iter().sum::<f64>() / 8.0);
        if square > 0.0 {
            mean + square * product(corners, corners)
        } else {
            mean
        }
    }

    /// Over the height of a column whose dose is linear from one end to the other.
    fn over_height(self, from: f64, to: f64) -> f64 {
        let [linear, square] = self.0;
        linear * f64::midpoint(from, to) + square * (from * from + from * to + to * to) / 3.0
    }

    /// Between which values the mean over the height of each column of a box lies. The mean over the height is
    /// convex and grows with the dose at both ends: its largest value is at a corner, and its smallest not below
    /// that of the smallest ends, nor below that of the smallest mean dose.
    fn extremes_over_height(self, corners: &Corners) -> [f64; 2] {
        let (mut least, mut most) = ([f64::INFINITY; 3], f64::NEG_INFINITY);
        let (below, above) = corners.split_at(4);
        for (from, to) in below.iter().zip(above) {
            least[0] = least[0].min(*from);
            least[1] = least[1].min(*to);
            least[2] = least[2].min(f64::midpoint(*from, *to));
            most = most.max(self.over_height(*from, *to));
        }
        let [from, to, mean] = least;
        let low = self
            .over_height(from, to)
            .max(self.over_height(mean, mean).min(most));
        [low, most]
    }
}

/// The mean of the product of two functions that are linear along each axis of a box, by the values at its corners.
fn product(one: &[f64], other: &[f64]) -> f64 {
    if let ([one], [other]) = (one, other) {
        return one * other;
    }
    let (first, second) = one.split_at(one.len() / 2);
    let (third, fourth) = other.split_at(other.len() / 2);
    let straight = product(first, third) + product(second, fourth);
    let across = product(first, fourth) + product(second, third);
    (straight + across / 2.0) / 3.0
}

#[cfg(test)]
mod tests {
    use super::{Quadratic, product};

    #[test]
    fn the_mean_of_a_square() {
        // from 0 to 1 along one axis: a third
        let along = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0];
        assert!((product(&along, &along) - 1.0 / 3.0).abs() < 1e-15);
        let constant = [3.0; 8];
        assert!((product(&constant, &constant) - 9.0).abs() < 1e-14);
        let square = Quadratic([0.0, 1.0]);
        assert!((square.mean(&along) - 1.0 / 3.0).abs() < 1e-15);
        // every column has the same ends
        let [low, high] = square.extremes_over_height(&along);
        assert!((low - 1.0 / 3.0).abs() < 1e-15 && (high - 1.0 / 3.0).abs() < 1e-15);
        // ends that change against one another: the mean dose is 0.5 everywhere, its square between
        let against = [0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0];
        let [low, high] = square.extremes_over_height(&against);
        assert!(low <= 0.25 && high >= 1.0 / 3.0, "{low} {high}");
    }
}
