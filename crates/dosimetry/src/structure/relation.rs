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

/// The contours of a plane, each by itself and in pairs.
#[derive(Debug, Default)]
pub(crate) struct Relations {
    pub(crate) each: Vec<Enclosed>,
    /// What two contours both enclose, by their numbers, the smaller one first.
    both: BTreeMap<(usize, usize), f64>,
}

impl Relations {
    pub(crate) fn of(polygons: &[Vec<Point>], budget: &mut Budget) -> Result<Self, TooIntricate> {
        let mut result = Self {
            each: vec![Enclosed::default(); polygons.len()],
            both: BTreeMap::new(),
        };
        let mut turns = vec![0_i64; polygons.len()];
        let mut around: Vec<usize> = Vec::new();
        sweep(polygons, budget, |strip| {
            let mut steps = 0;
            // closed polygons: behind the last edge nothing goes around
            for (pass, space) in strip.passes.iter().zip(strip.spaces().chain([0.0])) {
                let own = pass.polygon;
                turns[own] += if pass.rises { -1 } else { 1 };
                let place = around.binary_search(&own);
                match (turns[own], place) {
                    (0, Ok(place)) => {
                        around.remove(place);
                    }
                    (0, Err(_)) | (_, Ok(_)) => {}
                    (_, Err(place)) => around.insert(place, own),
                }
                result.add(&around, &turns, space);
                steps += (around.len() * around.len()) as u64;
            }
            steps
        })?;
        for (each, points) in result.each.iter_mut().zip(polygons) {
            each.perimeter = perimeter(points);
        }
        Ok(result)
    }

    /// Adds a space, with the contours that go around it and how many times.
    fn add(&mut self, around: &[usize], turns: &[i64], space: f64) {
        let is_odd = |at: &usize| turns[*at] % 2 != 0;
        for (place, at) in around.iter().enumerate() {
            let own = &mut self.each[*at];
            own.turned[usize::from(turns[*at] < 0)] += space;
            if !is_odd(at) {
                own.doubled += space;
                continue;
            }
            own.filled += space;
            for other in around[place + 1..].iter().filter(|other| is_odd(other)) {
                *self.both.entry((*at, *other)).or_default() += space;
            }
        }
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
