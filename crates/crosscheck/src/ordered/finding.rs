//! What was found of an order, with its words.

use core::fmt;

use chemorad::capecitabine::{CapecitabineDays, DeviationTolerance, DispensedTablets};
use chemorad::quantity::{OrderedDose, TabletStrength};
use chemorad::report::{Code, Observation, Outcome, Subject, Values};

use super::codes;

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
        /// A day of it deviates no more than the tolerance.
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
        /// Other days for which it would be right.
        right_for: Option<(CapecitabineDays, u32)>,
    },
    /// The days are not known.
    DaysUnknown {
        /// What was dispensed.
        found: DispensedTablets,
    },
}

fn times(count: u32) -> String {
    match count {
        1 => "1 time".into(),
        many => format!("{many} times"),
    }
}

fn list(doses: &[OrderedDose]) -> String {
    let mut different: Vec<String> = Vec::new();
    for dose in doses.iter().map(ToString::to_string) {
        if !different.contains(&dose) {
            different.push(dose);
        }
    }
    different.join(" and ")
}

/// By how much two whole numbers differ.
fn ratio(expected: u32, found: u32) -> Option<String> {
    if expected == 0 || found == 0 || expected == found {
        return None;
    }
    [2_u32, 3, 4, 10, 100].into_iter().find_map(|factor| {
        if expected.checked_mul(factor) == Some(found) {
            Some(format!("{factor} times what is expected"))
        } else if found.checked_mul(factor) == Some(expected) {
            Some(format!("1/{factor} of what is expected"))
        } else {
            None
        }
    })
}

const fn judged(right: bool, within_tolerance: bool) -> Outcome {
    match (right, within_tolerance) {
        (true, _) => Outcome::Pass,
        (false, true) => Outcome::Warn,
        (false, false) => Outcome::Fail,
    }
}

impl Observation for OrderFinding {
    fn code(&self) -> &Code {
        match self {
            Self::NoDose { .. } => &codes::ALLOWED,
            Self::Frequency { .. } => &codes::FREQUENCY,
            Self::Dose { .. } => &codes::DOSE,
            Self::Day { .. } => &codes::DAY,
            Self::OtherStrengths { .. } | Self::NotMade { .. } | Self::Tablets { .. } => {
                &codes::TABLETS
            }
            Self::Supply { .. } | Self::DaysUnknown { .. } => &codes::SUPPLY,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::NoDose { stopped: true } | Self::OtherStrengths { .. } | Self::NotMade { .. } => {
                Outcome::Fail
            }
            Self::NoDose { stopped: false } | Self::DaysUnknown { .. } => Outcome::CannotTell,
            Self::Frequency { expected, found } => judged(expected == found, false),
            Self::Dose {
                expected,
                found,
                within_tolerance,
            } => judged(
                found.iter().all(|dose| expected.contains(dose)),
                *within_tolerance,
            ),
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
            Self::NoDose { .. } => Values::default(),
            Self::Frequency { expected, found } => {
                Values::expected(times(*expected)).and_found(times(*found))
            }
            Self::Dose {
                expected, found, ..
            } => Values::expected(list(expected)).and_found(list(found)),
            Self::Day {
                expected,
                found,
                calculated,
                tolerance,
                ..
            } => {
                let percent = 100.0 * (f64::from(*found) - calculated) / calculated;
                let values = Values::expected(format!("{expected} mg"))
                    .and_found(format!("{found} mg"))
                    .difference(format!(
                        "{:+} mg, {percent:+.2} % from the calculated {calculated:.2} mg",
                        i64::from(*found) - i64::from(*expected)
                    ));
                values.tolerance(tolerance.map_or_else(|| "none given".into(), |t| t.to_string()))
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

impl fmt::Display for OrderFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let right = self.outcome() == Outcome::Pass;
        match self {
            Self::NoDose { stopped: true } => {
                f.write_str("a dose is ordered, and a rule stops the drug")
            }
            Self::NoDose { stopped: false } => f.write_str(
                "what the rules leave cannot be told, so that no order can be judged: give what they ask for",
            ),
            Self::Frequency { .. } if right => f.write_str("as often a day as the regimen says"),
            Self::Frequency { expected, found } => {
                write!(f, "it is taken {} a day, and not {}", times(*found), times(*expected))
            }
            Self::Dose { .. } if right => {
                f.write_str("the dose of an administration is what the rounding gives")
            }
            Self::Dose { expected, found, .. } => {
                f.write_str("the dose of an administration is not what the rounding gives")?;
                match (expected.as_slice(), found.as_slice()) {
                    ([expected, ..], [found, ..]) => {
                        match ratio(expected.milligrams(), found.milligrams()) {
                            Some(ratio) => write!(f, ": it is {ratio}"),
                            None => Ok(()),
                        }
                    }
                    _ => Ok(()),
                }
            }
            Self::Day { .. } if right => f.write_str("the drug of a day is what is expected"),
            Self::Day {
                expected,
                found,
                within_tolerance,
                ..
            } => {
                f.write_str("the drug of a day is not what is expected")?;
                if let Some(ratio) = ratio(*expected, *found) {
                    write!(f, ": it is {ratio}")?;
                }
                f.write_str(if *within_tolerance {
                    ", and deviates no more than the tolerance"
                } else {
                    ""
                })
            }
            Self::OtherStrengths { .. } => f.write_str("tablets were dispensed that are not in stock"),
            Self::NotMade { .. } => f.write_str(
                "whole tablets of the dispensed strengths do not make an administration within the limits of the site",
            ),
            Self::Tablets { .. } if right => {
                f.write_str("the dispensed tablets make every administration")
            }
            Self::Tablets { .. } => {
                f.write_str("the dispensed tablets are not the fewest that make the order expected")
            }
            Self::Supply { .. } if right => f.write_str("enough for every day of intake, and no more"),
            Self::Supply {
                days,
                per_day,
                found,
                right_for,
            } => {
                let expected = u64::from(*days) * u64::from(*per_day);
                f.write_str(if *found < expected {
                    "too little for all days of intake"
                } else {
                    "too much for all days of intake"
                })?;
                match right_for {
                    Some((kind, days)) => write!(f, ": it is right for {kind} ({days} days)"),
                    None => Ok(()),
                }
            }
            Self::DaysUnknown { .. } => f.write_str(
                "whether it is enough cannot be told without the days of intake (radiotherapy days, weekdays, calendar days, or days of a cycle) and the dates of the fractions",
            ),
        }
    }
}
