//! One plane of a structure: its contours without copies, and the area that even-odd filling fills.

use super::frame::{FLAT, ONE_PLANE};
use super::polygon::{Point, cut_repeated_path};
use super::relation::Relations;
use super::sweep::{Budget, TooIntricate};

/// Below this share of its largest contour the filled area of a plane is what contours that cancel leave.
const CANCELLED: f64 = 0.01;

/// A plane and the slab that it fills.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plane {
    /// Half-way between the lowest and the highest of its contours.
    pub(crate) position: f64,
    pub(crate) lowest: f64,
    pub(crate) highest: f64,
    pub(crate) polygons: Vec<Vec<Point>>,
    /// What even-odd filling fills.
    pub(crate) area: f64,
    pub(crate) lower: f64,
    pub(crate) upper: f64,
    pub(crate) said: Said,
}

/// What was found in a plane.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Said {
    /// Contours left out: those without an area, and copies of others.
    pub(crate) without_area: usize,
    pub(crate) copies: usize,
    /// Contours that cross themselves.
    pub(crate) crossed: usize,
    /// The area that two overlapping contours both enclose.
    pub(crate) overlap: f64,
    /// Whether its contours cancel one another.
    pub(crate) is_cancelled: bool,
}

impl Plane {
    /// Of contours with their heights, the lowest first: those that differ by no more than one plane may are one.
    /// Where a chain of them is longer than that, planes are told apart as well as their digits allow; the second
    /// says so.
    pub(crate) fn of(contours: Vec<(f64, Vec<Point>)>) -> (Vec<Self>, bool) {
        let mut chains: Vec<Vec<(f64, Vec<Point>)>> = Vec::new();
        for (height, polygon) in contours {
            let last = chains.last_mut();
            let near = last.filter(|chain| {
                let before = chain.last();
                before.is_some_and(|(before, _)| height - before <= ONE_PLANE)
            });
            match near {
                Some(chain) => chain.push((height, polygon)),
                None => chains.push(vec![(height, polygon)]),
            }
        }
        let mut planes: Vec<Self> = Vec::new();
        let mut is_open = false;
        for chain in chains {
            let ends = chain.first().zip(chain.last());
            let span = ends.map_or(0.0, |((first, _), (last, _))| last - first);
            let allowed = if span <= ONE_PLANE { span } else { FLAT };
            is_open |= allowed < span;
            let start = planes.len();
            for (height, polygon) in chain {
                let own = planes.iter_mut().skip(start).next_back();
                match own.filter(|plane| height - plane.lowest <= allowed) {
                    Some(plane) => plane.add(height, polygon),
                    None => planes.push(Self::new(height, polygon)),
                }
            }
        }
        (planes, is_open)
    }

    fn add(&mut self, height: f64, polygon: Vec<Point>) {
        self.highest = height;
        self.position = f64::midpoint(self.lowest, height);
        self.polygons.push(polygon);
    }

    fn new(position: f64, polygon: Vec<Point>) -> Self {
        Self {
            position,
            lowest: position,
            highest: position,
            polygons: vec![polygon],
            area: 0.0,
            lower: position,
            upper: position,
            said: Said::default(),
        }
    }

    pub(crate) fn thickness(&self) -> f64 {
        self.upper - self.lower
    }

    pub(crate) fn volume(&self) -> f64 {
        self.area * self.thickness()
    }

    /// Leaves out copies and what has no area, and measures what is filled.
    pub(crate) fn settle(&mut self, budget: &mut Budget) -> Result<(), TooIntricate> {
        let repeated = self.polygons.iter_mut().map(cut_repeated_path);
        self.said.copies = repeated.map(|times| times - 1).sum();
        let found = Relations::of(&self.polygons, budget)?;
        let empty: Vec<usize> = (0..found.each.len())
            .filter(|at| found.each[*at].filled.max(found.each[*at].doubled) < FLAT)
            .collect();
        let copies = found.copies();
        self.said.without_area = empty.len();
        self.said.copies += copies.len();
        let mut at = 0;
        self.polygons.retain(|_| {
            at += 1;
            !empty.contains(&(at - 1)) && !copies.contains(&(at - 1))
        });
        let found = if empty.is_empty() && copies.is_empty() {
            found
        } else {
            Relations::of(&self.polygons, budget)?
        };
        let crossed = found.each.iter().filter(|each| each.crosses_itself());
        self.said.crossed = crossed.count();
        self.said.overlap = found.overlap();
        self.area = found.area;
        let largest = found.each.iter().map(|each| each.filled);
        let largest = largest.fold(0.0, f64::max);
        self.said.is_cancelled = !self.polygons.is_empty() && self.area <= largest * CANCELLED;
        Ok(())
    }
}
