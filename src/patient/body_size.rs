use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;

use crate::quantity::exact::{Spec, exact_quantity, unit};
use crate::quantity::si::{Length, Mass, centimeter, kilogram};
use crate::quantity::{Fault, QuantityError};
use crate::report::{Finding, Outcome};

use super::PatientError;

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
        units: &[unit("cm", 10_000), unit("m", 1_000_000), unit("mm", 1_000), unit("in", 25_400)],
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
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    Weight,
    Spec {
        quantity: "weight",
        units: &[unit("kg", 1_000_000_000), unit("g", 1_000_000), unit("lb", 453_592_370)],
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

/// Height and weight of one person, checked together.
///
/// Domain: a body-mass index of 4 to 210 kg/m². The limits are this project's choice; their use
/// is to catch two numbers that have changed places, which the symmetric Mosteller formula
/// would never show.
///
/// ```
/// use chemorad::patient::{BodySize, Height, Weight};
///
/// let size = BodySize::new(Height::constant("170 cm"), Weight::constant("70 kg"))?;
/// assert_eq!(format!("{:.1}", size.body_mass_index()), "24.2");
///
/// let swapped = BodySize::new(Height::constant("70 cm"), Weight::constant("170 kg"));
/// assert!(swapped.unwrap_err().to_string().contains("height and weight may be swapped"));
/// # Ok::<(), chemorad::patient::PatientError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "Shape")]
pub struct BodySize {
    height: Height,
    weight: Weight,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    height: Height,
    weight: Weight,
}

impl TryFrom<Shape> for BodySize {
    type Error = PatientError;

    fn try_from(shape: Shape) -> Result<Self, Self::Error> {
        Self::new(shape.height, shape.weight)
    }
}

/// Body-mass indices outside these are refused, kg/m²: a choice of this project.
const POSSIBLE_INDEX: (u128, u128) = (4, 210);

/// Adult sizes outside these are reported: choices of this project.
const USUAL_HEIGHT: (Height, Height) = (Height::constant("130 cm"), Height::constant("210 cm"));
const USUAL_WEIGHT: (Weight, Weight) = (Weight::constant("35 kg"), Weight::constant("150 kg"));
const USUAL_INDEX: (f64, f64) = (14.0, 50.0);

impl BodySize {
    /// Height and weight of one person.
    ///
    /// # Errors
    /// A body-mass index outside 4 to 210 kg/m².
    pub const fn new(height: Height, weight: Weight) -> Result<Self, PatientError> {
        // W / H^2 in kg/m2 is 1000 micrograms / micrometres^2: compared in integers
        let weight_scaled = weight.0 as u128 * 1000;
        let height_squared = height.0 as u128 * height.0 as u128;
        if weight_scaled < POSSIBLE_INDEX.0 * height_squared
            || weight_scaled > POSSIBLE_INDEX.1 * height_squared
        {
            return Err(PatientError::ImpossibleBodySize { height, weight });
        }
        Ok(Self { height, weight })
    }

    /// The height.
    #[must_use]
    pub const fn height(self) -> Height {
        self.height
    }

    /// The weight: the actual one, as measured.
    #[must_use]
    pub const fn weight(self) -> Weight {
        self.weight
    }

    /// The body-mass index W / H², kg/m².
    #[must_use]
    pub fn body_mass_index(self) -> f64 {
        self.height.body_mass_index(self.weight)
    }

    /// Whether both sizes are usual for an adult: 130 to 210 cm and 35 to 150 kg, a choice of
    /// this project.
    pub(super) fn is_adult(self) -> bool {
        (USUAL_HEIGHT.0..=USUAL_HEIGHT.1).contains(&self.height)
            && (USUAL_WEIGHT.0..=USUAL_WEIGHT.1).contains(&self.weight)
    }

    pub(super) fn adult_range() -> alloc::string::String {
        format!(
            "{} to {} and {} to {}",
            USUAL_HEIGHT.0, USUAL_HEIGHT.1, USUAL_WEIGHT.0, USUAL_WEIGHT.1
        )
    }

    /// What is unusual for an adult: a height outside 130 to 210 cm, a weight outside 35 to
    /// 150 kg, a body-mass index outside 14 to 50 kg/m². The limits are this project's choice.
    ///
    /// ```
    /// use chemorad::patient::{BodySize, Height, Weight};
    /// let size = BodySize::new(Height::constant("100 cm"), Weight::constant("150 kg"))?;
    /// let warnings = size.warnings();
    /// assert_eq!(warnings[0].code(), "patient.height");
    /// assert!(warnings[0].message.contains("may be swapped"));
    /// # Ok::<(), chemorad::patient::PatientError>(())
    /// ```
    #[must_use]
    pub fn warnings(self) -> Vec<Finding> {
        let mut warnings = Vec::new();
        let advice = if self.looks_swapped() {
            "height and weight may be swapped"
        } else {
            "check the measurement and its unit"
        };
        let mut unusual = |code, at: &str, range: (&str, &str), found: &str| {
            warnings.push(
                Finding::written(
                    code,
                    Outcome::Warn,
                    at,
                    format!("the {at} is unusual for an adult: {advice}"),
                )
                .with_expected(format!("{} to {}", range.0, range.1))
                .with_found(found),
            );
        };
        if !(USUAL_HEIGHT.0..=USUAL_HEIGHT.1).contains(&self.height) {
            unusual(
                "patient.height",
                "height",
                (&USUAL_HEIGHT.0.to_string(), &USUAL_HEIGHT.1.to_string()),
                &self.height.to_string(),
            );
        }
        if !(USUAL_WEIGHT.0..=USUAL_WEIGHT.1).contains(&self.weight) {
            unusual(
                "patient.weight",
                "weight",
                (&USUAL_WEIGHT.0.to_string(), &USUAL_WEIGHT.1.to_string()),
                &self.weight.to_string(),
            );
        }
        let index = self.body_mass_index();
        if !(USUAL_INDEX.0..=USUAL_INDEX.1).contains(&index) {
            unusual(
                "patient.body_mass_index",
                "body-mass index",
                (
                    &format!("{} kg/m2", USUAL_INDEX.0),
                    &format!("{} kg/m2", USUAL_INDEX.1),
                ),
                &format!("{index:.1} kg/m2"),
            );
        }
        warnings
    }

    /// Whether the two numbers, read in cm and kg the other way round, are a usual adult while
    /// these are not.
    fn looks_swapped(self) -> bool {
        let height = Height::from_float(self.weight.kilograms(), "cm");
        let weight = Weight::from_float(self.height.centimeters(), "kg");
        match (height, weight) {
            (Ok(height), Ok(weight)) => {
                !self.is_adult() && Self::new(height, weight).is_ok_and(Self::is_adult)
            }
            _ => false,
        }
    }
}

/// `170 cm, 70 kg`.
impl fmt::Display for BodySize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.height, self.weight)
    }
}
