use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::quantity::IntensityPerAdministration;
use crate::report::Derivation;
use crate::report::{Finding, Outcome};
use crate::text::Text;

use super::{
    CapecitabineError, ClinicalFacts, DoseDecision, DoseFraction, Regimen, RuleSelection, RuleTopic,
};
use super::{applied, decided};

/// One rule applied to one fact, with the words it rests on.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct AppliedRule {
    /// What it is about.
    pub topic: RuleTopic,
    /// The id of the rule set.
    pub rule_set: Text,
    /// Its title, version, date and source.
    pub citation: String,
    /// The fact, for example `creatinine clearance 29.93 mL/min`.
    pub fact: String,
    /// What the rule says.
    pub says: String,
    /// What the text says there, as noted in the rule set; empty where `says` is all of it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub words: String,
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
    /// Whether the drug is first interrupted until the toxicity is grade 0 or 1.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub interrupts: bool,
}

impl AppliedRule {
    pub(super) fn reduces(&self) -> bool {
        self.fraction
            .is_some_and(|share| share < DoseFraction::WHOLE)
    }

    /// The words and the id of the rule set, or the id alone.
    pub(super) fn origin(&self) -> String {
        if self.words.is_empty() {
            self.rule_set.to_string()
        } else {
            format!("{}; {}", self.words, self.rule_set)
        }
    }

    /// `creatinine clearance ...: 75 % of the original dose (section 2.4: ...; fda-label-...)`.
    pub(super) fn in_words(&self) -> String {
        format!("{}: {} ({})", self.fact, self.says, self.origin())
    }

    /// The most that the rule leaves, where it says so.
    pub(super) fn most(&self) -> Option<DoseFraction> {
        self.fraction.or(self.at_most)
    }
}

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
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Adjustment {
    original: Regimen,
    adjusted: Option<Regimen>,
    applied: Vec<AppliedRule>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<DoseDecision>,
    not_checked: Vec<RuleTopic>,
    findings: Vec<Finding>,
    derivation: Option<Derivation>,
}

/// What the rules together leave of the original dose.
enum Verdict {
    Share(DoseFraction),
    Stop,
    /// A fact is missing, or nothing is there to read it by.
    Unread,
    Clinician,
}

fn together(reductions: &[&AppliedRule]) -> Finding {
    let each: Vec<String> = reductions.iter().map(|rule| rule.in_words()).collect();
    Finding::written(
        "capecitabine.two_reductions",
        Outcome::CannotTell,
        "adjustments",
        format!(
            "needs a clinician: {}; no text says how the reductions combine, and they are not \
             multiplied",
            each.join("; and ")
        ),
    )
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
        let mut outcome = applied::Applied::default();
        outcome.renal(rules, facts, original);
        outcome.dpyd(rules, facts);
        outcome.toxicity(rules, facts);
        outcome.interactions(rules, facts)?;
        let applied::Applied {
            rules: applied,
            mut findings,
            not_checked,
            dose_open,
            unread,
        } = outcome;

        let reductions: Vec<&AppliedRule> = applied.iter().filter(|rule| rule.reduces()).collect();
        let stop = applied.iter().any(|rule| rule.outcome == Outcome::Fail);
        let several = reductions.len() > 1 && !dose_open && !stop;
        if several {
            findings.push(together(&reductions));
        }
        let verdict = if stop {
            Verdict::Stop
        } else if unread {
            Verdict::Unread
        } else if dose_open || several {
            Verdict::Clinician
        } else {
            let only = reductions.first().and_then(|rule| rule.fraction);
            Verdict::Share(only.unwrap_or(DoseFraction::WHOLE))
        };
        let share = match (verdict, &decision) {
            (Verdict::Share(share), None) => Some(share),
            (Verdict::Share(share), Some(decision)) => {
                if decision.fraction >= share {
                    return Err(CapecitabineError::DecisionNotNeeded { share });
                }
                findings.extend(decided::settled(decision, &applied));
                Some(decision.fraction)
            }
            (Verdict::Clinician, Some(decision)) => {
                decided::accept(&mut findings, &applied);
                findings.extend(decided::settled(decision, &applied));
                Some(decision.fraction)
            }
            (Verdict::Stop, Some(decision)) => {
                findings.push(decided::in_vain(
                    decision,
                    Outcome::Fail,
                    "lifts a hard stop",
                ));
                None
            }
            (Verdict::Unread, Some(decision)) => {
                let because = "stands in for a fact or for a rule set to read it by";
                findings.push(decided::in_vain(decision, Outcome::CannotTell, because));
                None
            }
            (Verdict::Stop | Verdict::Unread | Verdict::Clinician, None) => None,
        };
        let adjusted = match share {
            None => None,
            Some(share) => Some(share.of(original).ok_or(CapecitabineError::UnevenShare {
                intensity: original.intensity(),
                share,
            })?),
        };
        let source = match &decision {
            Some(decision) => format!("a clinician's decision: {}", decision.reason),
            None => reductions
                .first()
                .map_or_else(String::new, |rule| rule.citation.clone()),
        };
        let derivation = match (share, adjusted) {
            (Some(share), Some(adjusted)) if adjusted != original || decision.is_some() => {
                Some(Derivation::new(
                    "dose intensity per administration after adjustment",
                    "original intensity x share left",
                    format!("{} x {share}", original.intensity()),
                    adjusted.intensity().to_string(),
                    source,
                ))
            }
            _ => None,
        };
        Ok(Self {
            original,
            adjusted,
            applied,
            decision,
            not_checked,
            findings,
            derivation,
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
    pub fn applied(&self) -> &[AppliedRule] {
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
            (rule, running)
        })
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

    /// Whether the dose is reduced and a renal or DPYD rule reduced it or left it to the decision;
    /// those are the reductions after which published practice does not round up (HOPA).
    #[must_use]
    pub fn is_reduced_for_deficiency(&self) -> bool {
        let decided = self
            .decision
            .as_ref()
            .is_some_and(|decision| decision.fraction < DoseFraction::WHOLE);
        self.applied.iter().any(|rule| {
            matches!(rule.topic, RuleTopic::Renal | RuleTopic::Dpyd)
                && (rule.reduces() || (decided && rule.outcome == Outcome::CannotTell))
        })
    }

    /// The rule by which the drug is interrupted before this dose, where there is a dose.
    #[must_use]
    pub fn interruption(&self) -> Option<&AppliedRule> {
        self.adjusted?;
        self.applied.iter().find(|rule| rule.interrupts)
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

    /// How the adjusted intensity was reached, where it changed.
    #[must_use]
    pub const fn derivation(&self) -> Option<&Derivation> {
        self.derivation.as_ref()
    }
}
