//! Missed treatment.

mod field;
mod inline;

use std::path::PathBuf;

use chemorad::gap::{Delivered, GapCase, GapError, GapProblem};
use chemorad::radiotherapy::Fractionations;
use chemorad_dicom::GivenTreatment;
use chemorad_render::gap::{Results, page};
use chemorad_render::plot::{self, Curve};
use jiff::civil::Date;

use self::field::flag_of;
use self::inline::{Inline, tissue};
use super::records::{self, Records};
use crate::args::case_or::CaseOr;
use crate::args::model::ModelArgs;
use crate::args::site::SiteArgs;
use crate::failure::{Failure, Refusal};
use crate::flags;
use crate::holidays::read_holidays;
use crate::input;
use crate::output::Context;
use crate::refused;
use crate::report::{Report, pictured};

/// Missed treatment: what was lost, and every way to make it good with what speaks against it.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad gap 45Gy/25+5.4Gy/3 --start 2026-11-02 \\
    --missed 2026-11-24,2026-11-25 --ab 10Gy --late-ab 3Gy
  chemorad gap 50.4Gy/28 --start 2026-12-07 --delivered 12 --resume 2026-12-30 \\
    --ab 10Gy --late-ab 3Gy --loss-per-day 0.66Gy --kick-off 28d
  chemorad gap examples/gap-missed-monday.toml --show-work
  chemorad gap examples/gap-machine-down-in-boost.toml --plot gap.svg
  chemorad gap 50.4Gy/28 --start 2026-12-07 --delivered-records records/ \\
    --resume 2026-12-30 --ab 10Gy --late-ab 3Gy

With --delivered-records the fractions delivered are those of RT Beams Treatment Records (or RT
Ion Beams Treatment Records): dates, fraction numbers, and the dose of a fraction that was broken
off. All beams of one fraction number are one fraction. Records that contradict one another or the
prescription, or leave open what was given, end without a result (exit code 1 or 3).

It computes and warns; it does not choose. The figures of 6 h, 2.2 Gy and 5 % are limits it
warns at. No tissue parameter has a default.")]
pub(crate) struct Args {
    /// The course that reaches the tumour, with the flags below; or a case, a .toml or .json file.
    #[arg(value_name = "45Gy/25+5.4Gy/3|case.toml")]
    given: Option<CaseOr<Fractionations>>,
    #[command(flatten)]
    inline: Inline,
    #[command(flatten)]
    site: SiteArgs,
    /// What was delivered, from records of treatment: DICOM files, or folders that hold them. The
    /// plan among them is compared with them. A case file then leaves [delivered] empty.
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

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let recorded = !self.delivered_records.is_empty();
        let mut site = self.site.read(context)?;
        let (mut case, name) = match self.given {
            Some(CaseOr::Case(path)) => {
                let mut given = self.inline.given();
                if !self.parts.is_empty() {
                    given.push("the flags of the model");
                }
                if !given.is_empty() {
                    return Err(Failure::new(
                        refused::INPUT_CONFLICT,
                        format!(
                            "a case file holds its own values: leave {} out, or the file",
                            given.join(", ")
                        ),
                    ));
                }
                let mut case: GapCase = input::read(context.files, &path)?;
                for (name, parameters) in [("tumour", &mut case.tumour), ("late", &mut case.late)] {
                    if site.has_tissue(name) {
                        tissue(&mut site, name, "", None, parameters)?;
                    }
                }
                if case.calendar.holidays.is_none() {
                    if let Some(holidays) = site.holidays(None) {
                        case.calendar.holidays = Some(read_holidays(context, Some(&holidays))?);
                    }
                }
                (case, format!("{}: ", path.display()))
            }
            course => {
                let course = match course {
                    Some(CaseOr::Value(course)) => Some(course),
                    _ => None,
                };
                let case = self
                    .inline
                    .case(context, course, &self.parts, &mut site, recorded)?;
                (case, String::new())
            }
        };
        site.tell(context);
        let given = if recorded {
            let read = Records::read(context, &self.delivered_records)?;
            let mut given = read.given();
            given.findings.extend(records::one_patient(&[&read]));
            let against = read.plans_against(&given, &case.prescription)?;
            given.findings.extend(against);
            let stated = match case.calendar.fractions_per_day {
                1 => case.possible.second_fraction_interval,
                _ => case.calendar.interval,
            };
            given.hold_against_interval(stated);
            take(&mut case, &mut given)?;
            given
        } else {
            GivenTreatment::default()
        };
        let failed = |error: GapError| Failure::at(&name, &error);
        let problem = GapProblem::new(&case).map_err(|faults| {
            let says = |fault: &GapError| match fault {
                GapError::NotPlanned(date) => format!("{fault}: {}", why_not(&case, *date)),
                _ => fault.to_string(),
            };
            let refusal = |fault: &GapError| {
                let refusal = Refusal::from_error(format!("{name}{}", says(fault)), fault);
                // a case file has no flags
                let flag = flag_of(fault, &case).filter(|_| name.is_empty());
                refusal.about(flag)
            };
            Failure::all(faults.iter().map(refusal).collect())
        })?;
        let mut analysis = problem.analyse().map_err(failed)?;
        if name.is_empty() {
            for finding in &mut analysis.findings {
                if let Some(flag) = flags::of(finding.code()) {
                    finding.remark(format!("the flag is {flag}"));
                }
            }
        }
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
        if context.asked.pictures {
            let of = self.plot_of.into();
            pictured(
                &mut page,
                plot::gap(&problem, &analysis, &case.tumour, of),
                "Effect over calendar days, as planned, as delivered, and with each way to compensate.",
            );
        }
        Ok(context.report(page, &results).concluded(&analysis.findings))
    }
}

/// Whether a date is listed as one without treatment.
fn closed(case: &GapCase, date: Date) -> bool {
    let mut listed = case.calendar.holidays.iter().flatten();
    listed.any(|holiday| *holiday == date)
}

/// Why no fraction was planned on a date, or none that could be missed.
fn why_not(case: &GapCase, date: Date) -> String {
    let calendar = &case.calendar;
    match case.possible.resume {
        Some(resume) if date >= resume => {
            format!("treatment is possible again on {resume}, and it is not before that")
        }
        _ if date < calendar.start => format!("treatment starts on {}", calendar.start),
        _ if closed(case, date) => "it is among the dates without treatment".into(),
        _ if !calendar.weekdays.contains(date.weekday()) => {
            format!("it is a {}", date.strftime("%A"))
        }
        _ => "the last planned fraction is before it".into(),
    }
}

/// What was delivered, as the records say.
fn take(case: &mut GapCase, given: &mut GivenTreatment) -> Result<(), Failure> {
    if case.delivered != Delivered::default() {
        return Err(Failure::new(
            refused::INPUT_CONFLICT,
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
