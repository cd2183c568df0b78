//! A BED, an EQD or a difference: at a point, or over an interval of the parameters.

use chemorad::quantity::{Bed, Eqd};
use chemorad::radiobiology::{Difference, Enclosure, EnclosureMethod};
use serde::Serialize;

use crate::amount::Amount;
use crate::number::{effect, signed};

/// An interval that contains every value in between.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Range {
    low: Option<f64>,
    high: Option<f64>,
    unit: &'static str,
    method: EnclosureMethod,
    #[serde(skip_serializing_if = "Option::is_none")]
    floored: Option<bool>,
}

impl From<Enclosure> for Range {
    fn from(range: Enclosure) -> Self {
        Self {
            low: Some(range.low),
            high: range.high,
            unit: "Gy",
            method: range.method,
            floored: range.floored.then_some(true),
        }
    }
}

impl From<Difference> for Range {
    fn from(range: Difference) -> Self {
        Self {
            low: range.low,
            high: range.high,
            unit: "Gy",
            method: range.method,
            floored: None,
        }
    }
}

impl Range {
    /// `48.480 to 53.100`.
    pub(super) fn text(self) -> String {
        let end = |gray: Option<f64>| gray.map_or_else(|| "no bound".to_string(), effect);
        let (low, high) = (end(self.low), end(self.high));
        if low == high {
            low
        } else {
            format!("{low} to {high}")
        }
    }
}

/// What stands in a column of BED, EQD or a difference.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A BED at single values of the parameters.
    Bed(Bed),
    /// An EQD at single values of the parameters.
    Eqd(Eqd),
    /// A difference at single values of the parameters.
    Difference(Amount),
    /// Any of them over intervals.
    Range(Range),
}

impl Value {
    /// With three decimals; a difference with its sign.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Bed(bed) => effect(bed.gray()),
            Self::Eqd(eqd) => effect(eqd.gray()),
            Self::Difference(amount) => signed(amount.value, 3),
            Self::Range(range) => range.text(),
        }
    }

    /// How an interval was found.
    pub(super) const fn method(&self) -> Option<EnclosureMethod> {
        match self {
            Self::Range(range) => Some(range.method),
            _ => None,
        }
    }
}
