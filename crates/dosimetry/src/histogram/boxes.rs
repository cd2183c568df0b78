//! Boxes in which the dose is trilinear: extremes, parts, and how much of them gets a dose.

use super::corners::{Corners, extremes};
use super::cut::Share;

/// The eight halves of a box.
fn halves(corners: &Corners) -> [Corners; 8] {
    // three places along each axis: the ends are known, and what lies between is the mean of its neighbours
    let mut places = [0.0; 27];
    for (at, dose) in corners.iter().enumerate() {
        places[(at & 1) * 2 + (at >> 1 & 1) * 6 + (at >> 2) * 18] = *dose;
    }
    for at in [0, 6, 18, 24] {
        places[at + 1] = f64::midpoint(places[at], places[at + 2]);
    }
    for at in [0, 1, 2, 18, 19, 20] {
        places[at + 3] = f64::midpoint(places[at], places[at + 6]);
    }
    for at in 0..9 {
        places[at + 9] = f64::midpoint(places[at], places[at + 18]);
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

/// One of the four quarters of a box, each over its whole height.
fn quarter(corners: &Corners, which: usize) -> Corners {
    let mut result = *corners;
    for level in result.chunks_exact_mut(4) {
        if let [a, b, c, d] = level {
            let (ab, cd, ac, bd) = (
                f64::midpoint(*a, *b),
                f64::midpoint(*c, *d),
                f64::midpoint(*a, *c),
                f64::midpoint(*b, *d),
            );
            let middle = f64::midpoint(ab, cd);
            [*a, *b, *c, *d] = match which {
                0 => [*a, ab, ac, middle],
                1 => [ab, *b, middle, bd],
                2 => [ac, middle, *c, cd],
                _ => [middle, bd, cd, *d],
            };
        }
    }
    result
}

/// Over which share of its height a column of a box gets a dose or more: none less, none more.
fn columns_above(corners: &Corners, dose: f64) -> [f64; 2] {
    let (below, above) = corners.split_at(4);
    let least = |level: &[f64]| level.iter().copied().fold(f64::INFINITY, f64::min);
    let most = |level: &[f64]| level.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // the dose is linear along a column, and more of it is above where both of its ends have more
    let share = |from: f64, to: f64| {
        let (low, high) = (from.min(to), from.max(to));
        if low >= dose {
            1.0
        } else if high <= dose {
            0.0
        } else {
            (high - dose) / (high - low)
        }
    };
    [
        share(least(below), least(above)),
        share(most(below), most(above)),
    ]
}

/// The corners of one part of a cell, over its whole height.
pub(super) fn part_of(corners: &Corners, column: usize, row: usize, side: usize) -> Corners {
    #[allow(clippy::cast_precision_loss, reason = "a side has few parts")]
    let at = |index: usize| index as f64 / side as f64;
    let (x, y) = ([at(column), at(column + 1)], [at(row), at(row + 1)]);
    let mut result = [0.0; 8];
    for (at, dose) in result.iter_mut().enumerate() {
        let level = &corners[at / 4 * 4..];
        let (x, y) = (x[at % 2], y[at / 2 % 2]);
        let near = level[0] + (level[1] - level[0]) * x;
        let far = level[2] + (level[3] - level[2]) * x;
        *dose = near + (far - near) * y;
    }
    result
}

/// Bounds of a share of a box that are closer need no parts.
const CLOSE: f64 = 1e-3;
/// Nor do bounds that are those of doses which are closer, Gy.
const CLOSE_DOSE: f64 = 0.005;
/// How far the share of a square may be from the exact one: it is kept with seven digits.
const KEPT: f64 = 2e-7;

impl Amount {
    fn new(volume: f64, low: f64, high: f64, estimate: f64) -> Self {
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

/// The parts of a box, `parts` of which make its width.
pub(super) fn whole_at_least(corners: &Corners, volume: f64, dose: f64, parts: usize) -> Amount {
    let share = Share::above(corners, dose);
    if parts <= 1 || share.rest <= CLOSE_DOSE || share.high - share.low <= CLOSE {
        return Amount::new(volume, share.low, share.high, share.estimate);
    }
    let mut amount = Amount::default();
    for half in halves(corners) {
        amount += whole_at_least(&half, volume / 8.0, dose, parts / 2);
    }
    amount
}

/// A square of the parts of a cell, `across` of which make its width.
#[derive(Clone, Copy)]
pub(super) struct Block<'s> {
    pub(super) shares: &'s [f32],
    column: usize,
    row: usize,
    across: usize,
    /// Where the shares of squares of this size begin.
    level: usize,
}

impl<'s> Block<'s> {
    /// A whole cell.
    pub(super) fn new(shares: &'s [f32]) -> Self {
        Self {
            shares,
            column: 0,
            row: 0,
            across: 1,
            level: shares.len().saturating_sub(1),
        }
    }

    /// Its covered share.
    pub(super) fn share(&self) -> f64 {
        let at = self.level + self.row * self.across + self.column;
        self.shares.get(at).copied().map_or(0.0, f64::from)
    }

    pub(super) fn is_cut_into(&self, parts: usize) -> bool {
        self.across >= parts
    }

    /// Its four quarters, each with its corners.
    pub(super) fn quarters(
        self,
        corners: Corners,
    ) -> impl Iterator<Item = (Self, Corners)> + use<'s> {
        let across = self.across * 2;
        // the shares of smaller squares are before those of larger ones
        let level = self.level.saturating_sub(across * across);
        (0..4).map(move |which| {
            let part = Self {
                column: self.column * 2 + (which & 1),
                row: self.row * 2 + (which >> 1),
                across,
                level,
                ..self
            };
            (part, quarter(&corners, which))
        })
    }

    /// How much of what is covered gets a dose or more, from at most `parts` × `parts` squares of the cell.
    pub(super) fn at_least(
        &self,
        corners: &Corners,
        volume: f64,
        dose: f64,
        parts: usize,
    ) -> Amount {
        let share = self.share();
        if share <= 0.0 {
            return Amount::default();
        }
        if share >= 1.0 {
            return whole_at_least(corners, volume, dose, parts / self.across);
        }
        let above = Share::above(corners, dose);
        if above.low >= 1.0 {
            return Amount::new(volume, share, share, share);
        }
        if above.high <= 0.0 {
            return Amount::default();
        }
        // a share of the box gets the dose, and a share of it is covered: they may lie apart or together
        let apart = above.low - (1.0 - share) - KEPT;
        let together = above.high.min(share + KEPT);
        // what is covered are whole columns, and no column gets the dose over less or more of its height
        let [least, most] = columns_above(corners, dose);
        let apart = apart.max(share * least);
        let together = together.min(share * most).max(apart);
        let is_close = || {
            let [low, high] = extremes(corners);
            together - apart <= CLOSE || high - low <= CLOSE_DOSE
        };
        if self.is_cut_into(parts) || is_close() {
            return Amount::new(volume, apart, together, above.estimate * share);
        }
        let mut amount = Amount::default();
        for (part, corners) in self.quarters(*corners) {
            amount += part.at_least(&corners, volume / 4.0, dose, parts);
        }
        amount
    }
}
