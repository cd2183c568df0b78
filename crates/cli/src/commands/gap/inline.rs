//! A case of missed treatment by flags.

use chemorad::gap::{ExtraWeekdays, GapCase};
use chemorad::quantity::{AbsorbedDose, FractionInterval, RepairHalfTime};
use chemorad::radiobiology::ModelParameters;
use chemorad::radiotherapy::{Fractionations, Weekdays, treatment_date};
use jiff::civil::Date;

use crate::args::model::ModelArgs;
use crate::args::rounding::Rule;
use crate::args::site::{AlphaBetaOrTissue, SiteValues};
use crate::args::whole_number::whole_number;
use crate::failure::{Failure, Refusal};
use crate::holidays::{Holidays, read_holidays};
use crate::output::Context;
use crate::refused;
use crate::schedule::fractions_a_day;
use crate::time::{Convention, convention, weekdays};

#[derive(clap::Args)]
#[command(next_help_heading = "With a course")]
pub(super) struct Inline {
    /// The date of the first fraction.
    #[arg(long, value_name = "2026-12-07", value_parser = treatment_date)]
    start: Option<Date>,
    /// The planned dates on which nothing was given, by commas.
    #[arg(long, value_name = "2026-12-15,2026-12-16", value_delimiter = ',', value_parser = treatment_date)]
    missed: Vec<Date>,
    /// The tumour's alpha/beta with unit, or a tissue of the site file; tumour of the site file unless
    /// given.
    #[arg(
        long,
        visible_alias = "ab",
        value_name = "10Gy",
        allow_hyphen_values = true
    )]
    alpha_beta: Option<AlphaBetaOrTissue>,
    /// The late-reacting tissue's alpha/beta; late of the site file unless given.
    #[arg(
        long,
        visible_alias = "late-ab",
        value_name = "3Gy",
        allow_hyphen_values = true
    )]
    late_alpha_beta: Option<AlphaBetaOrTissue>,
    /// The first date on which a fraction can be given again; the next day of treatment after the last
    /// missed date unless given.
    #[arg(long, value_name = "2026-12-17", value_parser = treatment_date)]
    resume: Option<Date>,
    /// Fractions delivered so far; planned before the resumption, less the missed dates, unless given.
    #[arg(long, value_name = "12", value_parser = |text: &str| whole_number(text, 0..=10_000), allow_hyphen_values = true)]
    delivered: Option<u32>,
    /// The dose per fraction that was delivered, where it was not the planned one.
    #[arg(long, value_name = "1.8Gy", allow_hyphen_values = true)]
    delivered_dose: Option<AbsorbedDose>,
    /// Instead of the course: a phase that reaches the tumour; repeat it for phases in sequence.
    #[arg(long, value_name = "50.4Gy/28")]
    prescription: Vec<Fractionations>,
    /// The tumour's alpha/beta by the name of a published record.
    #[arg(long, value_name = "NAME", conflicts_with = "alpha_beta")]
    endpoint: Option<String>,
    /// The late-reacting tissue's alpha/beta by the name of a published record.
    #[arg(long, value_name = "NAME", conflicts_with = "late_alpha_beta")]
    late_endpoint: Option<String>,
    /// The late-reacting tissue's half-time of repair between the fractions of a day.
    #[arg(long, value_name = "4.4h", allow_hyphen_values = true)]
    late_repair_half_time: Option<RepairHalfTime>,
    /// The same by the name of a published record.
    #[arg(long, value_name = "NAME", conflicts_with = "late_repair_half_time")]
    late_repair_record: Option<String>,
    /// The weekdays of treatment; mon-fri unless given.
    #[arg(long, value_name = "mon-fri")]
    weekdays: Option<Weekdays>,
    /// Planned dates without treatment by commas, or a file of them, one to a line, or an .ics
    /// calendar; "none" says that there are none.
    #[arg(long, value_name = "closed.ics|none")]
    holidays: Option<Holidays>,
    /// Further dates without treatment after the resumption, by commas.
    #[arg(long, value_name = "2026-12-28", value_delimiter = ',', value_parser = treatment_date)]
    closed: Vec<Date>,
    /// Weekdays outside the plan that can be used, such as sat or sat,sun; or none.
    #[arg(long, value_name = "sat,sun")]
    extra_weekdays: Option<ExtraWeekdays>,
    /// Planned fractions on each treatment day; 1 unless given.
    #[arg(long, value_name = "2", value_parser = fractions_a_day, allow_hyphen_values = true)]
    per_day: Option<u32>,
    /// Time between two fractions of a day.
    #[arg(long, value_name = "6h", allow_hyphen_values = true)]
    interval: Option<FractionInterval>,
    /// The least interval the site allows, where it is not 6h.
    #[arg(
        long,
        value_name = "6h",
        allow_hyphen_values = true,
        requires = "interval"
    )]
    minimum_interval: Option<FractionInterval>,
    /// How overall time is counted; inclusive unless given.
    #[arg(long, value_enum)]
    convention: Option<Convention>,
    /// The smallest step of a dose per fraction; needs --rounding.
    #[arg(
        long,
        value_name = "0.01Gy",
        allow_hyphen_values = true,
        requires = "rounding"
    )]
    step: Option<AbsorbedDose>,
    /// How a dose per fraction becomes a multiple of --step.
    #[arg(long, value_enum, requires = "step")]
    rounding: Option<Rule>,
}

/// The course stands before the flags.
pub(super) const COURSE: &str = "[45Gy/25+5.4Gy/3|case.toml]";

/// What a case by flags needs at least, said where something of it is missing.
const NEEDED: &str = "give the course, --start, --missed (or --delivered with --resume) and both alpha/beta, as in chemorad gap 45Gy/25+5.4Gy/3 --start 2026-12-07 --missed 2026-12-15,2026-12-16 --ab 10Gy --late-ab 3Gy; or a case file";

impl Inline {
    /// The flags that are given: beside a case file they would be dropped unread.
    pub(super) fn given(&self) -> Vec<&'static str> {
        let given = [
            ("--start", self.start.is_some()),
            ("--missed", !self.missed.is_empty()),
            ("--alpha-beta", self.alpha_beta.is_some()),
            ("--late-alpha-beta", self.late_alpha_beta.is_some()),
            ("--resume", self.resume.is_some()),
            ("--delivered", self.delivered.is_some()),
            ("--delivered-dose", self.delivered_dose.is_some()),
            ("--prescription", !self.prescription.is_empty()),
            ("--endpoint", self.endpoint.is_some()),
            ("--late-endpoint", self.late_endpoint.is_some()),
            (
                "--late-repair-half-time",
                self.late_repair_half_time.is_some(),
            ),
            ("--late-repair-record", self.late_repair_record.is_some()),
            ("--weekdays", self.weekdays.is_some()),
            ("--holidays", self.holidays.is_some()),
            ("--closed", !self.closed.is_empty()),
            ("--extra-weekdays", self.extra_weekdays.is_some()),
            ("--per-day", self.per_day.is_some()),
            ("--interval", self.interval.is_some()),
            ("--minimum-interval", self.minimum_interval.is_some()),
            ("--convention", self.convention.is_some()),
            ("--step", self.step.is_some()),
            ("--rounding", self.rounding.is_some()),
        ];
        let given = given.into_iter().filter(|(_, is_given)| *is_given);
        given.map(|(flag, _)| flag).collect()
    }

    pub(super) fn case(
        self,
        context: &Context<'_>,
        course: Option<Fractionations>,
        parts: &ModelArgs,
        site: &mut SiteValues,
        recorded: bool,
    ) -> Result<GapCase, Failure> {
        let prescription = match (course, self.prescription.as_slice()) {
            (Some(course), []) => course.into_vec(),
            (None, phases) => Fractionations::joined(phases),
            (Some(_), _) => {
                return Err(Failure::new(
                    refused::INPUT_CONFLICT,
                    "the course is given twice, and as --prescription: leave one of them out",
                ));
            }
        };
        let untold = self.delivered.is_none() && !recorded;
        let missing = [
            (prescription.is_empty(), "the course (or --prescription)"),
            (self.start.is_none(), "--start"),
            (untold && self.missed.is_empty(), "--delivered"),
            (self.resume.is_none() && self.missed.is_empty(), "--resume"),
        ];
        let missing: Vec<&str> = missing
            .into_iter()
            .filter_map(|(is_missing, what)| is_missing.then_some(what))
            .collect();
        let neither = untold && self.missed.is_empty() && self.resume.is_none();
        let refusal = |(at, what): (usize, &&str)| {
            // what is needed is said once, after the last
            let message = if at + 1 == missing.len() {
                format!("{what} is missing: {NEEDED}")
            } else {
                format!("{what} is missing")
            };
            let refusal = if neither && what.starts_with("--") && *what != "--start" {
                // the dates alone would do, and a form asks for them first
                Refusal::of(refused::INPUT_MISSING, "--missed", message)
            } else if what.starts_with("--") {
                Refusal::of(refused::INPUT_MISSING, what, message)
            } else {
                Refusal::of(refused::INPUT_MISSING, COURSE, message)
            };
            refusal.on_a_form("is missing")
        };
        let (true, Some(start)) = (missing.is_empty(), self.start) else {
            return Err(Failure::all(
                missing.iter().enumerate().map(refusal).collect(),
            ));
        };
        let mut case = GapCase::new(prescription, start, start);
        case.possible.resume = self.resume;
        let week = weekdays(site, self.weekdays);
        case.calendar.weekdays = week.unwrap_or(Weekdays::MONDAY_TO_FRIDAY);
        let holidays = site.holidays(self.holidays);
        case.calendar.holidays = match &holidays {
            None => None,
            some => Some(read_holidays(context, some.as_ref())?),
        };
        let per_day = self.per_day.unwrap_or(1);
        case.calendar.fractions_per_day = per_day;
        if per_day > 1 {
            case.calendar.interval = self.interval;
        } else {
            case.possible.second_fraction_interval = self.interval;
        }
        case.delivered.fractions = self.delivered;
        case.delivered.missed = self.missed;
        case.delivered.dose_per_fraction = self.delivered_dose;
        case.possible.closed = self.closed;
        case.possible.extra_weekdays = self.extra_weekdays;
        case.possible.minimum_interval = self.minimum_interval;
        case.tumour = ModelParameters {
            endpoint: self.endpoint,
            ..parts.named("gap")?
        };
        case.late = ModelParameters {
            endpoint: self.late_endpoint,
            repair_half_time: self.late_repair_half_time,
            repair_record: self.late_repair_record,
            ..ModelParameters::default()
        };
        tissue(
            site,
            "tumour",
            "--alpha-beta",
            self.alpha_beta,
            &mut case.tumour,
        )?;
        tissue(
            site,
            "late",
            "--late-alpha-beta",
            self.late_alpha_beta,
            &mut case.late,
        )?;
        let counted = convention(site, self.convention).unwrap_or(Convention::Inclusive);
        case.convention = counted.into();
        case.dose_step = self.step;
        case.dose_rounding = self.rounding.map(Into::into);
        Ok(case)
    }
}

/// The alpha/beta of a tissue: by hand, by a record, or of the site file.
pub(super) fn tissue(
    site: &mut SiteValues,
    name: &str,
    flag: &str,
    by_hand: Option<AlphaBetaOrTissue>,
    parameters: &mut ModelParameters,
) -> Result<(), Failure> {
    let named = parameters.alpha_beta.is_some() || parameters.endpoint.is_some();
    if by_hand.is_none() && named {
        return Ok(());
    }
    let asked = match by_hand {
        Some(given) => site.one_alpha_beta(Some(&given))?,
        None if site.has_tissue(name) => {
            let (range, record) = site.tissue(name)?;
            if let Some(record) = record {
                parameters.endpoint = Some(record.id.into());
                return Ok(());
            }
            range
        }
        None => {
            let rest = format!(
                "the alpha/beta of the {name} tissue has no default. Choices: a value with unit such as \
                 10Gy, a record (chemorad endpoints), or [alpha_beta.{name}] in a site file"
            );
            return Err(Failure::all(vec![Refusal::missing(flag, &rest)]));
        }
    };
    let single = asked.single();
    parameters.alpha_beta = Some(single.ok_or_else(|| {
        Failure::new(
            refused::INPUT_VALUE,
            format!("{flag} {asked}: gap needs one value, not an interval"),
        )
    })?);
    Ok(())
}
