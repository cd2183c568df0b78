//! A day whose two administrations may differ by one deliverable step.

use alloc::string::ToString;
use alloc::vec::Vec;

use crate::quantity::OrderedDose;
use crate::report::decimal;
use crate::report::{Finding, Outcome};

use super::{Candidate, DeviationTolerance, OrderedDay, RoundingPolicy, Ties, explain, is_at};

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
        .position(|pair| pair.total() > wanted || is_at(wanted, pair.total()))
        .unwrap_or(pairs.len());
    let exact = pairs
        .get(above)
        .is_some_and(|pair| is_at(wanted, pair.total()));
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
        RoundingPolicy::Down | RoundingPolicy::Bands(_) => false,
        RoundingPolicy::Nearest { ties } if is_at(wanted, middle) => *ties == Ties::Up,
        RoundingPolicy::Nearest { .. } => wanted > middle,
    };
    if up { above } else { below }
}

/// Where the findings of a day are.
const DAY: &str = "ordered dose per day";

/// A cap on the dose of one administration that keeps a day from the total it would have.
pub(super) fn capped(day: &OrderedDay, cap: OrderedDose, total: f64) -> Finding {
    Finding::written(
        "capecitabine.cap",
        Outcome::Warn,
        DAY,
        format!(
            "the cap of {cap} acts: {} a day is ordered instead of {total} mg",
            day.dose_per_day()
        ),
    )
    .with_expected(format!("at most {cap} an administration"))
    .with_found(format!("{total} mg a day"))
}

pub(super) fn findings(
    day: &OrderedDay,
    pairs: &[Pair<'_>],
    chosen: f64,
    tolerance: Option<DeviationTolerance>,
) -> Vec<Finding> {
    let single = day.per_administration();
    let calculated = single.calculated();
    let mut findings = calculated.findings().to_vec();
    if day.is_unequal() {
        findings.push(
            Finding::written(
                "capecitabine.unequal_day",
                Outcome::Warn,
                DAY,
                format!("the administrations of the day differ: {day}"),
            )
            .with_found(day.dose_per_day().to_string()),
        );
    }
    // what the limits on tablets keep from one administration, they keep from the day
    let limited = single.findings().iter();
    findings.extend(
        limited
            .filter(|finding| finding.is("capecitabine.tablet_limit"))
            .cloned(),
    );
    let wanted = day.calculated_per_day();
    let before = pairs.iter().rev().find(|pair| pair.total() < chosen);
    let after = pairs.iter().find(|pair| pair.total() > chosen);
    let mut tie = false;
    let mut steps = Vec::new();
    for other in before.into_iter().chain(after) {
        let (lower, upper) = (chosen.min(other.total()), chosen.max(other.total()));
        let middle = f64::midpoint(lower, upper);
        let nearest = matches!(single.policy(), RoundingPolicy::Nearest { .. });
        if nearest && is_at(wanted, middle) {
            tie = true;
            findings.push(Finding::written(
                "capecitabine.tie",
                Outcome::Warn,
                DAY,
                format!(
                    "the {} of {} mg a day is halfway between {chosen} and {} mg",
                    explain::compared(calculated.is_capped()),
                    decimal(wanted),
                    other.total()
                ),
            ));
        }
        let changes_at = match single.policy() {
            RoundingPolicy::Up => lower,
            RoundingPolicy::Down => upper,
            _ => middle,
        };
        let intensity = calculated.regimen().intensity_per_day();
        steps.push(explain::Step {
            square_meters: changes_at / intensity.milligrams_per_square_meter(),
            below: format!("{lower} mg a day"),
            above: format!("{upper} mg a day"),
        });
    }
    if !tie && !calculated.is_capped() {
        let area = calculated.body_surface_area().square_meters();
        findings.extend(explain::near(area, explain::apart(steps)));
    }
    findings.extend(explain::deviation(
        DAY,
        day.deviation_percent(),
        tolerance,
        calculated.is_capped(),
    ));
    findings
}
