//! A gap whose parts go together: the plan with its dates, what was delivered, what is left.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use jiff::civil::{Date, Weekday};

use super::case::{ExtraWeekdays, GapCase};
use super::delivered::{check, delivered_dates, delivered_fractions, missed};
use super::derived::Derived;
use super::error::GapError;
use super::finding::GapFinding;
use crate::quantity::{AbsorbedDose, FractionInterval};
use crate::radiobiology::{EffectModel, Endpoint, ModelParameters, Rounding, TissueParameter};
use crate::radiotherapy::dates::in_supported_years;
use crate::radiotherapy::{
    CalendarError, CalendarFinding, CalendarRules, Course, DailyPattern, DatedDose,
    FractionCalendar, MINIMUM_INTERVAL, OverallTimeConvention, Weekdays,
};
use crate::report::{FaultList, Faults, Finding};
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
    /// What follows from the missed dates and was not given.
    pub(super) derived: Vec<Derived>,
    pub(super) closed: BTreeSet<Date>,
    /// Without it every day outside the plan is tried.
    pub(super) extra: Option<ExtraWeekdays>,
    pub(super) planned_pattern: Option<DailyPattern>,
    pub(super) second: Option<FractionInterval>,
    pub(super) tumour: EffectModel,
    pub(super) late: EffectModel,
    pub(super) convention: OverallTimeConvention,
    pub(super) rounding: Option<(AbsorbedDose, Rounding)>,
    /// Planned dates before the resumption without a fraction.
    pub(super) missed: Vec<Date>,
    /// What is odd about the parameters and the dates.
    pub(super) odd: Vec<Finding>,
}

impl GapProblem {
    /// Checks a case.
    ///
    /// # Errors
    /// Everything that is missing or does not go together, with the field of the case.
    pub fn new(case: &GapCase) -> Result<Self, Faults<GapError>> {
        let mut found = FaultList::default();
        check_fields(case, &mut found);
        let given = Given::new(case, &mut found);
        let (planned_pattern, second) = intervals(case, &mut found);
        let mut model = |field, parameters: &ModelParameters| {
            let model = parameters.model();
            found.keep(model.map_err(|error| GapError::Parameters { field, error }))
        };
        let models = model("tumour", &case.tumour).zip(model("late", &case.late));
        let parts = given.zip(models);
        let (given, (tumour, late)) = found.complete(parts)?;
        Ok(Self {
            remaining: given
                .doses
                .iter()
                .skip(given.delivered.len())
                .copied()
                .collect(),
            planned: given.planned,
            delivered: given.delivered,
            usual: case.calendar.weekdays,
            per_day: case.calendar.fractions_per_day,
            resume: given.resume,
            derived: derived(case),
            closed: case
                .calendar
                .holidays
                .iter()
                .flatten()
                .chain(&case.possible.closed)
                .copied()
                .collect(),
            extra: case.possible.extra_weekdays,
            planned_pattern,
            second,
            tumour,
            late,
            convention: case.convention,
            missed: given.missed,
            odd: odd_endpoints(case).into_iter().chain(given.odd).collect(),
            rounding: case.dose_step.zip(case.dose_rounding),
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

    /// The first date on which a fraction can be given again.
    #[must_use]
    pub const fn resume(&self) -> Date {
        self.resume
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

/// What can be told of a field, or of two, without the rest.
fn check_fields(case: &GapCase, found: &mut FaultList<GapError>) {
    let title = case.title.as_deref();
    if title.is_some_and(|title| !is_heading(title)) {
        found.add(GapError::Title);
    }
    if case.prescription.is_empty() {
        found.add(GapError::NoPrescription);
    }
    let given = &case.delivered;
    let dates = case.possible.resume.into_iter();
    let dates = dates
        .chain(given.missed.iter().copied())
        .chain(given.dates.iter().flatten().copied())
        .chain(case.possible.closed.iter().copied());
    for date in dates.filter(|&date| !in_supported_years(date)) {
        found.add(CalendarError::Year(date));
    }
    let usual = case.calendar.weekdays;
    if let Some(ExtraWeekdays::These(extra)) = case.possible.extra_weekdays {
        if extra.overlaps(usual) {
            found.add(GapError::ExtraWeekdays { extra, usual });
        }
    }
    if case.dose_step.is_some() != case.dose_rounding.is_some() {
        found.add(GapError::HalfRounding);
    }
}

/// The plan with its dates, and what was delivered of it.
struct Given {
    resume: Date,
    doses: Vec<AbsorbedDose>,
    planned: Vec<DatedDose>,
    delivered: Vec<DatedDose>,
    missed: Vec<Date>,
    odd: Vec<Finding>,
}

impl Given {
    /// None where something is missing or wrong, which is noted.
    fn new(case: &GapCase, found: &mut FaultList<GapError>) -> Option<Self> {
        // a misread year makes a calendar of thousands of days
        let misread =
            |fault: &GapError| matches!(fault, GapError::Calendar(CalendarError::Year(_)));
        let readable = !found.as_slice().iter().any(misread);
        let rules = CalendarRules {
            start: case.calendar.start,
            weekdays: case.calendar.weekdays,
            holidays: case.calendar.holidays.clone().unwrap_or_default(),
            fractions_per_day: case.calendar.fractions_per_day,
        };
        if case.prescription.is_empty() {
            return None;
        }
        let course = Course::from_fractionations("tumour", &case.prescription);
        let course = found.keep(course)?;
        let calendar = found.keep(FractionCalendar::plan(&course, &rules))?;
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
        if !readable {
            return None;
        }
        let resume = found.keep(resumption(case, &rules))?;
        let dates = delivered_dates(&case.delivered, &course, &rules, resume);
        let dates = found.keep(dates)?;
        let delivered = found.keep(delivered_fractions(&case.delivered, &dates, &doses))?;
        found.keep(check(case, resume, &delivered))?;
        let missed = missed(&planned, &delivered, resume);
        Some(Self {
            resume,
            odd: odd_dates(case, &rules, &planned, &missed),
            doses,
            planned,
            delivered,
            missed,
        })
    }
}

/// The resumption as given, or the next day of treatment after the last missed date.
fn resumption(case: &GapCase, rules: &CalendarRules) -> Result<Date, GapError> {
    if let Some(resume) = case.possible.resume {
        return Ok(resume);
    }
    let last = case.delivered.missed.iter().max();
    let last = *last.ok_or(GapError::NoResume)?;
    let mut open = rules.clone();
    open.holidays.extend(&case.possible.closed);
    let mut after = last.series(jiff::Span::new().days(1)).skip(1);
    let mut near = after.by_ref().take(LONGEST_SEARCH);
    near.find(|&date| open.is_treatment_day(date))
        .ok_or(GapError::NoResume)
}

/// The days after a missed one among which a day of treatment is looked for.
const LONGEST_SEARCH: usize = 366;

/// What follows from the missed dates because it was not given.
fn derived(case: &GapCase) -> Vec<Derived> {
    let mut derived = Vec::new();
    if case.possible.resume.is_none() {
        derived.push(Derived::Resume);
    }
    if case.delivered.fractions.is_none() && case.delivered.dates.is_none() {
        derived.push(Derived::Delivered);
    }
    derived
}

/// What is odd about the plan's dates, those delivered, and those missed.
fn odd_dates(
    case: &GapCase,
    rules: &CalendarRules,
    planned: &[DatedDose],
    missed: &[Date],
) -> Vec<Finding> {
    let planned: Vec<Date> = planned.iter().map(|fraction| fraction.date).collect();
    let stated = case.calendar.holidays.is_some();
    let mut odd: Vec<Finding> = CalendarFinding::of_plan(rules, stated, &planned)
        .into_iter()
        .map(Finding::from)
        .collect();
    let given = case.delivered.dates.as_deref().unwrap_or_default();
    // days outside the plan are told by gap.delivered_on_unplanned_day, and a break is the gap
    let repeated = CalendarFinding::of_dates(given).into_iter();
    let repeated = repeated.filter(|finding| matches!(finding, CalendarFinding::Repeated { .. }));
    if rules.fractions_per_day == 1 {
        odd.extend(repeated.map(Finding::from));
    }
    let stated = &case.delivered.missed;
    if !stated.is_empty() && case.delivered.fractions.is_some() {
        let dates: Vec<Date> = missed
            .iter()
            .copied()
            .filter(|date| !stated.contains(date))
            .collect();
        if !dates.is_empty() {
            odd.push(GapFinding::UnexplainedDates { dates }.into());
        }
    }
    odd
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
fn intervals(
    case: &GapCase,
    found: &mut FaultList<GapError>,
) -> (Option<DailyPattern>, Option<FractionInterval>) {
    let minimum = case.possible.minimum_interval.unwrap_or(MINIMUM_INTERVAL);
    let mut pattern = |field, count, interval| {
        let pattern =
            DailyPattern::equal(count, interval).and_then(|pattern| pattern.at_least(minimum));
        found.keep(pattern.map_err(|error| GapError::Daily { field, error }))
    };
    let per_day = case.calendar.fractions_per_day;
    let second = case.possible.second_fraction_interval;
    let planned = case
        .calendar
        .interval
        .and_then(|interval| pattern("calendar.interval", per_day, interval));
    if let Some(interval) = second {
        pattern("possible.second_fraction_interval", 2, interval);
    }
    if case.calendar.interval.is_none() && per_day > 1 {
        found.add(GapError::NoInterval(per_day));
    }
    (planned, second)
}
