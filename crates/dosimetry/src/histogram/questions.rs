//! Volumes at doses and doses at volumes.
//!
//! What a plane leaves open of a box is settled by its parts, coarse ones first; what is left open at the end makes
//! the bounds.

use super::bounded::Bounded;
use super::inside::DoseInStructure;
use super::open_boxes::OpenBoxes;

/// Bounds closer than this settle a dose, Gy.
const SETTLED_DOSE: f64 = 0.02;
/// Bounds closer than this share of the structure settle a volume.
const SETTLED_SHARE: f64 = 0.002;
/// So little beyond the bounds of one reading those of another are looked for before they are searched, Gy.
const BESIDE: [f64; 2] = [0.0, 0.005];
/// A step so small ends a search, Gy.
const FINEST_DOSE: f64 = 0.001;
/// How far from where a dose is likely to be it is looked for first, Gy.
const NEAR: f64 = 0.1;
/// So many steps to either side of the dose are looked at closely first.
const CLOSE: f64 = 4.0;
/// Cells are cut until bounds are so many times as far apart as those that need no cut.
const ENOUGH: f64 = 2.0;
/// How much of the width of the bounds may be open, so that steps to either side find them: first, and then.
const SHARES: [f64; 2] = [0.8, 0.3];
/// No more is asked of a volume than this share of the structure.
const LEAST_SHARE: f64 = 1e-5;

impl DoseInStructure<'_> {
    /// The volume that gets a dose or more, cubic centimetres. What lies outside the grid may.
    #[must_use]
    pub fn volume_at_least(&self, dose: f64) -> Bounded {
        let amount = self
            .open([dose, dose])
            .settle(dose, self.volume * SETTLED_SHARE);
        Bounded::new(
            amount.sure / 1000.0,
            (amount.most() + self.outside) / 1000.0,
            amount.best() / 1000.0,
        )
    }

    /// The cells that doses between two leave open, and what those above hold.
    fn open(&self, range: [f64; 2]) -> OpenBoxes<'_> {
        let mut open = OpenBoxes::new(range, 0.0);
        let sure = self
            .cells
            .each_within(self.reading, range, |corners, range, cover, volume| {
                open.add(corners, range, cover, volume);
            });
        open.add_sure(sure);
        open
    }

    /// The largest dose that a volume gets at least (the hottest `volume` cubic centimetres), Gy; none where the
    /// structure is smaller, or so much lies outside the grid that the dose may be any.
    #[must_use]
    pub fn dose_at_volume(&self, volume_cc: f64) -> Option<Bounded> {
        let wanted = self.wanted(volume_cc)?;
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

    /// The same of another reading of contours of which the bounds of one are known: bounds that enclose both. Where the
    /// known ones do, or nearly, nothing is searched.
    pub(crate) fn enclosing_dose_at_volume(
        &self,
        volume_cc: f64,
        known: Bounded,
    ) -> Option<Bounded> {
        let wanted = self.wanted(volume_cc)?;
        let hotter = wanted - self.outside;
        let at = |dose| self.open([dose, dose]);
        let steps = BESIDE.into_iter();
        let lower = steps
            .clone()
            .map(|step| (known.lower - step).max(0.0))
            .find(|dose| {
                let [least, most] = self.coarse.bounds(wanted).0;
                least >= *dose || (most >= *dose && at(*dose).sure(*dose) >= wanted)
            });
        let upper = steps.map(|step| known.upper + step).find(|dose| {
            let [least, most] = self.coarse.bounds(hotter).0;
            most <= *dose || (least <= *dose && at(*dose).most(*dose) < hotter)
        });
        let found = match (lower, upper) {
            (Some(lower), Some(upper)) => Bounded::new(lower, upper, known.value),
            _ => self.dose_at_volume(volume_cc)?,
        };
        Some(known.enclosing(found))
    }

    /// So much of what lies in the grid is asked for, cubic millimetres.
    fn wanted(&self, volume_cc: f64) -> Option<f64> {
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
        Some(wanted)
    }

    /// The largest dose that a volume, cubic millimetres, of what lies in the grid gets at least: bounds, and an
    /// estimate. Bounds that are closer than `settled` are close enough.
    fn known_dose_at(&self, wanted: f64, settled: f64) -> ([f64; 2], f64) {
        // a little less than half, so that a step to either side settles it
        let step = 0.4999 * settled;
        let (mut bounds, mut value) = self.coarse.bounds(wanted);
        let mut near = NEAR.max(4.0 * step);
        let mut close = CLOSE * step;
        while bounds[1] - bounds[0] > settled {
            let window = around(value, near, bounds);
            let mut open = self.open(window);
            let above = |dose| open.best(dose) - wanted;
            value = root(window, window.map(above), above);
            let is_off = [
                window[0] > bounds[0] && value - window[0] < close,
                window[1] < bounds[1] && window[1] - value < close,
            ];
            if is_off.contains(&true) {
                near *= 2.0;
                continue;
            }
            let window = around(value, close, bounds);
            open.narrow(window);
            let is_known = [window[0] <= bounds[0], window[1] >= bounds[1]];
            // so much volume is open over the width of the bounds
            let slope = (open.best(window[0]) - open.best(window[1])) / (window[1] - window[0]);
            let mut is_found = false;
            for share in SHARES {
                let target = (ENOUGH * settled * share * slope).max(self.volume * LEAST_SHARE);
                let amount = open.settle(value, target);
                let mut steps = [step; 2];
                if slope > 0.0 {
                    let shift = (amount.best() - wanted) / slope;
                    value = (value + shift.clamp(-step, step)).clamp(window[0], window[1]);
                    // about so far to either side
                    steps = [amount.estimate, amount.open - amount.estimate]
                        .map(|open| step.max(1.05 * open / slope).min(close / 2.0));
                }
                let is_sure = |dose: f64| open.sure(dose) >= wanted;
                let is_too_high = |dose: f64| open.most(dose) < wanted;
                let found = [
                    stepped(value, -steps[0], window, is_sure),
                    stepped(value, steps[1], window, is_too_high),
                ];
                for (bound, found) in bounds.iter_mut().zip(found) {
                    *bound = found.unwrap_or(*bound);
                }
                is_found = (0..2).all(|side| found[side].is_some() || is_known[side]);
                if !is_found || bounds[1] - bounds[0] <= ENOUGH * settled {
                    break;
                }
            }
            if is_found {
                break;
            }
            close *= 4.0;
            near = near.max(2.0 * close);
        }
        (bounds, value.clamp(bounds[0], bounds[1]))
    }
}

/// So much to either side of a dose, within a window.
fn around(dose: f64, near: f64, [low, high]: [f64; 2]) -> [f64; 2] {
    [low.max(dose - near), high.min(dose + near)]
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

/// The closest dose within a window at which this is so, by steps from another dose that double.
fn stepped(
    dose: f64,
    first: f64,
    [low, high]: [f64; 2],
    is_so: impl Fn(f64) -> bool,
) -> Option<f64> {
    std::iter::successors(Some(first), |step| Some(step * 2.0))
        .map(|step| dose + step)
        .take_while(|dose| *dose > low && *dose < high)
        .find(|dose| is_so(*dose))
}
