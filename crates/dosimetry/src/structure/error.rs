//! Why contours are no solid, and what a reader of one should know.

/// Why contours give no solid.
///
/// ```
/// use chemorad_dosimetry::{SolidConvention, Structure, StructureError};
/// let error = Structure::new(&[], SolidConvention::Slab, None).unwrap_err();
/// assert_eq!(error, StructureError::NoContours);
/// ```
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum StructureError {
    /// None of them encloses anything.
    #[error("no closed contour, so it has no volume; that is not a volume of 0 cc")]
    NoContours,
    /// A coordinate that is not a number, or farther than 100 m away.
    #[error("a contour has a coordinate of {0} mm: it must be a number within 100000 mm")]
    Coordinate(f64),
    /// Points that do not lie in one plane.
    #[error(
        "a contour is not flat: a point lies {distance:.3} mm from its plane, and {allowed} mm are allowed"
    )]
    NotFlat {
        /// The largest distance, mm.
        distance: f64,
        /// What is allowed, mm.
        allowed: f64,
    },
    /// Planes that are turned against one another.
    #[error("its contours lie in planes that are turned against one another")]
    NotParallel,
    /// Planes that are turned against those of the dose grid.
    #[error(
        "the frames of the dose grid are turned against the planes of its contours, and dose is read in planes that are parallel: export the dose with frames along these planes"
    )]
    TurnedGrid,
    /// One plane, and nothing says how thick it is.
    #[error(
        "all contours lie in one plane, so the thickness is not known: give the spacing of the planes"
    )]
    OnePlane,
    /// A spacing that is none.
    #[error("a spacing of {0} mm is not one: it is a number above 0")]
    Spacing(f64),
    /// One plane whose ends are its end: no thickness.
    #[error("all contours lie in one plane, so without end caps it has no volume")]
    OnePlaneWithoutCaps,
    /// Contours that leave nothing in any plane.
    #[error(
        "its contours cancel one another by even-odd filling, so nothing is left; that is not a volume of 0 cc"
    )]
    Cancelled,
    /// More edges at one height than are worked through.
    #[error(
        "the contours from the plane at {plane:.2} mm on have too many edges to be worked through"
    )]
    TooIntricate {
        /// The plane, mm along the normal.
        plane: f64,
    },
    /// Two calculations of one area that do not agree.
    #[error(
        "the area of a plane is {expected} mm2 by its contours and {found} mm2 in the grid: please report this as a fault of the program"
    )]
    Inconsistent {
        /// By its contours, square millimetres.
        expected: f64,
        /// In the grid.
        found: f64,
    },
}
