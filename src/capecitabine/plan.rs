//! An order from intensity to supply: the one entry that takes everything.

use alloc::vec::Vec;

use crate::report::{Derivation, Finding, Outcome};

use super::adjustment::Adjustment;
use super::band_bound::BandScale;
use super::calculated::CalculatedAdministration;
use super::codes;
use super::day::OrderedDay;
use super::decision::Override;
use super::error::CapecitabineError;
use super::finding::{CapecitabineFinding, Remark};
use super::plan_findings;
use super::policy::RoundingPolicy;
use super::request::OrderRequest;
use super::rule_topic::RuleTopic;
use super::rules::stops::speaks_of;
use super::supply::Supply;

/// An order from intensity to supply: adjust the intensity, multiply by the body surface area,
/// round once, divide the day, count tablets. This is the one entry that takes everything.
///
/// Where a rule stops the drug or the rules cannot tell, there is no dose and no supply, only the
/// reasons.
///
/// ```
/// use chemorad::capecitabine::*;
/// use chemorad::report::Outcome;
/// use chemorad::patient::{BodySurfaceArea, CreatinineClearance, SurfaceArea};
///
/// let rules = RuleSelection::NONE.with(&FDA_LABEL_BEFORE_2022)?;
/// let facts = ClinicalFacts {
///     clearance: Some(CreatinineClearance::stated("30 mL/min".parse()?, "example")),
///     ..ClinicalFacts::default()
/// };
/// let request = OrderRequest::new(
///     Regimen::new("1250 mg/m2".parse()?, 2)?,
///     BodySurfaceArea::stated(SurfaceArea::constant("1.6 m2"), "order form"),
///     "500 mg, 150 mg (at most 2)".parse()?,
///     RoundingPolicy::Nearest { ties: Ties::Up },
/// )
/// .with_rules(rules, facts);
/// let order = CapecitabineOrder::plan(request.clone())?;
/// // 30.0 exactly is in the band of 30 to 50 mL/min: 937.5 mg/m2 x 1.6 m2 = 1500 mg
/// assert_eq!(order.day().unwrap().dose_per_day().to_string(), "3000 mg");
/// assert_eq!(order.outcome(), Outcome::Warn);
///
/// let mut below = request;
/// below.facts.clearance = Some(CreatinineClearance::stated("29.93 mL/min".parse()?, "example"));
/// let order = CapecitabineOrder::plan(below)?;
/// assert_eq!(order.day(), None);
/// assert_eq!(order.outcome(), Outcome::Fail);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CapecitabineOrder {
    request: OrderRequest,
    adjustment: Adjustment,
    day: Option<OrderedDay>,
    supply: Option<Supply>,
    findings: Vec<Finding>,
}

impl CapecitabineOrder {
    /// Works out the order.
    ///
    /// # Errors
    /// Two overrides of one finding; a topic that is waived and has a rule set; inputs that do not fit together: see [`Adjustment::apply`],
    /// [`OrderedDay::choose`] and [`Supply::new`].
    pub fn plan(request: OrderRequest) -> Result<Self, CapecitabineError> {
        for (i, accepted) in request.overrides.iter().enumerate() {
            let before = request.overrides.iter().take(i);
            if before
                .into_iter()
                .any(|other| other.code() == accepted.code())
            {
                return Err(CapecitabineError::OverrideTwice {
                    code: accepted.code(),
                });
            }
        }
        request.check_waived()?;
        let adjustment = Adjustment::apply(
            request.regimen,
            &request.rules,
            &request.facts,
            request.decision.clone(),
        )?;
        let mut findings = request.notes.clone();
        findings.extend(request.body_surface_area.warnings());
        findings.extend(adjustment.findings().iter().cloned());
        for topic in RuleTopic::ALL {
            let set = request.rules.get(topic);
            findings.extend(set.into_iter().flat_map(|set| set.cautions(topic)));
        }
        findings.extend(plan_findings::of_request(&request, &adjustment));
        let mut day = None;
        if let Some(regimen) = adjustment.adjusted() {
            let by_area = match &request.policy {
                RoundingPolicy::Bands(table) => {
                    Some(table).filter(|table| table.scale() == BandScale::BodySurfaceArea)
                }
                _ => None,
            };
            if let (Some(table), true) = (by_area, regimen != request.regimen) {
                let finding = CapecitabineFinding::TableAndReduction {
                    table: table.label_text().clone(),
                    intensity: regimen.intensity(),
                };
                findings.push(finding.into());
            } else {
                let calculated = CalculatedAdministration::adjusted(
                    request.regimen,
                    regimen,
                    &request.body_surface_area,
                    request.caps,
                )?;
                let ordered = OrderedDay::choose(
                    &calculated,
                    &request.stock,
                    &request.policy,
                    request.tolerance,
                    request.split,
                )?;
                findings.extend(ordered.findings().iter().cloned());
                findings.extend(plan_findings::of_day(&adjustment, &ordered));
                day = Some(ordered);
            }
        }
        let interrupted = adjustment.interruption().is_some();
        let supply = match (&day, &request.supply) {
            (Some(day), Some(wanted)) => {
                findings.extend(
                    interrupted.then(|| CapecitabineFinding::SupplyAfterInterruption.into()),
                );
                let supply =
                    Supply::new(day, &wanted.kind, &wanted.fractions, wanted.dispense_every)?;
                findings.extend(supply.findings().iter().cloned());
                Some(supply)
            }
            // dates that cannot be used are an error even where there is no dose
            (None, Some(wanted)) => {
                wanted.kind.dates(&wanted.fractions)?;
                None
            }
            _ => None,
        };
        accept(&mut findings, &request.overrides);
        Ok(Self {
            request,
            adjustment,
            day,
            supply,
            findings,
        })
    }

    /// What the order was made from.
    #[must_use]
    pub const fn request(&self) -> &OrderRequest {
        &self.request
    }

    /// What the rules say.
    #[must_use]
    pub const fn adjustment(&self) -> &Adjustment {
        &self.adjustment
    }

    /// The day's order; none where a rule stops the drug or the dose cannot be told.
    #[must_use]
    pub const fn day(&self) -> Option<&OrderedDay> {
        self.day.as_ref()
    }

    /// The supply, where it was asked for and there is a dose.
    #[must_use]
    pub const fn supply(&self) -> Option<&Supply> {
        self.supply.as_ref()
    }

    /// Everything there is to report, with overrides applied.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The worst of the findings; pass when there are none.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        Outcome::worst(
            self.findings
                .iter()
                .map(|finding| finding.outcome)
                .chain([Outcome::Pass]),
        )
    }

    /// Every number on the way, in order: clearance, body surface area, adjusted intensity,
    /// calculated dose, ordered dose, the day, supply.
    #[must_use]
    pub fn derivations(&self) -> Vec<Derivation> {
        let mut all = Vec::new();
        if let Some(clearance) = &self.request.facts.clearance {
            all.push(clearance.derivation());
        }
        all.push(self.request.body_surface_area.derivation());
        all.extend(self.adjustment.derivation());
        if let Some(day) = &self.day {
            let single = day.per_administration();
            all.push(single.calculated().derivation());
            all.extend(single.calculated().capping());
            if !day.is_unequal() {
                all.push(single.derivation());
            }
            all.push(day.derivation());
        }
        all.extend(self.supply.iter().map(|supply| supply.derivation().clone()));
        all
    }
}

/// A cap that acts needs a reason; a reason turns a failed check, or a drug that nothing clears,
/// into a warning that prints it.
fn accept(findings: &mut Vec<Finding>, overrides: &[Override]) {
    for finding in findings.iter_mut() {
        if !Override::CODES.iter().any(|code| finding.is(code)) {
            continue;
        }
        let accepted = overrides
            .iter()
            .find(|accepted| finding.is(accepted.code()));
        // one reason for several drugs would clear those it does not speak of
        let drug = CapecitabineFinding::of(finding).and_then(CapecitabineFinding::unnamed_drug);
        if let (Some(accepted), Some(drug)) = (accepted, drug) {
            if !speaks_of(accepted.reason().as_str(), drug) {
                finding.remark(Remark::ReasonDoesNotHold);
                continue;
            }
        }
        let remark = if let Some(accepted) = accepted {
            finding.outcome = Outcome::Warn;
            Remark::Overridden(accepted.reason().clone())
        } else {
            match finding.outcome {
                Outcome::Warn if finding.is(codes::CAP.name) => {
                    finding.outcome = Outcome::Fail;
                }
                // a deviation that no tolerance forbids stays a warning
                Outcome::Warn => continue,
                _ => {}
            }
            Remark::NeedsReason(finding.code())
        };
        finding.remark(remark);
    }
    for accepted in overrides {
        if !findings.iter().any(|finding| finding.is(accepted.code())) {
            let finding = CapecitabineFinding::OverrideUnused {
                code: accepted.code(),
                reason: accepted.reason().clone(),
            };
            findings.push(finding.into());
        }
    }
}
