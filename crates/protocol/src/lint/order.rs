//! Whether the limits of a table can all bind: a cumulative dose-volume histogram never rises.

use core::cmp::Ordering;
use std::collections::BTreeMap;

use super::fault::{HistogramPoint, ProtocolFault};
use super::finding::Findings;
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
    volume: VolumeLevel,
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
        Some(Self {
            row,
            structure,
            micrograys,
            volume,
            upper,
        })
    }

    /// The volume in its smallest steps, and whether those are of a share.
    const fn steps(self) -> (u64, bool) {
        match self.volume {
            VolumeLevel::Absolute(volume) => (volume.cubic_millimetres(), false),
            VolumeLevel::Percent(percent) => (percent.millionths(), true),
        }
    }

    const fn shown(self) -> HistogramPoint {
        HistogramPoint {
            micrograys: self.micrograys,
            volume: self.volume,
        }
    }

    fn comparable(self, other: Self) -> bool {
        // none and all of a structure are the same in every unit
        let same_unit = self.steps().1 == other.steps().1
            || [self, other].iter().any(|point| point.steps() == (0, true));
        self.structure == other.structure && self.upper == other.upper && same_unit
    }

    /// Whether a histogram, which falls with the dose, can run through both limits and have both
    /// bind: more dose, no more volume.
    fn ordered(self, other: Self) -> bool {
        let (mine, theirs) = (self.steps().0, other.steps().0);
        match self.micrograys.cmp(&other.micrograys) {
            Ordering::Less => mine >= theirs,
            Ordering::Greater => mine <= theirs,
            Ordering::Equal => mine == theirs,
        }
    }
}

pub(super) fn check_order(table: &LimitTable, at: &str, courses: &[Course], out: &mut Findings) {
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
            let repaired = exchanged(&points, i);
            let points = if earlier.micrograys <= point.micrograys {
                [earlier.shown(), point.shown()]
            } else {
                [point.shown(), earlier.shown()]
            };
            out.push(
                at,
                ProtocolFault::LimitOrder {
                    limit: Box::new(row.clone()),
                    earlier: Box::new(other.clone()),
                    points,
                    exchanged: repaired,
                },
            );
        }
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

/// The metric and the share with dose and volume exchanged, when that alone puts the table in
/// order.
fn exchanged(points: &[Point], at: usize) -> Option<(DoseVolumeMetric, Percent)> {
    let point = points[at];
    // 20 % at 50 Gy for 50 % at 20 Gy; both are kept in millionths
    let (volume, is_share) = point.steps();
    if !is_share || point.micrograys > Percent::HUNDRED.millionths() || volume == 0 {
        return None;
    }
    let share = Percent::from_millionths(point.micrograys).ok()?;
    let swapped = Point {
        micrograys: volume,
        volume: VolumeLevel::Percent(share),
        ..point
    };
    let in_order = points.iter().enumerate().all(|(i, other)| {
        i == at
            || !swapped.comparable(*other)
            || (swapped.ordered(*other) && swapped.micrograys != other.micrograys)
    });
    let dose = AbsorbedDose::from_micrograys(swapped.micrograys).ok()?;
    in_order.then_some((
        DoseVolumeMetric::VolumeAtDose(DoseLevel::Absolute(dose)),
        share,
    ))
}
