//! A beam as its plan describes it.

use chemorad::report::Identifying;
use dicom_core::Tag;
use dicom_dictionary_std::tags;
use serde::Serialize;

use super::purpose::Purpose;
use crate::data_set::{DataSet, missing};
use crate::decimal_string::DecimalString;
use crate::error::ReadError;
use crate::patient::Texts;

/// A beam as the plan describes it; of control points only their weights are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Beam {
    /// Beam Number (300A,00C0).
    pub number: i32,
    /// Beam Name (300A,00C2).
    pub name: Option<Identifying<String>>,
    /// Beam Type (300A,00C4): `STATIC` or `DYNAMIC`.
    pub beam_type: Option<String>,
    /// Radiation Type (300A,00C6): `PHOTON`, `ELECTRON`, `PROTON`, ...
    pub radiation_type: Option<String>,
    /// Treatment Delivery Type (300A,00CE).
    pub purpose: Purpose,
    /// What its control points share out of the meterset.
    #[serde(skip)]
    pub(super) weights: Weights,
}

/// The cumulative meterset weights of a beam: from 0 at the first control point to the final one at the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Weights {
    /// None are stated.
    #[default]
    NotStated,
    /// They rise from 0 to the final weight.
    Rising,
    /// The final weight is 0, so no meterset is shared out.
    Zero,
    /// They fall, begin above 0, or end elsewhere than the final weight.
    Odd,
    /// There are more or fewer control points than the beam declares.
    OtherCount,
}

impl Weights {
    /// Weights of control points are rounded numbers: this share of the final one is none.
    const ROUNDING: f64 = 1e-3;

    fn of(last: Option<&DecimalString>, points: &[Option<DecimalString>]) -> Self {
        let Some(last) = last.map(|last| last.value().to_f64()) else {
            return Self::NotStated;
        };
        if last == 0.0 {
            return Self::Zero;
        }
        let weight = |point: &DecimalString| point.value().to_f64();
        let differs = |point: Option<&Option<DecimalString>>, wanted: f64| {
            let stated = point.and_then(Option::as_ref).map(weight);
            stated.is_some_and(|stated| (stated - wanted).abs() > Self::ROUNDING * last.abs())
        };
        let is_odd = differs(points.first(), 0.0) || differs(points.last(), last);
        let stated: Vec<f64> = points.iter().flatten().map(weight).collect();
        if last < 0.0 || is_odd || !stated.is_sorted() {
            return Self::Odd;
        }
        Self::Rising
    }
}

pub(super) fn required(set: &DataSet<'_>, tag: Tag) -> Result<i32, ReadError> {
    set.integer(tag)?.ok_or_else(|| missing(tag))
}

impl Beam {
    pub(super) fn read(set: &DataSet<'_>, texts: &Texts) -> Result<Self, ReadError> {
        let weight = |point: &DataSet<'_>| point.decimal(tags::CUMULATIVE_METERSET_WEIGHT);
        let mut points = set.each(tags::CONTROL_POINT_SEQUENCE, weight)?;
        points.extend(set.each(tags::ION_CONTROL_POINT_SEQUENCE, weight)?);
        let last = set.decimal(tags::FINAL_CUMULATIVE_METERSET_WEIGHT)?;
        Ok(Self {
            number: required(set, tags::BEAM_NUMBER)?,
            name: texts.get(set, tags::BEAM_NAME)?,
            beam_type: set.code(tags::BEAM_TYPE)?,
            radiation_type: set.code(tags::RADIATION_TYPE)?,
            purpose: Purpose::of(set.code(tags::TREATMENT_DELIVERY_TYPE)?),
            weights: match set.count(tags::NUMBER_OF_CONTROL_POINTS)? {
                Some(count) if !points.is_empty() && usize::try_from(count) != Ok(points.len()) => {
                    Weights::OtherCount
                }
                _ => Weights::of(last.as_ref(), &points),
            },
        })
    }
}
