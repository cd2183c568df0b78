//! What a compensation does, or why there is none.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use jiff::civil::Date;

use crate::quantity::{AbsorbedDose, FractionInterval};
use crate::radiobiology::{Rounding, SolveError};
use crate::report::decimal;

/// Whether a compensation exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It was calculated. Whether it is acceptable is not said.
    Calculated,
    /// There is nothing for it to make good.
    NotNeeded,
    /// It does not exist.
    NotPossible,
}

/// What a compensation does, or why it is not needed or not possible.
///
/// ```
/// use chemorad::gap::{Description, Status};
/// let none = Description::NoFractionToMove;
/// assert_eq!(none.status(), Status::NotNeeded);
/// assert_eq!(none.to_string(), "no fraction is left to move");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Description {
    /// The fractions that are left are given on other days, or two on one day.
    OtherDays {
        /// Days outside the usual weekdays.
        extra: Vec<Date>,
        /// Days with a second fraction.
        doubled: Vec<Date>,
        /// The interval on those days, where it is known.
        interval: Option<FractionInterval>,
    },
    /// They are given with another dose.
    OtherDose {
        /// How many are left.
        fractions: usize,
        /// What each gets.
        given: AbsorbedDose,
        /// The least and the most that was planned.
        planned: Option<(AbsorbedDose, AbsorbedDose)>,
        /// The dose before it was rounded, gray, the rule and the step, where a step was given.
        rounded: Option<(f64, Rounding, AbsorbedDose)>,
    },
    /// Another number of them is given.
    OtherNumber {
        /// How many are given.
        fractions: usize,
        /// How many were planned.
        planned: usize,
    },
    /// Not needed: none is left to move.
    NoFractionToMove,
    /// Not needed: those that are left end in time.
    FitBeforeEnd,
    /// Not needed: the planned doses keep the late BED.
    DosesKeepLateBed,
    /// Not needed: the planned doses reach the tumour BED.
    DosesReachTumourBed,
    /// Not needed: the planned number reaches the tumour BED.
    NumberReachesTumourBed,
    /// Not needed: no smaller number reaches it.
    NumberIsFewest,
    /// Not possible: the plan has several fractions a day.
    SeveralADayPlanned,
    /// Not possible: repair is asked for without the interval of a second fraction.
    IntervalNeeded,
    /// Not possible: no day outside the usual weekdays is open in time.
    NoExtraDay,
    /// Not possible: never are two fractions left on one day.
    NoDayForTwo,
    /// Not possible: what the late-reacting tissue gets cannot be told.
    LateNotTold,
    /// Not possible: what the tumour loses to time cannot be told.
    TumourNotTold,
    /// Not possible: none is left to change.
    NoFractionToChange,
    /// Not possible: the BED of the plan is reached already.
    DeliveredReachesBed,
    /// Not possible: no dose per fraction solves it.
    NoDose(SolveError),
    /// Not possible: the dose that solves it is no multiple of a microgray.
    DoseNotGivable,
    /// Not possible: nothing is prescribed.
    NothingPrescribed,
    /// Not possible: a further fraction costs more in time than it adds.
    NoNumberReachesBed,
}

impl Description {
    /// Whether there is a compensation.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self {
            Self::OtherDays { .. } | Self::OtherDose { .. } | Self::OtherNumber { .. } => {
                Status::Calculated
            }
            Self::NoFractionToMove
            | Self::FitBeforeEnd
            | Self::DosesKeepLateBed
            | Self::DosesReachTumourBed
            | Self::NumberReachesTumourBed
            | Self::NumberIsFewest => Status::NotNeeded,
            _ => Status::NotPossible,
        }
    }
}

const fn fractions_word(count: usize) -> &'static str {
    if count == 1 { "fraction" } else { "fractions" }
}

fn list(dates: &[Date]) -> String {
    let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
    dates.join(", ")
}

impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OtherDays {
                extra,
                doubled,
                interval,
            } => {
                if !extra.is_empty() {
                    write!(f, "treatment also on {}", list(extra))?;
                }
                if doubled.is_empty() {
                    return Ok(());
                }
                f.write_str(if extra.is_empty() { "" } else { "; " })?;
                let days = list(doubled);
                return match interval {
                    Some(interval) => write!(f, "two fractions ({interval} apart) on {days}"),
                    None => write!(f, "two fractions (interval not stated) on {days}"),
                };
            }
            Self::OtherDose {
                fractions,
                given,
                planned,
                rounded,
            } => {
                let word = fractions_word(*fractions);
                write!(f, "{fractions} {word} of {given} instead of ")?;
                match planned {
                    Some((least, most)) if least != most => write!(f, "{least} to {most}")?,
                    Some((only, _)) => write!(f, "{only}")?,
                    None => {}
                }
                if let Some((exact, rule, step)) = rounded {
                    let exact = decimal(*exact);
                    write!(f, " (exactly {exact} Gy, rounded {rule} to a multiple of {step})")?;
                }
                return Ok(());
            }
            Self::OtherNumber { fractions, planned } => {
                let more = if fractions > planned { "more" } else { "fewer" };
                return write!(
                    f,
                    "{fractions} {} instead of {planned}: {} {more}, the fewest that reach the tumour BED of the plan",
                    fractions_word(*fractions),
                    fractions.abs_diff(*planned)
                );
            }
            Self::NoFractionToMove => "no fraction is left to move",
            Self::FitBeforeEnd => "the fractions that are left fit before the planned end",
            Self::DosesKeepLateBed => "unchanged doses keep the late BED of the plan",
            Self::DosesReachTumourBed => "unchanged doses reach the tumour BED of the plan",
            Self::NumberReachesTumourBed => {
                "the fractions prescribed reach the tumour BED of the plan"
            }
            Self::NumberIsFewest => {
                "the fractions prescribed are the fewest that reach the tumour BED of the plan"
            }
            Self::SeveralADayPlanned => "the plan has several fractions a day already",
            Self::IntervalNeeded => {
                "a repair half-time is given, so the interval between two fractions of a day is needed: possible.second_fraction_interval of a case, or --interval"
            }
            Self::NoExtraDay => {
                "no open day outside the usual weekdays comes before the last fraction"
            }
            Self::NoDayForTwo => "no day has two of the fractions that are left",
            Self::LateNotTold => "what the late-reacting tissue gets cannot be told without its half-time of repair",
            Self::TumourNotTold => "what the tumour loses to time cannot be told without its loss of dose per day and the day on which it starts (kick-off)",
            Self::NoFractionToChange => "no fraction is left to change",
            Self::DeliveredReachesBed => "what was delivered already gives the BED of the plan",
            Self::NoDose(error) => return write!(f, "{error}"),
            Self::DoseNotGivable => "the dose per fraction cannot be given",
            Self::NothingPrescribed => "nothing is prescribed",
            Self::NoNumberReachesBed => {
                "no number of fractions reaches the tumour BED of the plan: what a fraction adds is lost in the time it takes"
            }
        })
    }
}

impl serde::Serialize for Description {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
