//! Which deliverable amount a policy picks.

use crate::quantity::{CalculatedDose, OrderedDose, TabletStrength};

use super::band_bound::BandScale;
use super::bands::BandTable;
use super::deliverable::DeliverableAmounts;
use super::deviation_tolerance::DeviationTolerance;
use super::policy::{RoundingPolicy, Ties};
use super::unmet::Unmet;
use super::wanted::Wanted;
use crate::number::is_at_boundary;

/// The amounts to choose from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amounts<'a> {
    /// Rising.
    pub(super) all: &'a [OrderedDose],
    /// What they are made of.
    pub(super) made: &'a DeliverableAmounts,
    /// The largest tablet.
    pub(super) largest: TabletStrength,
}

/// The last of rising amounts that is `low`.
pub(super) fn last_of(
    all: &[OrderedDose],
    low: impl Fn(&OrderedDose) -> bool,
) -> Option<OrderedDose> {
    all.get(all.partition_point(low).checked_sub(1)?).copied()
}

/// The first of rising amounts that is no longer `low`.
pub(super) fn first_after(
    all: &[OrderedDose],
    low: impl Fn(&OrderedDose) -> bool,
) -> Option<OrderedDose> {
    all.get(all.partition_point(low)).copied()
}

/// Deliverable amounts around the calculated dose; both are the same when it is one of them.
struct Around {
    below: Option<OrderedDose>,
    above: Option<OrderedDose>,
}

/// What a policy picks.
pub(super) struct Pick {
    pub(super) amount: OrderedDose,
    pub(super) tie: Option<(Option<OrderedDose>, OrderedDose)>,
    pub(super) limited: bool,
}

/// Why an amount was chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Choice {
    pub(super) amount: OrderedDose,
    /// The two amounts of a tie; the lower is absent when it is no tablet at all.
    pub(super) tie: Option<(Option<OrderedDose>, OrderedDose)>,
    /// What the policy alone would have chosen, where a cap forbids it.
    pub(super) forbidden: Option<OrderedDose>,
    /// Whether limits on tablets leave nothing as large as the calculated dose.
    pub(super) limited: bool,
    /// The deliverable amounts next to the chosen one.
    pub(super) previous: Option<OrderedDose>,
    pub(super) next: Option<OrderedDose>,
}

/// The largest amount that a choice has to see: one largest tablet above the dose is where candidates
/// end, one more shows the next step, and a table or a deviation may reach further.
pub(super) fn horizon(
    wanted: &Wanted,
    largest: TabletStrength,
    policy: &RoundingPolicy,
    table_dose: Option<OrderedDose>,
) -> OrderedDose {
    let milligrams = wanted.dose.milligrams();
    let horizon = milligrams + 2.0 * f64::from(largest.milligrams());
    let reach = match policy {
        RoundingPolicy::Fewest { within, .. } => milligrams * (1.0 + within.percent() / 100.0),
        _ => 0.0,
    };
    at_least(horizon.max(reach), table_dose)
}

/// The whole number of milligrams that covers the horizon and the table's dose, inside the domain
/// of an ordered dose.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the horizon is positive and below 110 000"
)]
pub(super) fn at_least(horizon: f64, table_dose: Option<OrderedDose>) -> OrderedDose {
    let covering = libm::ceil(horizon) as u32;
    let covering = OrderedDose::from_milligrams(covering).unwrap_or(LARGEST_DOSE);
    table_dose.map_or(covering, |dose| dose.max(covering))
}

pub(super) const LARGEST_DOSE: OrderedDose = OrderedDose::constant("50000 mg");

/// The dose of the policy's table, where it has one.
pub(super) fn table_dose(
    policy: &RoundingPolicy,
    wanted: &Wanted,
) -> Result<Option<OrderedDose>, Unmet> {
    match policy {
        RoundingPolicy::Bands(table) => of_table(table, wanted).map(Some),
        _ => Ok(None),
    }
}

fn of_table(table: &BandTable, wanted: &Wanted) -> Result<OrderedDose, Unmet> {
    let regimen = wanted.regimen;
    if let Some(times) = table
        .administrations_per_day()
        .filter(|times| *times != regimen.administrations_per_day())
    {
        return Err(Unmet::BandsForOtherRegimen { table: times });
    }
    if table.covers().covers(regimen.intensity()) != Some(true) {
        return Err(Unmet::BandsForOtherIntensity);
    }
    let value = match table.scale() {
        BandScale::BodySurfaceArea => wanted.square_meters_used(),
        BandScale::CalculatedDose => wanted.dose.milligrams(),
    };
    let band = table.band(value).ok_or(Unmet::OutsideBands { value })?;
    Ok(band.dose_per_administration)
}

/// The amount that a policy chooses, and why.
pub(super) fn choose(
    wanted: &Wanted,
    amounts: Amounts<'_>,
    policy: &RoundingPolicy,
    table_dose: Option<OrderedDose>,
) -> Result<Choice, Unmet> {
    let cap = wanted.caps.dose_per_administration;
    let pick = pick(amounts, (wanted.dose, cap), policy, table_dose)?;
    let (amount, forbidden) = under_cap(&pick, amounts.all, cap, policy)?;
    Ok(Choice {
        amount,
        // under a cap that acts, no tie rule decides
        tie: pick.tie.filter(|_| forbidden.is_none()),
        forbidden,
        limited: pick.limited,
        previous: last_of(amounts.all, |other| *other < amount),
        next: first_after(amounts.all, |other| *other <= amount),
    })
}

pub(super) fn pick(
    amounts: Amounts<'_>,
    (wanted, cap): (CalculatedDose, Option<OrderedDose>),
    policy: &RoundingPolicy,
    table_dose: Option<OrderedDose>,
) -> Result<Pick, Unmet> {
    let all = amounts.all;
    let at =
        |amount: &OrderedDose| is_at_boundary(wanted.milligrams(), f64::from(amount.milligrams()));
    let below = |amount: &OrderedDose| f64::from(amount.milligrams()) < wanted.milligrams();
    // amounts rise by at least 1 mg, so that at most one is at the dose
    let around = Around {
        below: last_of(all, |amount| below(amount) || at(amount)),
        above: first_after(all, |amount| below(amount) && !at(amount)),
    };
    let certain = |amount| Pick {
        amount,
        tie: None,
        limited: around.above.is_none(),
    };
    match policy {
        RoundingPolicy::Bands(_) => {
            let dose = table_dose.ok_or(Unmet::NoTablet)?;
            if all.binary_search(&dose).is_err() {
                return Err(Unmet::BandNotDeliverable { dose });
            }
            Ok(Pick {
                limited: false,
                ..certain(dose)
            })
        }
        RoundingPolicy::Fewest { within, ties } => {
            fewest(amounts, (wanted, cap), *within, *ties).ok_or(Unmet::NothingWithin)
        }
        RoundingPolicy::Up => around.above.map(certain).ok_or(match around.below {
            Some(largest) => Unmet::NothingAbove { largest },
            None => Unmet::NoTablet,
        }),
        RoundingPolicy::Down | RoundingPolicy::Nearest { .. } if around.above.is_none() => {
            let largest = around.below.ok_or(Unmet::NoTablet)?;
            let missing = wanted.milligrams() - f64::from(largest.milligrams());
            let most = f64::from(amounts.largest.milligrams());
            if missing > most && !is_at_boundary(missing, most) {
                return Err(Unmet::LimitsTooLow { largest });
            }
            Ok(certain(largest))
        }
        RoundingPolicy::Down => around.below.map(certain).ok_or(Unmet::NoTablet),
        RoundingPolicy::Nearest { ties } => nearest(&around, wanted, *ties).ok_or(Unmet::NoTablet),
    }
}

/// The nearest amount, where no tablet at all counts as 0 mg; `None` when that is nearest.
fn nearest(around: &Around, wanted: CalculatedDose, ties: Ties) -> Option<Pick> {
    let above = around.above?;
    let lower = around.below.map_or(0, OrderedDose::milligrams);
    let middle = f64::midpoint(f64::from(lower), f64::from(above.milligrams()));
    let tie = around.below != Some(above) && is_at_boundary(wanted.milligrams(), middle);
    let up = if tie {
        ties == Ties::Up
    } else {
        wanted.milligrams() > middle
    };
    Some(Pick {
        amount: if up { above } else { around.below? },
        tie: tie.then_some((around.below, above)),
        limited: false,
    })
}

/// The amount of the fewest tablets within a deviation, and among equally few the nearest; none where
/// no amount is within it.
fn fewest(
    amounts: Amounts<'_>,
    (wanted, cap): (CalculatedDose, Option<OrderedDose>),
    within: DeviationTolerance,
    ties: Ties,
) -> Option<Pick> {
    let wanted = wanted.milligrams();
    let away = |amount: OrderedDose| (f64::from(amount.milligrams()) - wanted).abs();
    let most = wanted * within.percent() / 100.0;
    let mut best: Option<(u32, OrderedDose)> = None;
    let mut tie = None;
    // amounts below the deviation, with room for one at its edge, are left out
    let least = (wanted - most) * (1.0 - 1e-6) - 1.0;
    let start = amounts
        .all
        .partition_point(|amount| f64::from(amount.milligrams()) < least);
    for amount in amounts.all.iter().skip(start).copied() {
        if f64::from(amount.milligrams()) > (wanted + most) * (1.0 + 1e-6) + 1.0 {
            break;
        }
        let far = away(amount) > most && !is_at_boundary(away(amount), most);
        if far || cap.is_some_and(|cap| amount > cap) {
            continue;
        }
        let count = amounts.made.counts(amount).sum();
        let Some((least, chosen)) = best else {
            best = Some((count, amount));
            continue;
        };
        // amounts rise, so that the one before is the lower
        let halfway = is_at_boundary(away(amount), away(chosen));
        if count < least || (count == least && !halfway && away(amount) < away(chosen)) {
            (best, tie) = (Some((count, amount)), None);
        } else if count == least && halfway {
            tie = Some((Some(chosen), amount));
            if ties == Ties::Up {
                best = Some((count, amount));
            }
        }
    }
    best.map(|(_, amount)| Pick {
        amount,
        tie,
        limited: false,
    })
}

/// The picked amount, or the largest one the cap on the dose allows, with what it replaced.
fn under_cap(
    pick: &Pick,
    all: &[OrderedDose],
    cap: Option<OrderedDose>,
    policy: &RoundingPolicy,
) -> Result<(OrderedDose, Option<OrderedDose>), Unmet> {
    let Some(cap) = cap.filter(|cap| pick.amount > *cap) else {
        return Ok((pick.amount, None));
    };
    match policy {
        RoundingPolicy::Nearest { .. } | RoundingPolicy::Fewest { .. } | RoundingPolicy::Down => {
            let allowed = last_of(all, |amount| *amount <= cap);
            let allowed = allowed.ok_or(Unmet::CapBelowTablets { cap })?;
            Ok((allowed, Some(pick.amount)))
        }
        RoundingPolicy::Up | RoundingPolicy::Bands(_) => Err(Unmet::AboveCap {
            ordered: pick.amount,
            cap,
        }),
    }
}
