//! Volumes at doses and doses at volumes.
//!
//! What a plane leaves open of a box is settled by its parts, coarse ones first; what is left open at the end makes
//! the bounds.

use super::bounded::Bounded;
use super::boxes::{Amount, box_at_least, part_at_least};
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
/// So far on either side of a dose its bounds are looked for first, Gy: a little less than what settles it.
const STEP: f64 = 0.4999 * SETTLED_DOSE;
/// How far from where a dose is likely to be it is looked for first, Gy.
const NEAR: f64 = 0.1;
/// Into how many parts along each axis a cell is cut: coarse first.
pub(super) const DEPTHS: [usize; 4] = [1, 2, 4, 16];

impl DoseInStructure<'_> {
    /// The volume that gets a dose or more, cubic centimetres. What lies outside the grid may.
    #[must_use]
    pub fn volume_at_least(&self, dose: f64) -> Bounded {
        let open = self.open([dose, dose]);
        let mut amount = Amount::default();
        for depth in DEPTHS {
            amount = open.at_least(dose, depth);
            if amount.open <= self.volume * SETTLED_SHARE {
                break;
            }
        }
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
        let (bounds, value) = self.known_dose_at(wanted);
        // what lies outside may have less dose than all else, or more
        let upper = if self.outside > 0.0 {
            self.known_dose_at(wanted - self.outside).0[1]
        } else {
            bounds[1]
        };
        Some(Bounded::new(bounds[0], upper, value))
    }

    /// The largest dose that a volume, cubic millimetres, of what lies in the grid gets at least: bounds, and an
    /// estimate.
    fn known_dose_at(&self, wanted: f64) -> ([f64; 2], f64) {
        let (mut bounds, mut value) = self.coarse.bounds(wanted);
        let mut near = NEAR;
        for depth in DEPTHS {
            while bounds[1] - bounds[0] > SETTLED_DOSE {
                let window = [bounds[0].max(value - near), bounds[1].min(value + near)];
                let open = self.open(window);
                if depth == 1 {
                    value = root(window, |dose| open.best(dose) - wanted);
                }
                let found = around(value, window, |dose| {
                    let amount = open.at_least(dose, depth);
                    let most = amount.sure + amount.open;
                    let is_reached = [amount.sure >= wanted, most >= wanted];
                    (is_reached, amount.best() - wanted)
                });
                if let [Some((low, at_low)), Some((high, at_high))] = found {
                    if depth > 1 && at_low > at_high {
                        value = low + (high - low) * at_low / (at_low - at_high);
                    }
                }
                // a side on which nothing was found is that of the window: is it known there?
                let is_known = [window[0] <= bounds[0], window[1] >= bounds[1]];
                for (bound, found) in bounds.iter_mut().zip(found) {
                    *bound = found.map_or(*bound, |(dose, _)| dose);
                }
                if (0..2).all(|side| found[side].is_some() || is_known[side]) {
                    break;
                }
                near *= 4.0;
            }
        }
        (bounds, value)
    }
}

/// About where a function that never rises goes through zero between two doses: the rule of false position, with the
/// end that stays counted half (Dowell and Jarratt, BIT 1971;11:168-174).
fn root([mut low, mut high]: [f64; 2], value: impl Fn(f64) -> f64) -> f64 {
    const MOST_STEPS: usize = 60;
    let (mut at_low, mut at_high) = (value(low), value(high));
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
/// be, each with how much the estimate there is above what is wanted; none on a side where there are none. Of a dose
/// is asked whether enough is sure, whether it may be, and that estimate.
fn around(
    dose: f64,
    [lower, upper]: [f64; 2],
    ask: impl Fn(f64) -> ([bool; 2], f64),
) -> [Option<(f64, f64)>; 2] {
    let steps = || std::iter::successors(Some(STEP), |step| Some(step * 2.0));
    let below = steps()
        .map(|step| dose - step)
        .take_while(|dose| *dose > lower)
        .find_map(|dose| match ask(dose) {
            ([true, _], above) => Some((dose, above)),
            _ => None,
        });
    let above = steps()
        .map(|step| dose + step)
        .take_while(|dose| *dose < upper)
        .find_map(|dose| match ask(dose) {
            ([_, false], above) => Some((dose, above)),
            _ => None,
        });
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
    fn at_least(&self, dose: f64, depth: usize) -> Amount {
        let Self { fit, volume, .. } = self;
        match self.pieces {
            Pieces::All => box_at_least(&self.corners, fit, *volume, dose, depth),
            Pieces::Known(pieces) => {
                let of = (&self.corners, fit);
                part_at_least(of, (pieces, self.share), *volume, dose, depth)
            }
            Pieces::Unknown => {
                // a share of the box gets the dose, and a share of it is covered: they may lie apart or together
                let above = box_at_least(&self.corners, fit, 1.0, dose, depth);
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
    fn at_least(&self, dose: f64, depth: usize) -> Amount {
        let mut total = Amount {
            sure: self.sure,
            ..Amount::default()
        };
        for cell in &self.cells {
            let [low, high] = cell.range;
            if low >= dose {
                total.sure += cell.volume * cell.share;
            } else if high > dose {
                total += cell.at_least(dose, depth);
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
