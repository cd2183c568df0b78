//! Tables of dose-volume limits: units, order, variations, and the prescription they stand beside.

use super::fault::ProtocolFault;
use super::finding::{Findings, steps};
use super::order::check_order;
use crate::model::dose::PrescribedDose;
use crate::model::limit::{
    DoseLevel, DoseVolumeLimit, DoseVolumeMetric, LimitTable, LimitValue, Percent, VolumeLevel,
};
use crate::model::place;
use crate::model::protocol::Protocol;
use chemorad::quantity::AbsorbedDose;
use chemorad::radiotherapy::Course;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for (at, table) in place::of(&protocol.limits, "limits", |t| &t.id) {
        let courses = applicable(protocol, table);
        for (i, row) in table.rows.iter().enumerate() {
            check_row(
                protocol,
                table,
                row,
                &courses,
                &format!("{at}.rows[{i}]"),
                out,
            );
        }
        check_order(table, &at, &courses, out);
    }
}

/// The courses a table applies to, each at the highest dose the protocol permits; none where a dose
/// is left open.
fn applicable(protocol: &Protocol, table: &LimitTable) -> Vec<Course> {
    let highest = |dose: &PrescribedDose| {
        let named = dose.fractionation.value()?.named();
        named.into_iter().max_by_key(|one| one.total())
    };
    let courses: Option<Vec<Course>> = protocol
        .courses
        .iter()
        .filter(|course| table.courses.is_empty() || table.courses.contains(&course.id))
        .map(|course| {
            let course = protocol.course_with(course, |_, dose| highest(dose));
            course.ok()
        })
        .collect();
    courses.unwrap_or_default()
}

/// The values of a row with their places: the limit, and the variation.
fn values<'r>(
    row: &'r DoseVolumeLimit,
    at: &str,
) -> impl Iterator<Item = (String, &'r LimitValue)> {
    let limit = row
        .limit
        .value()
        .map(|value| (format!("{at}.limit"), value));
    let variation = row.variation.as_ref().and_then(|v| v.value());
    let variation = variation.map(|value| (format!("{at}.variation"), value));
    limit.into_iter().chain(variation)
}

fn check_row(
    protocol: &Protocol,
    table: &LimitTable,
    row: &DoseVolumeLimit,
    courses: &[Course],
    at: &str,
    out: &mut Findings,
) {
    let is_volume = row.metric.is_volume();
    for (at, value) in values(row, at) {
        if matches!(value, LimitValue::Volume(_)) != is_volume {
            out.push(
                &at,
                ProtocolFault::LimitKind {
                    limit: Box::new(row.clone()),
                    value: value.clone(),
                },
            );
        }
        if let LimitValue::Volume(VolumeLevel::Percent(percent)) = value {
            check_percent(*percent, &at, out);
        }
    }
    if let DoseVolumeMetric::DoseAtVolume(VolumeLevel::Percent(percent)) = &row.metric {
        check_percent(*percent, &format!("{at}.metric"), out);
    }
    check_named_volumes(protocol, row, at, out);
    check_side(protocol, row, at, out);
    check_variation(table, row, at, out);
    check_reach(row, courses, at, out);
}

fn check_percent(percent: Percent, at: &str, out: &mut Findings) {
    if percent > Percent::HUNDRED {
        out.push(at, ProtocolFault::ShareAboveWhole(percent));
    }
}

fn check_named_volumes(protocol: &Protocol, row: &DoseVolumeLimit, at: &str, out: &mut Findings) {
    let mut check = |at: &str, level: &DoseLevel| {
        if let DoseLevel::PercentOf { volume, .. } = level {
            if !protocol.volumes.iter().any(|known| known.name == *volume) {
                out.undeclared(at, "volume", volume);
            }
        }
    };
    if let DoseVolumeMetric::VolumeAtDose(level) = &row.metric {
        check(&format!("{at}.metric"), level);
    }
    for (at, value) in values(row, at) {
        if let LimitValue::Dose(level) = value {
            check(&at, level);
        }
    }
}

/// An organ at risk is kept low; only a volume that is prescribed to is kept high.
fn check_side(protocol: &Protocol, row: &DoseVolumeLimit, at: &str, out: &mut Findings) {
    let target = protocol.volumes.iter().any(|volume| {
        let called = volume.called.value();
        volume.name == row.structure || called == Some(&row.structure)
    });
    if !row.comparison.is_upper() && !target {
        out.push(
            format!("{at}.comparison"),
            ProtocolFault::LowerLimit(Box::new(row.clone())),
        );
    }
}

fn check_variation(table: &LimitTable, row: &DoseVolumeLimit, at: &str, out: &mut Findings) {
    let (Some(limit), Some(variation)) = (
        row.limit.value(),
        row.variation
            .as_ref()
            .and_then(|variation| variation.value()),
    ) else {
        return;
    };
    let at = format!("{at}.variation");
    let (limit, variation) = (limit.clone(), variation.clone());
    if !same_unit(&limit, &variation) {
        out.push(at, ProtocolFault::VariationUnit { limit, variation });
        return;
    }
    let (limit_size, size) = (steps(&limit), steps(&variation));
    let upper = row.comparison.is_upper();
    let permissive = if upper {
        size >= limit_size
    } else {
        size <= limit_size
    };
    if !permissive {
        out.push(
            at,
            ProtocolFault::StricterVariation {
                upper,
                limit,
                variation,
            },
        );
        return;
    }
    let stated = table.variation_share.as_ref();
    if let Some(share) = stated.and_then(|share| share.value()) {
        let hundred = Percent::HUNDRED.millionths();
        let factor = if upper {
            hundred + share.millionths()
        } else {
            hundred.saturating_sub(share.millionths())
        };
        let bound = u128::from(limit_size) * u128::from(factor);
        let given = u128::from(size) * u128::from(hundred);
        if (upper && given > bound) || (!upper && given < bound) {
            let bound = bound / u128::from(hundred);
            out.push(
                at,
                ProtocolFault::VariationBeyondShare {
                    upper,
                    limit,
                    share: *share,
                    bound: u64::try_from(bound).unwrap_or(u64::MAX),
                    variation,
                },
            );
        }
    } else if limit_size > 0 && (size > limit_size.saturating_mul(2) || size < limit_size / 2) {
        out.push(at, ProtocolFault::FarVariation { limit, variation });
    }
}

fn same_unit(a: &LimitValue, b: &LimitValue) -> bool {
    use LimitValue::{Dose, Volume};
    match (a, b) {
        (Dose(a), Dose(b)) => core::mem::discriminant(a) == core::mem::discriminant(b),
        (Volume(a), Volume(b)) => core::mem::discriminant(a) == core::mem::discriminant(b),
        _ => false,
    }
}

/// In use: "never above 107 %" of the prescription (PMC8744000, table 2).
const HOTTEST_PERCENT: u64 = 107;

/// The highest dose a volume gets in a course, with its name.
fn highest(courses: &[Course]) -> Option<AbsorbedDose> {
    courses
        .iter()
        .flat_map(|course| {
            let volumes = course.volumes().iter();
            volumes.filter_map(|volume| course.cumulative_dose(&volume.name))
        })
        .max()
}

/// A dose in a limit that no volume can reach limits nothing.
fn check_reach(row: &DoseVolumeLimit, courses: &[Course], at: &str, out: &mut Findings) {
    let Some(highest) = highest(courses) else {
        return;
    };
    if !row.comparison.is_upper() {
        return;
    }
    let mut check = |at: String, dose: &AbsorbedDose| {
        if dose.micrograys() * 100 > highest.micrograys() * HOTTEST_PERCENT {
            out.push(
                at,
                ProtocolFault::OutOfReach {
                    highest,
                    percent: HOTTEST_PERCENT,
                    dose: *dose,
                },
            );
        }
    };
    if let DoseVolumeMetric::VolumeAtDose(DoseLevel::Absolute(dose)) = &row.metric {
        check(format!("{at}.metric"), dose);
    }
    for (at, value) in values(row, at) {
        if let LimitValue::Dose(DoseLevel::Absolute(dose)) = value {
            check(at, dose);
        }
    }
}
