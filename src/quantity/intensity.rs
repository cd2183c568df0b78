//! Dose intensities per administration and per day.

use core::fmt;

use super::error::QuantityError;
use super::exact::exact_quantity;
use super::si::{ArealMassDensity, milligram_per_square_meter};
use super::spec::Spec;
use crate::number::unit;

/// Base units are nanograms per square metre: a millionth of a mg/m².
const STEP: u64 = 1_000_000;
const HINT: &str = "check whether the amount is per administration or per day, and in mg per m2";

exact_quantity! {
    /// Dose intensity per administration (one intake), mg/m².
    ///
    /// Domain: more than 0 and at most 10 000 mg/m², in steps of a millionth of a mg/m².
    ///
    /// ```
    /// use chemorad::quantity::IntensityPerAdministration;
    /// const TRIAL: IntensityPerAdministration = IntensityPerAdministration::constant("825 mg/m2");
    /// assert_eq!(TRIAL.per_day(2).unwrap().to_string(), "1650 mg/m2/d");
    /// ```
    ///
    /// Per administration and per day are two types; the difference is a factor of two here:
    ///
    /// ```compile_fail,E0308
    /// # use chemorad::quantity::{IntensityPerAdministration, IntensityPerDay};
    /// let daily: IntensityPerDay = IntensityPerAdministration::constant("825 mg/m2");
    /// ```
    IntensityPerAdministration,
    Spec {
        quantity: "dose intensity per administration",
        units: unit::INTENSITY,
        min: 1,
        max: 10_000 * STEP,
        hint: HINT,
    }
}

exact_quantity! {
    /// Dose intensity per day, mg/m²/d.
    ///
    /// Domain: more than 0 and at most 20 000 mg/m²/d, in steps of a millionth of a mg/m²/d.
    ///
    /// ```
    /// use chemorad::quantity::IntensityPerDay;
    /// let daily: IntensityPerDay = "1650 mg/m2/d".parse()?;
    /// assert_eq!(daily.per_administration(2).unwrap().to_string(), "825 mg/m2");
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    IntensityPerDay,
    Spec {
        quantity: "dose intensity per day",
        units: unit::INTENSITY_PER_DAY,
        min: 1,
        max: 20_000 * STEP,
        hint: HINT,
    }
}

macro_rules! accessors {
    ($name:ident, $unit:literal) => {
        impl $name {
            #[doc = concat!("The value in ", $unit, ", correctly rounded to `f64`.")]
            #[must_use]
            pub const fn milligrams_per_square_meter(self) -> f64 {
                Self::SPEC.value(self.0)
            }

            #[doc = concat!("The exact value in millionths of ", $unit, ".")]
            #[must_use]
            pub const fn nanograms_per_square_meter(self) -> u64 {
                self.0
            }
        }
    };
}
accessors!(IntensityPerAdministration, "mg/m²");
accessors!(IntensityPerDay, "mg/m²/d");

impl IntensityPerAdministration {
    /// The daily intensity when taken `times` a day, or `None` outside its domain.
    #[must_use]
    pub const fn per_day(self, times: u32) -> Option<IntensityPerDay> {
        // 10^10 * 2^32 does not fit
        match self.0.checked_mul(times as u64) {
            Some(product) => match IntensityPerDay::from_base(product) {
                Ok(daily) => Some(daily),
                Err(_) => None,
            },
            None => None,
        }
    }
}

impl IntensityPerDay {
    /// The intensity of one of `times` equal administrations, or `None` when it does not divide
    /// into whole steps.
    #[must_use]
    pub const fn per_administration(self, times: u32) -> Option<IntensityPerAdministration> {
        if times == 0 || self.0 % times as u64 != 0 {
            return None;
        }
        match IntensityPerAdministration::from_base(self.0 / times as u64) {
            Ok(single) => Some(single),
            Err(_) => None,
        }
    }
}

/// To `uom`'s areal mass density.
impl From<IntensityPerAdministration> for ArealMassDensity {
    fn from(intensity: IntensityPerAdministration) -> Self {
        ArealMassDensity::new::<milligram_per_square_meter>(intensity.milligrams_per_square_meter())
    }
}

/// From `uom`'s areal mass density; naming the type says that it is per administration.
impl TryFrom<ArealMassDensity> for IntensityPerAdministration {
    type Error = QuantityError;

    fn try_from(density: ArealMassDensity) -> Result<Self, Self::Error> {
        Self::from_float(density.get::<milligram_per_square_meter>(), "mg/m2")
    }
}

/// What a dose intensity counts: one administration or one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Each intake.
    Administration,
    /// All intakes of a day together.
    Day,
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Administration => "administration",
            Self::Day => "day",
        })
    }
}

/// An intensity whose basis is known only at run time, for example from a command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoseIntensity {
    /// Per administration.
    PerAdministration(IntensityPerAdministration),
    /// Per day.
    PerDay(IntensityPerDay),
}

/// A day's intensity where the day is named outside the text, so that `/d` may be left off.
const PER_DAY_BY_NAME: Spec = Spec {
    units: unit::INTENSITY_OF_A_DAY,
    ..IntensityPerDay::SPEC
};

impl DoseIntensity {
    /// Reads `825 mg/m2` whose basis is named. A text that carries `/d` must agree.
    ///
    /// # Errors
    /// A text that is not an intensity, or one per day where `per` says administration.
    ///
    /// ```
    /// use chemorad::quantity::{Basis, DoseIntensity};
    /// let intensity = DoseIntensity::parse("1650 mg/m2", Basis::Day)?;
    /// assert_eq!(intensity.per_administration(2).unwrap().to_string(), "825 mg/m2");
    /// assert!(DoseIntensity::parse("1650 mg/m2/d", Basis::Administration).is_err());
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    pub fn parse(text: &str, per: Basis) -> Result<Self, QuantityError> {
        match per {
            Basis::Administration => text.parse().map(Self::PerAdministration),
            Basis::Day => PER_DAY_BY_NAME
                .parse(text)
                .map(|base| Self::PerDay(IntensityPerDay(base)))
                .map_err(|fault| QuantityError::new(&PER_DAY_BY_NAME, text.into(), fault)),
        }
    }

    /// The intensity of each of `times` equal administrations a day.
    #[must_use]
    pub const fn per_administration(self, times: u32) -> Option<IntensityPerAdministration> {
        match self {
            Self::PerAdministration(single) => Some(single),
            Self::PerDay(daily) => daily.per_administration(times),
        }
    }
}
