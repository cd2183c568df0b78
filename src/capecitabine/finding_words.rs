//! The words of every finding about a capecitabine order.

use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use crate::quantity::CalculatedDose;
use crate::report::{Outcome, decimal};

use super::applied_rule::{AppliedRule, RuleInput};
use super::finding::{CapecitabineFinding, NEAR_STEP, Remark};
use super::finding_kind_words::or_nothing;
use super::finding_kinds::{DecisionObstacle, DeviationLimit, RuleSetRow, ShareLimit};
use super::intensity_window::IntensityWindow;
use super::regimen::Regimen;
use super::rule_topic::RuleTopic;
use super::rules::renal::NEAR_CUT;

/// What the deliverable amounts are compared with.
pub(super) const fn compared(capped: bool) -> &'static str {
    if capped {
        "dose after the cap"
    } else {
        "calculated dose"
    }
}

fn each(rules: &[Arc<AppliedRule>]) -> String {
    let each: Vec<String> = rules.iter().map(ToString::to_string).collect();
    each.join("; and ")
}

impl fmt::Display for CapecitabineFinding {
    #[allow(
        clippy::too_many_lines,
        reason = "one sentence for each variant, in the order of the enum"
    )]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule { rule, context } => write!(
                f,
                "{}{}{context} ({})",
                match rule.outcome {
                    Outcome::Fail => "hard stop: ",
                    Outcome::CannotTell => "needs a clinician: ",
                    _ => "",
                },
                rule.recommendation,
                rule.origin()
            ),
            Self::RulesMissing { topic, .. } => {
                write!(f, "is given, and no rule set with {topic} rules: name one")
            }
            Self::InputMissing { topic, rule_set } => match topic {
                RuleTopic::Renal => write!(
                    f,
                    "the rule set {rule_set} has renal rules, and no creatinine clearance is given: \
                     give it, absent is not normal"
                ),
                RuleTopic::Dpyd => write!(
                    f,
                    "the rule set {rule_set} has DPYD rules, and no status is given: give the \
                     activity score, indeterminate, or not tested"
                ),
                RuleTopic::Toxicity => write!(
                    f,
                    "the rule set {rule_set} has a toxicity ladder, and no toxicity is given"
                ),
                RuleTopic::Interactions => write!(
                    f,
                    "the rule set {rule_set} names interactions, and the other drugs are not \
                     stated: name them, or say that there are none"
                ),
            },
            Self::RowMissing {
                input: RuleInput::Phenotype(_),
                rule_set,
                ..
            } => write!(
                f,
                "{rule_set} has no row that reads this result: a clinician decides with it, or a rule set with \
                 a row for it is named"
            ),
            Self::RowMissing {
                topic, rule_set, ..
            } => {
                let row = match topic {
                    RuleTopic::Renal => "band",
                    _ => "row",
                };
                write!(f, "{rule_set} has no {row} for it")
            }
            Self::DrugNotNamed {
                rule_set, closest, ..
            } => {
                write!(f, "{rule_set} does not name it")?;
                if let Some(name) = closest {
                    write!(f, " (is it {name}?)")?;
                }
                f.write_str(", which does not clear it: check another source")
            }
            Self::WordsNotNamed {
                rule_set, words, ..
            } => write!(
                f,
                "{rule_set} does not name {}: name each drug by itself, or check another source",
                words.join(", ")
            ),
            Self::NearCut { cuts, .. } => {
                let cuts: Vec<String> = cuts
                    .iter()
                    .map(|(distance, same)| {
                        let note = if *same {
                            " (the same rule on both sides)"
                        } else {
                            ""
                        };
                        format!("{distance}{note}")
                    })
                    .collect();
                write!(
                    f,
                    "within {NEAR_CUT} mL/min of a cut: {}; compared unrounded",
                    cuts.join(", ")
                )
            }
            Self::ClearanceNotCovered { rule_set, band } => {
                write!(f, "{rule_set} says nothing for {band} ({})", band.words)
            }
            Self::TwoReductions { rules } => write!(
                f,
                "needs a clinician: {}; no text says how the reductions combine, and they are not \
                 multiplied",
                each(rules)
            ),
            Self::Decision(decision) => write!(
                f,
                "a clinician decided on {} of the original dose: {}",
                decision.fraction, decision.reason
            ),
            Self::DecisionWithoutEffect { decision, obstacle } => write!(
                f,
                "a decision on {} of the original dose is given ({}), and no decision {}",
                decision.fraction,
                decision.reason,
                match obstacle {
                    DecisionObstacle::HardStop => "lifts a hard stop",
                    DecisionObstacle::NotAssessable => {
                        "stands in for a fact or for a rule set to read it by"
                    }
                }
            ),
            Self::DecisionBeyondRule { rule, limit, .. } => match limit {
                ShareLimit::AtLeast(_) => {
                    write!(f, "the decision is below what a rule leaves: {rule}")
                }
                ShareLimit::Below(_) | ShareLimit::NoDoseYet => write!(
                    f,
                    "the decision needs the result of a phenotype test, and none is given: {rule}"
                ),
                ShareLimit::AtMost(_) => write!(
                    f,
                    "the decision is above what a rule leaves: {rule}{}",
                    if rule.fraction.is_none() {
                        "; the same text leaves less here or where the deficiency is smaller or the \
                         toxicity milder"
                    } else {
                        ""
                    }
                ),
            },
            Self::FullDoseDecided { rules } => write!(
                f,
                "the decision leaves the whole dose where rules ask for a clinician: {}",
                each(rules)
            ),
            Self::ShareBelowHalf(_) => f.write_str(
                "the decision leaves less than half of the original dose: is a digit missing?",
            ),
            Self::UnusualRule {
                rule_set,
                row,
                unusual,
            } => write!(
                f,
                "{rule_set}: {}; no text that was read {unusual}",
                says(row)
            ),
            Self::Administrations(times) => f.write_str(if *times == 1 {
                "the texts that were read give capecitabine twice a day: is it the dose of one of two \
                 administrations, or that of the day?"
            } else {
                "the texts that were read give capecitabine twice a day: check the number"
            }),
            Self::Administration(_) => f.write_str(
                "above every dose of one administration that was read: is it the dose of a day?",
            ),
            Self::WithoutRadiotherapy { kind, .. } => write!(
                f,
                "above every daily intensity that was read with radiotherapy, and taken on {kind}: the \
                 labels give 1250 mg/m2 twice daily without radiotherapy, on 14 days of 21; name the \
                 protocol that prescribes it"
            ),
            Self::NoRuleSet(topic) => write!(
                f,
                "no rule set has {topic} rules for this order, so nobody checked it: name a rule set, or \
                 waive the topic by name"
            ),
            Self::Superseded { successor, .. } => write!(
                f,
                "the rule set was superseded by {} ({}): use that one, or say as of which day this one \
                 holds",
                successor.rule_set, successor.date
            ),
            Self::Later { as_of, .. } => write!(
                f,
                "the rule set was not there yet on {as_of}: use one of that day, or correct the day"
            ),
            Self::Intensity(regimen) => intensity(*regimen, f),
            Self::AreaCap {
                cap, before, after, ..
            } => {
                cap_acts(cap, *before, *after, f)?;
                f.write_str(
                    " (capping the body surface area is practice the ASCO guideline advises \
                     against: Griggs 2012, updated 2021)",
                )
            }
            Self::CalculatedDoseCap { cap, before, after } => cap_acts(cap, *before, *after, f),
            Self::OrderedDoseCap {
                cap,
                ordered,
                without,
            } => write!(
                f,
                "the cap of {cap} acts: {ordered} to take instead of {without}"
            ),
            Self::DayCap {
                cap,
                ordered,
                without,
            } => write!(
                f,
                "the cap of {cap} acts: {ordered} a day to take instead of {without} mg"
            ),
            Self::Tie {
                wanted,
                capped,
                lower,
                upper,
                ties,
                ..
            } => write!(
                f,
                "the {} of {wanted:.2} is halfway between {} and {upper}; ties go {ties}",
                compared(*capped),
                or_nothing(*lower)
            ),
            Self::DayTie {
                wanted,
                capped,
                chosen,
                other,
            } => write!(
                f,
                "the {} of {} mg a day is halfway between {chosen} and {other} mg",
                compared(*capped),
                decimal(*wanted)
            ),
            Self::TabletLimit { capped, stock, .. } => write!(
                f,
                "tablets of {stock} make nothing as large as the {}: check the limits",
                compared(*capped)
            ),
            Self::NearStep {
                square_meters,
                step,
                ..
            } => write!(
                f,
                "the body surface area of {} m2 is within {NEAR_STEP} m2 of {} m2, where the dose \
                 changes from {step}: check height and weight",
                decimal(*square_meters),
                decimal(step.square_meters())
            ),
            Self::Deviation { limit, capped, .. } => write!(
                f,
                "the dose to take differs from the {} by more than {}",
                compared(*capped),
                match limit {
                    DeviationLimit::Tolerance(_) =>
                        "the tolerance: use other tablets or another policy, or record the reason",
                    DeviationLimit::Half =>
                        "half: is a digit missing or too many, in a table or a strength?",
                    DeviationLimit::Usual =>
                        "10 %: HOPA accepts up to 10 %, and the NCI counts more as a trial \
                         deviation; no tolerance was given",
                }
            ),
            Self::UnequalDay {
                administrations, ..
            } => {
                let each: Vec<String> = administrations.iter().map(ToString::to_string).collect();
                write!(
                    f,
                    "the administrations of the day differ: {}",
                    each.join(", then ")
                )
            }
            Self::TableAndReduction { table, intensity } => write!(
                f,
                "needs a clinician: the table \"{table}\" gives doses by body surface area and has \
                 none for a reduced intensity of {intensity}"
            ),
            Self::WeightChange { .. } => f.write_str(
                "the weight has changed by 10 % or more since the earlier order: measure again and \
                 confirm the dose",
            ),
            Self::HeightChange { .. } => f.write_str(
                "the height of an adult does not move by more than 3 cm: measure again; two digits may \
                 have changed places",
            ),
            Self::ManyTablets(_) => f.write_str(
                "many tablets at one time: would other strengths, or the fewest tablets within a named \
                 deviation, do?",
            ),
            Self::OrderedBeyondRule { rule, .. } => write!(
                f,
                "the tablets make more of the original dose than a rule leaves without the result of a \
                 phenotype test: {rule}"
            ),
            Self::SupplyAfterInterruption => f.write_str(
                "the drug is interrupted, and tablets are counted for every date given: give only \
                 the dates after recovery, and take off what the patient still has",
            ),
            Self::RoundedUp { decided: true, .. } => f.write_str(
                "rounded up after a clinician's decision: more is to be taken than was decided; round down, \
                 or use other tablets",
            ),
            Self::RoundedUp { decided: false, .. } => f.write_str(
                "rounded up after a reduction for renal function or DPYD: the HOPA recommendation \
                 (ascopost.com/News/58563) excepts these from rounding up",
            ),
            Self::OverrideUnused { reason, .. } => {
                write!(f, "a reason is given and nothing needs it: {reason}")
            }
            Self::FractionWithoutDrug { days, kind } => match days.len() {
                1 => write!(f, "1 day with a fraction has no capecitabine ({kind})"),
                many => write!(
                    f,
                    "{many} days with fractions have no capecitabine ({kind})"
                ),
            },
            Self::DrugWithoutFraction { days, kind } => match days.len() {
                1 => write!(f, "1 day of capecitabine has no fraction ({kind})"),
                many => write!(f, "{many} days of capecitabine have no fraction ({kind})"),
            },
        }
    }
}

fn says(row: &RuleSetRow) -> &dyn fmt::Display {
    match row {
        RuleSetRow::Dpyd(row) => &row.rule,
        RuleSetRow::Renal(band) => &band.rule,
        RuleSetRow::Toxicity(step) => &step.action,
        RuleSetRow::Interaction(entry) => &entry.advice,
    }
}

fn intensity(regimen: Regimen, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(
        f,
        "outside the daily intensities of the labels and trials that were read{}",
        match IntensityWindow::of(regimen) {
            IntensityWindow::Inside => "",
            IntensityWindow::Above =>
                ": is it the dose of a day, given as that of one administration, or is there a digit \
                 too many?",
            IntensityWindow::FarBelow => ": by more than a factor of two: is a digit missing?",
            IntensityWindow::Below =>
                ": is it the dose of one administration, given as that of a day, or a reduced dose?",
        }
    )
}

fn cap_acts(
    cap: &impl fmt::Display,
    before: CalculatedDose,
    after: CalculatedDose,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let reduction = 100.0 * (1.0 - after.milligrams() / before.milligrams());
    write!(
        f,
        "the cap of {cap} acts: {after:.2} instead of {before:.2} per administration, \
         {reduction:.1} % less"
    )
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DecidedByClinician => f.write_str("decided by a clinician"),
            Self::Overridden(reason) => write!(f, "overridden: {reason}"),
            Self::NeedsReason(code) => write!(
                f,
                "needs a written reason (override {code}: --override {code}=REASON, or overrides of [drug_rules] in a case)"
            ),
            Self::ReasonDoesNotHold => f.write_str(
                "the reason given does not name it, or names a drug that is never given with \
                 capecitabine, and does not hold for it",
            ),
        }
    }
}
