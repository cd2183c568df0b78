//! All selected rules against all facts.

use super::applied::Applied;
use super::applied_dpyd;
use super::clinical::ClinicalFacts;
use super::error::CapecitabineError;
use super::regimen::Regimen;
use super::rule_selection::RuleSelection;

/// Applies the selected rules to the facts, topic by topic.
pub(super) fn apply(
    dose: Regimen,
    rules: &RuleSelection,
    facts: &ClinicalFacts,
) -> Result<Applied, CapecitabineError> {
    let mut applied = Applied::default();
    applied.renal(rules, facts, dose);
    applied_dpyd::apply(&mut applied, rules, facts);
    applied.toxicity(rules, facts);
    applied.interactions(rules, facts)?;
    Ok(applied)
}
