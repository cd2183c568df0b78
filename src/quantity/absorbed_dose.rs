//! Absorbed dose.

use super::error::QuantityError;
use super::exact::exact_quantity;
use super::si::{AbsorbedDoseSi, gray as gray_unit};
use super::spec::{Spec, unit};
use crate::number::Decimal;

exact_quantity! {
    /// Absorbed (physical) dose in gray, exact to the microgray.
    ///
    /// Domain: more than 0 and at most 1000 Gy. No prescription comes near the upper limit, so a
    /// larger number is a unit mix-up (4500 for 45) or a misprint.
    ///
    /// It adds only to absorbed dose:
    ///
    /// ```
    /// use chemorad::quantity::AbsorbedDose;
    ///
    /// const PELVIS: AbsorbedDose = AbsorbedDose::constant("45 Gy");
    /// const BOOST: AbsorbedDose = AbsorbedDose::constant("540 cGy");
    /// assert_eq!(PELVIS.checked_add(BOOST), Some(AbsorbedDose::constant("50.4 Gy")));
    /// ```
    ///
    /// ```compile_fail,E0308
    /// # use chemorad::quantity::{AbsorbedDose, AlphaBeta, Bed};
    /// let dose = AbsorbedDose::constant("45 Gy");
    /// let bed = Bed::new(53.1, AlphaBeta::constant("10 Gy")).unwrap();
    /// dose.checked_add(bed); // a BED is not an absorbed dose
    /// ```
    ///
    /// A wrong constant does not compile:
    ///
    /// ```compile_fail,E0080
    /// # use chemorad::quantity::AbsorbedDose;
    /// const WRONG: AbsorbedDose = AbsorbedDose::constant("45,0 Gy");
    /// ```
    AbsorbedDose,
    Spec {
        quantity: "absorbed dose",
        units: &[unit("Gy", 1_000_000), unit("cGy", 10_000)],
        min: 1,
        max: 1_000_000_000,
        hint: "check the unit: 4500 cGy is 45 Gy",
    }
}

impl AbsorbedDose {
    /// From a whole number of micrograys.
    ///
    /// # Errors
    /// Zero, or more than 1000 Gy.
    ///
    /// ```
    /// use chemorad::quantity::AbsorbedDose;
    /// assert_eq!(AbsorbedDose::from_micrograys(1_800_000)?.gray(), 1.8);
    /// # Ok::<(), chemorad::quantity::Fault>(())
    /// ```
    pub const fn from_micrograys(micrograys: u64) -> Result<Self, super::fault::Fault> {
        Self::from_base(micrograys)
    }

    /// From a floating-point number of gray that is a decimal of at most six places, up to the
    /// float noise of one calculation (4 units in the last place): `25.0 * 1.8` is accepted as 45.
    ///
    /// # Errors
    /// NaN, infinity, zero, negative, above 1000 Gy, or finer than a microgray.
    ///
    /// ```
    /// use chemorad::quantity::AbsorbedDose;
    /// assert_eq!(AbsorbedDose::from_gray(25.0 * 2.2)?.to_string(), "55 Gy");
    /// assert!(AbsorbedDose::from_gray(f64::NAN).is_err());
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    pub fn from_gray(gray: f64) -> Result<Self, QuantityError> {
        Self::from_float(gray, "Gy")
    }

    /// The exact value in micrograys.
    #[must_use]
    pub const fn micrograys(self) -> u64 {
        self.0
    }

    /// The value in gray, correctly rounded to `f64`.
    #[must_use]
    pub const fn gray(self) -> f64 {
        Self::SPEC.value(self.0)
    }

    /// The exact sum, or `None` above 1000 Gy.
    #[must_use]
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match Self::from_base(self.0 + other.0) {
            Ok(sum) => Some(sum),
            Err(_) => None,
        }
    }

    /// The exact product with a number of fractions, or `None` for zero or above 1000 Gy.
    ///
    /// ```
    /// use chemorad::quantity::AbsorbedDose;
    /// let fraction = AbsorbedDose::constant("1.8 Gy");
    /// assert_eq!(fraction.checked_mul(25), Some(AbsorbedDose::constant("45 Gy")));
    /// ```
    #[must_use]
    pub const fn checked_mul(self, count: u32) -> Option<Self> {
        // below 2^30 * 2^32
        match Self::from_base(self.0 * count as u64) {
            Ok(product) => Some(product),
            Err(_) => None,
        }
    }

    /// The dose divided by a number of fractions, when that is a whole number of micrograys.
    ///
    /// ```
    /// use chemorad::quantity::AbsorbedDose;
    /// let total = AbsorbedDose::constant("50 Gy");
    /// assert_eq!(total.checked_div_exact(25), Some(AbsorbedDose::constant("2 Gy")));
    /// assert_eq!(total.checked_div_exact(30), None); // 1.666...
    /// ```
    #[must_use]
    pub const fn checked_div_exact(self, count: u32) -> Option<Self> {
        if count == 0 || self.0 % count as u64 != 0 {
            None
        } else {
            Some(Self(self.0 / count as u64))
        }
    }
}

/// In gray, every digit kept.
impl From<AbsorbedDose> for Decimal {
    fn from(dose: AbsorbedDose) -> Self {
        // at most 10^9 micrograys
        Self::new(i128::from(dose.micrograys()), -6).unwrap_or(Self::ZERO)
    }
}

/// To `uom`'s joule per kilogram.
impl From<AbsorbedDose> for AbsorbedDoseSi {
    fn from(dose: AbsorbedDose) -> Self {
        AbsorbedDoseSi::new::<gray_unit>(dose.gray())
    }
}

/// From `uom`'s joule per kilogram, under the conditions of [`AbsorbedDose::from_gray`].
impl TryFrom<AbsorbedDoseSi> for AbsorbedDose {
    type Error = QuantityError;

    fn try_from(dose: AbsorbedDoseSi) -> Result<Self, Self::Error> {
        Self::from_gray(dose.get::<gray_unit>())
    }
}
