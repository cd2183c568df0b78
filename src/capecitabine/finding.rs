//! What there is to say of a capecitabine order, as data. Codes and outcomes are in
//! `finding_observation`, the words in `finding_words`.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use jiff::civil::Date;

use crate::patient::{CreatinineClearance, Height, SurfaceArea, Weight};
use crate::quantity::{CalculatedDose, DailyDose, IntensityPerAdministration, OrderedDose};
use crate::report::Finding;
use crate::text::Text;

use super::applied_rule::{AppliedRule, RuleInput};
use super::candidate::AdministrationOrder;
use super::days::CapecitabineDays;
use super::decision::{DoseDecision, WrittenReason};
use super::finding_kinds::{
    DecisionObstacle, DeviationLimit, DoseStep, OrderedAmount, RuleContext, RuleSetRow, ShareLimit,
    UnusualShare,
};
use super::policy::Ties;
use super::regimen::Regimen;
use super::rule_topic::RuleTopic;
use super::rules::dose_rule::DoseFraction;
use super::rules::renal::{CutDistance, RenalBand};
use super::rules::rule_set::Succession;
use super::stock::TabletStock;

/// A deviation above this is no rounding, and fails without a tolerance too, in percent (a choice of
/// this project).
pub(super) const FAR_DEVIATION: f64 = 50.0;

/// A body surface area this close to a step is reported, m²: the tables print two decimals.
pub(super) const NEAR_STEP: f64 = 0.01;

/// An adult's height that moves by more, in micrometres, is another one (a choice of this project).
pub(super) const HEIGHT_CHANGE: u64 = 30_000;

/// More tablets at one administration are cautioned: the largest amounts of 500 mg with at most 2
/// tablets of 150 mg that labels print, 2800 mg, need 7 (a choice of this project).
pub(super) const MANY_TABLETS: u32 = 7;

/// One thing to say of a capecitabine order.
///
/// ```
/// use chemorad::capecitabine::*;
/// let facts = ClinicalFacts {
///     other_drugs: Some(vec!["warfarin".into()]),
///     ..ClinicalFacts::default()
/// };
/// let rules = RuleSelection::NONE.with(&EU_LEAFLET_INTERACTIONS)?;
/// let adjustment = Adjustment::apply(Regimen::new("825 mg/m2".parse()?, 2)?, &rules, &facts, None)?;
/// let found: &CapecitabineFinding = adjustment.findings()[0].observation().unwrap();
/// assert_eq!(found.rule().unwrap().input.to_string(), "warfarin");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum CapecitabineFinding {
    /// A rule was applied.
    Rule {
        rule: Arc<AppliedRule>,
        context: RuleContext,
    },
    /// An input was given, and no rule set is there to read it by.
    RulesMissing { topic: RuleTopic, input: RuleInput },
    /// A rule set has rules on a topic, and the input they need was not given.
    InputMissing { topic: RuleTopic, rule_set: Text },
    /// A rule set has no row for an input.
    RowMissing {
        topic: RuleTopic,
        rule_set: Text,
        input: RuleInput,
    },
    /// A rule set does not name a drug; the name it is a slip away from, if any.
    DrugNotNamed {
        drug: Text,
        rule_set: Text,
        closest: Option<Text>,
    },
    /// A rule set names a drug, and not these words of what was given.
    WordsNotNamed {
        drug: Text,
        rule_set: Text,
        words: Vec<String>,
    },
    /// The clearance is within 1 mL/min of cuts, each with whether the rule is the same on both
    /// sides.
    NearCut {
        clearance: CreatinineClearance,
        cuts: Vec<(CutDistance, bool)>,
    },
    /// The renal rules of a set say nothing of a clearance in this band.
    ClearanceNotCovered { rule_set: Text, band: RenalBand },
    /// Several rules reduce the dose, and no text says how they combine.
    TwoReductions { rules: Vec<Arc<AppliedRule>> },
    /// A clinician's decision that settles the dose.
    Decision(DoseDecision),
    /// A clinician's decision that changes nothing, and what keeps it from doing so.
    DecisionWithoutEffect {
        decision: DoseDecision,
        obstacle: DecisionObstacle,
    },
    /// A decision outside what a rule leaves.
    DecisionBeyondRule {
        rule: Arc<AppliedRule>,
        decided: DoseFraction,
        limit: ShareLimit,
    },
    /// The full dose was decided where these rules ask for a clinician.
    FullDoseDecided { rules: Vec<Arc<AppliedRule>> },
    /// Less than half of the dose was decided.
    ShareBelowHalf(DoseFraction),
    /// A row of a rule set that no text that was read agrees with.
    UnusualRule {
        rule_set: Text,
        row: RuleSetRow,
        unusual: UnusualShare,
    },
    /// Another number of administrations a day than two.
    Administrations(u32),
    /// One administration above the highest published one.
    Administration(Regimen),
    /// The dose of a treatment without radiotherapy, on the days of radiotherapy and by no protocol.
    WithoutRadiotherapy {
        regimen: Regimen,
        kind: CapecitabineDays,
    },
    /// A topic without a rule set, which nobody waived.
    NoRuleSet(RuleTopic),
    /// A rule set that another text has replaced.
    Superseded {
        rule_set: Text,
        successor: Succession,
    },
    /// A rule set of a later day than the one as of which the rules have to hold.
    Later {
        rule_set: Text,
        date: Text,
        as_of: Date,
    },
    /// A daily intensity outside the published ones.
    Intensity(Regimen),
    /// A cap on the body surface area (m²) acts, with the dose before and after it.
    AreaCap {
        square_meters: f64,
        cap: SurfaceArea,
        before: CalculatedDose,
        after: CalculatedDose,
    },
    /// A cap on the calculated dose of one administration acts.
    CalculatedDoseCap {
        cap: OrderedDose,
        before: CalculatedDose,
        after: CalculatedDose,
    },
    /// A cap keeps one administration from the amount that would be ordered without it.
    OrderedDoseCap {
        cap: OrderedDose,
        ordered: OrderedDose,
        without: OrderedDose,
    },
    /// A cap on one administration keeps the day from the total (mg) it would have.
    DayCap {
        cap: OrderedDose,
        ordered: DailyDose,
        without: f64,
    },
    /// The dose is halfway between two amounts; the lower is absent where it is no tablet.
    Tie {
        wanted: CalculatedDose,
        capped: bool,
        lower: Option<OrderedDose>,
        upper: OrderedDose,
        ties: Ties,
        ordered: OrderedDose,
    },
    /// The dose of a day (mg) is halfway between the chosen total and another.
    DayTie {
        wanted: f64,
        capped: bool,
        chosen: f64,
        other: f64,
    },
    /// Limits on tablets leave nothing as large as the calculated dose.
    TabletLimit {
        wanted: CalculatedDose,
        capped: bool,
        stock: TabletStock,
        ordered: OrderedDose,
    },
    /// The body surface area (m²) is close to a value where the dose changes.
    NearStep {
        square_meters: f64,
        step: DoseStep,
        ordered: Option<OrderedDose>,
    },
    /// The ordered dose differs from the calculated one by this many percent.
    Deviation {
        of: OrderedAmount,
        percent: f64,
        limit: DeviationLimit,
        capped: bool,
    },
    /// The administrations of a day differ.
    UnequalDay {
        administrations: Vec<AdministrationOrder>,
        total: DailyDose,
    },
    /// A dose table has no dose for a reduced intensity.
    TableAndReduction {
        table: Text,
        intensity: IntensityPerAdministration,
    },
    /// The weight changed by so many percent.
    WeightChange {
        before: Weight,
        now: Weight,
        percent: f64,
    },
    /// The height of an adult has moved.
    HeightChange { before: Height, now: Height },
    /// So many tablets at one administration.
    ManyTablets(u32),
    /// The amount that is ordered is so many percent of the original dose, and a rule leaves less.
    OrderedBeyondRule {
        rule: Arc<AppliedRule>,
        percent: f64,
        limit: DoseFraction,
    },
    /// Tablets are counted for every date, and the drug is interrupted.
    SupplyAfterInterruption,
    /// The day was rounded up by so many percent after a reduction, by a clinician or for a deficiency.
    RoundedUp { percent: f64, decided: bool },
    /// A reason was given that no finding needs.
    OverrideUnused {
        code: &'static str,
        reason: WrittenReason,
    },
    /// Fractions on days without intake.
    FractionWithoutDrug {
        days: Vec<Date>,
        kind: CapecitabineDays,
    },
    /// Days of intake without a fraction.
    DrugWithoutFraction {
        days: Vec<Date>,
        kind: CapecitabineDays,
    },
}

/// What is known about a finding in addition to its values.
#[derive(Debug)]
pub(super) enum Remark {
    DecidedByClinician,
    Overridden(WrittenReason),
    NeedsReason(&'static str),
    ReasonDoesNotHold,
}

impl CapecitabineFinding {
    /// The applied rule that it speaks of, where that is one.
    #[must_use]
    pub fn rule(&self) -> Option<&AppliedRule> {
        match self {
            Self::Rule { rule, .. }
            | Self::DecisionBeyondRule { rule, .. }
            | Self::OrderedBeyondRule { rule, .. } => Some(rule),
            _ => None,
        }
    }

    /// Whether a decision of a clinician answers it.
    #[must_use]
    pub fn is_answered_by_decision(&self) -> bool {
        match self {
            Self::Rule { rule, .. } => rule.is_open(),
            Self::TwoReductions { .. }
            | Self::RowMissing {
                input: RuleInput::Phenotype(_),
                ..
            } => true,
            _ => false,
        }
    }

    /// Whether it keeps a dose from being given where it fails or cannot tell.
    #[must_use]
    pub const fn blocks_dose(&self) -> bool {
        self.is_step() || matches!(self, Self::TableAndReduction { .. })
    }

    /// Whether it says what a rule or a decision did: a step on the way to the dose.
    #[must_use]
    pub const fn is_step(&self) -> bool {
        matches!(
            self,
            Self::Rule { .. }
                | Self::RulesMissing { .. }
                | Self::InputMissing { .. }
                | Self::RowMissing { .. }
                | Self::DrugNotNamed { .. }
                | Self::WordsNotNamed { .. }
                | Self::TwoReductions { .. }
                | Self::Decision(_)
                | Self::DecisionWithoutEffect { .. }
        )
    }

    /// Whether a cap acts.
    #[must_use]
    pub const fn is_cap(&self) -> bool {
        matches!(
            self,
            Self::AreaCap { .. }
                | Self::CalculatedDoseCap { .. }
                | Self::OrderedDoseCap { .. }
                | Self::DayCap { .. }
        )
    }

    /// The finding of a room's own kind behind a general one.
    pub(super) fn of(finding: &Finding) -> Option<&Self> {
        finding.observation()
    }

    /// The other drug that it says is not named.
    pub(super) fn unnamed_drug(&self) -> Option<&str> {
        match self {
            Self::DrugNotNamed { drug, .. } | Self::WordsNotNamed { drug, .. } => Some(drug),
            _ => None,
        }
    }
}
