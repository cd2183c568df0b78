//! Which deliverable amount a policy picks.

use alloc::string::{String, ToString};

use crate::quantity::{CalculatedDose, OrderedDose, TabletStrength};
use crate::text::Text;

use super::{
    BandTable, CalculatedAdministration, CapecitabineError, RoundingPolicy, TabletStock, Ties,
    is_at,
};

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
    if table.administrations_per_day() != regimen {
        return Err(CapecitabineError::BandsForOtherRegimen {
            label: label(table),
            table: table.administrations_per_day(),
            regimen,
        });
    }
    let intensity = calculated.regimen().intensity();
    if table.covers().covers(intensity) != Some(true) {
        return Err(CapecitabineError::BandsForOtherIntensity {
            label: label(table),
            covers: table.covers().clone(),
            intensity,
        });
    }
    let area = calculated.square_meters_used();
    let band = table
        .band(area)
        .ok_or_else(|| CapecitabineError::OutsideBands {
            label: label(table),
            square_meters: area,
        })?;
    Ok(band.dose_per_administration)
}

fn label(table: &BandTable) -> Text {
    Text::from(String::from(table.label()))
}

pub(super) fn pick(
    all: &[OrderedDose],
    wanted: CalculatedDose,
    stock: &TabletStock,
    policy: &RoundingPolicy,
    table_dose: Option<OrderedDose>,
) -> Result<Pick, CapecitabineError> {
    let at = |amount: &OrderedDose| is_at(wanted.milligrams(), f64::from(amount.milligrams()));
    let below = |amount: &OrderedDose| f64::from(amount.milligrams()) < wanted.milligrams();
    let around = Around {
        below: all
            .iter()
            .rev()
            .find(|amount| below(amount) || at(amount))
            .copied(),
        above: all
            .iter()
            .find(|amount| !below(amount) || at(amount))
            .copied(),
    };
    let certain = |amount| Pick {
        amount,
        tie: None,
        limited: around.above.is_none(),
    };
    match policy {
        RoundingPolicy::Bands(table) => {
            let dose = table_dose.ok_or_else(|| no_tablet(wanted, policy, stock))?;
            if !all.contains(&dose) {
                return Err(CapecitabineError::BandNotDeliverable {
                    label: label(table),
                    dose,
                    stock: stock.to_string(),
                });
            }
            Ok(Pick {
                limited: false,
                ..certain(dose)
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
            if missing > most && !is_at(missing, most) {
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
    let tie = around.below != Some(above) && is_at(wanted.milligrams(), middle);
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
        RoundingPolicy::Nearest { .. } | RoundingPolicy::Down => {
            let allowed = all.iter().rev().find(|amount| **amount <= cap).copied();
            let allowed = allowed.ok_or_else(|| CapecitabineError::CapBelowTablets {
                cap,
                smallest: smallest(stock),
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

fn smallest(stock: &TabletStock) -> TabletStrength {
    stock
        .tablets()
        .last()
        .map_or(stock.largest(), |tablet| tablet.strength)
}

pub(super) fn no_tablet(
    calculated: CalculatedDose,
    policy: &RoundingPolicy,
    stock: &TabletStock,
) -> CapecitabineError {
    CapecitabineError::NoTablet {
        calculated,
        policy: policy.to_string(),
        smallest: smallest(stock),
    }
}
