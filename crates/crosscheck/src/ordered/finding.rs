//! What was found of an order.

use chemorad::capecitabine::{
    CapecitabineDays, DeviationLimit, DeviationTolerance, DispensedTablets, TabletCount,
    deviation_percent,
};
use chemorad::quantity::{OrderedDose, TabletStrength};
use chemorad::report::{Code, Observation, Outcome, Subject, Values};

use super::codes;
use super::compared::{Agreement, agreement, deviation, judged, list, stated, times};
use super::period::Period;

/// What was found when an order was compared.
///
/// ```
/// use chemorad::report::{Finding, Outcome};
/// use chemorad_crosscheck::OrderFinding;
///
/// let once = Finding::from(OrderFinding::Frequency { expected: 2, found: 1 });
/// assert_eq!(once.outcome, Outcome::Fail);
/// assert_eq!(once.message(), "it is taken 1 time a day, and not 2 times");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum OrderFinding {
    /// No dose may be given, or it cannot be told.
    NoDose {
        /// A rule stops the drug.
        stopped: bool,
    },
    /// The treatment of the patient gives no capecitabine that is counted here.
    NotPrescribed {
        /// The treatment.
        treatment: String,
        /// It gives some in a way that is not counted here, such as in a step without radiotherapy.
        elsewhere: bool,
    },
    /// How often a day.
    Frequency {
        /// By the regimen.
        expected: u32,
        /// By the order.
        found: u32,
    },
    /// The dose of an administration.
    Dose {
        /// By the site's rounding.
        expected: Vec<OrderedDose>,
        /// By the order.
        found: Vec<OrderedDose>,
        /// What the formula gives for one administration.
        calculated: f64,
        /// What the site accepts.
        tolerance: Option<DeviationTolerance>,
        /// Each that differs deviates no more than that, and is not above a cap.
        within_tolerance: bool,
    },
    /// The drug of a day, in milligrams.
    Day {
        /// By the site's rounding.
        expected: u32,
        /// By the order.
        found: u32,
        /// What the formula gives.
        calculated: f64,
        /// What the site accepts.
        tolerance: Option<DeviationTolerance>,
        /// It deviates no more than that.
        within_tolerance: bool,
    },
    /// The expected dose is far from the calculated one, and another dose was ordered.
    ExpectedDeviates {
        /// By so many percent.
        percent: f64,
        /// What it is held against.
        limit: DeviationLimit,
    },
    /// A dose that whole tablets of the stock do not make within the limits of the site.
    NotInStock {
        /// The dose.
        dose: OrderedDose,
        /// The stock.
        stock: String,
    },
    /// More tablets of a strength than all administrations take within the limits of the site.
    BeyondLimit {
        /// What was dispensed of it.
        found: TabletCount,
        /// The most that the administrations take.
        most: u64,
        /// On so many days.
        days: u64,
        /// So many of them a day.
        a_day: u32,
    },
    /// Strengths that are not in stock.
    OtherStrengths {
        /// Those.
        strengths: Vec<TabletStrength>,
        /// The stock.
        stock: String,
    },
    /// A dose that the tablets do not make.
    NotMade {
        /// The dose.
        dose: OrderedDose,
        /// The tablets.
        tablets: String,
    },
    /// Whether the tablets are those that are expected.
    Tablets {
        /// Those of the fewest tablets, where the days are known.
        expected: Option<String>,
        /// What was dispensed.
        found: DispensedTablets,
    },
    /// The drug for all days, in milligrams.
    Supply {
        /// The days of intake, and what an ordered day takes.
        days: u32,
        /// The drug of an ordered day.
        per_day: u32,
        /// What was dispensed.
        found: u64,
        /// The period that it is for, instead of all days.
        period: Option<Period>,
        /// Other days for which it would be right.
        right_for: Option<(CapecitabineDays, u32)>,
    },
    /// The drug is right for one dispensing period, and nobody says that it is for one.
    OnePeriod {
        /// The number of the first such period.
        number: u32,
        /// Its dates.
        period: Period,
        /// All days of intake.
        days: u32,
        /// The drug of an ordered day.
        per_day: u32,
        /// What was dispensed.
        found: u64,
    },
    /// The days are not known.
    DaysUnknown {
        /// What was dispensed.
        found: DispensedTablets,
    },
}

impl Observation for OrderFinding {
    fn code(&self) -> &Code {
        match self {
            Self::NoDose { .. } | Self::NotPrescribed { .. } => &codes::ALLOWED,
            Self::Frequency { .. } => &codes::FREQUENCY,
            Self::Dose { .. } => &codes::DOSE,
            Self::Day { .. } => &codes::DAY,
            Self::ExpectedDeviates { .. } => &codes::EXPECTED,
            Self::NotInStock { .. }
            | Self::OtherStrengths { .. }
            | Self::NotMade { .. }
            | Self::BeyondLimit { .. }
            | Self::Tablets { .. } => &codes::TABLETS,
            Self::Supply { .. } | Self::OnePeriod { .. } | Self::DaysUnknown { .. } => {
                &codes::SUPPLY
            }
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::NoDose { stopped: true }
            | Self::NotPrescribed {
                elsewhere: false, ..
            }
            | Self::NotInStock { .. }
            | Self::OtherStrengths { .. }
            | Self::NotMade { .. }
            | Self::BeyondLimit { .. } => Outcome::Fail,
            Self::ExpectedDeviates { .. } | Self::OnePeriod { .. } => Outcome::Warn,
            Self::NoDose { stopped: false }
            | Self::NotPrescribed {
                elsewhere: true, ..
            }
            | Self::DaysUnknown { .. } => Outcome::CannotTell,
            Self::Frequency { expected, found } => judged(expected == found, false),
            Self::Dose {
                expected,
                found,
                within_tolerance,
                ..
            } => match agreement(expected, found) {
                Agreement::Same => Outcome::Pass,
                Agreement::OtherOrder => Outcome::Warn,
                Agreement::Different => judged(false, *within_tolerance),
            },
            Self::Day {
                expected,
                found,
                within_tolerance,
                ..
            } => judged(expected == found, *within_tolerance),
            Self::Tablets { expected, found } => {
                let others = expected
                    .as_ref()
                    .is_some_and(|expected| *expected != found.to_string());
                judged(!others, true)
            }
            Self::Supply {
                days,
                per_day,
                found,
                ..
            } => judged(u64::from(*days) * u64::from(*per_day) == *found, false),
        }
    }

    fn subject(&self) -> Subject {
        Subject::given("order")
    }

    fn values(&self) -> Values {
        match self {
            Self::NoDose { .. } | Self::NotPrescribed { .. } => Values::default(),
            Self::Frequency { expected, found } => {
                Values::expected(times(*expected)).and_found(times(*found))
            }
            Self::Dose {
                expected,
                found,
                calculated,
                tolerance,
                ..
            } => {
                let values = Values::expected(list(expected)).and_found(list(found));
                if agreement(expected, found) != Agreement::Different {
                    return values;
                }
                let others = found.iter().filter(|dose| !expected.contains(dose));
                let percent =
                    others.map(|dose| deviation_percent(f64::from(dose.milligrams()), *calculated));
                let most = percent.max_by(|one, other| one.abs().total_cmp(&other.abs()));
                let most = deviation(most.unwrap_or(0.0), *tolerance);
                values
                    .difference(format!("{most} from the calculated {calculated:.2} mg"))
                    .tolerance(stated(*tolerance))
            }
            Self::ExpectedDeviates { percent, limit } => match limit {
                DeviationLimit::Tolerance(most) => {
                    Values::found(most.beside(*percent)).tolerance(most)
                }
                _ => Values::found(deviation(*percent, None)),
            },
            Self::NotInStock { dose, stock } => Values::expected(stock).and_found(dose),
            Self::BeyondLimit {
                found,
                most,
                days,
                a_day,
            } => Values::expected(format!("at most {most} x {}", found.strength))
                .and_found(found)
                .arithmetic(format!(
                    "at most {a_day} x {} a day x {days} days = {most}",
                    found.strength
                )),
            Self::Day {
                expected,
                found,
                calculated,
                tolerance,
                ..
            } => {
                let percent = deviation_percent(f64::from(*found), *calculated);
                let values = Values::expected(format!("{expected} mg"))
                    .and_found(format!("{found} mg"))
                    .difference(format!(
                        "{:+} mg, {} from the calculated {calculated:.2} mg",
                        i64::from(*found) - i64::from(*expected),
                        deviation(percent, *tolerance)
                    ));
                values.tolerance(stated(*tolerance))
            }
            Self::OtherStrengths { strengths, stock } => {
                let found: Vec<String> = strengths.iter().map(ToString::to_string).collect();
                Values::expected(stock).and_found(found.join(", "))
            }
            Self::NotMade { dose, tablets } => Values::expected(dose).and_found(tablets),
            Self::Tablets { expected, found } => match expected {
                Some(expected) => Values::expected(expected).and_found(found),
                None => Values::found(found),
            },
            Self::Supply {
                days,
                per_day,
                found,
                ..
            }
            | Self::OnePeriod {
                days,
                per_day,
                found,
                ..
            } => {
                let expected = u64::from(*days) * u64::from(*per_day);
                let whole = found / u64::from((*per_day).max(1));
                Values::expected(format!("{expected} mg"))
                    .and_found(format!("{found} mg"))
                    .difference(format!("{} mg", i128::from(*found) - i128::from(expected)))
                    .arithmetic(format!(
                        "{days} days x {per_day} mg = {expected} mg; dispensed for {whole} whole days"
                    ))
            }
            Self::DaysUnknown { found } => Values::found(found),
        }
    }
}
