//! Everything that an order is made from.

use alloc::vec::Vec;

use jiff::civil::Date;

use crate::patient::{BodySurfaceArea, Height, Weight};
use crate::report::Finding;

use super::caps::Caps;
use super::clinical::ClinicalFacts;
use super::day_split::DaySplit;
use super::days::CapecitabineDays;
use super::decision::{DoseDecision, Override};
use super::deviation_tolerance::DeviationTolerance;
use super::error::CapecitabineError;
use super::policy::RoundingPolicy;
use super::regimen::Regimen;
use super::rule_selection::RuleSelection;
use super::rule_topic::RuleTopic;
use super::stock::TabletStock;

/// The weight now, and the weight that an earlier order was calculated on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct WeightChange {
    /// The weight of the earlier order.
    pub before: Weight,
    /// The weight now.
    pub now: Weight,
}

/// The height now, and the height that an earlier order was calculated on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct HeightChange {
    /// The height of the earlier order.
    pub before: Height,
    /// The height now.
    pub now: Height,
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
    /// The height of an earlier order, to see whether it is the same.
    pub height_change: Option<HeightChange>,
    /// The topics that need no rule set, because they were checked elsewhere: every other of
    /// [`RuleTopic::NEEDED`] is then asked for. Absent means that none is asked for.
    pub waived: Option<Vec<RuleTopic>>,
    /// Whether a protocol prescribes the regimen.
    pub is_prescribed: bool,
    /// On which days the drug is taken, where no supply is worked out.
    pub intake: Option<CapecitabineDays>,
    /// The day as of which the rule sets have to hold; absent means now.
    pub as_of: Option<Date>,
    /// What there is to say of what the order was made from: body size, calendar, protocol.
    pub notes: Vec<Finding>,
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
            height_change: None,
            waived: None,
            is_prescribed: false,
            intake: None,
            as_of: None,
            notes: Vec::new(),
            overrides: Vec::new(),
            supply: None,
        }
    }

    /// Sets the caps.
    #[must_use]
    pub const fn with_caps(mut self, caps: Caps) -> Self {
        self.caps = caps;
        self
    }

    /// Sets how the day is divided.
    #[must_use]
    pub const fn with_split(mut self, split: DaySplit) -> Self {
        self.split = split;
        self
    }

    /// Sets the deviation that a site accepts.
    #[must_use]
    pub fn with_tolerance(mut self, tolerance: impl Into<Option<DeviationTolerance>>) -> Self {
        self.tolerance = tolerance.into();
        self
    }

    /// Sets the rules, and the facts they are applied to.
    #[must_use]
    pub fn with_rules(mut self, rules: RuleSelection, facts: ClinicalFacts) -> Self {
        (self.rules, self.facts) = (rules, facts);
        self
    }

    /// Sets a clinician's decision.
    #[must_use]
    pub fn with_decision(mut self, decision: impl Into<Option<DoseDecision>>) -> Self {
        self.decision = decision.into();
        self
    }

    /// Sets the change from the weight of an earlier order.
    #[must_use]
    pub fn with_weight_change(mut self, change: impl Into<Option<WeightChange>>) -> Self {
        self.weight_change = change.into();
        self
    }

    /// Sets the change from the height of an earlier order.
    #[must_use]
    pub fn with_height_change(mut self, change: impl Into<Option<HeightChange>>) -> Self {
        self.height_change = change.into();
        self
    }

    /// Asks for a rule set on each of [`RuleTopic::NEEDED`] but those named here, which
    /// were checked elsewhere.
    ///
    /// ```
    /// # use chemorad::capecitabine::*;
    /// # use chemorad::patient::{BodySurfaceArea, SurfaceArea};
    /// # use chemorad::report::Outcome;
    /// # let request = OrderRequest::new(
    /// #     Regimen::new("825 mg/m2".parse()?, 2)?,
    /// #     BodySurfaceArea::stated(SurfaceArea::constant("1.82 m2"), "order form"),
    /// #     "500 mg, 150 mg (at most 2)".parse()?,
    /// #     "nearest, ties up".parse()?,
    /// # );
    /// let asked = request.clone().asking_for_rules(vec![RuleTopic::Renal, RuleTopic::Dpyd]);
    /// let order = CapecitabineOrder::plan(asked)?;
    /// assert_eq!(order.outcome(), Outcome::CannotTell); // nothing on other drugs
    /// let waived = request.asking_for_rules(RuleTopic::NEEDED.to_vec());
    /// assert_eq!(CapecitabineOrder::plan(waived)?.outcome(), Outcome::Pass);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn asking_for_rules(mut self, waived: Vec<RuleTopic>) -> Self {
        self.waived = Some(waived);
        self
    }

    /// A topic is not both waived and ruled.
    pub(super) fn check_waived(&self) -> Result<(), CapecitabineError> {
        for topic in self.waived.iter().flatten() {
            if let Some(set) = self.rules.get(*topic) {
                return Err(CapecitabineError::WaivedWithRules {
                    topic: *topic,
                    id: set.id.clone(),
                });
            }
        }
        Ok(())
    }

    /// Says whether a protocol prescribes the regimen.
    #[must_use]
    pub const fn prescribed(mut self, is_prescribed: bool) -> Self {
        self.is_prescribed = is_prescribed;
        self
    }

    /// Sets the days of intake, where no supply is worked out.
    #[must_use]
    pub fn with_intake(mut self, intake: impl Into<Option<CapecitabineDays>>) -> Self {
        self.intake = intake.into();
        self
    }

    /// Sets the day on which the rule sets have to hold.
    #[must_use]
    pub fn as_of(mut self, day: impl Into<Option<Date>>) -> Self {
        self.as_of = day.into();
        self
    }

    /// Adds what there is to say of what the order was made from. It comes before the
    /// order's own findings on every page and in every record.
    ///
    /// ```
    /// # use chemorad::capecitabine::*;
    /// # use chemorad::patient::{BodySize, BodySurfaceArea, BodySurfaceAreaFormula};
    /// let size = BodySize::new("170 cm".parse()?, "160 kg".parse()?)?;
    /// let request = OrderRequest::new(
    ///     Regimen::new("825 mg/m2".parse()?, 2)?,
    ///     BodySurfaceArea::from_formula(BodySurfaceAreaFormula::Mosteller, size, None)?,
    ///     "500 mg, 150 mg".parse()?,
    ///     "nearest, ties up".parse()?,
    /// );
    /// let order = CapecitabineOrder::plan(request.with_notes(size.warnings()))?;
    /// assert_eq!(order.findings()[0].code(), "patient.weight");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_notes(mut self, notes: impl IntoIterator<Item = Finding>) -> Self {
        self.notes.extend(notes);
        self
    }

    /// Sets the failed checks that a person accepts.
    #[must_use]
    pub fn with_overrides(mut self, overrides: Vec<Override>) -> Self {
        self.overrides = overrides;
        self
    }

    /// Sets what supply needs.
    #[must_use]
    pub fn with_supply(mut self, supply: impl Into<Option<SupplyRequest>>) -> Self {
        self.supply = supply.into();
        self
    }
}
