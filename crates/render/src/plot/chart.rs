//! A chart of lines as SVG: axes, dashes that tell the lines apart, the legend.

use plotters::coord::combinators::BindKeyPoints as _;
use plotters::coord::ranged1d::ValueFormatter;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::measured::Measured;
use crate::NOTICE;
use crate::number::dose;

const WIDTH: u32 = 960;
const CHART: u32 = 560;
const LEGEND_ROW: u32 = 24;

/// One line of a picture.
pub(super) struct Line {
    pub(super) label: String,
    pub(super) points: Vec<(f64, f64)>,
}

/// A limit: where a line must stay below, or above.
pub(super) struct Mark {
    pub(super) at: (f64, f64),
    pub(super) is_upper: bool,
    /// What stands beside it and in the note.
    pub(super) name: String,
}

/// What is drawn.
pub(super) struct Chart<'a> {
    pub(super) title: &'a str,
    pub(super) x: &'a Axis,
    /// Writes what stands at a tick.
    pub(super) x_text: &'a dyn Fn(&f64) -> String,
    pub(super) y: &'a Axis,
    pub(super) lines: &'a [Line],
    pub(super) marks: &'a [Mark],
    pub(super) note: &'a str,
}

/// An axis with its ticks.
pub(super) struct Axis {
    pub(super) label: String,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) ticks: Vec<f64>,
}

/// Dash and gap lengths in pixels, one set for each line; none is a solid line.
pub(super) const DASHES: [&[f64]; 8] = [
    &[],
    &[2.0, 3.0],
    &[12.0, 5.0],
    &[12.0, 4.0, 2.0, 4.0],
    &[6.0, 4.0],
    &[18.0, 4.0, 2.0, 4.0, 2.0, 4.0],
    &[1.0, 5.0],
    &[20.0, 8.0],
];

fn extremes(lines: &[Line]) -> (f64, f64) {
    lines
        .iter()
        .flat_map(|line| &line.points)
        .fold((f64::INFINITY, 0.0), |(low, high), point| {
            (low.min(point.1), high.max(point.1))
        })
}

/// An axis from zero to the largest value.
pub(super) fn from_zero(label: String, lines: &[Line]) -> Axis {
    spaced(label, 0.0, extremes(lines).1)
}

/// An axis around the values.
pub(super) fn around(label: String, lines: &[Line]) -> Axis {
    let (low, high) = extremes(lines);
    spaced(label, low.min(high), high)
}

/// About eight ticks at 1, 2 or 5 times a power of ten.
pub(super) fn spaced(label: String, low: f64, high: f64) -> Axis {
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

/// The picture as SVG.
pub(super) fn draw(chart: &Chart<'_>) -> Result<String, String> {
    let legend = Legend::new(chart.lines, chart.note);
    let size = (WIDTH, CHART + legend.rows() * LEGEND_ROW + 16);
    let mut svg = String::new();
    {
        let area = Measured(SVGBackend::with_string(&mut svg, size)).into_drawing_area();
        draw_on(&area, chart, &legend).map_err(|error| error.to_string())?;
    }
    Ok(svg)
}

type Area<'a> = DrawingArea<Measured<'a>, plotters::coord::Shift>;
type DrawError = DrawingAreaErrorKind<<SVGBackend<'static> as DrawingBackend>::ErrorType>;

fn draw_on(area: &Area<'_>, drawn: &Chart<'_>, legend: &Legend) -> Result<(), DrawError> {
    let (x, y) = (drawn.x, drawn.y);
    area.fill(&WHITE)?;
    let (top, bottom) = area.split_vertically(CHART);
    let mut chart = ChartBuilder::on(&top)
        .caption(drawn.title, ("sans-serif", 20))
        .margin(14)
        .margin_right(50)
        .x_label_area_size(52)
        .y_label_area_size(64)
        .build_cartesian_2d(
            Ticks(
                (x.low..x.high).with_key_points(x.ticks.clone()),
                drawn.x_text,
            ),
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
    for (index, line) in drawn.lines.iter().enumerate() {
        let pixels: Vec<Pixel> = line.points.iter().map(|p| chart.backend_coord(p)).collect();
        stroke(&top, &pixels, dash(index))?;
        for at in marked(&pixels, index) {
            marker(&top, at, index)?;
        }
    }
    for mark in drawn.marks {
        limit(&top, chart.backend_coord(&mark.at), mark)?;
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

/// Characters of a label that shares its row with another, and of one alone in its row.
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

/// Where markers stand: some along the line, at other places on each line, and the end.
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

/// A bar that the line must stay below, or above, with a triangle on the side where it may be.
fn limit(area: &Area<'_>, at: Pixel, mark: &Mark) -> Result<(), DrawError> {
    let (x, y) = at;
    let down = if mark.is_upper { 1 } else { -1 };
    let style = BLACK.stroke_width(3);
    area.draw(&PathElement::new(vec![(x - 12, y), (x + 12, y)], style))?;
    let triangle = vec![
        (x - 6, y + 3 * down),
        (x + 6, y + 3 * down),
        (x, y + 12 * down),
    ];
    area.draw(&Polygon::new(triangle, BLACK.filled()))?;
    let text = ("sans-serif", 14).into_text_style(area);
    area.draw(&Text::new(mark.name.clone(), (x + 14, y - 16), text))
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
