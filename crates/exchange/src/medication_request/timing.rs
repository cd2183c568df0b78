//! On which days and at which times the drug is taken, as FHIR writes it.

use chemorad::capecitabine::{CapecitabineDays, OrderedDay, Supply};
use chemorad::radiotherapy::Weekdays;
use jiff::civil::{Date, Time};
use serde::Serialize;

use crate::error::ExportError;
use crate::fhir::{CodeableConcept, Period};

use super::RequestDetails;

/// FHIR's `Timing`: dates, or a repetition, or words.
///
/// "2 times a day" alone means every day to whoever reads it, so each kind of days has the one form
/// that says it exactly:
///
/// | days | form |
/// | --- | --- |
/// | every calendar day | `repeat` |
/// | Monday to Friday | `repeat` with `dayOfWeek` |
/// | radiotherapy days and cycles, dated | `event`: one date for each day, once per administration, and the bounds |
/// | radiotherapy days and cycles, undated | `code.text` alone |
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub(super) struct Timing {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    event: Vec<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeat: Option<Repeat>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<CodeableConcept>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Default)]
#[serde(rename_all = "camelCase")]
struct Repeat {
    #[serde(skip_serializing_if = "Option::is_none")]
    bounds_period: Option<Period>,
    #[serde(skip_serializing_if = "Option::is_none")]
    frequency: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period_unit: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    day_of_week: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    time_of_day: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<[&'static str; 1]>,
}

/// The days and clock times of an order, checked against each other.
pub(super) struct Schedule<'a> {
    pub(super) days: &'a CapecitabineDays,
    supply: Option<&'a Supply>,
    times: &'a [Time],
    per_day: usize,
}

impl<'a> Schedule<'a> {
    pub(super) fn new(
        day: &OrderedDay,
        supply: Option<&'a Supply>,
        details: &'a RequestDetails,
    ) -> Result<Self, ExportError> {
        let days = match (supply.map(Supply::kind), &details.days) {
            (Some(ordered), Some(given)) if ordered != given => {
                return Err(ExportError::OtherDays {
                    ordered: ordered.clone(),
                    given: given.clone(),
                });
            }
            (Some(days), _) | (None, Some(days)) => days,
            (None, None) => return Err(ExportError::DaysNotStated),
        };
        let times = details.times_of_day.as_slice();
        let per_day = day.administrations().len();
        let rising = times.windows(2).all(|pair| pair[0] < pair[1]);
        if !times.is_empty() && (times.len() != per_day || !rising) {
            return Err(ExportError::TimesOfDay {
                administrations: per_day,
                given: times.len(),
            });
        }
        let schedule = Self {
            days,
            supply,
            times,
            per_day,
        };
        if !times.is_empty() && !schedule.repeats() {
            return Err(ExportError::TimesOnDates { days: days.clone() });
        }
        Ok(schedule)
    }

    /// Whether a repetition says these days exactly.
    fn repeats(&self) -> bool {
        matches!(
            self.days,
            CapecitabineDays::Weekdays | CapecitabineDays::CalendarDays
        )
    }

    /// Whether one instruction can hold every administration of a day. Dates cannot: a date listed
    /// twice may be read as once.
    pub(super) fn takes_a_day_at_once(&self) -> bool {
        self.repeats() || self.supply.is_none()
    }

    /// The timing of a whole day of equal administrations.
    pub(super) fn of_day(&self) -> Timing {
        if !self.repeats() {
            return self.words(&times_a_day(self.per_day));
        }
        self.repeating(self.per_day, self.times, None)
    }

    /// The timing of one administration of the day, from 0 on; `when` where the order says
    /// morning or evening.
    pub(super) fn of_administration(&self, index: usize, when: Option<DayPart>) -> Timing {
        if self.repeats() {
            let time = self.times.get(index..=index).unwrap_or_default();
            return self.repeating(1, time, when.filter(|_| time.is_empty()));
        }
        match self.supply {
            Some(supply) => Timing {
                event: supply.dates().to_vec(),
                // the dates say all; the bounds say it to whoever reads nothing but these
                repeat: bounds(supply).map(|bounds| Repeat {
                    bounds_period: Some(bounds),
                    ..Repeat::default()
                }),
                code: None,
            },
            None => self.words(when.map_or("once a day", DayPart::words)),
        }
    }

    fn repeating(&self, frequency: usize, times: &[Time], when: Option<DayPart>) -> Timing {
        Timing {
            repeat: Some(Repeat {
                bounds_period: self.supply.and_then(bounds),
                frequency: Some(frequency),
                period: Some(1),
                period_unit: Some("d"),
                day_of_week: match self.days {
                    CapecitabineDays::Weekdays => Weekdays::MONDAY_TO_FRIDAY.names().collect(),
                    _ => Vec::new(),
                },
                time_of_day: times
                    .iter()
                    .map(|time| time.strftime("%H:%M:%S").to_string())
                    .collect(),
                when: when.map(|part| [part.code()]),
            }),
            ..Timing::default()
        }
    }

    /// Without dates a machine must not be given a repetition it could act on.
    fn words(&self, how_often: &str) -> Timing {
        Timing {
            code: Some(CodeableConcept::worded(&format!(
                "{how_often}, {}",
                on_days(self.days)
            ))),
            ..Timing::default()
        }
    }

    /// `on radiotherapy days, 2026-12-07 to 2027-01-13 (28 days)`.
    pub(super) fn text(&self) -> String {
        let days = on_days(self.days);
        let dates = self.supply.map(Supply::dates).unwrap_or_default();
        match (dates.first(), dates.last()) {
            (Some(first), Some(last)) => {
                format!("{days}, {first} to {last} ({} days)", dates.len())
            }
            _ => days,
        }
    }
}

/// From the first day to the last.
fn bounds(supply: &Supply) -> Option<Period> {
    let (&start, &end) = (supply.dates().first()?, supply.dates().last()?);
    Some(Period { start, end })
}

fn on_days(days: &CapecitabineDays) -> String {
    match days {
        CapecitabineDays::CalendarDays | CapecitabineDays::Weekdays => {
            format!("{days} from the first to the last fraction")
        }
        _ => format!("on {days}"),
    }
}

pub(super) fn times_a_day(times: usize) -> String {
    if times == 1 {
        "once a day".into()
    } else {
        format!("{times} times a day")
    }
}

/// The two parts of an unequal day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayPart {
    Morning,
    Evening,
}

impl DayPart {
    /// FHIR's event timing.
    const fn code(self) -> &'static str {
        match self {
            Self::Morning => "MORN",
            Self::Evening => "EVE",
        }
    }

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Morning => "in the morning",
            Self::Evening => "in the evening",
        }
    }
}
