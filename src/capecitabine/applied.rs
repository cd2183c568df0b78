//! Each rule against each fact.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::finding::{Finding, Outcome};
use crate::patient::DpydStatus;

use super::{
    AppliedRule, CapecitabineError, ClinicalFacts, DoseFraction, DoseRule, InteractionRules,
    InteractionSeverity, Regimen, RuleSelection, RuleSet, RuleTopic, ToxicityAction,
};

#[derive(Default)]
pub(super) struct Applied {
    pub(super) rules: Vec<AppliedRule>,
    pub(super) findings: Vec<Finding>,
    pub(super) not_checked: Vec<RuleTopic>,
    /// Whether something the dose depends on could not be told.
    pub(super) dose_open: bool,
    /// Whether a fact was given that nothing can be read by and no decision on the dose answers.
    pub(super) unread: bool,
}

/// The outcome and share of a dose rule, for a dose it covers.
const fn effect(rule: DoseRule) -> (Outcome, Option<DoseFraction>) {
    match rule {
        DoseRule::FullDose => (Outcome::Pass, Some(DoseFraction::WHOLE)),
        DoseRule::Fraction(share) => (Outcome::Warn, Some(share)),
        DoseRule::DoNotGive => (Outcome::Fail, None),
        DoseRule::FractionBetween { .. }
        | DoseRule::Avoid
        | DoseRule::Individualize
        | DoseRule::NotCovered => (Outcome::CannotTell, None),
    }
}

/// A share that forbids something; the whole dose forbids nothing.
fn limiting(share: DoseFraction) -> Option<DoseFraction> {
    (share < DoseFraction::WHOLE).then_some(share)
}

impl Applied {
    fn push(&mut self, code: &'static str, rule: AppliedRule, note: &str) {
        let lead = match rule.outcome {
            Outcome::Fail => "hard stop: ",
            Outcome::CannotTell => "needs a clinician: ",
            _ => "",
        };
        self.findings.push(Finding::new(
            code,
            rule.outcome,
            rule.fact.clone(),
            format!("{lead}{}{note} ({})", rule.says, rule.origin()),
        ));
        self.dose_open |= rule.outcome == Outcome::CannotTell;
        self.rules.push(rule);
    }

    fn cannot_tell(&mut self, code: &'static str, at: &str, message: String, dose: bool) {
        self.findings
            .push(Finding::new(code, Outcome::CannotTell, at, message));
        self.dose_open |= dose;
    }

    pub(super) fn renal(&mut self, rules: &RuleSelection, facts: &ClinicalFacts, dose: Regimen) {
        const CODE: &str = "capecitabine.renal";
        let topic = RuleTopic::Renal;
        let set = rules.get(topic);
        let (Some(set), Some(renal)) = (set, set.and_then(|set| set.renal.as_ref())) else {
            return self.without_rules(topic, CODE, facts.clearance.is_some());
        };
        let Some(clearance) = &facts.clearance else {
            return self.cannot_tell(
                CODE,
                "creatinine clearance",
                format!(
                    "the rule set {} has renal rules, and no creatinine clearance is given: give \
                     it, absent is not normal",
                    set.id
                ),
                true,
            );
        };
        self.findings.extend(clearance.warnings());
        let fact = format!(
            "creatinine clearance {} ({})",
            clearance.shown(),
            clearance.method()
        );
        let distances = renal.distances(clearance);
        let Some(band) = renal.band(clearance) else {
            return self.cannot_tell(CODE, &fact, format!("{} has no band for it", set.id), true);
        };
        let (mut outcome, mut fraction) = effect(band.rule);
        let mut note = format!(" (band: {band})");
        if let DoseRule::Fraction(_) = band.rule {
            let intensity = dose.intensity();
            match band.covers.covers(intensity) {
                Some(true) => {}
                covered => {
                    (outcome, fraction) = (Outcome::CannotTell, None);
                    let limit = if covered.is_some() {
                        format!(", said of {}; it does not cover {intensity}", band.covers)
                    } else {
                        format!(", and whether it covers {intensity} is not stated")
                    };
                    note.push_str(&limit);
                }
            }
        }
        let to_cuts: Vec<String> = distances.iter().map(ToString::to_string).collect();
        if !to_cuts.is_empty() {
            note.push_str("; ");
            note.push_str(&to_cuts.join(", "));
        }
        let mut rule = applied(
            topic,
            set,
            fact,
            band.rule.to_string(),
            &band.words,
            outcome,
            fraction,
        );
        if outcome == Outcome::CannotTell {
            let covered = band.covers.covers(dose.intensity()) == Some(true);
            rule.at_least = band
                .rule
                .shares()
                .filter(|_| covered)
                .map(|(least, _)| least);
            rule.at_most = limiting(renal.at_most(clearance, dose.intensity()));
        }
        self.push(CODE, rule, &note);
        self.findings.extend(renal.near_cut(clearance));
    }

    pub(super) fn dpyd(&mut self, rules: &RuleSelection, facts: &ClinicalFacts) {
        const CODE: &str = "capecitabine.dpyd";
        let topic = RuleTopic::Dpyd;
        let set = rules.get(topic);
        let (Some(set), Some(dpyd)) = (set, set.and_then(|set| set.dpyd.as_ref())) else {
            return self.without_rules(topic, CODE, facts.dpyd.is_some());
        };
        let Some(status) = facts.dpyd else {
            return self.cannot_tell(
                CODE,
                "DPYD",
                format!(
                    "the rule set {} has DPYD rules, and no status is given: give the activity \
                     score, indeterminate, or not tested",
                    set.id
                ),
                true,
            );
        };
        let fact = format!("DPYD {status}");
        let rule = match status {
            DpydStatus::NotTested => applied(
                topic,
                set,
                fact,
                "not tested is not normal; no adjustment is possible".into(),
                &dpyd.not_tested,
                Outcome::Warn,
                Some(DoseFraction::WHOLE),
            ),
            DpydStatus::Indeterminate => applied(
                topic,
                set,
                fact,
                "the test result has no score".into(),
                "the rules go by activity score",
                Outcome::CannotTell,
                None,
            ),
            DpydStatus::Score(score) => {
                let Some(row) = dpyd.row(score) else {
                    return self.cannot_tell(
                        CODE,
                        &fact,
                        format!("{} has no row for it", set.id),
                        true,
                    );
                };
                let (outcome, fraction) = effect(row.rule);
                let open = outcome == Outcome::CannotTell;
                let strength = row.strength.as_ref().map_or_else(String::new, |strength| {
                    format!(", {strength} recommendation")
                });
                AppliedRule {
                    at_least: row.rule.shares().filter(|_| open).map(|(least, _)| least),
                    at_most: limiting(dpyd.at_most(score)).filter(|_| open),
                    ..applied(
                        topic,
                        set,
                        fact,
                        format!("{}{strength}", row.rule),
                        &row.words,
                        outcome,
                        fraction,
                    )
                }
            }
        };
        self.push(CODE, rule, "");
    }

    pub(super) fn toxicity(&mut self, rules: &RuleSelection, facts: &ClinicalFacts) {
        const CODE: &str = "capecitabine.toxicity";
        let topic = RuleTopic::Toxicity;
        let set = rules.get(topic);
        let (Some(set), Some(ladder)) = (set, set.and_then(|set| set.toxicity.as_ref())) else {
            return self.without_rules(topic, CODE, facts.toxicity.is_some());
        };
        // there is no way to say that there is none, so it is listed and not called open
        let Some(toxicity) = facts.toxicity else {
            self.not_checked.push(topic);
            return;
        };
        let fact = format!("toxicity {toxicity} ({})", ladder.criteria);
        let own = ladder.step(toxicity);
        let step = own.or_else(|| ladder.strictest_reached(toxicity));
        let action = step.map(|step| step.action);
        let (outcome, fraction) = match (own, action) {
            (_, Some(ToxicityAction::Discontinue)) => (Outcome::Fail, None),
            (Some(_), Some(ToxicityAction::Continue)) => (Outcome::Pass, Some(DoseFraction::WHOLE)),
            (Some(_), Some(ToxicityAction::InterruptThen(share))) => (Outcome::Warn, Some(share)),
            _ => (Outcome::CannotTell, None),
        };
        let says = match (own, step) {
            (Some(step), _) => step.action.to_string(),
            (None, Some(step)) => format!(
                "the ladder has no step for it, and says at {}: {}",
                step.place(),
                step.action
            ),
            (None, None) => "the ladder has no step for it".to_string(),
        };
        let rule = AppliedRule {
            at_most: action
                .and_then(ToxicityAction::share)
                .and_then(limiting)
                .filter(|_| outcome == Outcome::CannotTell),
            interrupts: own.is_some()
                && matches!(
                    action,
                    Some(ToxicityAction::InterruptThen(_) | ToxicityAction::DiscontinueOrThen(_))
                ),
            ..applied(topic, set, fact, says, "", outcome, fraction)
        };
        self.push(CODE, rule, "");
    }

    pub(super) fn interactions(
        &mut self,
        rules: &RuleSelection,
        facts: &ClinicalFacts,
    ) -> Result<(), CapecitabineError> {
        const CODE: &str = "capecitabine.interaction";
        let topic = RuleTopic::Interactions;
        facts.check()?;
        let set = rules.get(topic);
        let (Some(set), Some(known)) = (set, set.and_then(|set| set.interactions.as_ref())) else {
            let given = facts
                .other_drugs
                .as_ref()
                .is_some_and(|drugs| !drugs.is_empty());
            self.without_rules(topic, CODE, given);
            return Ok(());
        };
        let Some(drugs) = &facts.other_drugs else {
            self.cannot_tell(
                CODE,
                "other drugs",
                format!(
                    "the rule set {} names interactions, and the other drugs are not stated: name \
                     them, or say that there are none",
                    set.id
                ),
                false,
            );
            return Ok(());
        };
        for drug in drugs {
            if known.about(drug).next().is_none() {
                self.not_named(drug, set, known)?;
            }
            for entry in known.about(drug) {
                let outcome = match entry.severity {
                    InteractionSeverity::DoNotGive => Outcome::Fail,
                    InteractionSeverity::Warning => Outcome::Warn,
                };
                let words = if entry.drug.eq_ignore_ascii_case(drug) {
                    String::new()
                } else {
                    format!("listed as {}", entry.drug)
                };
                let rule = applied(
                    topic,
                    set,
                    drug.to_string(),
                    entry.advice.to_string(),
                    &words,
                    outcome,
                    None,
                );
                self.push(CODE, rule, "");
            }
        }
        Ok(())
    }

    /// A drug that the set does not name: open, and an error where it is a slip away from one that
    /// is never given with capecitabine.
    fn not_named(
        &mut self,
        drug: &str,
        set: &RuleSet,
        known: &InteractionRules,
    ) -> Result<(), CapecitabineError> {
        let near = known.near(drug);
        if let Some((name, entry)) = near {
            if entry.severity == InteractionSeverity::DoNotGive {
                return Err(CapecitabineError::OtherDrugUnclear {
                    given: drug.chars().take(60).collect(),
                    known: name.to_string(),
                    rule_set: set.id.clone(),
                });
            }
        }
        let meant = near.map_or_else(String::new, |(name, _)| format!(" (is it {name}?)"));
        self.cannot_tell(
            "capecitabine.drug_not_named",
            drug,
            format!(
                "{} does not name it{meant}, which does not clear it: check another source",
                set.id
            ),
            false,
        );
        Ok(())
    }

    /// A fact without rules to read it by is an open question; without either, the topic is
    /// listed as not checked.
    fn without_rules(&mut self, topic: RuleTopic, code: &'static str, fact_given: bool) {
        if fact_given {
            let dose = topic != RuleTopic::Interactions;
            self.unread |= !dose;
            self.cannot_tell(
                code,
                topic.in_words(),
                format!("a fact is given, and no rule set with {topic} rules: name one"),
                dose,
            );
        } else {
            self.not_checked.push(topic);
        }
    }
}

fn applied(
    topic: RuleTopic,
    set: &RuleSet,
    fact: String,
    says: String,
    words: &str,
    outcome: Outcome,
    fraction: Option<DoseFraction>,
) -> AppliedRule {
    AppliedRule {
        topic,
        rule_set: set.id.clone(),
        citation: set.citation(),
        fact,
        says,
        words: words.to_string(),
        outcome,
        fraction,
        at_least: None,
        at_most: None,
        interrupts: false,
    }
}
