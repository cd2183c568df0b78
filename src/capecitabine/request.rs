//! Everything that an order is made from.

use alloc::vec::Vec;

use jiff::civil::Date;

use crate::patient::{BodySurfaceArea, Weight};

use super::calculated::Caps;
use super::clinical::ClinicalFacts;
use super::day_split::DaySplit;
use super::days::CapecitabineDays;
use super::decision::{DoseDecision, Override};
use super::policy::{DeviationTolerance, RoundingPolicy};
use super::regimen::Regimen;
use super::rule_selection::RuleSelection;
use super::stock::TabletStock;

/// The weight now, and the weight that an earlier order was calculated on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct WeightChange {
    /// The weight of the earlier order.
    pub before: Weight,
    /// The weight now.
    pub now: Weight,
}

/// What supply needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplyRequest {
    /// On which days the drug is taken.
    pub kind: CapecitabineDays,
    /// The dates on which fractions are given or planned, each once, rising.
    pub fractions: Vec<Date>,
    /// Calendar days of a dispensing period; absent means the whole course at once.
    pub dispense_every: Option<u16>,
}

/// Everything an order is made from. The regimen, the body surface area, the tablets and the rounding
/// are always needed; what is left out of the rest is not there: no cap, no rule, no fact, no supply,
/// and the administrations of a day are equal.
///
/// ```
/// use chemorad::capecitabine::*;
/// use chemorad::patient::{BodySurfaceArea, SurfaceArea};
///
/// let request = OrderRequest::new(
///     Regimen::new("825 mg/m2".parse()?, 2)?,
///     BodySurfaceArea::stated(SurfaceArea::constant("1.6 m2"), "order form"),
///     "500 mg, 150 mg".parse()?,
///     "nearest, ties up".parse()?,
/// )
/// .with_tolerance(DeviationTolerance::constant("5 %"));
/// assert_eq!(CapecitabineOrder::plan(request)?.day().unwrap().dose_per_day().to_string(), "2600 mg");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct OrderRequest {
    /// Intensity and administrations a day, before any adjustment.
    pub regimen: Regimen,
    /// The patient's body surface area.
    pub body_surface_area: BodySurfaceArea,
    /// Caps, or [`Caps::NONE`].
    pub caps: Caps,
    /// The tablets.
    pub stock: TabletStock,
    /// How to round.
    pub policy: RoundingPolicy,
    /// How the day is divided.
    pub split: DaySplit,
    /// The deviation a site accepts.
    pub tolerance: Option<DeviationTolerance>,
    /// The rule sets, or [`RuleSelection::NONE`].
    pub rules: RuleSelection,
    /// The facts they are applied to.
    pub facts: ClinicalFacts,
    /// A clinician's decision where the rules cannot tell.
    pub decision: Option<DoseDecision>,
    /// The weight of an earlier order, to see whether it still holds.
    pub weight_change: Option<WeightChange>,
    /// Failed checks that a person accepts.
    pub overrides: Vec<Override>,
    /// What supply needs; absent means that none is worked out.
    pub supply: Option<SupplyRequest>,
}

impl OrderRequest {
    /// An order of these tablets for this body, with nothing else said.
    #[must_use]
    pub const fn new(
        regimen: Regimen,
        body_surface_area: BodySurfaceArea,
        stock: TabletStock,
        policy: RoundingPolicy,
    ) -> Self {
        Self {
            regimen,
            body_surface_area,
            caps: Caps::NONE,
            stock,
            policy,
            split: DaySplit::Equal,
            tolerance: None,
            rules: RuleSelection::NONE,
            facts: ClinicalFacts::NONE,
            decision: None,
            weight_change: None,
            overrides: Vec::new(),
            supply: None,
        }
    }

    /// The same under caps.
    #[must_use]
    pub const fn with_caps(mut self, caps: Caps) -> Self {
        self.caps = caps;
        self
    }

    /// The same with the day divided in this way.
    #[must_use]
    pub const fn with_split(mut self, split: DaySplit) -> Self {
        self.split = split;
        self
    }

    /// The same with the deviation that a site accepts.
    #[must_use]
    pub fn with_tolerance(mut self, tolerance: impl Into<Option<DeviationTolerance>>) -> Self {
        self.tolerance = tolerance.into();
        self
    }

    /// The same with rules and the facts they are applied to.
    #[must_use]
    pub fn with_rules(mut self, rules: RuleSelection, facts: ClinicalFacts) -> Self {
        (self.rules, self.facts) = (rules, facts);
        self
    }

    /// The same with a clinician's decision.
    #[must_use]
    pub fn with_decision(mut self, decision: impl Into<Option<DoseDecision>>) -> Self {
        self.decision = decision.into();
        self
    }

    /// The same with the weight of an earlier order.
    #[must_use]
    pub fn with_weight_change(mut self, change: impl Into<Option<WeightChange>>) -> Self {
        self.weight_change = change.into();
        self
    }

    /// The same with failed checks that a person accepts.
    #[must_use]
    pub fn with_overrides(mut self, overrides: Vec<Override>) -> Self {
        self.overrides = overrides;
        self
    }

    /// The same with what supply needs.
    #[must_use]
    pub fn with_supply(mut self, supply: impl Into<Option<SupplyRequest>>) -> Self {
        self.supply = supply.into();
        self
    }
}
