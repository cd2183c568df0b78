//! Volumes at doses and doses at volumes.
//!
//! A box that a question does not settle is halved along each axis; what is left unsettled at the end makes the
//! bounds.

use super::bounded::Bounded;
use super::boxes::{Amount, Block, Corners, extremes, whole_at_least};
use super::coverage::PartlyCovered;
use super::inside::DoseInStructure;

/// Bounds closer than this settle a dose, Gy.
const SETTLED_DOSE: f64 = 0.01;
/// Bounds closer than this share of the structure settle a volume.
const SETTLED_SHARE: f64 = 0.001;
/// Bins of the first look at a structure.
const BINS: u32 = 1024;
/// How finely a search ends, Gy.
const FINEST_DOSE: f64 = 0.001;

impl DoseInStructure<'_> {
    /// The volume that gets a dose or more, cubic centimetres. What lies outside the grid may.
    #[must_use]
    pub fn volume_at_least(&self, dose: f64) -> Bounded {
        let open = self.open(dose, dose);
        let mut amount = Amount::default();
        for depth in self.depths() {
            amount = open.at_least(dose, depth);
            if amount.open <= self.volume * SETTLED_SHARE {
                break;
            }
        }
        Bounded::new(
            amount.sure / 1000.0,
            (amount.sure + amount.open + self.outside) / 1000.0,
            (amount.sure + amount.estimate) / 1000.0,
        )
    }

    /// Into how many parts along each axis a cell is cut: coarse first.
    fn depths(&self) -> Vec<usize> {
        let coarse = [1, 4].into_iter().filter(|depth| *depth < self.side);
        coarse.chain([self.side]).collect()
    }

    /// The cells that doses between two leave open, and what those above hold.
    fn open(&self, from: f64, to: f64) -> OpenCells<'_> {
        let mut sure = 0.0;
        let mut cells = Vec::new();
        self.each(|corners, covered, volume| {
            let [low, high] = extremes(corners);
            if low >= to {
                let share = covered.map_or(1.0, whole_share);
                sure += volume * share;
            } else if high > from {
                cells.push((*corners, covered, volume));
            }
        });
        OpenCells { sure, cells }
    }

    /// Between which doses the dose at a volume lies, from the corners of whole cells alone.
    fn coarse_bounds(&self, wanted: f64) -> [f64; 2] {
        let [least, most] = self.range;
        let width = (most - least) / f64::from(BINS);
        if width <= 0.0 {
            return [least, most];
        }
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to the bins"
        )]
        let bin = |dose: f64| ((dose - least) / width).clamp(0.0, f64::from(BINS) - 1.0) as usize;
        let bins = usize::try_from(BINS).unwrap_or(1);
        let (mut lowest, mut highest) = (vec![0.0; bins], vec![0.0; bins]);
        self.each(|corners, covered, volume| {
            let volume = volume * covered.map_or(1.0, whole_share);
            let [low, high] = extremes(corners);
            lowest[bin(low)] += volume;
            highest[bin(high)] += volume;
        });
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
        let edge = |at: usize| least + width * at as f64;
        let lower = edge(reached(&lowest, 0.0));
        let upper = edge(reached(&highest, self.outside) + 1);
        [lower.min(upper), upper]
    }

    /// The largest dose that a volume gets at least (the hottest `volume` cubic centimetres), Gy; none where the
    /// structure is smaller, or so much lies outside the grid that the dose may be any.
    #[must_use]
    pub fn dose_at_volume(&self, volume_cc: f64) -> Option<Bounded> {
        let wanted = volume_cc * 1000.0;
        let known = self.volume - self.outside;
        if !(wanted > 0.0 && wanted <= self.volume * (1.0 + 1e-12)) || self.is_empty() {
            return None;
        }
        // a hair less, so that the whole volume is not lost to rounding
        let wanted = wanted.min(self.volume) * (1.0 - 1e-9);
        // too little has a dose, or as much may be hotter outside the grid
        if wanted > known || wanted <= self.outside {
            return None;
        }
        let [mut lower, mut upper] = self.coarse_bounds(wanted);
        let open = self.open(lower, upper);
        let mut value = f64::midpoint(lower, upper);
        for depth in self.depths() {
            let bounds = [lower, upper];
            let search = |of: &dyn Fn(Amount) -> f64| {
                let [mut low, mut high] = bounds;
                while high - low > FINEST_DOSE {
                    let middle = f64::midpoint(low, high);
                    // doses so large that there is no number between them
                    if middle <= low || middle >= high {
                        break;
                    }
                    if of(open.at_least(middle, depth)) >= wanted {
                        low = middle;
                    } else {
                        high = middle;
                    }
                }
                [low, high]
            };
            lower = search(&|amount| amount.sure)[0];
            upper = search(&|amount| amount.sure + amount.open + self.outside)[1];
            if upper - lower <= SETTLED_DOSE || depth == self.side {
                let [low, high] = search(&|amount| amount.sure + amount.estimate);
                value = f64::midpoint(low, high);
                break;
            }
        }
        Some(Bounded::new(lower, upper, value))
    }
}

/// The covered share of a whole cell.
fn whole_share(part: &PartlyCovered) -> f64 {
    part.shares.last().copied().map_or(0.0, f64::from)
}

/// What a question about a range of doses still has to look at.
struct OpenCells<'a> {
    sure: f64,
    cells: Vec<(Corners, Option<&'a PartlyCovered>, f64)>,
}

impl OpenCells<'_> {
    fn at_least(&self, dose: f64, depth: usize) -> Amount {
        let mut total = Amount {
            sure: self.sure,
            ..Amount::default()
        };
        for (corners, covered, volume) in &self.cells {
            let amount = match covered {
                None => whole_at_least(corners, *volume, dose, depth),
                Some(part) => {
                    let block = Block {
                        shares: &part.shares,
                        column: 0,
                        row: 0,
                        across: 1,
                        deepest: depth,
                    };
                    block.at_least(corners, *volume, dose, part.shares.len() - 1)
                }
            };
            total.sure += amount.sure;
            total.open += amount.open;
            total.estimate += amount.estimate;
        }
        total
    }
}
