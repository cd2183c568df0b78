//! What share of a box gets a dose or more, by the plane that fits its dose best.
//!
//! A trilinear dose is a linear one and a rest, which is small where the dose bends little. A plane cuts a box in
//! closed form (Scardovelli and Zaleski, J Comput Phys 2000;164:228-237), so that the planes at the dose less and more
//! than the rest enclose the share.

use super::corners::{Corners, extremes};

/// A slope that is smaller than this share of the largest one counts as rest, or rounding would grow.
const LEVEL: f64 = 1e-4;

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
    pub(super) fn above(corners: &Corners, dose: f64) -> Self {
        let all = |share| Self {
            low: share,
            high: share,
            estimate: share,
            rest: 0.0,
        };
        let [low, high] = extremes(corners);
        if low >= dose {
            return all(1.0);
        }
        if high <= dose {
            return all(0.0);
        }
        let fit = Linear::of(corners);
        let above = |dose| 1.0 - fit.share_below(dose);
        Self {
            low: above(dose + fit.rest),
            high: above(dose - fit.rest),
            estimate: above(dose),
            rest: fit.rest,
        }
    }
}

/// The linear part of a dose in a box from -1 to 1 along each axis.
struct Linear {
    middle: f64,
    /// By size, the smallest first.
    slopes: [f64; 3],
    /// How far the dose may be from the linear part.
    rest: f64,
}

impl Linear {
    fn of(corners: &Corners) -> Self {
        let mut sums = *corners;
        for bit in [1, 2, 4] {
            for at in (0..8).filter(|at| at & bit == 0) {
                let (low, high) = (sums[at], sums[at | bit]);
                (sums[at], sums[at | bit]) = (low + high, high - low);
            }
        }
        let part = |at: usize| sums[at] / 8.0;
        let mut rest = [3, 5, 6, 7].map(|at| part(at).abs()).iter().sum();
        let [mut a, mut b, mut c] = [1, 2, 4].map(|at| part(at).abs());
        if a > b {
            (a, b) = (b, a);
        }
        if b > c {
            (b, c) = (c, b);
        }
        if a > b {
            (a, b) = (b, a);
        }
        for slope in [&mut a, &mut b] {
            if *slope < c * LEVEL {
                rest += *slope;
                *slope = 0.0;
            }
        }
        Self {
            middle: part(0),
            slopes: [a, b, c],
            rest,
        }
    }

    /// The share of the box where the linear part is below a dose.
    fn share_below(&self, dose: f64) -> f64 {
        let sum: f64 = self.slopes.iter().sum();
        let place = dose - self.middle + sum;
        if place <= 0.0 {
            return 0.0;
        }
        if place >= 2.0 * sum {
            return 1.0;
        }
        let slopes = self.slopes.map(|slope| slope / sum);
        let place = place / (2.0 * sum);
        if place > 0.5 {
            1.0 - corner(1.0 - place, slopes)
        } else {
            corner(place, slopes)
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

    use super::Share;

    fn share_above(corners: &[f64; 8], dose: f64) -> [f64; 3] {
        let share = Share::above(corners, dose);
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
