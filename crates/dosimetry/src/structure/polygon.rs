//! Closed polygons of one plane: their edges, and points that repeat.

/// A place in a plane, mm.
pub(crate) type Point = [f64; 2];

/// The edges of a closed polygon.
pub(crate) fn edges(points: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    let ends = points.iter().cycle().skip(1);
    points.iter().copied().zip(ends.copied())
}

/// The length of the boundary.
pub(crate) fn perimeter(points: &[Point]) -> f64 {
    edges(points)
        .map(|([ax, ay], [bx, by])| (ax - bx).hypot(ay - by))
        .sum()
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

/// How many times the same path is drawn in one contour; all but the first are cut off.
pub(crate) fn cut_repeated_path(points: &mut Vec<Point>) -> usize {
    let count = points.len();
    let Some(first) = points.first() else {
        return 1;
    };
    let starts = (3..=count / 2).filter(|at| count % at == 0 && points.get(*at) == Some(first));
    let is_path = |length: &usize| points[*length..] == points[..count - length];
    let length = starts.into_iter().find(is_path).unwrap_or(count);
    points.truncate(length);
    count.checked_div(length).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::{cut_repeated_path, perimeter, without_repeats};

    #[test]
    fn repeats() {
        let points = without_repeats([[0.0, 0.0], [0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]);
        assert_eq!(points, [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]);
        assert!((perimeter(&points) - 2.0 - 2.0_f64.sqrt()).abs() < 1e-12);
        for times in 1..5 {
            let mut path = points.repeat(times);
            assert_eq!(cut_repeated_path(&mut path), times);
            assert_eq!(path, points);
        }
        // one point that is passed twice is no repeated path
        let mut eight = vec![
            [0.0, 0.0],
            [1.0, 0.0],
            [1.0, 1.0],
            [0.0, 0.0],
            [-1.0, 0.0],
            [-1.0, -1.0],
        ];
        assert_eq!(cut_repeated_path(&mut eight), 1);
        assert_eq!(eight.len(), 6);
        assert_eq!(cut_repeated_path(&mut Vec::new()), 1);
    }
}
