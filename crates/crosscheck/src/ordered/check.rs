//! An entered order against the expected one.

use chemorad::capecitabine::{
    CapecitabineFinding, CapecitabineOrder, DispensedTablets, DispensingPeriod, EnteredOrder,
    OrderedDay,
};
use chemorad::quantity::OrderedDose;
use chemorad::report::{Finding, Outcome};
use serde::Serialize;

use super::dispensed::{Dispensed, not_made};
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
/// let right = OrderCheck::new(&expected, &"1500mg bid".parse()?, None, None);
/// assert!(right.own().all(|finding| finding.outcome == Outcome::Pass));
/// let ten_times = OrderCheck::new(&expected, &"15g bid".parse()?, None, None);
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
    /// The dispensing period that the tablets are for; absent means all days of intake.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dispensed_for: Option<DispensingPeriod>,
    /// What was found of the order, then what the rules found.
    pub findings: Vec<Finding>,
}

impl OrderCheck {
    /// Compares an order, and the tablets dispensed for it, with what is expected. The tablets are for all
    /// days of intake, or for one period of the expected supply.
    #[must_use]
    pub fn new(
        expected: &CapecitabineOrder,
        ordered: &EnteredOrder,
        dispensed: Option<&DispensedTablets>,
        period: Option<&DispensingPeriod>,
    ) -> Self {
        let mut found = Vec::new();
        let mut is_expected = false;
        if let Some(day) = expected.day() {
            let doses_of_day = day.administrations().iter().map(|one| one.dose);
            is_expected = doses_of_day.eq(ordered.administrations().iter().copied());
            doses(&mut found, expected, day, ordered);
            let stock = &expected.request().stock;
            let of_stock = not_made(ordered, stock.tablets());
            let is_made = of_stock.is_none();
            found.extend(of_stock.map(|dose| OrderFinding::NotInStock {
                dose,
                stock: stock.to_string(),
            }));
            if let Some(tablets) = dispensed {
                let dispensed = Dispensed {
                    expected,
                    ordered,
                    tablets,
                    period,
                };
                if is_made {
                    dispensed.tablets(&mut found);
                }
                dispensed.supply(&mut found);
            }
        } else {
            found.push(OrderFinding::NoDose {
                stopped: expected.outcome() == Outcome::Fail,
            });
        }
        let mut check = Self {
            outcome: Outcome::NotApplicable,
            ordered: ordered.clone(),
            dispensed: dispensed.cloned(),
            dispensed_for: period.filter(|_| dispensed.is_some()).cloned(),
            findings: found.into_iter().map(Finding::from).collect(),
        };
        for finding in expected.findings() {
            // how far the expected dose is from the calculated one says nothing of another dose
            match finding.observation() {
                Some(CapecitabineFinding::Deviation { percent, limit, .. }) if !is_expected => {
                    let expected = OrderFinding::ExpectedDeviates {
                        percent: *percent,
                        limit: *limit,
                    };
                    check.findings.push(expected.into());
                }
                _ => check.findings.push(finding.clone()),
            }
        }
        check.judged()
    }

    /// The same with what else was found of the patient's treatment, such as by its sheet. What the expected
    /// order says already is not added again.
    #[must_use]
    pub fn with_findings(mut self, expected: &CapecitabineOrder, others: &[Finding]) -> Self {
        let known = expected.findings();
        let others = others.iter().filter(|finding| !known.contains(finding));
        self.findings.extend(others.cloned());
        self.judged()
    }

    fn judged(mut self) -> Self {
        self.outcome = Outcome::worst(self.findings.iter().map(|finding| finding.outcome));
        self
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
    let given = ordered.administrations();
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let request = order.request();
    let tolerance = request.tolerance;
    let within = |milligrams: u32, calculated: f64| {
        tolerance.is_some_and(|most| {
            let percent = 100.0 * (f64::from(milligrams) - calculated).abs() / calculated;
            // a deviation of exactly the tolerance is accepted
            percent <= most.percent() * (1.0 + 1e-9)
        })
    };
    let same_number = expected.len() == given.len();
    let calculated = day.per_administration().calculated().dose().milligrams();
    // no tolerance lifts a cap
    let cap = request.caps.dose_per_administration;
    let is_near = |dose: &OrderedDose| {
        cap.is_none_or(|cap| *dose <= cap) && within(dose.milligrams(), calculated)
    };
    let each_within = same_number
        && given
            .iter()
            .zip(&expected)
            .all(|(dose, expected)| dose == expected || is_near(dose));
    let per_day = ordered.milligrams_per_day();
    found.push(OrderFinding::Frequency {
        expected: count(expected.len()),
        found: count(given.len()),
    });
    found.push(OrderFinding::Dose {
        expected,
        found: given.to_vec(),
        calculated,
        tolerance,
        within_tolerance: each_within,
    });
    let calculated = day.calculated_per_day();
    found.push(OrderFinding::Day {
        expected: day.dose_per_day().milligrams(),
        found: per_day,
        calculated,
        tolerance,
        within_tolerance: same_number && within(per_day, calculated),
    });
}
