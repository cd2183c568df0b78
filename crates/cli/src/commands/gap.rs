//! Missed treatment.

use std::path::PathBuf;

use chemorad::gap::{Delivered, ExtraWeekdays, GapCase, GapProblem};
use chemorad::quantity::{AbsorbedDose, AlphaBeta, FractionInterval, RepairHalfTime};
use chemorad::radiobiology::ModelParameters;
use chemorad::radiotherapy::{Fractionation, Weekdays, treatment_date};
use chemorad_dicom::GivenTreatment;
use chemorad_render::gap::{Results, page};
use chemorad_render::plot::{self, Curve};
use jiff::civil::Date;

use super::records::{self, Records};
use crate::args::model::ModelArgs;
use crate::args::rounding::Rule;
use crate::failure::Failure;
use crate::input;
use crate::output::Context;
use crate::report::{Report, pictured};
use crate::schedule::fractions_a_day;
use crate::time::{Convention, read_holidays};

/// Missed treatment: what was lost, and every way to make it good with what speaks against it.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad gap examples/gap-missed-monday.toml --show-work
  chemorad gap --prescription 50.4Gy/28 --start 2026-12-07 --delivered 12 \\
    --resume 2026-12-30 --alpha-beta 10Gy --late-alpha-beta 3Gy \\
    --loss-per-day 0.66Gy --kick-off 28d
  chemorad gap examples/gap-machine-down-in-boost.toml --plot gap.svg
  chemorad gap --prescription 50.4Gy/28 --start 2026-12-07 --delivered-records records/ \
    --resume 2026-12-30 --alpha-beta 10Gy --late-alpha-beta 3Gy

With --delivered-records the fractions delivered are those of RT Beams Treatment Records (or RT
Ion Beams Treatment Records): dates, fraction numbers, and the dose of a fraction that was broken
off. All beams of one fraction number are one fraction. Records that contradict one another or the
prescription, or leave open what was given, end without a result (exit code 1 or 3).

It computes and warns; it does not choose. The figures of 6 h, 2.2 Gy and 5 % are limits it
warns at. No tissue parameter has a default.")]
pub(crate) struct Args {
    /// The case: a TOML or JSON file. Or give the flags below.
    case: Option<PathBuf>,
    #[command(flatten)]
    inline: Inline,
    /// What was delivered, from records of treatment: DICOM files, or folders that hold them. A case
    /// file then leaves [delivered] empty.
    #[arg(
        long,
        value_name = "FILE",
        num_args = 1..,
        conflicts_with_all = ["delivered", "missed", "delivered_dose"]
    )]
    delivered_records: Vec<PathBuf>,
    #[command(flatten)]
    parts: ModelArgs,
    /// Draw cumulative effect over calendar days into an SVG file.
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
    /// What to draw.
    #[arg(long, value_enum, default_value_t = PlotOf::Bed, requires = "plot")]
    plot_of: PlotOf,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum PlotOf {
    /// Tumour BED.
    Bed,
    /// Tumour EQD2.
    Eqd2,
}

impl From<PlotOf> for Curve {
    fn from(of: PlotOf) -> Self {
        match of {
            PlotOf::Bed => Self::Bed,
            PlotOf::Eqd2 => Self::Eqd2,
        }
    }
}

#[derive(clap::Args)]
#[group(id = "inline", multiple = true, conflicts_with = "case")]
#[command(next_help_heading = "The case as flags")]
struct Inline {
    /// A phase that reaches the tumour, such as 50.4Gy/28; repeat it for phases in sequence.
    #[arg(long, value_name = "FRACTIONATION")]
    prescription: Vec<Fractionation>,
    /// The date of the first fraction.
    #[arg(long, value_name = "DATE", value_parser = treatment_date)]
    start: Option<Date>,
    /// Fractions delivered so far, on the planned dates but for those missed. It may be left out where
    /// --missed names every planned date before --resume without a fraction.
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    delivered: Option<u32>,
    /// A planned date on which nothing was given; may be repeated.
    #[arg(long, value_name = "DATE", value_parser = treatment_date)]
    missed: Vec<Date>,
    /// The dose per fraction that was delivered, where it was not the planned one.
    #[arg(long, value_name = "GY", allow_hyphen_values = true)]
    delivered_dose: Option<AbsorbedDose>,
    /// The first date on which a fraction can be given again.
    #[arg(long, value_name = "DATE", value_parser = treatment_date)]
    resume: Option<Date>,
    /// The tumour's alpha/beta.
    #[arg(long, value_name = "GY", allow_hyphen_values = true)]
    alpha_beta: Option<AlphaBeta>,
    /// The tumour's alpha/beta by the name of a published record.
    #[arg(long, value_name = "ID", conflicts_with = "alpha_beta")]
    endpoint: Option<String>,
    /// The late-reacting tissue's alpha/beta.
    #[arg(long, value_name = "GY", allow_hyphen_values = true)]
    late_alpha_beta: Option<AlphaBeta>,
    /// The late-reacting tissue's alpha/beta by the name of a published record.
    #[arg(long, value_name = "ID", conflicts_with = "late_alpha_beta")]
    late_endpoint: Option<String>,
    /// The late-reacting tissue's half-time of repair between the fractions of a day.
    #[arg(long, value_name = "HOURS", allow_hyphen_values = true)]
    late_repair_half_time: Option<RepairHalfTime>,
    /// The same by the name of a published record.
    #[arg(long, value_name = "ID", conflicts_with = "late_repair_half_time")]
    late_repair_record: Option<String>,
    /// The weekdays of treatment.
    #[arg(long, value_name = "DAYS", default_value = "mon-fri")]
    weekdays: Weekdays,
    /// A file of planned dates without treatment, one to a line, or an .ics calendar; none where there
    /// are none.
    #[arg(long, value_name = "FILE")]
    holidays: Option<PathBuf>,
    /// A further date without treatment after the resumption; may be repeated.
    #[arg(long, value_name = "DATE", value_parser = treatment_date)]
    closed: Vec<Date>,
    /// Weekdays outside the plan that can be used, such as sat or sat,sun; or none.
    #[arg(long, value_name = "DAYS")]
    extra_weekdays: Option<ExtraWeekdays>,
    /// Planned fractions on each treatment day.
    #[arg(long, value_name = "M", default_value = "1", value_parser = fractions_a_day, allow_hyphen_values = true)]
    per_day: u32,
    /// Time between two fractions of a day, such as 6h.
    #[arg(long, value_name = "HOURS", allow_hyphen_values = true)]
    interval: Option<FractionInterval>,
    /// The least interval the site allows, where it is not 6h.
    #[arg(
        long,
        value_name = "HOURS",
        allow_hyphen_values = true,
        requires = "interval"
    )]
    minimum_interval: Option<FractionInterval>,
    /// How overall time is counted.
    #[arg(long, value_enum, default_value_t = Convention::Inclusive)]
    convention: Convention,
    /// The smallest step of a dose per fraction, such as 0.01Gy; needs --rounding.
    #[arg(
        long,
        value_name = "GY",
        allow_hyphen_values = true,
        requires = "rounding"
    )]
    step: Option<AbsorbedDose>,
    /// How a dose per fraction becomes a multiple of --step.
    #[arg(long, value_enum, requires = "step")]
    rounding: Option<Rule>,
}

impl Inline {
    fn case(
        self,
        context: &Context<'_>,
        parts: &ModelArgs,
        recorded: bool,
    ) -> Result<GapCase, Failure> {
        let missing = |flag: &str| {
            Failure::new(format!(
                "{flag} is missing: give a case file, or at least --prescription, --start, --delivered (or --missed), --resume, --alpha-beta and --late-alpha-beta"
            ))
        };
        if self.prescription.is_empty() {
            return Err(missing("--prescription"));
        }
        let start = self.start.ok_or_else(|| missing("--start"))?;
        let resume = self.resume.ok_or_else(|| missing("--resume"))?;
        if self.alpha_beta.is_none() && self.endpoint.is_none() {
            return Err(missing("--alpha-beta"));
        }
        if self.late_alpha_beta.is_none() && self.late_endpoint.is_none() {
            return Err(missing("--late-alpha-beta"));
        }
        let mut case = GapCase::new(self.prescription, start, resume);
        case.calendar.weekdays = self.weekdays;
        case.calendar.holidays = self
            .holidays
            .as_ref()
            .map(|path| read_holidays(context, Some(path)))
            .transpose()?;
        case.calendar.fractions_per_day = self.per_day;
        if self.per_day > 1 {
            case.calendar.interval = self.interval;
        } else {
            case.possible.second_fraction_interval = self.interval;
        }
        if self.delivered.is_none() && self.missed.is_empty() && !recorded {
            return Err(missing("--delivered"));
        }
        case.delivered.fractions = self.delivered;
        case.delivered.missed = self.missed;
        case.delivered.dose_per_fraction = self.delivered_dose;
        case.possible.closed = self.closed;
        case.possible.extra_weekdays = self.extra_weekdays;
        case.possible.minimum_interval = self.minimum_interval;
        case.tumour = ModelParameters {
            alpha_beta: self.alpha_beta,
            endpoint: self.endpoint,
            ..parts.named("gap")?
        };
        case.late = ModelParameters {
            alpha_beta: self.late_alpha_beta,
            endpoint: self.late_endpoint,
            repair_half_time: self.late_repair_half_time,
            repair_record: self.late_repair_record,
            ..ModelParameters::default()
        };
        case.convention = self.convention.into();
        case.dose_step = self.step;
        case.dose_rounding = self.rounding.map(Into::into);
        Ok(case)
    }
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let recorded = !self.delivered_records.is_empty();
        let (mut case, name) = match &self.case {
            Some(path) => {
                if !self.parts.is_empty() {
                    return Err(Failure::new(
                        "a case file holds its own parameters: leave the flags out, or the file",
                    ));
                }
                let case: GapCase = input::read(context.files, path)?;
                (case, format!("{}: ", path.display()))
            }
            None => (
                self.inline.case(context, &self.parts, recorded)?,
                String::new(),
            ),
        };
        let given = if recorded {
            let read = Records::read(context, &self.delivered_records)?;
            let mut given = read.given();
            given.findings.extend(records::one_patient(&[&read]));
            take(&mut case, &mut given)?;
            given
        } else {
            GivenTreatment::default()
        };
        let failed = |error: chemorad::gap::GapError| Failure::new(format!("{name}{error}"));
        let problem =
            GapProblem::new(&case).map_err(|faults| Failure::each(&name, faults.iter()))?;
        let mut analysis = problem.analyse().map_err(failed)?;
        analysis.findings.extend(given.findings);
        if let Some(path) = &self.plot {
            let picture = plot::gap(&problem, &analysis, &case.tumour, self.plot_of.into())?;
            context.write_picture(path, &picture)?;
        }
        let results = Results {
            case: &case,
            analysis: &analysis,
            derivations: analysis.derive(),
        };
        let mut page = page(&results);
        if context.asked.report {
            let of = self.plot_of.into();
            pictured(
                &mut page,
                plot::gap(&problem, &analysis, &case.tumour, of),
                "Effect over calendar days, as planned, as delivered, and with each way to compensate.",
            );
        }
        Ok(Report::new(page, &results).judged(analysis.outcome()))
    }
}

/// What was delivered, as the records say.
fn take(case: &mut GapCase, given: &mut GivenTreatment) -> Result<(), Failure> {
    if case.delivered != Delivered::default() {
        return Err(Failure::new(
            "the case says what was delivered, and so do the records: leave [delivered] empty, or --delivered-records out",
        ));
    }
    let doses = given.hold_against(&case.prescription);
    records::settled(&given.findings)?;
    let dates = given.fractions.iter().map(|fraction| fraction.date);
    case.delivered.dates = Some(dates.collect());
    // whole fractions have the dose that is planned
    if !given.fractions.iter().all(|fraction| fraction.complete) {
        case.delivered.doses = Some(doses);
    }
    Ok(())
}
