//! The point that a beam's dose is the dose of.

use std::fmt;

use chemorad::number::Decimal;
use chemorad::report::Identifying;
use serde::Serialize;

/// How far apart two points may lie along each axis to be one, mm; this project's choice: wider than the
/// rounding of coordinates, narrower than any distance over which the dose changes much.
const SAME_WITHIN: Option<Decimal> = Decimal::new(1, -1);

/// The point that a beam's dose is the dose of.
///
/// ```
/// use chemorad_dosimetry::DosePoint;
/// let at = |x: &str| -> Result<_, chemorad::number::DecimalError> {
///     Ok(DosePoint::Coordinates([x.parse()?, "0".parse()?, "0".parse()?]))
/// };
/// assert!(at("80.0")?.is_same(&at("80.04")?));
/// assert!(!at("80.0")?.is_same(&at("0")?));
/// assert_eq!(at("80")?.to_string(), "at (80, 0, 0) mm");
/// # Ok::<(), chemorad::number::DecimalError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DosePoint {
    /// A place in the patient, mm.
    Coordinates([Decimal; 3]),
    /// A dose reference whose place is not stated.
    Reference {
        /// Its identifier.
        uid: String,
        /// What it is called.
        name: Identifying<String>,
    },
    /// A point of the beam's own, which is not named.
    OfBeam,
}

impl DosePoint {
    /// Whether both are one point as far as they are named: less than 0.1 mm apart along each axis, or one
    /// dose reference. A point that is not named is like no other.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Coordinates(one), Self::Coordinates(two)) => {
                one.iter().zip(two).all(|(one, two)| {
                    let apart = one.checked_sub(*two).map(Decimal::abs);
                    apart
                        .zip(SAME_WITHIN)
                        .is_some_and(|(apart, limit)| apart < limit)
                })
            }
            (Self::Reference { uid: one, .. }, Self::Reference { uid: two, .. }) => one == two,
            _ => false,
        }
    }
}

impl fmt::Display for DosePoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Coordinates([x, y, z]) => write!(f, "at ({x}, {y}, {z}) mm"),
            Self::Reference { name, .. } => write!(f, "at dose reference {name}"),
            Self::OfBeam => f.write_str("at a point of the beam that is not named"),
        }
    }
}

/// A beam and the point its dose is the dose of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct BeamPoint {
    /// The number of the beam.
    pub beam: i32,
    /// The point, where one is named.
    pub point: Option<DosePoint>,
}

impl fmt::Display for BeamPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.point {
            Some(point) => write!(f, "beam {} {point}", self.beam),
            None => write!(f, "beam {} without a point", self.beam),
        }
    }
}
