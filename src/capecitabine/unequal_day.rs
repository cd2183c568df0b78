//! A day whose two administrations may differ by one deliverable step.

use alloc::vec::Vec;

use crate::report::Finding;

use super::candidate::Candidate;
use super::finding::CapecitabineFinding;
use super::finding_kinds::{DoseStep, OrderedAmount};
use super::order::OrderedAdministration;
use super::order_findings;
use super::policy::{RoundingPolicy, Ties};
use crate::number::is_at_boundary;

/// A day of two administrations with the same or neighbouring amounts.
pub(super) struct Pair<'a> {
    pub(super) smaller: &'a Candidate,
    pub(super) larger: &'a Candidate,
}

impl Pair<'_> {
    pub(super) fn total(&self) -> f64 {
        f64::from(self.smaller.amount().milligrams()) + f64::from(self.larger.amount().milligrams())
    }
}

/// Totals of two equal or neighbouring amounts, rising.
pub(super) fn pairs(candidates: &[Candidate]) -> Vec<Pair<'_>> {
    let mut pairs = Vec::new();
    for (i, smaller) in candidates.iter().enumerate() {
        pairs.push(Pair {
            smaller,
            larger: smaller,
        });
        if let Some(larger) = candidates.get(i + 1) {
            pairs.push(Pair { smaller, larger });
        }
    }
    pairs
}

/// The pair that the policy chooses.
pub(super) fn choose_total<'p, 'c>(
    pairs: &'p [Pair<'c>],
    wanted: f64,
    policy: &RoundingPolicy,
) -> Option<&'p Pair<'c>> {
    pairs.get(chosen(pairs, wanted, policy))
}

fn chosen(pairs: &[Pair<'_>], wanted: f64, policy: &RoundingPolicy) -> usize {
    let above = pairs
        .iter()
        .position(|pair| pair.total() > wanted || is_at_boundary(wanted, pair.total()))
        .unwrap_or(pairs.len());
    let exact = pairs
        .get(above)
        .is_some_and(|pair| is_at_boundary(wanted, pair.total()));
    if exact || above == 0 {
        return above;
    }
    let below = above - 1;
    let (Some(lower), Some(upper)) = (pairs.get(below), pairs.get(above)) else {
        return below;
    };
    let middle = f64::midpoint(lower.total(), upper.total());
    let up = match policy {
        RoundingPolicy::Up => true,
        RoundingPolicy::Down | RoundingPolicy::Fewest { .. } | RoundingPolicy::Bands(_) => false,
        RoundingPolicy::Nearest { ties } if is_at_boundary(wanted, middle) => *ties == Ties::Up,
        RoundingPolicy::Nearest { .. } => wanted > middle,
    };
    if up { above } else { below }
}

/// The pair that was chosen for a day, among which.
pub(super) struct ChosenPair<'a> {
    pub(super) single: &'a OrderedAdministration,
    pub(super) pairs: &'a [Pair<'a>],
    /// The calculated dose of the day, mg.
    pub(super) wanted: f64,
    /// The total that was chosen, mg.
    pub(super) chosen: f64,
    pub(super) deviation_percent: f64,
}

/// What there is to say of the day's total: limits on tablets, ties, a step close by, the deviation.
pub(super) fn findings(day: &ChosenPair<'_>) -> Vec<Finding> {
    let (single, chosen, wanted) = (day.single, day.chosen, day.wanted);
    let calculated = single.calculated();
    let capped = calculated.is_capped();
    // what the limits on tablets keep from one administration, they keep from the day
    let mut findings: Vec<Finding> = single
        .findings()
        .iter()
        .filter(|finding| {
            matches!(
                CapecitabineFinding::of(finding),
                Some(CapecitabineFinding::TabletLimit { .. })
            )
        })
        .cloned()
        .collect();
    let before = day.pairs.iter().rev().find(|pair| pair.total() < chosen);
    let after = day.pairs.iter().find(|pair| pair.total() > chosen);
    let intensity = calculated.regimen().intensity_per_day();
    let mut tie = false;
    let steps = [before, after].map(|other| {
        let other = other?.total();
        let (lower, upper) = (chosen.min(other), chosen.max(other));
        let middle = f64::midpoint(lower, upper);
        let nearest = matches!(single.policy(), RoundingPolicy::Nearest { .. });
        if nearest && is_at_boundary(wanted, middle) {
            tie = true;
            let finding = CapecitabineFinding::DayTie {
                wanted,
                capped,
                chosen,
                other,
            };
            findings.push(finding.into());
        }
        let changes_at = match single.policy() {
            RoundingPolicy::Up => lower,
            RoundingPolicy::Down => upper,
            _ => middle,
        };
        Some(DoseStep::Day {
            square_meters: changes_at / intensity.milligrams_per_square_meter(),
            below: lower,
            above: upper,
        })
    });
    if !tie && !capped {
        let near = order_findings::near(
            calculated.wanted().square_meters,
            order_findings::apart(steps),
            None,
        );
        findings.extend(near.map(Finding::from));
    }
    let percent = day.deviation_percent;
    let deviation =
        order_findings::deviation(OrderedAmount::Day, percent, single.tolerance(), capped);
    findings.extend(deviation.map(Finding::from));
    findings
}
