//! Quantities of the time models: losses per day, sensitivities, times and intervals.

use super::exact::exact_quantity;
use super::spec::Spec;
use crate::number::unit;

/// Micro-units, the common base of the quantities here.
const MICRO: u64 = 1_000_000;

macro_rules! micro_accessors {
    ($name:ident, $whole:ident, $float:ident, $unit:literal) => {
        impl $name {
            #[doc = concat!("The exact value in millionths of ", $unit, ".")]
            #[must_use]
            pub const fn $whole(self) -> u64 {
                self.0
            }

            #[doc = concat!("The value in ", $unit, ", correctly rounded to `f64`.")]
            #[must_use]
            pub const fn $float(self) -> f64 {
                Self::SPEC.value(self.0)
            }

            #[doc = concat!("From a floating-point number of ", $unit, " with at most six decimal places.")]
            ///
            /// # Errors
            /// NaN, infinity, negative, outside the domain, or finer than a millionth.
            pub fn from_number(value: f64) -> Result<Self, super::error::QuantityError> {
                Self::from_float(value, Self::SPEC.units[0].code)
            }
        }
    };
}

exact_quantity! {
    /// K: biologically effective dose lost per day to repopulation, Gy **BED** per day.
    ///
    /// Domain: more than 0 and at most 10 Gy/d. It is not [`EqdLossPerDay`]: 0.9 Gy of BED is
    /// 0.75 Gy of EQD2 at α/β = 10 Gy, and the two have no common sum or conversion without α/β.
    ///
    /// ```
    /// use chemorad::quantity::BedLossPerDay;
    /// const K: BedLossPerDay = BedLossPerDay::constant("0.66 Gy/d");
    /// assert_eq!(K.gray_per_day(), 0.66);
    /// assert!("0.66 Gy".parse::<BedLossPerDay>().is_err()); // per day must be said
    /// ```
    ///
    /// ```compile_fail,E0308
    /// # use chemorad::quantity::{BedLossPerDay, EqdLossPerDay};
    /// let loss: BedLossPerDay = EqdLossPerDay::constant("0.75 Gy/d"); // another quantity
    /// ```
    BedLossPerDay,
    Spec {
        quantity: "BED lost per day",
        units: unit::DOSE_PER_DAY,
        min: 1,
        max: 10 * MICRO,
        hint: "published values lie below about 1 Gy/d; leave it out where no loss is meant",
    }
}
micro_accessors!(
    BedLossPerDay,
    micrograys_per_day,
    gray_per_day,
    "gray per day"
);

exact_quantity! {
    /// `D_prolif`: equivalent dose lost per day to proliferation, Gy **EQDx** per day.
    ///
    /// Domain: more than 0 and at most 10 Gy/d.
    ///
    /// ```
    /// use chemorad::quantity::EqdLossPerDay;
    /// assert_eq!("0.8 Gy/d".parse::<EqdLossPerDay>()?.gray_per_day(), 0.8);
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    EqdLossPerDay,
    Spec {
        quantity: "EQD lost per day",
        units: unit::DOSE_PER_DAY,
        min: 1,
        max: 10 * MICRO,
        hint: "published values lie below about 1 Gy/d; leave it out where no loss is meant",
    }
}
micro_accessors!(
    EqdLossPerDay,
    micrograys_per_day,
    gray_per_day,
    "gray per day"
);

exact_quantity! {
    /// α of the linear-quadratic model, per gray (not gray).
    ///
    /// Domain: more than 0 and at most 10 /Gy.
    ///
    /// ```
    /// use chemorad::quantity::Alpha;
    /// assert_eq!("0.35 /Gy".parse::<Alpha>()?.per_gray(), 0.35);
    /// assert!("0.35 Gy".parse::<Alpha>().is_err());
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    Alpha,
    Spec {
        quantity: "alpha",
        units: unit::PER_DOSE,
        min: 1,
        max: 10 * MICRO,
        hint: "published values lie between about 0.05 and 1 per gray",
    }
}
micro_accessors!(Alpha, per_million_gray, per_gray, "1/Gy");

exact_quantity! {
    /// Clonogen doubling time during treatment, days.
    ///
    /// Domain: more than 0 and at most 1000 d.
    ///
    /// ```
    /// use chemorad::quantity::DoublingTime;
    /// assert_eq!("3 d".parse::<DoublingTime>()?.days(), 3.0);
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    DoublingTime,
    Spec {
        quantity: "doubling time",
        units: unit::DAYS,
        min: 1,
        max: 1000 * MICRO,
        hint: "clonogens double in about 2 to 60 d",
    }
}
micro_accessors!(DoublingTime, microdays, days, "days");

exact_quantity! {
    /// The day of overall time up to which repopulation costs nothing (kick-off time), days.
    ///
    /// Domain: 0 to 1000 d; zero means that loss begins at once.
    ///
    /// ```
    /// use chemorad::quantity::KickOffTime;
    /// assert_eq!("28 d".parse::<KickOffTime>()?.days(), 28.0);
    /// assert_eq!("0 d".parse::<KickOffTime>()?.days(), 0.0);
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    KickOffTime,
    Spec {
        quantity: "kick-off time",
        units: unit::DAYS,
        min: 0,
        max: 1000 * MICRO,
        hint: "it is a day of overall treatment time",
    }
}
micro_accessors!(KickOffTime, microdays, days, "days");

exact_quantity! {
    /// Half-time of repair of sublethal damage, hours.
    ///
    /// Domain: more than 0 and at most 240 h.
    ///
    /// ```
    /// use chemorad::quantity::RepairHalfTime;
    /// assert_eq!("4.4 h".parse::<RepairHalfTime>()?.hours(), 4.4);
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    RepairHalfTime,
    Spec {
        quantity: "repair half-time",
        units: unit::HOURS,
        min: 1,
        max: 240 * MICRO,
        hint: "published half-times lie between about 0.3 and 7 h",
    }
}
micro_accessors!(RepairHalfTime, microhours, hours, "hours");

exact_quantity! {
    /// Time between two fractions of one day, hours.
    ///
    /// Domain: more than 0 and less than a day.
    ///
    /// ```
    /// use chemorad::quantity::FractionInterval;
    /// assert_eq!("6 h".parse::<FractionInterval>()?.hours(), 6.0);
    /// assert!("24 h".parse::<FractionInterval>().is_err());
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    FractionInterval,
    Spec {
        quantity: "interval between fractions of a day",
        units: unit::HOURS,
        min: 1,
        max: 24 * MICRO - 1,
        hint: "fractions a day or more apart are on different days",
    }
}
micro_accessors!(FractionInterval, microhours, hours, "hours");

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::quantity::Fault;

    #[test]
    fn zero_is_a_kick_off_and_nothing_else() {
        assert_eq!(KickOffTime::from_text("0 d").unwrap().microdays(), 0);
        assert_eq!(BedLossPerDay::from_text("0 Gy/d"), Err(Fault::Zero));
        assert_eq!(EqdLossPerDay::from_text("0 Gy/d"), Err(Fault::Zero));
        assert_eq!(Alpha::from_text("0 /Gy"), Err(Fault::Zero));
        assert_eq!(DoublingTime::from_text("0 d"), Err(Fault::Zero));
        assert_eq!(RepairHalfTime::from_text("0 h"), Err(Fault::Zero));
        assert_eq!(FractionInterval::from_text("0 h"), Err(Fault::Zero));
        assert_eq!(KickOffTime::from_text("-1 d"), Err(Fault::Negative));
    }

    #[test]
    fn units_are_not_interchanged() {
        assert_eq!(Alpha::from_text("0.35 Gy"), Err(Fault::UnknownUnit));
        assert_eq!(BedLossPerDay::from_text("0.66 Gy"), Err(Fault::UnknownUnit));
        assert_eq!(DoublingTime::from_text("3"), Err(Fault::MissingUnit));
        assert_eq!(
            DoublingTime::from_text("2 wk").unwrap(),
            DoublingTime::constant("14 d")
        );
        assert!(BedLossPerDay::from_number(f64::NAN).is_err());
    }
}
