//! An order as a record for other systems: `chemorad.capecitabine-order/1`.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::civil::Date;
use serde::ser::{Serialize, Serializer};

use crate::patient::{BodySurfaceArea, CreatinineClearance, DpydStatus};
use crate::quantity::{CalculatedDose, DailyDose, IntensityPerAdministration};
use crate::report::Derivation;
use crate::report::{Finding, Outcome};
use crate::text::Text;

use super::applied_rule::AppliedRule;
use super::calculated::Caps;
use super::candidate::AdministrationOrder;
use super::day_split::DaySplit;
use super::decision::{DoseDecision, Override};
use super::deliverable::TabletCount;
use super::plan::CapecitabineOrder;
use super::policy::{DeviationTolerance, RoundingPolicy};
use super::regimen::Regimen;
use super::request::WeightChange;
use super::rule_topic::RuleTopic;
use super::rules::rule_set::{RuleSet, RuleSetHeading};
use super::rules::toxicity::Toxicity;
use super::stock::TabletStock;
use super::supply::Supply;

const SCHEMA: &str = "chemorad.capecitabine-order/1";

/// What was given, what the rules said, what is ordered. `null` where there is none: a dose that
/// a rule stops is never a number.
#[derive(serde::Serialize)]
struct Record<'a> {
    schema: &'static str,
    outcome: Outcome,
    regimen: Regimen,
    body_surface_area: &'a BodySurfaceArea,
    facts: Facts<'a>,
    rule_sets: Vec<RuleSetHeading<'a>>,
    adjustments: Vec<Step<'a>>,
    decision: Option<&'a DoseDecision>,
    adjusted_regimen: Option<Regimen>,
    caps: Caps,
    calculated: Option<Calculated>,
    stock: &'a TabletStock,
    rounding: &'a RoundingPolicy,
    split: DaySplit,
    tolerance: Option<DeviationTolerance>,
    ordered: Option<Ordered<'a>>,
    fractions: &'a [Date],
    supply: Option<&'a Supply>,
    weight_change: Option<WeightChange>,
    overrides: &'a [Override],
    not_checked: &'a [RuleTopic],
    findings: &'a [Finding],
    derivations: Vec<Derivation>,
}

#[derive(serde::Serialize)]
struct Facts<'a> {
    creatinine_clearance: Option<&'a CreatinineClearance>,
    dpyd: Option<DpydStatus>,
    toxicity: Option<Toxicity>,
    other_drugs: Option<&'a [Text]>,
}

#[derive(serde::Serialize)]
struct Step<'a> {
    #[serde(flatten)]
    rule: &'a AppliedRule,
    intensity_after: Option<IntensityPerAdministration>,
}

#[derive(serde::Serialize)]
struct Calculated {
    per_administration: CalculatedDose,
    after_caps: CalculatedDose,
}

#[derive(serde::Serialize)]
struct Ordered<'a> {
    administrations: &'a [AdministrationOrder],
    dose_per_day: DailyDose,
    tablets_per_day: &'a [TabletCount],
    deviation_percent: f64,
    explanation: String,
}

impl<'a> From<&'a CapecitabineOrder> for Record<'a> {
    fn from(order: &'a CapecitabineOrder) -> Self {
        let (request, adjustment) = (order.request(), order.adjustment());
        let day = order.day();
        Self {
            schema: SCHEMA,
            outcome: order.outcome(),
            regimen: request.regimen,
            body_surface_area: &request.body_surface_area,
            facts: Facts {
                creatinine_clearance: request.facts.clearance.as_ref(),
                dpyd: request.facts.dpyd,
                toxicity: request.facts.toxicity,
                other_drugs: request.facts.other_drugs.as_deref(),
            },
            rule_sets: request
                .rules
                .rule_sets()
                .into_iter()
                .map(RuleSet::heading)
                .collect(),
            adjustments: adjustment
                .steps()
                .map(|(rule, intensity_after)| Step {
                    rule,
                    intensity_after,
                })
                .collect(),
            decision: adjustment.decision(),
            adjusted_regimen: adjustment.adjusted(),
            caps: request.caps,
            calculated: day.map(|day| {
                let calculated = day.per_administration().calculated();
                Calculated {
                    per_administration: calculated.uncapped(),
                    after_caps: calculated.dose(),
                }
            }),
            stock: &request.stock,
            rounding: &request.policy,
            split: request.split,
            tolerance: request.tolerance,
            ordered: day.map(|day| Ordered {
                administrations: day.administrations(),
                dose_per_day: day.dose_per_day(),
                tablets_per_day: day.tablets(),
                deviation_percent: day.deviation_from_uncapped_percent(),
                explanation: day.explanation(),
            }),
            fractions: request
                .supply
                .as_ref()
                .map_or(&[], |supply| supply.fractions.as_slice()),
            supply: order.supply(),
            weight_change: request.weight_change,
            overrides: &request.overrides,
            not_checked: adjustment.not_checked(),
            findings: order.findings(),
            derivations: order.derivations(),
        }
    }
}

/// The record `chemorad.capecitabine-order/1`: the request, every rule applied with its words, the
/// adjusted regimen, calculated and ordered dose, supply, findings and derivations. It is not
/// read back: an order is made by [`CapecitabineOrder::plan`].
impl Serialize for CapecitabineOrder {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Record::from(self).serialize(serializer)
    }
}
