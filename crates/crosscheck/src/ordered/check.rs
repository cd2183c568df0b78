//! An entered order against the expected one.

use chemorad::capecitabine::{
    CapecitabineOrder, DeliverableAmounts, DispensedTablets, EnteredOrder, OrderedDay,
    StockedTablet, Supply, TabletStock,
};
use chemorad::quantity::{OrderedDose, TabletStrength};
use chemorad::report::{Finding, Outcome};
use serde::Serialize;

use super::finding::OrderFinding;

/// An order that somebody else wrote, compared with the expected one.
///
/// ```
/// use chemorad::capecitabine::*;
/// use chemorad::patient::{BodySurfaceArea, SurfaceArea};
/// use chemorad::report::Outcome;
/// use chemorad_crosscheck::OrderCheck;
///
/// let area = BodySurfaceArea::stated(SurfaceArea::constant("1.82 m2"), "order form");
/// let regimen: Regimen = "825 mg/m2 bid".parse()?;
/// let nearest = RoundingPolicy::Nearest { ties: Ties::Up };
/// let request = OrderRequest::new(regimen, area, "500 mg, 150 mg".parse()?, nearest);
/// let expected = CapecitabineOrder::plan(request)?;
///
/// let right = OrderCheck::new(&expected, &"1500mg bid".parse()?, None);
/// assert!(right.own().all(|finding| finding.outcome == Outcome::Pass));
/// let ten_times = OrderCheck::new(&expected, &"15g bid".parse()?, None);
/// assert_eq!(ten_times.outcome, Outcome::Fail);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Serialize)]
pub struct OrderCheck {
    /// The worst of all outcomes.
    pub outcome: Outcome,
    /// What was ordered.
    pub ordered: EnteredOrder,
    /// What was dispensed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dispensed: Option<DispensedTablets>,
    /// What was found of the order, then what the rules found.
    pub findings: Vec<Finding>,
}

impl OrderCheck {
    /// Compares an order, and the tablets dispensed for it, with what is expected.
    #[must_use]
    pub fn new(
        expected: &CapecitabineOrder,
        ordered: &EnteredOrder,
        dispensed: Option<&DispensedTablets>,
    ) -> Self {
        let mut found = Vec::new();
        if let Some(day) = expected.day() {
            doses(&mut found, expected, day, ordered);
            if let Some(dispensed) = dispensed {
                tablets(&mut found, expected, ordered, dispensed);
                supply(&mut found, expected.supply(), ordered, dispensed);
            }
        } else {
            found.push(OrderFinding::NoDose {
                stopped: expected.outcome() == Outcome::Fail,
            });
        }
        let findings: Vec<Finding> = found
            .into_iter()
            .map(Finding::from)
            .chain(expected.findings().iter().cloned())
            .collect();
        Self {
            outcome: Outcome::worst(findings.iter().map(|finding| finding.outcome)),
            ordered: ordered.clone(),
            dispensed: dispensed.cloned(),
            findings,
        }
    }

    /// What was found of the order itself, without what the rules found.
    pub fn own(&self) -> impl Iterator<Item = &Finding> {
        let findings = self.findings.iter();
        findings.filter(|finding| finding.observation::<OrderFinding>().is_some())
    }
}

fn doses(
    found: &mut Vec<OrderFinding>,
    order: &CapecitabineOrder,
    day: &OrderedDay,
    ordered: &EnteredOrder,
) {
    let expected: Vec<OrderedDose> = day.administrations().iter().map(|one| one.dose).collect();
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let calculated = day.calculated_per_day();
    let per_day = ordered.milligrams_per_day();
    let tolerance = order.request().tolerance;
    let often = (
        count(expected.len()),
        count(ordered.administrations().len()),
    );
    let within_tolerance = often.0 == often.1
        && tolerance.is_some_and(|most| {
            let percent = 100.0 * (f64::from(per_day) - calculated).abs() / calculated;
            // a deviation of exactly the tolerance is accepted
            percent <= most.percent() * (1.0 + 1e-9)
        });
    found.push(OrderFinding::Frequency {
        expected: often.0,
        found: often.1,
    });
    found.push(OrderFinding::Dose {
        expected,
        found: ordered.administrations().to_vec(),
        within_tolerance,
    });
    found.push(OrderFinding::Day {
        expected: day.dose_per_day().milligrams(),
        found: per_day,
        calculated,
        tolerance,
        within_tolerance,
    });
}

fn tablets(
    found: &mut Vec<OrderFinding>,
    order: &CapecitabineOrder,
    ordered: &EnteredOrder,
    dispensed: &DispensedTablets,
) {
    let stock = &order.request().stock;
    let in_stock = |strength: TabletStrength| stock.tablets().find(|one| one.strength == strength);
    let given = dispensed.tablets().iter().map(|tablet| tablet.strength);
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
    let not_made = ordered.administrations().iter().find(|dose| {
        let amounts = TabletStock::from_tablets(limited.iter().copied())
            .map(|stock| DeliverableAmounts::up_to(&stock, **dose));
        !amounts.is_ok_and(|amounts| amounts.tablets(**dose).is_some())
    });
    found.push(match not_made {
        Some(dose) => OrderFinding::NotMade {
            dose: *dose,
            tablets: dispensed.to_string(),
        },
        None => OrderFinding::Tablets {
            // tablets for another dose or other days differ anyway
            expected: order
                .supply()
                .filter(|supply| supply.total_milligrams() == dispensed.milligrams())
                .map(|supply| {
                    let tablets: Vec<String> =
                        supply.tablets().iter().map(ToString::to_string).collect();
                    tablets.join(" + ")
                }),
            found: dispensed.clone(),
        },
    });
}

fn supply(
    found: &mut Vec<OrderFinding>,
    expected: Option<&Supply>,
    ordered: &EnteredOrder,
    dispensed: &DispensedTablets,
) {
    let Some(supply) = expected else {
        found.push(OrderFinding::DaysUnknown {
            found: dispensed.clone(),
        });
        return;
    };
    let (per_day, milligrams) = (ordered.milligrams_per_day(), dispensed.milligrams());
    let right_for = supply
        .alternatives()
        .iter()
        .find(|other| u64::from(other.days) * u64::from(per_day) == milligrams)
        .map(|other| (other.kind.clone(), other.days));
    found.push(OrderFinding::Supply {
        days: u32::try_from(supply.dates().len()).unwrap_or(u32::MAX),
        per_day,
        found: milligrams,
        right_for,
    });
}
