//! Rows of a rule set that no text agrees with, and clearances close to a cut.

use alloc::vec::Vec;

use crate::patient::CreatinineClearance;
use crate::report::Finding;

use super::super::finding::CapecitabineFinding;
use super::super::finding_kinds::{RuleSetRow, UnusualShare};
use super::super::rule_topic::RuleTopic;
use super::dose_rule::{DoseFraction, DoseRule};
use super::dpyd::DpydRow;
use super::interactions::{Interaction, InteractionSeverity};
use super::renal::{NEAR_CUT, RenalBand, RenalRules};
use super::rule_set::RuleSet;
use super::stops::is_never_given;
use super::toxicity::{ToxicityAction, ToxicityStep};

impl RuleSet {
    /// The warnings `capecitabine.unusual_rule`: rows on a topic that leave more of the dose than
    /// any of the texts that were read for this project, or less than half of it. A site may have
    /// decided so; it is still said.
    ///
    /// The most that was read: at a DPYD score of 0.5 less than a quarter, at 1 half, at 1.5 three
    /// quarters (CPIC 2017);
    /// below 30 mL/min no dose (label before 2022); at grade 3 an interruption, at grade 4 half
    /// after recovery (BMC Surgery 2009).
    ///
    /// ```
    /// use chemorad::capecitabine::{RuleSet, RuleTopic};
    /// for set in RuleSet::PUBLISHED {
    ///     assert!(RuleTopic::ALL.iter().all(|topic| set.cautions(*topic).is_empty()));
    /// }
    /// ```
    #[must_use]
    pub fn cautions(&self, topic: RuleTopic) -> Vec<Finding> {
        let say = |row: RuleSetRow, unusual: UnusualShare| {
            let rule_set = self.id.clone();
            CapecitabineFinding::UnusualRule {
                rule_set,
                row,
                unusual,
            }
            .into()
        };
        match topic {
            RuleTopic::Dpyd => {
                let rows = self.dpyd.iter().flat_map(|rules| &rules.rows);
                rows.filter_map(|row| Some(say(RuleSetRow::Dpyd(row.clone()), of_score(row)?)))
                    .collect()
            }
            RuleTopic::Renal => {
                let bands = self.renal.iter().flat_map(|rules| &rules.bands);
                bands
                    .filter_map(|band| Some(say(RuleSetRow::Renal(band.clone()), of_band(band)?)))
                    .collect()
            }
            RuleTopic::Toxicity => {
                let steps = self.toxicity.iter().flat_map(|ladder| &ladder.steps);
                steps
                    .filter_map(|step| {
                        Some(say(RuleSetRow::Toxicity(step.clone()), of_step(step)?))
                    })
                    .collect()
            }
            RuleTopic::Interactions => {
                let drugs = self.interactions.iter().flat_map(|known| &known.drugs);
                drugs
                    .filter(|entry| is_stop_watched(entry))
                    .map(|entry| {
                        let row = RuleSetRow::Interaction(entry.clone());
                        say(row, UnusualShare::NeverGiven)
                    })
                    .collect()
            }
        }
    }
}

fn below_half(share: Option<DoseFraction>) -> Option<UnusualShare> {
    share
        .is_some_and(|left| left < DoseFraction::HALF)
        .then_some(UnusualShare::LessThanHalf)
}

fn least(rule: DoseRule) -> Option<DoseFraction> {
    rule.shares().map(|(least, _)| least)
}

fn of_score(row: &DpydRow) -> Option<UnusualShare> {
    let most = match row.score.halves() {
        1 => {
            let share = row.rule.shares().map(|(_, left)| left);
            let limit = DoseFraction::QUARTER;
            return share
                .is_some_and(|left| left >= limit)
                .then_some(UnusualShare::NotBelow(limit));
        }
        2 => DoseFraction::HALF,
        3 => DoseFraction::THREE_QUARTERS,
        _ => return None,
    };
    if row.rule.shares().is_some_and(|(_, left)| left > most) {
        return Some(UnusualShare::MoreThan(most));
    }
    below_half(least(row.rule))
}

fn of_band(band: &RenalBand) -> Option<UnusualShare> {
    if band.begins_below(30.0) && band.rule.shares().is_some() {
        return Some(UnusualShare::DoseInSevereImpairment);
    }
    below_half(least(band.rule))
}

fn of_step(step: &ToxicityStep) -> Option<UnusualShare> {
    let goes_on = step.action == ToxicityAction::Continue;
    let share = step.action.share();
    match step.grade {
        4 if goes_on || share.is_some_and(|left| left > DoseFraction::HALF) => {
            Some(UnusualShare::MoreThanHalfAfterRecovery)
        }
        3 if goes_on => Some(UnusualShare::WithoutInterruption),
        _ => below_half(share),
    }
}

fn is_stop_watched(entry: &Interaction) -> bool {
    entry.severity == InteractionSeverity::Warning && entry.names().any(|name| is_never_given(name))
}

impl RuleSet {
    /// The finding `capecitabine.renal` where the renal rules say nothing of a clearance: the gap of
    /// the text that it lies in.
    ///
    /// ```
    /// use chemorad::capecitabine::FDA_LABEL_BEFORE_2022;
    /// use chemorad::patient::CreatinineClearance;
    /// let between = CreatinineClearance::stated("50.5 mL/min".parse()?, "example");
    /// assert!(FDA_LABEL_BEFORE_2022.uncovered_clearance(&between).is_some());
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    #[must_use]
    pub fn uncovered_clearance(&self, clearance: &CreatinineClearance) -> Option<Finding> {
        let band = self.renal.as_ref()?.band(clearance)?;
        (band.rule == DoseRule::NotCovered).then(|| {
            CapecitabineFinding::ClearanceNotCovered {
                rule_set: self.id.clone(),
                band: band.clone(),
            }
            .into()
        })
    }
}

impl RenalRules {
    /// The warning `capecitabine.renal_cut` when a clearance lies within 1 mL/min of a cut; it says
    /// where the rule is the same on both sides.
    #[must_use]
    pub fn near_cut(&self, clearance: &CreatinineClearance) -> Option<Finding> {
        let cuts: Vec<_> = self
            .distances(clearance)
            .into_iter()
            .filter(|distance| distance.milliliters_per_minute.abs() <= NEAR_CUT)
            .map(|distance| (distance, self.is_same_across(distance.cut)))
            .collect();
        (!cuts.is_empty()).then(|| {
            let clearance = clearance.clone();
            CapecitabineFinding::NearCut { clearance, cuts }.into()
        })
    }
}
