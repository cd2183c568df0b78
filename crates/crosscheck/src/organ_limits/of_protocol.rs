//! The limits of a protocol, with shares of prescribed doses in gray.

use chemorad::number::Decimal;
use chemorad::quantity::Percent;
use chemorad::radiotherapy::Course;
use chemorad_protocol::{
    Comparison, DoseLevel, DoseVolumeLimit, DoseVolumeMetric, LimitTable, LimitValue, Protocol,
    VolumeLevel,
};

use super::goal::Goal;
use super::limit::{OrganLimit, OrganLimitError};
use super::table::OrganLimits;
use crate::choice::{find_course, find_option};
use crate::prescribed::Prescribed;
use crate::prescribed_error::PrescribedError;

/// Why a protocol gives no limits.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ProtocolLimitsError {
    /// It has none.
    #[error("protocol {0} states no limits of dose and volume")]
    None(String),
    /// Which treatment is meant is open, and the limits depend on it.
    #[error("its limits depend on the treatment: {0}")]
    Treatment(#[from] PrescribedError),
    /// None of its tables is for this treatment.
    #[error("none of the tables of limits of protocol {protocol} is for the course {course}")]
    OtherCourse {
        /// The protocol.
        protocol: String,
        /// The course.
        course: String,
    },
    /// A share of a dose that is not prescribed.
    #[error("{limit}: no dose is prescribed to {volume:?} in this course")]
    Volume {
        /// The limit.
        limit: String,
        /// The volume.
        volume: String,
    },
    /// A limit that does not hold together.
    #[error("{limit}: {error}")]
    Limit {
        /// The limit.
        limit: String,
        /// What is wrong.
        error: OrganLimitError,
    },
    /// Numbers with too many digits.
    #[error("{0}: the numbers have more digits than can be calculated with exactly")]
    Digits(String),
}

impl OrganLimits {
    /// The tables of limits of a protocol: all, or those for the course of an arm's option. Shares of a dose that is
    /// prescribed to a volume become gray.
    ///
    /// ```
    /// use chemorad_crosscheck::OrganLimits;
    /// let anal = chemorad_protocol::library::file("RTOG-0529").ok_or("not shipped")?;
    /// let tables = OrganLimits::of_protocol(&anal.protocol, None, None)?;
    /// assert_eq!(tables[0].limits[0].to_string(), "small bowel: V30Gy[cc] <= 200 cc");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A protocol without limits; a treatment that is not settled where the limits depend on it; a share of a dose
    /// that is not prescribed.
    pub fn of_protocol(
        protocol: &Protocol,
        arm: Option<&str>,
        option: Option<&str>,
    ) -> Result<Vec<Self>, ProtocolLimitsError> {
        if protocol.limits.is_empty() {
            return Err(ProtocolLimitsError::None(protocol.id.to_string()));
        }
        let depends = arm.is_some() || option.is_some() || protocol.limits.iter().any(is_of_course);
        let course = if depends {
            let chosen = find_option(protocol, arm, option)?;
            let id = find_course(chosen, None)?.to_string();
            let prescribed = Prescribed::by_protocol(protocol, arm, option, None)?;
            Some((id, prescribed.course))
        } else {
            None
        };
        let is_for = |table: &&LimitTable| {
            table.courses.is_empty()
                || course
                    .as_ref()
                    .is_some_and(|(id, _)| table.courses.iter().any(|of| of.as_str() == id))
        };
        let tables: Vec<Self> = protocol
            .limits
            .iter()
            .filter(is_for)
            .map(|table| of_table(protocol, table, course.as_ref().map(|(_, course)| course)))
            .collect::<Result<_, _>>()?;
        match (tables.is_empty(), course) {
            (true, Some((course, _))) => Err(ProtocolLimitsError::OtherCourse {
                protocol: protocol.id.to_string(),
                course,
            }),
            _ => Ok(tables),
        }
    }
}

/// Whether a table is for some courses, or holds shares of a prescribed dose.
fn is_of_course(table: &LimitTable) -> bool {
    let is_share = |row: &DoseVolumeLimit| {
        let of_metric = matches!(
            row.metric,
            DoseVolumeMetric::VolumeAtDose(DoseLevel::PercentOf { .. })
        );
        let values = [
            row.limit.value(),
            row.variation.as_ref().and_then(|v| v.value()),
        ];
        let mut values = values.into_iter().flatten();
        let is =
            |value: &LimitValue| matches!(value, LimitValue::Dose(DoseLevel::PercentOf { .. }));
        of_metric || values.any(is)
    };
    !table.courses.is_empty() || table.rows.iter().any(is_share)
}

fn of_table(
    protocol: &Protocol,
    table: &LimitTable,
    course: Option<&Course>,
) -> Result<OrganLimits, ProtocolLimitsError> {
    let share = table.variation_share.as_ref();
    let share = share.and_then(|share| share.value()).copied();
    let limits = table.rows.iter().map(|row| of_row(row, share, course));
    Ok(OrganLimits {
        id: format!("{}/{}", protocol.id, table.id),
        source: table.source.to_string(),
        note: None,
        limits: limits.collect::<Result<_, _>>()?,
    })
}

fn of_row(
    row: &DoseVolumeLimit,
    share: Option<Percent>,
    course: Option<&Course>,
) -> Result<OrganLimit, ProtocolLimitsError> {
    let digits = || ProtocolLimitsError::Digits(row.to_string());
    let gray = |level: &DoseLevel| match level {
        DoseLevel::Absolute(dose) => Decimal::new(dose.micrograys().into(), -6).ok_or_else(digits),
        DoseLevel::PercentOf { percent, volume } => {
            let dose = course.and_then(|course| course.cumulative_dose(volume));
            let dose = dose.ok_or_else(|| ProtocolLimitsError::Volume {
                limit: row.to_string(),
                volume: volume.to_string(),
            })?;
            let product = Decimal::new(dose.micrograys().into(), -6)
                .and_then(|dose| dose.checked_mul(Decimal::new(percent.millionths().into(), -8)?));
            product.ok_or_else(digits)
        }
    };
    let goal = |value: &LimitValue| -> Result<Goal, ProtocolLimitsError> {
        let (value, unit) = match value {
            LimitValue::Dose(level) => (gray(level)?, "Gy"),
            LimitValue::Volume(VolumeLevel::Absolute(volume)) => {
                let volume = Decimal::new(volume.cubic_millimetres().into(), -3);
                (volume.ok_or_else(digits)?, "cc")
            }
            LimitValue::Volume(VolumeLevel::Percent(percent)) => {
                let percent = Decimal::new(percent.millionths().into(), -6);
                (percent.ok_or_else(digits)?, "%")
            }
        };
        Ok(Goal {
            comparison: row.comparison,
            value,
            unit,
        })
    };
    let limit = row.limit.value().map(goal).transpose()?;
    let metric = match &row.metric {
        DoseVolumeMetric::VolumeAtDose(level) => format!("V{}Gy", gray(level)?),
        other => other.to_string(),
    };
    let limited = |error| ProtocolLimitsError::Limit {
        limit: row.to_string(),
        error,
    };
    // a limit that is left open has no unit, and is never calculated
    let metric = match (&limit, row.metric.is_volume()) {
        (None, true) => format!("{metric}[%]"),
        _ => metric,
    };
    let text = limit.as_ref().map(Goal::to_string);
    let mut result = OrganLimit::new(&row.structure, &metric, text.as_deref()).map_err(limited)?;
    let stated = row
        .variation
        .as_ref()
        .and_then(|variation| variation.value());
    let variation = match (stated, share, &limit) {
        (Some(stated), ..) => Some(goal(stated)?),
        (None, Some(share), Some(limit)) => Some(beyond(limit, share).ok_or_else(digits)?),
        _ => None,
    };
    if let Some(variation) =
        variation.filter(|variation| Some(variation.value) != limit.map(|l| l.value))
    {
        result = result.with_variation(variation).map_err(limited)?;
    }
    result.priority = row.priority;
    Ok(result)
}

/// A limit passed by a share of it.
fn beyond(limit: &Goal, share: Percent) -> Option<Goal> {
    let more = limit
        .value
        .checked_mul(Decimal::new(share.millionths().into(), -8)?)?;
    let value = match limit.comparison {
        Comparison::Below | Comparison::AtMost => limit.value.checked_add(more)?,
        Comparison::Above | Comparison::AtLeast => limit.value.checked_sub(more)?,
    };
    Some(Goal { value, ..*limit })
}
