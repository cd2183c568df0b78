//! Closed polygons of one plane: area, nesting, crossings.

use std::collections::HashMap;

/// A place in a plane, mm.
pub(crate) type Point = [f64; 2];

/// Twice the signed area; counter-clockwise is positive.
fn doubled_area(points: &[Point]) -> f64 {
    let Some(&[x0, y0]) = points.first() else {
        return 0.0;
    };
    // relative to the first point, so that far places lose no digits
    let pairs = points.windows(2);
    pairs
        .map(|pair| {
            let ([ax, ay], [bx, by]) = (pair[0], pair[1]);
            (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        })
        .sum()
}

/// The signed area; counter-clockwise is positive.
pub(crate) fn signed_area(points: &[Point]) -> f64 {
    doubled_area(points) / 2.0
}

/// The edges of a closed polygon.
pub(crate) fn edges(points: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    let ends = points.iter().cycle().skip(1);
    points.iter().copied().zip(ends.copied())
}

/// Without points that repeat the one before, or the first one at the end.
pub(crate) fn without_repeats(points: impl IntoIterator<Item = Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for point in points {
        if kept.last() != Some(&point) {
            kept.push(point);
        }
    }
    while kept.len() > 1 && kept.first() == kept.last() {
        kept.pop();
    }
    kept
}

/// Where a point lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Inside,
    Outside,
    OnEdge,
}

fn side(point: Point, polygon: &[Point]) -> Side {
    let [x, y] = point;
    let mut inside = false;
    for ([ax, ay], [bx, by]) in edges(polygon) {
        let cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
        let within = x >= ax.min(bx) && x <= ax.max(bx) && y >= ay.min(by) && y <= ay.max(by);
        if cross == 0.0 && within {
            return Side::OnEdge;
        }
        if (ay > y) != (by > y) && (cross > 0.0) == (by > ay) {
            inside = !inside;
        }
    }
    if inside { Side::Inside } else { Side::Outside }
}

/// Whether a polygon lies in another that it does not cross.
fn is_inside(inner: &[Point], outer: &[Point]) -> bool {
    let places = inner.iter().map(|point| side(*point, outer));
    let mut settled = places.filter(|place| *place != Side::OnEdge);
    settled.next() == Some(Side::Inside)
}

/// Turns polygons so that the sum of their signed areas is the area of even-odd filling: those inside an odd
/// number of others are holes. None of them crosses another.
pub(crate) fn orient(polygons: &mut [Vec<Point>]) {
    let depths: Vec<usize> = (0..polygons.len())
        .map(|at| {
            let others = polygons.iter().enumerate();
            let outer =
                others.filter(|(other, outer)| *other != at && is_inside(&polygons[at], outer));
            outer.count()
        })
        .collect();
    for (polygon, depth) in polygons.iter_mut().zip(depths) {
        let is_hole = depth % 2 == 1;
        if (signed_area(polygon) < 0.0) != is_hole {
            polygon.reverse();
        }
    }
}

/// Whether two closed polygons have the same points in the same order, from another start or in the other
/// direction.
#[allow(clippy::float_cmp, reason = "a copy has the same digits")]
pub(crate) fn is_same(one: &[Point], other: &[Point]) -> bool {
    if one.len() != other.len() || one.is_empty() {
        return false;
    }
    let starts = (0..other.len()).filter(|at| other[*at] == one[0]);
    starts.into_iter().any(|start| {
        let onward = other[start..].iter().chain(&other[..start]);
        let backward = other[..=start]
            .iter()
            .rev()
            .chain(other[start + 1..].iter().rev());
        one.iter().eq(onward) || one.iter().eq(backward)
    })
}

/// Twice the signed area of a triangle.
fn turn(a: Point, b: Point, c: Point) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// Whether two segments cross at a point that is an end of neither.
fn cross((a, b): (Point, Point), (c, d): (Point, Point)) -> bool {
    let differ = |one: f64, other: f64| (one > 0.0 && other < 0.0) || (one < 0.0 && other > 0.0);
    differ(turn(a, b, c), turn(a, b, d)) && differ(turn(c, d, a), turn(c, d, b))
}

/// A place where boundaries cross, of one polygon or of two.
pub(crate) fn crossing(polygons: &[Vec<Point>]) -> Option<Point> {
    let all: Vec<(Point, Point)> = polygons.iter().flat_map(|points| edges(points)).collect();
    let length: f64 = all
        .iter()
        .map(|([ax, ay], [bx, by])| (ax - bx).abs() + (ay - by).abs())
        .sum();
    // squares about as large as an edge is long, so that each holds a few edges
    #[allow(clippy::cast_precision_loss, reason = "the size of a square is free")]
    let size = (length / all.len().max(1) as f64).max(1e-6);
    let mut squares: HashMap<(i64, i64), Vec<usize>> = HashMap::new();
    for (at, edge) in all.iter().enumerate() {
        for square in squares_of(*edge, size) {
            let others = squares.entry(square).or_default();
            if others.iter().any(|other| cross(*edge, all[*other])) {
                return Some(edge.0);
            }
            others.push(at);
        }
    }
    None
}

/// The squares that an edge may touch.
fn squares_of((a, b): (Point, Point), size: f64) -> Vec<(i64, i64)> {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "places are bounded where they are read"
    )]
    let square = |place: f64| (place / size).floor() as i64;
    let mut squares = Vec::new();
    let (left, right) = if a[0] <= b[0] { (a, b) } else { (b, a) };
    for column in square(left[0])..=square(right[0]) {
        #[allow(clippy::cast_precision_loss, reason = "squares are few")]
        let (from, to) = (column as f64 * size, (column + 1) as f64 * size);
        let height = |x: f64| {
            let x = x.clamp(left[0], right[0]);
            if right[0] > left[0] {
                left[1] + (right[1] - left[1]) * ((x - left[0]) / (right[0] - left[0]))
            } else {
                left[1]
            }
        };
        let (mut low, mut high) = (height(from), height(to));
        if right[0] <= left[0] {
            high = right[1];
        }
        if low > high {
            std::mem::swap(&mut low, &mut high);
        }
        // a little more on both sides, for rounding
        squares.extend((square(low - 1e-9)..=square(high + 1e-9)).map(|row| (column, row)));
    }
    squares
}

#[cfg(test)]
mod tests {
    use super::{Point, crossing, is_same, orient, signed_area, without_repeats};

    fn square(x: f64, y: f64, side: f64) -> Vec<Point> {
        vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side]]
    }

    fn total(mut polygons: Vec<Vec<Point>>) -> f64 {
        orient(&mut polygons);
        polygons.iter().map(|points| signed_area(points)).sum()
    }

    #[test]
    fn even_odd_areas() {
        let reversed = |mut points: Vec<Point>| {
            points.reverse();
            points
        };
        let outer = square(0.0, 0.0, 10.0);
        let hole = square(2.0, 2.0, 4.0);
        let island = square(3.0, 3.0, 1.0);
        let beside = square(20.0, 0.0, 2.0);
        for (polygons, area) in [
            (vec![outer.clone()], 100.0),
            (vec![reversed(outer.clone())], 100.0),
            (vec![outer.clone(), hole.clone()], 84.0),
            (vec![hole.clone(), reversed(outer.clone())], 84.0),
            (vec![island.clone(), outer.clone(), hole.clone()], 85.0),
            (vec![outer.clone(), beside.clone()], 104.0),
            // a hole that touches the boundary
            (vec![outer.clone(), square(0.0, 2.0, 3.0)], 91.0),
        ] {
            assert!(
                (total(polygons.clone()) - area).abs() < 1e-9,
                "{polygons:?}"
            );
        }
        // a channel from the outer ring to the inner one
        let keyhole = vec![
            [0.0, 0.0],
            [10.0, 0.0],
            [10.0, 10.0],
            [0.0, 10.0],
            [0.0, 5.0],
            [3.0, 5.0],
            [3.0, 7.0],
            [7.0, 7.0],
            [7.0, 3.0],
            [3.0, 3.0],
            [3.0, 5.0],
            [0.0, 5.0],
        ];
        assert!((total(vec![keyhole.clone()]) - 84.0).abs() < 1e-9);
        assert_eq!(crossing(&[keyhole]), None);
    }

    #[test]
    fn crossings_are_found() {
        let bow = vec![[0.0, 0.0], [10.0, 10.0], [10.0, 0.0], [0.0, 10.0]];
        assert!(crossing(&[bow]).is_some());
        let overlap = [square(0.0, 0.0, 10.0), square(5.0, 5.0, 10.0)];
        assert!(crossing(&overlap).is_some());
        let nested = [square(0.0, 0.0, 10.0), square(2.0, 2.0, 5.0)];
        assert_eq!(crossing(&nested), None);
        // one long edge over many squares
        let long = vec![[0.0, 0.0], [1000.0, 1.0], [1000.0, 2.0], [0.0, 1.5]];
        assert_eq!(crossing(std::slice::from_ref(&long)), None);
        assert!(crossing(&[long, square(500.0, 0.4, 0.2)]).is_some());
    }

    #[test]
    fn repeats_and_copies() {
        let points = without_repeats([[0.0, 0.0], [0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]);
        assert_eq!(points, [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]);
        let turned = [[1.0, 0.0], [1.0, 1.0], [0.0, 0.0]];
        let reversed = [[1.0, 1.0], [1.0, 0.0], [0.0, 0.0]];
        assert!(is_same(&points, &turned) && is_same(&points, &reversed));
        assert!(!is_same(&points, &[[1.0, 1.0], [1.0, 0.0], [0.0, 0.5]]));
    }
}
