//! A schedule as text: phases, overall time and the fractions of a day.

use std::str::FromStr;

use chemorad::quantity::{KickOffTime, QuantityError};
use chemorad::radiobiology::{cautions, interval_caution};
use chemorad::radiotherapy::{DailyPattern, DailyPatternError, Fractionation, Fractionations};
use chemorad::report::{Finding, Subject};

use crate::args::whole_number::whole_number;

/// A whole number of days: `35d`, `5wk`.
pub(crate) fn whole_days(text: &str) -> Result<u32, String> {
    let time: KickOffTime = text.parse().map_err(|error: QuantityError| {
        format!(
            "an overall time is a number of days such as 35d: {}",
            error.fault().message()
        )
    })?;
    if time.microdays() == 0 || time.microdays() % 1_000_000 != 0 {
        return Err(format!(
            "an overall time is a whole number of days, not {time}"
        ));
    }
    u32::try_from(time.microdays() / 1_000_000).map_err(|error| error.to_string())
}

/// 1 to 3.
pub(crate) fn fractions_a_day(text: &str) -> Result<u32, String> {
    let number: u32 = whole_number(text, 0..=u32::MAX)
        .map_err(|_| format!("{text:?} is not a number of fractions; possible are 1 to 3"))?;
    if (1..=3).contains(&number) {
        Ok(number)
    } else {
        Err(DailyPatternError::Fractions(number).to_string())
    }
}

/// A schedule to compare with: phases joined by `+`, then its overall time and its fractions of a
/// day where they differ, as in `45Gy/25+5.4Gy/3`, `25Gy/5, 5d`, `81.6Gy/68, 45d, 2x6h`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Schedule {
    text: String,
    pub(crate) phases: Vec<Fractionation>,
    pub(crate) days: Option<u32>,
    pub(crate) pattern: Option<DailyPattern>,
}

impl Schedule {
    /// Warnings of its doses and its interval, and those of its effect, under its name.
    pub(crate) fn cautions(&self, of_effect: Vec<Finding>) -> Vec<Finding> {
        let doses = self.phases.iter().flat_map(|&phase| cautions("", phase));
        let interval = self.pattern.and_then(|p| interval_caution("", p));
        doses
            .chain(interval)
            .chain(of_effect)
            .map(|finding| finding.about(Subject::source(self.text.clone())))
            .collect()
    }
}

impl std::fmt::Display for Schedule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.text)
    }
}

impl FromStr for Schedule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut items = text.split(',').map(str::trim);
        let course: Fractionations = items
            .next()
            .unwrap_or("")
            .parse()
            .map_err(|error| format!("{error}"))?;
        let mut schedule = Self {
            text: text.trim().to_string(),
            phases: course.into_vec(),
            days: None,
            pattern: None,
        };
        for item in items {
            let twice = if let Some((number, interval)) = item.split_once('x') {
                let number = fractions_a_day(number.trim())?;
                let pattern = if number == 1 && interval.is_empty() {
                    DailyPattern::ONCE
                } else {
                    let interval = interval
                        .parse()
                        .map_err(|error| format!("{item:?}: {error}"))?;
                    DailyPattern::equal(number, interval)
                        .map_err(|error| format!("{item:?}: {error}"))?
                };
                schedule.pattern.replace(pattern).is_some()
            } else {
                let days = whole_days(item).map_err(|error| {
                    format!(
                        "{item:?} is neither an overall time (5d) nor fractions a day (2x6h): {error}"
                    )
                })?;
                schedule.days.replace(days).is_some()
            };
            if twice {
                return Err(format!("{item:?} says the same a second time"));
            }
        }
        Ok(schedule)
    }
}
