//! What there is to say of the amount that was chosen for one administration.

use alloc::vec::Vec;

use crate::quantity::{CalculatedDose, OrderedDose};

use super::band_bound::BandScale;
use super::bands::BandTable;
use super::deviation_tolerance::DeviationTolerance;
use super::finding::{CapecitabineFinding, FAR_DEVIATION, NEAR_STEP};
use super::finding_kinds::{DeviationLimit, DoseStep, OrderedAmount};
use super::policy::RoundingPolicy;
use super::select::{Amounts, Choice, pick};
use super::stock::TabletStock;
use super::wanted::Wanted;
use crate::number::{BOUNDARY_WIDTH, is_at_boundary};

/// Rounding within this is acceptable to HOPA, and more is a trial deviation to the NCI, in percent
/// (The ASCO Post, as quoted there).
const USUAL_DEVIATION: f64 = 10.0;

/// What there is to say of a choice.
pub(super) fn of(
    calculated: &Wanted,
    (stock, amounts): (&TabletStock, Amounts<'_>),
    policy: &RoundingPolicy,
    tolerance: Option<DeviationTolerance>,
    percent: f64,
    choice: &Choice,
) -> [Option<CapecitabineFinding>; 5] {
    let (wanted, ordered) = (calculated.dose, choice.amount);
    let capped = calculated.is_capped();
    let tie = match (choice.tie, policy.ties()) {
        (Some((lower, upper)), Some(ties)) => Some(CapecitabineFinding::Tie {
            wanted,
            capped,
            lower,
            upper,
            ties,
            ordered,
        }),
        _ => None,
    };
    let cap = match (choice.forbidden, calculated.caps.dose_per_administration) {
        (Some(without), Some(cap)) => Some(CapecitabineFinding::OrderedDoseCap {
            cap,
            ordered,
            without,
        }),
        _ => None,
    };
    let limit = choice.limited.then(|| CapecitabineFinding::TabletLimit {
        wanted,
        capped,
        stock: stock.clone(),
        ordered,
    });
    // a tie is reported as such; under a cap that acts the dose does not follow the area
    let follows = choice.tie.is_none() && choice.forbidden.is_none() && !capped;
    let at = calculated.square_meters;
    let step = match policy {
        _ if !follows => None,
        RoundingPolicy::Bands(table) => near(at, band_steps(table, calculated), Some(ordered)),
        RoundingPolicy::Fewest { .. } => {
            let steps = fewest_steps(calculated, amounts, policy);
            near(at, steps.into_iter(), Some(ordered))
        }
        policy => {
            let steps = amount_steps(calculated, policy, ordered, choice);
            near(at, apart(steps), Some(ordered))
        }
    };
    let deviation = deviation(OrderedAmount::Administration, percent, tolerance, capped);
    [tie, cap, limit, step, deviation]
}

/// A deviation above the tolerance, or above what is usual where none was given.
pub(super) fn deviation(
    of: OrderedAmount,
    percent: f64,
    tolerance: Option<DeviationTolerance>,
    capped: bool,
) -> Option<CapecitabineFinding> {
    let above = |most: f64| percent.abs() > most && !is_at_boundary(percent.abs(), most);
    let limit = match tolerance {
        Some(tolerance) if above(tolerance.percent()) => DeviationLimit::Tolerance(tolerance),
        None if above(FAR_DEVIATION) => DeviationLimit::Half,
        None if above(USUAL_DEVIATION) => DeviationLimit::Usual,
        _ => return None,
    };
    Some(CapecitabineFinding::Deviation {
        of,
        percent,
        limit,
        capped,
    })
}

/// The steps on the two sides of an amount; none when they are so dense that every area is close.
pub(super) fn apart(steps: [Option<DoseStep>; 2]) -> impl Iterator<Item = DoseStep> {
    let dense = matches!(steps, [Some(low), Some(high)]
        if high.square_meters() - low.square_meters() <= 2.0 * NEAR_STEP);
    steps.into_iter().flatten().filter(move |_| !dense)
}

/// The step that the body surface area is close to.
pub(super) fn near(
    square_meters: f64,
    steps: impl Iterator<Item = DoseStep>,
    ordered: Option<OrderedDose>,
) -> Option<CapecitabineFinding> {
    let distance = |step: &DoseStep| (square_meters - step.square_meters()).abs();
    let step = steps
        .filter(|step| distance(step) <= NEAR_STEP || is_at_boundary(distance(step), NEAR_STEP))
        .min_by(|left, right| distance(left).total_cmp(&distance(right)))?;
    Some(CapecitabineFinding::NearStep {
        square_meters,
        step,
        ordered,
    })
}

/// The steps next to the chosen amount.
fn amount_steps(
    calculated: &Wanted,
    policy: &RoundingPolicy,
    chosen: OrderedDose,
    choice: &Choice,
) -> [Option<DoseStep>; 2] {
    let intensity = calculated.regimen.intensity();
    let number = |amount: OrderedDose| f64::from(amount.milligrams());
    // the calculated dose at which the order changes from `below` to `above`
    let between = |below: Option<OrderedDose>, above: OrderedDose| match policy {
        RoundingPolicy::Up => below.map(number),
        RoundingPolicy::Down => Some(number(above)),
        _ => Some(f64::midpoint(below.map_or(0.0, number), number(above))),
    };
    let step = |below: Option<OrderedDose>, above: OrderedDose| {
        Some(DoseStep::Administration {
            square_meters: between(below, above)? / intensity.milligrams_per_square_meter(),
            below,
            above: Some(above),
        })
    };
    [
        step(choice.previous, chosen),
        choice.next.and_then(|next| step(Some(chosen), next)),
    ]
}

/// The steps of the fewest tablets near the calculated dose: where an amount comes into the deviation
/// or leaves it, and halfway between two amounts.
fn fewest_steps(
    calculated: &Wanted,
    amounts: Amounts<'_>,
    policy: &RoundingPolicy,
) -> Vec<DoseStep> {
    let RoundingPolicy::Fewest { within, .. } = policy else {
        return Vec::new();
    };
    let intensity = calculated.regimen.intensity();
    let intensity = intensity.milligrams_per_square_meter();
    let wanted = calculated.dose.milligrams();
    let reach = NEAR_STEP * intensity;
    let share = within.percent() / 100.0;
    let number = |amount: OrderedDose| f64::from(amount.milligrams());
    let around: Vec<f64> = amounts
        .all
        .iter()
        .copied()
        .map(number)
        .filter(|amount| (amount - wanted).abs() <= 2.0 * (share * wanted + reach))
        .collect();
    let edges = around
        .iter()
        .flat_map(|amount| [amount / (1.0 + share), amount / (1.0 - share)]);
    let middles = around.iter().enumerate().flat_map(|(i, low)| {
        let above = around.iter().skip(i + 1);
        above.map(move |high| f64::midpoint(*low, *high))
    });
    let picked = |milligrams: f64| {
        let dose = CalculatedDose::from_milligrams(milligrams).ok()?;
        let pick = pick(amounts, (dose, None), policy, None).ok()?;
        Some(pick.amount)
    };
    let close = edges
        .chain(middles)
        .filter(|at| at.is_finite() && (at - wanted).abs() <= reach * (1.0 + BOUNDARY_WIDTH));
    close
        .filter_map(|at| {
            let (below, above) = (picked(at * (1.0 - 1e-7)), picked(at * (1.0 + 1e-7)));
            (below != above).then_some(DoseStep::Administration {
                square_meters: at / intensity,
                below,
                above,
            })
        })
        .collect()
}

fn band_steps<'a>(
    table: &'a BandTable,
    calculated: &Wanted,
) -> impl Iterator<Item = DoseStep> + use<'a> {
    let of_one = match table.scale() {
        BandScale::BodySurfaceArea => 1.0,
        BandScale::CalculatedDose => calculated.regimen.intensity().milligrams_per_square_meter(),
    };
    table.bands().windows(2).filter_map(move |pair| match pair {
        [below, above] if below.dose_per_administration != above.dose_per_administration => {
            Some(DoseStep::Administration {
                square_meters: above.from?.value() / of_one,
                below: Some(below.dose_per_administration),
                above: Some(above.dose_per_administration),
            })
        }
        _ => None,
    })
}
