//! What the models of this room have to say about a treatment, and the codes they say it under.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::linear_quadratic::gray as gray_text;
use super::target::SolveError;
use crate::quantity::{AlphaBeta, Eqd, FractionInterval};
use crate::radiotherapy::{Fractionation, MINIMUM_INTERVAL, RECOMMENDED_INTERVAL};
use crate::report::{Code, Observation, Outcome, Subject, Values, decimal};

/// The dose of a whole course, in gray, above which it is more often a slip than a course: this project's
/// choice.
pub const USUAL_TOTAL: f64 = 100.0;

/// One thing that a reader of a BED or an EQD must know. All are warnings.
///
/// ```
/// use chemorad::radiobiology::{RadiobiologyFinding, cautions};
///
/// let high = cautions("boost", "36Gy/3".parse()?);
/// let found: Option<&RadiobiologyFinding> = high[0].observation();
/// assert!(matches!(found, Some(RadiobiologyFinding::FractionAbove10Gy { .. })));
/// assert_eq!(high[0].found().as_deref(), Some("12 Gy per fraction"));
/// # Ok::<(), chemorad::radiotherapy::FractionationTextError>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum RadiobiologyFinding {
    /// More than 18 Gy per fraction.
    FractionAbove18Gy {
        /// What has it.
        subject: Subject,
        /// What is given.
        fractionation: Fractionation,
    },
    /// More than 10 and at most 18 Gy per fraction.
    FractionAbove10Gy {
        /// What has it.
        subject: Subject,
        /// What is given.
        fractionation: Fractionation,
    },
    /// Less than 1 Gy per fraction.
    FractionBelow1Gy {
        /// What has it.
        subject: Subject,
        /// What is given.
        fractionation: Fractionation,
    },
    /// Fractionations of one course that all have the same number of fractions, so that they may be the
    /// doses of two volumes.
    SameNumberOfFractions {
        /// What is given, in order.
        fractionations: Vec<Fractionation>,
    },
    /// A course with more dose than [`USUAL_TOTAL`](super::USUAL_TOTAL).
    UnusualTotal {
        /// What has it.
        subject: Subject,
        /// The dose of all its fractions, gray.
        gray: f64,
    },
    /// An α/β ratio outside [`USUAL_ALPHA_BETA`](super::USUAL_ALPHA_BETA).
    UnusualAlphaBeta {
        /// What it is given for.
        subject: Subject,
        /// The ratio.
        alpha_beta: AlphaBeta,
    },
    /// Fractions of one day closer together than [`MINIMUM_INTERVAL`].
    IntervalBelowMinimum {
        /// What has it.
        subject: Subject,
        /// The shortest interval.
        interval: FractionInterval,
    },
    /// Fractions of one day closer together than [`RECOMMENDED_INTERVAL`].
    IntervalBelowRecommended {
        /// What has it.
        subject: Subject,
        /// The shortest interval.
        interval: FractionInterval,
    },
    /// A BED below zero that was set to zero.
    BedFloor {
        /// The BED before, gray.
        gray: f64,
    },
    /// Several fractions a day in a model without incomplete repair.
    CompleteRepairAssumed,
    /// A phase that ends within a day while the next begins on a new one.
    PhasesOnNewDays,
    /// One loss of dose per day is taken off at several α/β.
    LossAtEveryAlphaBeta,
    /// More fractions than fit into the overall time as stated.
    TimeTooShort {
        /// The fewest days they take.
        fewest_days: u32,
        /// The days stated.
        stated_days: u32,
    },
    /// A loss per day taken as constant over more than three weeks.
    LongRepopulation {
        /// Days after the kick-off time.
        days: f64,
    },
    /// A part of an earlier course that does not count in a sum.
    RecoveryLeftOut {
        /// The course.
        course: String,
        /// The share that is left out.
        share: f64,
        /// Why, as its author says it.
        reason: String,
        /// EQD2 of the course.
        eqd2: Eqd,
        /// What counts of it.
        counted: Eqd,
    },
    /// A target is the effect of a schedule without its loss to time, and the solution pays for time.
    TargetWithoutTime,
    /// No whole number of fractions is near the solution.
    NotRounded(SolveError),
}

const BRENNER: &str = "Brenner 2008, Semin Radiat Oncol 18:234-9 (PMC2750078)";
const HYPO_FRAC_CALC: &str = "HFC-HypoFracCalc";

const ABOVE_18_GY: Code = Code::new(
    "model.above_18_gy",
    "More than 18 Gy per fraction",
    "The linear-quadratic model is not supported above about 18 Gy per fraction: its BED and EQD there are an extrapolation beyond all data.",
    "Do not decide by these numbers alone. Use outcome data of the same schedule, or a model with a linear tail whose parameters you can defend.",
)
.with_source(BRENNER);

const ABOVE_10_GY: Code = Code::new(
    "model.above_10_gy",
    "More than 10 Gy per fraction",
    "The linear-quadratic model is reasonably well validated up to about 10 Gy per fraction; from there to about 18 Gy it is reasonable but not well validated.",
    "Take the BED and EQD as approximate and compare them with outcome data of the same schedule.",
)
.with_source(BRENNER);

const SAME_NUMBER: Code = Code::new(
    "model.same_number_of_fractions",
    "Fractionations with the same number of fractions",
    "Several fractionations are read as phases of one course, given one after the other, so that their fractions add up. Doses with the same number of fractions are often those of two volumes of one plan instead (a simultaneous integrated boost), or of two plans that are compared, and then the sum is no dose that anybody gets.",
    "Where they follow one another, nothing is to be done. Where they are given at once, ask for each volume alone; where they are two plans, ask for one and compare it with the other.",
);

const UNUSUAL_TOTAL: Code = Code::new(
    "model.total_unusual",
    "More than 100 Gy in one course",
    "More than 100 Gy in the fractions of one course is taken for a slip, such as centigray for gray, a digit too many or two courses written as one. The limit is this project's choice.",
    "Check the dose and its unit. If it is meant, nothing is to be done.",
);

const BELOW_1_GY: Code = Code::new(
    "model.below_1_gy",
    "Less than 1 Gy per fraction",
    "At small doses per fraction cells can be more sensitive than the linear-quadratic model says, so the effect may be larger than calculated.",
    "Check that the dose per fraction is meant. If it is, take the BED and EQD with caution.",
)
.with_source(HYPO_FRAC_CALC);

const UNUSUAL_ALPHA_BETA: Code = Code::new(
    "model.alpha_beta_unusual",
    "Unusual alpha/beta ratio",
    "Ratios of tissues and tumours that are in print lie between about 0.5 and 30 Gy. One outside that is more \
     often a slip, such as 300 for 3.00 or centigray for gray, than a tissue.",
    "Check the ratio and its unit. If it is meant, say where it comes from.",
)
.with_source("this project's choice: the published ratios that `chemorad endpoints` lists, with a margin");

const INTERVAL_BELOW_6_H: Code = Code::new(
    "model.interval_below_6_h",
    "Less than 6 h between fractions of a day",
    "Repair of late-responding tissue takes hours. Fractions of one day that are closer together than 6 h act on damage that is not repaired yet, so late effects are larger than complete repair would give.",
    "Leave at least 6 h between the fractions of a day, or calculate with a repair half-time.",
)
.with_source("Royal College of Radiologists 2019, BFCO(19)1, as quoted in HFC-HypoFracCalc");

const INTERVAL_BELOW_8_H: Code = Code::new(
    "model.interval_below_8_h",
    "Less than 8 h between fractions of a day",
    "The Royal College of Radiologists asks for at least 6 h between the fractions of a day, Basic Clinical Radiobiology for about 8 h or more. After 6 h late-reacting tissue with a half-time of repair of 4 h has still more than a third of the damage to repair.",
    "Leave 8 h where that can be done, and calculate with the half-time of repair of the late-reacting tissue.",
)
.with_source("Royal College of Radiologists 2019, BFCO(19)1, and Basic Clinical Radiobiology 2025, both as quoted in HFC-HypoFracCalc");

const BED_FLOOR: Code = Code::new(
    "model.bed_floor",
    "BED set to zero",
    "The loss to repopulation is larger than the effect of the doses, so the formula gives a BED below zero. A BED is never below zero; it is set to zero, and differences to it have no meaning.",
    "Check the overall time, the kick-off time and the loss per day: the straight line is used far beyond the time it was measured for.",
);

/// BED and EQD of several fractions a day without a repair half-time.
pub const COMPLETE_REPAIR_ASSUMED: Code = Code::new(
    "model.complete_repair_assumed",
    "Complete repair assumed",
    "Several fractions are given on one day and no repair half-time was given, so damage is taken as fully repaired between them. Late effects are then larger than calculated.",
    "Give a repair half-time and the intervals between the fractions of a day.",
);

const PHASES_ON_NEW_DAYS: Code = Code::new(
    "model.phases_on_new_days",
    "The next phase is taken to begin on a new day",
    "With several fractions a day a phase can end within a day. Without dates the next phase is taken to begin on the next treatment day, so fewer fractions share a day than on a calendar that fills it.",
    "Give the first day of treatment, so that the days come from a calendar.",
);

const LOSS_AT_EVERY_ALPHA_BETA: Code = Code::new(
    "model.loss_at_every_alpha_beta",
    "One loss per day at several alpha/beta",
    "A loss of dose per day is that of one tissue, most often of the tumour. It is taken off at each alpha/beta that is asked for, so that a late-reacting tissue, which does not repopulate in weeks, seems to get less than it does.",
    "Ask for the late-reacting tissue without the loss. Where both tissues repopulate, ask for each with its own loss.",
);

const TIME_TOO_SHORT: Code = Code::new(
    "model.time_too_short",
    "The fractions do not fit into the stated time",
    "The overall time as stated has fewer days than the fractions need, so one of the two is wrong. The loss to repopulation follows from the time.",
    "Check the overall time and the number of fractions a day.",
);

const LONG_REPOPULATION: Code = Code::new(
    "model.long_repopulation",
    "Repopulation over more than three weeks",
    "The loss per day is taken as constant after the kick-off time. It was measured over about one week; over more than three weeks the straight line is a long extrapolation.",
    "Check the overall time and the kick-off time, and take the BED with caution.",
)
.with_source(HYPO_FRAC_CALC);

const RECOVERY: Code = Code::new(
    "earlier_course.recovery",
    "A share of an earlier course is left out",
    "Somebody stated that a share of the dose of an earlier course has recovered, and the sum leaves it out. No rule is built in: those in print are for the spinal cord, and none for the pelvis is known.",
    "Check the share and its reason. The sum without recovery is shown too.",
);

const TARGET_WITHOUT_TIME: Code = Code::new(
    "solve.same_as_without_time",
    "The schedule to equal is calculated without loss to time",
    "The dose that is solved for pays for lost time, and the effect it must equal was calculated without any. The two are compared as if the other schedule took no time.",
    "Where its overall time is meant to count, calculate its BED with it and give that as the target.",
);

const NOT_ROUNDED: Code = Code::new(
    "solve.not_rounded",
    "No whole number of fractions is near the solution",
    "The exact solution is less than one fraction or more than a course has, so no number of fractions can be given that comes near the target.",
    "Check target and dose per fraction.",
);

/// The codes of this room.
pub const CODES: &[Code] = &[
    ABOVE_18_GY,
    ABOVE_10_GY,
    BELOW_1_GY,
    SAME_NUMBER,
    UNUSUAL_TOTAL,
    UNUSUAL_ALPHA_BETA,
    INTERVAL_BELOW_6_H,
    INTERVAL_BELOW_8_H,
    BED_FLOOR,
    COMPLETE_REPAIR_ASSUMED,
    PHASES_ON_NEW_DAYS,
    LOSS_AT_EVERY_ALPHA_BETA,
    TIME_TOO_SHORT,
    LONG_REPOPULATION,
    RECOVERY,
    TARGET_WITHOUT_TIME,
    NOT_ROUNDED,
];

impl Observation for RadiobiologyFinding {
    fn code(&self) -> &Code {
        match self {
            Self::FractionAbove18Gy { .. } => &ABOVE_18_GY,
            Self::FractionAbove10Gy { .. } => &ABOVE_10_GY,
            Self::FractionBelow1Gy { .. } => &BELOW_1_GY,
            Self::SameNumberOfFractions { .. } => &SAME_NUMBER,
            Self::UnusualTotal { .. } => &UNUSUAL_TOTAL,
            Self::UnusualAlphaBeta { .. } => &UNUSUAL_ALPHA_BETA,
            Self::IntervalBelowMinimum { .. } => &INTERVAL_BELOW_6_H,
            Self::IntervalBelowRecommended { .. } => &INTERVAL_BELOW_8_H,
            Self::BedFloor { .. } => &BED_FLOOR,
            Self::CompleteRepairAssumed => &COMPLETE_REPAIR_ASSUMED,
            Self::PhasesOnNewDays => &PHASES_ON_NEW_DAYS,
            Self::LossAtEveryAlphaBeta => &LOSS_AT_EVERY_ALPHA_BETA,
            Self::TimeTooShort { .. } => &TIME_TOO_SHORT,
            Self::LongRepopulation { .. } => &LONG_REPOPULATION,
            Self::RecoveryLeftOut { .. } => &RECOVERY,
            Self::TargetWithoutTime => &TARGET_WITHOUT_TIME,
            Self::NotRounded(_) => &NOT_ROUNDED,
        }
    }

    fn outcome(&self) -> Outcome {
        Outcome::Warn
    }

    fn subject(&self) -> Subject {
        match self {
            Self::FractionAbove18Gy { subject, .. }
            | Self::UnusualTotal { subject, .. }
            | Self::FractionAbove10Gy { subject, .. }
            | Self::FractionBelow1Gy { subject, .. }
            | Self::UnusualAlphaBeta { subject, .. }
            | Self::IntervalBelowMinimum { subject, .. }
            | Self::IntervalBelowRecommended { subject, .. } => subject.clone(),
            Self::SameNumberOfFractions { .. } => Subject::input("fractionations"),
            Self::BedFloor { .. } => Subject::term("BED"),
            Self::CompleteRepairAssumed | Self::PhasesOnNewDays => Subject::term("repair"),
            Self::TimeTooShort { .. } => Subject::input("overall time"),
            Self::LongRepopulation { .. } | Self::LossAtEveryAlphaBeta => {
                Subject::term("repopulation")
            }
            Self::RecoveryLeftOut { course, .. } => Subject::schedule(course.as_str()),
            Self::TargetWithoutTime => Subject::input("target"),
            Self::NotRounded(_) => Subject::input("solution"),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::FractionAbove18Gy { fractionation, .. }
            | Self::FractionAbove10Gy { fractionation, .. }
            | Self::FractionBelow1Gy { fractionation, .. } => {
                Values::expected("1 to 10 Gy per fraction").and_found(format!(
                    "{} Gy per fraction",
                    decimal(fractionation.gray_per_fraction())
                ))
            }
            Self::SameNumberOfFractions { fractionations } => {
                Values::found(written(fractionations, ", "))
            }
            Self::UnusualAlphaBeta { alpha_beta, .. } => {
                Values::expected("0.5 to 30 Gy").and_found(alpha_beta)
            }
            Self::IntervalBelowMinimum { interval, .. } => {
                Values::expected(format!("at least {MINIMUM_INTERVAL}")).and_found(interval)
            }
            Self::IntervalBelowRecommended { interval, .. } => {
                Values::expected(format!("at least {RECOMMENDED_INTERVAL}")).and_found(interval)
            }
            Self::UnusualTotal { gray, .. } => {
                Values::expected(format!("at most {}", gray_text(USUAL_TOTAL)))
                    .and_found(gray_text(*gray))
            }
            Self::BedFloor { gray } => {
                Values::expected("at least 0 Gy").and_found(gray_text(*gray))
            }
            Self::CompleteRepairAssumed
            | Self::PhasesOnNewDays
            | Self::LossAtEveryAlphaBeta
            | Self::TargetWithoutTime
            | Self::NotRounded(_) => Values::default(),
            Self::TimeTooShort {
                fewest_days,
                stated_days,
            } => Values::expected(format!("at least {fewest_days} d"))
                .and_found(format!("{stated_days} d")),
            Self::LongRepopulation { days } => {
                Values::found(format!("{} d after the kick-off time", decimal(*days)))
            }
            Self::RecoveryLeftOut { eqd2, counted, .. } => {
                Values::expected(gray_text(eqd2.gray())).and_found(gray_text(counted.gray()))
            }
        }
    }
}

/// `45 Gy/25`.
pub(super) fn short(fractionation: Fractionation) -> String {
    format!("{}/{}", fractionation.total(), fractionation.fractions())
}

pub(super) fn written(fractionations: &[Fractionation], between: &str) -> String {
    let each: Vec<String> = fractionations.iter().map(|one| short(*one)).collect();
    each.join(between)
}
