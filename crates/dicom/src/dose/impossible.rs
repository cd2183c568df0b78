//! Spacing and orientation that no grid can have.

use std::fmt;

use chemorad::number::Decimal;

/// Numbers of a grid that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImpossibleGeometry {
    /// Pixel Spacing that is zero or negative.
    Spacing([Decimal; 2]),
    /// Image Orientation that is not two directions of length 1 at right angles.
    Orientation([Decimal; 6]),
}

impl fmt::Display for ImpossibleGeometry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, values): (_, &[Decimal]) = match self {
            Self::Spacing(values) => ("its pixel spacing is not above zero", values),
            Self::Orientation(values) => (
                "its image orientation is not two directions of length 1 at right angles",
                values,
            ),
        };
        let values: Vec<String> = values.iter().map(ToString::to_string).collect();
        write!(f, "{what} ({})", values.join(", "))
    }
}
