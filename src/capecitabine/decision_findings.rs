//! Findings on a clinician's decision, compared with the rules.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::report::{Finding, Outcome};

use super::applied_rule::AppliedRule;
use super::decision::DoseDecision;
use super::finding::{CapecitabineFinding, Remark};
use super::finding_kinds::ShareLimit;
use super::rules::dose_rule::DoseFraction;

/// A decision turns what the rules left open into warnings.
pub(super) fn accept(findings: &mut [Finding]) {
    for finding in findings {
        let answered = CapecitabineFinding::of(finding)
            .is_some_and(CapecitabineFinding::is_answered_by_decision);
        if answered && finding.outcome == Outcome::CannotTell {
            finding.outcome = Outcome::Warn;
            finding.remark(Remark::DecidedByClinician);
        }
    }
}

/// The decision that settles the dose, and how it stands to the rules.
pub(super) fn of(decision: &DoseDecision, applied: &[Arc<AppliedRule>]) -> Vec<Finding> {
    let mut findings = vec![CapecitabineFinding::Decision(decision.clone())];
    findings.extend(beyond_rules(decision.fraction, applied));
    findings.extend(full_dose_decided(decision.fraction, applied));
    findings.extend(share_below_half(decision.fraction, applied));
    findings.into_iter().map(Finding::from).collect()
}

/// A decision above what a rule leaves, or below the range that the only open text gives.
fn beyond_rules(
    decided: DoseFraction,
    applied: &[Arc<AppliedRule>],
) -> impl Iterator<Item = CapecitabineFinding> {
    applied.iter().flat_map(move |rule| {
        let above = rule.most().filter(|most| decided > *most);
        // another rule may ask for less
        let alone = applied
            .iter()
            .all(|other| Arc::ptr_eq(rule, other) || !(other.reduces() || other.is_open()));
        let below = rule.at_least.filter(|least| alone && decided < *least);
        let limits = [
            above.map(ShareLimit::AtMost),
            below.map(ShareLimit::AtLeast),
            rule.below
                .filter(|limit| decided >= *limit)
                .map(ShareLimit::Below),
            rule.phenotype_first.then_some(ShareLimit::NoDoseYet),
        ];
        limits
            .into_iter()
            .flatten()
            .map(move |limit| CapecitabineFinding::DecisionBeyondRule {
                rule: rule.clone(),
                decided,
                limit,
            })
    })
}

/// The full dose where a rule asks for a clinician: allowed, and not to be overlooked.
fn full_dose_decided(
    decided: DoseFraction,
    applied: &[Arc<AppliedRule>],
) -> Option<CapecitabineFinding> {
    let open = applied.iter().filter(|rule| rule.is_open());
    let rules: Vec<Arc<AppliedRule>> = open.cloned().collect();
    (decided >= DoseFraction::WHOLE && !rules.is_empty())
        .then_some(CapecitabineFinding::FullDoseDecided { rules })
}

/// Less than half where no rule asks for so little, and 7.5 may be 75.
fn share_below_half(
    decided: DoseFraction,
    applied: &[Arc<AppliedRule>],
) -> Option<CapecitabineFinding> {
    let asked = applied.iter().any(|rule| rule.below.is_some());
    (decided < DoseFraction::HALF && !asked).then_some(CapecitabineFinding::ShareBelowHalf(decided))
}
