//! Whether the limits of a table can all bind: a cumulative dose-volume histogram never rises.

use core::cmp::Ordering;
use core::fmt;
use std::collections::BTreeMap;
use std::string::{String, ToString};
use std::vec::Vec;

use super::Report;
use super::limits::{cubic, fail, gray, percentage};
use crate::model::limit::{
    DoseLevel, DoseVolumeLimit, DoseVolumeMetric, LimitTable, LimitValue, Percent, VolumeLevel,
};
use chemorad::quantity::AbsorbedDose;
use chemorad::radiotherapy::Course;

/// A limit as a point of the cumulative dose-volume histogram: at this dose, this volume.
/// `V45Gy <= 65 cc` and `D65cc <= 45 Gy` are one point.
#[derive(Debug, Clone, Copy)]
struct Point {
    row: usize,
    structure: usize,
    micrograys: u64,
    volume: u64,
    percent: bool,
    upper: bool,
}

impl Point {
    fn of(
        (row, structure): (usize, usize),
        limit: &DoseVolumeLimit,
        value: &LimitValue,
        courses: &[Course],
    ) -> Option<Self> {
        let upper = limit.comparison.is_upper();
        let (level, volume) = match (&limit.metric, value) {
            (DoseVolumeMetric::VolumeAtDose(level), LimitValue::Volume(volume))
            | (DoseVolumeMetric::DoseAtVolume(volume), LimitValue::Dose(level)) => (level, *volume),
            // no volume at all above the largest dose, all of it above the smallest
            (DoseVolumeMetric::MaximumDose, LimitValue::Dose(level)) => {
                (level, VolumeLevel::Percent(Percent::constant("0 %")))
            }
            (DoseVolumeMetric::MinimumDose, LimitValue::Dose(level)) => {
                (level, VolumeLevel::Percent(Percent::HUNDRED))
            }
            _ => return None,
        };
        let micrograys = match level {
            DoseLevel::Absolute(dose) => dose.micrograys(),
            DoseLevel::PercentOf { percent, volume } => {
                let [course] = courses else { return None };
                let total = course.cumulative_dose(volume)?.micrograys();
                let share = u128::from(total) * u128::from(percent.millionths());
                u64::try_from(share / u128::from(Percent::HUNDRED.millionths())).ok()?
            }
        };
        let (volume, percent) = match volume {
            VolumeLevel::Absolute(volume) => (volume.cubic_millimetres(), false),
            VolumeLevel::Percent(percent) => (percent.millionths(), true),
        };
        Some(Self {
            row,
            structure,
            micrograys,
            volume,
            percent,
            upper,
        })
    }

    fn comparable(self, other: Self) -> bool {
        // none and all of a structure are the same in every unit
        let same_unit = self.percent == other.percent
            || [self, other]
                .iter()
                .any(|point| point.percent && point.volume == 0);
        self.structure == other.structure && self.upper == other.upper && same_unit
    }

    /// Whether a histogram, which falls with the dose, can run through both limits and have both
    /// bind: more dose, no more volume.
    fn ordered(self, other: Self) -> bool {
        match self.micrograys.cmp(&other.micrograys) {
            Ordering::Less => self.volume >= other.volume,
            Ordering::Greater => self.volume <= other.volume,
            Ordering::Equal => self.volume == other.volume,
        }
    }
}

pub(super) fn check_order(table: &LimitTable, at: &str, courses: &[Course], out: &mut Report) {
    let structures = structures(table);
    for part in ["limit", "variation"] {
        let points: Vec<Point> = table
            .rows
            .iter()
            .enumerate()
            .filter_map(|(i, row)| {
                let value = match part {
                    "limit" => row.limit.value(),
                    _ => row
                        .variation
                        .as_ref()
                        .and_then(|variation| variation.value()),
                };
                Point::of((i, structures[i]), row, value?, courses)
            })
            .collect();
        for (i, point) in points.iter().enumerate() {
            let row = &table.rows[point.row];
            let broken = points[..i]
                .iter()
                .find(|earlier| point.comparable(**earlier) && !point.ordered(**earlier));
            let Some(earlier) = broken else { continue };
            let at = format!("{at}.rows[{}].{part}", point.row);
            let other = &table.rows[earlier.row];
            let repaired = exchanged(&points, i, table);
            let message = match &repaired {
                Some(words) => format!(
                    "a higher dose is allowed more volume; {words} would be in order: were dose and volume exchanged?"
                ),
                None if point.micrograys == earlier.micrograys => {
                    "the same dose has two different limits".to_string()
                }
                None => "a higher dose is allowed more volume than a lower one".to_string(),
            };
            out.push(
                fail("limit.order", &at, &message)
                    .with_expected(format!("in order with {other}"))
                    .with_found(row.to_string())
                    .with_arithmetic(if earlier.micrograys <= point.micrograys {
                        format!("{earlier}, then {point}: a cumulative histogram never rises")
                    } else {
                        format!("{point}, then {earlier}: a cumulative histogram never rises")
                    }),
            );
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let volume = if self.percent {
            percentage(self.volume)
        } else {
            cubic(self.volume)
        };
        write!(f, "{volume} at {}", gray(self.micrograys))
    }
}

/// A number for each structure of a table; upper and lower case are the same, and so are spaces,
/// underscores and hyphens.
fn structures(table: &LimitTable) -> Vec<usize> {
    let plain = |text: &str| text.trim().to_lowercase().replace(['_', '-'], " ");
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let rows = table.rows.iter();
    rows.map(|row| {
        let next = known.len();
        *known.entry(plain(&row.structure)).or_insert(next)
    })
    .collect()
}

/// The limit with its dose and volume exchanged, when that alone puts the table in order.
fn exchanged(points: &[Point], at: usize, table: &LimitTable) -> Option<String> {
    let point = points[at];
    // 20 % at 50 Gy for 50 % at 20 Gy; both are kept in millionths
    let swapped = Point {
        micrograys: point.percent.then_some(point.volume)?,
        volume: point.micrograys,
        ..point
    };
    if swapped.volume > Percent::HUNDRED.millionths() || swapped.micrograys == 0 {
        return None;
    }
    let row = &table.rows[point.row];
    let in_order = points.iter().enumerate().all(|(i, other)| {
        i == at
            || !swapped.comparable(*other)
            || (swapped.ordered(*other) && swapped.micrograys != other.micrograys)
    });
    let dose = AbsorbedDose::from_micrograys(swapped.micrograys).ok()?;
    in_order.then(|| {
        let metric = DoseVolumeMetric::VolumeAtDose(DoseLevel::Absolute(dose));
        format!("{metric} {} {}", row.comparison, percentage(swapped.volume))
    })
}
