//! Pictures: SVG, black on white, told apart by dashes and markers.

use std::fmt::Write as _;

use chemorad::gap::{GapAnalysis, GapError, GapProblem};
use chemorad::quantity::{AbsorbedDose, AlphaBeta};
use chemorad::radiobiology::{
    EffectModel, ModelError, ModelParameters, ParametersError, Treatment, UncertainParameters,
};
use chemorad::radiotherapy::{DailyPattern, DatedDose, Fractionation};
use jiff::civil::Date;
use plotters::coord::combinators::BindKeyPoints as _;
use plotters::coord::ranged1d::ValueFormatter;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::NOTICE;
use crate::number::dose;

const WIDTH: u32 = 960;
const CHART: u32 = 560;
const LEGEND_ROW: u32 = 24;

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

/// One line of a picture.
struct Line {
    label: String,
    points: Vec<(f64, f64)>,
}

struct Axis {
    label: String,
    low: f64,
    high: f64,
    ticks: Vec<f64>,
}

/// Dash and gap lengths in pixels, one set for each line; none is a solid line.
const DASHES: [&[f64]; 8] = [
    &[],
    &[2.0, 3.0],
    &[12.0, 5.0],
    &[12.0, 4.0, 2.0, 4.0],
    &[6.0, 4.0],
    &[18.0, 4.0, 2.0, 4.0, 2.0, 4.0],
    &[1.0, 5.0],
    &[20.0, 8.0],
];

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
    draw(
        "Tumour effect over calendar days",
        &x,
        &date_of,
        &y,
        &lines,
        &note,
    )
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
    draw("EQD over alpha/beta", &x, &number, &y, &lines, &words)
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

fn extremes(lines: &[Line]) -> (f64, f64) {
    lines
        .iter()
        .flat_map(|line| &line.points)
        .fold((f64::INFINITY, 0.0), |(low, high), point| {
            (low.min(point.1), high.max(point.1))
        })
}

fn from_zero(label: String, lines: &[Line]) -> Axis {
    spaced(label, 0.0, extremes(lines).1)
}

fn around(label: String, lines: &[Line]) -> Axis {
    let (low, high) = extremes(lines);
    spaced(label, low.min(high), high)
}

/// About eight ticks at 1, 2 or 5 times a power of ten.
fn spaced(label: String, low: f64, high: f64) -> Axis {
    let span = (high - low).max(high * 0.05).max(1e-6);
    let power = 10_f64.powf((span / 8.0).log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| span / step <= 8.0)
        .unwrap_or(power * 10.0);
    let low = (low / step).floor() * step;
    let high = ((high + span * 0.02) / step).ceil() * step;
    let ticks = (0..=40)
        .map(|count| low + f64::from(count) * step)
        .take_while(|&tick| tick <= high + step / 2.0)
        .collect();
    Axis {
        label,
        low,
        high,
        ticks,
    }
}

type Pixel = (i32, i32);

fn draw(
    title: &str,
    x: &Axis,
    x_text: &dyn Fn(&f64) -> String,
    y: &Axis,
    lines: &[Line],
    note: &str,
) -> Result<String, PictureError> {
    let legend = Legend::new(lines, note);
    let size = (WIDTH, CHART + legend.rows() * LEGEND_ROW + 16);
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        draw_on(&area, title, x, x_text, y, lines, &legend)
            .map_err(|error| PictureError::Drawing(error.to_string()))?;
    }
    Ok(svg)
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;
type DrawError = DrawingAreaErrorKind<<SVGBackend<'static> as DrawingBackend>::ErrorType>;

fn draw_on(
    area: &Area<'_>,
    title: &str,
    x: &Axis,
    x_text: &dyn Fn(&f64) -> String,
    y: &Axis,
    lines: &[Line],
    legend: &Legend,
) -> Result<(), DrawError> {
    area.fill(&WHITE)?;
    let (top, bottom) = area.split_vertically(CHART);
    let mut chart = ChartBuilder::on(&top)
        .caption(title, ("sans-serif", 20))
        .margin(14)
        .margin_right(50)
        .x_label_area_size(52)
        .y_label_area_size(64)
        .build_cartesian_2d(
            Ticks((x.low..x.high).with_key_points(x.ticks.clone()), x_text),
            Ticks((y.low..y.high).with_key_points(y.ticks.clone()), &|value| {
                dose(*value)
            }),
        )?;
    let ticks = x.ticks.len().max(y.ticks.len());
    chart
        .configure_mesh()
        .x_labels(ticks)
        .y_labels(ticks)
        .x_desc(x.label.as_str())
        .y_desc(y.label.as_str())
        .bold_line_style(RGBColor(205, 205, 205))
        .light_line_style(TRANSPARENT)
        .label_style(("sans-serif", 13))
        .axis_desc_style(("sans-serif", 15))
        .draw()?;
    for (index, line) in lines.iter().enumerate() {
        let pixels: Vec<Pixel> = line.points.iter().map(|p| chart.backend_coord(p)).collect();
        stroke(&top, &pixels, dash(index))?;
        for at in marked(&pixels, index) {
            marker(&top, at, index)?;
        }
    }
    legend.draw(&bottom)?;
    area.present()
}

/// What the lines are, in two columns where the labels are short, and the parameters below.
struct Legend {
    columns: usize,
    /// Each line's label, wrapped.
    labels: Vec<Vec<String>>,
    note: Vec<String>,
}

/// Characters of a label beside another, and of one that has the row to itself.
const NARROW: usize = 56;
const WIDE: usize = 115;

impl Legend {
    fn new(lines: &[Line], note: &str) -> Self {
        let longest = lines.iter().map(|line| line.label.chars().count()).max();
        let wrapped = |text: &str| -> Vec<String> {
            let pieces = textwrap::wrap(text, WIDE);
            pieces
                .into_iter()
                .map(std::borrow::Cow::into_owned)
                .collect()
        };
        Self {
            columns: if longest.unwrap_or(0) > NARROW { 1 } else { 2 },
            labels: lines.iter().map(|line| wrapped(&line.label)).collect(),
            note: [wrapped(note), wrapped(NOTICE)].concat(),
        }
    }

    fn rows(&self) -> u32 {
        let labels: usize = self
            .labels
            .chunks(self.columns)
            .map(|row| row.iter().map(Vec::len).max().unwrap_or(1))
            .sum();
        u32::try_from(labels + self.note.len()).unwrap_or(1)
    }

    fn draw(&self, area: &Area<'_>) -> Result<(), DrawError> {
        let style = ("sans-serif", 14)
            .into_text_style(area)
            .pos(Pos::new(HPos::Left, VPos::Center));
        let height = i32::try_from(LEGEND_ROW).unwrap_or(24);
        let mut middle = 14;
        let text =
            |text: &str, at: Pixel| area.draw(&Text::new(text.to_string(), at, style.clone()));
        for (row, labels) in self.labels.chunks(self.columns).enumerate() {
            let mut rows = 1;
            for (column, label) in labels.iter().enumerate() {
                let index = row * self.columns + column;
                let left = 80 + i32::try_from(column).unwrap_or(0) * 440;
                stroke(area, &[(left, middle), (left + 70, middle)], dash(index))?;
                marker(area, (left + 35, middle), index)?;
                for (piece, down) in label.iter().zip(0..) {
                    text(piece, (left + 80, middle + down * height))?;
                    rows = rows.max(down + 1);
                }
            }
            middle += rows * height;
        }
        for piece in &self.note {
            text(piece, (80, middle))?;
            middle += height;
        }
        Ok(())
    }
}

/// A range whose ticks are written by a function.
struct Ticks<'a, R>(R, &'a dyn Fn(&f64) -> String);

impl<R: Ranged<ValueType = f64>> Ranged for Ticks<'_, R> {
    type FormatOption = plotters::coord::ranged1d::NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        self.0.map(value, limit)
    }

    fn key_points<H: plotters::coord::ranged1d::KeyPointHint>(&self, hint: H) -> Vec<f64> {
        self.0.key_points(hint)
    }

    fn range(&self) -> std::ops::Range<f64> {
        self.0.range()
    }
}

impl<R: Ranged<ValueType = f64>> ValueFormatter<f64> for Ticks<'_, R> {
    fn format_ext(&self, value: &f64) -> String {
        (self.1)(value)
    }
}

fn dash(index: usize) -> &'static [f64] {
    DASHES.get(index % DASHES.len()).copied().unwrap_or(&[])
}

/// A line in dashes along the path, so that steep parts look like flat ones.
fn stroke(area: &Area<'_>, path: &[Pixel], dashes: &[f64]) -> Result<(), DrawError> {
    let style = BLACK.stroke_width(2);
    if dashes.is_empty() {
        return area.draw(&PathElement::new(path.to_vec(), style));
    }
    let (mut at, mut left) = (0, dashes.first().copied().unwrap_or(1.0));
    for pair in path.windows(2) {
        let [from, to] = pair else { continue };
        let (x0, y0) = (f64::from(from.0), f64::from(from.1));
        let (dx, dy) = (f64::from(to.0) - x0, f64::from(to.1) - y0);
        let length = dx.hypot(dy);
        let point = |along: f64| -> Pixel {
            let share = along / length;
            #[allow(clippy::cast_possible_truncation, reason = "pixels")]
            let pixel = (
                (x0 + dx * share).round() as i32,
                (y0 + dy * share).round() as i32,
            );
            pixel
        };
        let mut done = 0.0;
        while length - done > 1e-9 {
            let piece = left.min(length - done);
            if at % 2 == 0 {
                let dash = vec![point(done), point(done + piece)];
                area.draw(&PathElement::new(dash, style))?;
            }
            done += piece;
            left -= piece;
            if left <= 1e-9 {
                at = (at + 1) % dashes.len();
                left = dashes.get(at).copied().unwrap_or(1.0);
            }
        }
    }
    Ok(())
}

/// Where markers stand: some along the line, each line's at places of its own, and the end.
fn marked(pixels: &[Pixel], index: usize) -> Vec<Pixel> {
    let mut places = Vec::new();
    let mut next = 30 + 17 * i32::try_from(index % 8).unwrap_or(0);
    let Some(first) = pixels.first() else {
        return places;
    };
    for pixel in pixels {
        if pixel.0 - first.0 >= next {
            places.push(*pixel);
            next += 140;
        }
    }
    if let Some(end) = pixels.last() {
        places.retain(|place| end.0 - place.0 > 30);
        places.push(*end);
    }
    places
}

fn marker(area: &Area<'_>, at: Pixel, index: usize) -> Result<(), DrawError> {
    let solid = BLACK.filled();
    let (x, y) = at;
    let polygon = |offsets: &[Pixel]| {
        let mut points: Vec<Pixel> = offsets.iter().map(|o| (x + o.0, y + o.1)).collect();
        points.extend(points.first().copied());
        points
    };
    let hollow = |points: Vec<Pixel>| -> Result<(), DrawError> {
        area.draw(&Polygon::new(points.clone(), WHITE.filled()))?;
        area.draw(&PathElement::new(points, BLACK.stroke_width(2)))
    };
    match index % 8 {
        0 => area.draw(&Circle::new(at, 5, solid)),
        1 => area.draw(&Cross::new(at, 5, BLACK.stroke_width(2))),
        2 => hollow(polygon(&[(-5, -5), (5, -5), (5, 5), (-5, 5)])),
        3 => hollow(polygon(&[(0, -7), (6, 5), (-6, 5)])),
        4 => area.draw(&Polygon::new(
            polygon(&[(0, -7), (7, 0), (0, 7), (-7, 0)]),
            solid,
        )),
        5 => area.draw(&Polygon::new(polygon(&[(-6, -5), (6, -5), (0, 7)]), solid)),
        6 => hollow(polygon(&[(0, -7), (7, 0), (0, 7), (-7, 0)])),
        _ => area.draw(&Rectangle::new([(x - 5, y - 5), (x + 5, y + 5)], solid)),
    }
}
