//! The amounts of a drug that its values hold, and which others follow from them by arithmetic.

use chemorad::number::Decimal;

use crate::model::drug::DrugRegimen;
use crate::model::drug_days::DrugDays;
use crate::passage::mention::{Per, Said};
use crate::statement::Statement;

/// Milligrams per square metre of one administration and of a day; what is not held is `None`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amounts {
    pub(super) single: Option<Decimal>,
    pub(super) daily: Option<Decimal>,
    pub(super) times: Option<u32>,
    /// On how many days, where they are counted.
    days: Option<u32>,
}

/// A field that is there and left open.
pub(super) fn is_open<T>(statement: Option<&Statement<T>>) -> bool {
    statement.is_some_and(|statement| statement.value().is_none())
}

impl Amounts {
    /// `None` where one is left open.
    pub(super) fn of(drug: &DrugRegimen) -> Option<Self> {
        let milligrams = |nanograms: u64| Decimal::new(nanograms.into(), -6);
        let open = is_open(drug.intensity.as_ref())
            || is_open(drug.intensity_per_day.as_ref())
            || is_open(drug.administrations_per_day.as_ref());
        if open {
            return None;
        }
        let single = drug.intensity();
        let daily = drug.intensity_per_day();
        let times = drug.administrations_per_day();
        let days = match drug.days.value() {
            Some(DrugDays::Days(days) | DrugDays::Cycle { days, .. }) => {
                u32::try_from(days.count()).ok()
            }
            _ => None,
        };
        Some(Self {
            single: single.and_then(|value| milligrams(value.nanograms_per_square_meter())),
            daily: daily.and_then(|value| milligrams(value.nanograms_per_square_meter())),
            times: times.map(|times| u32::from(times.get())),
            days,
        })
    }

    /// What words say of an amount is held, or follows.
    pub(super) fn lead_to_said(&self, said: &Said) -> bool {
        let Said::Intensity { amount, unit, per } = said else {
            return false;
        };
        let scale = unit.milligrams_per_square_meter().map(Decimal::from);
        let value = scale.and_then(|scale| amount.low.checked_mul(scale));
        value.is_some_and(|value| self.lead_to(value, *per))
    }

    /// An amount per something is held, or follows.
    pub(super) fn lead_to(&self, amount: Decimal, per: Per) -> bool {
        // each times a count is the amount
        let is = |each: Option<Decimal>, count: u32| {
            each.and_then(|each| each.checked_mul(count.into())) == Some(amount)
        };
        let of_day = |days: u32| {
            let given = self.times.and_then(|times| times.checked_mul(days));
            is(self.daily, days) || given.is_some_and(|given| is(self.single, given))
        };
        match per {
            Per::Administration | Per::Unstated | Per::Day => {
                is(self.single, 1) || of_day(1) || self.is_part_of_day(amount)
            }
            Per::Days(over) => {
                let over = over.to_integer().and_then(|days| u32::try_from(days).ok());
                is(self.single, 1) || over.is_none_or(of_day)
            }
            Per::Hours(hours) => {
                let total = self.daily.and_then(|daily| daily.checked_mul(hours));
                is(self.single, 1) || (total.is_some() && total == amount.checked_mul(24.into()))
            }
            Per::DayOrHours(hours) => {
                self.lead_to(amount, Per::Day) || self.lead_to(amount, Per::Hours(hours))
            }
            Per::Week => is(self.single, 1) || [1, 5, 6, 7].into_iter().any(of_day),
            Per::Cycle | Per::Course => is(self.single, 1) || self.days.is_none_or(of_day),
        }
    }

    /// One of the equal parts of a day's amount.
    fn is_part_of_day(&self, part: Decimal) -> bool {
        let whole = self.times.and_then(|times| part.checked_mul(times.into()));
        whole.is_some() && whole == self.daily
    }
}
