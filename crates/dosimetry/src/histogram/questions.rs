//! Volumes at doses and doses at volumes.
//!
//! What a plane leaves open of a box is settled by its parts, coarse ones first; what is left open at the end makes
//! the bounds.

use super::bounded::Bounded;
use super::boxes::{Amount, Effort, box_at_least, part_at_least};
use super::cells::Cover;
use super::corners::Corners;
use super::cut::Fit;
use super::inside::DoseInStructure;
use super::piece::Piece;

/// Bounds closer than this settle a dose, Gy.
const SETTLED_DOSE: f64 = 0.02;
/// Bounds closer than this share of the structure settle a volume.
const SETTLED_SHARE: f64 = 0.002;
/// A step so small ends a search, Gy.
const FINEST_DOSE: f64 = 0.001;
/// How far from where a dose is likely to be it is looked for first, Gy.
const NEAR: f64 = 0.1;
/// Cells are cut until bounds are so many times as far apart as those that need no cut.
const ENOUGH: f64 = 2.0;
/// Into so many parts all cells at a dose are cut at most, each into about five that are open for each halving.
const MOST_CUTS: usize = 100_000;
/// Into how many parts along each axis a cell is cut at most.
const MOST_PARTS: usize = 16;
/// How often less is left open at most.
const MOST_TRIES: usize = 4;
/// Nor where this share of what was open stays so.
const WORTH_IT: f64 = 0.8;
/// No more is asked of a volume than this share of the structure.
const LEAST_SHARE: f64 = 1e-5;

impl DoseInStructure<'_> {
    /// The volume that gets a dose or more, cubic centimetres. What lies outside the grid may.
    #[must_use]
    pub fn volume_at_least(&self, dose: f64) -> Bounded {
        let open = self.open([dose, dose]);
        let (_, amount) = open.effort_for(dose, self.volume * SETTLED_SHARE);
        Bounded::new(
            amount.sure / 1000.0,
            (amount.sure + amount.open + self.outside) / 1000.0,
            amount.best() / 1000.0,
        )
    }

    /// The cells that doses between two leave open, and what those above hold.
    fn open(&self, range: [f64; 2]) -> OpenCells<'_> {
        let mut cells = Vec::new();
        let sure = self
            .cells
            .each_within(self.reading, range, |corners, range, cover, volume| {
                let (pieces, share) = match cover {
                    Cover::Whole => (Pieces::All, 1.0),
                    Cover::Part(part, plane) => {
                        let pieces = plane.pieces_of(part);
                        (pieces.map_or(Pieces::Unknown, Pieces::Known), part.share())
                    }
                };
                cells.push(OpenCell {
                    corners: *corners,
                    range,
                    fit: Fit::of(corners),
                    pieces,
                    share,
                    volume,
                });
            });
        OpenCells { sure, cells }
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
        let (bounds, value) = self.known_dose_at(wanted, SETTLED_DOSE);
        // what lies outside may have less dose than all else, or more; no digit of the upper bound counts then
        let upper = if self.outside > 0.0 {
            let hotter = wanted - self.outside;
            let apart = self.coarse.bounds(hotter).0[1] - value;
            self.known_dose_at(hotter, SETTLED_DOSE.max(apart / 20.0)).0[1]
        } else {
            bounds[1]
        };
        Some(Bounded::new(bounds[0], upper.max(bounds[1]), value))
    }

    /// The largest dose that a volume, cubic millimetres, of what lies in the grid gets at least: bounds, and an
    /// estimate. Bounds that are closer than `settled` are close enough.
    fn known_dose_at(&self, wanted: f64, settled: f64) -> ([f64; 2], f64) {
        // a little less than half, so that a step to either side settles it
        let step = 0.4999 * settled;
        let (mut bounds, mut value) = self.coarse.bounds(wanted);
        let mut near = NEAR.max(4.0 * step);
        let mut shares = [0.8, 0.3].into_iter();
        let mut share = shares.next();
        let mut is_refined = false;
        while let Some(of_step) = share.filter(|_| bounds[1] - bounds[0] > settled) {
            let window = [bounds[0].max(value - near), bounds[1].min(value + near)];
            let open = self.open(window);
            let above = |dose| open.best(dose) - wanted;
            let ends = [above(window[0]), above(window[1])];
            if !is_refined {
                value = root(window, ends, above);
            }
            // so much volume is open over the width of the bounds
            let slope = (ends[0] - ends[1]) / (window[1] - window[0]);
            let target = (ENOUGH * settled * of_step * slope).max(self.volume * LEAST_SHARE);
            let (effort, amount) = open.effort_for(value, target);
            let mut steps = [step; 2];
            if slope > 0.0 {
                if effort.parts > 1 {
                    let shift = (amount.best() - wanted) / slope;
                    value = (value + shift.clamp(-step, step)).clamp(window[0], window[1]);
                    is_refined = true;
                }
                // about so far to either side
                steps = [amount.estimate, amount.open - amount.estimate]
                    .map(|open| step.max(1.05 * open / slope).min(near / 2.0));
            }
            let around = around(value, window, steps, |dose| {
                let amount = open.at_least(dose, effort);
                [amount.sure >= wanted, amount.sure + amount.open >= wanted]
            });
            // a side on which nothing was found is that of the window: is it known there?
            let is_known = [window[0] <= bounds[0], window[1] >= bounds[1]];
            for (bound, found) in bounds.iter_mut().zip(around) {
                *bound = found.unwrap_or(*bound);
            }
            if (0..2).all(|side| around[side].is_some() || is_known[side]) {
                let is_settled = bounds[1] - bounds[0] <= ENOUGH * settled;
                share = shares.next().filter(|_| !is_settled);
            } else {
                near *= 4.0;
                is_refined = false;
            }
        }
        (bounds, value.clamp(bounds[0], bounds[1]))
    }
}

/// About where a function that never rises goes through zero between two doses: the rule of false position, with the
/// end that stays counted half (Dowell and Jarratt, BIT 1971;11:168-174).
fn root(
    [mut low, mut high]: [f64; 2],
    [mut at_low, mut at_high]: [f64; 2],
    value: impl Fn(f64) -> f64,
) -> f64 {
    const MOST_STEPS: usize = 60;
    if at_low <= 0.0 {
        return low;
    }
    if at_high >= 0.0 {
        return high;
    }
    let mut crossing = f64::midpoint(low, high);
    let mut was_low = None;
    for _ in 0..MOST_STEPS {
        let before = crossing;
        crossing = low + (high - low) * at_low / (at_low - at_high);
        let is_fine = |width: f64| width.abs() <= FINEST_DOSE;
        if is_fine(high - low) || (was_low.is_some() && is_fine(crossing - before)) {
            break;
        }
        let found = value(crossing);
        let is_low = found > 0.0;
        if is_low {
            (low, at_low) = (crossing, found);
        } else {
            (high, at_high) = (crossing, found);
        }
        match was_low {
            Some(true) if is_low => at_high /= 2.0,
            Some(false) if !is_low => at_low /= 2.0,
            _ => {}
        }
        was_low = Some(is_low);
    }
    crossing
}

/// The closest bounds around a dose, of steps that double, below which enough is sure and above which too little may
/// be; none on a side where there are none. Of a dose is asked whether enough is sure, and whether it may be.
fn around(
    dose: f64,
    [lower, upper]: [f64; 2],
    [down, up]: [f64; 2],
    ask: impl Fn(f64) -> [bool; 2],
) -> [Option<f64>; 2] {
    let steps = |first| std::iter::successors(Some(first), |step| Some(step * 2.0));
    let below = steps(down)
        .map(|step| dose - step)
        .take_while(|dose| *dose > lower)
        .find(|dose| ask(*dose)[0]);
    let above = steps(up)
        .map(|step| dose + step)
        .take_while(|dose| *dose < upper)
        .find(|dose| !ask(*dose)[1]);
    [below, above]
}

/// What is covered of a cell.
enum Pieces<'c> {
    All,
    Known(&'c [Piece]),
    /// Only how much.
    Unknown,
}

struct OpenCell<'c> {
    corners: Corners,
    range: [f64; 2],
    fit: Fit,
    pieces: Pieces<'c>,
    share: f64,
    volume: f64,
}

impl OpenCell<'_> {
    fn at_least(&self, dose: f64, effort: Effort) -> Amount {
        let Self { fit, volume, .. } = self;
        match self.pieces {
            Pieces::All => box_at_least(&self.corners, fit, *volume, dose, effort),
            Pieces::Known(pieces) => {
                let of = (&self.corners, fit);
                part_at_least(of, (pieces, self.share), *volume, dose, effort)
            }
            Pieces::Unknown => {
                // a share of the box gets the dose, and a share of it is covered: they may lie apart or together
                let above = box_at_least(&self.corners, fit, 1.0, dose, Effort::NONE);
                let most = (above.sure + above.open).min(self.share);
                let least = (above.sure - (1.0 - self.share)).clamp(0.0, most);
                let estimate = above.best() * self.share;
                Amount::new(*volume, least, most, estimate)
            }
        }
    }
}

/// What a question about a range of doses still has to look at.
struct OpenCells<'c> {
    sure: f64,
    cells: Vec<OpenCell<'c>>,
}

impl OpenCells<'_> {
    /// The least effort by which so little is open at a dose, or the most that is worth it; and what it finds.
    fn effort_for(&self, dose: f64, target: f64) -> (Effort, Amount) {
        let mut effort = Effort::NONE;
        let mut amount = self.at_least(dose, effort);
        let is_open = |cell: &&OpenCell<'_>| cell.range[0] < dose && cell.range[1] > dose;
        let cells = self.cells.iter().filter(is_open).count();
        let (mut parts, mut cuts) = (2, cells.saturating_mul(25));
        while parts < MOST_PARTS && cuts <= MOST_CUTS {
            (parts, cuts) = (parts * 2, cuts * 5);
        }
        #[allow(clippy::cast_precision_loss, reason = "a number of cells")]
        let mut enough = target / cells.max(1) as f64;
        for _ in 0..MOST_TRIES {
            if amount.open <= target {
                break;
            }
            effort = Effort { parts, enough };
            let before = amount.open;
            amount = self.at_least(dose, effort);
            if amount.open > before * WORTH_IT {
                break;
            }
            enough /= 4.0;
        }
        (effort, amount)
    }

    fn at_least(&self, dose: f64, effort: Effort) -> Amount {
        let mut total = Amount {
            sure: self.sure,
            ..Amount::default()
        };
        for cell in &self.cells {
            let [low, high] = cell.range;
            if low >= dose {
                total.sure += cell.volume * cell.share;
            } else if high > dose {
                total += cell.at_least(dose, effort);
            }
        }
        total
    }

    /// The best estimate alone, of cells in one piece.
    fn best(&self, dose: f64) -> f64 {
        let mut total = self.sure;
        for cell in &self.cells {
            let [low, high] = cell.range;
            if low >= dose {
                total += cell.volume * cell.share;
            } else if high > dose {
                total += cell.volume
                    * match cell.pieces {
                        Pieces::All => cell.fit.above(dose),
                        Pieces::Known(pieces) => cell.fit.above_in(pieces, cell.share, dose),
                        Pieces::Unknown => cell.fit.above(dose) * cell.share,
                    };
            }
        }
        total
    }
}
