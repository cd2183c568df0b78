//! Which deliverable amount a policy picks.

use alloc::format;
use alloc::string::{String, ToString};

use crate::quantity::{CalculatedDose, OrderedDose};

use super::band_bound::BandScale;
use super::bands::BandTable;
use super::calculated::CalculatedAdministration;
use super::deliverable::DeliverableAmounts;
use super::deviation_tolerance::DeviationTolerance;
use super::error::CapecitabineError;
use super::policy::{RoundingPolicy, Ties};
use super::stock::TabletStock;
use crate::number::is_at_boundary;

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

/// The whole number of milligrams that covers the horizon and the table's dose, inside the domain
/// of an ordered dose.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the horizon is positive and below 60 000"
)]
pub(super) fn at_least(horizon: f64, table_dose: Option<OrderedDose>) -> OrderedDose {
    let covering = libm::ceil(horizon) as u32;
    let covering = OrderedDose::from_milligrams(covering).unwrap_or(LARGEST_DOSE);
    table_dose.map_or(covering, |dose| dose.max(covering))
}

const LARGEST_DOSE: OrderedDose = OrderedDose::constant("50000 mg");

pub(super) fn table_dose(
    table: &BandTable,
    calculated: &CalculatedAdministration,
) -> Result<OrderedDose, CapecitabineError> {
    let regimen = calculated.regimen().administrations_per_day();
    if let Some(times) = table
        .administrations_per_day()
        .filter(|times| *times != regimen)
    {
        return Err(CapecitabineError::BandsForOtherRegimen {
            label: table.label_text().clone(),
            table: times,
            regimen,
        });
    }
    let intensity = calculated.regimen().intensity();
    if table.covers().covers(intensity) != Some(true) {
        return Err(CapecitabineError::BandsForOtherIntensity {
            label: table.label_text().clone(),
            covers: table.covers().clone(),
            intensity,
        });
    }
    let (value, unit) = match table.scale() {
        BandScale::BodySurfaceArea => (calculated.square_meters_used(), "m2"),
        BandScale::CalculatedDose => (calculated.dose().milligrams(), "mg"),
    };
    let band = table
        .band(value)
        .ok_or_else(|| CapecitabineError::OutsideBands {
            label: table.label_text().clone(),
            value,
            unit,
        })?;
    Ok(band.dose_per_administration)
}

pub(super) fn pick(
    amounts: &DeliverableAmounts,
    (wanted, cap): (CalculatedDose, Option<OrderedDose>),
    stock: &TabletStock,
    policy: &RoundingPolicy,
    table_dose: Option<OrderedDose>,
) -> Result<Pick, CapecitabineError> {
    let all = amounts.as_slice();
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
        RoundingPolicy::Bands(table) => {
            let dose = table_dose.ok_or_else(|| no_tablet(wanted, policy, stock))?;
            if all.binary_search(&dose).is_err() {
                return Err(CapecitabineError::BandNotDeliverable {
                    label: table.label_text().clone(),
                    dose,
                    stock: stock.to_string(),
                });
            }
            Ok(Pick {
                limited: false,
                ..certain(dose)
            })
        }
        RoundingPolicy::Fewest { within, ties } => {
            let fewest = fewest(amounts, (wanted, cap), *within, *ties);
            fewest.ok_or_else(|| CapecitabineError::NothingWithin {
                calculated: wanted,
                within: *within,
                cap: cap.map_or_else(String::new, |cap| format!(", under the cap of {cap}")),
                stock: stock.to_string(),
            })
        }
        RoundingPolicy::Up => around.above.map(certain).ok_or_else(|| match around.below {
            Some(largest) => CapecitabineError::NothingAbove {
                calculated: wanted,
                largest,
                stock: stock.to_string(),
            },
            None => no_tablet(wanted, policy, stock),
        }),
        RoundingPolicy::Down | RoundingPolicy::Nearest { .. } if around.above.is_none() => {
            let largest = around
                .below
                .ok_or_else(|| no_tablet(wanted, policy, stock))?;
            let missing = wanted.milligrams() - f64::from(largest.milligrams());
            let most = f64::from(stock.largest().milligrams());
            if missing > most && !is_at_boundary(missing, most) {
                return Err(CapecitabineError::LimitsTooLow {
                    calculated: wanted,
                    largest,
                    stock: stock.to_string(),
                });
            }
            Ok(certain(largest))
        }
        RoundingPolicy::Down => around
            .below
            .map(certain)
            .ok_or_else(|| no_tablet(wanted, policy, stock)),
        RoundingPolicy::Nearest { ties } => {
            nearest(&around, wanted, *ties).ok_or_else(|| no_tablet(wanted, policy, stock))
        }
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
    amounts: &DeliverableAmounts,
    (wanted, cap): (CalculatedDose, Option<OrderedDose>),
    within: DeviationTolerance,
    ties: Ties,
) -> Option<Pick> {
    let wanted = wanted.milligrams();
    let away = |amount: OrderedDose| (f64::from(amount.milligrams()) - wanted).abs();
    let most = wanted * within.percent() / 100.0;
    let mut best: Option<(u32, OrderedDose)> = None;
    let mut tie = None;
    for amount in amounts.iter() {
        let far = away(amount) > most && !is_at_boundary(away(amount), most);
        if far || cap.is_some_and(|cap| amount > cap) {
            continue;
        }
        let tablets = amounts.tablets(amount)?;
        let count = tablets.iter().map(|tablet| tablet.count).sum();
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
pub(super) fn under_cap(
    pick: &Pick,
    all: &[OrderedDose],
    calculated: &CalculatedAdministration,
    stock: &TabletStock,
    policy: &RoundingPolicy,
) -> Result<(OrderedDose, Option<OrderedDose>), CapecitabineError> {
    let Some(cap) = calculated
        .caps()
        .dose_per_administration
        .filter(|cap| pick.amount > *cap)
    else {
        return Ok((pick.amount, None));
    };
    match policy {
        RoundingPolicy::Nearest { .. } | RoundingPolicy::Fewest { .. } | RoundingPolicy::Down => {
            let allowed = last_of(all, |amount| *amount <= cap);
            let allowed = allowed.ok_or_else(|| CapecitabineError::CapBelowTablets {
                cap,
                smallest: stock.smallest(),
            })?;
            Ok((allowed, Some(pick.amount)))
        }
        RoundingPolicy::Up | RoundingPolicy::Bands(_) => Err(CapecitabineError::AboveCap {
            policy: policy.to_string(),
            ordered: pick.amount,
            cap,
        }),
    }
}

pub(super) fn no_tablet(
    calculated: CalculatedDose,
    policy: &RoundingPolicy,
    stock: &TabletStock,
) -> CapecitabineError {
    CapecitabineError::NoTablet {
        calculated,
        policy: policy.to_string(),
        smallest: stock.smallest(),
    }
}
