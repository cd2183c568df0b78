//! What is ordered for one day, administration by administration.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::quantity::DailyDose;
use crate::report::{Derivation, Finding, decimal};

use super::calculated::CalculatedAdministration;
use super::candidate::AdministrationOrder;
use super::day_split::DaySplit;
use super::deliverable::TabletCount;
use super::deviation_tolerance::{DeviationTolerance, deviation_percent};
use super::error::CapecitabineError;
use super::finding::CapecitabineFinding;
use super::finding_words::compared;
use super::order::OrderedAdministration;
use super::policy::RoundingPolicy;
use super::stock::TabletStock;
use super::unequal_day::{self, ChosenPair, Pair};

/// What is ordered for one day, administration by administration.
///
/// ```
/// use chemorad::capecitabine::*;
/// use chemorad::patient::{BodySurfaceArea, SurfaceArea};
///
/// // only 500 mg tablets: 825 mg/m2 at 1.55 m2 is 1278.75 mg twice a day
/// let area = BodySurfaceArea::stated(SurfaceArea::constant("1.55 m2"), "order form");
/// let regimen = Regimen::new("825 mg/m2".parse()?, 2)?;
/// let calculated = CalculatedAdministration::new(regimen, &area, Caps::NONE)?;
/// let stock: TabletStock = "500 mg".parse()?;
/// let nearest = RoundingPolicy::Nearest { ties: Ties::Up };
///
/// let equal = OrderedDay::choose(&calculated, &stock, &nearest, None, DaySplit::Equal)?;
/// assert_eq!(equal.dose_per_day().to_string(), "3000 mg"); // 17.3 % above
///
/// let split = DaySplit::LargerInTheMorning;
/// let unequal = OrderedDay::choose(&calculated, &stock, &nearest, None, split)?;
/// assert_eq!(unequal.to_string(), "1500 mg (3 x 500 mg), then 1000 mg (2 x 500 mg)");
/// assert_eq!(unequal.dose_per_day().to_string(), "2500 mg"); // 2.2 % below
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct OrderedDay {
    administrations: Vec<AdministrationOrder>,
    dose_per_day: DailyDose,
    tablets: Vec<TabletCount>,
    calculated_per_day: f64,
    deviation_percent: f64,
    split: DaySplit,
    findings: Vec<Finding>,
    per_administration: OrderedAdministration,
}

impl OrderedDay {
    /// Chooses the day. With an unequal split the policy is applied to the day's total, over the
    /// totals of two equal or neighbouring amounts.
    ///
    /// # Errors
    /// As [`OrderedAdministration::choose`]; an unequal split of anything but two administrations,
    /// with a dose table, or for the fewest tablets of an administration.
    pub fn choose(
        calculated: &CalculatedAdministration,
        stock: &TabletStock,
        policy: &RoundingPolicy,
        tolerance: Option<DeviationTolerance>,
        split: DaySplit,
    ) -> Result<Self, CapecitabineError> {
        let single = OrderedAdministration::choose(calculated, stock, policy, tolerance)?;
        let times = calculated.regimen().administrations_per_day();
        if split == DaySplit::Equal {
            return Self::equal(single, times);
        }
        if times != 2
            || matches!(
                policy,
                RoundingPolicy::Bands(_) | RoundingPolicy::Fewest { .. }
            )
        {
            return Err(CapecitabineError::SplitNotPossible {
                administrations_per_day: times,
                policy: policy.to_string(),
            });
        }
        let candidates = single.candidates();
        let pairs = unequal_day::pairs(&candidates);
        let wanted = 2.0 * calculated.dose().milligrams();
        let Some(pair) = unequal_day::choose_total(&pairs, wanted, policy) else {
            return Self::equal(single, times);
        };
        let order = match split {
            DaySplit::LargerInTheEvening => [pair.smaller, pair.larger],
            _ => [pair.larger, pair.smaller],
        };
        let administrations: Vec<AdministrationOrder> =
            order.into_iter().map(AdministrationOrder::from).collect();
        let chosen = pair.total();
        let mut day = Self::of(single.clone(), administrations, wanted, split)?;
        day.findings = calculated.findings().to_vec();
        if day.is_unequal() {
            let finding = CapecitabineFinding::UnequalDay {
                administrations: day.administrations.clone(),
                total: day.dose_per_day,
            };
            day.findings.push(finding.into());
        }
        let chosen_pair = ChosenPair {
            single: &single,
            pairs: &pairs,
            wanted,
            chosen,
            deviation_percent: day.deviation_percent,
        };
        day.findings.extend(unequal_day::findings(&chosen_pair));
        if let Some(cap) = calculated.caps().dose_per_administration {
            let free = calculated.without_dose_cap();
            let free = OrderedAdministration::choose(&free, stock, policy, tolerance)?.candidates();
            let free = unequal_day::pairs(&free);
            let free = unequal_day::choose_total(&free, wanted, policy).map(Pair::total);
            if let Some(without) = free.filter(|total| *total > chosen) {
                let ordered = day.dose_per_day;
                let finding = CapecitabineFinding::DayCap {
                    cap,
                    ordered,
                    without,
                };
                day.findings.push(finding.into());
            }
        }
        Ok(day)
    }

    fn equal(single: OrderedAdministration, times: u32) -> Result<Self, CapecitabineError> {
        let administrations = (0..times)
            .map(|_| AdministrationOrder::from(single.chosen()))
            .collect();
        let wanted = f64::from(times) * single.calculated().dose().milligrams();
        Self::of(single, administrations, wanted, DaySplit::Equal)
    }

    fn of(
        single: OrderedAdministration,
        administrations: Vec<AdministrationOrder>,
        wanted: f64,
        split: DaySplit,
    ) -> Result<Self, CapecitabineError> {
        let total: u32 = administrations
            .iter()
            .map(|one| one.dose.milligrams())
            .sum();
        let dose_per_day =
            DailyDose::from_milligrams(total).map_err(|_| CapecitabineError::DayTotal { total })?;
        let tablets = sum_tablets(administrations.iter().flat_map(|one| one.tablets.iter()));
        let given = f64::from(total);
        Ok(Self {
            dose_per_day,
            tablets,
            calculated_per_day: wanted,
            deviation_percent: deviation_percent(given, wanted),
            split,
            findings: single.findings().to_vec(),
            administrations,
            per_administration: single,
        })
    }

    /// The administrations in the order of the day.
    #[must_use]
    pub fn administrations(&self) -> &[AdministrationOrder] {
        &self.administrations
    }

    /// The sum of the administrations.
    #[must_use]
    pub const fn dose_per_day(&self) -> DailyDose {
        self.dose_per_day
    }

    /// The tablets of a day, the largest strength first.
    #[must_use]
    pub fn tablets(&self) -> &[TabletCount] {
        &self.tablets
    }

    /// The calculated dose of a day in mg, after caps.
    #[must_use]
    pub const fn calculated_per_day(&self) -> f64 {
        self.calculated_per_day
    }

    /// 100 (ordered - calculated) / calculated, for the day; the calculated dose is the one after
    /// caps.
    #[must_use]
    pub const fn deviation_percent(&self) -> f64 {
        self.deviation_percent
    }

    /// How far the dose of the day is from the calculated dose before any cap, in percent.
    #[must_use]
    pub fn deviation_from_uncapped_percent(&self) -> f64 {
        let single = self.per_administration.calculated();
        let times = f64::from(single.regimen().administrations_per_day());
        let wanted = times * single.uncapped().milligrams();
        deviation_percent(f64::from(self.dose_per_day.milligrams()), wanted)
    }

    /// How the day is divided.
    #[must_use]
    pub const fn split(&self) -> DaySplit {
        self.split
    }

    /// Whether the administrations differ.
    #[must_use]
    pub fn is_unequal(&self) -> bool {
        self.administrations.windows(2).any(|pair| match pair {
            [first, second] => first.dose != second.dose,
            _ => false,
        })
    }

    /// Why these amounts, in one sentence.
    #[must_use]
    pub fn explanation(&self) -> String {
        let single = &self.per_administration;
        if self.split == DaySplit::Equal {
            return single.explanation();
        }
        format!(
            "{self}: {} a day ({}, on the day's total); {:+.2} % from the {} of {} mg",
            self.dose_per_day,
            single.policy(),
            self.deviation_percent,
            compared(single.calculated().is_capped()),
            decimal(self.calculated_per_day)
        )
    }

    /// What there is to report; for an equal day that of the administration.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How the day's total was reached.
    #[must_use]
    pub fn derivation(&self) -> Derivation {
        let parts: Vec<String> = self
            .administrations
            .iter()
            .map(|one| one.dose.to_string())
            .collect();
        Derivation::new(
            "dose to take per day",
            "sum of the administrations",
            parts.join(" + "),
            self.dose_per_day.to_string(),
            "definition",
        )
    }

    /// The choice for an equal day, with every candidate.
    #[must_use]
    pub const fn per_administration(&self) -> &OrderedAdministration {
        &self.per_administration
    }
}

impl fmt::Display for OrderedDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [first, rest @ ..] = self.administrations.as_slice() {
            if !rest.is_empty() && rest.iter().all(|one| one == first) {
                return write!(f, "{} times {first}", self.administrations.len());
            }
        }
        for (i, one) in self.administrations.iter().enumerate() {
            write!(f, "{}{one}", if i == 0 { "" } else { ", then " })?;
        }
        Ok(())
    }
}

/// Adds tablets up by strength, the largest first.
pub(super) fn sum_tablets<'a>(tablets: impl Iterator<Item = &'a TabletCount>) -> Vec<TabletCount> {
    let mut sum: Vec<TabletCount> = Vec::new();
    for tablet in tablets {
        match sum
            .iter_mut()
            .find(|known| known.strength == tablet.strength)
        {
            Some(known) => known.count += tablet.count,
            None => sum.push(*tablet),
        }
    }
    sum.sort_by_key(|tablet| core::cmp::Reverse(tablet.strength));
    sum
}
