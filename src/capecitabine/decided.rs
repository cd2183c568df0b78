//! What is to be said of a clinician's decision beside the rules.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::report::{Finding, Outcome};

use super::rules::HALF;
use super::{AppliedRule, DoseDecision, DoseFraction};

/// A decision turns what the rules left open into warnings.
pub(super) fn accept(findings: &mut [Finding], applied: &[AppliedRule]) {
    for finding in findings.iter_mut() {
        let of_rule = applied
            .iter()
            .any(|rule| rule.outcome == Outcome::CannotTell && rule.fact == finding.at());
        let decided = of_rule || finding.is("capecitabine.two_reductions");
        if decided && finding.outcome == Outcome::CannotTell {
            finding.outcome = Outcome::Warn;
            finding.remark("decided by a clinician");
        }
    }
}

/// The decision that settles the dose, and how it stands to the rules.
pub(super) fn settled(decision: &DoseDecision, applied: &[AppliedRule]) -> Vec<Finding> {
    let mut findings = vec![
        Finding::written(
            "capecitabine.decision",
            Outcome::Warn,
            "adjustments",
            format!(
                "a clinician decided on {} of the original dose: {}",
                decision.fraction, decision.reason
            ),
        )
        .with_found(decision.fraction.to_string()),
    ];
    findings.extend(beyond(decision, applied));
    findings.extend(whole(decision, applied));
    findings.extend(little(decision));
    findings
}

/// A decision that changes nothing.
pub(super) fn in_vain(decision: &DoseDecision, outcome: Outcome, because: &str) -> Finding {
    Finding::written(
        "capecitabine.decision",
        outcome,
        "adjustments",
        format!(
            "a decision on {} of the original dose is given ({}), and no decision {because}",
            decision.fraction, decision.reason
        ),
    )
    .with_found(decision.fraction.to_string())
}

/// A decision above what a rule leaves, or below the range that the only open text gives.
fn beyond(decision: &DoseDecision, applied: &[AppliedRule]) -> Vec<Finding> {
    let chosen = decision.fraction;
    let finding = |rule: &AppliedRule, side: &str, limit: DoseFraction| {
        Finding::written(
            "capecitabine.decision_beyond_rule",
            Outcome::Fail,
            "adjustments",
            format!(
                "the decision is {side} what a rule leaves: {}{}",
                rule.in_words(),
                if side == "above" && rule.fraction.is_none() {
                    "; the same text leaves less here or where the deficiency is smaller or the \
                     toxicity milder"
                } else {
                    ""
                }
            ),
        )
        .with_expected(format!(
            "at {} {limit}",
            if side == "above" { "most" } else { "least" }
        ))
        .with_found(chosen.to_string())
    };
    let mut findings = Vec::new();
    for rule in applied {
        if let Some(most) = rule.most().filter(|most| chosen > *most) {
            findings.push(finding(rule, "above", most));
        }
        // another rule may ask for less
        let alone = applied.iter().all(|other| {
            core::ptr::eq(rule, other) || !(other.reduces() || other.outcome == Outcome::CannotTell)
        });
        if let Some(least) = rule.at_least.filter(|least| alone && chosen < *least) {
            findings.push(finding(rule, "below", least));
        }
    }
    findings
}

/// The whole dose where a rule asks for a clinician: allowed, and not to be passed over.
fn whole(decision: &DoseDecision, applied: &[AppliedRule]) -> Option<Finding> {
    if decision.fraction < DoseFraction::WHOLE {
        return None;
    }
    let open: Vec<String> = applied
        .iter()
        .filter(|rule| rule.outcome == Outcome::CannotTell)
        .map(AppliedRule::in_words)
        .collect();
    Some(Finding::written(
        "capecitabine.whole_dose_decided",
        Outcome::Warn,
        "adjustments",
        format!(
            "the decision leaves the whole dose where rules ask for a clinician: {}",
            open.join("; and ")
        ),
    ))
}

/// Less than half: no rule that was read leaves so little, and 7.5 may be 75.
fn little(decision: &DoseDecision) -> Option<Finding> {
    (decision.fraction < HALF).then(|| {
        Finding::written(
            "capecitabine.small_share_decided",
            Outcome::Warn,
            "adjustments",
            "the decision leaves less than half of the original dose: is a digit missing?",
        )
        .with_found(decision.fraction.to_string())
    })
}
