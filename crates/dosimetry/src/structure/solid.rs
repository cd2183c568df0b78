//! The solid of a stack of closed contours: each plane fills half-way to its neighbours.

use super::error::StructureError;
use super::note::StructureNote;
use super::polygon::{self, Point};

/// Millimetres within which points lie in one plane: the noise of decimal strings.
const FLAT: f64 = 0.01;
/// The largest coordinate that is read, mm.
const FARTHEST: f64 = 100_000.0;

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
/// Filled by even-odd: a contour inside another is a hole, one inside a hole is an island, however they are
/// turned.
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

/// One plane: contours turned so that their signed areas add up, and the slab they fill.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plane {
    pub(crate) position: f64,
    pub(crate) polygons: Vec<Vec<Point>>,
    pub(crate) area: f64,
    pub(crate) lower: f64,
    pub(crate) upper: f64,
}

impl Plane {
    fn volume(&self) -> f64 {
        self.area * (self.upper - self.lower)
    }
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ]
}

fn unit(a: [f64; 3]) -> Option<[f64; 3]> {
    let length = dot(a, a).sqrt();
    (length > 0.0).then(|| a.map(|part| part / length))
}

/// The direction across a contour (Newell's sum), of the length of twice its area.
fn across(points: &[[f64; 3]]) -> [f64; 3] {
    let Some(first) = points.first() else {
        return [0.0; 3];
    };
    let from_first = |point: &[f64; 3]| [0, 1, 2].map(|at| point[at] - first[at]);
    points.windows(2).fold([0.0; 3], |sum, pair| {
        let part = cross(from_first(&pair[0]), from_first(&pair[1]));
        [0, 1, 2].map(|at| sum[at] + part[at])
    })
}

impl Structure {
    /// The solid of closed contours in patient coordinates (mm), and what a reader should know.
    ///
    /// `spacing` is that of the images, for a structure of one plane; otherwise the planes say it.
    ///
    /// # Errors
    /// No contour with an area, coordinates that are none, contours that are not flat or not parallel,
    /// boundaries that cross, one plane without a spacing.
    pub fn new(
        contours: &[Vec<[f64; 3]>],
        convention: SolidConvention,
        spacing: Option<f64>,
    ) -> Result<(Self, Vec<StructureNote>), StructureError> {
        if let Some(spacing) = spacing.filter(|spacing| !(*spacing > 0.0 && *spacing < FARTHEST)) {
            return Err(StructureError::Spacing(spacing));
        }
        for coordinate in contours.iter().flatten().flatten() {
            if coordinate.is_nan() || coordinate.abs() > FARTHEST {
                return Err(StructureError::Coordinate(*coordinate));
            }
        }
        let axes = axes(contours).ok_or(StructureError::NoContours)?;
        let mut notes = Vec::new();
        let mut planes = gather(contours, &axes, &mut notes)?;
        let spacing = match spacing {
            Some(spacing) => spacing,
            None => usual_spacing(&planes).ok_or(StructureError::OnePlane)?,
        };
        fill(&mut planes, spacing, convention);
        notes.extend(gaps(&planes, spacing));
        let small = Self {
            axes,
            planes,
            convention,
            spacing,
        };
        if small.planes.len() < 4 || small.volume_cc() < 1.0 {
            notes.push(StructureNote::Small {
                planes: small.planes.len(),
            });
        }
        Ok((small, notes))
    }

    /// The same contours by another convention.
    #[must_use]
    pub fn by(&self, convention: SolidConvention) -> Self {
        let mut other = self.clone();
        other.convention = convention;
        fill(&mut other.planes, other.spacing, convention);
        other
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
        let with = self.by(SolidConvention::Slab).volume_cc();
        with - self.by(SolidConvention::SlabWithoutCaps).volume_cc()
    }
}

/// Two directions in the planes and the one across them, from the largest contour.
fn axes(contours: &[Vec<[f64; 3]>]) -> Option<[[f64; 3]; 3]> {
    let normals = contours.iter().map(|points| across(points));
    let largest = normals.max_by(|a, b| dot(*a, *a).total_cmp(&dot(*b, *b)))?;
    let mut normal = unit(largest)?;
    // the end that points to the head, or else to the back, or to the left
    let main = [2, 1, 0].into_iter().find(|at| normal[*at].abs() > 0.5)?;
    if normal[main] < 0.0 {
        normal = normal.map(|part| -part);
    }
    let along = if normal[0].abs() < 0.9 {
        [1.0, 0.0, 0.0]
    } else {
        [0.0, 1.0, 0.0]
    };
    let second = unit(cross(normal, along))?;
    Some([cross(second, normal), second, normal])
}

/// The planes in order, each with its contours, without copies and what has no area.
fn gather(
    contours: &[Vec<[f64; 3]>],
    axes: &[[f64; 3]; 3],
    notes: &mut Vec<StructureNote>,
) -> Result<Vec<Plane>, StructureError> {
    let [first, second, normal] = *axes;
    let mut flat: Vec<(f64, Vec<Point>)> = Vec::new();
    let mut without_area = 0;
    for contour in contours {
        let sum = across(contour);
        let places = contour.iter();
        let polygon =
            polygon::without_repeats(places.map(|point| [dot(*point, first), dot(*point, second)]));
        // a sliver has no direction that could be told from the noise of its digits
        let own = unit(sum).filter(|_| dot(sum, sum).sqrt() / 2.0 >= FLAT);
        let Some(own) = own else {
            without_area += 1;
            continue;
        };
        if dot(own, normal).abs() < 1.0 - 1e-6 || polygon.len() < 3 {
            return Err(StructureError::NotParallel);
        }
        #[allow(clippy::cast_precision_loss, reason = "a mean")]
        let height =
            contour.iter().map(|point| dot(*point, normal)).sum::<f64>() / contour.len() as f64;
        let distances = contour
            .iter()
            .map(|point| (dot(*point, normal) - height).abs());
        let distance = distances.fold(0.0, f64::max);
        if distance > FLAT {
            return Err(StructureError::NotFlat {
                distance,
                allowed: FLAT,
            });
        }
        flat.push((height, polygon));
    }
    flat.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut planes: Vec<Plane> = Vec::new();
    let mut copies = 0;
    for (height, polygon) in flat {
        let last = planes.last_mut();
        match last.filter(|plane| height - plane.position <= FLAT) {
            Some(plane) => {
                if plane
                    .polygons
                    .iter()
                    .any(|other| polygon::is_same(other, &polygon))
                {
                    copies += 1;
                } else {
                    plane.polygons.push(polygon);
                }
            }
            None => planes.push(Plane {
                position: height,
                polygons: vec![polygon],
                area: 0.0,
                lower: height,
                upper: height,
            }),
        }
    }
    for plane in &mut planes {
        if let Some([x, y]) = polygon::crossing(&plane.polygons) {
            return Err(StructureError::Crossing {
                plane: plane.position,
                x,
                y,
            });
        }
        polygon::orient(&mut plane.polygons);
        let areas = plane
            .polygons
            .iter()
            .map(|points| polygon::signed_area(points));
        plane.area = areas.sum();
    }
    if planes.is_empty() {
        return Err(StructureError::NoContours);
    }
    if without_area > 0 {
        notes.push(StructureNote::WithoutArea {
            contours: without_area,
        });
    }
    if copies > 0 {
        notes.push(StructureNote::Copies { contours: copies });
    }
    Ok(planes)
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
    for (at, spacing) in all.iter().enumerate() {
        let alike = all[at..]
            .iter()
            .take_while(|other| **other - spacing <= FLAT);
        let count = alike.count();
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, *spacing));
        }
    }
    best.map(|(_, spacing)| spacing)
}

/// Gives each plane its slab.
fn fill(planes: &mut [Plane], spacing: f64, convention: SolidConvention) {
    let positions: Vec<f64> = planes.iter().map(|plane| plane.position).collect();
    let (Some(&first), Some(&last)) = (positions.first(), positions.last()) else {
        return;
    };
    let end = |neighbour: Option<&f64>, own: f64| match (convention, neighbour) {
        (SolidConvention::SlabWithoutCaps, _) => 0.0,
        (SolidConvention::Slab, Some(neighbour)) => (neighbour - own).abs() / 2.0,
        (SolidConvention::Slab, None) => spacing / 2.0,
    };
    let bottom = first - end(positions.get(1), first);
    let before = positions
        .len()
        .checked_sub(2)
        .and_then(|at| positions.get(at));
    let top = last + end(before, last);
    let halves = positions
        .windows(2)
        .map(|pair| f64::midpoint(pair[0], pair[1]));
    let bounds: Vec<f64> = std::iter::once(bottom).chain(halves).chain([top]).collect();
    for (plane, bounds) in planes.iter_mut().zip(bounds.windows(2)) {
        (plane.lower, plane.upper) = (bounds[0], bounds[1]);
    }
}

fn gaps(planes: &[Plane], spacing: f64) -> Vec<StructureNote> {
    let pairs = planes.windows(2);
    pairs
        .filter(|pair| pair[1].position - pair[0].position > 1.5 * spacing)
        .map(|pair| StructureNote::Gap {
            from: pair[0].position,
            to: pair[1].position,
            spacing,
        })
        .collect()
}
