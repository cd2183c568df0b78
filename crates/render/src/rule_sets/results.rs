//! Rule sets as tools read them.

use chemorad::capecitabine::{RuleSet, RuleSetHeading};
use chemorad::report::{Finding, Outcome};
use serde::Serialize;

/// A rule set of the list.
#[derive(Debug, Clone, Serialize)]
pub struct Listed<'a> {
    #[serde(flatten)]
    source: RuleSetHeading<'a>,
    topics: Vec<&'static str>,
}

/// The rule sets that are shipped.
#[derive(Debug, Clone, Serialize)]
pub struct List<'a> {
    rule_sets: Vec<Listed<'a>>,
}

impl List<'_> {
    /// Every rule set that is shipped, with what it has rules on.
    #[must_use]
    pub fn shipped() -> Self {
        let listed = |&set: &&'static RuleSet| Listed {
            source: set.heading(),
            topics: topics(set),
        };
        Self {
            rule_sets: RuleSet::PUBLISHED.iter().map(listed).collect(),
        }
    }
}

/// One rule set.
#[derive(Debug, Clone, Serialize)]
pub struct Shown<'a> {
    /// The rule set, in the shape of a file of one.
    pub rule_set: &'a RuleSet,
    /// What it leaves open.
    pub open: Vec<Finding>,
}

/// A file of a rule set that was checked.
#[derive(Debug, Clone, Serialize)]
pub struct Checked<'a> {
    /// The rule set, where the file holds one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_set: Option<&'a RuleSet>,
    /// What is wrong, or what the rule set leaves open.
    pub findings: Vec<Finding>,
    /// The worst of the findings.
    pub outcome: Outcome,
}

/// What a rule set has rules on.
pub(super) fn topics(set: &RuleSet) -> Vec<&'static str> {
    [
        (set.renal.is_some(), "renal"),
        (set.dpyd.is_some(), "dpyd"),
        (set.toxicity.is_some(), "toxicity"),
        (set.interactions.is_some(), "interactions"),
        (set.dose_table.is_some(), "dose table"),
        (set.rounding.is_some(), "rounding"),
    ]
    .into_iter()
    .filter_map(|(has, name)| has.then_some(name))
    .collect()
}
