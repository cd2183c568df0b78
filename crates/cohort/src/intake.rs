//! Days of intake that follow from the first date, the course and the calendar of a site.

use std::collections::HashMap;

use chemorad::capecitabine::CapecitabineDays;
use chemorad::radiotherapy::{CalendarFinding, CalendarRules, Weekdays};
use chemorad_protocol::{Action, DrugDays, Protocol, Statement, TreatmentOption};
use jiff::civil::Date;

use crate::remark::{Remark, Remarks};

/// On which days the drug is taken, as a site has settled it for every row.
///
/// ```
/// use chemorad::capecitabine::CapecitabineDays;
/// use chemorad::radiotherapy::Weekdays;
/// use chemorad_cohort::{Calendar, Intake};
/// let calendar = Calendar::new(Weekdays::MONDAY_TO_FRIDAY, Vec::new(), 1);
/// let site = Intake::new(CapecitabineDays::RadiotherapyDays, calendar);
/// assert_eq!(site.days(), &CapecitabineDays::RadiotherapyDays);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    days: CapecitabineDays,
    /// The days of treatment, where the site has settled them with one fraction on each.
    calendar: Option<Calendar>,
}

/// The days of treatment of a site: weekdays, dates without treatment, fractions on a day. What the site has not settled
/// is none.
///
/// ```
/// use chemorad::radiotherapy::Weekdays;
/// use chemorad_cohort::Calendar;
/// let site = Calendar::new(Weekdays::MONDAY_TO_FRIDAY, Vec::new(), 1);
/// assert_eq!(site.fractions_per_day(), Some(1));
/// // a Saturday
/// assert_eq!(site.treats_on(jiff::civil::date(2026, 12, 5)), Some(false));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    weekdays: Option<Weekdays>,
    holidays: Option<Vec<Date>>,
    fractions_per_day: Option<u32>,
}

impl Calendar {
    /// On these weekdays, except on these dates, so many fractions a day.
    #[must_use]
    pub fn new(
        weekdays: impl Into<Option<Weekdays>>,
        holidays: impl Into<Option<Vec<Date>>>,
        fractions_per_day: impl Into<Option<u32>>,
    ) -> Self {
        Self {
            weekdays: weekdays.into(),
            holidays: holidays.into(),
            fractions_per_day: fractions_per_day.into(),
        }
    }

    /// The fractions of a day.
    #[must_use]
    pub const fn fractions_per_day(&self) -> Option<u32> {
        self.fractions_per_day
    }

    /// Whether the site treats on a date; none where that is not settled.
    #[must_use]
    pub fn treats_on(&self, date: Date) -> Option<bool> {
        let holidays = self.holidays.as_deref();
        if holidays.is_some_and(|holidays| holidays.contains(&date)) {
            return Some(false);
        }
        self.weekdays
            .map(|weekdays| weekdays.contains(date.weekday()))
    }

    /// The fractions of a week.
    pub(crate) fn fractions_per_week(&self) -> Option<u32> {
        let weekdays = self.weekdays?;
        Some(weekdays.per_week().saturating_mul(self.fractions_per_day?))
    }

    fn rules(&self, start: Date) -> Option<CalendarRules> {
        Some(CalendarRules {
            start,
            weekdays: self.weekdays?,
            holidays: self.holidays.clone().unwrap_or_default(),
            fractions_per_day: self.fractions_per_day?,
        })
    }

    /// The dates of the fractions; none where the first is no day of treatment, or weekdays and fractions of a day are
    /// not settled.
    pub(crate) fn dates(&self, start: Date, fractions: u32) -> Option<Vec<Date>> {
        let mut dates = self.rules(start)?.dates(fractions).ok()?;
        dates.dedup();
        Some(dates)
    }

    /// The last of these dates, and what there is to say of them. Holidays that are not settled are none, which is
    /// said.
    pub(crate) fn planned(&self, start: Date, fractions: u32) -> Option<PlannedDates> {
        let rules = self.rules(start)?;
        let dates = rules.dates(fractions).ok()?;
        let mut remarks = Remarks::NONE;
        CalendarFinding::of_plan(&rules, self.holidays.is_some(), &dates)
            .iter()
            .filter_map(Remark::of_calendar)
            .for_each(|remark| remarks.add(remark));
        Some(PlannedDates {
            last: *dates.last()?,
            remarks,
        })
    }
}

/// What a row needs of the dates that a calendar gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlannedDates {
    pub(crate) last: Date,
    pub(crate) remarks: Remarks,
}

/// The dates of courses by their first and their fractions: few are different in a file.
#[derive(Debug, Default)]
pub(crate) struct KnownDates(HashMap<(Date, u32), Option<PlannedDates>>);

/// More are not kept.
const KEPT: usize = 4096;

impl KnownDates {
    pub(crate) fn get(
        &mut self,
        calendar: &Calendar,
        start: Date,
        fractions: u32,
    ) -> Option<PlannedDates> {
        if let Some(known) = self.0.get(&(start, fractions)) {
            return *known;
        }
        let planned = calendar.planned(start, fractions);
        if self.0.len() < KEPT {
            self.0.insert((start, fractions), planned);
        }
        planned
    }
}

impl Intake {
    /// On these days, with one fraction on each day of treatment of this calendar; without a calendar days are
    /// counted only where they do not depend on it.
    #[must_use]
    pub fn new(days: CapecitabineDays, calendar: impl Into<Option<Calendar>>) -> Self {
        let is_settled = |calendar: &Calendar| {
            calendar.weekdays.is_some()
                && calendar.holidays.is_some()
                && calendar.fractions_per_day == Some(1)
        };
        Self {
            days,
            calendar: calendar.into().filter(is_settled),
        }
    }

    /// On which days the drug is taken.
    #[must_use]
    pub const fn days(&self) -> &CapecitabineDays {
        &self.days
    }

    /// Whether days follow from a first date and a course.
    pub(crate) const fn has_calendar(&self) -> bool {
        self.calendar.is_some()
    }

    /// How many days there are; none where the calendar is not settled, the first date is no day of treatment, or the
    /// last is another.
    pub(crate) fn count(&self, start: Date, end: Option<Date>, fractions: u32) -> Option<u32> {
        let calendar = self.calendar.as_ref()?;
        let last = calendar.planned(start, fractions)?.last;
        if end.is_some_and(|end| end != last) {
            return None;
        }
        days_of(&self.days, fractions, Some((start, last)))
    }
}

/// The days of intake of a course of one fraction a day, between its first and last date; none where they are needed
/// and not known.
pub(crate) fn days_of(
    kind: &CapecitabineDays,
    fractions: u32,
    dates: Option<(Date, Date)>,
) -> Option<u32> {
    if *kind == CapecitabineDays::RadiotherapyDays {
        return Some(fractions);
    }
    let (first, last) = dates?;
    let both = [first, last];
    // one day is both
    let both = if first == last { &both[..1] } else { &both };
    u32::try_from(kind.dates(both).ok()?.len()).ok()
}

/// What a protocol says of the days of a treatment with a drug.
#[derive(Debug, Clone, Default)]
pub(crate) struct StatedDays {
    /// The fractions of a week; none where the text leaves them open.
    per_week: Option<u32>,
    /// The kinds of days it states or offers; empty where it leaves them open.
    kinds: Vec<DrugDays>,
    /// Whether the drug is given with the one course and at no other time.
    with_course: bool,
}

impl StatedDays {
    pub(crate) fn of(protocol: &Protocol, option: &TreatmentOption) -> Self {
        let mut with_drug = option.actions.iter().filter(|action| {
            let ids = action.drugs().and_then(|drugs| drugs.value());
            let mut drugs = ids.into_iter().flatten().map(|id| protocol.drug(id));
            drugs.any(|drug| drug.is_some_and(chemorad_protocol::DrugRegimen::is_capecitabine))
        });
        let (Some(Action::Radiotherapy { course, .. }), None) =
            (with_drug.next(), with_drug.next())
        else {
            return Self::default();
        };
        let course = course.value().and_then(|id| protocol.course(id));
        let drugs = protocol.drugs_of(option);
        let drug = drugs.iter().find(|drug| drug.is_capecitabine());
        let (Some(course), Some(drug)) = (course, drug) else {
            return Self::default();
        };
        let kinds = match &drug.days {
            Statement::Unspecified { values, .. } => values.to_vec(),
            known => known.value().cloned().into_iter().collect(),
        };
        Self {
            per_week: course.fractions_per_week.value().map(|n| n.get().into()),
            kinds,
            with_course: true,
        }
    }

    /// The fractions of a week; none where the text leaves them open.
    pub(crate) const fn per_week(&self) -> Option<u32> {
        self.per_week
    }

    /// Whether the decision of a site settles the days without a word against the protocol.
    pub(crate) fn allows(&self, site: &Intake) -> bool {
        let of_site = site.calendar.as_ref();
        let of_site = of_site.and_then(Calendar::fractions_per_week);
        let mut kinds = self.kinds.iter();
        self.with_course
            && self.per_week.is_none_or(|stated| of_site == Some(stated))
            && (self.kinds.is_empty()
                || kinds.any(|kind| as_counted(kind).as_ref() == Some(&site.days)))
    }

    /// Whether the days are surely none of those that the protocol states or offers.
    pub(crate) fn contradicts(&self, days: &CapecitabineDays) -> bool {
        let is_other = |kind: &DrugDays| as_counted(kind).is_some_and(|kind| kind != *days);
        self.with_course && !self.kinds.is_empty() && self.kinds.iter().all(is_other)
    }

    /// Whether the drug is given with the one course and at no other time.
    pub(crate) const fn is_with_course(&self) -> bool {
        self.with_course
    }

    /// The days of intake where the protocol states one kind of them, with one fraction a day.
    pub(crate) fn stated(&self) -> Option<CapecitabineDays> {
        let is_once_a_day = self.per_week.is_some_and(|per_week| per_week <= 7);
        match self.kinds.as_slice() {
            [only] if self.with_course && is_once_a_day => as_counted(only),
            _ => None,
        }
    }
}

/// Days that go by the dates of the fractions alone.
const fn as_counted(kind: &DrugDays) -> Option<CapecitabineDays> {
    match kind {
        DrugDays::RadiotherapyDays => Some(CapecitabineDays::RadiotherapyDays),
        DrugDays::Weekdays => Some(CapecitabineDays::Weekdays),
        DrugDays::CalendarDays => Some(CapecitabineDays::CalendarDays),
        _ => None,
    }
}
