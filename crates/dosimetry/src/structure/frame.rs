//! The planes of contours: two directions in them, the one across, and each contour at its height.

use super::error::StructureError;
use super::polygon::{self, Point};

/// Millimetres within which points lie in one plane: the noise of decimal strings.
pub(crate) const FLAT: f64 = 0.01;
/// Heights of contours no farther apart than this are one plane, mm: coarser than the digits of exports, finer than
/// any image.
pub(crate) const ONE_PLANE: f64 = 0.1;
/// The largest coordinate that is read, mm.
pub(crate) const FARTHEST: f64 = 100_000.0;
/// How much an axis of the patient may be missed to be tried as the direction across the planes.
const NEAR_AXIS: f64 = 0.999;

type Vector = [f64; 3];

pub(crate) fn dot(a: Vector, b: Vector) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn cross(a: Vector, b: Vector) -> Vector {
    [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ]
}

fn less(a: Vector, b: Vector) -> Vector {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

fn length(a: Vector) -> f64 {
    dot(a, a).sqrt()
}

fn unit(a: Vector) -> Option<Vector> {
    let length = length(a);
    (length > 0.0).then(|| a.map(|part| part / length))
}

/// Contours seen along the direction across their planes.
#[derive(Debug)]
pub(crate) struct Frame {
    /// Two directions in the planes and the one across them, each of length 1.
    pub(crate) axes: [Vector; 3],
    /// The height of each contour and its points, the lowest first.
    pub(crate) contours: Vec<(f64, Vec<Point>)>,
    /// How many were left out because their points span nothing.
    pub(crate) without_area: usize,
}

impl Frame {
    pub(crate) fn of(contours: &[Vec<Vector>]) -> Result<Self, StructureError> {
        for coordinate in contours.iter().flatten().flatten() {
            if coordinate.is_nan() || coordinate.abs() > FARTHEST {
                return Err(StructureError::Coordinate(*coordinate));
            }
        }
        let spanned: Vec<(&Vec<Vector>, Vector)> = contours
            .iter()
            .filter_map(|contour| Some((contour, across(contour)?)))
            .collect();
        let sizes = spanned.iter().map(|(_, across)| *across);
        let largest = sizes.max_by(|a, b| length(*a).total_cmp(&length(*b)));
        let own = largest.and_then(unit).ok_or(StructureError::NoContours)?;
        let is_flat = |normal: Vector| {
            let mut all = spanned.iter();
            all.all(|(contour, _)| unevenness(contour, normal) <= FLAT)
        };
        // the noise of digits turns the direction of a small contour; that of the patient has none
        let axes = [[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]];
        let near = axes
            .into_iter()
            .find(|axis| dot(*axis, own).abs() > NEAR_AXIS);
        let normal = match near.filter(|axis| is_flat(*axis)) {
            Some(axis) => axis,
            None if is_flat(own) => to_head(own),
            None => return Err(why_not_flat(&spanned)),
        };
        let [first, second] = directions_in_plane(normal).ok_or(StructureError::NoContours)?;
        let mut flat: Vec<(f64, Vec<Point>)> = spanned
            .iter()
            .map(|(contour, _)| {
                let points = contour.iter();
                let points = points.map(|point| [dot(*point, first), dot(*point, second)]);
                (middle(contour, normal), polygon::without_repeats(points))
            })
            .collect();
        flat.sort_by(|one, other| one.0.total_cmp(&other.0));
        Ok(Self {
            axes: [first, second, normal],
            without_area: contours.len() - flat.len(),
            contours: flat,
        })
    }
}

/// The direction across a contour, of the length of an area; none where its points span no area.
fn across(points: &[Vector]) -> Option<Vector> {
    let from = *points.first()?;
    let size = |vector: Vector| dot(vector, vector);
    let away = |point: &&Vector| size(less(**point, from));
    let farthest = points.iter().max_by(|a, b| away(a).total_cmp(&away(b)))?;
    let along = less(*farthest, from);
    let of_triangle = |point: &Vector| cross(along, less(*point, from));
    let widest = points
        .iter()
        .map(of_triangle)
        .max_by(|a, b| size(*a).total_cmp(&size(*b)))?;
    if length(widest) / 2.0 < FLAT {
        return None;
    }
    // the sum over all points has less noise, but parts that turn either way cancel in it
    let sum = points.windows(2).fold([0.0; 3], |sum, pair| {
        let part = cross(less(pair[0], from), less(pair[1], from));
        [sum[0] + part[0], sum[1] + part[1], sum[2] + part[2]]
    });
    Some(if length(sum) > length(widest) / 10.0 {
        sum
    } else {
        widest
    })
}

fn middle(points: &[Vector], normal: Vector) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a mean")]
    let count = points.len().max(1) as f64;
    points.iter().map(|point| dot(*point, normal)).sum::<f64>() / count
}

/// How far a point lies from the plane of its contour, at most.
fn unevenness(points: &[Vector], normal: Vector) -> f64 {
    let height = middle(points, normal);
    let distances = points
        .iter()
        .map(|point| (dot(*point, normal) - height).abs());
    distances.fold(0.0, f64::max)
}

/// The end that points to the head, or else to the back, or to the left.
fn to_head(normal: Vector) -> Vector {
    let main = [2, 1, 0].into_iter().find(|at| normal[*at].abs() > 0.5);
    if main.is_some_and(|main| normal[main] < 0.0) {
        normal.map(|part| -part)
    } else {
        normal
    }
}

fn directions_in_plane(normal: Vector) -> Option<[Vector; 2]> {
    let along = if normal[0].abs() < 0.9 {
        [1.0, 0.0, 0.0]
    } else {
        [0.0, 1.0, 0.0]
    };
    let second = unit(cross(normal, along))?;
    Some([cross(second, normal), second])
}

/// One contour that is not flat by itself, or planes that are turned against one another.
fn why_not_flat(spanned: &[(&Vec<Vector>, Vector)]) -> StructureError {
    let own = |(contour, across): &(&Vec<Vector>, Vector)| {
        unit(*across).map_or(0.0, |normal| unevenness(contour, normal))
    };
    let distance = spanned.iter().map(own).fold(0.0, f64::max);
    if distance > FLAT {
        StructureError::NotFlat {
            distance,
            allowed: FLAT,
        }
    } else {
        StructureError::NotParallel
    }
}
