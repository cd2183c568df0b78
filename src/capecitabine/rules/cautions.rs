use alloc::string::String;
use alloc::vec::Vec;

use crate::report::{Finding, Outcome};

use super::super::RuleTopic;
use super::published::{HALF, THREE_QUARTERS};
use super::stops::is_never_given;
use super::{DoseFraction, DoseRule, InteractionSeverity, RuleSet, ToxicityAction};

const LITTLE: &str = "less than 50 %, but for none: is a digit missing?";

impl RuleSet {
    /// The warnings `capecitabine.unusual_rule`: rows on a topic that leave more of the dose than
    /// any of the texts that were read for this project, or less than half of it. A site may have
    /// decided so; it is not passed over.
    ///
    /// The most that was read: at a DPYD score of 0.5 or 1 half, at 1.5 three quarters (CPIC 2017);
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
        let mut found = Vec::new();
        let mut report = |at: String, says: String, most: &str| {
            found.push(Finding::written(
                "capecitabine.unusual_rule",
                Outcome::Warn,
                at,
                format!("{}: {says}; no text that was read leaves {most}", self.id),
            ));
        };
        let little = |share: Option<DoseFraction>| share.is_some_and(|left| left < HALF);
        let least = |rule: DoseRule| rule.shares().map(|(least, _)| least);
        match topic {
            RuleTopic::Dpyd => {
                for row in self.dpyd.iter().flat_map(|rules| &rules.rows) {
                    let most = match row.score.halves() {
                        1 | 2 => HALF,
                        3 => THREE_QUARTERS,
                        _ => continue,
                    };
                    let at = format!("DPYD activity score {}", row.score);
                    let says = format!("{}", row.rule);
                    if row.rule.shares().is_some_and(|(_, left)| left > most) {
                        report(at, says, &format!("more than {most}"));
                    } else if little(least(row.rule)) {
                        report(at, says, LITTLE);
                    }
                }
            }
            RuleTopic::Renal => {
                for band in self.renal.iter().flat_map(|rules| &rules.bands) {
                    let at = format!("creatinine clearance, {band}");
                    let says = format!("{}", band.rule);
                    if band.begins_below(30.0) && band.rule.shares().is_some() {
                        report(at, says, "a dose below 30 mL/min");
                    } else if little(least(band.rule)) {
                        report(at, says, LITTLE);
                    }
                }
            }
            RuleTopic::Toxicity => {
                for step in self.toxicity.iter().flat_map(|ladder| &ladder.steps) {
                    let (lenient, most) = match (step.grade, step.action) {
                        (4, action) => (
                            action.share().is_some_and(|left| left > HALF)
                                || action == ToxicityAction::Continue,
                            "more than 50 % after recovery",
                        ),
                        (3, action) => {
                            (action == ToxicityAction::Continue, "an interruption first")
                        }
                        _ => (false, ""),
                    };
                    if lenient {
                        report(step.place(), format!("{}", step.action), most);
                    } else if little(step.action.share()) {
                        report(step.place(), format!("{}", step.action), LITTLE);
                    }
                }
            }
            RuleTopic::Interactions => {
                for entry in self.interactions.iter().flat_map(|known| &known.drugs) {
                    let watched = entry.severity == InteractionSeverity::Warning;
                    if watched && entry.names().any(|name| is_never_given(name)) {
                        let says = format!("{}", entry.advice);
                        report(format!("{}", entry.drug), says, "it with capecitabine");
                    }
                }
            }
        }
        found
    }
}
