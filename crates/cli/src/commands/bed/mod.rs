//! BED and EQD of fractionations.

mod calculate;

use std::path::PathBuf;

use chemorad::quantity::{AbsorbedDose, AlphaBeta};
use chemorad::radiobiology::{AlphaBetaInterval, DoseSeries, TissueParameter, Treatment};
use chemorad::radiotherapy::{DailyPattern, Fractionation};
use chemorad_render::bed::{Results, page};
use chemorad_render::plot;
use serde::Serialize;

use crate::args::model::{ModelArgs, find_endpoint};
use crate::failure::Failure;
use crate::output::Context;
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
    /// Fractionations in order: 45Gy/25, "25 x 1.8 Gy", "1.8 Gy x 25" or "45 Gy in 25".
    #[arg(required = true)]
    fractionations: Vec<Fractionation>,
    /// Alpha/beta ratio with unit, or an interval such as 8..12Gy; may be repeated. There is no
    /// default.
    #[arg(
        long,
        value_name = "GY",
        required_unless_present = "endpoint",
        allow_hyphen_values = true
    )]
    alpha_beta: Vec<AlphaBetaInterval>,
    /// A published alpha/beta by name (see `chemorad endpoints`); may be repeated.
    #[arg(long)]
    endpoint: Vec<String>,
    /// The fraction size x of EQDx.
    #[arg(long, default_value = "2Gy")]
    reference: AbsorbedDose,
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
        let series = DoseSeries::from_fractionations(&self.fractionations).ok_or_else(|| {
            Failure::new(
                "the fractionations do not add up to one course: their sum is above 1000 Gy, or there are too many different numbers of fractions",
            )
        })?;
        let (treatment, others) =
            self.time
                .treatments(context, &self.fractionations, &self.compare, &self.parts)?;
        let mut asked: Vec<(AlphaBetaInterval, Option<&'static TissueParameter>)> =
            self.alpha_beta.iter().map(|&value| (value, None)).collect();
        for id in &self.endpoint {
            let record = find_endpoint(id)?;
            asked.push((AlphaBetaInterval::point(record.alpha_beta), Some(record)));
        }
        let fractions = self
            .fractionations
            .iter()
            .map(|each| each.fractions().get());
        let mut of_time = self.time.cautions(&self.fractionations);
        of_time.extend(self.time.of_dates(context, fractions.sum())?);
        let question = Question {
            fractionations: &self.fractionations,
            series: &series,
            treatment: &treatment,
            pattern: self.time.day.pattern()?,
            reference: self.reference,
            plain: self.time.is_plain(&self.parts),
            of_time,
            others: self.compare.iter().zip(&others).collect(),
        };
        let parameters = self.parts.parameters()?;
        let values = parameters.single();
        let mut results: Vec<Results> = asked
            .into_iter()
            .map(|(range, endpoint)| match (range.single(), &values) {
                (Some(alpha_beta), Some(parts)) => question.at_values(alpha_beta, endpoint, parts),
                _ => question.over_intervals(range, parameters),
            })
            .collect::<Result<_, Failure>>()?;
        let all: Vec<&Results> = results.iter().collect();
        let mut page = page(&all, self.reference, &self.parts.records());
        if context.asked.report {
            let picture = self.picture(&treatment, &others);
            pictured(&mut page, picture, "EQD of each schedule over alpha/beta.");
        }
        if let Some(path) = &self.plot {
            context.write_picture(path, &self.picture(&treatment, &others)?)?;
        }
        Ok(match results.pop() {
            Some(only) if results.is_empty() => Report::new(page, &only),
            last => {
                results.extend(last);
                Report::new(page, &Several { results })
            }
        })
    }

    /// EQD over α/β of this course and of those it is compared with, over the intervals of α/β
    /// that are asked for, or 1 to 20 Gy and as far as a value asked for.
    fn picture(&self, treatment: &Treatment, others: &[Treatment]) -> Result<String, Failure> {
        let own = plot::schedule_label(&self.fractionations, treatment, self.time.day.pattern()?);
        let mut lines = vec![(own, treatment)];
        for (schedule, other) in self.compare.iter().zip(others) {
            let pattern = schedule.pattern.unwrap_or(DailyPattern::ONCE);
            lines.push((
                plot::schedule_label(&schedule.phases, other, pattern),
                other,
            ));
        }
        let ranges = self
            .alpha_beta
            .iter()
            .filter(|range| range.single().is_none());
        let range = ranges.fold(None, |hull: Option<(f64, f64)>, range| {
            let (low, high) = (
                range.low().map_or(0.0, AlphaBeta::gray),
                range.high().gray(),
            );
            let (from, to) = hull.unwrap_or((low, high));
            Some((low.min(from), high.max(to)))
        });
        let values = self.alpha_beta.iter().filter_map(|range| range.single());
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
