//! Cumulative histograms of dose and volume, with the limits that can be drawn among them.

use super::PictureError;
use super::chart::{Axis, Chart, DASHES, Line, Mark, draw, spaced};
use crate::dvh::{Histogram, Results};
use crate::number::dose;

/// Volume over dose, as a share of each structure. A limit of volume at a dose, or of dose at a volume, stands as a
/// bar that the line of its structure must stay below, or above.
///
/// # Errors
/// More structures than can be told apart, or a picture that cannot be drawn.
pub fn histograms(results: &Results) -> Result<String, PictureError> {
    let drawn: Vec<(String, &Histogram, f64)> = results
        .structures
        .iter()
        .filter_map(|structure| {
            let volume = structure.volume.as_ref()?.amount.value;
            Some((structure.called(), structure.histogram.as_ref()?, volume))
        })
        .collect();
    if drawn.len() > DASHES.len() {
        return Err(PictureError::TooManyStructures { given: drawn.len() });
    }
    let lines: Vec<Line> = drawn
        .iter()
        .map(|(label, histogram, volume)| Line {
            label: label.clone(),
            points: histogram
                .points
                .iter()
                .map(|point| (point.dose, point.volume.value / volume * 100.0))
                .collect(),
        })
        .collect();
    let mut marks = Vec::new();
    let mut words = Vec::new();
    let mut known = Vec::new();
    // limits are of absorbed dose, and stand in no picture of an effect
    if results.effect.is_none() {
        for (name, volume) in results.structures.iter().filter_map(|structure| {
            Some((
                structure.name.as_ref()?,
                structure.volume.as_ref()?.amount.value,
            ))
        }) {
            for limit in results.limits.of(name) {
                let Some((at, is_upper)) = limit.point(volume) else {
                    continue;
                };
                // parts of one organ have one limit
                let words_of = limit.limit.to_string();
                if marks.iter().any(|mark: &Mark| mark.at == at) && known.contains(&words_of) {
                    continue;
                }
                known.push(words_of);
                let number = marks.len() + 1;
                words.push(format!("{number}: {}", limit.limit));
                marks.push(Mark {
                    at,
                    is_upper,
                    name: number.to_string(),
                });
            }
        }
    }
    let highest = lines
        .iter()
        .flat_map(|line| &line.points)
        .map(|point| point.0);
    let highest = highest.chain(marks.iter().map(|mark| mark.at.0));
    let label = results.effect.as_ref().map_or_else(
        || "dose, Gy".to_string(),
        |effect| format!("{}, Gy, in {} fractions", effect.label, effect.fractions),
    );
    let x = spaced(label, 0.0, highest.fold(1.0, f64::max));
    let y = Axis {
        label: "volume that gets at least this, %".into(),
        low: 0.0,
        high: 100.0,
        ticks: (0..=10).map(|tick| f64::from(tick) * 10.0).collect(),
    };
    let mut not_drawn = results.limits.all();
    not_drawn.retain(|limit| !known.contains(limit));
    let parts = [("limits", words), ("limits not drawn", not_drawn)];
    let parts = parts.into_iter().filter(|(_, words)| !words.is_empty());
    let parts = parts.map(|(what, words)| format!("{what}: {}", words.join("; ")));
    let parts: Vec<String> = parts.chain([format!("solid: {}", results.solid)]).collect();
    let note = parts.join("; ");
    draw(&Chart {
        title: "Volume over dose",
        x: &x,
        x_text: &|x| dose(*x),
        y: &y,
        lines: &lines,
        marks: &marks,
        note: &note,
    })
    .map_err(PictureError::Drawing)
}
