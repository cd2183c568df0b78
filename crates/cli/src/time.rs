//! The flags of time that several commands share: overall time, calendar, fractions of a day.

use std::fmt;

use chemorad::quantity::FractionInterval;
use chemorad::radiobiology::{Treatment, TreatmentTime, interval_caution, new_day_caution};
use chemorad::radiotherapy::{
    CalendarFinding, CalendarRules, Course, DailyPattern, FractionCalendar, Fractionation,
    MINIMUM_INTERVAL, OverallTimeConvention, Weekdays, treatment_date,
};
use chemorad::report::Finding;
use chemorad_case::Site;
use jiff::civil::Date;

use crate::args::model::ModelArgs;
use crate::args::site::SiteValues;
use crate::failure::{Failure, Refusal};
use crate::holidays::{Holidays, read_holidays};
use crate::output::Context;
use crate::refused;
use crate::schedule::{Schedule, fractions_a_day, whole_days};

/// How overall treatment time is counted from dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Convention {
    /// The first day is day 1.
    Inclusive,
    /// Days between the first and the last.
    DaysBetween,
}

impl From<OverallTimeConvention> for Convention {
    fn from(convention: OverallTimeConvention) -> Self {
        match convention {
            OverallTimeConvention::Inclusive => Self::Inclusive,
            OverallTimeConvention::DaysBetween => Self::DaysBetween,
        }
    }
}

impl fmt::Display for Convention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        OverallTimeConvention::from(*self).fmt(f)
    }
}

impl From<Convention> for OverallTimeConvention {
    fn from(convention: Convention) -> Self {
        match convention {
            Convention::Inclusive => Self::Inclusive,
            Convention::DaysBetween => Self::DaysBetween,
        }
    }
}

/// The fractions of a day.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct DayArgs {
    /// Fractions on each treatment day.
    #[arg(long, value_name = "M", default_value = "1", value_parser = fractions_a_day, allow_hyphen_values = true)]
    pub(crate) per_day: u32,
    /// Time between the fractions of a day, such as 6h; needed when --per-day is above 1.
    #[arg(long, value_name = "HOURS", allow_hyphen_values = true)]
    pub(crate) interval: Option<FractionInterval>,
    /// The least interval the site allows; a shorter one is an error.
    #[arg(
        long,
        value_name = "HOURS",
        allow_hyphen_values = true,
        default_value_t = MINIMUM_INTERVAL,
        requires = "interval"
    )]
    pub(crate) minimum_interval: FractionInterval,
}

impl DayArgs {
    fn is_plain(&self) -> bool {
        self.per_day == 1 && self.interval.is_none()
    }

    /// The pattern of a day.
    pub(crate) fn pattern(&self) -> Result<DailyPattern, Failure> {
        match (self.per_day, self.interval) {
            (1, None) => Ok(DailyPattern::ONCE),
            (_, Some(interval)) => self.allowed(DailyPattern::equal(self.per_day, interval)?),
            (_, None) => Err(Refusal::of(
                refused::INPUT_MISSING,
                "--interval",
                "--per-day above 1 needs --interval, the time between the fractions of a day",
            )
            .on_a_form("is missing: more than one fraction a day needs it")
            .into()),
        }
    }

    fn allowed(&self, pattern: DailyPattern) -> Result<DailyPattern, Failure> {
        pattern.at_least(self.minimum_interval).map_err(|error| {
            Failure::from(error).hint("--minimum-interval sets what the site allows")
        })
    }

    /// A warning of less than 6 h, where the site allows it.
    pub(crate) fn caution(&self) -> Option<Finding> {
        interval_caution("interval", self.pattern().ok()?)
    }
}

/// When fractions are given.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Time")]
pub(crate) struct TimeArgs {
    /// Overall treatment time as a number of days, such as 35d.
    #[arg(
        long,
        value_name = "DAYS",
        allow_hyphen_values = true,
        value_parser = whole_days,
        conflicts_with = "start"
    )]
    overall_time: Option<u32>,
    /// Instead: the date of the first fraction; overall time is counted from the calendar.
    #[arg(long, value_name = "DATE", value_parser = treatment_date)]
    start: Option<Date>,
    /// With --start: the weekdays of treatment; mon-fri unless given.
    #[arg(long, value_name = "mon-fri", requires = "start")]
    weekdays: Option<Weekdays>,
    /// With --start: dates without treatment by commas, or a file of them, one to a line, or an .ics
    /// calendar; "none" says that there are none.
    #[arg(long, value_name = "closed.ics|none", requires = "start")]
    holidays: Option<Holidays>,
    /// With --start: how overall time is counted; inclusive unless given.
    #[arg(long, value_enum, requires = "start")]
    convention: Option<Convention>,
    #[command(flatten)]
    pub(crate) day: DayArgs,
}

impl TimeArgs {
    /// Takes what the site decided, where dates are planned.
    pub(crate) fn of_site(mut self, site: &mut SiteValues) -> Self {
        if self.start.is_some() {
            self.weekdays = weekdays(site, self.weekdays);
            self.holidays = site.holidays(self.holidays);
            self.convention = convention(site, self.convention);
        }
        self
    }

    fn convention(&self) -> OverallTimeConvention {
        self.convention.unwrap_or(Convention::Inclusive).into()
    }

    /// Whether anything was asked for that plain linear-quadratic cannot answer.
    pub(crate) fn is_plain(&self, parts: &ModelArgs) -> bool {
        parts.is_empty()
            && self.overall_time.is_none()
            && self.start.is_none()
            && self.day.is_plain()
    }

    /// What a reader must know of the days and intervals of these phases.
    pub(crate) fn cautions(&self, phases: &[Fractionation]) -> Vec<Finding> {
        let mut found: Vec<Finding> = self.day.caution().into_iter().collect();
        if self.start.is_none() {
            found.extend(new_day_caution(phases, self.day.per_day));
        }
        found
    }

    fn check(&self, parts: &ModelArgs, others: &[Schedule]) -> Result<(), Failure> {
        let several = |schedule: &Schedule| schedule.pattern.is_some_and(|p| p.fractions() > 1);
        if parts.has_repair() && self.day.per_day == 1 && !others.iter().any(several) {
            return Err(Refusal::of(refused::INPUT_MISSING,
                "--repair-half-time",
                "--repair-half-time needs --per-day 2 (or 3) and --interval: one fraction a day is taken as fully repaired overnight",
            )
            .on_a_form("needs 2 or 3 fractions a day and the time between them: one fraction a day is taken as fully repaired overnight")
            .into());
        }
        let timed = self.overall_time.is_some() || self.start.is_some();
        if (timed || others.iter().any(|other| other.days.is_some())) && !parts.has_loss() {
            let flag = if timed { "--overall-time" } else { "--compare" };
            return Err(Refusal::of(refused::INPUT_MISSING,
                flag,
                "overall time changes nothing without a loss: add --kick-off and --loss-per-day, or --alpha and --doubling-time, or --eqd2-loss-per-day",
            )
            .on_a_form(if timed {
                "changes nothing without a loss: give the kick-off time and the BED lost per day too"
            } else {
                "has days, which change nothing without a loss: give the kick-off time and the BED lost per day too, or leave the days out"
            })
            .into());
        }
        Ok(())
    }

    /// The fractionations with their time, as given to one volume, and those of the schedules they
    /// are compared with.
    pub(crate) fn treatments(
        &self,
        context: &Context<'_>,
        fractionations: &[Fractionation],
        others: &[Schedule],
        parts: &ModelArgs,
    ) -> Result<(Treatment, Vec<Treatment>), Failure> {
        self.check(parts, others)?;
        let own = self.treatment(
            context,
            fractionations,
            self.day.pattern()?,
            self.overall_time,
        )?;
        let others = others.iter().map(|other| {
            self.of_schedule(context, other)
                .map_err(|error| error.after(&format!("{other}: ")).about("--compare"))
        });
        Ok((own, others.collect::<Result<_, _>>()?))
    }

    fn of_schedule(&self, context: &Context<'_>, other: &Schedule) -> Result<Treatment, Failure> {
        let pattern = match other.pattern {
            Some(pattern) => self.day.allowed(pattern)?,
            None if self.day.is_plain() => DailyPattern::ONCE,
            None => {
                return Err(Failure::new(
                    refused::INPUT_MISSING,
                    "say how many fractions a day it has, as in \"70Gy/35, 1x\" or \"81.6Gy/68, 2x6h\"",
                ));
            }
        };
        if self.overall_time.is_some() && other.days.is_none() {
            return Err(Failure::new(
                refused::INPUT_MISSING,
                "it needs its own overall time, as in \"25Gy/5, 5d\"",
            ));
        }
        self.treatment(context, &other.phases, pattern, other.days)
    }

    fn treatment(
        &self,
        context: &Context<'_>,
        fractionations: &[Fractionation],
        pattern: DailyPattern,
        days: Option<u32>,
    ) -> Result<Treatment, Failure> {
        if let Some(days) = days {
            let treatment = Treatment::from_fractionations(fractionations)?.per_day(pattern);
            return Ok(treatment.with_time(TreatmentTime::stated(days)));
        }
        let Some(start) = self.start else {
            return Ok(Treatment::from_fractionations(fractionations)?.per_day(pattern));
        };
        let course = one_volume(fractionations)?;
        let calendar = self.calendar(context, &course, start, pattern.fractions())?;
        Ok(Treatment::from_calendar(
            &course,
            VOLUME,
            &calendar,
            self.convention(),
            Some(pattern),
        )?)
    }

    fn rules(
        &self,
        context: &Context<'_>,
        start: Date,
        fractions_per_day: u32,
    ) -> Result<CalendarRules, Failure> {
        Ok(CalendarRules {
            start,
            weekdays: self.weekdays.unwrap_or(Weekdays::MONDAY_TO_FRIDAY),
            holidays: read_holidays(context, self.holidays.as_ref())?,
            fractions_per_day,
        })
    }

    fn calendar(
        &self,
        context: &Context<'_>,
        course: &Course,
        start: Date,
        fractions_per_day: u32,
    ) -> Result<FractionCalendar, Failure> {
        let rules = self.rules(context, start, fractions_per_day)?;
        Ok(FractionCalendar::plan(course, &rules)?)
    }

    /// What a reader must know of the planned dates, where there are any.
    pub(crate) fn of_dates(
        &self,
        context: &Context<'_>,
        fractions: u32,
    ) -> Result<Vec<Finding>, Failure> {
        let Some(start) = self.start else {
            return Ok(Vec::new());
        };
        let rules = self.rules(context, start, self.day.per_day)?;
        let dates = rules.dates(fractions)?;
        let found = CalendarFinding::of_plan(&rules, self.holidays.is_some(), &dates);
        Ok(found.into_iter().map(Finding::from).collect())
    }

    /// The overall time of fractions of one phase.
    pub(crate) fn time_of(
        &self,
        context: &Context<'_>,
        fractionation: Option<Fractionation>,
        parts: &ModelArgs,
    ) -> Result<Option<TreatmentTime>, Failure> {
        self.check(parts, &[])?;
        match (self.overall_time, self.start, fractionation) {
            (Some(days), _, _) => Ok(Some(TreatmentTime::stated(days))),
            (None, None, _) => Ok(None),
            (None, Some(_), None) => Err(Failure::new(
                refused::INPUT_MISSING,
                "--start needs --fractions: the time depends on the number of fractions, which is solved for here; give --overall-time",
            )),
            (None, Some(start), Some(fractionation)) => {
                let course = one_volume(&[fractionation])?;
                let calendar = self.calendar(context, &course, start, self.day.per_day)?;
                Ok(Some(calendar.overall_time(self.convention()).into()))
            }
        }
    }
}

const VOLUME: &str = "volume";

/// A course of phases that all reach one volume.
pub(crate) fn one_volume(fractionations: &[Fractionation]) -> Result<Course, Failure> {
    Ok(Course::from_fractionations(VOLUME, fractionations)?)
}

/// The running dose of [`one_volume`] after a fraction, gray.
pub(crate) fn running_dose(calendar: &FractionCalendar, course: &Course, number: u32) -> f64 {
    calendar.running_dose(course, VOLUME, number)
}

/// The weekdays of treatment, by hand or of the site.
pub(crate) fn weekdays(site: &mut SiteValues, by_hand: Option<Weekdays>) -> Option<Weekdays> {
    site.decide("weekdays of treatment", by_hand, |site| site.weekdays)
}

/// How overall time is counted, by hand or as the site decided.
pub(crate) fn convention(site: &mut SiteValues, by_hand: Option<Convention>) -> Option<Convention> {
    let of_site = |site: &Site| site.overall_time_convention.map(Convention::from);
    site.decide("overall time", by_hand, of_site)
}
