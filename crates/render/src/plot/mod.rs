//! Pictures: SVG, black on white, told apart by dashes and markers.

mod chart;
pub mod dvh;
mod measured;

use std::fmt::Write as _;

use crate::number::dose;
use chart::{Axis, Chart, DASHES, Line, around, draw, from_zero, spaced};
use chemorad::gap::{GapAnalysis, GapError, GapProblem};
use chemorad::quantity::{AbsorbedDose, AlphaBeta};
use chemorad::radiobiology::{
    EffectModel, ModelError, ModelParameters, ParametersError, Treatment, UncertainParameters,
};
use chemorad::radiotherapy::{DailyPattern, DatedDose, Fractionation};
use jiff::civil::Date;

/// What is drawn over calendar days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Curve {
    /// Tumour BED.
    Bed,
    /// Tumour EQD2.
    Eqd2,
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// More schedules than can be told apart.
    #[error(
        "a picture holds at most {most} schedules that can be told apart; {given} are given",
        most = DASHES.len()
    )]
    TooManySchedules {
        /// How many there are.
        given: usize,
    },
    /// More structures than can be told apart.
    #[error(
        "a picture holds at most {most} structures that can be told apart, and there are {given}: name those to be drawn (--structure)",
        most = DASHES.len()
    )]
    TooManyStructures {
        /// How many there are.
        given: usize,
    },
    /// The parameters do not hold at an α/β of the picture.
    #[error(
        "the picture runs over alpha/beta {} to {} Gy (an interval of alpha/beta sets other ends): {error}",
        dose(*low),
        dose(*high)
    )]
    OutOfRange {
        /// Where the picture begins, gray.
        low: f64,
        /// Where it ends, gray.
        high: f64,
        /// What is wrong there.
        error: ParametersError,
    },
    /// An effect that cannot be calculated.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Parameters that do not go together.
    #[error(transparent)]
    Parameters(#[from] ParametersError),
    /// A course that cannot be followed day by day.
    #[error(transparent)]
    Gap(#[from] GapError),
    /// The drawing itself.
    #[error("cannot draw the picture: {0}")]
    Drawing(String),
}

/// Cumulative effect on the tumour over calendar days: planned, delivered, uncompensated, and each
/// way to compensate.
///
/// # Errors
/// An effect that cannot be calculated, or a picture that cannot be drawn.
pub fn gap(
    problem: &GapProblem,
    analysis: &GapAnalysis,
    tumour: &ModelParameters,
    curve: Curve,
) -> Result<String, PictureError> {
    let convention = analysis.planned.overall_time().convention;
    let origin = analysis.planned.first();
    let day = |date: Date| -> f64 {
        date.since(origin)
            .map_or(0.0, |span| f64::from(span.get_days()))
    };
    let points = |fractions: &[DatedDose], from: Date| -> Result<Vec<(f64, f64)>, PictureError> {
        Ok(problem
            .day_by_day(fractions)?
            .into_iter()
            .filter(|effect| effect.date >= from)
            .map(|effect| {
                let value = match curve {
                    Curve::Bed => effect.bed.gray(),
                    Curve::Eqd2 => effect.eqd.gray(),
                };
                (day(effect.date), value)
            })
            .collect())
    };
    let stop = analysis.delivered.last();
    let mut lines = vec![
        Line {
            label: "planned".into(),
            points: points(analysis.planned.fractions(), origin)?,
        },
        Line {
            label: "uncompensated".into(),
            points: points(analysis.uncompensated.fractions(), stop)?,
        },
    ];
    for (index, way) in analysis.compensations.iter().enumerate() {
        if let Some(delivery) = &way.delivery {
            lines.push(Line {
                label: format!("({}) {}", index + 1, way.method.title()),
                points: points(delivery.fractions(), stop)?,
            });
        }
    }
    lines.push(Line {
        label: "delivered".into(),
        points: points(analysis.delivered.fractions(), origin)?,
    });
    let last = lines
        .iter()
        .filter_map(|line| line.points.last())
        .fold(0.0, |last: f64, point| last.max(point.0));
    let label = match curve {
        Curve::Bed => analysis.planned.tumour().bed().label(),
        Curve::Eqd2 => analysis.planned.tumour_eqd2().label(),
    };
    let x = days(last + 1.0);
    let y = from_zero(format!("cumulative {label}, Gy"), &lines);
    let date_of = |x: &f64| -> String {
        #[allow(clippy::cast_possible_truncation, reason = "a number of days")]
        let days = x.round() as i32;
        origin
            .checked_add(jiff::Span::new().days(days))
            .map_or_else(|_| String::new(), |date| date.to_string())
    };
    let note = format!("{}; overall time {convention}", tumour.in_words());
    draw(&Chart {
        title: "Tumour effect over calendar days",
        x: &x,
        x_text: &date_of,
        y: &y,
        lines: &lines,
        marks: &[],
        note: &note,
    })
    .map_err(PictureError::Drawing)
}

/// Dates as days from the first, a tick on every day, every week or every few weeks.
fn days(high: f64) -> Axis {
    let step = [1.0, 7.0, 14.0, 28.0, 56.0, 112.0, 224.0, 448.0]
        .into_iter()
        .find(|step| high / step <= MOST_DATES)
        .unwrap_or(high);
    let ticks = (0..=366)
        .map(|tick| f64::from(tick) * step)
        .take_while(|&tick| tick <= high)
        .collect();
    Axis {
        label: "date".into(),
        low: 0.0,
        high,
        ticks,
    }
}

/// That many dates fit side by side.
const MOST_DATES: f64 = 10.0;

/// EQD over α/β for several schedules, each with its overall time and its fractions of a day.
///
/// # Errors
/// More schedules than can be told apart, parameters that do not hold at an α/β of the range, or a
/// picture that cannot be drawn.
pub fn over_alpha_beta(
    schedules: &[(String, &Treatment)],
    parts: &ModelParameters,
    reference: AbsorbedDose,
    (low, high): (f64, f64),
) -> Result<String, PictureError> {
    if schedules.len() > DASHES.len() {
        return Err(PictureError::TooManySchedules {
            given: schedules.len(),
        });
    }
    let models: Vec<EffectModel> = (0..=POINTS)
        .map(|point| {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "alpha/beta in micrograys"
            )]
            let micrograys = ((low + (high - low) * f64::from(point) / f64::from(POINTS)) * 1e6)
                .round()
                .max(MICROGRAYS_FROM) as u64;
            let alpha_beta = AlphaBeta::from_micrograys(micrograys)
                .map_err(|fault| PictureError::Drawing(fault.message().to_string()))?;
            parts
                .model_at(alpha_beta)
                .map_err(|error| PictureError::OutOfRange { low, high, error })
        })
        .collect::<Result<_, _>>()?;
    let lines: Vec<Line> = schedules
        .iter()
        .map(|(label, treatment)| {
            let points = models.iter().map(|model| {
                let eqd = model.effect(treatment)?.eqd(reference)?;
                Ok((model.alpha_beta().gray(), eqd.gray()))
            });
            Ok(Line {
                label: label.clone(),
                points: points.collect::<Result<_, PictureError>>()?,
            })
        })
        .collect::<Result<_, PictureError>>()?;
    let mut x = spaced("alpha/beta, Gy".into(), low, high);
    x.low = x.low.min(low);
    x.high = high;
    x.ticks.retain(|&tick| tick <= high);
    let name = dose(reference.gray());
    let y = around(format!("EQD{name}, Gy"), &lines);
    let number = |x: &f64| dose(*x);
    let words = UncertainParameters::try_from(parts)?.in_words();
    draw(&Chart {
        title: "EQD over alpha/beta",
        x: &x,
        x_text: &number,
        y: &y,
        lines: &lines,
        marks: &[],
        note: &words,
    })
    .map_err(PictureError::Drawing)
}

/// The name of a schedule: `50.4 Gy in 28 x 1.8 Gy, 38 d, 2 a day, 6 h apart`.
#[must_use]
pub fn schedule_label(
    phases: &[Fractionation],
    treatment: &Treatment,
    pattern: DailyPattern,
) -> String {
    let phases: Vec<String> = phases.iter().map(ToString::to_string).collect();
    let mut label = phases.join(" + ");
    if let Some(time) = treatment.time() {
        let _ = write!(label, ", {} d", time.days());
    }
    if pattern.fractions() > 1 {
        let _ = write!(label, ", {pattern}");
    }
    label
}

/// Steps of a curve.
const POINTS: u32 = 200;

/// A curve towards alpha/beta 0 begins here, where EQD is at its limit to any eye.
const MICROGRAYS_FROM: f64 = 1000.0;
