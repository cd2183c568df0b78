//! Where a band of a dose table begins or ends: a body surface area or a calculated dose.

use core::fmt;

use crate::number::unit;
use crate::patient::SurfaceArea;
use crate::quantity::exact::{Spec, exact_quantity};

exact_quantity! {
    /// A calculated dose of one administration at which a band of a table begins or ends, exact to the
    /// microgram.
    ///
    /// Domain: 1 to 50 000 mg.
    ///
    /// ```
    /// use chemorad::capecitabine::DoseBound;
    /// assert_eq!(DoseBound::constant("787.5 mg").milligrams(), 787.5);
    /// ```
    DoseBound,
    Spec {
        quantity: "calculated dose",
        units: unit::CALCULATED_AMOUNT,
        min: 1000,
        max: 50_000_000,
        hint: "give the calculated dose of one administration",
    }
}

impl DoseBound {
    /// The value in milligrams.
    #[must_use]
    pub const fn milligrams(self) -> f64 {
        Self::SPEC.value(self.0)
    }
}

/// What the bands of a table go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BandScale {
    /// The body surface area.
    BodySurfaceArea,
    /// The calculated dose of one administration, whatever the regimen.
    CalculatedDose,
}

/// Where a band begins or ends.
///
/// ```
/// use chemorad::capecitabine::{BandBound, BandScale};
/// let bound: BandBound = serde_json::from_str("\"1237.5 mg\"").unwrap();
/// assert_eq!((bound.scale(), bound.value()), (BandScale::CalculatedDose, 1237.5));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(
    untagged,
    expecting = "a bound of a dose table is a body surface area such as \"1.31 m2\", or a calculated dose such as \"787.5 mg\""
)]
pub enum BandBound {
    /// A body surface area.
    Area(SurfaceArea),
    /// A calculated dose of one administration.
    Dose(DoseBound),
}

impl BandBound {
    /// What it is on.
    #[must_use]
    pub const fn scale(self) -> BandScale {
        match self {
            Self::Area(_) => BandScale::BodySurfaceArea,
            Self::Dose(_) => BandScale::CalculatedDose,
        }
    }

    /// The number: m² or mg.
    #[must_use]
    pub const fn value(self) -> f64 {
        match self {
            Self::Area(area) => area.square_meters(),
            Self::Dose(dose) => dose.milligrams(),
        }
    }

    pub(super) const fn base(self) -> u64 {
        match self {
            Self::Area(area) => area.square_millimeters(),
            Self::Dose(dose) => dose.0,
        }
    }
}

impl From<SurfaceArea> for BandBound {
    fn from(area: SurfaceArea) -> Self {
        Self::Area(area)
    }
}

impl fmt::Display for BandBound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Area(area) => area.fmt(f),
            Self::Dose(dose) => dose.fmt(f),
        }
    }
}
