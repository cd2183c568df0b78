//! The dose in what closed contours enclose, by one reading of their ends or by both.

use std::fmt;
use std::str::FromStr;

use chemorad::number::is_plain;

use crate::histogram::{Bounded, DoseGrid, DoseInStructure};
use crate::metric::Metric;
use crate::structure::solid::MOST_GAPS;
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
        let number = number.filter(|number| is_plain(number));
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
/// of slabs, and its bounds enclose slabs with and without end caps. Where planes are missing between others, the
/// value is that of slabs that fill the space, and the bounds enclose that nothing lies there: in each of up to two
/// such places by itself, in more of them all together.
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
    /// The other readings: of the ends where none was chosen, of missing planes.
    others: Vec<DoseInStructure<'g>>,
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
        // one plane has no solid without end caps
        let both = convention.is_none() && solid.planes() > 1;
        let others = solid.other_readings(both.then_some(SolidConvention::SlabWithoutCaps));
        let (end_caps_cc, planes) = (solid.end_caps_cc(), solid.planes());
        let spacing = solid.spacing();
        let mut readings = vec![solid];
        readings.extend(others);
        let mut doses = DoseInStructure::of_readings(&readings, grid)?.into_iter();
        let own = doses.next().ok_or(StructureError::NoContours)?;
        let others = doses.collect();
        let percent = own.outside_cc() / own.volume_cc() * 100.0;
        if percent > 0.0 {
            notes.push(StructureNote::OutsideGrid { percent });
        }
        Ok(Self {
            own,
            others,
            planes,
            spacing,
            end_caps_cc,
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

    /// The volume outside the grid, where no dose is known, cubic centimetres.
    #[must_use]
    pub fn outside_cc(&self) -> f64 {
        self.own.outside_cc()
    }

    /// The cumulative histogram at doses, or effects, that rise: the volumes that get at least each of them. A value
    /// and its bounds never rise from one to the next.
    ///
    /// ```
    /// use chemorad_dosimetry::{ContouredDose, DoseGrid};
    /// let doses = (0..6).flat_map(|frame| [2.0 * f64::from(frame); 36]).collect();
    /// let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
    /// let offsets = (0..6).map(|frame| 2.0 * f64::from(frame)).collect();
    /// let grid = DoseGrid::new([0.0; 3], axes, [2.0, 2.0], offsets, 6, doses)?;
    /// let square = |z: f64| vec![[1.0, 1.0, z], [9.0, 1.0, z], [9.0, 9.0, z], [1.0, 9.0, z]];
    /// let dose = ContouredDose::new(&[square(4.0), square(6.0)], None, None, &grid)?;
    /// let volumes = dose.histogram(&[0.0, 3.5, 7.5], None);
    /// assert_eq!(volumes[0].value, 0.256);
    /// assert!(volumes[2].value == 0.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn histogram(&self, doses: &[f64], effect: Option<&VoxelEffect>) -> Vec<Bounded> {
        let volumes = doses.iter().map(|dose| self.volume_at_least(*dose, effect));
        let mut volumes: Vec<Bounded> = volumes.collect();
        // each was refined on its own: what one knows holds for its neighbours
        let mut known = 0.0_f64;
        for volume in volumes.iter_mut().rev() {
            known = known.max(volume.lower);
            volume.lower = known;
        }
        let (mut upper, mut value) = (f64::INFINITY, f64::INFINITY);
        for volume in &mut volumes {
            upper = upper.min(volume.upper).max(volume.lower);
            value = value.min(volume.value).clamp(volume.lower, upper);
            (volume.upper, volume.value) = (upper, value);
        }
        volumes
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
        let others = self.others.iter().map(exact);
        others.fold(own, Bounded::enclosing)
    }

    /// Whether the bounds enclose every reading of missing planes: they are missing in no more than two places.
    #[must_use]
    pub fn encloses_gaps(&self) -> bool {
        let notes = self.notes.iter();
        let gaps = notes.filter(|note| matches!(note, StructureNote::Gap { .. }));
        gaps.count() <= MOST_GAPS
    }

    /// The volume that gets a dose or more, or an effect or more, cubic centimetres.
    #[must_use]
    pub fn volume_at_least(&self, level: f64, effect: Option<&VoxelEffect>) -> Bounded {
        if level <= 0.0 {
            return self.volume();
        }
        let dose = effect.map_or(level, |effect| effect.dose(level));
        let own = self.own.volume_at_least(dose);
        let others = self.others.iter();
        let others = others.map(|other| other.volume_at_least(dose));
        others.fold(own, Bounded::enclosing)
    }

    /// A metric, of the dose or of an effect; none where it is not defined or not known. What is not known by one
    /// reading is not enclosed by the others.
    #[must_use]
    pub fn metric(&self, metric: &Metric, effect: Option<&VoxelEffect>) -> Option<Bounded> {
        let own = metric.of_effect(&self.own, effect)?;
        let mut others = self.others.iter();
        others.try_fold(own, |all, other| metric.enclosing(other, effect, all))
    }

    /// What is asked of every reading.
    pub(crate) fn enclosing(
        &self,
        ask: impl Fn(&DoseInStructure<'g>) -> Option<Bounded>,
    ) -> Option<Bounded> {
        let own = ask(&self.own)?;
        let mut others = self.others.iter();
        others.try_fold(own, |all, other| ask(other).map(|one| all.enclosing(one)))
    }
}
