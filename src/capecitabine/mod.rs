//! Capecitabine: from a dose intensity and a body surface area to tablets.
//!
//! Four steps, each a type that cannot be skipped or confused with the next:
//!
//! 1. a [`Regimen`]: intensity per administration, and how often a day;
//! 2. a [`CalculatedAdministration`]: intensity × body surface area, with [`Caps`] only if given;
//! 3. the [`DeliverableAmounts`] of a [`TabletStock`]: every amount whole tablets can make;
//! 4. an [`OrderedAdministration`]: one of them, chosen by a named [`RoundingPolicy`], with every
//!    candidate, its deviation, its tablets and the reason for the choice.
//!
//! What labels and guidelines say of renal function, DPYD, toxicity and other drugs is data: a
//! [`RuleSet`] pinned to its version and date, chosen by name in a [`RuleSelection`] and applied by
//! an [`Adjustment`] before the multiplication. [`OrderedDay`] divides the day and [`Supply`]
//! counts tablets on dated days. [`CapecitabineOrder`] takes everything at once: it reduces the
//! intensity, multiplies, rounds once, and gives no dose where a rule stops the drug or the rules
//! cannot tell.
//!
//! Nothing here has a default: the registry text of the trial this library was built for states
//! neither the rounding nor the tablets, and different choices give different tablets.
//!
//! ```
//! use chemorad::capecitabine::*;
//! use chemorad::patient::*;
//!
//! let size = BodySize::new("170 cm".parse()?, "70 kg".parse()?)?;
//! let area = BodySurfaceArea::from_formula(BodySurfaceAreaFormula::Mosteller, size, None)?;
//! let regimen = Regimen::new("825 mg/m2".parse()?, 2)?;
//! let calculated = CalculatedAdministration::new(regimen, &area, Caps::NONE)?;
//! assert_eq!(format!("{:.2}", calculated.dose()), "1499.95 mg");
//!
//! let stock: TabletStock = "500 mg, 150 mg".parse()?;
//! let policy = RoundingPolicy::Nearest { ties: Ties::Up };
//! let ordered = OrderedAdministration::choose(&calculated, &stock, &policy, None)?;
//! assert_eq!(ordered.dose().to_string(), "1500 mg");
//! assert_eq!(ordered.chosen().tablets_text(), "3 x 500 mg");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod adjustment;
mod applied;
mod applied_all;
mod applied_dpyd;
mod applied_rule;
mod band_bound;
mod band_fault;
mod bands;
mod calculated;
mod candidate;
mod caps;
mod clinical;
mod codes;
pub mod columns;
mod day;
mod day_split;
mod days;
mod decision;
mod decision_findings;
mod deliverable;
mod deviation_tolerance;
mod entered;
mod entered_fault;
mod error;
mod explain;
mod finding;
mod finding_kind_words;
mod finding_kinds;
mod finding_observation;
mod finding_words;
mod intensity_window;
mod order;
mod order_findings;
mod plan;
mod plan_findings;
mod policy;
mod record;
mod regimen;
mod request;
mod rule_selection;
mod rule_set_name;
mod rule_topic;
mod rules;
mod select;
mod stock;
mod supply;
mod unequal_day;
mod unmet;
mod wanted;

pub use adjustment::Adjustment;
pub use applied_rule::{AppliedRule, Recommendation, RuleInput, RuleReference, RuleRow};
pub use band_bound::{BandBound, BandScale, DoseBound};
pub use band_fault::BandFault;
pub use bands::{Band, BandEdge, BandTable, JAPAN_METHOD_D};
pub use calculated::CalculatedAdministration;
pub use candidate::{AdministrationOrder, Candidate};
pub use caps::Caps;
pub use clinical::ClinicalFacts;
pub use codes::CODES;
pub use day::OrderedDay;
pub use day_split::DaySplit;
pub use days::{CapecitabineDays, DayCycles};
pub use decision::{DoseDecision, Override, WrittenReason};
pub use deliverable::{DeliverableAmounts, StockedTablet, TabletCount};
pub use deviation_tolerance::{DeviationTolerance, deviation_percent};
pub use entered::{DispensedTablets, EnteredOrder};
pub use entered_fault::OrderTextFault;
pub use error::CapecitabineError;
pub use finding::CapecitabineFinding;
pub use finding_kinds::{
    DecisionObstacle, DeviationLimit, DoseStep, OrderedAmount, RuleContext, RuleSetRow, ShareLimit,
    UnusualShare,
};
pub use order::OrderedAdministration;
pub use plan::CapecitabineOrder;
pub use policy::{RoundingPolicy, Ties};
pub use record::OrderRecord;
pub use regimen::Regimen;
pub use request::{HeightChange, OrderRequest, SupplyRequest, WeightChange};
pub use rule_selection::RuleSelection;
pub use rule_set_name::{RoundingRule, RuleSetChoice, RuleSetName};
pub use rule_topic::RuleTopic;
pub use rules::{
    BMC_SURGERY_2009_LADDER, CPIC_DPYD_2017, CPIC_DPYD_2018, Covers, CutDistance, DPWG_DPYD_2019,
    DoseFraction, DoseRule, DpydRow, DpydRules, EMA_DPYD_2020, EU_LEAFLET_INTERACTIONS,
    FDA_LABEL_2026, FDA_LABEL_BEFORE_2022, Interaction, InteractionRules, InteractionSeverity,
    JAPAN_METHOD_D_2016, PublishedSentence, RenalBand, RenalRules, RuleFault, RuleSet, RuleSetData,
    RuleSetHeading, SourceVerification, Succession, Toxicity, ToxicityAction, ToxicityLadder,
    ToxicityStep, UracilRow,
};
pub use stock::TabletStock;
pub use supply::{AlternativeSupply, DispensingPeriod, Supply};
