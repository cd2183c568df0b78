//! What is measured or counted of a person, each with its type: height, weight, age.

use core::ops::RangeInclusive;

use alloc::format;
use alloc::string::String;

use crate::number::unit;
use crate::quantity::exact::{Spec, exact_quantity};
use crate::quantity::si::{Length, Mass, centimeter, kilogram};
use crate::quantity::{Fault, QuantityError};

/// Adult heights outside these are reported: a choice of this project.
pub(super) const USUAL_HEIGHT: RangeInclusive<Height> =
    Height::constant("130 cm")..=Height::constant("210 cm");

/// Adult weights outside these are reported: a choice of this project.
pub(super) const USUAL_WEIGHT: RangeInclusive<Weight> =
    Weight::constant("35 kg")..=Weight::constant("150 kg");

/// `130 cm to 210 cm and 35 kg to 150 kg`.
pub(super) fn adult_range() -> String {
    format!(
        "{} to {} and {} to {}",
        USUAL_HEIGHT.start(),
        USUAL_HEIGHT.end(),
        USUAL_WEIGHT.start(),
        USUAL_WEIGHT.end()
    )
}

exact_quantity! {
    /// Body height (in infants: length), exact to the micrometre.
    ///
    /// Domain: 20 to 280 cm. The limits are this project's choice: no person, the smallest
    /// newborn included, lies outside them. Units: `cm`, `m`, `mm`, `in` (25.4 mm exactly).
    ///
    /// ```
    /// use chemorad::patient::Height;
    /// assert_eq!("1.70 m".parse::<Height>()?, Height::constant("170 cm"));
    /// assert_eq!("67 in".parse::<Height>()?.to_string(), "170.18 cm");
    /// assert!("1.70".parse::<Height>().is_err()); // no unit
    /// assert!("1.70 cm".parse::<Height>().is_err()); // no person
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    ///
    /// A weight is not a height:
    ///
    /// ```compile_fail,E0308
    /// # use chemorad::patient::{BodySize, Height, Weight};
    /// BodySize::new(Weight::constant("70 kg"), Height::constant("170 cm"));
    /// ```
    Height,
    Spec {
        quantity: "height",
        units: unit::HEIGHT,
        min: 20 * 10_000,
        max: 280 * 10_000,
        hint: "check the unit, and that height and weight are not swapped",
    }
}

exact_quantity! {
    /// Body weight, exact to the microgram.
    ///
    /// Domain: 0.2 to 700 kg. The limits are this project's choice: no person, the smallest
    /// newborn included, lies outside them. Units: `kg`, `g`, `lb` (453.59237 g exactly).
    ///
    /// ```
    /// use chemorad::patient::Weight;
    /// assert_eq!("70000 g".parse::<Weight>()?, Weight::constant("70 kg"));
    /// assert_eq!("154 lb".parse::<Weight>()?.to_string(), "69.85322498 kg");
    /// // a pound has no whole number of micrograms for each of its decimals: the next microgram
    /// assert_eq!("154.32 lb".parse::<Weight>()?.to_string(), "69.998374538 kg");
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    Weight,
    Spec {
        quantity: "weight",
        units: unit::WEIGHT,
        min: 200_000_000,
        max: 700 * 1_000_000_000,
        hint: "check the unit, and that height and weight are not swapped",
    }
}

impl Height {
    /// From a whole number of micrometres.
    ///
    /// # Errors
    /// Outside 20 to 280 cm.
    pub const fn from_micrometers(micrometers: u64) -> Result<Self, Fault> {
        Self::from_base(micrometers)
    }

    /// The exact value in micrometres.
    #[must_use]
    pub const fn micrometers(self) -> u64 {
        self.0
    }

    /// The value in centimetres, correctly rounded to `f64`.
    #[must_use]
    pub const fn centimeters(self) -> f64 {
        Self::SPEC.value(self.0)
    }

    #[allow(
        clippy::cast_precision_loss,
        reason = "both values stay below 2^53; the index is shown, the limits use integers"
    )]
    pub(super) fn body_mass_index(self, weight: Weight) -> f64 {
        let height = self.0 as f64;
        weight.0 as f64 * 1000.0 / (height * height)
    }
}

impl Weight {
    /// From a whole number of micrograms.
    ///
    /// # Errors
    /// Outside 0.2 to 700 kg.
    pub const fn from_micrograms(micrograms: u64) -> Result<Self, Fault> {
        Self::from_base(micrograms)
    }

    /// The exact value in micrograms.
    #[must_use]
    pub const fn micrograms(self) -> u64 {
        self.0
    }

    /// The value in kilograms, correctly rounded to `f64`.
    #[must_use]
    pub const fn kilograms(self) -> f64 {
        Self::SPEC.value(self.0)
    }
}

/// To `uom`'s length.
impl From<Height> for Length {
    fn from(height: Height) -> Self {
        Length::new::<centimeter>(height.centimeters())
    }
}

/// From `uom`'s length, when it is a whole number of micrometres up to float noise.
impl TryFrom<Length> for Height {
    type Error = QuantityError;

    fn try_from(length: Length) -> Result<Self, Self::Error> {
        Self::from_float(length.get::<centimeter>(), "cm")
    }
}

/// To `uom`'s mass.
impl From<Weight> for Mass {
    fn from(weight: Weight) -> Self {
        Mass::new::<kilogram>(weight.kilograms())
    }
}

/// From `uom`'s mass, when it is a whole number of micrograms up to float noise.
///
/// `uom`'s pound is rounded to 0.4535924 kg, 0.07 parts per million too high; read as text
/// (`154 lb`) a pound is exactly 0.45359237 kg.
impl TryFrom<Mass> for Weight {
    type Error = QuantityError;

    fn try_from(mass: Mass) -> Result<Self, Self::Error> {
        Self::from_float(mass.get::<kilogram>(), "kg")
    }
}

exact_quantity! {
    /// Age in completed years.
    ///
    /// Domain: 0 to 120 a. A year of birth taken from a calendar year is up to a year too high
    /// before the birthday; count completed years. `a` is the UCUM code of the year.
    ///
    /// ```
    /// use chemorad::patient::Age;
    /// let age: Age = "62 years".parse()?;
    /// assert_eq!(age, Age::constant("62 a"));
    /// assert_eq!(age.years(), 62);
    /// assert!("200 a".parse::<Age>().is_err());
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    Age,
    Spec {
        quantity: "age",
        units: unit::AGE,
        min: 0,
        max: 120,
        hint: "count completed years",
    }
}

impl Age {
    /// From a number of completed years.
    ///
    /// # Errors
    /// More than 120.
    pub const fn from_years(years: u8) -> Result<Self, Fault> {
        Self::from_base(years as u64)
    }

    /// The number of completed years.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "at most 120")]
    pub const fn years(self) -> u8 {
        self.0 as u8
    }
}
