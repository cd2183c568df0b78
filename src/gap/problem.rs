//! A gap whose parts go together: the plan with its dates, what was delivered, what is left.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use jiff::civil::{Date, Weekday};

use super::case::{ExtraWeekdays, GapCase};
use super::delivered::{check, delivered_dates, delivered_fractions};
use super::error::GapError;
use super::finding::GapFinding;
use crate::quantity::{AbsorbedDose, FractionInterval};
use crate::radiobiology::{EffectModel, Endpoint, ModelParameters, Rounding, TissueParameter};
use crate::radiotherapy::dates::in_supported_years;
use crate::radiotherapy::{
    CalendarError, CalendarRules, Course, DailyPattern, DatedDose, FractionCalendar,
    MINIMUM_INTERVAL, OverallTimeConvention, Weekdays,
};
use crate::report::Finding;
use crate::text::is_heading;

/// A gap whose parts go together: the plan with its dates, what was delivered, what is left.
///
/// See the [room](super) for an example.
#[derive(Debug, Clone, PartialEq)]
pub struct GapProblem {
    pub(super) planned: Vec<DatedDose>,
    pub(super) delivered: Vec<DatedDose>,
    /// The doses of the fractions that are left, as planned.
    pub(super) remaining: Vec<AbsorbedDose>,
    pub(super) usual: Weekdays,
    pub(super) per_day: u32,
    pub(super) resume: Date,
    pub(super) closed: BTreeSet<Date>,
    /// Without it every day outside the plan is tried.
    pub(super) extra: Option<ExtraWeekdays>,
    pub(super) planned_pattern: Option<DailyPattern>,
    pub(super) second: Option<FractionInterval>,
    pub(super) tumour: EffectModel,
    pub(super) late: EffectModel,
    pub(super) convention: OverallTimeConvention,
    pub(super) rounding: Option<(AbsorbedDose, Rounding)>,
    /// What is odd about the parameters.
    pub(super) parameters: Vec<Finding>,
}

impl GapProblem {
    /// Checks a case.
    ///
    /// # Errors
    /// What is missing or does not go together, with the field of the case.
    pub fn new(case: &GapCase) -> Result<Self, GapError> {
        if case
            .title
            .as_deref()
            .is_some_and(|title| !is_heading(title))
        {
            return Err(GapError::Title);
        }
        if case.prescription.is_empty() {
            return Err(GapError::NoPrescription);
        }
        let given = &case.delivered;
        let dates = [case.possible.resume].into_iter();
        let mut dates = dates
            .chain(given.missed.iter().copied())
            .chain(given.dates.iter().flatten().copied())
            .chain(case.possible.closed.iter().copied());
        if let Some(date) = dates.find(|&date| !in_supported_years(date)) {
            return Err(CalendarError::Year(date).into());
        }
        let course = Course::from_fractionations("tumour", &case.prescription)?;
        let usual = case.calendar.weekdays;
        let rules = CalendarRules {
            start: case.calendar.start,
            weekdays: usual,
            holidays: case.calendar.holidays.clone(),
            fractions_per_day: case.calendar.fractions_per_day,
        };
        let calendar = FractionCalendar::plan(&course, &rules)?;
        let doses: Vec<AbsorbedDose> = case
            .prescription
            .iter()
            .flat_map(|phase| phase.doses())
            .collect();
        let planned: Vec<DatedDose> = calendar
            .fractions()
            .iter()
            .zip(&doses)
            .map(|(fraction, &dose)| DatedDose {
                date: fraction.date,
                dose,
            })
            .collect();
        let dates = delivered_dates(&case.delivered, &course, &rules, case.possible.resume)?;
        let delivered = delivered_fractions(&case.delivered, &dates, &doses)?;
        check(case, &delivered)?;
        let (planned_pattern, second) = intervals(case)?;
        let extra = case.possible.extra_weekdays;
        match extra {
            Some(ExtraWeekdays::These(extra)) if extra.overlaps(usual) => {
                return Err(GapError::ExtraWeekdays { extra, usual });
            }
            _ => {}
        }
        let model = |field, parameters: &ModelParameters| {
            parameters
                .model()
                .map_err(|error| GapError::Parameters { field, error })
        };
        Ok(Self {
            remaining: doses.iter().skip(delivered.len()).copied().collect(),
            planned,
            delivered,
            usual,
            per_day: case.calendar.fractions_per_day,
            resume: case.possible.resume,
            closed: case
                .calendar
                .holidays
                .iter()
                .chain(&case.possible.closed)
                .copied()
                .collect(),
            extra,
            planned_pattern,
            second,
            tumour: model("tumour", &case.tumour)?,
            late: model("late", &case.late)?,
            convention: case.convention,
            parameters: odd_endpoints(case),
            rounding: match (case.dose_step, case.dose_rounding) {
                (Some(step), Some(rule)) => Some((step, rule)),
                (None, None) => None,
                _ => return Err(GapError::HalfRounding),
            },
        })
    }

    /// The fractions as planned.
    #[must_use]
    pub fn planned(&self) -> &[DatedDose] {
        &self.planned
    }

    /// The fractions delivered so far.
    #[must_use]
    pub fn delivered(&self) -> &[DatedDose] {
        &self.delivered
    }

    /// The planned doses of the fractions that are left.
    #[must_use]
    pub fn remaining(&self) -> &[AbsorbedDose] {
        &self.remaining
    }

    /// The model of the tumour.
    #[must_use]
    pub const fn tumour(&self) -> &EffectModel {
        &self.tumour
    }

    /// The model of the late-reacting tissue.
    #[must_use]
    pub const fn late(&self) -> &EffectModel {
        &self.late
    }

    /// The intervals of days with several fractions.
    pub(super) fn pattern(&self) -> Option<DailyPattern> {
        self.planned_pattern.or_else(|| {
            self.second
                .and_then(|interval| DailyPattern::equal(2, interval).ok())
        })
    }

    pub(super) fn planned_last(&self) -> Date {
        self.planned
            .last()
            .map_or(self.resume, |fraction| fraction.date)
    }

    pub(super) fn is_usual(&self, date: Date) -> bool {
        self.usual.contains(date.weekday()) && !self.closed.contains(&date)
    }

    pub(super) fn is_extra(&self, date: Date) -> bool {
        let weekday: Weekday = date.weekday();
        let open = match self.extra {
            None => true,
            Some(ExtraWeekdays::None) => false,
            Some(ExtraWeekdays::These(days)) => days.contains(weekday),
        };
        open && !self.usual.contains(weekday) && !self.closed.contains(&date)
    }
}

/// Records of the other kind of tissue.
fn odd_endpoints(case: &GapCase) -> Vec<Finding> {
    let sides = [
        ("tumour", &case.tumour, Endpoint::TumourControl),
        ("late", &case.late, Endpoint::LateEffect),
    ];
    let odd = sides.into_iter().filter_map(|(tissue, parameters, kind)| {
        let record = TissueParameter::find(parameters.endpoint.as_deref()?)?;
        (record.endpoint != kind).then(|| {
            let record = record.name;
            GapFinding::EndpointKind { tissue, record }.into()
        })
    });
    odd.collect()
}

/// The pattern of a planned day, and the interval of a second fraction; neither below the minimum.
fn intervals(case: &GapCase) -> Result<(Option<DailyPattern>, Option<FractionInterval>), GapError> {
    let minimum = case.possible.minimum_interval.unwrap_or(MINIMUM_INTERVAL);
    let daily = |field| move |error| GapError::Daily { field, error };
    let planned = match case.calendar.interval {
        Some(interval) => Some(
            DailyPattern::equal(case.calendar.fractions_per_day, interval)
                .and_then(|pattern| pattern.at_least(minimum))
                .map_err(daily("calendar.interval"))?,
        ),
        None if case.calendar.fractions_per_day > 1 => {
            return Err(GapError::NoInterval(case.calendar.fractions_per_day));
        }
        None => None,
    };
    if let Some(interval) = case.possible.second_fraction_interval {
        DailyPattern::equal(2, interval)
            .and_then(|pattern| pattern.at_least(minimum))
            .map_err(daily("possible.second_fraction_interval"))?;
    }
    Ok((planned, case.possible.second_fraction_interval))
}
