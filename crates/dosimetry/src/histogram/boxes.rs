//! Boxes in which the dose is trilinear: extremes, parts, and how much of them gets a dose.

/// The dose at the corners of a box: the first half at its beginning along z, the column first.
pub(super) type Corners = [f64; 8];

pub(super) fn extremes(corners: &Corners) -> [f64; 2] {
    let low = corners.iter().copied().fold(f64::INFINITY, f64::min);
    let high = corners.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    [low, high]
}

/// One of the eight halves of a box.
fn half(corners: &Corners, which: usize) -> Corners {
    let mut result = *corners;
    for (axis, bit) in [(0, 1), (1, 2), (2, 4)] {
        let before = result;
        for (at, dose) in result.iter_mut().enumerate() {
            let (low, high) = (before[at & !bit], before[at | bit]);
            let middle = f64::midpoint(low, high);
            let is_upper_half = which >> axis & 1 == 1;
            let is_upper_end = at & bit != 0;
            *dose = match (is_upper_half, is_upper_end) {
                (false, false) => low,
                (true, true) => high,
                _ => middle,
            };
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

/// The share of a box above a dose, where its corners lie on both sides.
fn share_above(low: f64, high: f64, dose: f64) -> f64 {
    ((high - dose) / (high - low)).clamp(0.0, 1.0)
}

pub(super) fn whole_at_least(corners: &Corners, volume: f64, dose: f64, parts: usize) -> Amount {
    let [low, high] = extremes(corners);
    let mut amount = Amount::default();
    if low >= dose {
        amount.sure = volume;
    } else if high > dose {
        if parts <= 1 {
            amount.open = volume;
            amount.estimate = volume * share_above(low, high, dose);
        } else {
            for which in 0..8 {
                let part = half(corners, which);
                let of_part = whole_at_least(&part, volume / 8.0, dose, parts / 2);
                amount.sure += of_part.sure;
                amount.open += of_part.open;
                amount.estimate += of_part.estimate;
            }
        }
    }
    amount
}

/// A square of the parts of a cell, `across` of which make its width.
#[derive(Clone, Copy)]
pub(super) struct Block<'s> {
    pub(super) shares: &'s [f32],
    pub(super) column: usize,
    pub(super) row: usize,
    pub(super) across: usize,
    /// How many squares make the width of a cell that is not cut further.
    pub(super) deepest: usize,
}

impl Block<'_> {
    /// `level` is where the shares of squares of this size begin.
    pub(super) fn at_least(
        &self,
        corners: &Corners,
        volume: f64,
        dose: f64,
        level: usize,
    ) -> Amount {
        let [low, high] = extremes(corners);
        let mut amount = Amount::default();
        if high <= dose && low < dose {
            return amount;
        }
        let at = level + self.row * self.across + self.column;
        let share = self.shares.get(at).copied().map_or(0.0, f64::from);
        if share <= 0.0 {
            return amount;
        }
        if low >= dose {
            amount.sure = volume * share;
        } else if share >= 1.0 {
            return whole_at_least(corners, volume, dose, self.deepest / self.across);
        } else if self.across >= self.deepest {
            amount.open = volume * share;
            amount.estimate = volume * share * share_above(low, high, dose);
        } else {
            let across = self.across * 2;
            // the shares of smaller squares are before those of larger ones
            let level = level - across * across;
            for which in 0..8 {
                let part = Self {
                    column: self.column * 2 + (which & 1),
                    row: self.row * 2 + (which >> 1 & 1),
                    across,
                    ..*self
                };
                let corners = half(corners, which);
                let of_part = part.at_least(&corners, volume / 8.0, dose, level);
                amount.sure += of_part.sure;
                amount.open += of_part.open;
                amount.estimate += of_part.estimate;
            }
        }
        amount
    }
}
