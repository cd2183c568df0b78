//! What there is to say of an order as a whole: what was not asked, what has changed since the last
//! one, what rounding made of a reduction.

use alloc::sync::Arc;
use alloc::vec::Vec;

use jiff::civil::Date;

use crate::number::is_at_boundary;
use crate::report::Finding;

use super::adjustment::Adjustment;
use super::day::OrderedDay;
use super::days::CapecitabineDays;
use super::finding::{CapecitabineFinding, HEIGHT_CHANGE, MANY_TABLETS};
use super::request::{HeightChange, OrderRequest, WeightChange};
use super::rule_topic::RuleTopic;

/// A weight change of this much asks for a new order or a reason, percent.
const WEIGHT_CHANGE: f64 = 10.0;

/// What follows from the request and the rules that were applied.
pub(super) fn of_request(request: &OrderRequest, adjustment: &Adjustment) -> Vec<Finding> {
    let mut found: Vec<CapecitabineFinding> = Vec::new();
    if let Some(waived) = &request.waived {
        let missing = RuleTopic::NEEDED.into_iter().filter(|topic| {
            adjustment.not_checked().contains(topic)
                && request.rules.get(*topic).is_none()
                && !waived.contains(topic)
        });
        found.extend(missing.map(CapecitabineFinding::NoRuleSet));
    }
    let supply = request.supply.as_ref();
    let fractions = supply.map_or(&[][..], |supply| &supply.fractions);
    found.extend(superseded(request, fractions));
    for set in request.rules.rule_sets() {
        if let Some(as_of) = request.as_of.filter(|day| set.is_later_than(*day)) {
            found.push(CapecitabineFinding::Later {
                rule_set: set.id.clone(),
                date: set.date.clone(),
                as_of,
            });
        }
    }
    let kind = supply.map(|supply| &supply.kind);
    let kind = kind.or(request.intake.as_ref());
    found.extend(kind.and_then(|kind| without_radiotherapy(request, kind, fractions)));
    found.extend(request.weight_change.and_then(weight));
    found.extend(request.height_change.and_then(height));
    found.into_iter().map(Finding::from).collect()
}

/// What follows from the tablets.
pub(super) fn of_day(adjustment: &Adjustment, day: &OrderedDay) -> Vec<Finding> {
    let mut found = Vec::new();
    let percent = day.deviation_percent();
    if percent > 0.0
        && (adjustment.is_reduced_by_decision() || adjustment.is_reduced_for_deficiency())
    {
        let decided = !adjustment.is_reduced_for_deficiency();
        found.push(CapecitabineFinding::RoundedUp { percent, decided });
    }
    found.extend(beyond_rule(adjustment, day));
    let most = day.administrations().iter().map(|one| {
        let counts = one.tablets.iter().map(|tablet| tablet.count);
        counts.sum::<u32>()
    });
    found.extend(
        most.max()
            .filter(|count| *count > MANY_TABLETS)
            .map(CapecitabineFinding::ManyTablets),
    );
    found.into_iter().map(Finding::from).collect()
}

/// The tablets make of a decision what a rule does not leave.
fn beyond_rule(adjustment: &Adjustment, day: &OrderedDay) -> Option<CapecitabineFinding> {
    let share = adjustment.share()?;
    let rules = adjustment.applied().iter();
    let (rule, limit) = rules
        .filter_map(|rule| Some((rule, rule.below?)))
        .find(|(_, limit)| share < *limit)?;
    let percent = share.percent() * (1.0 + day.deviation_from_uncapped_percent() / 100.0);
    let beyond = percent > limit.percent() || is_at_boundary(percent, limit.percent());
    beyond.then(|| CapecitabineFinding::OrderedBeyondRule {
        rule: Arc::clone(rule),
        percent,
        limit,
    })
}

/// Rule sets that have a successor: rules hold on the day of the first fraction too.
pub(super) fn superseded<'r>(
    request: &'r OrderRequest,
    fractions: &[Date],
) -> impl Iterator<Item = CapecitabineFinding> + use<'r> {
    let starts = fractions.first().copied();
    let on = request
        .as_of
        .map(|day| starts.map_or(day, |first| day.max(first)));
    request
        .rules
        .rule_sets()
        .into_iter()
        .filter_map(move |set| {
            Some(CapecitabineFinding::Superseded {
                rule_set: set.id.clone(),
                successor: set.successor(on)?.clone(),
            })
        })
}

/// An intensity of treatments without radiotherapy, taken on its days and by no protocol.
pub(super) fn without_radiotherapy(
    request: &OrderRequest,
    kind: &CapecitabineDays,
    fractions: &[Date],
) -> Option<CapecitabineFinding> {
    if request.is_prescribed || !request.regimen.is_above_radiotherapy() {
        return None;
    }
    let meets_a_fraction = match kind.dates(fractions) {
        Ok(days) => days.iter().any(|day| fractions.contains(day)),
        // without dates; those that do not go together are refused elsewhere
        Err(_) => match kind {
            CapecitabineDays::RadiotherapyDays
            | CapecitabineDays::Weekdays
            | CapecitabineDays::CalendarDays => true,
            // the labels' cycles without radiotherapy have a week of rest
            CapecitabineDays::Cycles(cycles) => cycles.longest_rest() < 7,
        },
    };
    meets_a_fraction.then(|| CapecitabineFinding::WithoutRadiotherapy {
        regimen: request.regimen,
        kind: kind.clone(),
    })
}

#[allow(clippy::cast_precision_loss, reason = "micrograms stay below 2^53")]
fn weight(WeightChange { before, now }: WeightChange) -> Option<CapecitabineFinding> {
    let (was, is) = (before.micrograms() as f64, now.micrograms() as f64);
    let percent = 100.0 * (is - was) / was;
    let large = percent.abs() >= WEIGHT_CHANGE || is_at_boundary(percent.abs(), WEIGHT_CHANGE);
    large.then_some(CapecitabineFinding::WeightChange {
        before,
        now,
        percent,
    })
}

fn height(HeightChange { before, now }: HeightChange) -> Option<CapecitabineFinding> {
    let moved = before.micrometers().abs_diff(now.micrometers());
    (moved > HEIGHT_CHANGE).then_some(CapecitabineFinding::HeightChange { before, now })
}
