//! Every amount that whole tablets make, with the fewest tablets for it.

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::fmt;

use crate::quantity::{OrderedDose, TabletStrength};

/// One strength in stock, with the most tablets of it to give at one administration, if limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StockedTablet {
    /// The strength.
    pub strength: TabletStrength,
    /// The most tablets at one administration; absent means any number.
    pub at_most: Option<u32>,
}

/// A number of tablets of one strength.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TabletCount {
    /// The strength.
    pub strength: TabletStrength,
    /// How many.
    pub count: u32,
}

/// `3 x 500 mg`.
impl fmt::Display for TabletCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} x {}", self.count, self.strength)
    }
}

/// Every amount that whole tablets of a stock make, up to a largest amount, each with one
/// combination: the fewest tablets, and among those with equally few the one with more of the
/// largest strength, then of the next largest, and so on.
///
/// The work grows with the largest amount times the number of strengths, whatever the strengths
/// are: 50 g in 1 mg tablets takes well under a second.
///
/// ```
/// use chemorad::capecitabine::{DeliverableAmounts, TabletStock};
/// use chemorad::quantity::OrderedDose;
///
/// let stock: TabletStock = "500 mg, 150 mg (at most 2)".parse()?;
/// let amounts = DeliverableAmounts::up_to(&stock, OrderedDose::constant("1000 mg"));
/// let all: Vec<u32> = amounts.iter().map(OrderedDose::milligrams).collect();
/// assert_eq!(all, [150, 300, 500, 650, 800, 1000]);
///
/// let tablets = amounts.tablets(OrderedDose::constant("650 mg")).unwrap();
/// assert_eq!(tablets[0].to_string(), "1 x 500 mg");
/// assert_eq!(tablets[1].to_string(), "1 x 150 mg");
/// assert_eq!(amounts.tablets(OrderedDose::constant("450 mg")), None); // three of 150 mg
/// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
/// ```
#[derive(Debug, Clone)]
pub struct DeliverableAmounts {
    strengths: Vec<Strength>,
    /// Rising.
    amounts: Vec<OrderedDose>,
    /// The largest amount looked at, mg.
    largest: u32,
}

#[derive(Debug, Clone)]
struct Strength {
    strength: TabletStrength,
    /// Indexed by milligrams left for this and the smaller strengths: how many of this one.
    take: Vec<u32>,
}

/// The fewest tablets for an amount; `None` when it cannot be made.
type Fewest = Option<u32>;

impl DeliverableAmounts {
    /// All amounts that these tablets, the largest strength first, make up to and including
    /// `largest`.
    pub(super) fn of_tablets(tablets: &[StockedTablet], largest: OrderedDose) -> Self {
        let mut fewest: Vec<Fewest> = vec![None; largest.milligrams() as usize + 1];
        if let Some(nothing) = fewest.first_mut() {
            *nothing = Some(0);
        }
        // from the smallest strength to the largest, so that the largest is decided last and its
        // choice sees the fewest tablets of all smaller ones
        let mut strengths = Vec::with_capacity(tablets.len());
        for tablet in tablets.iter().rev() {
            let (with, take) = add_strength(&fewest, tablet.strength, tablet.at_most);
            fewest = with;
            strengths.push(Strength {
                strength: tablet.strength,
                take,
            });
        }
        strengths.reverse();
        let reachable = fewest.iter().enumerate().filter(|(_, made)| made.is_some());
        Self {
            strengths,
            amounts: reachable
                .filter_map(|(milligrams, _)| dose(milligrams))
                .collect(),
            largest: largest.milligrams(),
        }
    }

    /// The amounts, rising.
    pub(super) fn as_slice(&self) -> &[OrderedDose] {
        &self.amounts
    }

    /// Whether every amount up to this one was looked at.
    pub(super) const fn reaches(&self, largest: OrderedDose) -> bool {
        largest.milligrams() <= self.largest
    }

    /// The amounts, smallest first.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = OrderedDose> + '_ {
        self.amounts.iter().copied()
    }

    /// The tablets that make an amount, the largest strength first; `None` when the stock does
    /// not make it, or it lies above the largest amount asked for.
    #[must_use]
    pub fn tablets(&self, amount: OrderedDose) -> Option<Vec<TabletCount>> {
        self.amounts.binary_search(&amount).ok()?;
        let strengths = self.strengths.iter().map(|strength| strength.strength);
        Some(
            strengths
                .zip(self.counts(amount))
                .filter(|(_, count)| *count > 0)
                .map(|(strength, count)| TabletCount { strength, count })
                .collect(),
        )
    }

    /// The number of tablets of each strength, the largest first, for an amount that the stock makes.
    pub(super) fn counts(&self, amount: OrderedDose) -> impl Iterator<Item = u32> + '_ {
        let mut left = amount.milligrams();
        self.strengths
            .iter()
            .map(move |Strength { strength, take }| {
                let count = take.get(left as usize).copied().unwrap_or(0);
                left = left.saturating_sub(count * strength.milligrams());
                count
            })
    }
}

fn dose(milligrams: usize) -> Option<OrderedDose> {
    let milligrams = u32::try_from(milligrams).ok()?;
    OrderedDose::from_milligrams(milligrams).ok()
}

/// Adds one strength to the amounts the smaller ones make.
///
/// For each amount a the fewest tablets are the minimum over k of `fewest[a - k s] + k`. Along the
/// amounts r, r + s, r + 2 s, ... this is the minimum of `fewest - index` in a sliding window as
/// wide as the limit, kept in a queue with rising values. On a tie the oldest entry stays in front:
/// it takes more of this strength.
fn add_strength(
    fewest: &[Fewest],
    strength: TabletStrength,
    at_most: Option<u32>,
) -> (Vec<Fewest>, Vec<u32>) {
    let step = strength.milligrams() as usize;
    let mut with = vec![None; fewest.len()];
    let mut take = vec![0; fewest.len()];
    for residue in 0..step.min(fewest.len()) {
        let mut window: VecDeque<(u32, i64)> = VecDeque::new();
        let along = fewest.iter().skip(residue).step_by(step);
        let out = with.iter_mut().skip(residue).step_by(step);
        let taken = take.iter_mut().skip(residue).step_by(step);
        for (index, ((smaller, out), taken)) in (0_u32..).zip(along.zip(out).zip(taken)) {
            if let Some(count) = smaller {
                let value = i64::from(*count) - i64::from(index);
                while window.back().is_some_and(|(_, last)| *last > value) {
                    window.pop_back();
                }
                window.push_back((index, value));
            }
            if let Some(limit) = at_most {
                while window.front().is_some_and(|(at, _)| index - at > limit) {
                    window.pop_front();
                }
            }
            if let Some((at, value)) = window.front() {
                *taken = index - at;
                *out = u32::try_from(value + i64::from(index)).ok();
            }
        }
    }
    (with, take)
}
