//! A capecitabine order as a JSON record for trial tools.
//!
//! Unlike a request it exists for every order: one without a dose has `"ordered": null` and says
//! why in `outcome` and `findings`. The keys below are never left out; what is not known is `null`. A
//! quantity is `{"value": 1500, "unit": "mg"}` with a UCUM code as everywhere in chemorad.
//!
//! The schema's name is [`SCHEMA`]. Within one version keys are added, never renamed, removed or
//! given another meaning.
//!
//! | key | holds |
//! | --- | --- |
//! | `schema`, `generator`, `notice` | what this is |
//! | `outcome` | the worst of the findings: `pass`, `warn`, `fail`, `cannot_tell` |
//! | `inputs` | everything the order was made from |
//! | `rules` | rule sets in use, each rule applied with its words, topics without a rule set, a clinician's decision |
//! | `adjusted_regimen` | the regimen after the rules, or `null` |
//! | `calculated` | dose per administration before rounding, without and with caps, and per day |
//! | `ordered` | administrations with tablets, day's total, deviation, tie, reason |
//! | `supply` | dates of intake, administrations, tablets, dispensing periods, what other days would need |
//! | `findings`, `derivations` | everything to report, every number with its work |

use chemorad::capecitabine::{
    AdministrationOrder, AlternativeSupply, AppliedRule, CapecitabineDays, CapecitabineOrder, Caps,
    DaySplit, DeviationTolerance, DispensingPeriod, DoseDecision, OrderedDay, Override, Regimen,
    RoundingPolicy, RuleTopic, Supply, SupplyRequest, TabletCount, TabletStock, Toxicity,
    WeightChange,
};
use chemorad::derivation::Derivation;
use chemorad::finding::{Finding, Outcome};
use chemorad::patient::{BodySurfaceArea, CreatinineClearance, DpydStatus};
use chemorad::quantity::{CalculatedDose, DailyDose};
use chemorad::text::Text;
use jiff::civil::Date;
use serde::Serialize;

use crate::NOTICE;

/// The name and version of the record's schema.
pub const SCHEMA: &str = "chemorad.capecitabine-order/1";

/// The record of an order; serialise it with `serde_json`. See the [module](crate::record).
///
/// ```
/// use chemorad::capecitabine::*;
/// use chemorad::patient::{BodySurfaceArea, SurfaceArea};
/// use chemorad_exchange::OrderRecord;
///
/// let order = CapecitabineOrder::plan(OrderRequest {
///     regimen: Regimen::new("825 mg/m2".parse()?, 2)?,
///     body_surface_area: BodySurfaceArea::stated(SurfaceArea::constant("1.82 m2"), "order form"),
///     caps: Caps::NONE,
///     stock: "500 mg, 150 mg (at most 2)".parse()?,
///     policy: RoundingPolicy::Nearest { ties: Ties::Up },
///     split: DaySplit::Equal,
///     tolerance: None,
///     rules: RuleSelection::NONE,
///     facts: ClinicalFacts::default(),
///     decision: None,
///     weight_change: None,
///     overrides: vec![],
///     supply: None,
/// })?;
/// let record = serde_json::to_value(OrderRecord::new(&order))?;
/// assert_eq!(record["schema"], "chemorad.capecitabine-order/1");
/// assert_eq!(record["ordered"]["dose_per_day"]["value"], 3000);
/// assert_eq!(record["supply"], serde_json::Value::Null);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OrderRecord<'a> {
    schema: &'static str,
    generator: Generator,
    notice: &'static str,
    outcome: Outcome,
    inputs: Inputs<'a>,
    rules: Rules<'a>,
    adjusted_regimen: Option<Regimen>,
    calculated: Option<Calculated>,
    ordered: Option<Ordered<'a>>,
    supply: Option<Supplied<'a>>,
    findings: &'a [Finding],
    derivations: Vec<Derivation>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Generator {
    name: &'static str,
    version: &'static str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Inputs<'a> {
    regimen: Regimen,
    body_surface_area: &'a BodySurfaceArea,
    caps: Caps,
    tablet_strengths: &'a TabletStock,
    rounding: &'a RoundingPolicy,
    day_split: DaySplit,
    deviation_tolerance: Option<DeviationTolerance>,
    creatinine_clearance: Option<&'a CreatinineClearance>,
    dpyd: Option<DpydStatus>,
    toxicity: Option<Toxicity>,
    other_drugs: Option<&'a [Text]>,
    weight_change: Option<WeightChange>,
    overrides: &'a [Override],
    days: Option<&'a CapecitabineDays>,
    fractions: Option<&'a [Date]>,
    dispense_every_days: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Rules<'a> {
    rule_sets: Vec<Citation<'a>>,
    applied: &'a [AppliedRule],
    not_checked: &'a [RuleTopic],
    decision: Option<&'a DoseDecision>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Citation<'a> {
    id: &'a Text,
    citation: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Calculated {
    uncapped_per_administration: CalculatedDose,
    per_administration: CalculatedDose,
    per_day: Milligrams,
}

/// The calculated dose of a day has no type of its own in the library.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
struct Milligrams {
    value: f64,
    unit: &'static str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Ordered<'a> {
    administrations: &'a [AdministrationOrder],
    dose_per_day: DailyDose,
    tablets_per_day: &'a [TabletCount],
    /// 100 (ordered - calculated) / calculated, of the day.
    deviation_percent: f64,
    tie: bool,
    unequal: bool,
    explanation: &'a str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Supplied<'a> {
    days: &'a CapecitabineDays,
    dates: &'a [Date],
    administrations: u32,
    total_milligrams: u64,
    tablets: &'a [TabletCount],
    periods: &'a [DispensingPeriod],
    alternatives: &'a [AlternativeSupply],
}

impl<'a> OrderRecord<'a> {
    /// The record of an order, with or without a dose.
    #[must_use]
    pub fn new(order: &'a CapecitabineOrder) -> Self {
        let adjustment = order.adjustment();
        Self {
            schema: SCHEMA,
            generator: Generator {
                name: "chemorad",
                version: env!("CARGO_PKG_VERSION"),
            },
            notice: NOTICE,
            outcome: order.outcome(),
            inputs: inputs(order),
            rules: Rules {
                rule_sets: order
                    .request()
                    .rules
                    .rule_sets()
                    .into_iter()
                    .map(|set| Citation {
                        id: &set.id,
                        citation: set.citation(),
                    })
                    .collect(),
                applied: adjustment.applied(),
                not_checked: adjustment.not_checked(),
                decision: adjustment.decision(),
            },
            adjusted_regimen: adjustment.adjusted(),
            calculated: order.day().map(calculated),
            ordered: order.day().map(ordered),
            supply: order.supply().map(supplied),
            findings: order.findings(),
            derivations: order.derivations(),
        }
    }
}

fn inputs(order: &CapecitabineOrder) -> Inputs<'_> {
    let request = order.request();
    let supply: Option<&SupplyRequest> = request.supply.as_ref();
    Inputs {
        regimen: request.regimen,
        body_surface_area: &request.body_surface_area,
        caps: request.caps,
        tablet_strengths: &request.stock,
        rounding: &request.policy,
        day_split: request.split,
        deviation_tolerance: request.tolerance,
        creatinine_clearance: request.facts.clearance.as_ref(),
        dpyd: request.facts.dpyd,
        toxicity: request.facts.toxicity,
        other_drugs: request.facts.other_drugs.as_deref(),
        weight_change: request.weight_change,
        overrides: &request.overrides,
        days: supply.map(|wanted| &wanted.kind),
        fractions: supply.map(|wanted| wanted.fractions.as_slice()),
        dispense_every_days: supply.and_then(|wanted| wanted.dispense_every),
    }
}

fn calculated(day: &OrderedDay) -> Calculated {
    let single = day.per_administration().calculated();
    Calculated {
        uncapped_per_administration: single.uncapped(),
        per_administration: single.dose(),
        per_day: Milligrams {
            value: day.calculated_per_day(),
            unit: "mg",
        },
    }
}

fn ordered(day: &OrderedDay) -> Ordered<'_> {
    Ordered {
        administrations: day.administrations(),
        dose_per_day: day.dose_per_day(),
        tablets_per_day: day.tablets(),
        deviation_percent: day.deviation_percent(),
        // the tie of an unequal day is one of the day's total
        tie: day
            .findings()
            .iter()
            .any(|finding| finding.code.is("capecitabine.tie")),
        unequal: day.is_unequal(),
        explanation: day.explanation(),
    }
}

fn supplied(supply: &Supply) -> Supplied<'_> {
    Supplied {
        days: supply.kind(),
        dates: supply.dates(),
        administrations: supply.administrations(),
        total_milligrams: supply.total_milligrams(),
        tablets: supply.tablets(),
        periods: supply.periods(),
        alternatives: supply.alternatives(),
    }
}
