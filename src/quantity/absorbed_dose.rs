//! Absorbed dose.

use super::error::QuantityError;
use super::exact::{exact_quantity, gray_accessors};
use super::si::{AbsorbedDoseSi, gray as gray_unit};
use super::spec::Spec;
use crate::number::Decimal;
use crate::number::unit;

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
        units: unit::ABSORBED_DOSE,
        min: 1,
        max: 1_000_000_000,
        hint: "check the unit: 4500 cGy is 45 Gy",
    }
}

gray_accessors!(AbsorbedDose);

impl AbsorbedDose {
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
