//! Serum creatinine in the two units in use.

use core::fmt;
use core::str::FromStr;

use crate::number::unit;
use crate::quantity::QuantityError;
use crate::quantity::exact::{Spec, exact_quantity};
use crate::quantity::{Fault, si};

/// Micromoles per litre of creatinine in one milligram per decilitre: 10 000 divided by the molar
/// mass of 113.12 g/mol, to the three digits in use. Programs that fold it into another constant
/// (1.23, 1.04, 0.81) give other clearances for the same patient.
pub const CREATININE_MICROMOLES_PER_LITER_PER_MILLIGRAM_PER_DECILITER: f64 = 88.4;

const HINT: &str = "the number in umol/L is 88.4 times the number in mg/dL: check the unit";

/// For messages about a text that names neither kind of unit.
const EITHER: Spec = Spec {
    quantity: "serum creatinine",
    units: unit::CREATININE,
    min: 100_000,
    max: 25_000_000,
    hint: HINT,
};

exact_quantity! {
    /// Serum creatinine as a mass concentration, mg/dL.
    ///
    /// Domain: 0.1 to 25 mg/dL, this project's choice: a usual value in µmol/L written as mg/dL
    /// lies above it.
    ///
    /// ```
    /// use chemorad::patient::CreatinineMassConcentration;
    /// assert!("0.9 mg/dL".parse::<CreatinineMassConcentration>().is_ok());
    /// let error = "88.4 mg/dL".parse::<CreatinineMassConcentration>().unwrap_err();
    /// assert!(error.to_string().contains("check the unit"));
    /// ```
    CreatinineMassConcentration,
    Spec { quantity: "serum creatinine", units: unit::CREATININE_MASS, min: 100_000, max: 25_000_000, hint: HINT }
}

exact_quantity! {
    /// Serum creatinine as an amount concentration, µmol/L.
    ///
    /// Domain: 10 to 2200 µmol/L, this project's choice: a usual value in mg/dL written as µmol/L
    /// lies below it.
    ///
    /// ```
    /// use chemorad::patient::CreatinineMolarConcentration;
    /// assert!("80 umol/L".parse::<CreatinineMolarConcentration>().is_ok());
    /// assert!("0.9 umol/L".parse::<CreatinineMolarConcentration>().is_err());
    /// ```
    CreatinineMolarConcentration,
    Spec {
        quantity: "serum creatinine",
        units: unit::CREATININE_AMOUNT,
        min: 10_000_000,
        max: 2_200_000_000,
        hint: HINT,
    }
}

/// Serum creatinine in the unit it was measured in. There is none without a unit: the two in use
/// differ by a factor of 88.
///
/// ```
/// use chemorad::patient::SerumCreatinine;
///
/// let creatinine: SerumCreatinine = "91 umol/L".parse()?;
/// assert_eq!(creatinine.to_string(), "91 umol/L");
/// assert_eq!(format!("{:.4}", creatinine.milligrams_per_deciliter()), "1.0294");
///
/// assert!("91".parse::<SerumCreatinine>().is_err()); // no unit
/// assert!("91 mg/dL".parse::<SerumCreatinine>().is_err()); // a unit mixed up
/// assert!("1.03 umol/L".parse::<SerumCreatinine>().is_err()); // the other way round
/// # Ok::<(), chemorad::quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SerumCreatinine {
    /// In mg/dL.
    MassConcentration(CreatinineMassConcentration),
    /// In µmol/L.
    MolarConcentration(CreatinineMolarConcentration),
}

/// The unit of a column of serum creatinine.
///
/// ```
/// use chemorad::patient::CreatinineUnit;
/// assert_ne!(CreatinineUnit::MilligramsPerDeciliter, CreatinineUnit::MicromolesPerLiter);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CreatinineUnit {
    /// mg/dL.
    MilligramsPerDeciliter,
    /// µmol/L.
    MicromolesPerLiter,
}

impl SerumCreatinine {
    /// From a number with its unit; where it is refused the fault alone, and no words are made.
    pub(crate) fn checked_float(value: f64, unit: CreatinineUnit) -> Result<Self, Fault> {
        match unit {
            CreatinineUnit::MilligramsPerDeciliter => {
                CreatinineMassConcentration::checked_float(value, "mg/dL")
                    .map(Self::MassConcentration)
            }
            CreatinineUnit::MicromolesPerLiter => {
                CreatinineMolarConcentration::checked_float(value, "umol/L")
                    .map(Self::MolarConcentration)
            }
        }
    }

    /// The value in mg/dL, the unit of the Cockcroft-Gault formula.
    #[must_use]
    pub fn milligrams_per_deciliter(self) -> f64 {
        match self {
            Self::MassConcentration(mass) => CreatinineMassConcentration::SPEC.value(mass.0),
            Self::MolarConcentration(molar) => {
                CreatinineMolarConcentration::SPEC.value(molar.0)
                    / CREATININE_MICROMOLES_PER_LITER_PER_MILLIGRAM_PER_DECILITER
            }
        }
    }

    /// The value as `uom`'s mass concentration.
    #[must_use]
    pub fn mass_concentration(self) -> si::MassConcentration {
        si::MassConcentration::new::<si::milligram_per_deciliter>(self.milligrams_per_deciliter())
    }
}

impl FromStr for SerumCreatinine {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let either = |fault| Err(QuantityError::new(&EITHER, text.into(), fault));
        match CreatinineMassConcentration::from_text(text) {
            Err(Fault::UnknownUnit) => match CreatinineMolarConcentration::from_text(text) {
                Err(fault @ Fault::UnknownUnit) => either(fault),
                _ => text.parse().map(Self::MolarConcentration),
            },
            Err(fault @ (Fault::MissingUnit | Fault::Empty | Fault::MissingNumber)) => {
                either(fault)
            }
            _ => text.parse().map(Self::MassConcentration),
        }
    }
}

impl fmt::Display for SerumCreatinine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MassConcentration(mass) => mass.fmt(f),
            Self::MolarConcentration(molar) => molar.fmt(f),
        }
    }
}

mod shape {
    use alloc::format;
    use core::fmt;

    use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
    use serde::{Serialize, Serializer};

    use super::SerumCreatinine;
    use crate::quantity::serde_shape::value_and_unit;

    impl Serialize for SerumCreatinine {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::MassConcentration(mass) => mass.serialize(serializer),
                Self::MolarConcentration(molar) => molar.serialize(serializer),
            }
        }
    }

    impl<'de> Deserialize<'de> for SerumCreatinine {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(CreatinineVisitor)
        }
    }

    struct CreatinineVisitor;

    impl<'de> Visitor<'de> for CreatinineVisitor {
        type Value = SerumCreatinine;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("serum creatinine such as \"0.9 mg/dL\" or \"80 umol/L\"")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<SerumCreatinine, E> {
            text.parse().map_err(E::custom)
        }

        fn visit_u64<E: de::Error>(self, value: u64) -> Result<SerumCreatinine, E> {
            self.visit_str(&format!("{value}"))
        }

        fn visit_i64<E: de::Error>(self, value: i64) -> Result<SerumCreatinine, E> {
            self.visit_str(&format!("{value}"))
        }

        fn visit_f64<E: de::Error>(self, value: f64) -> Result<SerumCreatinine, E> {
            self.visit_str(&format!("{value}"))
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SerumCreatinine, A::Error> {
            let (value, unit) = value_and_unit(&mut map)?;
            format!("{value} {unit}").parse().map_err(de::Error::custom)
        }
    }
}
