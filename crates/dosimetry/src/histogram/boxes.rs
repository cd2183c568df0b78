//! Boxes in which the dose is trilinear: their halves, and amounts of them.

use super::corners::Corners;
use super::coverage::ROUNDING;

/// An axis of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    X,
    Y,
    /// Across the planes of contours.
    Z,
}

impl Axis {
    /// The one along which a cut leaves least of what bends the dose.
    pub(super) fn that_bends(corners: &Corners) -> Self {
        let [a, b, c, d, e, f, g, h] = *corners;
        let bend = |near: [f64; 2], far: [f64; 2]| (near[0] - near[1] - far[0] + far[1]).abs();
        let xy = bend([a + e, b + f], [c + g, d + h]);
        let xz = bend([a + c, b + d], [e + g, f + h]);
        let yz = bend([a + b, c + d], [e + f, g + h]);
        if xz >= yz && xy >= yz {
            Self::X
        } else if xy >= xz {
            Self::Y
        } else {
            Self::Z
        }
    }

    /// How far apart corners are that differ along it alone.
    const fn step(self) -> usize {
        match self {
            Self::X => 1,
            Self::Y => 2,
            Self::Z => 4,
        }
    }
}

/// The halves of a box along an axis.
pub(super) fn halves(corners: &Corners, axis: Axis) -> [Corners; 2] {
    let step = axis.step();
    let [mut near, mut far] = [*corners; 2];
    for at in (0..8).filter(|at| at & step == 0) {
        let middle = 0.5 * (corners[at] + corners[at + step]);
        near[at + step] = middle;
        far[at] = middle;
    }
    [near, far]
}

/// A covered share that is the rounding of none or of all is that.
pub(super) fn settled_share(share: f64) -> f64 {
    if share <= ROUNDING {
        0.0
    } else if share >= 1.0 - ROUNDING {
        1.0
    } else {
        share
    }
}

/// How much of boxes gets a dose or more.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Amount {
    pub(super) sure: f64,
    pub(super) open: f64,
    pub(super) estimate: f64,
}

impl Amount {
    pub(super) fn new(volume: f64, low: f64, high: f64, estimate: f64) -> Self {
        Self {
            sure: volume * low,
            open: volume * (high - low),
            estimate: volume * (estimate.clamp(low, high) - low),
        }
    }

    /// The best estimate.
    pub(super) fn best(&self) -> f64 {
        self.sure + self.estimate
    }

    /// All that may get it.
    pub(super) fn most(&self) -> f64 {
        self.sure + self.open
    }
}

impl std::ops::AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        self.sure += other.sure;
        self.open += other.open;
        self.estimate += other.estimate;
    }
}

impl std::ops::SubAssign for Amount {
    fn sub_assign(&mut self, other: Self) {
        self.sure -= other.sure;
        self.open -= other.open;
        self.estimate -= other.estimate;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp, reason = "halves of whole numbers are exact")]

    use super::{Axis, halves};

    #[test]
    fn a_cut_is_along_what_bends() {
        // x times y bends along both; x times z along both of those
        let corners = |dose: fn(f64, f64, f64) -> f64| {
            let mut corners = [0.0; 8];
            for (at, corner) in (0_u8..).zip(&mut corners) {
                let place = |axis: u8| f64::from(at >> axis & 1);
                *corner = dose(place(0), place(1), place(2));
            }
            corners
        };
        let along = |dose| Axis::that_bends(&corners(dose));
        assert_eq!(along(|x, y, z| 2.0 * x * y + y * z), Axis::Y);
        assert_eq!(along(|x, y, z| 2.0 * x * y + x * z), Axis::X);
        assert_eq!(along(|x, y, z| x * y + 2.0 * x * z), Axis::X);
        assert_eq!(along(|x, y, z| x * z + 2.0 * y * z), Axis::Z);
        assert_eq!(along(|x, y, z| x * y + 2.0 * y * z), Axis::Y);
        let [near, far] = halves(&corners(|x, y, z| x + 2.0 * y + 4.0 * z), Axis::Y);
        assert_eq!(near, [0.0, 1.0, 1.0, 2.0, 4.0, 5.0, 5.0, 6.0]);
        assert_eq!(far, [1.0, 2.0, 2.0, 3.0, 5.0, 6.0, 6.0, 7.0]);
    }
}
