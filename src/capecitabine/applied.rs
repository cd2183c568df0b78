//! Each rule against each fact.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::finding::{Finding, Outcome};
use crate::patient::DpydStatus;

use super::{
    AppliedRule, ClinicalFacts, DoseFraction, DoseRule, InteractionSeverity, Regimen,
    RuleSelection, RuleSet, RuleTopic, ToxicityAction,
};

#[derive(Default)]
pub(super) struct Applied {
    pub(super) rules: Vec<AppliedRule>,
    pub(super) findings: Vec<Finding>,
    pub(super) not_checked: Vec<RuleTopic>,
    /// Whether something the dose depends on could not be told.
    pub(super) dose_open: bool,
}

/// The outcome and share of a dose rule, for a dose it covers.
const fn effect(rule: DoseRule) -> (Outcome, Option<DoseFraction>) {
    match rule {
        DoseRule::FullDose => (Outcome::Pass, Some(DoseFraction::WHOLE)),
        DoseRule::Fraction(share) => (Outcome::Warn, Some(share)),
        DoseRule::DoNotGive => (Outcome::Fail, None),
        DoseRule::FractionBetween { .. } | DoseRule::Individualize | DoseRule::NotCovered => {
            (Outcome::CannotTell, None)
        }
    }
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
            format!(
                "{lead}{}{note} (\"{}\", {})",
                rule.says, rule.quote, rule.rule_set
            ),
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
        self.push(
            CODE,
            applied(
                topic,
                set,
                fact,
                band.rule.to_string(),
                &band.quote,
                outcome,
                fraction,
            ),
            &note,
        );
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
                let strength = row.strength.as_ref().map_or_else(String::new, |strength| {
                    format!(", {strength} recommendation")
                });
                applied(
                    topic,
                    set,
                    fact,
                    format!("{}{strength}", row.rule),
                    &row.quote,
                    outcome,
                    fraction,
                )
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
        let Some(step) = ladder.step(toxicity) else {
            return self.cannot_tell(
                CODE,
                &fact,
                format!(
                    "needs a clinician: the ladder of {} has no step for it",
                    set.id
                ),
                true,
            );
        };
        let (outcome, fraction) = match step.action {
            ToxicityAction::Continue => (Outcome::Pass, Some(DoseFraction::WHOLE)),
            ToxicityAction::InterruptThen(share) => (Outcome::Warn, Some(share)),
            ToxicityAction::Discontinue => (Outcome::Fail, None),
            ToxicityAction::DiscontinueOrThen(_) => (Outcome::CannotTell, None),
        };
        let rule = applied(
            topic,
            set,
            fact,
            step.action.to_string(),
            &set.title,
            outcome,
            fraction,
        );
        self.push(CODE, rule, "");
    }

    pub(super) fn interactions(&mut self, rules: &RuleSelection, facts: &ClinicalFacts) {
        const CODE: &str = "capecitabine.interaction";
        let topic = RuleTopic::Interactions;
        let set = rules.get(topic);
        let (Some(set), Some(known)) = (set, set.and_then(|set| set.interactions.as_ref())) else {
            let given = facts
                .other_drugs
                .as_ref()
                .is_some_and(|drugs| !drugs.is_empty());
            return self.without_rules(topic, CODE, given);
        };
        let Some(drugs) = &facts.other_drugs else {
            return self.cannot_tell(
                CODE,
                "other drugs",
                format!(
                    "the rule set {} names interactions, and the other drugs are not stated: name \
                     them, or say that there are none",
                    set.id
                ),
                false,
            );
        };
        for drug in drugs {
            let Some(entry) = known.about(drug) else {
                self.cannot_tell(
                    CODE,
                    drug,
                    format!(
                        "{} does not name it, which does not clear it: check another source",
                        set.id
                    ),
                    false,
                );
                continue;
            };
            let outcome = match entry.severity {
                InteractionSeverity::DoNotGive => Outcome::Fail,
                InteractionSeverity::Warning => Outcome::Warn,
            };
            let rule = applied(
                topic,
                set,
                drug.to_string(),
                entry.advice.to_string(),
                &entry.drug,
                outcome,
                None,
            );
            self.push(CODE, rule, "");
        }
    }

    /// A fact without rules to read it by is an open question; without either, the topic is
    /// listed as not checked.
    fn without_rules(&mut self, topic: RuleTopic, code: &'static str, fact_given: bool) {
        if fact_given {
            let dose = topic != RuleTopic::Interactions;
            self.cannot_tell(
                code,
                &topic.to_string(),
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
    quote: &str,
    outcome: Outcome,
    fraction: Option<DoseFraction>,
) -> AppliedRule {
    AppliedRule {
        topic,
        rule_set: set.id.clone(),
        citation: set.citation(),
        fact,
        says,
        quote: quote.to_string(),
        outcome,
        fraction,
    }
}
