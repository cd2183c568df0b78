//! Volumes at doses and doses at volumes.
//!
//! What a plane leaves open of a box is settled by its parts, coarse ones first; what is left open at the end makes
//! the bounds.

use super::bounded::Bounded;
use super::boxes::{Amount, Block, whole_at_least};
use super::corners::{Corners, extremes};
use super::coverage::PartlyCovered;
use super::inside::DoseInStructure;

/// Bounds closer than this settle a dose, Gy.
const SETTLED_DOSE: f64 = 0.02;
/// Bounds closer than this share of the structure settle a volume.
const SETTLED_SHARE: f64 = 0.002;
/// A step so small ends a search, Gy.
const FINEST_DOSE: f64 = 0.001;

impl DoseInStructure<'_> {
    /// The volume that gets a dose or more, cubic centimetres. What lies outside the grid may.
    #[must_use]
    pub fn volume_at_least(&self, dose: f64) -> Bounded {
        let open = self.open([dose, dose]);
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
            amount.best() / 1000.0,
        )
    }

    /// Into how many parts along each axis a cell is cut: coarse first.
    pub(super) fn depths(&self) -> impl Iterator<Item = usize> + use<> {
        let side = self.side;
        let coarse = [1, 4, 8].into_iter().filter(move |depth| *depth < side);
        coarse.chain([side])
    }

    /// The cells that doses between two leave open, and what those above hold.
    fn open(&self, [from, to]: [f64; 2]) -> OpenCells<'_> {
        let mut open = OpenCells {
            sure: 0.0,
            cells: Vec::new(),
        };
        self.each(|corners, covered, volume| {
            let [low, high] = extremes(corners);
            if low >= to {
                open.sure += volume * covered.map_or(1.0, PartlyCovered::share);
            } else if high > from {
                open.cells.push(OpenCell {
                    corners: *corners,
                    covered,
                    volume,
                });
            }
        });
        open
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
        let mut bounds = self.coarse.bounds(wanted, self.outside);
        let mut open = self.open(bounds);
        let mut value = f64::midpoint(bounds[0], bounds[1]);
        for depth in self.depths() {
            let amount = |dose| open.at_least(dose, depth);
            value = root(bounds, |dose| amount(dose).best() - wanted);
            let found = around(value, bounds, |dose| {
                let amount = amount(dose);
                let most = amount.sure + amount.open + self.outside;
                let is_reached = [amount.sure >= wanted, most >= wanted];
                (is_reached, amount.best() - wanted)
            });
            bounds = found.bounds;
            if bounds[1] - bounds[0] <= SETTLED_DOSE {
                value = found.crossing;
                break;
            }
            open.narrow(bounds);
        }
        Some(Bounded::new(bounds[0], bounds[1], value))
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

/// What is known around a dose.
struct Around {
    bounds: [f64; 2],
    /// Where the estimate goes through what is wanted, if it is straight between the bounds.
    crossing: f64,
}

/// The closest bounds around a dose, of steps that double, below which enough is sure and above which too little may
/// be. Of a dose is asked whether enough is sure, whether it may be, and how much the estimate is above it.
fn around(dose: f64, [lower, upper]: [f64; 2], ask: impl Fn(f64) -> ([bool; 2], f64)) -> Around {
    let steps = || std::iter::successors(Some(SETTLED_DOSE / 2.0), |step| Some(step * 2.0));
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
    let crossing = match (below, above) {
        (Some((low, at_low)), Some((high, at_high))) if at_low > at_high => {
            low + (high - low) * at_low / (at_low - at_high)
        }
        _ => dose,
    };
    Around {
        bounds: [
            below.map_or(lower, |(dose, _)| dose),
            above.map_or(upper, |(dose, _)| dose),
        ],
        crossing,
    }
}

struct OpenCell<'a> {
    corners: Corners,
    covered: Option<&'a PartlyCovered>,
    volume: f64,
}

/// What a question about a range of doses still has to look at.
struct OpenCells<'a> {
    sure: f64,
    cells: Vec<OpenCell<'a>>,
}

impl OpenCells<'_> {
    /// For doses between two.
    fn narrow(&mut self, [from, to]: [f64; 2]) {
        let sure = &mut self.sure;
        self.cells.retain(|cell| {
            let [low, high] = extremes(&cell.corners);
            if low >= to {
                *sure += cell.volume * cell.covered.map_or(1.0, PartlyCovered::share);
            }
            low < to && high > from
        });
    }

    fn at_least(&self, dose: f64, depth: usize) -> Amount {
        let mut total = Amount {
            sure: self.sure,
            ..Amount::default()
        };
        for cell in &self.cells {
            total += match cell.covered {
                None => whole_at_least(&cell.corners, cell.volume, dose, depth),
                Some(part) => {
                    Block::new(&part.shares).at_least(&cell.corners, cell.volume, dose, depth)
                }
            };
        }
        total
    }
}
