//! The first look at a structure: between which bins of dose each cell lies, and the sum of all doses.

use super::line_cells::LineCells;

/// Bins of the first look.
const BINS: usize = 4096;

/// Volumes by the smallest and by the largest dose of their cells.
#[derive(Debug, Clone, Default)]
pub(super) struct Coarse {
    /// The width of a bin; the first begins at 0 Gy.
    width: f64,
    lowest: Vec<f64>,
    highest: Vec<f64>,
    /// Smallest and largest dose that a cell touches.
    pub(super) range: [f64; 2],
    /// Dose times volume.
    pub(super) sum: f64,
}

impl Coarse {
    /// For doses of a grid up to its largest.
    pub(super) fn new(largest: f64) -> Self {
        #[allow(clippy::cast_precision_loss, reason = "bins are few")]
        let bins = BINS as f64;
        Self {
            width: largest / bins,
            lowest: vec![0.0; BINS],
            highest: vec![0.0; BINS],
            range: [f64::INFINITY, f64::NEG_INFINITY],
            sum: 0.0,
        }
    }

    #[inline]
    fn bin(dose: f64, in_bins: f64) -> usize {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "no dose is below 0, and the bins end the number"
        )]
        let bin = (dose * in_bins) as u32;
        (bin as usize).min(BINS - 1)
    }

    fn in_bins(&self) -> f64 {
        if self.width > 0.0 {
            1.0 / self.width
        } else {
            0.0
        }
    }

    /// A cell of which a volume is covered, with the sum of the dose over it.
    pub(super) fn add(&mut self, [low, high]: [f64; 2], volume: f64, sum: f64) {
        self.range = [self.range[0].min(low), self.range[1].max(high)];
        self.sum += sum;
        let in_bins = self.in_bins();
        if let Some(bin) = self.lowest.get_mut(Self::bin(low, in_bins)) {
            *bin += volume;
        }
        if let Some(bin) = self.highest.get_mut(Self::bin(high, in_bins)) {
            *bin += volume;
        }
    }

    /// Neighbours that are covered whole, each of a volume: between which doses all of them lie.
    pub(super) fn add_cells(&mut self, cells: &LineCells<'_>, volume: f64) -> [f64; 2] {
        let in_bins = self.in_bins();
        let [mut least, mut most] = [f64::INFINITY, f64::NEG_INFINITY];
        let mut sum = 0.0;
        let pairs = cells.lowest.windows(2).zip(cells.highest.windows(2));
        for ((lowest, highest), sums) in pairs.zip(cells.sums.windows(2)) {
            let low = if lowest[0] < lowest[1] {
                lowest[0]
            } else {
                lowest[1]
            };
            let high = if highest[0] > highest[1] {
                highest[0]
            } else {
                highest[1]
            };
            least = if low < least { low } else { least };
            most = if high > most { high } else { most };
            sum += sums[0] + sums[1];
            if let Some(bin) = self.lowest.get_mut(Self::bin(low, in_bins)) {
                *bin += volume;
            }
            if let Some(bin) = self.highest.get_mut(Self::bin(high, in_bins)) {
                *bin += volume;
            }
        }
        self.sum += volume * sum / 8.0;
        self.range = [self.range[0].min(least), self.range[1].max(most)];
        [least, most]
    }

    /// What two parts of a structure have together.
    pub(super) fn join(&mut self, other: &Self) {
        for (own, other) in [
            (&mut self.lowest, &other.lowest),
            (&mut self.highest, &other.highest),
        ] {
            for (own, other) in own.iter_mut().zip(other) {
                *own += other;
            }
        }
        self.range = [
            self.range[0].min(other.range[0]),
            self.range[1].max(other.range[1]),
        ];
        self.sum += other.sum;
    }

    /// Between which doses the dose at a volume lies; and about which it is, if the dose of each cell is half its
    /// smallest and half its largest.
    pub(super) fn bounds(&self, wanted: f64) -> ([f64; 2], f64) {
        let [least, most] = self.range;
        if self.width <= 0.0 {
            return ([least, most], f64::midpoint(least, most));
        }
        // a lower edge of a bin is not above the doses in it, an upper edge not below
        let reached = |volumes: &[f64]| {
            let mut sum = 0.0;
            let found = volumes.iter().rposition(|volume| {
                sum += volume;
                sum >= wanted
            });
            found.unwrap_or(0)
        };
        #[allow(clippy::cast_precision_loss, reason = "bins are few")]
        let edge = |at: usize| self.width * at as f64;
        // a hair wider: a dose on an edge may be on either side of it
        let lower = edge(reached(&self.lowest)) * (1.0 - 1e-12);
        let upper = edge(reached(&self.highest) + 1) * (1.0 + 1e-12);
        let lower = lower.max(least);
        let upper = upper.min(most).max(lower);
        let mut sum = 0.0;
        let mut likely = lower;
        let both = self.lowest.iter().zip(&self.highest).enumerate();
        for (at, (low, high)) in both.rev() {
            let volume = f64::midpoint(*low, *high);
            if sum + volume >= wanted {
                let share = if volume > 0.0 {
                    (wanted - sum) / volume
                } else {
                    0.0
                };
                likely = edge(at + 1) - self.width * share;
                break;
            }
            sum += volume;
        }
        ([lower, upper], likely.clamp(lower, upper))
    }
}
