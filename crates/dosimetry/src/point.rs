//! The point that the dose of a beam or application setup is the dose of.

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
    /// A dose reference that is a point and whose place is not stated.
    Reference {
        /// Its identifier.
        uid: String,
        /// What it is called.
        name: Identifying<String>,
    },
    /// A dose reference that is no point, such as a target volume.
    Volume {
        /// Its identifier.
        uid: String,
        /// What it is called.
        name: Identifying<String>,
    },
    /// A dose reference that the plan does not list.
    NotListed {
        /// Its identifier.
        uid: String,
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
            (Self::Reference { uid: one, .. }, Self::Reference { uid: two, .. })
            | (Self::Volume { uid: one, .. }, Self::Volume { uid: two, .. })
            | (Self::NotListed { uid: one }, Self::NotListed { uid: two }) => one == two,
            _ => false,
        }
    }

    /// Whether it is known to be a point.
    ///
    /// ```
    /// use chemorad_dosimetry::DosePoint;
    /// assert!(DosePoint::OfBeam.is_point());
    /// assert!(!DosePoint::NotListed { uid: "2.25.7".into() }.is_point());
    /// ```
    #[must_use]
    pub const fn is_point(&self) -> bool {
        match self {
            Self::Coordinates(_) | Self::Reference { .. } | Self::OfBeam => true,
            Self::Volume { .. } | Self::NotListed { .. } => false,
        }
    }
}

impl fmt::Display for DosePoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Coordinates([x, y, z]) => write!(f, "at ({x:#}, {y:#}, {z:#}) mm"),
            Self::Reference { name, .. } => write!(f, "at dose reference {name}"),
            Self::Volume { name, .. } => {
                write!(f, "of dose reference {name}, which is no point")
            }
            Self::NotListed { .. } => {
                f.write_str("at a dose reference that the plan does not list")
            }
            Self::OfBeam => f.write_str("at a point of the beam that is not named"),
        }
    }
}

/// What gives a part of the dose of a fraction group.
///
/// ```
/// use chemorad_dosimetry::DosePart;
/// assert_eq!(DosePart::Setup(2).to_string(), "application setup 2");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DosePart {
    /// A beam, by its number.
    Beam(i32),
    /// A brachytherapy application setup, by its number.
    Setup(i32),
}

impl DosePart {
    /// Its number.
    #[must_use]
    pub const fn number(self) -> i32 {
        match self {
            Self::Beam(number) | Self::Setup(number) => number,
        }
    }
}

impl fmt::Display for DosePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Beam(number) => write!(f, "beam {number}"),
            Self::Setup(number) => write!(f, "application setup {number}"),
        }
    }
}

/// A beam or setup and the point its dose is the dose of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PartPoint {
    /// The beam or setup.
    #[serde(flatten)]
    pub part: DosePart,
    /// The point, where one is named.
    pub point: Option<DosePoint>,
    /// Its dose there, Gy per fraction.
    pub dose: Decimal,
}

/// Its dose is rounded in the alternate form.
impl fmt::Display for PartPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { part, point, dose } = self;
        write!(f, "{part} ")?;
        fmt::Display::fmt(dose, f)?;
        match point {
            Some(point) => write!(f, " Gy {point}"),
            None => f.write_str(" Gy without a point"),
        }
    }
}
