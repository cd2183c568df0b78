//! A regimen after the rules.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::quantity::IntensityPerAdministration;
use crate::report::{Derivation, Finding, Outcome};

use super::applied::Applied;
use super::applied_all;
use super::applied_rule::{AppliedRule, RuleReference};
use super::clinical::ClinicalFacts;
use super::decision::DoseDecision;
use super::decision_findings;
use super::error::CapecitabineError;
use super::finding::CapecitabineFinding;
use super::finding_kinds::DecisionObstacle;
use super::regimen::Regimen;
use super::rule_selection::RuleSelection;
use super::rule_topic::RuleTopic;
use super::rules::dose_rule::DoseFraction;

/// A regimen after the rules: the original, what each rule says, and the adjusted regimen, or none
/// where a hard stop or an open question stands against a dose.
///
/// Shares are of the *original* dose and never multiplied: two reductions at once are a
/// clinician's question.
///
/// ```
/// use chemorad::capecitabine::*;
/// use chemorad::patient::CreatinineClearance;
///
/// let rules = RuleSelection::NONE.with(&FDA_LABEL_BEFORE_2022)?;
/// let facts = ClinicalFacts {
///     clearance: Some(CreatinineClearance::stated("40 mL/min".parse()?, "example")),
///     ..ClinicalFacts::default()
/// };
/// let label = Regimen::new("1250 mg/m2".parse()?, 2)?;
/// let adjustment = Adjustment::apply(label, &rules, &facts, None)?;
/// assert_eq!(adjustment.adjusted().unwrap().intensity().to_string(), "937.5 mg/m2");
///
/// // the text speaks of 1250 mg/m2 and says nothing of 825 mg/m2
/// let trial = Regimen::new("825 mg/m2".parse()?, 2)?;
/// assert_eq!(Adjustment::apply(trial, &rules, &facts, None)?.adjusted(), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Adjustment {
    original: Regimen,
    adjusted: Option<Regimen>,
    /// What is left of the original dose, where that is told.
    share: Option<DoseFraction>,
    applied: Vec<Arc<AppliedRule>>,
    decision: Option<DoseDecision>,
    not_checked: Vec<RuleTopic>,
    findings: Vec<Finding>,
}

/// What the rules together leave of the original dose.
enum Verdict {
    Share(DoseFraction),
    Stop,
    /// A fact is missing, or nothing is there to read it by.
    NotAssessable,
    Clinician,
}

impl Adjustment {
    /// Applies the selected rules to the facts.
    ///
    /// A decision settles what the rules leave open, or goes below what they settle. It never lifts
    /// a hard stop, and never stands in for a missing fact. One above what a rule leaves, or outside
    /// the range that a text gives, is a failed check.
    ///
    /// # Errors
    /// A decision on as much as the rules settle, or more; a share that is not a whole number of
    /// nanograms per square metre; another drug whose name is none, or is close to one that is never given with
    /// capecitabine.
    pub fn apply(
        original: Regimen,
        rules: &RuleSelection,
        facts: &ClinicalFacts,
        decision: Option<DoseDecision>,
    ) -> Result<Self, CapecitabineError> {
        let Applied {
            rules: applied,
            mut findings,
            not_checked,
            dose_open,
            not_assessable,
        } = applied_all::apply(original, rules, facts)?;
        let mut reductions = applied.iter().filter(|rule| rule.reduces());
        let only = reductions.next();
        let stop = applied.iter().any(|rule| rule.outcome == Outcome::Fail);
        let several = reductions.next().is_some() && !dose_open && !stop;
        if several {
            let rules = applied.iter().filter(|rule| rule.reduces());
            let rules = rules.cloned().collect();
            findings.push(CapecitabineFinding::TwoReductions { rules }.into());
        }
        let verdict = if stop {
            Verdict::Stop
        } else if not_assessable {
            Verdict::NotAssessable
        } else if dose_open || several {
            Verdict::Clinician
        } else {
            let share = only.and_then(|rule| rule.fraction);
            Verdict::Share(share.unwrap_or(DoseFraction::WHOLE))
        };
        let mut without_effect = |decision: &DoseDecision, obstacle| {
            let decision = decision.clone();
            findings.push(CapecitabineFinding::DecisionWithoutEffect { decision, obstacle }.into());
            None
        };
        let share = match (verdict, &decision) {
            (Verdict::Share(share), None) => Some(share),
            (Verdict::Share(share), Some(decision)) => {
                if decision.fraction >= share {
                    return Err(CapecitabineError::DecisionNotNeeded { share });
                }
                findings.extend(decision_findings::of(decision, &applied));
                Some(decision.fraction)
            }
            (Verdict::Clinician, Some(decision)) => {
                decision_findings::accept(&mut findings);
                findings.extend(decision_findings::of(decision, &applied));
                Some(decision.fraction)
            }
            (Verdict::Stop, Some(decision)) => without_effect(decision, DecisionObstacle::HardStop),
            (Verdict::NotAssessable, Some(decision)) => {
                without_effect(decision, DecisionObstacle::NotAssessable)
            }
            (Verdict::Stop | Verdict::NotAssessable | Verdict::Clinician, None) => None,
        };
        let adjusted =
            match share {
                None => None,
                Some(share) => Some(share.times(original).ok_or(
                    CapecitabineError::UnevenShare {
                        intensity: original.intensity(),
                        share,
                    },
                )?),
            };
        Ok(Self {
            original,
            adjusted,
            share,
            applied,
            decision,
            not_checked,
            findings,
        })
    }

    /// The regimen before the rules.
    #[must_use]
    pub const fn original(&self) -> Regimen {
        self.original
    }

    /// The regimen after the rules; none where they stop or cannot tell.
    #[must_use]
    pub const fn adjusted(&self) -> Option<Regimen> {
        self.adjusted
    }

    /// Every rule that was applied.
    #[must_use]
    pub fn applied(&self) -> &[Arc<AppliedRule>] {
        &self.applied
    }

    /// Every applied rule with the intensity after it; no intensity where the rules stop, cannot
    /// tell, or are left to a decision.
    pub fn steps(
        &self,
    ) -> impl Iterator<Item = (&AppliedRule, Option<IntensityPerAdministration>)> {
        let adjusted = self.adjusted.filter(|_| self.decision.is_none());
        let mut running = adjusted.map(|_| self.original.intensity());
        self.applied.iter().map(move |rule| {
            if let Some(adjusted) = adjusted.filter(|_| rule.reduces()) {
                running = Some(adjusted.intensity());
            }
            (&**rule, running)
        })
    }

    /// The applied rule that a finding refers to, with the intensity after it.
    #[must_use]
    pub fn step(
        &self,
        reference: RuleReference<'_>,
    ) -> Option<(&AppliedRule, Option<IntensityPerAdministration>)> {
        self.steps().find(|(rule, _)| rule.reference() == reference)
    }

    /// The clinician's decision, if there is one.
    #[must_use]
    pub const fn decision(&self) -> Option<&DoseDecision> {
        self.decision.as_ref()
    }

    /// The topics without a rule set: nothing was checked on them.
    #[must_use]
    pub fn not_checked(&self) -> &[RuleTopic] {
        &self.not_checked
    }

    /// What is left of the original dose; none where the rules stop or cannot tell.
    #[must_use]
    pub const fn share(&self) -> Option<DoseFraction> {
        self.share
    }

    /// Whether a clinician's decision leaves less than the original dose.
    #[must_use]
    pub fn is_reduced_by_decision(&self) -> bool {
        let left = self.share.filter(|_| self.decision.is_some());
        left.is_some_and(|share| share < DoseFraction::WHOLE)
    }

    /// Whether the dose is reduced and a renal or DPYD rule reduced it or left it to the decision;
    /// those are the reductions after which published practice does not round up (HOPA).
    #[must_use]
    pub fn is_reduced_for_deficiency(&self) -> bool {
        let decided = self.is_reduced_by_decision();
        self.applied.iter().any(|rule| {
            matches!(rule.topic, RuleTopic::Renal | RuleTopic::Dpyd)
                && (rule.reduces() || (decided && rule.is_open()))
        })
    }

    /// The rule by which the drug is interrupted before this dose, where there is a dose.
    #[must_use]
    pub fn interruption(&self) -> Option<&AppliedRule> {
        self.adjusted?;
        self.applied
            .iter()
            .find(|rule| rule.interrupts)
            .map(|rule| &**rule)
    }

    /// What there is to report: `capecitabine.renal`, `capecitabine.renal_cut`,
    /// `capecitabine.dpyd`, `capecitabine.toxicity`, `capecitabine.interaction`,
    /// `capecitabine.drug_not_named`, `capecitabine.two_reductions`, `capecitabine.decision`,
    /// `capecitabine.decision_beyond_rule`, `capecitabine.whole_dose_decided`,
    /// `capecitabine.small_share_decided`.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How the adjusted intensity was reached, where it changed or was decided.
    #[must_use]
    pub fn derivation(&self) -> Option<Derivation> {
        let (share, adjusted) = (self.share?, self.adjusted?);
        if adjusted == self.original && self.decision.is_none() {
            return None;
        }
        let source = match &self.decision {
            Some(decision) => format!("a clinician's decision: {}", decision.reason),
            None => self
                .applied
                .iter()
                .find(|rule| rule.reduces())
                .map_or_else(String::new, |rule| rule.citation.clone()),
        };
        Some(Derivation::new(
            "dose intensity per administration after adjustment",
            "original intensity x share left",
            format!("{} x {share}", self.original.intensity()),
            format!("{}", adjusted.intensity()),
            source,
        ))
    }
}
