//! Each rule against each fact.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::patient::{CreatinineClearance, DpydStatus};
use crate::report::{Finding, Outcome};
use crate::text::Text;

use super::rules::{refuse_slips, shipped_stop};
use super::{
    AppliedRule, CapecitabineError, ClinicalFacts, DoseFraction, DoseRule, Interaction,
    InteractionRules, InteractionSeverity, Regimen, RuleSelection, RuleSet, RuleTopic,
    ToxicityAction,
};

#[derive(Default)]
pub(super) struct Applied {
    pub(super) rules: Vec<AppliedRule>,
    pub(super) findings: Vec<Finding>,
    pub(super) not_checked: Vec<RuleTopic>,
    /// Whether something the dose depends on could not be told.
    pub(super) dose_open: bool,
    /// Whether a fact is missing, or was given and nothing is there to read it by: no decision on
    /// the dose stands in for that.
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
        self.findings.push(Finding::written(
            code,
            rule.outcome,
            rule.fact.clone(),
            format!("{lead}{}{note} ({})", rule.says, rule.origin()),
        ));
        self.dose_open |= rule.outcome == Outcome::CannotTell;
        self.rules.push(rule);
    }

    fn cannot_tell(&mut self, code: &'static str, at: &str, message: String) {
        self.findings
            .push(Finding::written(code, Outcome::CannotTell, at, message));
    }

    /// As [`cannot_tell`](Self::cannot_tell), and without a dose whatever is decided.
    fn unread(&mut self, code: &'static str, at: &str, message: String) {
        self.cannot_tell(code, at, message);
        self.unread = true;
    }

    pub(super) fn renal(&mut self, rules: &RuleSelection, facts: &ClinicalFacts, dose: Regimen) {
        const CODE: &str = "capecitabine.renal";
        let topic = RuleTopic::Renal;
        let set = rules.get(topic);
        let (Some(set), Some(renal)) = (set, set.and_then(|set| set.renal.as_ref())) else {
            let clearance = facts.clearance.as_ref();
            let warnings = clearance.map(CreatinineClearance::warnings);
            self.findings.extend(warnings.into_iter().flatten());
            return self.without_rules(topic, CODE, clearance.map(clearance_text));
        };
        let Some(clearance) = &facts.clearance else {
            return self.unread(
                CODE,
                "creatinine clearance",
                format!(
                    "the rule set {} has renal rules, and no creatinine clearance is given: give \
                     it, absent is not normal",
                    set.id
                ),
            );
        };
        self.findings.extend(clearance.warnings());
        let fact = clearance_text(clearance);
        let distances = renal.distances(clearance);
        let Some(band) = renal.band(clearance) else {
            return self.unread(CODE, &fact, format!("{} has no band for it", set.id));
        };
        let (mut outcome, mut fraction) = effect(band.rule);
        let mut note = format!(" (band: {band})");
        if band.rule.shares().is_some() {
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
            let fact = facts.dpyd.map(|status| format!("DPYD {status}"));
            return self.without_rules(topic, CODE, fact);
        };
        let Some(status) = facts.dpyd else {
            return self.unread(
                CODE,
                "DPYD",
                format!(
                    "the rule set {} has DPYD rules, and no status is given: give the activity \
                     score, indeterminate, or not tested",
                    set.id
                ),
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
                    return self.unread(CODE, &fact, format!("{} has no row for it", set.id));
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
            let fact = facts
                .toxicity
                .map(|toxicity| format!("toxicity {toxicity}"));
            return self.without_rules(topic, CODE, fact);
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
            interrupts: matches!(
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
            let drugs = facts
                .other_drugs
                .as_deref()
                .filter(|drugs| !drugs.is_empty());
            let fact = drugs.map(|drugs| {
                let names: Vec<&str> = drugs.iter().map(Text::as_str).collect();
                format!("other drugs: {}", names.join(", "))
            });
            self.without_rules(topic, CODE, fact);
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
            );
            return Ok(());
        };
        for drug in drugs {
            refuse_slips(drug, known)?;
            let found: Vec<&Interaction> = known.about(drug).collect();
            let stopped = found
                .iter()
                .any(|entry| entry.severity == InteractionSeverity::DoNotGive);
            // no site's list lifts what a shipped one never gives, whatever else the name holds
            match shipped_stop(drug).filter(|_| !stopped) {
                Some((shipped, entry)) => {
                    let note = format!("; {} does not say so", set.id);
                    self.interaction(drug, shipped, entry, &note);
                }
                None if found.is_empty() => self.not_named(drug, set, known),
                None => {}
            }
            let beside = known.beside(drug);
            if !found.is_empty() && !beside.is_empty() {
                self.cannot_tell(
                    DRUG_NOT_NAMED,
                    drug,
                    format!(
                        "{} does not name {}: name each drug by itself, or check another source",
                        set.id,
                        beside.join(", ")
                    ),
                );
            }
            for entry in found {
                self.interaction(drug, set, entry, "");
            }
        }
        Ok(())
    }

    fn interaction(&mut self, drug: &str, set: &RuleSet, entry: &Interaction, note: &str) {
        let outcome = match entry.severity {
            InteractionSeverity::DoNotGive => Outcome::Fail,
            InteractionSeverity::Warning => Outcome::Warn,
        };
        let words = match entry.name_of(drug) {
            Some(name) if *name == entry.drug => String::new(),
            Some(_) => format!("listed as {}", entry.drug),
            None => format!("read as {}", entry.drug),
        };
        let rule = applied(
            RuleTopic::Interactions,
            set,
            drug.to_string(),
            entry.advice.to_string(),
            &words,
            outcome,
            None,
        );
        self.push("capecitabine.interaction", rule, note);
    }

    /// A drug that the set does not name is open.
    fn not_named(&mut self, drug: &str, set: &RuleSet, known: &InteractionRules) {
        let near = known.near(drug);
        let meant = near.map_or_else(String::new, |(name, _)| format!(" (is it {name}?)"));
        self.cannot_tell(
            DRUG_NOT_NAMED,
            drug,
            format!(
                "{} does not name it{meant}, which does not clear it: check another source",
                set.id
            ),
        );
    }

    /// A fact without rules to read it by is an open question; without either, the topic is
    /// listed as not checked.
    fn without_rules(&mut self, topic: RuleTopic, code: &'static str, fact: Option<String>) {
        match fact {
            Some(fact) => self.unread(
                code,
                &fact,
                format!("is given, and no rule set with {topic} rules: name one"),
            ),
            None => self.not_checked.push(topic),
        }
    }
}

/// The code of an open question that a written reason answers, where it names the drug.
pub(super) const DRUG_NOT_NAMED: &str = "capecitabine.drug_not_named";

fn clearance_text(clearance: &CreatinineClearance) -> String {
    format!(
        "creatinine clearance {} ({})",
        clearance.shown(),
        clearance.method()
    )
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
