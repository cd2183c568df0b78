//! The solid of a stack of closed contours: each plane fills half-way to its neighbours.

use super::error::StructureError;
use super::frame::{FARTHEST, FLAT, Frame};
use super::note::StructureNote;
use super::plane::Plane;
use super::sweep::Budget;

/// What a stack of contours means at its two ends.
///
/// In between, the contour of a plane fills half-way to the planes before and after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SolidConvention {
    /// The end planes fill half a spacing outwards.
    Slab,
    /// The end planes are the ends.
    SlabWithoutCaps,
}

/// A structure: parallel planes, each with its contours and the slab that they fill.
///
/// Filled by even-odd over all edges of a plane: a contour inside another is a hole, one inside a hole is an
/// island, however they are turned and wherever they touch. Copies count once.
///
/// ```
/// use chemorad_dosimetry::{SolidConvention, Structure};
/// let square = |z: f64| vec![[0.0, 0.0, z], [10.0, 0.0, z], [10.0, 10.0, z], [0.0, 10.0, z]];
/// let contours = [square(0.0), square(3.0), square(6.0)];
/// let (solid, notes) = Structure::new(&contours, SolidConvention::Slab, None)?;
/// // 10 x 10 x 9 mm
/// assert!((solid.volume_cc() - 0.9).abs() < 1e-12);
/// assert!((solid.end_caps_cc() - 0.3).abs() < 1e-12);
/// assert_eq!(notes.len(), 1);
/// # Ok::<(), chemorad_dosimetry::StructureError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// Two directions in the planes and the one across them, each of length 1.
    pub(crate) axes: [[f64; 3]; 3],
    pub(crate) planes: Vec<Plane>,
    convention: SolidConvention,
    spacing: f64,
}

/// Planes may be missing in so many places for every combination of readings to be looked at.
pub(crate) const MOST_GAPS: usize = 2;

impl Structure {
    /// The solid of closed contours in patient coordinates (mm), and what a reader should know.
    ///
    /// `spacing` is that of the images, for a structure of one plane; otherwise the planes say it.
    ///
    /// # Errors
    /// No contour with an area, or contours that cancel one another everywhere; coordinates that are none;
    /// contours that are not flat, not parallel or too intricate; one plane without a spacing, or without end
    /// caps.
    pub fn new(
        contours: &[Vec<[f64; 3]>],
        convention: SolidConvention,
        spacing: Option<f64>,
    ) -> Result<(Self, Vec<StructureNote>), StructureError> {
        if let Some(spacing) = spacing.filter(|spacing| !(*spacing > 0.0 && *spacing < FARTHEST)) {
            return Err(StructureError::Spacing(spacing));
        }
        let frame = Frame::of(contours)?;
        let (mut planes, is_close) = Plane::of(frame.contours);
        let mut budget = Budget::new();
        for plane in &mut planes {
            let position = plane.position;
            let settled = plane.settle(&mut budget);
            settled.map_err(|_| StructureError::TooIntricate { plane: position })?;
        }
        let slivers: usize = planes.iter().map(|plane| plane.said.without_area).sum();
        let copies: usize = planes.iter().map(|plane| plane.said.copies).sum();
        planes.retain(|plane| !plane.polygons.is_empty());
        let usual = usual_spacing(&planes);
        if planes.is_empty() {
            return Err(StructureError::NoContours);
        }
        if planes.iter().all(|plane| plane.said.is_cancelled) {
            return Err(StructureError::Cancelled);
        }
        let thickness = usual.or(spacing).ok_or(StructureError::OnePlane)?;
        if usual.is_none() && convention == SolidConvention::SlabWithoutCaps {
            return Err(StructureError::OnePlaneWithoutCaps);
        }
        fill(&mut planes, thickness, convention, &|_| false);
        let solid = Self {
            axes: frame.axes,
            planes,
            convention,
            spacing: thickness,
        };
        let mut notes = Vec::new();
        let without_area = frame.without_area + slivers;
        if without_area > 0 {
            notes.push(StructureNote::WithoutArea {
                contours: without_area,
            });
        }
        if copies > 0 {
            notes.push(StructureNote::Copies { contours: copies });
        }
        if let (Some(stated), Some(found)) = (spacing, usual) {
            if (stated - found).abs() > FLAT {
                notes.push(StructureNote::OtherSpacing { stated, found });
            }
        }
        if is_close {
            notes.push(StructureNote::PlanesTooClose);
        }
        notes.extend(solid.said());
        Ok((solid, notes))
    }

    /// What the planes and their number give to say.
    fn said(&self) -> Vec<StructureNote> {
        let mut notes = Vec::new();
        let uneven = uneven(&self.planes);
        let planes = uneven.clone().count();
        if planes > 0 {
            let distance = uneven.fold(0.0, f64::max);
            notes.push(StructureNote::UnevenPlanes { planes, distance });
        }
        let crossed: usize = self.planes.iter().map(|plane| plane.said.crossed).sum();
        if crossed > 0 {
            notes.push(StructureNote::CrossesItself { contours: crossed });
        }
        let overlapping = self.planes.iter().filter(|plane| plane.said.overlap > 0.0);
        let planes = overlapping.clone().count();
        if planes > 0 {
            let volume = overlapping.map(|plane| plane.said.overlap * plane.thickness());
            notes.push(StructureNote::Overlap {
                planes,
                cc: volume.sum::<f64>() / 1000.0,
            });
        }
        let cancelled = self.planes.iter().filter(|plane| plane.said.is_cancelled);
        let planes = cancelled.count();
        if planes > 0 {
            notes.push(StructureNote::Cancelled { planes });
        }
        let missing = gaps(&self.planes, self.spacing);
        notes.extend(missing.map(|gap| StructureNote::Gap {
            from: self.planes[gap].position,
            to: self.planes[gap + 1].position,
            spacing: self.spacing,
        }));
        if self.planes.len() < 4 || self.volume_cc() < 1.0 {
            notes.push(StructureNote::Small {
                planes: self.planes.len(),
            });
        }
        notes
    }

    /// The same contours by another convention; none where that is no solid: one plane without end caps.
    #[must_use]
    pub fn by(&self, convention: SolidConvention) -> Option<Self> {
        let mut other = self.clone();
        other.convention = convention;
        fill(&mut other.planes, other.spacing, convention, &|_| false);
        (other.volume_cc() > 0.0).then_some(other)
    }

    /// The other readings of the same contours: nothing lies where planes are missing, and by `ends` too. Of each
    /// place by itself where they are few; else of all together. Contours of one plane that differ in height lie
    /// half-way between, or all planes at their lowest, or all at their highest.
    pub(crate) fn other_readings(&self, ends: Option<SolidConvention>) -> Vec<Self> {
        let gaps: Vec<usize> = gaps(&self.planes, self.spacing).collect();
        let combinations: Vec<Vec<usize>> = if gaps.len() <= MOST_GAPS {
            let sets = 0..(1_usize << gaps.len());
            let of_set = |set: usize| {
                let numbered = gaps.iter().enumerate();
                let within = numbered.filter(|(bit, _)| (set >> bit) & 1 == 1);
                within.map(|(_, gap)| *gap).collect()
            };
            sets.map(of_set).collect()
        } else {
            vec![Vec::new(), gaps]
        };
        let conventions = [Some(self.convention), ends];
        let conventions = conventions.into_iter().flatten();
        let positions: &[fn(&Plane) -> f64] = if uneven(&self.planes).next().is_some() {
            &[
                |plane| plane.position,
                |plane| plane.lowest,
                |plane| plane.highest,
            ]
        } else {
            &[|plane| plane.position]
        };
        let readings = conventions.flat_map(|convention| {
            let all = positions
                .iter()
                .flat_map(|position| combinations.iter().map(move |empty| (position, empty)));
            all.map(move |(position, empty)| {
                let mut other = self.clone();
                other.convention = convention;
                for plane in &mut other.planes {
                    plane.position = position(plane);
                }
                let is_empty = |gap| empty.contains(&gap);
                fill(&mut other.planes, other.spacing, convention, &is_empty);
                other
            })
        });
        // the first is this one itself
        let others = readings.skip(1);
        others.filter(|solid| solid.volume_cc() > 0.0).collect()
    }

    /// What the ends mean.
    #[must_use]
    pub const fn convention(&self) -> SolidConvention {
        self.convention
    }

    /// The number of planes.
    #[must_use]
    pub fn planes(&self) -> usize {
        self.planes.len()
    }

    /// The usual spacing of the planes, mm.
    #[must_use]
    pub const fn spacing(&self) -> f64 {
        self.spacing
    }

    /// The volume, cubic centimetres: exact for these contours and this convention, but for rounding.
    #[must_use]
    pub fn volume_cc(&self) -> f64 {
        self.planes.iter().map(Plane::volume).sum::<f64>() / 1000.0
    }

    /// The volume of the two end caps, cubic centimetres.
    #[must_use]
    pub fn end_caps_cc(&self) -> f64 {
        let of = |convention| self.by(convention).map_or(0.0, |solid| solid.volume_cc());
        of(SolidConvention::Slab) - of(SolidConvention::SlabWithoutCaps)
    }
}

fn differences(planes: &[Plane]) -> impl Iterator<Item = f64> + '_ {
    let pairs = planes.windows(2);
    pairs.map(|pair| pair[1].position - pair[0].position)
}

/// The spacing that most planes have, within a hundredth of a millimetre.
fn usual_spacing(planes: &[Plane]) -> Option<f64> {
    let mut all: Vec<f64> = differences(planes).collect();
    all.sort_by(f64::total_cmp);
    let mut best: Option<(usize, f64)> = None;
    let mut end = 0;
    for (at, spacing) in all.iter().enumerate() {
        // those that are alike end no earlier than those of the spacing before
        while all.get(end).is_some_and(|other| other - spacing <= FLAT) {
            end += 1;
        }
        let count = end - at;
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, *spacing));
        }
    }
    best.map(|(_, spacing)| spacing)
}

/// Gives each plane its slab. Half a spacing is filled beside a gap that is empty; else planes fill half-way.
fn fill(
    planes: &mut [Plane],
    spacing: f64,
    convention: SolidConvention,
    is_empty: &dyn Fn(usize) -> bool,
) {
    let positions: Vec<f64> = planes.iter().map(|plane| plane.position).collect();
    let next = |gap: usize| positions.get(gap + 1).copied();
    let half = |gap: usize| match (positions.get(gap), next(gap)) {
        (Some(own), Some(next)) if !is_empty(gap) => (next - own) / 2.0,
        _ => spacing / 2.0,
    };
    let cap = |gap: usize| match convention {
        SolidConvention::SlabWithoutCaps => 0.0,
        SolidConvention::Slab => half(gap),
    };
    let last = planes.len().saturating_sub(1);
    let mut start = planes.first().map_or(0.0, |plane| plane.position - cap(0));
    for (at, plane) in planes.iter_mut().enumerate() {
        plane.lower = start;
        (plane.upper, start) = match next(at) {
            None => (plane.position + cap(last.saturating_sub(1)), 0.0),
            Some(next) if is_empty(at) => (plane.position + spacing / 2.0, next - spacing / 2.0),
            Some(next) => {
                let middle = f64::midpoint(plane.position, next);
                (middle, middle)
            }
        };
    }
}

/// How far the contours of planes differ in height, where it is more than the noise of digits.
fn uneven(planes: &[Plane]) -> impl Iterator<Item = f64> + Clone + '_ {
    let differences = planes.iter().map(|plane| plane.highest - plane.lowest);
    differences.filter(|difference| *difference > FLAT)
}

/// The planes after which others are missing.
fn gaps(planes: &[Plane], spacing: f64) -> impl Iterator<Item = usize> + '_ {
    let pairs = planes.windows(2).enumerate();
    pairs
        .filter(move |(_, pair)| pair[1].position - pair[0].position > 1.5 * spacing)
        .map(|(at, _)| at)
}
