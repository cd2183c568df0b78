//! The dispensed tablets against the stock, the limits of the site and the days.

use chemorad::capecitabine::{
    CapecitabineDays, DeliverableAmounts, DispensedTablets, DispensingPeriod, EnteredOrder,
    StockedTablet, TabletCount, TabletStock,
};
use chemorad::quantity::{OrderedDose, TabletStrength};

use super::finding::OrderFinding;
use super::period::Period;

/// The tablets for all days of intake.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpectedTablets {
    pub(super) days: u32,
    pub(super) tablets: Vec<TabletCount>,
    pub(super) other_days: Vec<(CapecitabineDays, u32)>,
    pub(super) periods: Vec<DispensingPeriod>,
}

impl ExpectedTablets {
    /// So many tablets for so many days.
    #[must_use]
    pub const fn new(days: u32, tablets: Vec<TabletCount>) -> Self {
        Self {
            days,
            tablets,
            other_days: Vec::new(),
            periods: Vec::new(),
        }
    }
}

/// The first administration that whole tablets within their limits do not make.
pub(super) fn not_made(
    ordered: &EnteredOrder,
    tablets: impl Iterator<Item = StockedTablet>,
) -> Option<OrderedDose> {
    let stock = TabletStock::from_tablets(tablets).ok();
    let makes = |dose: OrderedDose| {
        let amounts = stock
            .as_ref()
            .map(|stock| DeliverableAmounts::up_to(stock, dose));
        amounts.is_some_and(|amounts| amounts.tablets(dose).is_some())
    };
    let mut doses = ordered.administrations().iter().copied();
    doses.find(|dose| !makes(*dose))
}

/// The most tablets of a strength in one administration of a dose that whole tablets make.
fn most_of(tablets: &[StockedTablet], strength: TabletStrength, dose: OrderedDose) -> u32 {
    let others = tablets.iter().filter(|tablet| tablet.strength != strength);
    let others = TabletStock::from_tablets(others.copied()).ok();
    let amounts = others.map(|stock| DeliverableAmounts::up_to(&stock, dose));
    let makes = |rest: u32| match OrderedDose::from_milligrams(rest) {
        Ok(rest) => amounts
            .as_ref()
            .is_some_and(|amounts| amounts.tablets(rest).is_some()),
        Err(_) => rest == 0,
    };
    let each = strength.milligrams();
    let whole = dose.milligrams() / each.max(1);
    let limit = tablets.iter().find(|tablet| tablet.strength == strength);
    let limit = limit
        .and_then(|tablet| tablet.at_most)
        .map_or(whole, |most| most.min(whole));
    let mut counts = (0..=limit).rev();
    let most = counts.find(|count| makes(dose.milligrams() - count * each));
    most.unwrap_or(0)
}

fn words(tablets: &[TabletCount]) -> String {
    let words: Vec<String> = tablets.iter().map(ToString::to_string).collect();
    words.join(" + ")
}

/// Tablets that were dispensed for an order.
pub(super) struct Dispensed<'a> {
    pub(super) stock: &'a TabletStock,
    pub(super) supply: Option<&'a ExpectedTablets>,
    pub(super) ordered: &'a EnteredOrder,
    pub(super) tablets: &'a DispensedTablets,
    /// For one period instead of all days.
    pub(super) period: Option<&'a DispensingPeriod>,
}

impl Dispensed<'_> {
    /// Whether the strengths are in stock, make every administration within the limits, and are the fewest.
    pub(super) fn tablets(&self, found: &mut Vec<OrderFinding>) {
        let stock = self.stock;
        let in_stock =
            |strength: TabletStrength| stock.tablets().find(|one| one.strength == strength);
        let given = self.tablets.tablets().iter().map(|tablet| tablet.strength);
        let others: Vec<TabletStrength> = given
            .clone()
            .filter(|strength| in_stock(*strength).is_none())
            .collect();
        if !others.is_empty() {
            found.push(OrderFinding::OtherStrengths {
                strengths: others,
                stock: stock.to_string(),
            });
            return;
        }
        let limited: Vec<StockedTablet> = given.filter_map(in_stock).collect();
        if let Some(dose) = not_made(self.ordered, limited.iter().copied()) {
            found.push(OrderFinding::NotMade {
                dose,
                tablets: self.tablets.to_string(),
            });
            return;
        }
        let beyond = self.beyond_limit(&limited);
        if !beyond.is_empty() {
            found.extend(beyond);
            return;
        }
        // tablets for another dose or other days differ anyway
        let expected = self.expected_tablets();
        let expected = expected.filter(|(_, total)| *total == self.tablets.milligrams());
        found.push(OrderFinding::Tablets {
            expected: expected.map(|(tablets, _)| words(tablets)),
            found: self.tablets.clone(),
        });
    }

    /// The expected tablets and the drug in them.
    fn expected_tablets(&self) -> Option<(&[TabletCount], u64)> {
        let tablets = match self.period {
            Some(period) => period.tablets.as_slice(),
            None => self.supply?.tablets.as_slice(),
        };
        let drug = tablets
            .iter()
            .map(|one| u64::from(one.count) * u64::from(one.strength.milligrams()));
        Some((tablets, drug.sum()))
    }

    /// The strengths of which more were dispensed than all administrations take within the limits.
    fn beyond_limit(&self, limited: &[StockedTablet]) -> Vec<OrderFinding> {
        let doses = self.ordered.administrations();
        let per_day = u64::from(self.ordered.milligrams_per_day()).max(1);
        let days = self.tablets.milligrams().div_ceil(per_day);
        let beyond = self.tablets.tablets().iter().filter_map(|tablet| {
            let a_day: u32 = doses
                .iter()
                .map(|dose| most_of(limited, tablet.strength, *dose))
                .sum();
            let most = days * u64::from(a_day);
            (u64::from(tablet.count) > most).then_some(OrderFinding::BeyondLimit {
                found: *tablet,
                most,
                days,
                a_day,
            })
        });
        beyond.collect()
    }

    /// Whether it is enough for the days, and no more.
    pub(super) fn supply(&self, found: &mut Vec<OrderFinding>) {
        let Some(supply) = self.supply else {
            found.push(OrderFinding::DaysUnknown {
                found: self.tablets.clone(),
            });
            return;
        };
        let per_day = self.ordered.milligrams_per_day();
        let milligrams = self.tablets.milligrams();
        let is_right = |days: u32| u64::from(days) * u64::from(per_day) == milligrams;
        if let Some(period) = self.period {
            found.push(OrderFinding::Supply {
                days: period.days,
                per_day,
                found: milligrams,
                period: Some(Period::from(period)),
                right_for: None,
            });
            return;
        }
        let (days, periods) = (supply.days, &supply.periods);
        let mut numbered = (1_u32..).zip(periods);
        let like = numbered.find(|(_, period)| is_right(period.days));
        if let Some((number, period)) = like.filter(|_| !is_right(days)) {
            found.push(OrderFinding::OnePeriod {
                number,
                period: Period::from(period),
                days,
                per_day,
                found: milligrams,
            });
            return;
        }
        let mut others = supply.other_days.iter();
        let right_for = others.find(|(_, days)| is_right(*days)).cloned();
        found.push(OrderFinding::Supply {
            days,
            per_day,
            found: milligrams,
            period: None,
            right_for,
        });
    }
}
