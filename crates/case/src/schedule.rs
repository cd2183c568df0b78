//! When treatment is given: fractions a week, dates, start window.

use std::vec::Vec;

use jiff::civil::Date;

use super::case::{Calendar, Case};
use super::error::SheetError;
use super::finding::SheetFinding;
use super::provenance::Provenance;
use chemorad::radiotherapy::{
    CalendarError, CalendarFinding, CalendarRules, Course, DatedFraction, FractionCalendar,
    OverallTime, OverallTimeConvention,
};
use chemorad::report::Finding;
use chemorad_protocol::{PrescribedCourse, Span, StartWindow};

/// Dates of a course.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Dates {
    /// The first fraction.
    pub first: Date,
    /// The last fraction.
    pub last: Date,
    /// Overall treatment time under both conventions.
    pub overall_time: [OverallTime; 2],
    /// Every fraction.
    pub fractions: Vec<DatedFraction>,
    /// Days from the operation to the first fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_after_excision: Option<i32>,
}

/// When treatment is given.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Schedule {
    /// Fractions of the course.
    pub fractions: u32,
    /// Fractions given a week.
    pub fractions_per_week: u8,
    /// Days after the operation between which treatment starts, as the protocol has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_window_days: Option<Span>,
    /// Dates; absent without a start date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dates: Option<Dates>,
}

impl Schedule {
    /// The dates with fractions, each once; none without a calendar.
    pub(super) fn days(&self) -> Option<Vec<Date>> {
        let dates = self.dates.as_ref()?;
        let first_of_day = dates
            .fractions
            .iter()
            .filter(|fraction| fraction.of_day == 1);
        Some(first_of_day.map(|fraction| fraction.date).collect())
    }
}

/// The schedule with what belongs elsewhere on the page.
pub(super) struct Scheduled {
    pub(super) schedule: Schedule,
    pub(super) findings: Vec<Finding>,
    pub(super) supplied: Vec<Provenance>,
}

impl Scheduled {
    pub(super) fn new(
        case: &Case,
        window: Option<&StartWindow>,
        prescribed: &PrescribedCourse,
        course: &Course,
        fractions_per_week: u8,
        second_operation: bool,
    ) -> Result<Self, SheetError> {
        let mut findings = Vec::new();
        let days = window.and_then(StartWindow::in_days);
        let dates = match &case.calendar {
            Some(calendar) => {
                let (dates, odd) = dates(calendar, course, fractions_per_week)?;
                findings.extend(odd.into_iter().map(Finding::from));
                if let Some(window) = days {
                    let start = SheetFinding::StartWindow {
                        window,
                        day: dates.days_after_excision,
                        second_operation,
                    };
                    findings.push(start.into());
                }
                let count = calendar.fractions_per_day;
                if count > 1 {
                    findings.push(SheetFinding::SeveralFractionsADay { count }.into());
                }
                Some(dates)
            }
            None => None,
        };
        let start = window.and_then(|window| match (&window.days, &window.weeks) {
            (Some(days), _) => Some(Provenance::of("start, days after the operation", days)),
            (None, Some(weeks)) => Some(Provenance::of("start, weeks after the operation", weeks)),
            (None, None) => None,
        });
        let weekly = match prescribed.fractions_per_week.value() {
            Some(_) => Provenance::of("fractions a week", &prescribed.fractions_per_week),
            None => Provenance::by_site("fractions a week", fractions_per_week),
        };
        let supplied = start.into_iter().chain([weekly]).collect();
        Ok(Self {
            schedule: Schedule {
                fractions: course.fractions(),
                fractions_per_week,
                start_window_days: days,
                dates,
            },
            findings,
            supplied,
        })
    }
}

/// The protocol's, or the site's where that asks for it.
pub(super) fn fractions_per_week(case: &Case, course: &PrescribedCourse) -> Result<u8, SheetError> {
    const FIELD: &str = "site.fractions_per_week";
    if let Some(stated) = course.fractions_per_week.value() {
        return match case.site.fractions_per_week {
            Some(given) if given != stated.get() => Err(SheetError::Contradiction(format!(
                "{FIELD}: the protocol states {stated} fractions a week, and the case says {given}: leave it out"
            ))),
            _ => Ok(stated.get()),
        };
    }
    let Some(question) = course.fractions_per_week.question() else {
        return Err(SheetError::missing(
            FIELD,
            "The protocol does not state it.",
            &[],
        ));
    };
    let given = case
        .site
        .fractions_per_week
        .ok_or_else(|| SheetError::unanswered(FIELD, question))?;
    let text = format!("{given}");
    course
        .fractions_per_week
        .answered(&text)
        .map(|count| count.get())
        .ok_or_else(|| SheetError::not_a_choice(FIELD, &text, question))
}

fn dates(
    calendar: &Calendar,
    course: &Course,
    fractions_per_week: u8,
) -> Result<(Dates, Vec<CalendarFinding>), SheetError> {
    let weekdays = calendar.weekdays.ok_or_else(|| {
        SheetError::missing(
            "calendar.weekdays",
            "The dates of the fractions follow from the weekdays of treatment.",
            &[
                "mon-fri",
                "days such as mon,wed,fri",
                "weekdays in a site file",
            ],
        )
    })?;
    if !(1..=3).contains(&calendar.fractions_per_day) {
        return Err(CalendarError::PerDay(calendar.fractions_per_day).into());
    }
    let per_week = weekdays.per_week() * calendar.fractions_per_day;
    if per_week != u32::from(fractions_per_week) {
        return Err(SheetError::Unsupported(format!(
            "calendar: {weekdays} with {} a day is {per_week} fractions a week, but site.fractions_per_week is {fractions_per_week}: make them agree",
            calendar.fractions_per_day
        )));
    }
    let rules = CalendarRules {
        start: calendar.start,
        weekdays,
        holidays: calendar.holidays.clone().unwrap_or_default(),
        fractions_per_day: calendar.fractions_per_day,
    };
    let planned = FractionCalendar::plan(course, &rules)?;
    let days: Vec<Date> = planned.treatment_days().collect();
    let odd = CalendarFinding::of_plan(&rules, calendar.holidays.is_some(), &days);
    let days_after_excision = match calendar.excision {
        Some(excision) => Some(
            planned
                .first()
                .since(excision)
                .map(|span| span.get_days())
                .map_err(|_| {
                    SheetError::Unsupported("calendar.excision is too far from the start".into())
                })?,
        ),
        None => None,
    };
    let dates = Dates {
        first: planned.first(),
        last: planned.last(),
        overall_time: [
            planned.overall_time(OverallTimeConvention::Inclusive),
            planned.overall_time(OverallTimeConvention::DaysBetween),
        ],
        fractions: planned.fractions().to_vec(),
        days_after_excision,
    };
    Ok((dates, odd))
}
