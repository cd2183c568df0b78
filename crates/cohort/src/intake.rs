//! Days of intake that follow from the first date, the course and the calendar of a site.

use chemorad::capecitabine::CapecitabineDays;
use chemorad::radiotherapy::{CalendarRules, Weekdays};
use chemorad_protocol::{Action, DrugDays, Protocol, Statement, TreatmentOption};
use jiff::civil::Date;

/// The days of intake of every row, as a site has settled them: on which days the drug is taken, and on which
/// days there is one fraction.
///
/// ```
/// use chemorad::capecitabine::CapecitabineDays;
/// use chemorad::radiotherapy::Weekdays;
/// use chemorad_cohort::Intake;
/// let site = Intake::new(CapecitabineDays::RadiotherapyDays, Weekdays::MONDAY_TO_FRIDAY, Vec::new());
/// assert_eq!(site.days(), &CapecitabineDays::RadiotherapyDays);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    days: CapecitabineDays,
    calendar: Calendar,
}

/// The days of treatment of a site: one fraction or several on each of these weekdays, except on the dates without
/// treatment.
///
/// ```
/// use chemorad::radiotherapy::Weekdays;
/// use chemorad_cohort::Calendar;
/// let site = Calendar::new(Weekdays::MONDAY_TO_FRIDAY, Vec::new(), 1);
/// assert_eq!(site.fractions_per_day(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    weekdays: Weekdays,
    holidays: Vec<Date>,
    fractions_per_day: u32,
}

impl Calendar {
    /// On these weekdays, except on these dates, so many fractions a day.
    #[must_use]
    pub const fn new(weekdays: Weekdays, holidays: Vec<Date>, fractions_per_day: u32) -> Self {
        Self {
            weekdays,
            holidays,
            fractions_per_day,
        }
    }

    /// The fractions of a day.
    #[must_use]
    pub const fn fractions_per_day(&self) -> u32 {
        self.fractions_per_day
    }

    /// The fractions of a week.
    pub(crate) fn fractions_per_week(&self) -> u32 {
        self.weekdays
            .per_week()
            .saturating_mul(self.fractions_per_day)
    }

    /// The dates of the fractions; none where the first is no day of treatment.
    pub(crate) fn dates(&self, start: Date, fractions: u32) -> Option<Vec<Date>> {
        let rules = CalendarRules {
            start,
            weekdays: self.weekdays,
            holidays: self.holidays.clone(),
            fractions_per_day: self.fractions_per_day,
        };
        rules.dates(fractions).ok()
    }
}

impl Intake {
    /// On these days, with one fraction on each of these weekdays except on the dates without treatment.
    #[must_use]
    pub const fn new(days: CapecitabineDays, weekdays: Weekdays, holidays: Vec<Date>) -> Self {
        Self {
            days,
            calendar: Calendar::new(weekdays, holidays, 1),
        }
    }

    /// On which days the drug is taken.
    #[must_use]
    pub const fn days(&self) -> &CapecitabineDays {
        &self.days
    }

    /// How many days there are; none where the first date is no day of treatment, or the last is another.
    pub(crate) fn count(&self, start: Date, end: Option<Date>, fractions: u32) -> Option<f64> {
        let dates = self.calendar.dates(start, fractions)?;
        if end.is_some_and(|end| dates.last() != Some(&end)) {
            return None;
        }
        let days = self.days.dates(&dates).ok()?;
        u32::try_from(days.len()).ok().map(f64::from)
    }
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
        let same = |kind: &DrugDays| {
            matches!(
                (kind, &site.days),
                (
                    DrugDays::RadiotherapyDays,
                    CapecitabineDays::RadiotherapyDays
                ) | (DrugDays::Weekdays, CapecitabineDays::Weekdays)
                    | (DrugDays::CalendarDays, CapecitabineDays::CalendarDays)
            )
        };
        self.with_course
            && self
                .per_week
                .is_none_or(|stated| stated == site.calendar.fractions_per_week())
            && (self.kinds.is_empty() || self.kinds.iter().any(same))
    }
}
