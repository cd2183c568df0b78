//! One rule applied to one input, with the words it rests on.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::Serializer;

use crate::patient::{ActivityScore, CreatinineClearance, DpydPhenotype, DpydStatus};
use crate::report::{Outcome, Subject};
use crate::text::Text;

use super::rule_topic::RuleTopic;
use super::rules::dose_rule::{DoseFraction, DoseRule};
use super::rules::toxicity::{Toxicity, ToxicityStep};

/// What a rule was applied to.
///
/// ```
/// use chemorad::capecitabine::RuleInput;
/// use chemorad::patient::DpydStatus;
/// assert_eq!(RuleInput::Dpyd(DpydStatus::NotTested).to_string(), "DPYD not tested");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum RuleInput {
    /// The creatinine clearance.
    Clearance(CreatinineClearance),
    /// The DPYD status.
    Dpyd(DpydStatus),
    /// The result of a DPD phenotype test.
    Phenotype(DpydPhenotype),
    /// The toxicity.
    Toxicity {
        /// Grade and occurrence.
        toxicity: Toxicity,
        /// How the ladder counts grades, where there is a ladder.
        criteria: Option<Text>,
    },
    /// Another drug, as it was given.
    Drug(Text),
    /// All other drugs, where no rules are there to read them by.
    Drugs(Vec<Text>),
}

impl RuleInput {
    /// What a finding about it names as its place.
    pub(super) fn subject(&self) -> Subject {
        match self {
            Self::Drug(name) => Subject::drug(name.as_str()),
            other => Subject::given(format!("{other}")),
        }
    }
}

impl fmt::Display for RuleInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clearance(clearance) => write!(
                f,
                "creatinine clearance {} ({})",
                clearance.shown(),
                clearance.method()
            ),
            Self::Dpyd(status) => write!(f, "DPYD {status}"),
            Self::Phenotype(result) => write!(f, "DPD phenotype, {result}"),
            Self::Toxicity { toxicity, criteria } => {
                write!(f, "toxicity {toxicity}")?;
                match criteria {
                    Some(criteria) => write!(f, " ({criteria})"),
                    None => Ok(()),
                }
            }
            Self::Drug(name) => f.pad(name),
            Self::Drugs(names) => {
                let names: Vec<&str> = names.iter().map(Text::as_str).collect();
                write!(f, "other drugs: {}", names.join(", "))
            }
        }
    }
}

/// What a rule recommends.
///
/// ```
/// use chemorad::capecitabine::{DoseRule, Recommendation};
/// let dose = Recommendation::Dose { rule: DoseRule::DoNotGive, strength: None };
/// assert_eq!(dose.to_string(), "do not give");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Recommendation {
    /// A dose, with the strength of the recommendation where the text gives one.
    Dose {
        /// The dose.
        rule: DoseRule,
        /// For example `strong`.
        strength: Option<Text>,
    },
    /// Nothing, because DPYD was not tested.
    NotTested,
    /// Nothing, because the DPYD test has no score.
    NoScore,
    /// Nothing, because the score alone does not say whether both copies have decreased function.
    AllelesNeeded,
    /// The step of a ladder.
    Step(ToxicityStep),
    /// The ladder has no step for the toxicity; the strictest it has reached, where there is one.
    NoStep(Option<ToxicityStep>),
    /// What a text says of another drug.
    Advice(Text),
}

impl fmt::Display for Recommendation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dose {
                rule,
                strength: None,
            } => rule.fmt(f),
            Self::Dose {
                rule,
                strength: Some(strength),
            } => write!(f, "{rule}, {strength} recommendation"),
            Self::NotTested => f.write_str("not tested is not normal; no adjustment is possible"),
            Self::NoScore => f.write_str("the test result has no score"),
            Self::AllelesNeeded => f.write_str(
                "a score of 1 is one copy without function, or two of decreased function, and the text \
                 reads them differently: name the alleles",
            ),
            Self::Step(step) => step.action.fmt(f),
            Self::NoStep(None) => f.write_str("the ladder has no step for it"),
            Self::NoStep(Some(step)) => write!(
                f,
                "the ladder has no step for it, and says at {}: {}",
                step.place(),
                step.action
            ),
            Self::Advice(advice) => f.pad(advice),
        }
    }
}

/// Which row of a rule set a rule is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RuleRow {
    /// A band of renal function, counted from 1.
    RenalBand(usize),
    /// The DPYD row of a score.
    DpydScore(ActivityScore),
    /// The DPYD row of two alleles of decreased function.
    DpydDecreasedTwice,
    /// The DPYD row of a concentration of uracil in plasma, counted from 1.
    DpydUracil(usize),
    /// What is said of patients who were not tested, or whose test has no score.
    DpydUnscored,
    /// A step of the toxicity ladder, or none where the ladder has none.
    ToxicityStep(Option<ToxicityStep>),
    /// The entry on another drug, by the name of the drug in the list.
    Interaction(Text),
}

/// Which rule was applied to what: the way in which findings, pages and records refer to it.
///
/// ```
/// use chemorad::capecitabine::*;
/// let rules = RuleSelection::NONE.with(&EU_LEAFLET_INTERACTIONS)?;
/// let facts = ClinicalFacts {
///     other_drugs: Some(vec!["warfarin".into(), "phenytoin".into()]),
///     ..ClinicalFacts::default()
/// };
/// let regimen = Regimen::new("825 mg/m2".parse()?, 2)?;
/// let adjustment = Adjustment::apply(regimen, &rules, &facts, None)?;
/// let [warfarin, phenytoin] = adjustment.applied() else { panic!() };
/// assert_ne!(warfarin.reference(), phenytoin.reference());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RuleReference<'a> {
    /// What it is about.
    pub topic: RuleTopic,
    /// The id of the rule set.
    pub rule_set: &'a Text,
    /// The row of the set.
    pub row: &'a RuleRow,
    /// What the rule was applied to.
    pub input: &'a RuleInput,
}

/// One rule applied to one input, with the words it rests on.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct AppliedRule {
    /// What it is about.
    pub topic: RuleTopic,
    /// The id of the rule set.
    pub rule_set: Text,
    /// Its title, version, date and source.
    pub citation: String,
    /// What it was applied to.
    #[serde(rename = "fact", serialize_with = "as_text")]
    pub input: RuleInput,
    /// What the rule says.
    #[serde(rename = "says", serialize_with = "as_text")]
    pub recommendation: Recommendation,
    /// What the text says there, as noted in the rule set; empty where the recommendation is all
    /// of it.
    #[serde(skip_serializing_if = "Text::is_blank")]
    pub words: Text,
    /// The row of the rule set.
    #[serde(skip)]
    pub row: RuleRow,
    /// Pass: no change. Warn: a change or a caution. Fail: a hard stop. Cannot tell: a clinician
    /// has to decide.
    pub outcome: Outcome,
    /// What is left of the original dose, where the rule says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fraction: Option<DoseFraction>,
    /// Where a clinician has to decide: the least that the text allows, if it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<DoseFraction>,
    /// Where a clinician has to decide: the most that the text allows, or that it leaves where the
    /// deficiency is smaller or the toxicity milder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<DoseFraction>,
    /// Where a clinician has to decide and no phenotype result is stated: the dose is below this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below: Option<DoseFraction>,
    /// Whether the text gives no dose before a phenotype result, and none is stated.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub phenotype_first: bool,
    /// Whether the drug is first interrupted until the toxicity is grade 0 or 1.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub interrupts: bool,
}

fn as_text<S: Serializer>(value: &impl fmt::Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

impl AppliedRule {
    /// Which rule it is, and what it was applied to.
    #[must_use]
    pub const fn reference(&self) -> RuleReference<'_> {
        RuleReference {
            topic: self.topic,
            rule_set: &self.rule_set,
            row: &self.row,
            input: &self.input,
        }
    }

    /// Whether it leaves less than the original dose.
    #[must_use]
    pub fn reduces(&self) -> bool {
        self.fraction
            .is_some_and(|share| share < DoseFraction::WHOLE)
    }

    /// Whether a clinician has to decide.
    pub(super) fn is_open(&self) -> bool {
        self.outcome == Outcome::CannotTell
    }

    /// The most that the rule leaves, where it says so.
    pub(super) fn most(&self) -> Option<DoseFraction> {
        self.fraction.or(self.at_most)
    }

    /// The words and the id of the rule set, or the id alone.
    pub(super) fn origin(&self) -> String {
        if self.words.is_empty() {
            format!("{}", self.rule_set)
        } else {
            format!("{}; {}", self.words, self.rule_set)
        }
    }
}

/// `creatinine clearance ...: 75 % of the original dose (section 2.4: ...; fda-label-...)`.
impl fmt::Display for AppliedRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} ({})",
            self.input,
            self.recommendation,
            self.origin()
        )
    }
}
