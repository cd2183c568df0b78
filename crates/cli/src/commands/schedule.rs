use std::path::PathBuf;

use chemorad::quantity::FractionInterval;
use chemorad::radiotherapy::{
    CalendarRules, FractionCalendar, Fractionation, OverallTime, Weekdays, treatment_date,
};
use chemorad::report::{Finding, decimal};
use jiff::civil::Date;
use serde::Serialize;

use crate::failure::Failure;
use crate::output::Context;
use crate::report::Report;
use crate::time::{Convention, DayArgs, one_volume, read_holidays, running_dose};
use chemorad_render::{Document, weekday};

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
    /// A file of dates without treatment, one to a line, or an .ics calendar.
    #[arg(long, value_name = "FILE")]
    holidays: Option<PathBuf>,
    #[command(flatten)]
    day: DayArgs,
    /// How overall time is counted.
    #[arg(long, value_enum, default_value_t = Convention::Inclusive)]
    convention: Convention,
}

#[derive(Serialize)]
struct Gray {
    value: f64,
    unit: &'static str,
}

impl Gray {
    const fn new(value: f64) -> Self {
        Self { value, unit: "Gy" }
    }
}

#[derive(Serialize)]
struct Fraction {
    number: u32,
    date: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    of_day: Option<u32>,
    phase: usize,
    dose: Gray,
    cumulative: Gray,
}

#[derive(Serialize)]
struct Output {
    fractions: Vec<Fraction>,
    overall_time: OverallTime,
    first: Date,
    last: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    interval: Option<FractionInterval>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<Finding>,
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
            .map(|fraction| Fraction {
                number: fraction.number,
                date: fraction.date,
                of_day: (self.day.per_day > 1).then_some(fraction.of_day),
                phase: fraction.phase + 1,
                dose: Gray::new(
                    self.phases
                        .get(fraction.phase)
                        .map_or(0.0, |phase| phase.gray_per_fraction()),
                ),
                cumulative: Gray::new(running_dose(&calendar, &course, fraction.number)),
            })
            .collect();
        let mut output = Output {
            fractions,
            overall_time: calendar.overall_time(self.convention.into()),
            first: calendar.first(),
            last: calendar.last(),
            interval: self.day.interval,
            warnings: self.day.caution().into_iter().collect(),
        };
        let unused = calendar.unused_holidays(&rules);
        output.warnings.extend(unused.map(Finding::from));
        Ok(Report::new(
            self.page(&output, calendar.days_off(&rules)),
            &output,
        ))
    }

    fn page(&self, output: &Output, days_off: impl Iterator<Item = Date>) -> Document {
        let mut page = Document::new("Calendar of fractions");
        let phases: Vec<String> = self.phases.iter().map(ToString::to_string).collect();
        let mut pairs = vec![
            ("phases", phases.join("; ")),
            ("weekdays", self.weekdays.to_string()),
            ("fractions a day", self.day.per_day.to_string()),
            ("first fraction", weekday(output.first)),
            ("last fraction", weekday(output.last)),
            (
                "overall time",
                format!(
                    "{} days ({})",
                    output.overall_time.days, output.overall_time.convention
                ),
            ),
        ];
        if let Some(interval) = self.day.interval {
            pairs.push(("interval", format!("{interval} between fractions of a day")));
        }
        let in_use: Vec<String> = days_off.map(|day| day.to_string()).collect();
        if !in_use.is_empty() {
            pairs.push(("without treatment", in_use.join(", ")));
        }
        page.pairs(&pairs);
        page.findings(&output.warnings);
        page.section("Fractions");
        let rows: Vec<Vec<String>> = output
            .fractions
            .iter()
            .map(|fraction| {
                vec![
                    fraction.number.to_string(),
                    weekday(fraction.date),
                    fraction.phase.to_string(),
                    decimal(fraction.dose.value),
                    decimal(fraction.cumulative.value),
                ]
            })
            .collect();
        page.mixed_table(
            &["fraction", "date", "phase", "dose Gy", "cumulative Gy"],
            &rows,
            2,
        );
        page
    }
}
