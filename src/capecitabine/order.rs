//! The dose of one administration as ordered: whole tablets, chosen by a named policy.

use alloc::vec::Vec;

use crate::quantity::{DailyDose, OrderedDose};
use crate::report::Finding;

use super::calculated::CalculatedAdministration;
use super::candidate::Candidate;
use super::deviation_tolerance::{DeviationTolerance, deviation_percent};
use super::error::CapecitabineError;
use super::order_findings;
use super::policy::RoundingPolicy;
use super::select::{self, Amounts, Choice, at_least, horizon, table_dose};
use super::stock::TabletStock;
use super::unmet::Unmet;
use crate::number::BOUNDARY_WIDTH;

/// The dose of one administration as ordered: whole tablets, chosen by a named policy.
///
/// ```
/// use chemorad::capecitabine::*;
/// use chemorad::patient::{BodySurfaceArea, SurfaceArea};
///
/// // 1250 mg/m2 at 1.26 m2 is 1575 mg, halfway between 1500 and 1650 mg
/// let area = BodySurfaceArea::stated(SurfaceArea::constant("1.26 m2"), "order form");
/// let regimen = Regimen::new("1250 mg/m2".parse()?, 2)?;
/// let calculated = CalculatedAdministration::new(regimen, &area, Caps::NONE)?;
/// let stock: TabletStock = "500 mg, 150 mg (at most 2)".parse()?;
///
/// let up = RoundingPolicy::Nearest { ties: Ties::Up };
/// let ordered = OrderedAdministration::choose(&calculated, &stock, &up, None)?;
/// assert!(ordered.is_tie());
/// assert_eq!(ordered.dose().to_string(), "1650 mg");
/// assert_eq!(ordered.dose_per_day().to_string(), "3300 mg");
/// assert_eq!(
///     ordered.explanation(),
///     "1650 mg (3 x 500 mg + 1 x 150 mg): the calculated dose of 1575.00 mg is halfway between \
///      1500 mg and 1650 mg, and ties go up; 4.76 % above the calculated dose"
/// );
///
/// let down = RoundingPolicy::Nearest { ties: Ties::Down };
/// let ordered = OrderedAdministration::choose(&calculated, &stock, &down, None)?;
/// assert_eq!(ordered.dose().to_string(), "1500 mg");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct OrderedAdministration {
    calculated: CalculatedAdministration,
    stock: TabletStock,
    policy: RoundingPolicy,
    tolerance: Option<DeviationTolerance>,
    chosen: Candidate,
    dose_per_day: DailyDose,
    pub(super) choice: Choice,
    findings: Vec<Finding>,
}

impl OrderedAdministration {
    /// Chooses what to order.
    ///
    /// `tolerance` changes no dose: a larger deviation is reported as a failed check.
    ///
    /// # Errors
    /// A policy that leads to no tablet at all; `Up` where limits leave nothing large enough;
    /// limits that keep the dose more than one largest tablet below the calculated one (a choice
    /// of this project: such limits are a mistake, not a rounding); `Up` or a table that asks for
    /// more than the cap on the dose; a table for another number of administrations, without a
    /// band for this area, or with a dose the stock does not make.
    pub fn choose(
        calculated: &CalculatedAdministration,
        stock: &TabletStock,
        policy: &RoundingPolicy,
        tolerance: Option<DeviationTolerance>,
    ) -> Result<Self, CapecitabineError> {
        let wanted = calculated.wanted();
        let unmet = |unmet: Unmet| unmet.error(wanted, stock, policy);
        let table_dose = table_dose(policy, wanted).map_err(unmet)?;
        let horizon = horizon(wanted, stock.largest(), policy, table_dose);
        let made = stock.amounts(horizon);
        let amounts = Amounts {
            all: made.as_slice(),
            made: &made,
            largest: stock.largest(),
        };
        let choice = select::choose(wanted, amounts, policy, table_dose).map_err(unmet)?;
        let amount = choice.amount;
        let tablets = made.tablets(amount);
        let tablets = tablets.ok_or_else(|| unmet(Unmet::NoTablet))?;
        let chosen = Candidate::new(amount, tablets, wanted.dose);
        let times = calculated.regimen().administrations_per_day();
        let dose_per_day = amount.per_day(times).ok_or(CapecitabineError::Regimen {
            intensity: calculated.regimen().intensity(),
            administrations_per_day: times,
        })?;
        let found = order_findings::of(
            wanted,
            (stock, amounts),
            policy,
            tolerance,
            chosen.deviation_percent(),
            &choice,
        );
        let mut findings = calculated.findings().to_vec();
        findings.extend(found.into_iter().flatten().map(Finding::from));
        Ok(Self {
            findings,
            calculated: calculated.clone(),
            chosen,
            dose_per_day,
            stock: stock.clone(),
            policy: policy.clone(),
            tolerance,
            choice,
        })
    }

    /// The dose before rounding.
    #[must_use]
    pub const fn calculated(&self) -> &CalculatedAdministration {
        &self.calculated
    }

    /// What is ordered for one administration.
    #[must_use]
    pub const fn dose(&self) -> OrderedDose {
        self.chosen.amount()
    }

    /// What is ordered for one day.
    #[must_use]
    pub const fn dose_per_day(&self) -> DailyDose {
        self.dose_per_day
    }

    /// 100 (ordered - calculated) / calculated, from the calculated dose before any cap.
    #[must_use]
    pub fn deviation_from_uncapped_percent(&self) -> f64 {
        let calculated = self.calculated.uncapped().milligrams();
        deviation_percent(f64::from(self.dose().milligrams()), calculated)
    }

    /// The chosen amount with its tablets and deviation.
    #[must_use]
    pub const fn chosen(&self) -> &Candidate {
        &self.chosen
    }

    /// The deliverable amounts next to the ordered one: below, and above unless a cap forbids it.
    ///
    /// ```
    /// use chemorad::capecitabine::*;
    /// use chemorad::patient::{BodySurfaceArea, SurfaceArea};
    ///
    /// let area = BodySurfaceArea::stated(SurfaceArea::constant("1.8181 m2"), "order form");
    /// let regimen = Regimen::new("825 mg/m2".parse()?, 2)?;
    /// let calculated = CalculatedAdministration::new(regimen, &area, Caps::NONE)?;
    /// let policy = RoundingPolicy::Nearest { ties: Ties::Up };
    /// let order = OrderedAdministration::choose(&calculated, &"500 mg".parse()?, &policy, None)?;
    /// let next = order.neighbours();
    /// assert_eq!(next[0].amount().to_string(), "1000 mg");
    /// assert_eq!(next[1].amount().to_string(), "2000 mg");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn neighbours(&self) -> Vec<Candidate> {
        let wanted = self.calculated.dose();
        let cap = self.calculated.caps().dose_per_administration;
        let both = [self.choice.previous, self.choice.next]
            .into_iter()
            .flatten();
        let allowed: Vec<OrderedDose> = both
            .filter(|amount| cap.is_none_or(|cap| *amount <= cap))
            .collect();
        let Some(last) = allowed.iter().max() else {
            return Vec::new();
        };
        let amounts = self.stock.amounts(*last);
        let candidate = |amount: &OrderedDose| {
            let tablets = amounts.tablets(*amount)?;
            Some(Candidate::new(*amount, tablets, wanted))
        };
        allowed.iter().filter_map(candidate).collect()
    }

    /// Every deliverable amount up to one largest tablet above the calculated dose (or up to the
    /// chosen amount of a table, if that is more) and not above the cap on the dose, smallest
    /// first. They are worked out when asked for.
    #[must_use]
    pub fn candidates(&self) -> Vec<Candidate> {
        let wanted = self.calculated.dose();
        let one_above = wanted.milligrams() + f64::from(self.stock.largest().milligrams());
        let last = one_above.max(f64::from(self.dose().milligrams())) * (1.0 + BOUNDARY_WIDTH);
        let amounts = self.stock.amounts(at_least(last, None));
        let cap = self.calculated.caps().dose_per_administration;
        amounts
            .as_slice()
            .iter()
            .take_while(|amount| {
                f64::from(amount.milligrams()) <= last && cap.is_none_or(|cap| **amount <= cap)
            })
            .filter_map(|amount| {
                let tablets = amounts.tablets(*amount)?;
                Some(Candidate::new(*amount, tablets, wanted))
            })
            .collect()
    }

    /// The stock.
    #[must_use]
    pub const fn stock(&self) -> &TabletStock {
        &self.stock
    }

    /// The policy.
    #[must_use]
    pub const fn policy(&self) -> &RoundingPolicy {
        &self.policy
    }

    /// The tolerance, if one was given.
    #[must_use]
    pub const fn tolerance(&self) -> Option<DeviationTolerance> {
        self.tolerance
    }

    /// Whether the calculated dose is halfway between two deliverable amounts, so that the tie
    /// rule decided.
    #[must_use]
    pub const fn is_tie(&self) -> bool {
        self.choice.tie.is_some()
    }

    /// Everything there is to report, the findings of the calculated dose first:
    /// `capecitabine.cap`, `capecitabine.tie`, `capecitabine.near_step` (the body surface area is
    /// within 0.01 m² of a value where the dose changes), `capecitabine.tablet_limit`,
    /// `capecitabine.deviation`.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}
