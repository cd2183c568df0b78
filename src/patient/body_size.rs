//! Height and weight of one person, checked together.

use core::fmt;

use super::error::PatientError;
use super::measures::{Height, USUAL_HEIGHT, USUAL_WEIGHT, Weight};

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

impl BodySize {
    /// Height and weight of one person.
    ///
    /// # Errors
    /// A body-mass index outside 4 to 210 kg/m².
    pub const fn new(height: Height, weight: Weight) -> Result<Self, PatientError> {
        // W / H^2 in kg/m2 is 1000 micrograms / micrometres^2: compared in integers
        let weight_scaled = weight.micrograms() as u128 * 1000;
        let height_squared = height.micrometers() as u128 * height.micrometers() as u128;
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
        USUAL_HEIGHT.contains(&self.height) && USUAL_WEIGHT.contains(&self.weight)
    }
}

/// `170 cm, 70 kg`.
impl fmt::Display for BodySize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.height, self.weight)
    }
}
