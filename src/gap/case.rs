//! A gap as a file or a command line gives it, every value typed.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use jiff::civil::Date;

use crate::quantity::{AbsorbedDose, FractionInterval};
use crate::radiobiology::{ModelParameters, Rounding};
use crate::radiotherapy::{
    CalendarError, Fractionation, OverallTimeConvention, Weekdays, dates, phases,
};

/// A gap in a treatment as a file or a command line gives it. Unknown fields are errors.
///
/// What the late-reacting tissue gets is taken to be what the tumour gets: it lies in the same
/// volume.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GapCase {
    /// A heading, one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The phases that reach the tumour, in order, with its dose in each: `"45Gy/25+5.4Gy/3"`, or a list.
    #[serde(deserialize_with = "phases")]
    pub prescription: Vec<Fractionation>,
    /// The calendar as planned.
    pub calendar: PlannedCalendar,
    /// What was delivered so far.
    #[serde(default)]
    pub delivered: Delivered,
    /// What is still possible.
    #[serde(default)]
    pub possible: Constraints,
    /// The tumour: α/β, and where they are meant loss per day, kick-off time, repair half-time.
    pub tumour: ModelParameters,
    /// The late-reacting tissue.
    pub late: ModelParameters,
    /// How overall time is counted.
    pub convention: OverallTimeConvention,
    /// The smallest step of a dose per fraction; without it doses are exact to a microgray.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose_step: Option<AbsorbedDose>,
    /// How a dose per fraction becomes a multiple of the step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose_rounding: Option<Rounding>,
}

/// The calendar a treatment was planned on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedCalendar {
    /// The date of the first fraction.
    #[serde(deserialize_with = "dates::one")]
    pub start: Date,
    /// The weekdays of treatment: `mon-fri`.
    pub weekdays: Weekdays,
    /// Dates without treatment that were known; an empty list says that there are none.
    #[serde(default, deserialize_with = "dates::several_if_given")]
    pub holidays: Option<Vec<Date>>,
    /// Fractions on each treatment day.
    pub fractions_per_day: u32,
    /// Time between the fractions of a day, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<FractionInterval>,
}

/// What was delivered: a number of fractions on the planned dates, those dates less the missed ones, or
/// a list of dates.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Delivered {
    /// The number of fractions, given on the planned dates but for those missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fractions: Option<u32>,
    /// Planned dates before the resumption on which nothing was given. Without `fractions` every other
    /// planned date before the resumption was treated.
    #[serde(deserialize_with = "dates::several")]
    pub missed: Vec<Date>,
    /// The date of each fraction, instead of `fractions` and `missed`.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "dates::several_if_given"
    )]
    pub dates: Option<Vec<Date>>,
    /// The dose of every fraction; as planned when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dose_per_fraction: Option<AbsorbedDose>,
    /// The dose of each fraction, instead of `dose_per_fraction`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doses: Option<Vec<AbsorbedDose>>,
}

/// What is still possible.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constraints {
    /// The first date on which a fraction can be given again. When absent, the next day of treatment after
    /// the last date of `delivered.missed`, and the result says so.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "dates::one_if_given"
    )]
    pub resume: Option<Date>,
    /// Dates without treatment from then on, besides the planned holidays.
    #[serde(default, deserialize_with = "dates::several")]
    pub closed: Vec<Date>,
    /// Weekdays outside the plan on which fractions could be given: `sat`, `sat,sun`, or `none`. When
    /// absent every such day is tried, and the result says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra_weekdays: Option<ExtraWeekdays>,
    /// Time between two fractions of a day on which a second one is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_fraction_interval: Option<FractionInterval>,
    /// The least interval the site allows; 6 h when absent
    /// ([`MINIMUM_INTERVAL`](crate::radiotherapy::MINIMUM_INTERVAL)). An interval below it is an error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_interval: Option<FractionInterval>,
}

/// The weekdays outside the plan on which fractions could be given: `sat,sun`, or `none`.
///
/// ```
/// use chemorad::gap::ExtraWeekdays;
/// assert_eq!("none".parse::<ExtraWeekdays>()?, ExtraWeekdays::None);
/// assert_eq!("sat".parse::<ExtraWeekdays>()?.to_string(), "sat");
/// # Ok::<(), chemorad::radiotherapy::CalendarError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtraWeekdays {
    /// None can be used.
    None,
    /// These.
    These(Weekdays),
}

impl FromStr for ExtraWeekdays {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "none" => Ok(Self::None),
            text => text.parse().map(Self::These),
        }
    }
}

impl fmt::Display for ExtraWeekdays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.pad("none"),
            Self::These(weekdays) => weekdays.fmt(f),
        }
    }
}

crate::text::by_text!(ExtraWeekdays);

impl GapCase {
    /// A course given Monday to Friday, one fraction a day, overall time counted inclusively; what
    /// was delivered and the models are still to be filled in.
    #[must_use]
    pub fn new(prescription: Vec<Fractionation>, start: Date, resume: Date) -> Self {
        Self {
            title: None,
            prescription,
            calendar: PlannedCalendar {
                start,
                weekdays: Weekdays::MONDAY_TO_FRIDAY,
                holidays: None,
                fractions_per_day: 1,
                interval: None,
            },
            delivered: Delivered::default(),
            possible: Constraints {
                resume: Some(resume),
                ..Constraints::default()
            },
            tumour: ModelParameters::default(),
            late: ModelParameters::default(),
            convention: OverallTimeConvention::Inclusive,
            dose_step: None,
            dose_rounding: None,
        }
    }
}
