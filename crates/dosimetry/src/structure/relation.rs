//! How the contours of a plane lie to one another: copies, overlaps, crossings. By areas, so that it does not
//! matter which edges touch. It settles what is said and which copies are left out; what is filled follows from
//! even-odd filling alone.

use std::collections::BTreeMap;

use super::frame::FLAT;
use super::polygon::{Point, perimeter};
use super::sweep::{Budget, TooIntricate, sweep};

/// Contours whose boundaries lie closer than this on average are copies, mm: finer than any image.
pub(crate) const COPY: f64 = 0.2;
/// By which share of the smaller one the areas of copies may differ at most.
const COPY_SHARE: f64 = 0.05;

/// What a contour encloses.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Enclosed {
    /// An odd number of times: what even-odd filling fills.
    pub(crate) filled: f64,
    /// An even number of times, above 0: it winds over itself there.
    pub(crate) doubled: f64,
    /// Left and right of the direction in which it is drawn; both where it crosses itself.
    turned: [f64; 2],
    perimeter: f64,
}

impl Enclosed {
    /// Adds a space that it goes around so many times.
    fn add(&mut self, turns: i64, space: f64) {
        if turns == 0 {
            return;
        }
        self.turned[usize::from(turns < 0)] += space;
        if turns % 2 == 0 {
            self.doubled += space;
        } else {
            self.filled += space;
        }
    }

    /// An area that the noise of digits may make along the boundary.
    fn noise(&self) -> f64 {
        FLAT * self.perimeter
    }

    pub(crate) fn winds_over_itself(&self) -> bool {
        self.doubled > self.noise()
    }

    pub(crate) fn crosses_itself(&self) -> bool {
        self.turned[0].min(self.turned[1]) > self.noise()
    }
}

/// What two contours both enclose: side by side where they are few enough for it.
enum Pairs {
    All(usize, Vec<f64>),
    Few(BTreeMap<(usize, usize), f64>),
}

impl Pairs {
    /// Contours of which every pair may have a place.
    const MOST: usize = 1024;

    fn of(contours: usize) -> Self {
        if contours <= Self::MOST {
            Self::All(contours, vec![0.0; contours * contours])
        } else {
            Self::Few(BTreeMap::new())
        }
    }

    fn add(&mut self, one: usize, other: usize, space: f64) {
        match self {
            Self::All(contours, spaces) => {
                if let Some(own) = spaces.get_mut(one * *contours + other) {
                    *own += space;
                }
            }
            Self::Few(spaces) => *spaces.entry((one, other)).or_default() += space,
        }
    }

    fn found(self) -> BTreeMap<(usize, usize), f64> {
        match self {
            Self::All(contours, spaces) => {
                let all = spaces.into_iter().enumerate();
                let found = all.filter(|(_, space)| *space > 0.0);
                found
                    .map(|(at, space)| ((at / contours, at % contours), space))
                    .collect()
            }
            Self::Few(spaces) => spaces,
        }
    }
}

/// The contours of a plane, each by itself and in pairs.
#[derive(Debug, Default)]
pub(crate) struct Relations {
    pub(crate) each: Vec<Enclosed>,
    /// What even-odd filling of all of them fills.
    pub(crate) area: f64,
    /// What two contours both enclose, by their numbers, the smaller one first.
    both: BTreeMap<(usize, usize), f64>,
}

impl Relations {
    pub(crate) fn of(polygons: &[Vec<Point>], budget: &mut Budget) -> Result<Self, TooIntricate> {
        let mut result = Self {
            each: vec![Enclosed::default(); polygons.len()],
            area: 0.0,
            both: BTreeMap::new(),
        };
        let mut pairs = Pairs::of(polygons.len());
        let mut turns = vec![0_i64; polygons.len()];
        // how much of the strip lay left of where a contour was passed last
        let mut since = vec![0.0; polygons.len()];
        let mut odd: Vec<usize> = Vec::new();
        sweep(polygons, budget, |strip| {
            result.area += strip.spaces().step_by(2).sum::<f64>();
            let (mut steps, mut left) = (0, 0.0);
            // closed polygons: behind the last edge nothing goes around
            for (pass, space) in strip.passes.iter().zip(strip.spaces().chain([0.0])) {
                let own = pass.polygon;
                result.each[own].add(turns[own], left - since[own]);
                if turns[own] % 2 == 0 {
                    odd.push(own);
                } else {
                    odd.retain(|other| *other != own);
                    for other in &odd {
                        let both = left - since[own].max(since[*other]);
                        pairs.add(own.min(*other), own.max(*other), both);
                    }
                    steps += 2 * odd.len() as u64;
                }
                turns[own] += if pass.rises { -1 } else { 1 };
                since[own] = left;
                left += space;
            }
            steps
        })?;
        result.both = pairs.found();
        for (each, points) in result.each.iter_mut().zip(polygons) {
            each.perimeter = perimeter(points);
        }
        Ok(result)
    }

    /// Contours that repeat another one that is kept: the larger of two.
    pub(crate) fn copies(&self) -> Vec<usize> {
        let mut copies = Vec::new();
        for ((one, other), both) in &self.both {
            if copies.contains(one) || copies.contains(other) {
                continue;
            }
            let (of_one, of_other) = (&self.each[*one], &self.each[*other]);
            let smaller = of_one.filled.min(of_other.filled);
            let differs = of_one.filled + of_other.filled - 2.0 * both;
            let shorter = of_one.perimeter.min(of_other.perimeter);
            if differs <= COPY * shorter && differs <= COPY_SHARE * smaller {
                let is_first = of_one.filled < of_other.filled;
                copies.push(if is_first { *one } else { *other });
            }
        }
        copies
    }

    /// The area in two contours of which neither lies in the other, or that one contour encloses twice.
    pub(crate) fn overlap(&self) -> f64 {
        let pairs = self.both.iter().filter(|((one, other), both)| {
            let (of_one, of_other) = (&self.each[*one], &self.each[*other]);
            let smaller = if of_one.filled < of_other.filled {
                of_one
            } else {
                of_other
            };
            // neither beside the other nor within it
            **both > smaller.noise() && smaller.filled - **both > smaller.noise()
        });
        let doubled = self.each.iter().filter(|each| each.winds_over_itself());
        pairs.map(|(_, both)| both).sum::<f64>() + doubled.map(|each| each.doubled).sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::Relations;
    use crate::structure::polygon::Point;
    use crate::structure::sweep::Budget;

    fn square(half: f64) -> Vec<Point> {
        vec![[-half, -half], [half, -half], [half, half], [-half, half]]
    }

    /// Each in the next one: what both of two enclose is the smaller one.
    #[test]
    fn many_in_one_another() {
        for count in [60_u16, 300] {
            let halves = (1..=count).map(f64::from);
            let polygons: Vec<Vec<Point>> = halves.map(square).collect();
            let found = Relations::of(&polygons, &mut Budget::new()).unwrap();
            for (half, each) in (1..).zip(&found.each) {
                let area = 4.0 * f64::from(half) * f64::from(half);
                assert!((each.filled - area).abs() < 1e-6 && !each.winds_over_itself());
            }
            let last = usize::from(count) - 1;
            let both = found.both.get(&(last - 1, last)).copied().unwrap();
            let smaller = f64::from(count - 1);
            assert!((both - 4.0 * smaller * smaller).abs() < 1e-6);
            assert!(found.copies().is_empty() && found.overlap() <= 0.0);
            // rings of 4 (2 n - 1), every second one
            let rings = f64::from(count / 2);
            assert!((found.area - 4.0 * rings * (2.0 * rings + 1.0)).abs() < 1e-5);
        }
    }
}
