//! BED and EQD of fractionations.

mod calculate;

use std::path::PathBuf;

use chemorad::quantity::{AbsorbedDose, AlphaBeta};
use chemorad::radiobiology::{
    AlphaBetaInterval, DoseSeries, RadiobiologyFinding, Treatment, total_caution,
};
use chemorad::radiotherapy::{DailyPattern, Fractionation, Fractionations};
use chemorad::report::Finding;
use chemorad_render::bed::{Results, page};
use chemorad_render::plot;
use serde::Serialize;

use crate::args::model::ModelArgs;
use crate::args::site::{AlphaBetaOrTissue, Asked, SiteArgs};
use crate::failure::Failure;
use crate::output::Context;
use crate::refused;
use crate::report::{Report, pictured};
use crate::schedule::Schedule;
use crate::time::TimeArgs;
use calculate::Question;

/// BED and EQD of fractionations given as one course to one volume.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad bed 45Gy/25 5.4Gy/3 --alpha-beta 10Gy
  chemorad bed \"25 x 1.8 Gy\" --alpha-beta 10Gy --alpha-beta 3Gy --show-work
  chemorad bed 25Gy/5 --endpoint rectal-adenocarcinoma-locoregional-control

  chemorad bed 45Gy/25 --alpha-beta 10Gy --overall-time 35d --kick-off 28d --loss-per-day 0.66Gy
  chemorad bed 45Gy/25 --alpha-beta 10Gy --start 2026-12-07 --kick-off 28d \\
    --alpha 0.35/Gy --doubling-time 3d
  chemorad bed \"68 x 1.2 Gy\" --alpha-beta 3Gy --per-day 2 --interval 6h --repair-half-time 4.4h
  chemorad bed 8Gy/1 --alpha-beta 2Gy --linear-above 4Gy --final-slope tangent
  chemorad bed 50.4Gy/28 --alpha-beta 10Gy --compare 25Gy/5 --plot eqd2.svg
  chemorad bed 50.4Gy/28 --alpha-beta 8..12Gy --overall-time 38d --kick-off 21..28d \\
    --loss-per-day 0.5..0.8Gy --compare \"25Gy/5, 5d\"

An interval is written 8..12Gy (alpha/beta may reach zero: 0..10Gy); the result is then an interval
that contains every value in between, and a comparison has the same parameters on both sides.
With time, repair or a linear tail the phases show their effect without loss to time, the total
shows all of it, and `terms` shows the parts. With several alpha/beta the JSON holds one object for each under `results`.")]
pub(crate) struct Args {
    /// The course, its phases joined by +: 45Gy/25+5.4Gy/3. A phase is 45Gy/25, "25 x 1.8 Gy",
    /// "1.8 Gy x 25" or "45 Gy in 25".
    #[arg(required = true, value_name = "45Gy/25+5.4Gy/3")]
    course: Vec<Fractionations>,
    /// Alpha/beta with unit, an interval such as 8..12Gy, or a tissue of the site file; several by
    /// commas. There is no default.
    #[arg(
        long,
        visible_alias = "ab",
        value_name = "10Gy,3Gy",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    alpha_beta: Vec<AlphaBetaOrTissue>,
    /// A published alpha/beta by name (chemorad endpoints); several by commas.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    endpoint: Vec<String>,
    /// The fraction size x of EQDx.
    #[arg(
        long,
        value_name = "2Gy",
        default_value = "2Gy",
        hide_default_value = true
    )]
    reference: AbsorbedDose,
    #[command(flatten)]
    site: SiteArgs,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    parts: ModelArgs,
    /// Draw EQD over alpha/beta into an SVG file.
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
    /// Another schedule to compare with: phases joined by +, such as 45Gy/25+5.4Gy/3, then its
    /// overall time and its fractions a day where they differ, such as "81.6Gy/68, 45d, 2x6h".
    #[arg(long, value_name = "SCHEDULE")]
    compare: Vec<Schedule>,
}

#[derive(Serialize)]
struct Several {
    results: Vec<Results>,
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let phases = Fractionations::joined(&self.course);
        let series = DoseSeries::from_fractionations(&phases).ok_or_else(|| {
            Failure::new(refused::COURSE_REFUSED,
                "the fractionations do not add up to one course: their sum is above 1000 Gy, or there are too many different numbers of fractions",
            )
        })?;
        let mut site = self.site.read(context)?;
        let time = self.time.clone().of_site(&mut site);
        let asked = site.alpha_betas(&self.alpha_beta, &self.endpoint)?;
        site.tell(context);
        let (treatment, others) = time.treatments(context, &phases, &self.compare, &self.parts)?;
        let fractions = phases.iter().map(|each| each.fractions().get());
        let mut of_time = time.cautions(&phases);
        let several = asked.windows(2).any(|pair| pair[0].0 != pair[1].0) && self.parts.has_loss();
        of_time.extend(several.then(|| RadiobiologyFinding::LossAtEveryAlphaBeta.into()));
        of_time.extend(time.of_dates(context, fractions.sum())?);
        let question = Question {
            fractionations: &phases,
            series: &series,
            treatment: &treatment,
            pattern: time.day.pattern()?,
            reference: self.reference,
            plain: time.is_plain(&self.parts),
            of_time,
            others: self.compare.iter().zip(&others).collect(),
        };
        let parameters = self.parts.parameters()?;
        let values = parameters.single();
        let mut results: Vec<Results> = asked
            .iter()
            .map(|&(range, endpoint)| match (range.single(), &values) {
                (Some(alpha_beta), Some(parts)) => question.at_values(alpha_beta, endpoint, parts),
                _ => question.over_intervals(range, parameters),
            })
            .collect::<Result<_, Failure>>()?;
        let large: Vec<Finding> =
            total_caution("the course", &phases)
                .into_iter()
                .chain(self.compare.iter().filter_map(|other| {
                    total_caution(&format!("the schedule {other}"), &other.phases)
                }))
                .collect();
        for result in &mut results {
            result.warnings.extend(large.iter().cloned());
        }
        let found: Vec<Finding> = results
            .iter()
            .flat_map(|result| result.warnings.iter().cloned())
            .collect();
        let all: Vec<&Results> = results.iter().collect();
        let mut page = page(&all, self.reference, &self.parts.records());
        if context.asked.pictures {
            let picture = self.picture(&phases, &asked, &treatment, &others);
            pictured(&mut page, picture, "EQD of each schedule over alpha/beta.");
        }
        if let Some(path) = &self.plot {
            context.write_picture(path, &self.picture(&phases, &asked, &treatment, &others)?)?;
        }
        let report = match results.pop() {
            Some(only) if results.is_empty() => context.report(page, &only),
            last => {
                results.extend(last);
                context.report(page, &Several { results })
            }
        };
        Ok(report.concluded(&found))
    }

    /// EQD over α/β of this course and of those it is compared with, over the intervals of α/β
    /// that are asked for, or 1 to 20 Gy and as far as a value asked for.
    fn picture(
        &self,
        phases: &[Fractionation],
        asked: &[Asked],
        treatment: &Treatment,
        others: &[Treatment],
    ) -> Result<String, Failure> {
        let own = plot::schedule_label(phases, treatment, self.time.day.pattern()?);
        let mut lines = vec![(own, treatment)];
        for (schedule, other) in self.compare.iter().zip(others) {
            let pattern = schedule.pattern.unwrap_or(DailyPattern::ONCE);
            lines.push((
                plot::schedule_label(&schedule.phases, other, pattern),
                other,
            ));
        }
        let given = asked.iter().filter(|(_, endpoint)| endpoint.is_none());
        let given: Vec<AlphaBetaInterval> = given.map(|(range, _)| *range).collect();
        let ranges = given.iter().filter(|range| range.single().is_none());
        let range = ranges.fold(None, |hull: Option<(f64, f64)>, range| {
            let (low, high) = (
                range.low().map_or(0.0, AlphaBeta::gray),
                range.high().gray(),
            );
            let (from, to) = hull.unwrap_or((low, high));
            Some((low.min(from), high.max(to)))
        });
        let values = given.iter().filter_map(|range| range.single());
        let usual = values.fold((1.0_f64, 20.0_f64), |(low, high), value| {
            (low.min(value.gray()), high.max(value.gray()))
        });
        Ok(plot::over_alpha_beta(
            &lines,
            &self.parts.single("a picture over alpha/beta")?,
            self.reference,
            range.unwrap_or(usual),
        )?)
    }
}
