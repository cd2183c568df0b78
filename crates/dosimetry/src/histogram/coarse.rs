//! The first look at a structure: between which bins of dose each cell lies.

use super::corners::{Corners, extremes};

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
        }
    }

    pub(super) fn add(&mut self, corners: &Corners, volume: f64) {
        let [low, high] = extremes(corners);
        self.range = [self.range[0].min(low), self.range[1].max(high)];
        let bin = |dose: f64| {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "no dose is below 0, and the bins end the number"
            )]
            let bin = (dose / self.width) as usize;
            bin.min(BINS - 1)
        };
        let (low, high) = (bin(low), bin(high));
        self.lowest[low] += volume;
        self.highest[high] += volume;
    }

    /// Between which doses the dose at a volume lies, where a further volume may have any dose.
    pub(super) fn bounds(&self, wanted: f64, outside: f64) -> [f64; 2] {
        let [least, most] = self.range;
        if self.width <= 0.0 {
            return [least, most];
        }
        // a lower edge of a bin is not above the doses in it, an upper edge not below
        let reached = |volumes: &[f64], start: f64| {
            let mut sum = start;
            let found = volumes.iter().rposition(|volume| {
                sum += volume;
                sum >= wanted
            });
            found.unwrap_or(0)
        };
        #[allow(clippy::cast_precision_loss, reason = "bins are few")]
        let edge = |at: usize| self.width * at as f64;
        // a hair wider: a dose on an edge may be on either side of it
        let lower = edge(reached(&self.lowest, 0.0)) * (1.0 - 1e-12);
        let upper = edge(reached(&self.highest, outside) + 1) * (1.0 + 1e-12);
        let lower = lower.max(least);
        [lower, upper.min(most).max(lower)]
    }
}
