//! The code, the outcome, the place and the values of every finding about a capecitabine order.

use alloc::string::String;
use alloc::vec::Vec;

use crate::report::{Code, Observation, Outcome, Subject, Values, decimal};

use super::applied_rule::RuleInput;
use super::codes;
use super::finding::{CapecitabineFinding, FAR_DEVIATION, MANY_TABLETS};
use super::finding_kinds::{DecisionObstacle, DeviationLimit, OrderedAmount, ShareLimit};
use super::intensity_window::{
    HIGHEST_ADMINISTRATION, HIGHEST_WITH_RADIOTHERAPY, IntensityWindow, USUAL_PER_DAY,
};
use super::rule_topic::RuleTopic;

const fn code_of(topic: RuleTopic) -> &'static Code {
    match topic {
        RuleTopic::Renal => &codes::RENAL,
        RuleTopic::Dpyd => &codes::DPYD,
        RuleTopic::Toxicity => &codes::TOXICITY,
        RuleTopic::Interactions => &codes::INTERACTION,
    }
}

impl Observation for CapecitabineFinding {
    fn code(&self) -> &Code {
        match self {
            Self::Rule { rule, .. } => code_of(rule.topic),
            Self::RulesMissing { topic, .. }
            | Self::InputMissing { topic, .. }
            | Self::RowMissing { topic, .. } => code_of(*topic),
            Self::DrugNotNamed { .. } | Self::WordsNotNamed { .. } => &codes::DRUG_NOT_NAMED,
            Self::ClearanceNotCovered { .. } => &codes::RENAL,
            Self::NearCut { .. } => &codes::RENAL_CUT,
            Self::TwoReductions { .. } => &codes::TWO_REDUCTIONS,
            Self::Decision(_) | Self::DecisionWithoutEffect { .. } => &codes::DECISION,
            Self::DecisionBeyondRule {
                limit: ShareLimit::Below(_) | ShareLimit::NoDoseYet,
                ..
            }
            | Self::OrderedBeyondRule { .. } => &codes::PHENOTYPE_FIRST,
            Self::DecisionBeyondRule { .. } => &codes::DECISION_BEYOND_RULE,
            Self::FullDoseDecided { .. } => &codes::WHOLE_DOSE_DECIDED,
            Self::ShareBelowHalf(_) => &codes::SMALL_SHARE_DECIDED,
            Self::UnusualRule { .. } => &codes::UNUSUAL_RULE,
            Self::Administrations(_) => &codes::ADMINISTRATIONS,
            Self::Administration(_) => &codes::ADMINISTRATION,
            Self::WithoutRadiotherapy { .. } => &codes::WITHOUT_RADIOTHERAPY,
            Self::NoRuleSet(_) => &codes::NO_RULE_SET,
            Self::Superseded { .. } | Self::Later { .. } => &codes::SUPERSEDED,
            Self::Intensity(_) => &codes::INTENSITY,
            Self::AreaCap { .. }
            | Self::CalculatedDoseCap { .. }
            | Self::OrderedDoseCap { .. }
            | Self::DayCap { .. } => &codes::CAP,
            Self::Tie { .. } | Self::DayTie { .. } => &codes::TIE,
            Self::TabletLimit { .. } => &codes::TABLET_LIMIT,
            Self::NearStep { .. } => &codes::NEAR_STEP,
            Self::Deviation { .. } => &codes::DEVIATION,
            Self::UnequalDay { .. } => &codes::UNEQUAL_DAY,
            Self::TableAndReduction { .. } => &codes::TABLE_AND_REDUCTION,
            Self::WeightChange { .. } => &codes::WEIGHT_CHANGE,
            Self::HeightChange { .. } => &codes::HEIGHT_CHANGE,
            Self::ManyTablets(_) => &codes::MANY_TABLETS,
            Self::SupplyAfterInterruption => &codes::SUPPLY_AFTER_INTERRUPTION,
            Self::RoundedUp { .. } => &codes::ROUNDED_UP,
            Self::OverrideUnused { .. } => &codes::OVERRIDE_UNUSED,
            Self::FractionWithoutDrug { .. } => &codes::FRACTION_WITHOUT_DRUG,
            Self::DrugWithoutFraction { .. } => &codes::DRUG_WITHOUT_FRACTION,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::Rule { rule, .. } => rule.outcome,
            Self::RulesMissing { .. }
            | Self::InputMissing { .. }
            | Self::RowMissing { .. }
            | Self::DrugNotNamed { .. }
            | Self::WordsNotNamed { .. }
            | Self::ClearanceNotCovered { .. }
            | Self::TwoReductions { .. }
            | Self::TableAndReduction { .. }
            | Self::WithoutRadiotherapy { .. }
            | Self::NoRuleSet(_)
            | Self::DecisionWithoutEffect {
                obstacle: DecisionObstacle::NotAssessable,
                ..
            } => Outcome::CannotTell,
            Self::DecisionWithoutEffect {
                obstacle: DecisionObstacle::HardStop,
                ..
            }
            | Self::DecisionBeyondRule { .. }
            | Self::OrderedBeyondRule { .. }
            | Self::Administration(_)
            | Self::WeightChange { .. }
            | Self::HeightChange { .. }
            | Self::Deviation {
                limit: DeviationLimit::Tolerance(_) | DeviationLimit::Half,
                ..
            } => Outcome::Fail,
            Self::Intensity(regimen) => match IntensityWindow::of(*regimen) {
                IntensityWindow::Inside => Outcome::Pass,
                IntensityWindow::Below => Outcome::CannotTell,
                IntensityWindow::FarBelow | IntensityWindow::Above => Outcome::Fail,
            },
            _ => Outcome::Warn,
        }
    }

    fn subject(&self) -> Subject {
        Subject::input(match self {
            Self::Rule { rule, .. } => return rule.input.subject(),
            Self::RulesMissing { input, .. } | Self::RowMissing { input, .. } => {
                return input.subject();
            }
            Self::NearCut { clearance, .. } => {
                return RuleInput::Clearance(clearance.clone()).subject();
            }
            Self::DrugNotNamed { drug, .. } | Self::WordsNotNamed { drug, .. } => {
                return Subject::drug(drug.as_str());
            }
            Self::UnusualRule { row, .. } => return Subject::path(format!("{row}")),
            Self::InputMissing { topic, .. } | Self::NoRuleSet(topic) => match topic {
                RuleTopic::Renal => "creatinine clearance",
                RuleTopic::Dpyd => "DPYD",
                RuleTopic::Toxicity => "toxicity",
                RuleTopic::Interactions => "other drugs",
            },
            Self::ClearanceNotCovered { .. } => "creatinine clearance",
            Self::TwoReductions { .. }
            | Self::Decision(_)
            | Self::DecisionWithoutEffect { .. }
            | Self::DecisionBeyondRule { .. }
            | Self::FullDoseDecided { .. }
            | Self::ShareBelowHalf(_) => "adjustments",
            Self::Administrations(_) => "administrations a day",
            Self::Intensity(_) | Self::WithoutRadiotherapy { .. } => "dose intensity",
            Self::Administration(_) => "dose intensity per administration",
            Self::Superseded { .. } | Self::Later { .. } => "rule sets",
            Self::HeightChange { .. } => "height",
            Self::AreaCap { .. } | Self::NearStep { .. } => "body surface area",
            Self::CalculatedDoseCap { .. } => "calculated dose per administration",
            Self::OrderedDoseCap { .. }
            | Self::Tie { .. }
            | Self::TabletLimit { .. }
            | Self::ManyTablets(_)
            | Self::Deviation {
                of: OrderedAmount::Administration,
                ..
            } => "dose to take per administration",
            Self::DayCap { .. }
            | Self::DayTie { .. }
            | Self::UnequalDay { .. }
            | Self::RoundedUp { .. }
            | Self::OrderedBeyondRule { .. }
            | Self::Deviation { .. } => "dose to take per day",
            Self::TableAndReduction { .. } => "rounding",
            Self::WeightChange { .. } => "weight",
            Self::SupplyAfterInterruption => "supply",
            Self::OverrideUnused { code, .. } => code,
            Self::FractionWithoutDrug { .. } | Self::DrugWithoutFraction { .. } => "days of intake",
        })
    }

    fn values(&self) -> Values {
        match self {
            Self::Decision(decision) | Self::DecisionWithoutEffect { decision, .. } => {
                Values::found(decision.fraction)
            }
            Self::DecisionBeyondRule { decided, limit, .. } => {
                Values::expected(limit).and_found(decided)
            }
            Self::ShareBelowHalf(share) => Values::found(share),
            Self::Administrations(times) => {
                Values::expected("2 a day").and_found(format_args!("{times} a day"))
            }
            Self::Administration(regimen) => {
                Values::expected(format_args!("at most {HIGHEST_ADMINISTRATION}"))
                    .and_found(regimen.intensity())
            }
            Self::WithoutRadiotherapy { regimen, .. } => {
                Values::expected(format_args!("at most {HIGHEST_WITH_RADIOTHERAPY}"))
                    .and_found(regimen.intensity_per_day())
            }
            Self::Superseded {
                rule_set,
                successor,
            } => Values::expected(successor.rule_set.as_str()).and_found(rule_set.as_str()),
            Self::Later {
                rule_set,
                date,
                as_of,
            } => Values::expected(format_args!("a text of {as_of} or before"))
                .and_found(format_args!("{rule_set} ({date})")),
            Self::HeightChange { before, now } => {
                Values::expected(format_args!("{before} +/- 3 cm")).and_found(now)
            }
            Self::ManyTablets(count) => Values::expected(format_args!("at most {MANY_TABLETS}"))
                .and_found(format_args!("{count} tablets")),
            Self::OrderedBeyondRule { percent, limit, .. } => {
                Values::expected(format_args!("less than {limit}"))
                    .and_found(format_args!("{percent:.1} %"))
            }
            Self::Intensity(regimen) => Values::expected(format_args!(
                "{} to {} mg/m2/d",
                USUAL_PER_DAY.0, USUAL_PER_DAY.1
            ))
            .and_found(format_args!(
                "{} x {} = {}",
                regimen.administrations_per_day(),
                regimen.intensity(),
                regimen.intensity_per_day()
            )),
            Self::AreaCap {
                cap, square_meters, ..
            } => Values::expected(format_args!("at most {cap}"))
                .and_found(format_args!("{} m2", decimal(*square_meters))),
            Self::CalculatedDoseCap { cap, before, .. } => {
                Values::expected(format_args!("at most {cap}"))
                    .and_found(format_args!("{} mg", decimal(before.milligrams())))
            }
            Self::OrderedDoseCap { cap, without, .. } => {
                Values::expected(format_args!("at most {cap}")).and_found(without)
            }
            Self::DayCap { cap, without, .. } => {
                Values::expected(format_args!("at most {cap} an administration"))
                    .and_found(format_args!("{without} mg a day"))
            }
            Self::TabletLimit {
                wanted, ordered, ..
            } => Values::expected(format_args!("{wanted:.2}")).and_found(ordered),
            Self::Tie { ordered, .. }
            | Self::NearStep {
                ordered: Some(ordered),
                ..
            } => Values::found(ordered),
            Self::Deviation { percent, limit, .. } => {
                let found = format!("{percent:+.2} %");
                match limit {
                    DeviationLimit::Tolerance(most) => {
                        Values::expected(format_args!("at most {most}"))
                            .and_found(most.beside(*percent))
                    }
                    DeviationLimit::Half => {
                        Values::expected(format_args!("at most {FAR_DEVIATION} %")).and_found(found)
                    }
                    DeviationLimit::Usual => Values::found(found),
                }
            }
            Self::UnequalDay { total, .. } => Values::found(total),
            Self::WeightChange {
                before,
                now,
                percent,
            } => Values::expected(format_args!("{before} +/- 10 %"))
                .and_found(format_args!("{now} ({percent:+.1} %)")),
            Self::RoundedUp { percent, .. } => Values::found(format_args!("{percent:+.2} %")),
            Self::FractionWithoutDrug { days, .. } | Self::DrugWithoutFraction { days, .. } => {
                let shown: Vec<String> = days.iter().take(5).map(|day| format!("{day}")).collect();
                let more = if days.len() > 5 { ", ..." } else { "" };
                Values::found(format_args!("{}{more}", shown.join(", ")))
            }
            _ => Values::default(),
        }
    }
}
