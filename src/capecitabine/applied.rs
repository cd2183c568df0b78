//! Each rule against each input.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::patient::CreatinineClearance;
use crate::report::{Finding, Outcome};
use crate::text::Text;

use super::applied_rule::{AppliedRule, Recommendation, RuleInput, RuleRow};
use super::clinical::ClinicalFacts;
use super::error::CapecitabineError;
use super::finding::CapecitabineFinding;
use super::finding_kinds::RuleContext;
use super::regimen::Regimen;
use super::rule_selection::RuleSelection;
use super::rule_topic::RuleTopic;
use super::rules::dose_rule::{DoseFraction, DoseRule};
use super::rules::interactions::{Interaction, InteractionSeverity};
use super::rules::rule_set::RuleSet;
use super::rules::stops::{refuse_slips, shipped_stop};
use super::rules::toxicity::ToxicityAction;

/// What the rules say of the inputs.
#[derive(Default)]
pub(super) struct Applied {
    pub(super) rules: Vec<Arc<AppliedRule>>,
    pub(super) findings: Vec<Finding>,
    pub(super) not_checked: Vec<RuleTopic>,
    /// Whether something the dose depends on could not be told.
    pub(super) dose_open: bool,
    /// Whether an input is missing, or was given and nothing is there to read it by: no decision on
    /// the dose stands in for that.
    pub(super) not_assessable: bool,
}

/// The outcome and share of a dose rule, for a dose it covers.
pub(super) const fn effect(rule: DoseRule) -> (Outcome, Option<DoseFraction>) {
    match rule {
        DoseRule::FullDose => (Outcome::Pass, Some(DoseFraction::WHOLE)),
        DoseRule::Fraction(share) => (Outcome::Warn, Some(share)),
        DoseRule::DoNotGive => (Outcome::Fail, None),
        DoseRule::FractionBetween { .. }
        | DoseRule::Avoid
        | DoseRule::AvoidOrBelow(_)
        | DoseRule::PhenotypeFirst
        | DoseRule::Individualize
        | DoseRule::NotCovered => (Outcome::CannotTell, None),
    }
}

/// A share that forbids something; the whole dose forbids nothing.
pub(super) fn limiting(share: DoseFraction) -> Option<DoseFraction> {
    (share < DoseFraction::WHOLE).then_some(share)
}

/// A rule of a set, with no limits on what a clinician may decide.
pub(super) fn rule(
    set: &RuleSet,
    (topic, row): (RuleTopic, RuleRow),
    input: RuleInput,
    recommendation: Recommendation,
    words: Text,
    (outcome, fraction): (Outcome, Option<DoseFraction>),
) -> AppliedRule {
    AppliedRule {
        topic,
        rule_set: set.id.clone(),
        citation: set.citation(),
        input,
        recommendation,
        words,
        row,
        outcome,
        fraction,
        at_least: None,
        at_most: None,
        below: None,
        phenotype_first: false,
        interrupts: false,
    }
}

impl Applied {
    fn say(&mut self, finding: CapecitabineFinding) {
        self.findings.push(finding.into());
    }

    pub(super) fn push(&mut self, rule: AppliedRule, context: RuleContext) {
        self.dose_open |= rule.is_open();
        let rule = Arc::new(rule);
        self.rules.push(rule.clone());
        self.say(CapecitabineFinding::Rule { rule, context });
    }

    /// A rule set has rules on a topic, and the input they need is not there.
    pub(super) fn missing(&mut self, topic: RuleTopic, set: &RuleSet) {
        let rule_set = set.id.clone();
        self.say(CapecitabineFinding::InputMissing { topic, rule_set });
    }

    /// A rule set that does not cover an input.
    pub(super) fn no_row(&mut self, topic: RuleTopic, set: &RuleSet, input: RuleInput) {
        self.not_assessable = true;
        self.unread(topic, set, input);
    }

    /// A rule set that does not read an input beside the one that it goes by: a clinician has to.
    pub(super) fn unread(&mut self, topic: RuleTopic, set: &RuleSet, input: RuleInput) {
        self.dose_open = true;
        self.say(CapecitabineFinding::RowMissing {
            topic,
            rule_set: set.id.clone(),
            input,
        });
    }

    /// An input without rules to read it by is an open question; without either, the topic is
    /// listed as not checked.
    pub(super) fn without_rules(&mut self, topic: RuleTopic, input: Option<RuleInput>) {
        match input {
            Some(input) => {
                self.not_assessable = true;
                self.say(CapecitabineFinding::RulesMissing { topic, input });
            }
            None => self.not_checked.push(topic),
        }
    }

    pub(super) fn renal(&mut self, rules: &RuleSelection, facts: &ClinicalFacts, dose: Regimen) {
        let topic = RuleTopic::Renal;
        let set = rules.get(topic);
        let (Some(set), Some(renal)) = (set, set.and_then(|set| set.renal.as_ref())) else {
            let clearance = facts.clearance.as_ref();
            let warnings = clearance.map(CreatinineClearance::warnings);
            self.findings.extend(warnings.into_iter().flatten());
            return self.without_rules(topic, clearance.cloned().map(RuleInput::Clearance));
        };
        let Some(clearance) = &facts.clearance else {
            self.not_assessable = true;
            return self.missing(topic, set);
        };
        self.findings.extend(clearance.warnings());
        let input = RuleInput::Clearance(clearance.clone());
        let Some((row, band)) = renal.row(clearance) else {
            return self.no_row(topic, set, input);
        };
        let intensity = dose.intensity();
        let covered = band.covers.covers(intensity) == Some(true);
        let uncovered = band.rule.shares().is_some() && !covered;
        let effect = if uncovered {
            (Outcome::CannotTell, None)
        } else {
            effect(band.rule)
        };
        let recommendation = Recommendation::Dose {
            rule: band.rule,
            strength: None,
        };
        let place = (topic, RuleRow::RenalBand(row));
        let mut rule = rule(
            set,
            place,
            input,
            recommendation,
            band.words.clone(),
            effect,
        );
        if rule.is_open() {
            let least = band.rule.shares().filter(|_| covered);
            rule.at_least = least.map(|(least, _)| least);
            rule.at_most = limiting(renal.at_most(clearance, intensity));
        }
        let context = RuleContext::Band {
            band: band.clone(),
            uncovered: uncovered.then(|| (band.covers.clone(), intensity)),
            distances: renal.distances(clearance),
        };
        self.push(rule, context);
        self.findings.extend(renal.near_cut(clearance));
    }

    pub(super) fn toxicity(&mut self, rules: &RuleSelection, facts: &ClinicalFacts) {
        let topic = RuleTopic::Toxicity;
        let set = rules.get(topic);
        let (Some(set), Some(ladder)) = (set, set.and_then(|set| set.toxicity.as_ref())) else {
            let input = facts.toxicity.map(|toxicity| RuleInput::Toxicity {
                toxicity,
                criteria: None,
            });
            return self.without_rules(topic, input);
        };
        // there is no way to say that there is none, so it is listed and not called open
        let Some(toxicity) = facts.toxicity else {
            self.not_checked.push(topic);
            return;
        };
        let input = RuleInput::Toxicity {
            toxicity,
            criteria: Some(ladder.criteria.clone()),
        };
        let own = ladder.step(toxicity);
        let step = own.or_else(|| ladder.strictest_reached(toxicity));
        let action = step.map(|step| step.action);
        let effect = match (own, action) {
            (_, Some(ToxicityAction::Discontinue)) => (Outcome::Fail, None),
            (Some(_), Some(ToxicityAction::Continue)) => (Outcome::Pass, Some(DoseFraction::WHOLE)),
            (Some(_), Some(ToxicityAction::InterruptThen(share))) => (Outcome::Warn, Some(share)),
            _ => (Outcome::CannotTell, None),
        };
        let recommendation = match own {
            Some(step) => Recommendation::Step(step.clone()),
            None => Recommendation::NoStep(step.cloned()),
        };
        let place = (topic, RuleRow::ToxicityStep(own.cloned()));
        let rule = AppliedRule {
            at_most: action
                .and_then(ToxicityAction::share)
                .and_then(limiting)
                .filter(|_| effect.0 == Outcome::CannotTell),
            interrupts: matches!(
                action,
                Some(ToxicityAction::InterruptThen(_) | ToxicityAction::DiscontinueOrThen(_))
            ),
            ..rule(set, place, input, recommendation, "".into(), effect)
        };
        self.push(rule, RuleContext::None);
    }

    pub(super) fn interactions(
        &mut self,
        rules: &RuleSelection,
        facts: &ClinicalFacts,
    ) -> Result<(), CapecitabineError> {
        let topic = RuleTopic::Interactions;
        facts.check()?;
        let set = rules.get(topic);
        let (Some(set), Some(known)) = (set, set.and_then(|set| set.interactions.as_ref())) else {
            let drugs = facts.other_drugs.clone();
            let drugs = drugs.filter(|drugs| !drugs.is_empty());
            self.without_rules(topic, drugs.map(RuleInput::Drugs));
            return Ok(());
        };
        for drug in &facts.protocol_drugs {
            for entry in known.matching(drug) {
                self.interaction(drug, set, entry, RuleContext::None);
            }
        }
        let Some(drugs) = &facts.other_drugs else {
            self.missing(topic, set);
            return Ok(());
        };
        for drug in drugs {
            refuse_slips(drug, known)?;
            let found: Vec<&Interaction> = known.matching(drug).collect();
            let stopped = found
                .iter()
                .any(|entry| entry.severity == InteractionSeverity::DoNotGive);
            // no site's list lifts what a shipped one never gives, whatever else the name holds
            match shipped_stop(drug).filter(|_| !stopped) {
                Some((shipped, entry)) => {
                    let rule_set = set.id.clone();
                    self.interaction(drug, shipped, entry, RuleContext::NotInList { rule_set });
                }
                // a drug that the set does not name is open
                None if found.is_empty() => {
                    let closest = known.closest(drug);
                    self.say(CapecitabineFinding::DrugNotNamed {
                        drug: drug.clone(),
                        rule_set: set.id.clone(),
                        closest: closest.map(|(name, _)| Text::from(String::from(name))),
                    });
                }
                None => {}
            }
            let words = known.unmatched_words(drug);
            if !found.is_empty() && !words.is_empty() {
                self.say(CapecitabineFinding::WordsNotNamed {
                    drug: drug.clone(),
                    rule_set: set.id.clone(),
                    words,
                });
            }
            for entry in found {
                self.interaction(drug, set, entry, RuleContext::None);
            }
        }
        Ok(())
    }

    fn interaction(
        &mut self,
        drug: &Text,
        set: &RuleSet,
        entry: &Interaction,
        context: RuleContext,
    ) {
        let outcome = match entry.severity {
            InteractionSeverity::DoNotGive => Outcome::Fail,
            InteractionSeverity::Warning => Outcome::Warn,
        };
        let words = match entry.name_of(drug) {
            Some(name) if *name == entry.drug => Text::constant(""),
            Some(_) => format!("listed as {}", entry.drug).into(),
            None => format!("read as {}", entry.drug).into(),
        };
        let rule = rule(
            set,
            (
                RuleTopic::Interactions,
                RuleRow::Interaction(entry.drug.clone()),
            ),
            RuleInput::Drug(drug.clone()),
            Recommendation::Advice(entry.advice.clone()),
            words,
            (outcome, None),
        );
        self.push(rule, context);
    }
}
