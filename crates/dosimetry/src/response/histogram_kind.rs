//! What the numbers of a histogram are: the kind and unit of its volumes, the quantity of its doses.

use serde::Serialize;

/// What the volumes of a histogram are.
///
/// ```
/// assert_eq!("differential".parse(), Ok(chemorad_dosimetry::HistogramKind::Differential));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum HistogramKind {
    /// Each row is the volume that gets at least its dose.
    Cumulative,
    /// Each row is a volume that gets its dose, which is that of the middle of its bin.
    Differential,
}

impl HistogramKind {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cumulative => "cumulative",
            Self::Differential => "differential",
        }
    }
}

impl std::str::FromStr for HistogramKind {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "cumulative" => Ok(Self::Cumulative),
            "differential" => Ok(Self::Differential),
            _ => Err("a histogram is cumulative or differential"),
        }
    }
}

/// What the doses of a histogram are.
///
/// ```
/// use chemorad_dosimetry::DoseQuantity;
/// assert_ne!(DoseQuantity::AbsorbedDose, DoseQuantity::Eqd2);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DoseQuantity {
    /// Absorbed dose.
    AbsorbedDose,
    /// EQD2 at an α/β that the histogram does not say.
    Eqd2,
}

/// The unit of the volumes of a histogram.
///
/// ```
/// assert_eq!(chemorad_dosimetry::VolumeUnit::Percent.word(), "percent");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VolumeUnit {
    /// Percent of the structure.
    Percent,
    /// Cubic centimetres.
    CubicCentimetres,
}

impl VolumeUnit {
    /// Its word in the name of a column.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::CubicCentimetres => "cc",
        }
    }
}

/// More gray than any treatment gives.
pub(super) const LARGEST_DOSE: f64 = 1000.0;

/// How far percentages may be from 100 where every one of them was rounded when it was written: this
/// project's choice.
pub(super) const ROUNDED_SUM: f64 = 0.5;

/// The same of the first of a cumulative histogram, which is the whole.
pub(super) const WHOLE: f64 = 1e-6;
