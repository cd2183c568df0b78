//! An entered order against the expected one.

use chemorad::capecitabine::{
    CapecitabineFinding, CapecitabineOrder, DispensedTablets, DispensingPeriod, EnteredOrder,
};
use chemorad::report::{Finding, Outcome};
use serde::Serialize;

use super::expected::ExpectedOrder;
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
        let dosed = ExpectedOrder::of(expected);
        let is_expected = dosed.as_ref().is_some_and(|dosed| dosed.is(ordered));
        let found = match dosed {
            Some(dosed) => dosed.compare(ordered, dispensed, period),
            None => vec![OrderFinding::NoDose {
                stopped: expected.outcome() == Outcome::Fail,
            }],
        };
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

    /// An order for a patient whose treatment gives no capecitabine, which no dose makes right. `elsewhere` says
    /// that the treatment gives some in a way that is not counted here.
    ///
    /// ```
    /// use chemorad::report::Outcome;
    /// use chemorad_crosscheck::OrderCheck;
    ///
    /// let ordered = "1500mg bid".parse()?;
    /// let check = OrderCheck::not_prescribed("surgery", false, &ordered, None, &[]);
    /// assert_eq!(check.outcome, Outcome::Fail);
    /// assert_eq!(check.findings[0].code(), "order.allowed");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn not_prescribed(
        treatment: &str,
        elsewhere: bool,
        ordered: &EnteredOrder,
        dispensed: Option<&DispensedTablets>,
        others: &[Finding],
    ) -> Self {
        let found = OrderFinding::NotPrescribed {
            treatment: treatment.into(),
            elsewhere,
        };
        let mut findings = vec![found.into()];
        findings.extend(others.iter().cloned());
        Self {
            outcome: Outcome::NotApplicable,
            ordered: ordered.clone(),
            dispensed: dispensed.cloned(),
            dispensed_for: None,
            findings,
        }
        .judged()
    }

    /// Adds what else was found of the patient's treatment, such as by its sheet. What the expected
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
