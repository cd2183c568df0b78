//! The calendar of fractions.

use std::path::PathBuf;

use chemorad::radiotherapy::{
    CalendarFinding, CalendarRules, FractionCalendar, Fractionation, Weekdays, treatment_date,
};
use chemorad::report::Finding;
use chemorad_render::Amount;
use chemorad_render::schedule::{FractionRow, Plan, Results, page};
use jiff::civil::Date;

use crate::failure::Failure;
use crate::output::Context;
use crate::report::Report;
use crate::time::{Convention, DayArgs, one_volume, read_holidays, running_dose};

/// The date and running dose of every fraction, and overall treatment time.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad schedule --start 2026-12-07 --phase 45Gy/25 --phase 5.4Gy/3
  chemorad schedule --start 2026-12-07 --phase 50.4Gy/28 --holidays closed.ics
  chemorad schedule --start 2026-12-07 --phase \"60 x 1.2 Gy\" --per-day 2 --interval 6h")]
pub(crate) struct Args {
    /// The date of the first fraction.
    #[arg(long, value_name = "DATE", value_parser = treatment_date)]
    start: Date,
    /// A phase, such as 45Gy/25; repeat it for phases in sequence.
    #[arg(long = "phase", required = true, value_name = "FRACTIONATION")]
    phases: Vec<Fractionation>,
    /// The weekdays of treatment.
    #[arg(long, value_name = "DAYS", default_value = "mon-fri")]
    weekdays: Weekdays,
    /// A file of dates without treatment, one to a line, or an .ics calendar; none where there are none.
    #[arg(long, value_name = "FILE")]
    holidays: Option<PathBuf>,
    #[command(flatten)]
    day: DayArgs,
    /// How overall time is counted.
    #[arg(long, value_enum, default_value_t = Convention::Inclusive)]
    convention: Convention,
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        // checks the interval
        self.day.pattern()?;
        let course = one_volume(&self.phases)?;
        let rules = CalendarRules {
            start: self.start,
            weekdays: self.weekdays,
            holidays: read_holidays(context, self.holidays.as_ref())?,
            fractions_per_day: self.day.per_day,
        };
        let calendar = FractionCalendar::plan(&course, &rules)?;
        let fractions = calendar
            .fractions()
            .iter()
            .map(|fraction| FractionRow {
                number: fraction.number,
                date: fraction.date,
                of_day: (self.day.per_day > 1).then_some(fraction.of_day),
                phase: fraction.phase + 1,
                dose: Amount::gray(
                    self.phases
                        .get(fraction.phase)
                        .map_or(0.0, |phase| phase.gray_per_fraction()),
                ),
                cumulative: Amount::gray(running_dose(&calendar, &course, fraction.number)),
            })
            .collect();
        let mut results = Results {
            fractions,
            overall_time: calendar.overall_time(self.convention.into()),
            first: calendar.first(),
            last: calendar.last(),
            interval: self.day.interval,
            warnings: self.day.caution().into_iter().collect(),
        };
        let dates: Vec<Date> = calendar
            .fractions()
            .iter()
            .map(|fraction| fraction.date)
            .collect();
        let found = CalendarFinding::of_plan(&rules, self.holidays.is_some(), &dates);
        results
            .warnings
            .extend(found.into_iter().map(Finding::from));
        let days_off: Vec<Date> = calendar.days_off(&rules).collect();
        let plan = Plan {
            phases: &self.phases,
            weekdays: self.weekdays,
            fractions_per_day: self.day.per_day,
            days_off: &days_off,
        };
        Ok(Report::new(page(plan, &results), &results))
    }
}
