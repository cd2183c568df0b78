//! Body surface area, with the formula or the statement it comes from.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use crate::number::is_at_boundary;
use crate::number::unit;
use crate::quantity::exact::{Spec, exact_quantity};
use crate::quantity::si::{Area, square_meter};
use crate::quantity::{Fault, QuantityError};
use crate::report::{Derivation, decimal};
use crate::text::Text;

use super::body_size::BodySize;
use super::error::PatientError;
use super::formula_name::BodySurfaceAreaFormula;
use super::person::Sex;

exact_quantity! {
    /// A body surface area that is written down, not calculated: a cap, an edge of a table, a
    /// value another system gives. Exact to the square millimetre.
    ///
    /// Domain: 0.05 to 8 m², this project's choice: outside it no person's area lies.
    /// Units: `m2`, `m²`.
    ///
    /// ```
    /// use chemorad::patient::SurfaceArea;
    /// assert_eq!(SurfaceArea::constant("1.31 m2").square_meters(), 1.31);
    /// assert!("1.31 m-2".parse::<SurfaceArea>().is_err()); // per square metre is no area
    /// ```
    SurfaceArea,
    Spec {
        quantity: "body surface area",
        units: unit::SURFACE_AREA,
        min: 50_000,
        max: 8_000_000,
        hint: "check the unit; adults have about 1.2 to 2.5 m2",
    }
}

impl SurfaceArea {
    /// From a whole number of square millimetres.
    ///
    /// # Errors
    /// Outside 0.05 to 8 m².
    pub const fn from_square_millimeters(square_millimeters: u64) -> Result<Self, Fault> {
        Self::from_base(square_millimeters)
    }

    /// The exact value in square millimetres.
    #[must_use]
    pub const fn square_millimeters(self) -> u64 {
        self.0
    }

    /// The value in m², correctly rounded to `f64`.
    #[must_use]
    pub const fn square_meters(self) -> f64 {
        Self::SPEC.value(self.0)
    }
}

/// To `uom`'s area.
impl From<SurfaceArea> for Area {
    fn from(area: SurfaceArea) -> Self {
        Area::new::<square_meter>(area.square_meters())
    }
}

/// From `uom`'s area, when it is a whole number of square millimetres up to float noise.
impl TryFrom<Area> for SurfaceArea {
    type Error = QuantityError;

    fn try_from(area: Area) -> Result<Self, Self::Error> {
        Self::from_float(area.get::<square_meter>(), "m2")
    }
}

/// How a body surface area came about.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BodySurfaceAreaOrigin {
    /// Calculated here.
    Formula {
        /// The formula.
        formula: BodySurfaceAreaFormula,
        /// The body size put in.
        size: BodySize,
        /// The sex, where the formula uses it.
        #[serde(skip_serializing_if = "Option::is_none")]
        sex: Option<Sex>,
    },
    /// Given from outside.
    Stated {
        /// Who or what gives it, for example `order form`.
        by: Text,
    },
}

/// Body surface area of a patient in m², with the formula or the statement it comes from.
///
/// It is carried with full precision: rounding it to two decimals before dosing changes the
/// tablets of one adult in eighty, to one decimal of one in five. There is no way to make one
/// from a bare number.
///
/// ```
/// use chemorad::patient::{
///     BodySize, BodySurfaceArea, BodySurfaceAreaFormula, Height, Sex, Weight,
/// };
///
/// let size = BodySize::new(Height::constant("170 cm"), Weight::constant("75 kg"))?;
/// let area = BodySurfaceArea::from_formula(BodySurfaceAreaFormula::Mosteller, size, None)?;
/// assert_eq!(format!("{area:.3}"), "1.882 m2");
///
/// // Schlich's formula has coefficients for each sex
/// let schlich = BodySurfaceAreaFormula::Schlich;
/// assert!(BodySurfaceArea::from_formula(schlich, size, None).is_err());
/// assert!(BodySurfaceArea::from_formula(schlich, size, Some(Sex::Male)).is_ok());
/// # Ok::<(), chemorad::patient::PatientError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct BodySurfaceArea {
    square_meters: f64,
    origin: BodySurfaceAreaOrigin,
}

impl BodySurfaceArea {
    /// Calculates the area. `sex` may be absent unless the formula needs it.
    ///
    /// # Errors
    /// [`PatientError::SexRequired`] without a sex for Schlich's formula;
    /// [`PatientError::OutsideFormulaRange`] for Stevenson's linear formula outside 130 to 210 cm
    /// and 35 to 150 kg.
    pub fn from_formula(
        formula: BodySurfaceAreaFormula,
        size: BodySize,
        sex: Option<Sex>,
    ) -> Result<Self, PatientError> {
        Ok(Self {
            square_meters: formula.square_meters(size, sex)?,
            origin: BodySurfaceAreaOrigin::Formula {
                formula,
                size,
                sex: sex.filter(|_| formula.needs_sex()),
            },
        })
    }

    /// An area that another system or a person gives, with its origin named.
    ///
    /// ```
    /// use chemorad::patient::{BodySurfaceArea, SurfaceArea};
    /// let area = BodySurfaceArea::stated(SurfaceArea::constant("1.26 m2"), "order form");
    /// assert_eq!(area.to_string(), "1.26 m2");
    /// assert_eq!(area.formula(), None);
    /// ```
    pub fn stated(area: SurfaceArea, by: impl Into<Text>) -> Self {
        Self {
            square_meters: area.square_meters(),
            origin: BodySurfaceAreaOrigin::Stated { by: by.into() },
        }
    }

    /// The area in m².
    #[must_use]
    pub const fn square_meters(&self) -> f64 {
        self.square_meters
    }

    /// The area as `uom`'s quantity.
    #[must_use]
    pub fn area(&self) -> Area {
        Area::new::<square_meter>(self.square_meters)
    }

    /// How the area came about.
    #[must_use]
    pub const fn origin(&self) -> &BodySurfaceAreaOrigin {
        &self.origin
    }

    /// The body size that it was calculated from; none where it was stated.
    #[must_use]
    pub const fn size(&self) -> Option<BodySize> {
        match &self.origin {
            BodySurfaceAreaOrigin::Formula { size, .. } => Some(*size),
            BodySurfaceAreaOrigin::Stated { .. } => None,
        }
    }

    /// The formula, unless the area was stated.
    #[must_use]
    pub const fn formula(&self) -> Option<BodySurfaceAreaFormula> {
        match self.origin {
            BodySurfaceAreaOrigin::Formula { formula, .. } => Some(formula),
            BodySurfaceAreaOrigin::Stated { .. } => None,
        }
    }

    /// Formula, substituted numbers, intermediate values (six decimals shown, more carried).
    ///
    /// ```
    /// use chemorad::patient::*;
    /// let size = BodySize::new(Height::constant("1.70 m"), Weight::constant("70 kg"))?;
    /// let area = BodySurfaceArea::from_formula(BodySurfaceAreaFormula::Mosteller, size, None)?;
    /// let derivation = area.derivation();
    /// assert_eq!(derivation.substitution, "sqrt(170 x 70 / 3600)");
    /// assert_eq!(derivation.result, "1.818119 m2");
    /// assert!(derivation.source.starts_with("Mosteller, N Engl J Med 1987;317:1098"));
    /// # Ok::<(), PatientError>(())
    /// ```
    #[must_use]
    pub fn derivation(&self) -> Derivation {
        let result = format!("{} m2", decimal(self.square_meters));
        match &self.origin {
            BodySurfaceAreaOrigin::Formula { formula, size, sex } => {
                let (substitution, intermediate) = formula.worked(*size, *sex);
                Derivation {
                    quantity: format!("body surface area ({formula})"),
                    formula: formula.formula().into(),
                    substitution,
                    intermediate,
                    result,
                    source: format!(
                        "{}; coefficients read in {}",
                        formula.source(),
                        formula.read_in()
                    ),
                }
            }
            BodySurfaceAreaOrigin::Stated { by } => Derivation::new(
                "body surface area",
                "BSA as stated",
                result.clone(),
                result,
                by.as_str(),
            ),
        }
    }

    /// The value for a reader: 4 decimals, or 6 where 4 would show one of two decimals, which is
    /// where published tables change, that the area does not have.
    ///
    /// ```
    /// use chemorad::patient::BodySurfaceArea;
    /// let shown = |text: &str| -> Result<String, chemorad::quantity::QuantityError> {
    ///     Ok(BodySurfaceArea::stated(text.parse()?, "order form").shown())
    /// };
    /// assert_eq!(shown("1.8097 m2")?, "1.8097 m2");
    /// assert_eq!(shown("1.309998 m2")?, "1.309998 m2"); // below a cut at 1.31
    /// assert_eq!(shown("1.31 m2")?, "1.3100 m2");
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    #[must_use]
    pub fn shown(&self) -> String {
        let four = format!("{self:.4}");
        let hundredth = libm::round(100.0 * self.square_meters) / 100.0;
        if four.ends_with("00 m2") && !is_at_boundary(self.square_meters, hundredth) {
            format!("{self:.6}")
        } else {
            four
        }
    }

    /// The name of the formula, or `stated by ...`.
    #[must_use]
    pub fn origin_text(&self) -> String {
        match &self.origin {
            BodySurfaceAreaOrigin::Formula { formula, .. } => formula.to_string(),
            BodySurfaceAreaOrigin::Stated { by } => format!("stated by {by}"),
        }
    }
}

/// `1.8181192... m2`; a precision (`{:.2}`) rounds for display.
impl fmt::Display for BodySurfaceArea {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.precision() {
            Some(places) => write!(f, "{:.places$} m2", self.square_meters),
            None => write!(f, "{} m2", self.square_meters),
        }
    }
}

/// `{"value": 1.82, "unit": "m2", "origin": {"formula": {...}}}`. It is not read back: an area
/// comes from a formula and a body size, or from a [`SurfaceArea`] with its origin.
impl serde::Serialize for BodySurfaceArea {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut shape = serializer.serialize_struct("BodySurfaceArea", 3)?;
        shape.serialize_field("value", &self.square_meters)?;
        shape.serialize_field("unit", "m2")?;
        shape.serialize_field("origin", &self.origin)?;
        shape.end()
    }
}
