//! An order in words: the explanation, the findings and the derivation.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::quantity::OrderedDose;
use crate::report::{Derivation, decimal};
use crate::report::{Finding, Outcome};

use super::order::Choice;
use super::{BandTable, DeviationTolerance, RoundingPolicy, is_at};

const ORDERED: &str = "ordered dose per administration";

/// Rounding within this is acceptable to HOPA, and more is a trial deviation to the NCI, in percent
/// (The ASCO Post, as quoted there).
const USUAL_DEVIATION: f64 = 10.0;

/// A deviation above this is no rounding, and fails without a tolerance too, in percent (a choice of
/// this project).
const FAR_DEVIATION: f64 = 50.0;

/// A body surface area this close to a step is reported, m²: the tables print two decimals.
const NEAR_STEP: f64 = 0.01;

/// What the deliverable amounts are compared with.
pub(super) const fn compared(capped: bool) -> &'static str {
    if capped {
        "dose after the cap"
    } else {
        "calculated dose"
    }
}

pub(super) fn explanation(choice: &Choice<'_>) -> String {
    let wanted = choice.calculated.dose();
    let dose = compared(choice.calculated.is_capped());
    let reason = match (choice.policy, choice.forbidden, choice.tie) {
        (_, Some(forbidden), _) => format!(
            "the largest deliverable amount under the cap; without it {forbidden} would be ordered"
        ),
        (RoundingPolicy::Bands(table), ..) => {
            format!("the dose of the table \"{}\"", table.label())
        }
        (RoundingPolicy::Nearest { ties }, _, Some((lower, upper))) => format!(
            "the {dose} of {wanted:.2} is halfway between {} and {upper}, and ties go {ties}",
            or_nothing(lower)
        ),
        (RoundingPolicy::Nearest { .. }, ..) => {
            format!("the deliverable amount nearest to the {dose} of {wanted:.2}")
        }
        (RoundingPolicy::Down, ..) => {
            format!("the largest deliverable amount not above the {dose} of {wanted:.2}")
        }
        (RoundingPolicy::Up, ..) => {
            format!("the smallest deliverable amount not below the {dose} of {wanted:.2}")
        }
    };
    format!(
        "{} ({}): {reason}; {}",
        choice.chosen.amount(),
        choice.chosen.tablets_text(),
        deviation_text(choice.chosen.deviation_percent(), dose)
    )
}

fn deviation_text(percent: f64, dose: &str) -> String {
    if percent == 0.0 {
        format!("equal to the {dose}")
    } else if percent.abs() < 0.005 {
        format!("within 0.005 % of the {dose}")
    } else {
        let side = if percent > 0.0 { "above" } else { "below" };
        format!("{:.2} % {side} the {dose}", percent.abs())
    }
}

fn or_nothing(amount: Option<OrderedDose>) -> String {
    amount.map_or_else(|| "no tablet".into(), |amount| amount.to_string())
}

pub(super) fn findings(choice: &Choice<'_>) -> Vec<Finding> {
    let mut findings = choice.calculated.findings().to_vec();
    let wanted = choice.calculated.dose();
    let amount = choice.chosen.amount();
    let capped = choice.calculated.is_capped();
    let dose = compared(capped);
    if let (Some((lower, upper)), RoundingPolicy::Nearest { ties }) = (choice.tie, choice.policy) {
        findings.push(
            Finding::written(
                "capecitabine.tie",
                Outcome::Warn,
                ORDERED,
                format!(
                    "the {dose} of {wanted:.2} is halfway between {} and {upper}; ties go {ties}",
                    or_nothing(lower)
                ),
            )
            .with_found(amount.to_string()),
        );
    }
    if let (Some(forbidden), Some(cap)) = (
        choice.forbidden,
        choice.calculated.caps().dose_per_administration,
    ) {
        findings.push(
            Finding::written(
                "capecitabine.cap",
                Outcome::Warn,
                ORDERED,
                format!("the cap of {cap} acts: {amount} is ordered instead of {forbidden}"),
            )
            .with_expected(format!("at most {cap}"))
            .with_found(forbidden.to_string()),
        );
    }
    if choice.limited {
        findings.push(
            Finding::written(
                "capecitabine.tablet_limit",
                Outcome::Warn,
                ORDERED,
                format!(
                    "tablets of {} make nothing as large as the {dose}: check the limits",
                    choice.stock
                ),
            )
            .with_expected(format!("{wanted:.2}"))
            .with_found(amount.to_string()),
        );
    }
    findings.extend(near_step(choice));
    findings.extend(deviation(
        ORDERED,
        choice.chosen.deviation_percent(),
        choice.tolerance,
        capped,
    ));
    findings
}

/// A deviation above the tolerance, or above what is usual where none was given.
pub(super) fn deviation(
    at: &'static str,
    percent: f64,
    tolerance: Option<DeviationTolerance>,
    capped: bool,
) -> Option<Finding> {
    let dose = compared(capped);
    let above = |most: f64| percent.abs() > most && !is_at(percent.abs(), most);
    let finding = match tolerance {
        Some(tolerance) if above(tolerance.percent()) => Finding::written(
            "capecitabine.deviation",
            Outcome::Fail,
            at,
            format!(
                "the ordered dose differs from the {dose} by more than the tolerance: use other \
                 tablets or another policy, or record the reason"
            ),
        )
        .with_expected(format!("at most {tolerance}")),
        None if above(FAR_DEVIATION) => Finding::written(
            "capecitabine.deviation",
            Outcome::Fail,
            at,
            format!(
                "the ordered dose differs from the {dose} by more than half: is a digit missing or \
                 too many, in a table or a strength?"
            ),
        )
        .with_expected(format!("at most {FAR_DEVIATION} %")),
        None if above(USUAL_DEVIATION) => Finding::written(
            "capecitabine.deviation",
            Outcome::Warn,
            at,
            format!(
                "the ordered dose differs from the {dose} by more than 10 %: HOPA accepts up to 10 %, \
                 and the NCI counts more as a trial deviation; no tolerance was given"
            ),
        ),
        _ => return None,
    };
    Some(finding.with_found(format!("{percent:+.2} %")))
}

/// A body surface area where the dose changes, with the doses on its two sides.
pub(super) struct Step {
    pub(super) square_meters: f64,
    pub(super) below: String,
    pub(super) above: String,
}

/// The step the body surface area is close to, unless it is a tie (reported as such) or a cap acts
/// (then the dose does not follow the area).
fn near_step(choice: &Choice<'_>) -> Option<Finding> {
    if choice.tie.is_some() || choice.forbidden.is_some() || choice.calculated.is_capped() {
        return None;
    }
    let steps = match choice.policy {
        RoundingPolicy::Bands(table) => band_steps(table),
        _ => apart(amount_steps(choice)),
    };
    let area = choice.calculated.body_surface_area().square_meters();
    near(area, steps).map(|finding| finding.with_found(choice.chosen.amount().to_string()))
}

/// The steps on the two sides of an amount; none when they are so dense that every area is close.
pub(super) fn apart(steps: Vec<Step>) -> Vec<Step> {
    match steps.as_slice() {
        [low, high] if high.square_meters - low.square_meters <= 2.0 * NEAR_STEP => Vec::new(),
        _ => steps,
    }
}

pub(super) fn near(area: f64, steps: Vec<Step>) -> Option<Finding> {
    let distance = |step: &Step| (area - step.square_meters).abs();
    let step = steps
        .into_iter()
        .filter(|step| distance(step) <= NEAR_STEP || is_at(distance(step), NEAR_STEP))
        .min_by(|left, right| distance(left).total_cmp(&distance(right)))?;
    Some(Finding::written(
        "capecitabine.near_step",
        Outcome::Warn,
        "body surface area",
        format!(
            "the body surface area of {} m2 is within {NEAR_STEP} m2 of {} m2, where the dose \
             changes from {} to {}: check height and weight",
            decimal(area),
            decimal(step.square_meters),
            step.below,
            step.above
        ),
    ))
}

/// The steps next to the chosen amount.
fn amount_steps(choice: &Choice<'_>) -> Vec<Step> {
    let intensity = choice
        .calculated
        .regimen()
        .intensity()
        .milligrams_per_square_meter();
    let number = |amount: OrderedDose| f64::from(amount.milligrams());
    // the calculated dose at which the order changes from `below` to `above`
    let between = |below: Option<OrderedDose>, above: OrderedDose| match choice.policy {
        RoundingPolicy::Up => below.map(number),
        RoundingPolicy::Down => Some(number(above)),
        _ => Some(f64::midpoint(below.map_or(0.0, number), number(above))),
    };
    let chosen = choice.chosen.amount();
    let pairs = [
        Some((choice.previous, chosen)),
        choice.next.map(|next| (Some(chosen), next)),
    ];
    pairs
        .into_iter()
        .flatten()
        .filter_map(|(below, above)| {
            Some(Step {
                square_meters: between(below, above)? / intensity,
                below: or_nothing(below),
                above: above.to_string(),
            })
        })
        .collect()
}

fn band_steps(table: &BandTable) -> Vec<Step> {
    let dose = |index: usize| {
        table
            .bands()
            .get(index)
            .map(|band| band.dose_per_administration)
    };
    (1..table.bands().len())
        .filter(|index| dose(index - 1) != dose(*index))
        .filter_map(|index| {
            Some(Step {
                square_meters: table.bands().get(index)?.from?.square_meters(),
                below: or_nothing(dose(index - 1)),
                above: or_nothing(dose(index)),
            })
        })
        .collect()
}

pub(super) fn derivation(choice: &Choice<'_>) -> Derivation {
    let wanted = decimal(choice.calculated.dose().milligrams());
    let amount = choice.chosen.amount();
    let cap = choice.calculated.caps().dose_per_administration;
    let around: Vec<String> = [choice.previous, Some(amount), choice.next]
        .into_iter()
        .flatten()
        .filter(|amount| cap.is_none_or(|cap| *amount <= cap))
        .map(|amount| amount.to_string())
        .collect();
    let (formula, substitution, source) = match choice.policy {
        RoundingPolicy::Bands(table) => (
            "dose of the table at the body surface area".into(),
            format!(
                "table at {} m2",
                decimal(choice.calculated.square_meters_used())
            ),
            table.source().to_string(),
        ),
        policy => (
            format!("deliverable amount by the policy: {policy}"),
            format!("of {} for {wanted} mg", around.join(", ")),
            "rounding policy and tablets as given".to_string(),
        ),
    };
    let mut derivation =
        Derivation::new(ORDERED, formula, substitution, amount.to_string(), source).with(format!(
            "tablets: {} = {amount}",
            choice.chosen.tablets_text()
        ));
    if let (Some(forbidden), Some(cap)) = (choice.forbidden, cap) {
        derivation = derivation.with(format!(
            "{forbidden} would be chosen, and is above the cap of {cap}"
        ));
    }
    if let Some((lower, upper)) = choice.tie {
        let lower = lower.map_or(0, OrderedDose::milligrams);
        derivation = derivation.with(format!(
            "tie: ({lower} + {}) / 2 = {wanted} mg",
            upper.milligrams()
        ));
    }
    derivation.with(format!(
        "deviation from the {}: 100 x ({} - {wanted}) / {wanted} = {} %",
        compared(choice.calculated.is_capped()),
        amount.milligrams(),
        decimal(choice.chosen.deviation_percent())
    ))
}
