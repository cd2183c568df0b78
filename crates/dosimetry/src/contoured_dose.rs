//! The dose in what closed contours enclose, by one reading of their ends or by both.

use std::fmt;
use std::str::FromStr;

use crate::histogram::{Bounded, DoseGrid, DoseInStructure};
use crate::metric::Metric;
use crate::structure::{SolidConvention, Structure, StructureError, StructureNote};
use crate::voxel_effect::VoxelEffect;

/// The distance of image planes: `3mm`, `2.5 mm`.
///
/// ```
/// use chemorad_dosimetry::PlaneSpacing;
/// let spacing: PlaneSpacing = "2.5 mm".parse()?;
/// assert_eq!(spacing.millimetres(), 2.5);
/// assert!("3".parse::<PlaneSpacing>().is_err() && "0 mm".parse::<PlaneSpacing>().is_err());
/// # Ok::<(), chemorad_dosimetry::PlaneSpacingError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaneSpacing(f64);

/// A text that is no distance of planes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a distance of planes: write it with its unit, such as 3mm; more than 0 and less than 1000 mm"
)]
pub struct PlaneSpacingError(String);

impl PlaneSpacing {
    /// In millimetres.
    #[must_use]
    pub const fn millimetres(self) -> f64 {
        self.0
    }
}

impl FromStr for PlaneSpacing {
    type Err = PlaneSpacingError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = text.trim().strip_suffix("mm").map(str::trim_end);
        let number = number.and_then(|number| number.parse().ok());
        number
            .filter(|number: &f64| *number > 0.0 && *number < 1000.0)
            .map(Self)
            .ok_or_else(|| PlaneSpacingError(text.chars().take(60).collect()))
    }
}

impl fmt::Display for PlaneSpacing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} mm", self.0)
    }
}

/// The dose in what closed contours enclose.
///
/// With a convention for the ends the bounds enclose the exact value of that solid. Without one the value is that
/// of slabs, and its bounds enclose slabs with and without end caps.
///
/// ```
/// use chemorad_dosimetry::{ContouredDose, DoseGrid};
/// let doses = (0..6).flat_map(|frame| [2.0 * f64::from(frame); 36]).collect();
/// let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
/// let offsets = (0..6).map(|frame| 2.0 * f64::from(frame)).collect();
/// let grid = DoseGrid::new([0.0; 3], axes, [2.0, 2.0], offsets, 6, doses)?;
/// let square = |z: f64| vec![[1.0, 1.0, z], [9.0, 1.0, z], [9.0, 9.0, z], [1.0, 9.0, z]];
/// let contours = [square(2.0), square(4.0), square(6.0), square(8.0)];
/// let dose = ContouredDose::new(&contours, None, None, &grid)?;
/// let volume = dose.volume();
/// assert!((volume.value - 0.512).abs() < 1e-9 && (volume.lower - 0.384).abs() < 1e-9);
/// let mean = dose.metric(&"mean".parse()?, None).unwrap();
/// assert!((mean.value - 5.0).abs() < 1e-9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct ContouredDose<'g> {
    own: DoseInStructure<'g>,
    /// The other reading of the ends, where none was chosen.
    other: Option<DoseInStructure<'g>>,
    /// The number of planes.
    pub planes: usize,
    /// Their usual spacing, mm.
    pub spacing: f64,
    /// The volume of the two end caps, cubic centimetres.
    pub end_caps_cc: f64,
    /// What a reader should know.
    pub notes: Vec<StructureNote>,
}

impl<'g> ContouredDose<'g> {
    /// The dose of a grid in what contours enclose, by a convention for the ends; both where none is given.
    /// The spacing is for a structure of one plane.
    ///
    /// # Errors
    /// See [`Structure::new`] and [`DoseInStructure::new`].
    pub fn new(
        contours: &[Vec<[f64; 3]>],
        convention: Option<SolidConvention>,
        spacing: Option<PlaneSpacing>,
        grid: &'g DoseGrid,
    ) -> Result<Self, StructureError> {
        let spacing = spacing.map(PlaneSpacing::millimetres);
        let (solid, mut notes) = Structure::new(
            contours,
            convention.unwrap_or(SolidConvention::Slab),
            spacing,
        )?;
        let own = DoseInStructure::new(&solid, grid)?;
        // one plane has no solid without end caps
        let without_caps = match convention {
            None => solid.by(SolidConvention::SlabWithoutCaps),
            Some(_) => None,
        };
        let other = without_caps.map(|solid| DoseInStructure::new(&solid, grid));
        let percent = own.outside_cc() / own.volume_cc() * 100.0;
        if percent > 0.0 {
            notes.push(StructureNote::OutsideGrid { percent });
        }
        Ok(Self {
            own,
            other: other.transpose()?,
            planes: solid.planes(),
            spacing: solid.spacing(),
            end_caps_cc: solid.end_caps_cc(),
            notes,
        })
    }

    /// By the reading that gives the value.
    #[must_use]
    pub const fn dose(&self) -> &DoseInStructure<'g> {
        &self.own
    }

    /// Whether a part of it lies outside the grid.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.own.outside_cc() > 0.0
    }

    /// The volume, cubic centimetres.
    #[must_use]
    pub fn volume(&self) -> Bounded {
        let exact = |dose: &DoseInStructure<'_>| {
            let value = dose.volume_cc();
            Bounded {
                value,
                lower: value,
                upper: value,
            }
        };
        let own = exact(&self.own);
        self.other
            .as_ref()
            .map_or(own, |other| own.enclosing(exact(other)))
    }

    /// The volume that gets a dose or more, or an effect or more, cubic centimetres.
    #[must_use]
    pub fn volume_at_least(&self, level: f64, effect: Option<&VoxelEffect>) -> Bounded {
        if level <= 0.0 {
            return self.volume();
        }
        let dose = effect.map_or(level, |effect| effect.dose(level));
        let own = self.own.volume_at_least(dose);
        match &self.other {
            None => own,
            Some(other) => own.enclosing(other.volume_at_least(dose)),
        }
    }

    /// A metric, of the dose or of an effect; none where it is not defined or not known. What is not known by one
    /// reading of the ends is not enclosed by the other.
    #[must_use]
    pub fn metric(&self, metric: &Metric, effect: Option<&VoxelEffect>) -> Option<Bounded> {
        self.enclosing(|dose| metric.of_effect(dose, effect))
    }

    /// What is asked of both readings.
    pub(crate) fn enclosing(
        &self,
        ask: impl Fn(&DoseInStructure<'g>) -> Option<Bounded>,
    ) -> Option<Bounded> {
        let own = ask(&self.own)?;
        match &self.other {
            None => Some(own),
            Some(other) => ask(other).map(|other| own.enclosing(other)),
        }
    }
}
