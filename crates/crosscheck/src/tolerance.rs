//! How far apart two doses may be, each with its source.

use core::cmp::Ordering;
use core::fmt;
use core::str::FromStr;

use chemorad::number::{Decimal, Rational};
use chemorad::quantity::AbsorbedDose;
use chemorad_dosimetry::written_number;

/// How far apart two doses may be: less than this; 0 means equal. Of a dose in gray, at most the widest
/// percentage of its [`Tolerance`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// So many gray.
    Gray(Decimal),
    /// So many percent of what is expected.
    Percent(Decimal),
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gray(gray) => f.pad(&format!("{gray} Gy")),
            Self::Percent(percent) => f.pad(&format!("{percent} %")),
        }
    }
}

impl serde::Serialize for Limit {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A tolerance with its name, its limit and where the limit comes from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Tolerance {
    /// The name it is set by.
    pub name: &'static str,
    /// What it applies to.
    pub applies_to: &'static str,
    /// The limit in use.
    pub limit: Limit,
    /// The limit unless another is given.
    pub default: Limit,
    /// The largest percentage that is taken; of a dose, no limit in gray allows more.
    pub widest_percent: Decimal,
    /// The largest limit in gray that is taken.
    pub widest_gray: Decimal,
    /// Where the default comes from.
    pub source: &'static str,
}

impl Tolerance {
    /// Whether the limit in use was given by the user.
    #[must_use]
    pub fn is_overridden(&self) -> bool {
        self.limit != self.default
    }

    /// What it allows, of any dose.
    pub(super) const fn allowed(&self) -> Allowed {
        Allowed {
            limit: self.limit,
            widest_percent: self.widest_percent,
        }
    }

    /// Takes another limit.
    fn set(&mut self, value: &str) -> Result<(), ToleranceError> {
        let name = self.name;
        let limit = value.parse().map_err(|()| ToleranceError::Value {
            name,
            value: short(value),
        })?;
        let (given, widest, largest) = match limit {
            Limit::Percent(given) => (
                given,
                self.widest_percent,
                Limit::Percent(self.widest_percent),
            ),
            Limit::Gray(given) => (given, self.widest_gray, Limit::Gray(self.widest_gray)),
        };
        if given > widest {
            return Err(ToleranceError::TooWide {
                name,
                value: limit.to_string(),
                largest,
            });
        }
        self.limit = limit;
        Ok(())
    }
}

/// How far from a dose another may be: a limit, and the share of the dose that it never exceeds. So what
/// is little beside one phase does not swallow a smaller one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Allowed {
    pub(super) limit: Limit,
    pub(super) widest_percent: Decimal,
}

impl Allowed {
    /// In gray, of a dose. `None` when the numbers have too many digits.
    pub(super) fn of(self, dose: Rational) -> Option<Rational> {
        let share = |percent: Decimal| {
            let share = percent.checked_mul(Decimal::new(1, -2)?)?;
            dose.abs().checked_mul_decimal(share)
        };
        match self.limit {
            Limit::Percent(percent) => share(percent),
            Limit::Gray(gray) => {
                let gray = Rational::from_decimal(gray);
                let widest = share(self.widest_percent)?;
                Some(if gray.checked_cmp(widest)? == Ordering::Greater {
                    widest
                } else {
                    gray
                })
            }
        }
    }
}

fn short(text: &str) -> String {
    text.trim().chars().take(60).collect()
}

/// The tolerances of a check, by name, each with its source; always reported.
///
/// ```
/// use chemorad_crosscheck::Tolerances;
/// let mut tolerances = Tolerances::default();
/// tolerances.set("total=0.5%")?;
/// assert_eq!(tolerances.total.limit.to_string(), "0.5 %");
/// assert!(tolerances.total.is_overridden());
/// assert_eq!(
///     tolerances.set("totl=0.5%").unwrap_err().to_string(),
///     "no tolerance is called \"totl\"; there are: dose_per_fraction, total, beam_sum, beam_dose_at_point, dose_maximum"
/// );
/// # Ok::<(), chemorad_crosscheck::ToleranceError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tolerances {
    /// Of the dose per fraction.
    pub dose_per_fraction: Tolerance,
    /// Of a total dose.
    pub total: Tolerance,
    /// Of the beams' sum against what the plan states.
    pub beam_sum: Tolerance,
    /// Of the same where the beams state the dose of a point.
    pub beam_dose_at_point: Tolerance,
    /// Of the largest dose of a whole plan below the prescribed dose.
    pub dose_maximum: Tolerance,
}

/// A setting of a tolerance that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ToleranceError {
    /// Not `name=value`.
    #[error(
        "{0:?} is not a tolerance; write name=value, such as total=0.5% or dose_per_fraction=0.01Gy"
    )]
    Malformed(String),
    /// No tolerance has this name.
    #[error(
        "no tolerance is called {0:?}; there are: dose_per_fraction, total, beam_sum, beam_dose_at_point, dose_maximum"
    )]
    Name(String),
    /// Neither gray nor percent.
    #[error(
        "tolerance {name}: {value:?} is neither a dose nor a percentage; write 0.01Gy, 1cGy or 0.5%"
    )]
    Value {
        /// The tolerance.
        name: &'static str,
        /// What was given.
        value: String,
    },
    /// So wide that it checks nothing.
    #[error("tolerance {name}: {value} is above {largest}, which checks nothing")]
    TooWide {
        /// The tolerance.
        name: &'static str,
        /// What was given.
        value: String,
        /// The largest that is taken.
        largest: Limit,
    },
}

const fn thousandths(count: i128) -> Decimal {
    match Decimal::new(count, -3) {
        Some(value) => value,
        None => Decimal::ZERO,
    }
}

/// Wider ones let a wrong prescription pass; this project's choice.
const WIDEST_PERCENT: Decimal = thousandths(5_000);
/// The largest tolerance of a course, of which it is less than a fraction.
const WIDEST_TOTAL: Decimal = thousandths(1_000);
/// The largest tolerance of a dose per fraction: prescriptions differ in it by 0.2 Gy and less.
const WIDEST_PER_FRACTION: Decimal = thousandths(50);

const OWN_CHOICE: &str = "this project's choice: wider than the rounding of beam doses (34.99 Gy for 35 Gy), narrower than any step of a prescription";

impl Default for Tolerances {
    fn default() -> Self {
        const GRAY: Limit = Limit::Gray(thousandths(5));
        const TOTAL: Limit = Limit::Percent(thousandths(100));
        // what only warns may be as wide as it is
        const AT_POINT: Decimal = thousandths(25_000);
        const COVERED: Limit = Limit::Percent(WIDEST_PERCENT);
        Self {
            dose_per_fraction: Tolerance {
                name: "dose_per_fraction",
                applies_to: "dose per fraction, planned against prescribed",
                limit: GRAY,
                default: GRAY,
                widest_percent: WIDEST_PERCENT,
                widest_gray: WIDEST_PER_FRACTION,
                source: "the plan check uhqd/PLANCHECK (Check_Prescription.cs): a difference below 0.005 Gy agrees",
            },
            total: Tolerance {
                name: "total",
                applies_to: "total dose, planned against prescribed",
                limit: TOTAL,
                default: TOTAL,
                widest_percent: WIDEST_PERCENT,
                widest_gray: WIDEST_TOTAL,
                source: OWN_CHOICE,
            },
            beam_sum: Tolerance {
                name: "beam_sum",
                applies_to: "fractions times beam doses against the dose the plan states; n x d against D where all are entered",
                limit: TOTAL,
                default: TOTAL,
                widest_percent: WIDEST_PERCENT,
                widest_gray: WIDEST_TOTAL,
                source: OWN_CHOICE,
            },
            beam_dose_at_point: Tolerance {
                name: "beam_dose_at_point",
                applies_to: "beam_sum where the beam doses are those of a point that the plan names, and the plan states the prescribed dose: a warning, and a failure beyond it",
                limit: Limit::Percent(AT_POINT),
                default: Limit::Percent(AT_POINT),
                widest_percent: AT_POINT,
                widest_gray: WIDEST_TOTAL,
                source: "this project's choice: wider than what plans of several planning systems show (-18.5 to +3.1 %)",
            },
            dose_maximum: Tolerance {
                name: "dose_maximum",
                applies_to: "how far the largest dose of a whole plan lies below the prescribed dose; any less is a warning",
                limit: COVERED,
                default: COVERED,
                widest_percent: WIDEST_PERCENT,
                widest_gray: WIDEST_TOTAL,
                source: "this project's choice: targets are covered by 95 % of the prescribed dose (ICRU 50), and a maximum below that covers nothing",
            },
        }
    }
}

impl Tolerances {
    /// Each tolerance.
    pub fn iter(&self) -> impl Iterator<Item = &Tolerance> {
        [
            &self.dose_per_fraction,
            &self.total,
            &self.beam_sum,
            &self.beam_dose_at_point,
            &self.dose_maximum,
        ]
        .into_iter()
    }

    /// Sets one from `name=value`; the value is a dose (`0.01Gy`) or a percentage (`0.5%`).
    ///
    /// # Errors
    /// An unknown name, a value that is neither, or one that is wider than [`Tolerance::widest_percent`] or
    /// [`Tolerance::widest_gray`].
    pub fn set(&mut self, setting: &str) -> Result<(), ToleranceError> {
        let Some((name, value)) = setting.split_once('=') else {
            return Err(ToleranceError::Malformed(short(setting)));
        };
        let tolerance = match name.trim() {
            "dose_per_fraction" => &mut self.dose_per_fraction,
            "total" => &mut self.total,
            "beam_sum" => &mut self.beam_sum,
            "beam_dose_at_point" => &mut self.beam_dose_at_point,
            "dose_maximum" => &mut self.dose_maximum,
            _ => return Err(ToleranceError::Name(short(name))),
        };
        tolerance.set(value)
    }
}

impl FromStr for Limit {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        if let Some(percent) = text.strip_suffix('%') {
            let percent = written_number(percent.trim());
            return percent.map(Self::Percent).ok_or(());
        }
        // zero is no dose, and a tolerance all the same
        let zero = ["cGy", "Gy"]
            .iter()
            .find_map(|unit| text.strip_suffix(unit))
            .and_then(|number| written_number(number.trim()))
            .is_some_and(Decimal::is_zero);
        if zero {
            return Ok(Self::Gray(Decimal::ZERO));
        }
        let dose: AbsorbedDose = text.parse().map_err(|_| ())?;
        Ok(Self::Gray(dose.into()))
    }
}
