//! Tables of dose-volume limits: units, order, variations, and the prescription they stand beside.

use std::string::{String, ToString};
use std::vec::Vec;

use super::order::check_order;
use super::{Report, decimal};
use crate::model::access::place;
use crate::model::dose::PrescribedDose;
use crate::model::limit::{
    DoseLevel, DoseVolumeLimit, DoseVolumeMetric, LimitTable, LimitValue, Percent, VolumeLevel,
};
use crate::model::model::Protocol;
use chemorad::quantity::AbsorbedDose;
use chemorad::radiotherapy::Course;
use chemorad::report::{Finding, Outcome};

pub(super) fn lint(protocol: &Protocol, out: &mut Report) {
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

pub(super) fn fail(code: &'static str, at: &str, message: &str) -> Finding {
    Finding::written(code, Outcome::Fail, at, message)
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
    out: &mut Report,
) {
    let is_volume = row.metric.is_volume();
    for (at, value) in values(row, at) {
        if matches!(value, LimitValue::Volume(_)) != is_volume {
            out.push(
                fail("limit.unit", &at, "the value is not of the metric's kind")
                    .with_expected(if is_volume {
                        "cc or %"
                    } else {
                        "Gy or % of a volume"
                    })
                    .with_found(format!("{} {} {value}", row.metric, row.comparison)),
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

fn check_percent(percent: Percent, at: &str, out: &mut Report) {
    if percent > Percent::HUNDRED {
        out.push(
            fail(
                "limit.percent",
                at,
                "no part of a structure is above 100 % of it",
            )
            .with_expected("0 to 100 %")
            .with_found(percent.to_string()),
        );
    }
}

fn check_named_volumes(protocol: &Protocol, row: &DoseVolumeLimit, at: &str, out: &mut Report) {
    let mut check = |at: &str, level: &DoseLevel| {
        if let DoseLevel::PercentOf { volume, .. } = level {
            if !protocol.volumes.iter().any(|known| known.name == *volume) {
                out.push(fail(
                    "protocol.unknown_reference",
                    at,
                    &format!("the volume {volume:?} is not declared"),
                ));
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
fn check_side(protocol: &Protocol, row: &DoseVolumeLimit, at: &str, out: &mut Report) {
    let target = protocol.volumes.iter().any(|volume| {
        let called = volume.called.value();
        volume.name == row.structure || called == Some(&row.structure)
    });
    if !row.comparison.is_upper() && !target {
        out.push(
            Finding::written(
                "limit.side",
                Outcome::Warn,
                format!("{at}.comparison"),
                "a lower limit on a structure that is not prescribed to",
            )
            .with_expected("at_most or below for an organ at risk")
            .with_found(row.to_string()),
        );
    }
}

fn check_variation(table: &LimitTable, row: &DoseVolumeLimit, at: &str, out: &mut Report) {
    let (Some(limit), Some(variation)) = (
        row.limit.value(),
        row.variation
            .as_ref()
            .and_then(|variation| variation.value()),
    ) else {
        return;
    };
    let at = format!("{at}.variation");
    let (limit_size, size) = (size(limit), size(variation));
    if limit_size.1 != size.1 {
        out.push(
            fail(
                "limit.unit",
                &at,
                "the variation is not in the unit of the limit",
            )
            .with_expected(limit.to_string())
            .with_found(variation.to_string()),
        );
        return;
    }
    let (limit_size, size) = (limit_size.0, size.0);
    let upper = row.comparison.is_upper();
    let permissive = if upper {
        size >= limit_size
    } else {
        size <= limit_size
    };
    if !permissive {
        out.push(
            fail(
                "limit.variation_side",
                &at,
                "an acceptable variation is stricter than the limit itself",
            )
            .with_expected(format!(
                "{} {limit}",
                if upper { "at least" } else { "at most" }
            ))
            .with_found(variation.to_string()),
        );
        return;
    }
    if let Some(share) = table
        .variation_share
        .as_ref()
        .and_then(|share| share.value())
    {
        let factor = if upper {
            u128::from(Percent::HUNDRED.millionths() + share.millionths())
        } else {
            u128::from(
                Percent::HUNDRED
                    .millionths()
                    .saturating_sub(share.millionths()),
            )
        };
        let bound = u128::from(limit_size) * factor;
        let given = u128::from(size) * u128::from(Percent::HUNDRED.millionths());
        if (upper && given > bound) || (!upper && given < bound) {
            let hundred = u128::from(Percent::HUNDRED.millionths());
            let expected = shown(limit, u64::try_from(bound / hundred).unwrap_or(u64::MAX));
            let sign = if upper { '+' } else { '-' };
            out.push(
                fail(
                    "limit.variation_share",
                    &at,
                    "the variation passes the limit by more than the table's share",
                )
                .with_expected(expected.clone())
                .with_found(variation.to_string())
                .with_arithmetic(format!("{limit} x (100 % {sign} {share}) = {expected}")),
            );
        }
    } else if limit_size > 0 && (size > limit_size.saturating_mul(2) || size < limit_size / 2) {
        out.push(
            Finding::written(
                "limit.variation_share",
                Outcome::Warn,
                at,
                "the variation is more than a factor of two from the limit, and the table states no share",
            )
            .with_expected(limit.to_string())
            .with_found(variation.to_string()),
        );
    }
}

/// A value in its smallest steps, and which unit it is in.
fn size(value: &LimitValue) -> (u64, u8) {
    match value {
        LimitValue::Dose(DoseLevel::Absolute(dose)) => (dose.micrograys(), 0),
        LimitValue::Dose(DoseLevel::PercentOf { percent, .. }) => (percent.millionths(), 1),
        LimitValue::Volume(VolumeLevel::Absolute(volume)) => (volume.cubic_millimetres(), 2),
        LimitValue::Volume(VolumeLevel::Percent(percent)) => (percent.millionths(), 3),
    }
}

/// A size in the unit of a value.
fn shown(like: &LimitValue, size: u64) -> String {
    match like {
        LimitValue::Dose(DoseLevel::Absolute(_)) => gray(size),
        LimitValue::Volume(VolumeLevel::Absolute(_)) => cubic(size),
        LimitValue::Dose(DoseLevel::PercentOf { .. })
        | LimitValue::Volume(VolumeLevel::Percent(_)) => percentage(size),
    }
}

pub(super) fn gray(micrograys: u64) -> String {
    format!("{} Gy", decimal(micrograys, 1_000_000))
}

pub(super) fn cubic(cubic_millimetres: u64) -> String {
    format!("{} cc", decimal(cubic_millimetres, 1000))
}

pub(super) fn percentage(millionths: u64) -> String {
    format!("{} %", decimal(millionths, 1_000_000))
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
fn check_reach(row: &DoseVolumeLimit, courses: &[Course], at: &str, out: &mut Report) {
    let Some(highest) = highest(courses) else {
        return;
    };
    if !row.comparison.is_upper() {
        return;
    }
    let mut check = |at: String, dose: &AbsorbedDose| {
        if dose.micrograys() * 100 > highest.micrograys() * HOTTEST_PERCENT {
            out.push(
                Finding::written(
                    "limit.reach",
                    Outcome::Warn,
                    at,
                    "the limit is above what any volume can receive, so it limits nothing",
                )
                .with_expected(format!("at most {HOTTEST_PERCENT} % of {highest}"))
                .with_found(dose.to_string())
                .with_arithmetic(format!(
                    "{highest} x {HOTTEST_PERCENT} % = {}",
                    gray(highest.micrograys() * HOTTEST_PERCENT / 100)
                )),
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
