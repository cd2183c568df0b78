//! Boxes in which the dose is trilinear: extremes, parts, and how much of them gets a dose.

use super::corners::{Corners, extremes};
use super::coverage::ROUNDING;
use super::cut::{Fit, Share};
use super::piece::{Piece, covered};

/// The eight halves of a box.
pub(super) fn halves(corners: &Corners) -> [Corners; 8] {
    // three places along each axis: the ends are known, and what lies between is the mean of its neighbours
    let mut places = [0.0; 27];
    for (at, dose) in corners.iter().enumerate() {
        places[(at & 1) * 2 + (at >> 1 & 1) * 6 + (at >> 2) * 18] = *dose;
    }
    for at in [0, 6, 18, 24] {
        places[at + 1] = 0.5 * (places[at] + places[at + 2]);
    }
    for at in [0, 1, 2, 18, 19, 20] {
        places[at + 3] = 0.5 * (places[at] + places[at + 6]);
    }
    for at in 0..9 {
        places[at + 9] = 0.5 * (places[at] + places[at + 18]);
    }
    let mut result = [[0.0; 8]; 8];
    for (which, half) in result.iter_mut().enumerate() {
        let start = (which & 1) + (which >> 1 & 1) * 3 + (which >> 2) * 9;
        for (dose, step) in half.iter_mut().zip([0, 1, 3, 4, 9, 10, 12, 13]) {
            *dose = places[start + step];
        }
    }
    result
}

/// What is asked of a box: how much of it gets a dose or more.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Amount {
    pub(super) sure: f64,
    pub(super) open: f64,
    pub(super) estimate: f64,
}

/// Bounds that are those of doses which are so close need no parts, Gy.
const CLOSE_DOSE: f64 = 0.005;

/// How far boxes are cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// Into so many parts along each axis at most.
    pub(super) parts: usize,
    /// Not where so little of the volume is open.
    pub(super) enough: f64,
}

impl Effort {
    /// No box is cut.
    pub(super) const NONE: Self = Self {
        parts: 1,
        enough: f64::INFINITY,
    };

    fn is_spent(&self, volume: f64, share: &Share) -> bool {
        self.parts <= 1
            || share.rest <= CLOSE_DOSE
            || volume * (share.high - share.low) <= self.enough
    }

    const fn of_halves(self) -> Self {
        Self {
            parts: self.parts / 2,
            enough: self.enough,
        }
    }
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
}

impl std::ops::AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        self.sure += other.sure;
        self.open += other.open;
        self.estimate += other.estimate;
    }
}

/// How much of a box gets a dose or more, of which the linear part is known.
#[inline]
pub(super) fn box_at_least(
    corners: &Corners,
    fit: &Fit,
    volume: f64,
    dose: f64,
    effort: Effort,
) -> Amount {
    let share = Share::by(fit, dose);
    if effort.is_spent(volume, &share) {
        return Amount::new(volume, share.low, share.high, share.estimate);
    }
    let mut amount = Amount::default();
    for half in halves(corners) {
        amount += whole_at_least(&half, volume / 8.0, dose, effort.of_halves());
    }
    amount
}

/// The same of a box that may lie on one side of the dose.
pub(super) fn whole_at_least(corners: &Corners, volume: f64, dose: f64, effort: Effort) -> Amount {
    let [low, high] = extremes(corners);
    if low >= dose {
        return Amount::new(volume, 1.0, 1.0, 1.0);
    }
    if high <= dose {
        return Amount::default();
    }
    box_at_least(corners, &Fit::of(corners), volume, dose, effort)
}

/// The same of what pieces cover of a box, a share of it.
pub(super) fn part_at_least(
    (corners, fit): (&Corners, &Fit),
    (pieces, share): (&[Piece], f64),
    volume: f64,
    dose: f64,
    effort: Effort,
) -> Amount {
    let above = Share::of_pieces(fit, pieces, share, dose);
    if effort.is_spent(volume, &above) {
        return Amount::new(volume, above.low, above.high, above.estimate);
    }
    let mut amount = Amount::default();
    let effort = effort.of_halves();
    each_eighth(corners, pieces, |corners, pieces, share| {
        let volume = volume / 8.0;
        amount += match pieces {
            None => whole_at_least(corners, volume, dose, effort),
            Some(pieces) => {
                let [low, high] = extremes(corners);
                if low >= dose {
                    Amount::new(volume, share, share, share)
                } else if high <= dose {
                    Amount::default()
                } else {
                    let fit = Fit::of(corners);
                    part_at_least((corners, &fit), (pieces, share), volume, dose, effort)
                }
            }
        };
    });
    amount
}

/// The halves along each axis of what pieces cover of a box: the corners, what is covered, and the share. Without
/// pieces all is covered; where nothing is, nothing is said.
pub(super) fn each_eighth(
    corners: &Corners,
    pieces: &[Piece],
    mut take: impl FnMut(&Corners, Option<&[Piece]>, f64),
) {
    let halves = halves(corners);
    let mut parts = Vec::with_capacity(2 * pieces.len());
    for which in 0..4 {
        parts.clear();
        for piece in pieces {
            piece.quarter(which, &mut |part| parts.push(part));
        }
        let share = covered(&parts);
        if share <= ROUNDING {
            continue;
        }
        let pieces = (share < 1.0 - ROUNDING).then_some(&*parts);
        for corners in halves.iter().skip(which).step_by(4) {
            take(corners, pieces, share);
        }
    }
}
