//! The words of what was found of an order.

use core::fmt;

use chemorad::capecitabine::DeviationLimit;
use chemorad::report::{Observation as _, Outcome};

use super::compared::{Agreement, agreement, ratio, times};
use super::finding::OrderFinding;

impl fmt::Display for OrderFinding {
    #[allow(clippy::too_many_lines, reason = "one arm for each finding")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let right = self.outcome() == Outcome::Pass;
        match self {
            Self::NoDose { stopped: true } => {
                f.write_str("a dose is ordered, and a rule stops the drug")
            }
            Self::NoDose { stopped: false } => f.write_str(
                "what the rules leave cannot be told, so that no order can be judged: give what they ask for",
            ),
            Self::NotPrescribed {
                treatment,
                elsewhere: false,
            } => write!(
                f,
                "capecitabine is ordered, and the treatment of this patient gives none: {treatment}"
            ),
            Self::NotPrescribed {
                treatment,
                elsewhere: true,
            } => write!(
                f,
                "the treatment gives capecitabine in a way that is not counted here, so that no order can be \
                 judged: {treatment}"
            ),
            Self::Frequency { .. } if right => f.write_str("as often a day as the regimen says"),
            Self::Frequency { expected, found } => {
                write!(f, "it is taken {} a day, and not {}", times(*found), times(*expected))
            }
            Self::Dose { .. } if right => {
                f.write_str("the dose of an administration is what the rounding gives")
            }
            Self::Dose { expected, found, .. }
                if agreement(expected, found) == Agreement::OtherOrder =>
            {
                f.write_str("the doses are the expected ones in another order of the day")
            }
            Self::Dose {
                expected,
                found,
                within_tolerance,
                ..
            } => {
                f.write_str("the dose of an administration is not what the rounding gives")?;
                if let ([expected, ..], [found, ..]) = (expected.as_slice(), found.as_slice()) {
                    if let Some(ratio) = ratio(expected.milligrams(), found.milligrams()) {
                        write!(f, ": it is {ratio}")?;
                    }
                }
                f.write_str(if *within_tolerance {
                    ", and deviates no more than the tolerance"
                } else {
                    ""
                })
            }
            Self::ExpectedDeviates { limit, .. } => write!(
                f,
                "this is about the expected order, not the entered one: its dose is further from the \
                 calculated one than {}",
                match limit {
                    DeviationLimit::Tolerance(_) => "the tolerance",
                    DeviationLimit::Half => "half of it",
                    _ => "10 %, and no tolerance was given",
                }
            ),
            Self::NotInStock { .. } => f.write_str(
                "whole tablets of the stock do not make an administration within the limits of the site",
            ),
            Self::BeyondLimit { found, .. } => write!(
                f,
                "more tablets of {} were dispensed than all administrations take within the limits of the site",
                found.strength
            ),
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
            Self::Supply { period: Some(period), .. } if right => {
                write!(f, "enough for the dispensing period ({period}), and no more")
            }
            Self::Supply { .. } if right => f.write_str("enough for every day of intake, and no more"),
            Self::Supply {
                period: Some(period),
                days,
                per_day,
                found,
                ..
            } => {
                let expected = u64::from(*days) * u64::from(*per_day);
                let much = if *found < expected { "little" } else { "much" };
                write!(f, "too {much} for the dispensing period ({period})")
            }
            Self::OnePeriod { number, period, .. } => write!(
                f,
                "not enough for all days of intake, and right for one dispensing period such as period {number} ({period}): say for which period it is",
            ),
            Self::Supply {
                days,
                per_day,
                found,
                right_for,
                ..
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
                "whether it is enough cannot be told without the days of intake (radiotherapy days, weekdays, calendar days, or days of a cycle) and the dates of the fractions: calendar.start of a case, --start of an order by flags",
            ),
        }
    }
}
