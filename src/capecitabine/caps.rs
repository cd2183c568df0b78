//! Upper limits that a protocol or a site sets.

use crate::patient::SurfaceArea;
use crate::quantity::OrderedDose;

/// Upper limits a protocol or a site sets. There are none unless given, and one that acts is
/// always reported.
///
/// The ASCO guideline on dosing in obese adults (Griggs 2012, updated 2021) names capping the body
/// surface area at 2.0 m² as practice it advises against.
///
/// ```
/// use chemorad::capecitabine::Caps;
/// use chemorad::patient::SurfaceArea;
/// let caps = Caps {
///     body_surface_area: Some(SurfaceArea::constant("2 m2")),
///     ..Caps::NONE
/// };
/// assert_ne!(caps, Caps::NONE);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caps {
    /// The largest body surface area to dose on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_surface_area: Option<SurfaceArea>,
    /// The largest dose of one administration, for the calculated and for the ordered dose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose_per_administration: Option<OrderedDose>,
}

impl Caps {
    /// No cap.
    pub const NONE: Self = Self {
        body_surface_area: None,
        dose_per_administration: None,
    };
}
