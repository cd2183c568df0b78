//! The supply of a request: the first fill, the repeats, and the days that each lasts.

use chemorad::capecitabine::{DispensingPeriod, OrderRequest, Supply};
use serde::Serialize;

use crate::fhir::{Quantity, Unit};

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DispenseRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    initial_fill: Option<InitialFill>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dispense_interval: Option<Quantity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number_of_repeats_allowed: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<Quantity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected_supply_duration: Option<Quantity>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct InitialFill {
    quantity: Quantity,
    duration: Quantity,
}

impl DispenseRequest {
    pub(super) fn new(supply: &Supply, request: &OrderRequest) -> Self {
        let every = request
            .supply
            .as_ref()
            .and_then(|wanted| wanted.dispense_every);
        match (supply.periods(), every) {
            ([first, second, rest @ ..], Some(every)) => {
                let per_fill = milligrams(second);
                let alike = rest
                    .iter()
                    .all(|period| milligrams(period).total_cmp(&per_fill).is_eq());
                // an interval says when fills fall only where none is skipped
                let gapless = days(first, rest.last().unwrap_or(second)) - 1.0
                    < f64::from(every) * f64::from(count(rest.len() + 2));
                // fills that differ have no form: an interval with a number of repeats would be read
                // as so many of the first
                if !(alike && gapless) {
                    return Self::whole(supply.periods());
                }
                Self {
                    initial_fill: Some(InitialFill {
                        quantity: Quantity::new(milligrams(first), Unit::Milligram),
                        duration: Quantity::new(every, Unit::Day),
                    }),
                    dispense_interval: Some(Quantity::new(every, Unit::Day)),
                    number_of_repeats_allowed: Some(rest.len() + 1),
                    quantity: Some(Quantity::new(per_fill, Unit::Milligram)),
                    expected_supply_duration: Some(Quantity::new(every, Unit::Day)),
                }
            }
            (periods, _) => Self::whole(periods),
        }
    }

    /// The whole course at once.
    fn whole(periods: &[DispensingPeriod]) -> Self {
        Self {
            initial_fill: None,
            dispense_interval: None,
            number_of_repeats_allowed: None,
            quantity: Some(Quantity::new(
                periods.iter().map(milligrams).sum::<f64>(),
                Unit::Milligram,
            )),
            expected_supply_duration: match periods {
                [first, .., last] => Some(Quantity::new(days(first, last), Unit::Day)),
                [only] => Some(Quantity::new(days(only, only), Unit::Day)),
                [] => None,
            },
        }
    }
}

fn milligrams(period: &DispensingPeriod) -> f64 {
    period
        .tablets
        .iter()
        .map(|tablet| f64::from(tablet.count) * f64::from(tablet.strength.milligrams()))
        .sum()
}

/// Calendar days from the first day of one period to the last day of another, both included.
fn days(first: &DispensingPeriod, last: &DispensingPeriod) -> f64 {
    let span = last.last.since(first.first);
    f64::from(span.map_or(0, |span| span.get_days())) + 1.0
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
