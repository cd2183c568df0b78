//! The calendar of fractions.

use chemorad::radiotherapy::{
    CalendarFinding, CalendarRules, FractionCalendar, Fractionations, Weekdays, treatment_date,
};
use chemorad::report::Finding;
use chemorad_render::Amount;
use chemorad_render::schedule::{FractionRow, Plan, Results, page};
use jiff::civil::Date;

use crate::args::site::SiteArgs;
use crate::failure::Failure;
use crate::holidays::{Holidays, read_holidays};
use crate::output::Context;
use crate::report::Report;
use crate::time::{Convention, DayArgs, convention, one_volume, running_dose, weekdays};

/// The date and running dose of every fraction, and overall treatment time.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad schedule 45Gy/25+5.4Gy/3 --start 2026-12-07
  chemorad schedule 50.4Gy/28 --start 2026-12-07 --site examples/site.toml
  chemorad schedule \"60 x 1.2 Gy\" --start 2026-12-07 --per-day 2 --interval 6h")]
pub(crate) struct Args {
    /// The course, its phases joined by +.
    #[arg(
        value_name = "45Gy/25+5.4Gy/3",
        required_unless_present = "phases",
        conflicts_with = "phases"
    )]
    course: Vec<Fractionations>,
    /// The date of the first fraction.
    #[arg(long, value_name = "2026-12-07", value_parser = treatment_date)]
    start: Date,
    /// Instead of the course: a phase, such as 45Gy/25; repeat it for phases in sequence.
    #[arg(long = "phase", value_name = "45Gy/25")]
    phases: Vec<Fractionations>,
    /// The weekdays of treatment; mon-fri unless given.
    #[arg(long, value_name = "mon-fri")]
    weekdays: Option<Weekdays>,
    /// Dates without treatment by commas, or a file of them, one to a line, or an .ics calendar; "none" says
    /// that there are none.
    #[arg(long, value_name = "closed.ics|none")]
    holidays: Option<Holidays>,
    #[command(flatten)]
    day: DayArgs,
    /// How overall time is counted; inclusive unless given.
    #[arg(long, value_enum)]
    convention: Option<Convention>,
    #[command(flatten)]
    site: SiteArgs,
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        // checks the interval
        self.day.pattern()?;
        let given = if self.phases.is_empty() {
            &self.course
        } else {
            &self.phases
        };
        let phases = Fractionations::joined(given);
        let course = one_volume(&phases)?;
        let mut site = self.site.read(context)?;
        let week = weekdays(&mut site, self.weekdays).unwrap_or(Weekdays::MONDAY_TO_FRIDAY);
        let holidays = site.holidays(self.holidays);
        let convention = convention(&mut site, self.convention).unwrap_or(Convention::Inclusive);
        site.tell(context);
        let rules = CalendarRules {
            start: self.start,
            weekdays: week,
            holidays: read_holidays(context, holidays.as_ref())?,
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
                    phases
                        .get(fraction.phase)
                        .map_or(0.0, |phase| phase.gray_per_fraction()),
                ),
                cumulative: Amount::gray(running_dose(&calendar, &course, fraction.number)),
            })
            .collect();
        let mut results = Results {
            fractions,
            overall_time: calendar.overall_time(convention.into()),
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
        let found = CalendarFinding::of_plan(&rules, holidays.is_some(), &dates);
        results
            .warnings
            .extend(found.into_iter().map(Finding::from));
        let days_off: Vec<Date> = calendar.days_off(&rules).collect();
        let plan = Plan {
            phases: &phases,
            weekdays: week,
            fractions_per_day: self.day.per_day,
            days_off: &days_off,
        };
        let page = page(plan, &results);
        Ok(context.report(page, &results).concluded(&results.warnings))
    }
}
