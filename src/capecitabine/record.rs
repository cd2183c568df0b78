//! An order as data: `chemorad.capecitabine-order/3`, the one shape in which commands, sheets and
//! records hold it.

use alloc::string::String;
use alloc::vec::Vec;

use jiff::civil::Date;
use serde::ser::{Serialize, Serializer};

use crate::patient::{BodySurfaceArea, CreatinineClearance, DpydPhenotype, DpydStatus};
use crate::quantity::{CalculatedDose, DailyDose, IntensityPerAdministration, OrderedDose};
use crate::report::{Derivation, Finding, Outcome};
use crate::text::Text;

use super::applied_rule::AppliedRule;
use super::calculated::CalculatedAdministration;
use super::candidate::{AdministrationOrder, Candidate};
use super::caps::Caps;
use super::codes;
use super::day::OrderedDay;
use super::day_split::DaySplit;
use super::decision::{DoseDecision, Override};
use super::deliverable::TabletCount;
use super::deviation_tolerance::DeviationTolerance;
use super::finding::CapecitabineFinding;
use super::order::OrderedAdministration;
use super::plan::CapecitabineOrder;
use super::policy::RoundingPolicy;
use super::regimen::Regimen;
use super::request::{HeightChange, WeightChange};
use super::rule_topic::RuleTopic;
use super::rules::rule_set::{RuleSet, RuleSetHeading};
use super::rules::toxicity::Toxicity;
use super::stock::TabletStock;
use super::supply::Supply;

const SCHEMA: &str = "chemorad.capecitabine-order/3";

/// An order as data, `chemorad.capecitabine-order/3`: what was given, what the rules said, what is
/// ordered, and how every number was reached.
///
/// A dose that a rule stops is `null`, never a number; those of one administration are `null` too
/// where the administrations of the day differ. It is not read back: an order is made by
/// [`CapecitabineOrder::plan`], and serialises as its record.
///
/// ```
/// use chemorad::capecitabine::*;
/// use chemorad::patient::{BodySurfaceArea, SurfaceArea};
///
/// let order = CapecitabineOrder::plan(OrderRequest::new(
///     Regimen::new("825 mg/m2".parse()?, 2)?,
///     BodySurfaceArea::stated(SurfaceArea::constant("1.6 m2"), "order form"),
///     "500 mg, 150 mg".parse()?,
///     "nearest, ties up".parse()?,
/// ))?;
/// let json = serde_json::to_value(OrderRecord::from(&order))?;
/// assert_eq!(json["schema"], "chemorad.capecitabine-order/3");
/// assert_eq!(json["calculated"]["value"].as_f64(), Some(1320.0));
/// assert_eq!(json["to_take"]["value"], 1300);
/// assert_eq!(json, serde_json::to_value(&order)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct OrderRecord<'a> {
    schema: &'static str,
    outcome: Outcome,
    bsa: &'a BodySurfaceArea,
    regimen: Regimen,
    facts: Facts<'a>,
    rule_sets: Vec<RuleSetHeading<'a>>,
    adjustments: Vec<Step<'a>>,
    decision: Option<&'a DoseDecision>,
    adjusted_regimen: Option<Regimen>,
    caps: Caps,
    /// For one administration, before any cap.
    calculated: Option<CalculatedDose>,
    /// After the caps that acted.
    capped: Option<CalculatedDose>,
    stock: &'a TabletStock,
    rounding: &'a RoundingPolicy,
    split: DaySplit,
    tolerance: Option<DeviationTolerance>,
    to_take: Option<OrderedDose>,
    tablets: &'a [TabletCount],
    administrations: &'a [AdministrationOrder],
    to_take_per_day: Option<DailyDose>,
    tablets_per_day: &'a [TabletCount],
    /// Of the day, from the dose before any cap.
    deviation_percent: Option<f64>,
    deviation_from_capped_percent: Option<f64>,
    tie: Option<bool>,
    explanation: Option<String>,
    /// Their deviations are from the dose after the caps.
    candidates: Vec<Candidate>,
    fractions: &'a [Date],
    supply: Option<&'a Supply>,
    weight_change: Option<WeightChange>,
    height_change: Option<HeightChange>,
    /// Topics without a rule set, which a person waived.
    waived: Vec<&'static str>,
    overrides: &'a [Override],
    not_checked: Vec<&'static str>,
    warnings: Vec<Finding>,
    derivations: Vec<Derivation>,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize)]
struct Facts<'a> {
    creatinine_clearance: Option<&'a CreatinineClearance>,
    dpyd: Option<DpydStatus>,
    dpyd_phenotype: Option<&'a DpydPhenotype>,
    toxicity: Option<Toxicity>,
    other_drugs: Option<&'a [Text]>,
}

/// What a rule, a decision or a cap did: its finding, and the rule where there is one.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
struct Step<'a> {
    #[serde(flatten)]
    finding: &'a Finding,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a AppliedRule>,
    #[serde(skip_serializing_if = "Option::is_none")]
    intensity_after: Option<IntensityPerAdministration>,
}

impl OrderRecord<'_> {
    /// The worst of the warnings; pass when there are none.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }
}

impl<'a> From<&'a CapecitabineOrder> for OrderRecord<'a> {
    fn from(order: &'a CapecitabineOrder) -> Self {
        let (request, adjustment) = (order.request(), order.adjustment());
        let day = order.day();
        let single = day.map(OrderedDay::per_administration);
        // one figure for an administration, where there is only one
        let every = single.filter(|_| day.is_some_and(|day| !day.is_unequal()));
        let calculated = single.map(OrderedAdministration::calculated);
        let capped = calculated.filter(|calculated| calculated.is_capped());
        Self {
            schema: SCHEMA,
            outcome: order.outcome(),
            bsa: &request.body_surface_area,
            regimen: request.regimen,
            facts: Facts {
                creatinine_clearance: request.facts.clearance.as_ref(),
                dpyd: request.facts.dpyd,
                dpyd_phenotype: request.facts.phenotype.as_ref(),
                toxicity: request.facts.toxicity,
                other_drugs: request.facts.other_drugs.as_deref(),
            },
            rule_sets: request
                .rules
                .rule_sets()
                .into_iter()
                .map(RuleSet::heading)
                .collect(),
            adjustments: steps(order),
            decision: adjustment.decision(),
            adjusted_regimen: adjustment.adjusted(),
            caps: request.caps,
            calculated: calculated.map(CalculatedAdministration::uncapped),
            capped: capped.map(CalculatedAdministration::dose),
            stock: &request.stock,
            rounding: &request.policy,
            split: request.split,
            tolerance: request.tolerance,
            to_take: every.map(OrderedAdministration::dose),
            tablets: every.map_or(&[], |single| single.chosen().tablets()),
            administrations: day.map_or(&[], |day| day.administrations()),
            to_take_per_day: day.map(OrderedDay::dose_per_day),
            tablets_per_day: day.map_or(&[], |day| day.tablets()),
            deviation_percent: day.map(OrderedDay::deviation_from_uncapped_percent),
            deviation_from_capped_percent: day
                .filter(|_| capped.is_some())
                .map(OrderedDay::deviation_percent),
            tie: day.map(|day| day.findings().iter().any(|one| one.is(codes::TIE.name))),
            explanation: day.map(OrderedDay::explanation),
            candidates: single.map_or_else(Vec::new, OrderedAdministration::candidates),
            fractions: request
                .supply
                .as_ref()
                .map_or(&[], |supply| supply.fractions.as_slice()),
            supply: order.supply(),
            weight_change: request.weight_change,
            height_change: request.height_change,
            waived: request
                .waived
                .iter()
                .flatten()
                .map(|topic| topic.name())
                .collect(),
            overrides: &request.overrides,
            not_checked: not_checked(order),
            warnings: order.findings().to_vec(),
            derivations: order.derivations(),
        }
    }
}

/// What the rules, a decision and the caps did.
fn steps(order: &CapecitabineOrder) -> Vec<Step<'_>> {
    let findings = order.findings().iter();
    findings
        .filter_map(|finding| {
            let what = CapecitabineFinding::of(finding)?;
            let changes = what.is_step()
                || what.is_cap()
                || matches!(
                    what,
                    CapecitabineFinding::Intensity(_)
                        | CapecitabineFinding::Administration(_)
                        | CapecitabineFinding::WithoutRadiotherapy { .. }
                );
            changes.then(|| {
                let rule = what.rule().map(AppliedRule::reference);
                let step = rule.and_then(|rule| order.adjustment().step(rule));
                Step {
                    finding,
                    rule: step.map(|(rule, _)| rule),
                    intensity_after: step.and_then(|(_, after)| after),
                }
            })
        })
        .collect()
}

/// The topics without a rule set or a fact, and the supply where no days were given.
fn not_checked(order: &CapecitabineOrder) -> Vec<&'static str> {
    let topics = order.adjustment().not_checked().iter();
    let request = order.request();
    let earlier = [
        request.weight_change.is_none().then_some("previous_weight"),
        request.height_change.is_none().then_some("previous_height"),
    ];
    let supply = request.supply.is_none().then_some("supply");
    topics
        .map(|topic| RuleTopic::name(*topic))
        .chain(earlier.into_iter().flatten())
        .chain(supply)
        .collect()
}

impl Serialize for CapecitabineOrder {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        OrderRecord::from(self).serialize(serializer)
    }
}
