//! The flags of days of intake and supply.

use std::path::Path;

use chemorad::capecitabine::{CapecitabineDays, SupplyRequest};
use chemorad::radiotherapy::{
    CalendarError, CalendarFinding, CalendarRules, FractionCount, Weekdays, treatment_date,
};
use chemorad::report::Finding;
use chemorad_case::Site;
use jiff::civil::Date;

use super::site::SiteValues;
use crate::failure::{Failure, Refusal};
use crate::holidays::{Holidays, read_dates, read_holidays};
use crate::output::Context;
use crate::refused;
use crate::schedule::{fractions_a_day, whole_days};
use crate::time::weekdays;

#[derive(clap::Args)]
#[command(next_help_heading = "Days and supply")]
pub(crate) struct SupplyArgs {
    /// Days of intake: radiotherapy-days, weekdays, calendar-days, or days of a cycle such as
    /// 1-5/7x6 or 1-14/21. There is no default; without it no supply is counted.
    #[arg(long, value_name = "radiotherapy-days")]
    days: Option<CapecitabineDays>,
    /// The date of the first fraction, with --fractions COUNT.
    #[arg(long, value_name = "2026-12-07", value_parser = treatment_date)]
    start: Option<Date>,
    /// The number of fractions (with --start), their dates separated by commas, or a file of
    /// dates, one to a line.
    #[arg(long, value_name = "28")]
    fractions: Option<String>,
    /// With --start: the weekdays of treatment; mon-fri unless given.
    #[arg(long, value_name = "mon-fri", requires = "start")]
    weekdays: Option<Weekdays>,
    /// With --start: dates without treatment by commas, or a file of them, one to a line, or an .ics
    /// calendar; "none" says that there are none.
    #[arg(long, value_name = "closed.ics|none", requires = "start")]
    holidays: Option<Holidays>,
    /// With --start: fractions on each treatment day; 1 unless given.
    #[arg(long, value_name = "2", requires = "start", value_parser = fractions_a_day, allow_hyphen_values = true)]
    fractions_per_day: Option<u32>,
    /// Calendar days of a dispensing period, such as 7d; the whole course at once unless given.
    #[arg(long, value_name = "7d", value_parser = period, allow_hyphen_values = true)]
    dispense_every: Option<u16>,
}

fn period(text: &str) -> Result<u16, String> {
    let days = whole_days(text).map_err(|_| {
        "a dispensing period is a whole number of days such as 7d or 3wk".to_string()
    })?;
    u16::try_from(days).map_err(|error| error.to_string())
}

/// The dates of the fractions.
enum Dates {
    /// From a start and a number.
    Planned {
        rules: CalendarRules,
        dates: Vec<Date>,
    },
    /// As somebody listed them.
    Listed(Vec<Date>),
}

impl Dates {
    /// As listed; of planned dates each once.
    fn days(self) -> Vec<Date> {
        match self {
            Self::Planned { mut dates, .. } => {
                dates.dedup();
                dates
            }
            Self::Listed(dates) => dates,
        }
    }
}

const GIVE: &str = "give --start and --fractions COUNT, or --fractions with the dates";

impl SupplyArgs {
    /// Takes what the site decided, where dates are given.
    pub(crate) fn of_site(&mut self, site: &mut SiteValues) {
        if self.start.is_none() && self.fractions.is_none() {
            return;
        }
        let days = |site: &Site| site.capecitabine_days.clone();
        self.days = site.decide("days of capecitabine", self.days.take(), days);
        let period = |site: &Site| site.dispense_every_days;
        self.dispense_every =
            site.decide("days of a dispensing period", self.dispense_every, period);
        if self.start.is_some() {
            self.weekdays = weekdays(site, self.weekdays);
            self.holidays = site.holidays(self.holidays.take());
        }
    }

    /// The number of fractions of a protocol, where a start is given and no number; whether it was taken.
    pub(crate) fn of_protocol(&mut self, fractions: Option<u32>) -> Result<bool, Failure> {
        if self.start.is_none() || self.fractions.is_some() {
            return Ok(false);
        }
        let Some(count) = fractions else {
            return Err(Failure::new(refused::INPUT_MISSING,
                "--fractions is missing, and the protocol does not settle how many there are: give --fractions COUNT",
            )
            .about("--fractions"));
        };
        self.fractions = Some(count.to_string());
        Ok(true)
    }

    /// The kind of days, with dates or without.
    pub(crate) fn kind(&self) -> Option<&CapecitabineDays> {
        self.days.as_ref()
    }

    /// What a reader must know of the dates, planned or listed.
    pub(crate) fn of_dates(&self, context: &Context<'_>) -> Result<Vec<Finding>, Failure> {
        if self.days.is_none() || self.is_undated() {
            return Ok(Vec::new());
        }
        let found = match self.dates(context)? {
            Dates::Planned { rules, dates } => {
                CalendarFinding::of_plan(&rules, self.holidays.is_some(), &dates)
            }
            Dates::Listed(dates) => CalendarFinding::of_dates(&dates),
        };
        Ok(found.into_iter().map(Finding::from).collect())
    }

    /// Whether nothing of it is given.
    pub(crate) fn is_empty(&self) -> bool {
        self.days.is_none() && self.is_undated()
    }

    /// Whether nothing but the kind of days is given.
    pub(crate) fn is_undated(&self) -> bool {
        self.start.is_none() && self.fractions.is_none() && self.dispense_every.is_none()
    }

    /// The number of fractions, where it is given or follows from their dates.
    pub(crate) fn number(&self, supply: Option<&SupplyRequest>) -> Option<u32> {
        match self.start {
            Some(_) => self.fractions.as_deref()?.trim().parse().ok(),
            None => u32::try_from(supply?.fractions.len()).ok(),
        }
    }

    /// What supply needs, where it is asked for.
    pub(crate) fn request(&self, context: &Context<'_>) -> Result<Option<SupplyRequest>, Failure> {
        let Some(kind) = &self.days else {
            if self.start.is_some() || self.fractions.is_some() || self.dispense_every.is_some() {
                return Err(Refusal::missing(
                    "--days",
                    "dates alone do not say on which days capecitabine is taken, \
                     and the kinds differ by a third of the tablets. Choices: radiotherapy-days, \
                     weekdays, calendar-days, days of a cycle such as 1-5/7x6, or capecitabine_days in a \
                     site file",
                )
                .into());
            }
            return Ok(None);
        };
        Ok(Some(SupplyRequest {
            kind: kind.clone(),
            fractions: self.dates(context)?.days(),
            dispense_every: self.dispense_every,
        }))
    }

    fn dates(&self, context: &Context<'_>) -> Result<Dates, Failure> {
        let Some(text) = self.fractions.as_deref().map(str::trim) else {
            return Err(Refusal::of(refused::INPUT_MISSING,
                "--fractions",
                format!("supply needs the dates of the fractions: {GIVE}"),
            )
            .on_a_form("is missing: supply needs the dates of the fractions, from the first and their number")
            .into());
        };
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.planned(context, text);
        }
        if self.start.is_some() {
            return Err(Refusal::of(
                refused::INPUT_CONFLICT,
                "--fractions",
                format!("--fractions gives dates, and --start another first one: {GIVE}"),
            )
            .on_a_form("is no count, and dates have no first one beside them")
            .into());
        }
        if text
            .split(',')
            .next()
            .is_some_and(|first| treatment_date(first.trim()).is_ok())
        {
            return text
                .split(',')
                .map(|one| {
                    treatment_date(one.trim()).map_err(|error| {
                        let given: String = one.chars().take(60).collect();
                        Failure::at(&format!("--fractions {given:?}: "), &error)
                    })
                })
                .collect::<Result<_, _>>()
                .map(Dates::Listed);
        }
        if context.exists(Path::new(text)) {
            return read_dates(context, Path::new(text)).map(Dates::Listed);
        }
        let given: String = text.chars().take(60).collect();
        let message = format!(
            "{given:?}: write a number of fractions, dates such as 2026-12-07,2026-12-08, or the name of a file of dates"
        );
        let refusal = Refusal::of(
            refused::INPUT_CONFLICT,
            "--fractions",
            format!("--fractions {message}"),
        );
        Err(refusal.on_a_form(message).into())
    }

    fn planned(&self, context: &Context<'_>, count: &str) -> Result<Dates, Failure> {
        let count: Result<FractionCount, _> = count.parse();
        let count = count.map_err(|error| Failure::from(error).about("--fractions"))?;
        let Some(start) = self.start else {
            let message =
                format!("supply needs the dates of the fractions, not only their number: {GIVE}");
            return Err(Refusal::of(refused::INPUT_MISSING, "--start", message)
                .on_a_form("is missing: supply needs the dates of the fractions, from the first and their number")
                .into());
        };
        let rules = CalendarRules {
            start,
            weekdays: self.weekdays.unwrap_or(Weekdays::MONDAY_TO_FRIDAY),
            holidays: read_holidays(context, self.holidays.as_ref())?,
            fractions_per_day: self.fractions_per_day.unwrap_or(1),
        };
        let dates = rules.dates(count.get()).map_err(|error| {
            let start = matches!(error, CalendarError::Start(..) | CalendarError::Year(_));
            let refusal = Refusal::from_error(error.to_string(), &error);
            refusal.about(start.then_some("--start"))
        })?;
        Ok(Dates::Planned { rules, dates })
    }
}
