//! Boxes that doses leave open: it is not known without a cut how much of them gets a dose.
//!
//! A plane at the dose cuts each of them in closed form. What the plane leaves open, because the dose bends, is settled
//! by the parts of the box; they take its place, so that nothing is cut twice.

use std::collections::BinaryHeap;

use super::boxes::{Amount, Axis, halves, settled_share};
use super::cells::Cover;
use super::corners::{Corners, extremes};
use super::cut::{Fit, KEPT, Share};
use super::piece::{Piece, covered};

/// Bounds that are those of doses which are so close need no parts, Gy.
const CLOSE_DOSE: f64 = 0.005;
/// So many boxes are cut at most.
const MOST_CUTS: usize = 100_000;
/// How often a box is halved at most.
const MOST_HALVINGS: u32 = 12;

/// Boxes that doses between two leave open.
pub(super) struct OpenBoxes<'c> {
    pub(super) window: [f64; 2],
    /// What gets all doses between the two.
    sure: f64,
    boxes: Vec<OpenBox<'c>>,
    /// What is covered of parts of boxes.
    pieces: Vec<Piece>,
}

/// What is covered of a box.
#[derive(Clone, Copy)]
enum Covered<'c> {
    All,
    Of(&'c [Piece]),
    /// From one to another of the pieces of all parts.
    Part(usize, usize),
    /// Only how much.
    Unknown,
}

#[derive(Clone, Copy)]
struct OpenBox<'c> {
    corners: Corners,
    range: [f64; 2],
    fit: Fit,
    covered: Covered<'c>,
    /// How much is covered.
    share: f64,
    /// Of the whole box.
    volume: f64,
    /// How often it was halved.
    halvings: u32,
}

impl<'c> OpenBox<'c> {
    fn half(&self, corners: Corners, covered: Covered<'c>, share: f64) -> Self {
        Self {
            range: extremes(&corners),
            fit: Fit::of(&corners),
            corners,
            covered,
            share,
            volume: self.volume / 2.0,
            halvings: self.halvings + 1,
        }
    }
}

impl<'c> OpenBoxes<'c> {
    /// None yet, and a volume that gets all doses between the two.
    pub(super) const fn new(window: [f64; 2], sure: f64) -> Self {
        Self {
            window,
            sure,
            boxes: Vec::new(),
            pieces: Vec::new(),
        }
    }

    pub(super) const fn add_sure(&mut self, volume: f64) {
        self.sure += volume;
    }

    /// Adds a cell that has doses between the two.
    pub(super) fn add(
        &mut self,
        corners: &Corners,
        range: [f64; 2],
        cover: Cover<'c>,
        volume: f64,
    ) {
        let (covered, share) = match cover {
            Cover::Whole => (Covered::All, 1.0),
            Cover::Part(part, plane) => {
                let pieces = plane.pieces_of(part);
                (pieces.map_or(Covered::Unknown, Covered::Of), part.share())
            }
        };
        self.boxes.push(OpenBox {
            corners: *corners,
            range,
            fit: Fit::of(corners),
            covered,
            share,
            volume,
            halvings: 0,
        });
    }

    fn pieces_of(&self, open: &OpenBox<'c>) -> Option<&[Piece]> {
        match open.covered {
            Covered::Of(pieces) => Some(pieces),
            Covered::Part(from, to) => self.pieces.get(from..to),
            Covered::All | Covered::Unknown => None,
        }
    }

    /// What share of a box gets a dose or more.
    fn share_of(&self, open: &OpenBox<'c>, dose: f64) -> Share {
        let fit = &open.fit;
        if let Some(pieces) = self.pieces_of(open) {
            return Share::of_pieces(fit, pieces, open.share, dose);
        }
        let above = Share::by(fit, dose);
        if matches!(open.covered, Covered::All) {
            return above;
        }
        // a share of the box gets the dose, and a share of it is covered: they may lie apart or together
        let high = above.high.min(open.share);
        Share {
            low: (above.low - (1.0 - open.share)).clamp(0.0, high),
            high,
            estimate: above.estimate * open.share,
            ..above
        }
    }

    /// So much gets a dose or more for sure.
    pub(super) fn sure(&self, dose: f64) -> f64 {
        self.summed(dose, |open| match self.pieces_of(open) {
            Some(pieces) => {
                let found = open.fit.above_in(pieces, open.share, dose + open.fit.rest);
                (found - KEPT).max(0.0)
            }
            None => (open.fit.above(dose + open.fit.rest) - (1.0 - open.share)).max(0.0),
        })
    }

    /// No more than this gets a dose or more.
    pub(super) fn most(&self, dose: f64) -> f64 {
        self.summed(dose, |open| match self.pieces_of(open) {
            Some(pieces) => {
                let found = open.fit.above_in(pieces, open.share, dose - open.fit.rest);
                (found + KEPT).min(open.share)
            }
            None => open.fit.above(dose - open.fit.rest).min(open.share),
        })
    }

    /// About so much does.
    pub(super) fn best(&self, dose: f64) -> f64 {
        self.summed(dose, |open| match self.pieces_of(open) {
            Some(pieces) => open.fit.above_in(pieces, open.share, dose),
            None => open.fit.above(dose) * open.share,
        })
    }

    fn summed(&self, dose: f64, share: impl Fn(&OpenBox<'c>) -> f64) -> f64 {
        let mut total = self.sure;
        for open in &self.boxes {
            let [low, high] = open.range;
            if low >= dose {
                total += open.volume * open.share;
            } else if high > dose {
                total += open.volume * share(open);
            }
        }
        total
    }

    /// Cuts boxes until so little is open at a dose, those first of which most is; and how much gets the dose then.
    pub(super) fn settle(&mut self, dose: f64, target: f64) -> Amount {
        let mut total = Amount {
            sure: self.sure,
            ..Amount::default()
        };
        let mut amounts: Vec<Amount> = Vec::with_capacity(self.boxes.len());
        // what is not below 0 has the order of its bits
        let mut waiting = Vec::new();
        for (at, open) in self.boxes.iter().enumerate() {
            let (amount, can_be_cut) = self.looked_at(open, dose);
            total += amount;
            amounts.push(amount);
            if can_be_cut {
                waiting.push((amount.open.to_bits(), at));
            }
        }
        let mut waiting: BinaryHeap<(u64, usize)> = waiting.into();
        for _ in 0..MOST_CUTS {
            if total.open <= target {
                break;
            }
            let Some((_, at)) = waiting.pop() else {
                break;
            };
            total -= amounts[at];
            let (sure, boxes) = (self.sure, self.boxes.len());
            self.replace(at);
            total.sure += self.sure - sure;
            for at in std::iter::once(at).chain(boxes..self.boxes.len()) {
                let (amount, can_be_cut) = self.looked_at(&self.boxes[at], dose);
                total += amount;
                if can_be_cut {
                    waiting.push((amount.open.to_bits(), at));
                }
                if at < amounts.len() {
                    amounts[at] = amount;
                } else {
                    amounts.push(amount);
                }
            }
        }
        total
    }

    /// How much of a box gets a dose or more, and whether less of it would be open in parts.
    fn looked_at(&self, open: &OpenBox<'c>, dose: f64) -> (Amount, bool) {
        let [low, high] = open.range;
        if low >= dose {
            return (Amount::new(open.volume * open.share, 1.0, 1.0, 1.0), false);
        }
        if high <= dose {
            return (Amount::default(), false);
        }
        let share = self.share_of(open, dose);
        let amount = Amount::new(open.volume, share.low, share.high, share.estimate);
        let can_be_cut = !matches!(open.covered, Covered::Unknown)
            && open.halvings < MOST_HALVINGS
            && share.rest > CLOSE_DOSE;
        (amount, can_be_cut)
    }

    /// Puts the halves of a box in its place: what doses between the two leave open of them.
    fn replace(&mut self, at: usize) {
        let open = self.boxes[at];
        self.boxes[at].volume = 0.0;
        let axis = Axis::that_bends(&open.corners);
        let halves = halves(&open.corners, axis);
        let mut place = Some(at);
        for (half, corners) in halves.into_iter().enumerate() {
            let from = self.pieces.len();
            let (covered, share) = match open.covered {
                Covered::Of(_) | Covered::Part(..) if axis != Axis::Z => {
                    self.half_of(open.covered, axis, half == 1)
                }
                // the planes of contours are not cut: each half has the same pieces
                covered => (covered, open.share),
            };
            if share <= 0.0 || !self.put(open.half(corners, covered, share), &mut place) {
                self.pieces.truncate(from);
            }
        }
    }

    /// What of it lies in a half of the box.
    fn half_of(&mut self, of: Covered<'c>, axis: Axis, is_far: bool) -> (Covered<'c>, f64) {
        let from = self.pieces.len();
        let along_x = axis == Axis::X;
        match of {
            Covered::Of(pieces) => {
                for piece in pieces {
                    piece.half(along_x, is_far, &mut |part| self.pieces.push(part));
                }
            }
            Covered::Part(first, end) => {
                for at in first..end {
                    let piece = self.pieces[at];
                    piece.half(along_x, is_far, &mut |part| self.pieces.push(part));
                }
            }
            Covered::All | Covered::Unknown => return (of, 1.0),
        }
        let share = settled_share(covered(&self.pieces[from..]));
        if share < 1.0 {
            return (Covered::Part(from, self.pieces.len()), share);
        }
        self.pieces.truncate(from);
        (Covered::All, share)
    }

    /// Puts a box at a place, or behind the others, where doses between the two leave it open.
    fn put(&mut self, open: OpenBox<'c>, place: &mut Option<usize>) -> bool {
        let [bottom, top] = self.window;
        if open.range[0] >= top {
            self.sure += open.volume * open.share;
            return false;
        }
        if open.range[1] <= bottom {
            return false;
        }
        match place.take().and_then(|at| self.boxes.get_mut(at)) {
            Some(free) => *free = open,
            None => self.boxes.push(open),
        }
        true
    }

    /// Keeps only what doses between two others leave open, which lie between the two.
    pub(super) fn narrow(&mut self, [bottom, top]: [f64; 2]) {
        let sure = &mut self.sure;
        self.boxes.retain(|open| {
            let [low, high] = open.range;
            if low >= top {
                *sure += open.volume * open.share;
            }
            low < top && high > bottom
        });
        self.window = [bottom, top];
    }
}
