//! The DPYD rules against a genotype and a phenotype test.

use crate::patient::{ActivityScore, DpydPhenotype, DpydStatus};
use crate::report::Outcome;

use super::applied::{Applied, effect, limiting, rule};
use super::applied_rule::{AppliedRule, Recommendation, RuleInput, RuleRow};
use super::clinical::ClinicalFacts;
use super::finding_kinds::RuleContext;
use super::rule_selection::RuleSelection;
use super::rule_topic::RuleTopic;
use super::rules::dose_rule::{DoseFraction, DoseRule};
use super::rules::dpyd::{DpydRow, DpydRules};
use super::rules::rule_set::RuleSet;

const TOPIC: RuleTopic = RuleTopic::Dpyd;

/// Applies the DPYD rules that are selected, or says what is missing for it.
pub(super) fn apply(applied: &mut Applied, rules: &RuleSelection, facts: &ClinicalFacts) {
    let set = rules.get(TOPIC);
    let given = [
        facts.dpyd.map(RuleInput::Dpyd),
        facts.phenotype.clone().map(RuleInput::Phenotype),
    ];
    let (Some(set), Some(dpyd)) = (set, set.and_then(|set| set.dpyd.as_ref())) else {
        let mut given = given.into_iter().flatten();
        applied.without_rules(TOPIC, given.next());
        for more in given {
            applied.without_rules(TOPIC, Some(more));
        }
        return;
    };
    let read = match (&facts.phenotype, facts.dpyd) {
        (Some(DpydPhenotype::PlasmaUracil(uracil)), _) => dpyd.uracil_row(*uracil),
        _ => None,
    };
    match (facts.dpyd, &facts.phenotype) {
        (Some(status), phenotype) => match of_status(set, dpyd, status, phenotype.is_some()) {
            Some(rule) => {
                // what is left to a clinician is decided with the result in view
                let unread = phenotype
                    .as_ref()
                    .filter(|_| read.is_none() && !rule.is_open());
                applied.push(rule, RuleContext::None);
                if let Some(result) = unread {
                    applied.unread(TOPIC, set, RuleInput::Phenotype(result.clone()));
                }
            }
            None => applied.no_row(TOPIC, set, RuleInput::Dpyd(status)),
        },
        (None, Some(_)) if read.is_some() => {}
        // a result that the set has no row for is no genotype
        (None, Some(result)) => applied.no_row(TOPIC, set, RuleInput::Phenotype(result.clone())),
        (None, None) => {
            applied.not_assessable = true;
            applied.missing(TOPIC, set);
        }
    }
    if let (Some((number, row)), Some(result)) = (read, &facts.phenotype) {
        let found = rule(
            set,
            (TOPIC, RuleRow::DpydUracil(number)),
            RuleInput::Phenotype(result.clone()),
            Recommendation::Dose {
                rule: row.rule,
                strength: None,
            },
            row.words.clone(),
            effect(row.rule),
        );
        applied.push(found, RuleContext::None);
    }
}

/// What a set says of a status; none where it has no row for the score.
fn of_status(
    set: &RuleSet,
    dpyd: &DpydRules,
    status: DpydStatus,
    phenotype: bool,
) -> Option<AppliedRule> {
    let unscored = |recommendation, words, effect| {
        let place = (TOPIC, RuleRow::DpydUnscored);
        rule(
            set,
            place,
            RuleInput::Dpyd(status),
            recommendation,
            words,
            effect,
        )
    };
    let open = (Outcome::CannotTell, None);
    let score = match status {
        DpydStatus::NotTested => {
            let whole = (Outcome::Warn, Some(DoseFraction::WHOLE));
            let words = dpyd.not_tested.clone();
            return Some(unscored(Recommendation::NotTested, words, whole));
        }
        DpydStatus::Indeterminate => {
            let words = "the rules go by activity score".into();
            return Some(unscored(Recommendation::NoScore, words, open));
        }
        DpydStatus::Score(score) => score,
        DpydStatus::Alleles(found) => found.activity_score(),
    };
    let row = dpyd.row(score)?;
    if let Some(twice) = dpyd
        .decreased_twice
        .as_ref()
        .filter(|twice| twice.score == score)
    {
        match status {
            DpydStatus::Alleles(found) if found.is_decreased_twice() => {
                let place = RuleRow::DpydDecreasedTwice;
                return Some(of_row(
                    set,
                    dpyd,
                    (score, twice),
                    place,
                    (status, phenotype),
                ));
            }
            DpydStatus::Alleles(_) => {}
            _ => {
                let at_most = row.rule.shares().map(|(_, most)| most);
                return Some(AppliedRule {
                    at_most: at_most.and_then(limiting),
                    phenotype_first: !phenotype && twice.rule == DoseRule::PhenotypeFirst,
                    ..unscored(Recommendation::AllelesNeeded, twice.words.clone(), open)
                });
            }
        }
    }
    let place = RuleRow::DpydScore(score);
    Some(of_row(set, dpyd, (score, row), place, (status, phenotype)))
}

fn of_row(
    set: &RuleSet,
    dpyd: &DpydRules,
    (score, row): (ActivityScore, &DpydRow),
    place: RuleRow,
    (status, phenotype): (DpydStatus, bool),
) -> AppliedRule {
    let effect = effect(row.rule);
    let open = effect.0 == Outcome::CannotTell;
    let recommendation = Recommendation::Dose {
        rule: row.rule,
        strength: row.strength.clone(),
    };
    let below = match row.rule {
        DoseRule::AvoidOrBelow(share) if !phenotype => Some(share),
        _ => None,
    };
    AppliedRule {
        at_least: row.rule.shares().filter(|_| open).map(|(least, _)| least),
        at_most: limiting(dpyd.at_most(score)).filter(|_| open && below.is_none()),
        below,
        phenotype_first: !phenotype && row.rule == DoseRule::PhenotypeFirst,
        ..rule(
            set,
            (TOPIC, place),
            RuleInput::Dpyd(status),
            recommendation,
            row.words.clone(),
            effect,
        )
    }
}
