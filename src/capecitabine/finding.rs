//! What there is to say of a capecitabine order, as data. The words are in `finding_words`, the
//! codes in `codes`.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use jiff::civil::Date;

use crate::patient::{CreatinineClearance, SurfaceArea, Weight};
use crate::quantity::{CalculatedDose, DailyDose, IntensityPerAdministration, OrderedDose};
use crate::report::{Code, Finding, Observation, Outcome, Subject, Values, decimal};
use crate::text::Text;

use super::applied_rule::{AppliedRule, RuleInput};
use super::candidate::AdministrationOrder;
use super::codes;
use super::days::CapecitabineDays;
use super::decision::{DoseDecision, WrittenReason};
use super::policy::{DeviationTolerance, Ties};
use super::regimen::Regimen;
use super::rule_topic::RuleTopic;
use super::rules::dose_rule::{Covers, DoseFraction};
use super::rules::dpyd::DpydRow;
use super::rules::interactions::Interaction;
use super::rules::renal::{CutDistance, RenalBand};
use super::rules::toxicity::ToxicityStep;
use super::stock::TabletStock;

/// A deviation above this is no rounding, and fails without a tolerance too, in percent (a choice of
/// this project).
pub(super) const FAR_DEVIATION: f64 = 50.0;

/// A body surface area this close to a step is reported, m²: the tables print two decimals.
pub(super) const NEAR_STEP: f64 = 0.01;

/// Regimens in the trials and labels read for this project lie between 1200 (RTOG 0247) and 2500
/// mg/m² a day (FDA label before 2022). Outside, a factor of two between "per administration" and
/// "per day" is the likeliest reason; a reduced dose is another.
pub(super) const USUAL_PER_DAY: (f64, f64) = (1200.0, 2500.0);

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
    /// More than two administrations a day.
    Administrations(u32),
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
    /// Tablets are counted for every date, and the drug is interrupted.
    SupplyAfterInterruption,
    /// The day was rounded up by so many percent after a reduction for a deficiency.
    RoundedUp { percent: f64 },
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

/// What belongs to a rule beside what it says.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum RuleContext {
    /// Nothing.
    None,
    /// The band of renal function, the starting dose it does not cover or is not known to cover, and
    /// the distances of the clearance from the cuts.
    Band {
        /// The band.
        band: RenalBand,
        /// The intensity, where the text does not hold for it or does not say whether it does.
        uncovered: Option<(Covers, IntensityPerAdministration)>,
        /// Every cut of the rules.
        distances: Vec<CutDistance>,
    },
    /// A shipped list stops the drug, and the list in use does not.
    NotInList {
        /// The list in use.
        rule_set: Text,
    },
}

/// Why a decision changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecisionObstacle {
    /// A rule stops the drug.
    HardStop,
    /// An input is missing, or no rule set is there to read it by.
    NotAssessable,
}

/// What a rule leaves of the original dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShareLimit {
    /// No more than this.
    AtMost(DoseFraction),
    /// No less than this.
    AtLeast(DoseFraction),
}

/// A row of a rule set.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum RuleSetRow {
    /// Of the DPYD rules.
    Dpyd(DpydRow),
    /// Of the renal rules.
    Renal(RenalBand),
    /// Of the toxicity ladder.
    Toxicity(ToxicityStep),
    /// Of the interactions.
    Interaction(Interaction),
}

/// How a row of a rule set differs from every text that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnusualShare {
    /// It leaves more than this.
    MoreThan(DoseFraction),
    /// It leaves a dose below 30 mL/min.
    DoseInSevereImpairment,
    /// It leaves more than half after a toxicity of grade 4.
    MoreThanHalfAfterRecovery,
    /// It goes on at a toxicity of grade 3 without an interruption.
    WithoutInterruption,
    /// It watches a drug that is never given with capecitabine.
    NeverGiven,
    /// It leaves less than half.
    LessThanHalf,
}

/// What an order says the amount of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OrderedAmount {
    /// Of one administration.
    Administration,
    /// Of a day.
    Day,
}

/// What a deviation is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeviationLimit {
    /// The tolerance of the site.
    Tolerance(DeviationTolerance),
    /// Half of the dose, where no tolerance was given.
    Half,
    /// What is usual, where no tolerance was given.
    Usual,
}

/// A body surface area (m²) where the dose changes, with the doses on its two sides.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum DoseStep {
    /// Of one administration; absent is no tablet.
    Administration {
        /// Where.
        square_meters: f64,
        /// The dose below.
        below: Option<OrderedDose>,
        /// The dose above.
        above: Option<OrderedDose>,
    },
    /// Of a day, mg.
    Day {
        /// Where.
        square_meters: f64,
        /// The dose below.
        below: f64,
        /// The dose above.
        above: f64,
    },
}

impl DoseStep {
    /// Where the dose changes, m².
    #[must_use]
    pub const fn square_meters(self) -> f64 {
        match self {
            Self::Administration { square_meters, .. } | Self::Day { square_meters, .. } => {
                square_meters
            }
        }
    }
}

/// What is known about a finding beside what it says itself.
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
            Self::Rule { rule, .. } | Self::DecisionBeyondRule { rule, .. } => Some(rule),
            _ => None,
        }
    }

    /// Whether a decision of a clinician answers it.
    pub(super) fn is_answered_by_decision(&self) -> bool {
        match self {
            Self::Rule { rule, .. } => rule.is_open(),
            Self::TwoReductions { .. } => true,
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

const fn code_of(topic: RuleTopic) -> &'static Code {
    match topic {
        RuleTopic::Renal => &codes::RENAL,
        RuleTopic::Dpyd => &codes::DPYD,
        RuleTopic::Toxicity => &codes::TOXICITY,
        RuleTopic::Interactions => &codes::INTERACTION,
    }
}

impl Observation for CapecitabineFinding {
    fn code(&self) -> &Code {
        match self {
            Self::Rule { rule, .. } => code_of(rule.topic),
            Self::RulesMissing { topic, .. }
            | Self::InputMissing { topic, .. }
            | Self::RowMissing { topic, .. } => code_of(*topic),
            Self::DrugNotNamed { .. } | Self::WordsNotNamed { .. } => &codes::DRUG_NOT_NAMED,
            Self::ClearanceNotCovered { .. } => &codes::RENAL,
            Self::NearCut { .. } => &codes::RENAL_CUT,
            Self::TwoReductions { .. } => &codes::TWO_REDUCTIONS,
            Self::Decision(_) | Self::DecisionWithoutEffect { .. } => &codes::DECISION,
            Self::DecisionBeyondRule { .. } => &codes::DECISION_BEYOND_RULE,
            Self::FullDoseDecided { .. } => &codes::WHOLE_DOSE_DECIDED,
            Self::ShareBelowHalf(_) => &codes::SMALL_SHARE_DECIDED,
            Self::UnusualRule { .. } => &codes::UNUSUAL_RULE,
            Self::Administrations(_) => &codes::ADMINISTRATIONS,
            Self::Intensity(_) => &codes::INTENSITY,
            Self::AreaCap { .. }
            | Self::CalculatedDoseCap { .. }
            | Self::OrderedDoseCap { .. }
            | Self::DayCap { .. } => &codes::CAP,
            Self::Tie { .. } | Self::DayTie { .. } => &codes::TIE,
            Self::TabletLimit { .. } => &codes::TABLET_LIMIT,
            Self::NearStep { .. } => &codes::NEAR_STEP,
            Self::Deviation { .. } => &codes::DEVIATION,
            Self::UnequalDay { .. } => &codes::UNEQUAL_DAY,
            Self::TableAndReduction { .. } => &codes::TABLE_AND_REDUCTION,
            Self::WeightChange { .. } => &codes::WEIGHT_CHANGE,
            Self::SupplyAfterInterruption => &codes::SUPPLY_AFTER_INTERRUPTION,
            Self::RoundedUp { .. } => &codes::ROUNDED_UP,
            Self::OverrideUnused { .. } => &codes::OVERRIDE_UNUSED,
            Self::FractionWithoutDrug { .. } => &codes::FRACTION_WITHOUT_DRUG,
            Self::DrugWithoutFraction { .. } => &codes::DRUG_WITHOUT_FRACTION,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::Rule { rule, .. } => rule.outcome,
            Self::RulesMissing { .. }
            | Self::InputMissing { .. }
            | Self::RowMissing { .. }
            | Self::DrugNotNamed { .. }
            | Self::WordsNotNamed { .. }
            | Self::ClearanceNotCovered { .. }
            | Self::TwoReductions { .. }
            | Self::TableAndReduction { .. }
            | Self::DecisionWithoutEffect {
                obstacle: DecisionObstacle::NotAssessable,
                ..
            } => Outcome::CannotTell,
            Self::DecisionWithoutEffect {
                obstacle: DecisionObstacle::HardStop,
                ..
            }
            | Self::DecisionBeyondRule { .. }
            | Self::WeightChange { .. }
            | Self::Deviation {
                limit: DeviationLimit::Tolerance(_) | DeviationLimit::Half,
                ..
            } => Outcome::Fail,
            Self::Intensity(regimen) if is_far(*regimen) => Outcome::Fail,
            _ => Outcome::Warn,
        }
    }

    fn subject(&self) -> Subject {
        Subject::input(match self {
            Self::Rule { rule, .. } => return rule.input.subject(),
            Self::RulesMissing { input, .. } | Self::RowMissing { input, .. } => {
                return input.subject();
            }
            Self::NearCut { clearance, .. } => {
                return RuleInput::Clearance(clearance.clone()).subject();
            }
            Self::DrugNotNamed { drug, .. } | Self::WordsNotNamed { drug, .. } => {
                return Subject::drug(drug.as_str());
            }
            Self::UnusualRule { row, .. } => return Subject::path(format!("{row}")),
            Self::InputMissing { topic, .. } => match topic {
                RuleTopic::Renal => "creatinine clearance",
                RuleTopic::Dpyd => "DPYD",
                RuleTopic::Toxicity => "toxicity",
                RuleTopic::Interactions => "other drugs",
            },
            Self::ClearanceNotCovered { .. } => "creatinine clearance",
            Self::TwoReductions { .. }
            | Self::Decision(_)
            | Self::DecisionWithoutEffect { .. }
            | Self::DecisionBeyondRule { .. }
            | Self::FullDoseDecided { .. }
            | Self::ShareBelowHalf(_) => "adjustments",
            Self::Administrations(_) => "administrations a day",
            Self::Intensity(_) => "dose intensity",
            Self::AreaCap { .. } | Self::NearStep { .. } => "body surface area",
            Self::CalculatedDoseCap { .. } => "calculated dose per administration",
            Self::OrderedDoseCap { .. }
            | Self::Tie { .. }
            | Self::TabletLimit { .. }
            | Self::Deviation {
                of: OrderedAmount::Administration,
                ..
            } => "ordered dose per administration",
            Self::DayCap { .. }
            | Self::DayTie { .. }
            | Self::UnequalDay { .. }
            | Self::RoundedUp { .. }
            | Self::Deviation { .. } => "ordered dose per day",
            Self::TableAndReduction { .. } => "rounding",
            Self::WeightChange { .. } => "weight",
            Self::SupplyAfterInterruption => "supply",
            Self::OverrideUnused { code, .. } => code,
            Self::FractionWithoutDrug { .. } | Self::DrugWithoutFraction { .. } => "days of intake",
        })
    }

    fn values(&self) -> Values {
        match self {
            Self::Decision(decision) | Self::DecisionWithoutEffect { decision, .. } => {
                Values::found(decision.fraction)
            }
            Self::DecisionBeyondRule { decided, limit, .. } => {
                Values::expected(limit).and_found(decided)
            }
            Self::ShareBelowHalf(share) => Values::found(share),
            Self::Administrations(times) => Values::found(format_args!("{times} a day")),
            Self::Intensity(regimen) => Values::expected(format_args!(
                "{} to {} mg/m2/d",
                USUAL_PER_DAY.0, USUAL_PER_DAY.1
            ))
            .and_found(format_args!(
                "{} x {} = {}",
                regimen.administrations_per_day(),
                regimen.intensity(),
                regimen.intensity_per_day()
            )),
            Self::AreaCap {
                cap, square_meters, ..
            } => Values::expected(format_args!("at most {cap}"))
                .and_found(format_args!("{} m2", decimal(*square_meters))),
            Self::CalculatedDoseCap { cap, before, .. } => {
                Values::expected(format_args!("at most {cap}"))
                    .and_found(format_args!("{} mg", decimal(before.milligrams())))
            }
            Self::OrderedDoseCap { cap, without, .. } => {
                Values::expected(format_args!("at most {cap}")).and_found(without)
            }
            Self::DayCap { cap, without, .. } => {
                Values::expected(format_args!("at most {cap} an administration"))
                    .and_found(format_args!("{without} mg a day"))
            }
            Self::TabletLimit {
                wanted, ordered, ..
            } => Values::expected(format_args!("{wanted:.2}")).and_found(ordered),
            Self::Tie { ordered, .. }
            | Self::NearStep {
                ordered: Some(ordered),
                ..
            } => Values::found(ordered),
            Self::Deviation { percent, limit, .. } => {
                let found = format!("{percent:+.2} %");
                match limit {
                    DeviationLimit::Tolerance(most) => {
                        Values::expected(format_args!("at most {most}")).and_found(found)
                    }
                    DeviationLimit::Half => {
                        Values::expected(format_args!("at most {FAR_DEVIATION} %")).and_found(found)
                    }
                    DeviationLimit::Usual => Values::found(found),
                }
            }
            Self::UnequalDay { total, .. } => Values::found(total),
            Self::WeightChange {
                before,
                now,
                percent,
            } => Values::expected(format_args!("{before} +/- 10 %"))
                .and_found(format_args!("{now} ({percent:+.1} %)")),
            Self::RoundedUp { percent } => Values::found(format_args!("{percent:+.2} %")),
            Self::FractionWithoutDrug { days, .. } | Self::DrugWithoutFraction { days, .. } => {
                let shown: Vec<String> = days.iter().take(5).map(|day| format!("{day}")).collect();
                let more = if days.len() > 5 { ", ..." } else { "" };
                Values::found(format_args!("{}{more}", shown.join(", ")))
            }
            _ => Values::default(),
        }
    }
}

/// Above the most, or below the least by more than a factor of two (a choice of this project).
pub(super) fn is_far(regimen: Regimen) -> bool {
    let daily = regimen.intensity_per_day().milligrams_per_square_meter();
    daily > USUAL_PER_DAY.1 || daily < USUAL_PER_DAY.0 / 2.0
}
