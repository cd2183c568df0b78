//! Amounts of a drug: a tablet, an administration, a day, and what the formula gives.

use core::fmt;

use super::error::QuantityError;
use super::exact::exact_quantity;
use super::fault::Fault;
use super::si::{Mass, milligram};
use super::spec::Spec;
use crate::number::unit;

exact_quantity! {
    /// The content of one tablet, a whole number of milligrams from 1 to 2000.
    ///
    /// ```
    /// use chemorad::quantity::TabletStrength;
    /// assert_eq!("500mg".parse::<TabletStrength>()?.milligrams(), 500);
    /// assert_eq!("0.15 g".parse::<TabletStrength>()?, TabletStrength::constant("150 mg"));
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    TabletStrength,
    Spec {
        quantity: "tablet strength",
        units: unit::DRUG_AMOUNT,
        min: 1,
        max: 2_000,
        hint: "capecitabine tablets hold 150, 300 or 500 mg",
    }
}

exact_quantity! {
    /// What is given at one administration: whole milligrams that tablets add up to.
    ///
    /// It is never made from a [`CalculatedDose`] without a rounding policy: see
    /// [`capecitabine`](crate::capecitabine).
    ///
    /// ```
    /// use chemorad::quantity::OrderedDose;
    /// let dose = OrderedDose::constant("1500 mg");
    /// assert_eq!(dose.per_day(2).unwrap().to_string(), "3000 mg");
    /// ```
    ///
    /// An intensity is not an amount:
    ///
    /// ```compile_fail,E0308
    /// # use chemorad::quantity::{IntensityPerAdministration, OrderedDose};
    /// let ordered: OrderedDose = IntensityPerAdministration::constant("825 mg/m2");
    /// ```
    OrderedDose,
    Spec {
        quantity: "ordered dose per administration",
        units: unit::DRUG_AMOUNT,
        min: 1,
        max: 50_000,
        hint: "check the dose intensity and the body surface area",
    }
}

exact_quantity! {
    /// What is given in one day: whole milligrams, all administrations together.
    ///
    /// ```
    /// use chemorad::quantity::DailyDose;
    /// assert_eq!(DailyDose::constant("3 g").milligrams(), 3000);
    /// ```
    DailyDose,
    Spec {
        quantity: "ordered dose per day",
        units: unit::DRUG_AMOUNT,
        min: 1,
        max: 500_000,
        hint: "check the number of administrations a day",
    }
}

macro_rules! milligrams {
    ($name:ident) => {
        impl $name {
            /// From a whole number of milligrams.
            ///
            /// # Errors
            /// Zero, or above the largest value that makes sense.
            pub const fn from_milligrams(milligrams: u32) -> Result<Self, Fault> {
                Self::from_base(milligrams as u64)
            }

            /// The exact value in milligrams.
            #[must_use]
            #[allow(
                clippy::cast_possible_truncation,
                reason = "the largest value is far below 2^32"
            )]
            pub const fn milligrams(self) -> u32 {
                self.0 as u32
            }
        }
    };
}
milligrams!(TabletStrength);
milligrams!(OrderedDose);
milligrams!(DailyDose);

impl OrderedDose {
    /// The amount of a day with `times` equal administrations, or `None` outside its domain.
    #[must_use]
    pub const fn per_day(self, times: u32) -> Option<DailyDose> {
        match DailyDose::from_base(self.0 * times as u64) {
            Ok(daily) => Some(daily),
            Err(_) => None,
        }
    }
}

/// What the formula gives for one administration, in milligrams, before any rounding.
///
/// Domain: finite, more than 0 and at most 50 000 mg.
///
/// ```
/// use chemorad::quantity::CalculatedDose;
/// let dose = CalculatedDose::from_milligrams(1485.25)?;
/// assert_eq!(dose.milligrams(), 1485.25);
/// assert!(CalculatedDose::from_milligrams(f64::NAN).is_err());
/// # Ok::<(), chemorad::quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct CalculatedDose(f64);

impl CalculatedDose {
    const SPEC: Spec = Spec {
        quantity: "calculated dose per administration",
        ..OrderedDose::SPEC
    };

    /// From a number of milligrams.
    ///
    /// # Errors
    /// NaN, infinity, zero, negative, or above 50 000 mg.
    pub fn from_milligrams(milligrams: f64) -> Result<Self, QuantityError> {
        Self::checked(milligrams).map_err(|fault| Self::refused(milligrams, fault))
    }

    /// The words for milligrams that are refused.
    pub(crate) fn refused(milligrams: f64, fault: Fault) -> QuantityError {
        QuantityError::new(&Self::SPEC, alloc::format!("{milligrams} mg"), fault)
    }

    /// An amount; where it is refused, the fault alone: no words are made.
    #[allow(clippy::cast_precision_loss, reason = "50 000 is exact")]
    pub(crate) const fn checked(milligrams: f64) -> Result<Self, Fault> {
        let fault = if !milligrams.is_finite() {
            Fault::NotFinite
        } else if milligrams < 0.0 {
            Fault::Negative
        } else if milligrams == 0.0 {
            Fault::Zero
        } else if milligrams > Self::SPEC.max as f64 {
            Fault::AboveMaximum
        } else {
            return Ok(Self(milligrams));
        };
        Err(fault)
    }

    /// The value in milligrams.
    #[must_use]
    pub const fn milligrams(self) -> f64 {
        self.0
    }

    /// The value as `uom`'s mass.
    #[must_use]
    pub fn mass(self) -> Mass {
        Mass::new::<milligram>(self.0)
    }
}

/// `1485.25 mg`; a precision (`{:.1}`) rounds for display.
impl fmt::Display for CalculatedDose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.precision() {
            Some(places) => write!(f, "{:.places$} mg", self.0),
            None => write!(f, "{} mg", self.0),
        }
    }
}

mod shape {
    use alloc::string::String;

    use serde::ser::SerializeStruct;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    use super::CalculatedDose;

    impl Serialize for CalculatedDose {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut shape = serializer.serialize_struct("Quantity", 2)?;
            shape.serialize_field("value", &self.0)?;
            shape.serialize_field("unit", "mg")?;
            shape.end()
        }
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Shape {
        value: f64,
        // owned: TOML and JSON with escapes have nothing to borrow from
        unit: String,
    }

    impl<'de> Deserialize<'de> for CalculatedDose {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let shape = Shape::deserialize(deserializer)?;
            if shape.unit != "mg" {
                return Err(de::Error::custom("a calculated dose is in mg"));
            }
            Self::from_milligrams(shape.value).map_err(de::Error::custom)
        }
    }
}
