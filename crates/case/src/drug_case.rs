//! The tables of a case about the drug, as entered: renal function, DPYD, rules, supply.

use std::vec::Vec;

use chemorad::capecitabine::{
    DaySplit, DoseDecision, Override, RuleSetChoice, RuleTopic, Toxicity,
};
use chemorad::patient::{
    ClearanceRate, DpydPhenotype, DpydStatus, Height, SerumCreatinine, Weight, WeightBasis,
};
use chemorad::text::Text;

/// `[renal]`: what a creatinine clearance is worked out from, or one that was measured. Age, sex,
/// weight and height are the patient's.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Renal {
    /// Serum creatinine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creatinine: Option<SerumCreatinine>,
    /// Which weight goes into the formula.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight_basis: Option<WeightBasis>,
    /// Instead of both: a creatinine clearance from elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clearance: Option<ClearanceRate>,
    /// Who or what gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clearance_by: Option<Text>,
}

/// `[dpyd]`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dpyd {
    /// `"not_tested"`, `"indeterminate"`, `{ score = 1.5 }` or
    /// `{ alleles = ["c.1905+1G>A", "Reference"] }`.
    pub status: DpydStatus,
    /// The result of a phenotype test: `{ plasma_uracil = "20 ng/mL" }`, or of another one as
    /// `{ stated = "residual activity 40 % of normal" }`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phenotype: Option<DpydPhenotype>,
}

/// `[drug_rules]`: which rules hold at the site, and what they are applied to or set aside by.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DrugRules {
    /// Published rule sets by name, or files: `NAME` for all of a set, `TOPIC=NAME` for one topic.
    pub rule_sets: Vec<RuleSetChoice>,
    /// The topics that need no rule set, because somebody checks them elsewhere: renal, dpyd,
    /// interactions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without: Option<Vec<RuleTopic>>,
    /// The toxicity that the dose is changed for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub toxicity: Option<Toxicity>,
    /// The other drugs taken; an empty list says that there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_drugs: Option<Vec<Text>>,
    /// A clinician's decision where the rules cannot tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<DoseDecision>,
    /// Failed checks that a person accepts, with the reason.
    pub overrides: Vec<Override>,
    /// How the day is divided; equal unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<DaySplit>,
    /// The weight of an earlier order, to see whether it still holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_weight: Option<Weight>,
    /// The height of an earlier order: that of an adult does not move.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_height: Option<Height>,
}

/// `[supply]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupplyPolicy {
    /// Calendar days of a dispensing period.
    pub dispense_every_days: u16,
}
