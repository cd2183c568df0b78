//! What must be known of a gap and of each compensation, and the codes for it.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use jiff::civil::Date;

use super::method::Method;
use crate::quantity::{AbsorbedDose, Bed, FractionInterval};
use crate::report::{Code, Observation, Outcome, Subject, Values, decimal};

/// One thing that a reader of a gap or of a compensation must know.
///
/// ```
/// use chemorad::gap::{GapFinding, Method};
/// use chemorad::report::Finding;
///
/// let longer = Finding::from(GapFinding::Longer {
///     method: Method::NumberOfFractions,
///     planned_days: 38,
///     days: 45,
/// });
/// assert_eq!(longer.code(), "gap.longer");
/// assert_eq!(longer.at(), "other number of fractions");
/// assert_eq!(longer.found().as_deref(), Some("45 d"));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum GapFinding {
    /// The tumour has no loss per day.
    NoRepopulation {
        /// Days of overall time that the uncompensated treatment has more than the plan.
        days: i64,
    },
    /// The late-reacting tissue has one.
    LateRepopulation,
    /// A published record of the other kind of tissue.
    EndpointKind {
        /// `tumour` or `late`.
        tissue: &'static str,
        /// The record.
        record: &'static str,
    },
    /// Fractions on days without planned treatment.
    DeliveredOnUnplannedDay {
        /// Their dates.
        dates: Vec<Date>,
    },
    /// Several fractions on one day of a plan with one a day.
    DeliveredInterval {
        /// The first such day.
        date: Date,
        /// The interval that is taken.
        interval: FractionInterval,
    },
    /// The tumour BED stays below the plan.
    TargetNotReached {
        /// The compensation.
        method: Method,
        /// The BED of the plan.
        planned: Bed,
        /// What it reaches.
        reached: Bed,
    },
    /// Overall time is longer than planned.
    Longer {
        /// The compensation.
        method: Method,
        /// Days planned.
        planned_days: u32,
        /// Days with it.
        days: u32,
    },
    /// The late BED exceeds the plan by more than 5 %.
    LateExcess {
        /// The compensation.
        method: Method,
        /// The excess in percent of the plan.
        percent: f64,
    },
    /// What the late-reacting tissue gets cannot be told.
    LateNotTold {
        /// The compensation; absent where it holds for the plan or what was delivered.
        method: Option<Method>,
    },
    /// What the tumour loses to the time of a compensation cannot be told.
    TumourNotTold {
        /// The compensation.
        method: Method,
    },
    /// Planned dates before the resumption that are neither delivered nor listed as missed.
    UnexplainedDates {
        /// The dates.
        dates: Vec<Date>,
    },
    /// More than 2.2 Gy per fraction on days with several fractions.
    TwiceDailyDose {
        /// The compensation.
        method: Method,
        /// The largest dose.
        dose: AbsorbedDose,
    },
    /// Less than 6 h between fractions of a day.
    IntervalBelowMinimum {
        /// The compensation.
        method: Method,
        /// The interval.
        interval: FractionInterval,
    },
    /// Second fractions without a stated interval.
    IntervalNotStated {
        /// The compensation.
        method: Method,
    },
    /// Days outside the plan that nobody said can be used.
    ExtraDaysAssumed {
        /// The compensation.
        method: Method,
    },
    /// One dose in place of those of several phases.
    OneDoseForAll {
        /// The compensation.
        method: Method,
    },
}

const COLLEGE: &str =
    "Royal College of Radiologists 2019, BFCO(19)1, as quoted in HFC-HypoFracCalc";

const NO_REPOPULATION: Code = Code::new(
    "gap.no_repopulation",
    "No loss per day for the tumour",
    "Without a loss per day it cannot be told what lost time costs the tumour; taken as nothing, a gap would look harmless. Squamous carcinomas, for one, are known to lose tumour control with every day. Dates, doses and the late-reacting tissue are compared all the same.",
    "Where time matters, give the dose that the tumour loses per day and the day on which the loss starts (kick-off), with their source.",
);
const LATE_REPOPULATION: Code = Code::new(
    "gap.late_repopulation",
    "A loss per day for late-reacting tissue",
    "Late-reacting tissue is taken not to repopulate within a course. With a loss per day its BED comes out too low, and a compensation looks safer than it is.",
    "Leave the loss per day of the late-reacting tissue out, or be able to defend it.",
);
const ENDPOINT_KIND: Code = Code::new(
    "gap.endpoint_kind",
    "A record of the other kind of tissue",
    "The published record is of tumour control where late effects are meant, or the other way round. With the two exchanged every conclusion is turned around.",
    "Check which record stands for the tumour and which for the late-reacting tissue.",
);
const DELIVERED_ON_UNPLANNED_DAY: Code = Code::new(
    "gap.delivered_on_unplanned_day",
    "Delivered on a day without planned treatment",
    "A fraction is listed on a weekday or holiday on which none was planned. It may have been given to catch up, or the date is wrong; overall time follows from the dates.",
    "Check the dates against the treatment record.",
);
const DELIVERED_INTERVAL: Code = Code::new(
    "gap.delivered_interval",
    "The interval of fractions given on one day is assumed",
    "Several fractions were delivered on one day of a plan with one a day, and when on that day is not known. The interval stated for second fractions to come is used for them too.",
    "Check the times in the treatment record. Where they were closer together, late effects are larger than shown.",
);
const TARGET_NOT_REACHED: Code = Code::new(
    "gap.target_not_reached",
    "The tumour BED stays below the plan",
    "The compensation does not make the whole loss good: the tumour gets less effect than was prescribed.",
    "Compare the tumour BED with that of the other ways before one is chosen.",
);
const LONGER: Code = Code::new(
    "gap.longer",
    "Overall time is longer than planned",
    "The last fraction is given after the planned end. The guidance puts ways that keep overall time first, since the loss per day is the least certain of the parameters.",
    "Look first at the ways that keep overall time.",
)
.with_source(COLLEGE);
const LATE_EXCESS: Code = Code::new(
    "gap.late_excess",
    "Late BED more than 5 % above the plan",
    "The compensation gives the late-reacting tissue over 5 % more BED than was planned and accepted. The limit of 5 % is a convention for what to look at, not for what is safe.",
    "Weigh the gain for the tumour against the risk of late effects, with the tolerance of the tissue in question.",
)
.with_source("RadResume");
const LATE_NOT_TOLD: Code = Code::new(
    "gap.late_not_told",
    "The effect on late-reacting tissue cannot be told",
    "Several fractions are given on one day, and the half-time of repair of the late-reacting tissue is not known. Complete repair between them would make second fractions look harmless: a missed week of 70 Gy in 35 made good by second fractions adds nothing to the late BED by it, and 4.4 % with a half-time of 4.4 h and 6 h between fractions.",
    "Give the half-time of repair of the late-reacting tissue, or a published record of it.",
);
const TUMOUR_NOT_TOLD: Code = Code::new(
    "gap.tumour_not_told",
    "The tumour's loss to time cannot be told",
    "The compensation has another overall time than the plan, and no loss per day is given for the tumour. What it gains or loses against the plan is not known.",
    "Give the dose that the tumour loses per day and the day on which the loss starts (kick-off), with their source, or compare the ways by their dates and by the late-reacting tissue alone.",
);
const UNEXPLAINED_DATES: Code = Code::new(
    "gap.unexplained_date",
    "A planned date is neither delivered nor missed",
    "The number of fractions delivered is smaller than the planned dates before the resumption less the missed ones. Either the number or the list of missed dates is wrong, and with it what is left to give.",
    "Check the treatment record. List the date as missed, or correct the number of fractions; without the number every date that is not missed counts as treated.",
);
const TWICE_DAILY_DOSE: Code = Code::new(
    "gap.twice_daily_dose",
    "More than 2.2 Gy per fraction twice daily",
    "Above 2.2 Gy per fraction the damage that is not repaired before a second fraction of the day weighs too heavily on late-reacting tissue.",
    "Use another way, or smaller fractions on the days with two.",
)
.with_source(COLLEGE);
const INTERVAL_BELOW_6_H: Code = Code::new(
    "gap.interval_below_6_h",
    "Less than 6 h between fractions of a day",
    "Repair of late-reacting tissue takes hours. Fractions of one day closer together than 6 h act on damage that is not repaired yet.",
    "Leave at least 6 h between the fractions of a day.",
)
.with_source(COLLEGE);
const INTERVAL_NOT_STATED: Code = Code::new(
    "gap.interval_not_stated",
    "The interval of second fractions is not stated",
    "Without an interval repair between the fractions of a day is taken as complete. Late effects are then larger than shown, the more so the closer the fractions are.",
    "Give possible.second_fraction_interval, at least 6 h, and the repair half-time of the late-reacting tissue.",
)
.with_source(COLLEGE);
const EXTRA_DAYS_ASSUMED: Code = Code::new(
    "gap.extra_days_assumed",
    "It is not said which extra days can be used",
    "The days outside the planned weekdays are tried because nothing says that they cannot be used. Whether machine and staff are there is not known.",
    "State the extra weekdays on which treatment is possible: sat; sat,sun; or none.",
);
const ONE_DOSE_FOR_ALL: Code = Code::new(
    "gap.one_dose_for_all",
    "One dose replaces those of several phases",
    "The phases that are left have different doses per fraction. The solution is one dose for all of them, so the balance between the phases changes.",
    "Check what each phase gets before the doses are replaced.",
);

/// The codes of this room.
///
/// ```
/// use chemorad::gap::CODES;
/// assert!(CODES.iter().all(|code| code.name.starts_with("gap.")));
/// ```
pub const CODES: &[Code] = &[
    NO_REPOPULATION,
    LATE_REPOPULATION,
    ENDPOINT_KIND,
    DELIVERED_ON_UNPLANNED_DAY,
    DELIVERED_INTERVAL,
    TARGET_NOT_REACHED,
    LONGER,
    LATE_EXCESS,
    LATE_NOT_TOLD,
    TUMOUR_NOT_TOLD,
    UNEXPLAINED_DATES,
    TWICE_DAILY_DOSE,
    INTERVAL_BELOW_6_H,
    INTERVAL_NOT_STATED,
    EXTRA_DAYS_ASSUMED,
    ONE_DOSE_FOR_ALL,
];

impl Observation for GapFinding {
    fn code(&self) -> &Code {
        match self {
            Self::NoRepopulation { .. } => &NO_REPOPULATION,
            Self::LateRepopulation => &LATE_REPOPULATION,
            Self::EndpointKind { .. } => &ENDPOINT_KIND,
            Self::DeliveredOnUnplannedDay { .. } => &DELIVERED_ON_UNPLANNED_DAY,
            Self::DeliveredInterval { .. } => &DELIVERED_INTERVAL,
            Self::TargetNotReached { .. } => &TARGET_NOT_REACHED,
            Self::Longer { .. } => &LONGER,
            Self::LateExcess { .. } => &LATE_EXCESS,
            Self::LateNotTold { .. } => &LATE_NOT_TOLD,
            Self::TumourNotTold { .. } => &TUMOUR_NOT_TOLD,
            Self::UnexplainedDates { .. } => &UNEXPLAINED_DATES,
            Self::TwiceDailyDose { .. } => &TWICE_DAILY_DOSE,
            Self::IntervalBelowMinimum { .. } => &INTERVAL_BELOW_6_H,
            Self::IntervalNotStated { .. } => &INTERVAL_NOT_STATED,
            Self::ExtraDaysAssumed { .. } => &EXTRA_DAYS_ASSUMED,
            Self::OneDoseForAll { .. } => &ONE_DOSE_FOR_ALL,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::NoRepopulation { days: 0 } => Outcome::Warn,
            Self::NoRepopulation { .. }
            | Self::LateNotTold { .. }
            | Self::TumourNotTold { .. }
            | Self::UnexplainedDates { .. } => Outcome::CannotTell,
            _ => Outcome::Warn,
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::NoRepopulation { .. } => Subject::input("tumour"),
            Self::LateRepopulation | Self::LateNotTold { method: None } => Subject::input("late"),
            Self::EndpointKind { tissue, .. } => Subject::input(tissue),
            Self::DeliveredOnUnplannedDay { .. }
            | Self::DeliveredInterval { .. }
            | Self::UnexplainedDates { .. } => Subject::input("delivered"),
            Self::LateNotTold {
                method: Some(method),
            }
            | Self::TumourNotTold { method }
            | Self::TargetNotReached { method, .. }
            | Self::Longer { method, .. }
            | Self::LateExcess { method, .. }
            | Self::TwiceDailyDose { method, .. }
            | Self::IntervalBelowMinimum { method, .. }
            | Self::IntervalNotStated { method }
            | Self::ExtraDaysAssumed { method }
            | Self::OneDoseForAll { method } => Subject::compensation(method.title()),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::EndpointKind { record, .. } => Values::found(record),
            Self::DeliveredOnUnplannedDay { dates } | Self::UnexplainedDates { dates } => {
                let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
                Values::found(dates.join(", "))
            }
            Self::DeliveredInterval { date, interval } => {
                Values::found(format!("{date}, {interval} apart"))
            }
            Self::TargetNotReached {
                planned, reached, ..
            } => Values::expected(format!("{:.3} Gy", planned.gray()))
                .and_found(format!("{:.3} Gy", reached.gray())),
            Self::Longer {
                planned_days, days, ..
            } => Values::expected(format!("{planned_days} d")).and_found(format!("{days} d")),
            Self::LateExcess { percent, .. } => Values::found(format!("{percent:+.1} %")),
            Self::TwiceDailyDose { dose, .. } => {
                Values::found(format!("{} Gy", decimal(dose.gray())))
            }
            Self::IntervalBelowMinimum { interval, .. } => Values::found(interval),
            Self::NoRepopulation { .. }
            | Self::LateRepopulation
            | Self::LateNotTold { .. }
            | Self::TumourNotTold { .. }
            | Self::IntervalNotStated { .. }
            | Self::ExtraDaysAssumed { .. }
            | Self::OneDoseForAll { .. } => Values::default(),
        }
    }
}

impl fmt::Display for GapFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoRepopulation { days: 0 } => {
                "no loss per day is given; overall time stays as planned, so nothing is lost to time"
            }
            Self::NoRepopulation { .. } => {
                "no loss per day is given, so what the tumour loses to time cannot be told: dates and the late tissue alone are compared; where time matters, give the dose lost per day and the day on which the loss starts (kick-off)"
            }
            Self::TumourNotTold { .. } => {
                "another overall time than planned, and no loss per day of the tumour: what it loses or gains cannot be told"
            }
            Self::LateRepopulation => {
                "the late-reacting tissue was given a loss per day: late effects are taken not to repopulate within a course"
            }
            Self::EndpointKind { .. } => {
                "the record is of another kind of tissue than it stands for: are tumour and late tissue exchanged?"
            }
            Self::DeliveredOnUnplannedDay { .. } => {
                "fractions were delivered on days without planned treatment: check the dates"
            }
            Self::DeliveredInterval { .. } => {
                "several fractions were delivered on one day of a plan with one a day: their interval is taken as that of possible.second_fraction_interval"
            }
            Self::TargetNotReached { .. } => "the tumour BED stays below the plan",
            Self::Longer { .. } => "overall time is longer than planned",
            Self::LateExcess { .. } => "the late-tissue BED exceeds the plan by more than 5 %",
            Self::LateNotTold { .. } => {
                "several fractions on one day without the half-time of repair of the late-reacting tissue: what it gets cannot be told"
            }
            Self::UnexplainedDates { .. } => {
                "planned dates before the resumption that are neither delivered nor missed: check the number of fractions and the missed dates"
            }
            Self::TwiceDailyDose { .. } => {
                "more than 2.2 Gy per fraction on days with several fractions (Royal College of Radiologists 2019, as quoted in HFC-HypoFracCalc)"
            }
            Self::IntervalBelowMinimum { .. } => {
                "less than 6 h between fractions of a day (Royal College of Radiologists 2019, as quoted in HFC-HypoFracCalc)"
            }
            Self::IntervalNotStated { .. } => {
                "the interval is not stated, so repair between the fractions of a day is taken as complete; the least is 6 h (Royal College of Radiologists 2019, as quoted in HFC-HypoFracCalc)"
            }
            Self::ExtraDaysAssumed { .. } => {
                "assumes that treatment is possible on these days: state the extra weekdays"
            }
            Self::OneDoseForAll { .. } => {
                "the phases that are left have different doses per fraction; one dose replaces them"
            }
        })
    }
}
