//! What share of a box gets a dose or more, by the plane that fits its dose best.
//!
//! A trilinear dose is a linear one and a rest, which is small where the dose bends little. A plane cuts a box in
//! closed form (Scardovelli and Zaleski, J Comput Phys 2000;164:228-237), so that the planes at the dose less and more
//! than the rest enclose the share.

use super::corners::Corners;
use super::piece::Piece;
use crate::structure::polygon::Point;

/// A slope that is smaller than this share of the largest one counts as rest, or rounding would grow.
const LEVEL: f64 = 1e-4;
/// Doses closer than this share of those in a box are the same along an edge.
const SAME_DOSE: f64 = 1e-6;
/// How far the share of a part may be from the exact one by rounding.
pub(super) const KEPT: f64 = 2e-7;

/// What share of a box gets a dose or more.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    /// Not more than the share.
    pub(super) low: f64,
    /// Not less than the share.
    pub(super) high: f64,
    pub(super) estimate: f64,
    /// The bounds are those of doses that are so far from the one asked for, Gy.
    pub(super) rest: f64,
}

impl Share {
    /// By the linear part of a dose.
    pub(super) fn by(fit: &Fit, dose: f64) -> Self {
        Self::between(fit, |dose| fit.above(dose), dose)
    }

    /// The same of what pieces cover of the box: shares of the whole box.
    pub(super) fn of_pieces(fit: &Fit, pieces: &[Piece], share: f64, dose: f64) -> Self {
        let found = Self::between(fit, |dose| fit.above_in(pieces, share, dose), dose);
        Self {
            low: (found.low - KEPT).max(0.0),
            high: (found.high + KEPT).min(share),
            ..found
        }
    }

    fn between(fit: &Fit, above: impl Fn(f64) -> f64, dose: f64) -> Self {
        let low = above(dose + fit.rest);
        let high = if fit.rest > 0.0 {
            above(dose - fit.rest)
        } else {
            low
        };
        Self {
            low,
            high,
            estimate: 0.5 * (low + high),
            rest: fit.rest,
        }
    }
}

/// The linear part of a dose in a box from -1 to 1 along each axis.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    middle: f64,
    /// Along x, y and z.
    slopes: [f64; 3],
    /// How far the dose may be from the linear part.
    pub(super) rest: f64,
}

impl Fit {
    pub(super) fn of(corners: &Corners) -> Self {
        let [a, b, c, d, e, f, g, h] = *corners;
        // sums and differences along x, then y, then z
        let (ab, cd, ef, gh) = (a + b, c + d, e + f, g + h);
        let (ab_x, cd_x, ef_x, gh_x) = (b - a, d - c, f - e, h - g);
        let (near, far) = (ab + cd, ef + gh);
        let (near_x, far_x) = (ab_x + cd_x, ef_x + gh_x);
        let (near_y, far_y) = (cd - ab, gh - ef);
        let (near_xy, far_xy) = (cd_x - ab_x, gh_x - ef_x);
        let mut slopes = [
            (near_x + far_x) / 8.0,
            (near_y + far_y) / 8.0,
            (far - near) / 8.0,
        ];
        let bends = (near_xy + far_xy).abs()
            + (far_x - near_x).abs()
            + (far_y - near_y).abs()
            + (far_xy - near_xy).abs();
        let mut rest = bends / 8.0;
        let steepest = slopes
            .iter()
            .fold(0.0, |most: f64, slope| most.max(slope.abs()));
        for slope in &mut slopes {
            if slope.abs() < steepest * LEVEL {
                rest += slope.abs();
                *slope = 0.0;
            }
        }
        Self {
            middle: (near + far) / 8.0,
            slopes,
            rest,
        }
    }

    /// The smallest value of the linear part in a column, by its place from 0 to 1.
    pub(super) fn lowest_at(&self, [x, y]: Point) -> f64 {
        let [along, up, height] = self.slopes;
        self.middle + along * (2.0 * x - 1.0) + up * (2.0 * y - 1.0) - height.abs()
    }

    /// The share of the box where the linear part is at least a dose.
    pub(super) fn above(&self, dose: f64) -> f64 {
        let [a, b, c] = self.slopes;
        let (mut a, mut b, mut c) = (a.abs(), b.abs(), c.abs());
        let sum = a + b + c;
        let place = dose - self.middle + sum;
        if place <= 0.0 {
            return 1.0;
        }
        if place >= 2.0 * sum {
            return 0.0;
        }
        if a > b {
            (a, b) = (b, a);
        }
        if b > c {
            (b, c) = (c, b);
        }
        if a > b {
            (a, b) = (b, a);
        }
        let slopes = [a / sum, b / sum, c / sum];
        let place = place / (2.0 * sum);
        if place > 0.5 {
            corner(1.0 - place, slopes)
        } else {
            1.0 - corner(place, slopes)
        }
    }

    /// The share of the box that pieces cover and where the linear part is at least a dose; `share` is what they
    /// cover. Over the height of a column that share is a function of the dose in its middle; its integral over an
    /// area is one along the edges.
    pub(super) fn above_in(&self, pieces: &[Piece], share: f64, dose: f64) -> f64 {
        let middle = self.middle - dose;
        let [along, up, height] = self.slopes;
        let reach = along.abs() + up.abs() + height.abs();
        let (along, up, height) = (2.0 * along, 2.0 * up, 2.0 * height);
        if middle >= reach {
            return share;
        }
        if middle <= -reach {
            return 0.0;
        }
        let column = Column::of(height.abs());
        let steepness = along * along + up * up;
        if steepness <= 0.0 {
            return share * column.above(middle);
        }
        let start = middle - 0.5 * (along + up);
        let at = |[x, y]: Point| start + along * x + up * y;
        let same = reach * SAME_DOSE;
        let mean = |from: (f64, f64), to: (f64, f64)| {
            if (to.0 - from.0).abs() > same {
                (to.1 - from.1) / (to.0 - from.0)
            } else {
                column.once(0.5 * (from.0 + to.0))
            }
        };
        let mut sum = 0.0;
        for Piece { low, high, sign } in pieces {
            let with = |dose: f64| (dose, column.twice(dose));
            let (a, d) = (with(at(*low)), with(at(*high)));
            let (b, c) = (with(at([1.0, low[1]])), with(at([1.0, high[1]])));
            let rise = high[1] - low[1];
            // around the piece: right, up, left, and down its edge
            let right = mean(a, b) * -up * (1.0 - low[0]);
            let back = mean(c, d) * up * (1.0 - high[0]);
            let side = mean(b, c) * along * rise;
            let edge = mean(d, a) * (up * (high[0] - low[0]) - along * rise);
            sum += sign * (right + side + back + edge);
        }
        (sum / steepness).clamp(0.0, share)
    }
}

/// The share of a column where the dose is at least 0, by the dose in its middle, and its integrals.
struct Column {
    /// By how much the dose rises over its height.
    height: f64,
}

impl Column {
    const fn of(height: f64) -> Self {
        Self { height }
    }

    fn above(&self, dose: f64) -> f64 {
        if self.height > 0.0 {
            (dose / self.height + 0.5).clamp(0.0, 1.0)
        } else if dose >= 0.0 {
            1.0
        } else {
            0.0
        }
    }

    /// Integrated once.
    #[inline]
    fn once(&self, dose: f64) -> f64 {
        let from = dose + self.height / 2.0;
        if from <= 0.0 {
            0.0
        } else if from >= self.height {
            dose
        } else {
            from * from / (2.0 * self.height)
        }
    }

    /// Integrated twice.
    #[inline]
    fn twice(&self, dose: f64) -> f64 {
        let from = dose + self.height / 2.0;
        if from <= 0.0 {
            0.0
        } else if from >= self.height {
            dose * dose / 2.0 + self.height * self.height / 24.0
        } else {
            from * from * from / (6.0 * self.height)
        }
    }
}

/// The share of a unit box where `ax + by + cz` is below a height of at most a half, with slopes by size that add up
/// to 1.
fn corner(height: f64, [a, b, c]: [f64; 3]) -> f64 {
    if b <= 0.0 {
        return height;
    }
    if a <= 0.0 {
        return if height < b {
            height * height / (2.0 * b * c)
        } else {
            (height - b / 2.0) / c
        };
    }
    let cube = |slope: f64| slope * slope * (slope - 3.0 * height);
    let product = 6.0 * a * b * c;
    if height < a {
        height * height * height / product
    } else if height < b {
        height * (height - a) / (2.0 * b * c) + a * a / (6.0 * b * c)
    } else if height < c.min(a + b) {
        (height * height * (3.0 * (a + b) - height) + cube(a) + cube(b)) / product
    } else if c < a + b {
        (height * height * (3.0 - 2.0 * height) + cube(a) + cube(b) + cube(c)) / product
    } else {
        (height - f64::midpoint(a, b)) / c
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::cast_precision_loss, reason = "tests")]

    use proptest::prelude::*;

    use super::{Fit, Share};
    use crate::histogram::corners::extremes;
    use crate::histogram::piece::{Piece, covered};

    fn share_above(corners: &[f64; 8], dose: f64) -> [f64; 3] {
        let [low, high] = extremes(corners);
        if low >= dose || high <= dose {
            return [if low >= dose { 1.0 } else { 0.0 }; 3];
        }
        let share = Share::by(&Fit::of(corners), dose);
        [share.low, share.high, share.estimate]
    }

    /// Columns along z on each side of a square.
    const SIDE: usize = 120;
    /// How far counted columns may be from the share.
    const COUNTED: f64 = 1.0 / SIDE as f64;

    /// The share of columns along z, each cut where its dose is the asked one: the dose is linear along each.
    fn counted(corners: [f64; 8], dose: f64) -> f64 {
        let mut sum = 0.0;
        for at in 0..SIDE * SIDE {
            let place = |at: usize| (at as f64 + 0.5) / SIDE as f64;
            let (x, y) = (place(at % SIDE), place(at / SIDE));
            let level = |start: usize| {
                let near = corners[start] + (corners[start + 1] - corners[start]) * x;
                let far = corners[start + 2] + (corners[start + 3] - corners[start + 2]) * x;
                near + (far - near) * y
            };
            let (from, to) = (level(0), level(4));
            let (low, high) = (from.min(to), from.max(to));
            sum += if low >= dose {
                1.0
            } else if high <= dose {
                0.0
            } else {
                (high - dose) / (high - low)
            };
        }
        sum / (SIDE * SIDE) as f64
    }

    /// What edges cover is cut as counted columns are.
    fn check_pieces(pieces: &[Piece], corners: &[f64; 8], dose: f64, within: f64) {
        let fit = Fit::of(corners);
        let share = covered(pieces);
        let found = Share::of_pieces(&fit, pieces, share, dose);
        let mut counted = 0.0;
        for at in 0..SIDE * SIDE {
            let place = |at: usize| (at as f64 + 0.5) / SIDE as f64;
            let (x, y) = (place(at % SIDE), place(at / SIDE));
            let mut cover = 0.0;
            for piece in pieces {
                let up = (y - piece.low[1]) / piece.height();
                let edge = piece.low[0] + (piece.high[0] - piece.low[0]) * up;
                if (0.0..1.0).contains(&up) && x >= edge {
                    cover += piece.sign;
                }
            }
            let level = |start: usize| {
                let near = corners[start] + (corners[start + 1] - corners[start]) * x;
                let far = corners[start + 2] + (corners[start + 3] - corners[start + 2]) * x;
                near + (far - near) * y
            };
            let (low, high) = (level(0).min(level(4)), level(0).max(level(4)));
            let above = if low >= dose {
                1.0
            } else if high <= dose {
                0.0
            } else {
                (high - dose) / (high - low)
            };
            counted += cover * above;
        }
        counted /= (SIDE * SIDE) as f64;
        let counting = 3.0 * COUNTED;
        assert!(found.low <= counted + counting && found.high >= counted - counting);
        assert!(found.low <= found.estimate && found.estimate <= found.high);
        assert!(
            (found.estimate - counted).abs() <= within + counting,
            "{found:?} {counted}"
        );
    }

    #[test]
    fn corners_of_a_box() {
        // along the diagonal the share below a height h of at most a third is 27 h^3 / 6
        let corners = [0.0, 1.0, 1.0, 2.0, 1.0, 2.0, 2.0, 3.0];
        let [low, high, estimate] = share_above(&corners, 0.75);
        let expected = 1.0 - 4.5 * 0.25_f64.powi(3);
        assert!((estimate - expected).abs() < 1e-12 && high - low < 1e-12);
        // x + 2y in a square: a quarter of the way up, h^2 / (2 a b)
        let corners = [0.0, 1.0, 2.0, 3.0, 0.0, 1.0, 2.0, 3.0];
        let [_, _, estimate] = share_above(&corners, 0.75);
        assert!((estimate - (1.0 - 0.75 * 0.75 / 4.0)).abs() < 1e-12);
        // three slopes of which the largest is more than the others together, in the middle
        let corners = [0.0, 1.0, 2.0, 3.0, 9.0, 10.0, 11.0, 12.0];
        let [_, _, estimate] = share_above(&corners, 6.0);
        assert!((estimate - 0.5).abs() < 1e-12);
    }

    proptest! {
        /// Linear doses are cut exactly, with slopes of any size and direction.
        #[test]
        fn a_plane_is_exact(
            slopes in prop::array::uniform3(prop_oneof![Just(0.0), -1.0..1.0_f64, -1e-3..1e-3_f64]),
            share in 0.0..1.0_f64,
        ) {
            let mut corners = [10.0; 8];
            for (at, dose) in corners.iter_mut().enumerate() {
                for (axis, slope) in slopes.iter().enumerate() {
                    *dose += if at >> axis & 1 == 1 { *slope } else { -*slope };
                }
            }
            let sum: f64 = slopes.iter().map(|slope| slope.abs()).sum();
            let dose = 10.0 - sum + 2.0 * sum * share;
            let [low, high, estimate] = share_above(&corners, dose);
            let expected = counted(corners, dose);
            prop_assert!((estimate - expected).abs() < COUNTED, "{estimate} {expected}");
            prop_assert!(low <= expected + COUNTED && high >= expected - COUNTED);
            prop_assert!(high - low < 1e-3);
        }

        /// A triangle in a box, with a linear dose of any direction, and with any dose.
        #[test]
        fn parts_are_cut(
            points in prop::array::uniform3((0.0..1.0_f64, 0.0..1.0_f64)),
            slopes in prop::array::uniform3(prop_oneof![Just(0.0), -1.0..1.0_f64, -1e-3..1e-3_f64]),
            any in prop::array::uniform8(0.0..1.0_f64),
            dose in -1.0..1.0_f64,
        ) {
            let [a, b, c] = points;
            let turn = (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
            let corners = if turn > 0.0 { [a, b, c] } else { [a, c, b] };
            let pieces: Vec<Piece> = (0..3)
                .map(|at| {
                    let (from, to) = (corners[at], corners[(at + 1) % 3]);
                    let (low, high, sign) = if to.1 > from.1 { (from, to, -1.0) } else { (to, from, 1.0) };
                    Piece { low: [low.0, low.1], high: [high.0, high.1], sign }
                })
                .collect();
            prop_assert!((covered(&pieces) - turn.abs() / 2.0).abs() < 1e-12);
            let mut linear = [0.0; 8];
            for (at, dose) in linear.iter_mut().enumerate() {
                for (axis, slope) in slopes.iter().enumerate() {
                    *dose += if at >> axis & 1 == 1 { *slope } else { -*slope };
                }
            }
            check_pieces(&pieces, &linear, dose, 1e-3);
            check_pieces(&pieces, &any, dose.abs(), 1.0);
        }

        /// Any dose is enclosed.
        #[test]
        fn bounds_enclose(corners in prop::array::uniform8(0.0..1.0_f64), dose in 0.0..1.0_f64) {
            let [low, high, estimate] = share_above(&corners, dose);
            let expected = counted(corners, dose);
            prop_assert!(low <= expected + COUNTED && high >= expected - COUNTED, "{low} {high} {expected}");
            prop_assert!((low..=high).contains(&estimate));
        }

        /// More dose is in less of a box.
        #[test]
        fn shares_fall(corners in prop::array::uniform8(0.0..1.0_f64), doses in (0.0..1.0_f64, 0.0..1.0_f64)) {
            let (one, other) = (doses.0.min(doses.1), doses.0.max(doses.1));
            let (more, less) = (share_above(&corners, one), share_above(&corners, other));
            for (more, less) in more.iter().zip(less) {
                prop_assert!(*more >= less - 1e-9, "{more} {less}");
            }
        }
    }
}
