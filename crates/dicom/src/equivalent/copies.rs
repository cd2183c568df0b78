//! Doses that are one treatment by their voxels, whatever their references say.

use super::counted_once::{Overlap, overlap};
use super::source::{CHUNK, Source};
use crate::shared::Unsettled;

/// So many voxels tell that one dose is another times a number; fewer can be so by chance, or in a file made by
/// hand. This and the next two: this project's choice.
const ENOUGH_VOXELS: usize = 30;
/// Stored steps from which on a voxel tells.
const ENOUGH_STEPS: f64 = 10.0;
/// How far the doses of these voxels must lie apart: a uniform dose is a multiple of any other.
const ENOUGH_RANGE: f64 = 1.5;

/// A place of a dose, that of the dose it may be a copy of, and why.
pub(super) type Copied = (usize, usize, Unsettled);

/// The doses that may be copies of earlier ones, or the sum of all others.
pub(super) fn copies(sources: &[(usize, Source<'_, '_>)]) -> Vec<Copied> {
    let mut found = Vec::new();
    for (position, (at, source)) in sources.iter().enumerate() {
        // others are refused, or were accepted
        let earlier = sources
            .iter()
            .take(position)
            .filter(|(_, earlier)| overlap(earlier.dose, source.dose) == Overlap::Nothing);
        let mut alike = earlier.filter_map(|(other, earlier)| {
            let why = if same_voxels(earlier, source) {
                Unsettled::SameVoxels
            } else if is_proportional(earlier, source) {
                Unsettled::Proportional
            } else {
                return None;
            };
            Some((*at, *other, why))
        });
        found.extend(alike.next());
    }
    if sources.len() > 2 {
        let is_sum = |position: &usize| is_sum_of_others(sources, *position);
        if let Some(position) = (0..sources.len()).find(is_sum) {
            let at = |position: usize| sources.get(position).map_or(0, |(at, _)| *at);
            let other = if position == 0 { 1 } else { 0 };
            found.push((at(position), at(other), Unsettled::SumOfOthers));
        }
    }
    found
}

/// Calls a judge with the doses of the voxels of several sources, a chunk at a time, until it says no.
fn all_chunks<const N: usize>(
    sources: [&Source<'_, '_>; N],
    mut judge: impl FnMut([&[f64]; N]) -> bool,
) -> bool {
    let count = sources.iter().map(|source| source.len()).min().unwrap_or(0);
    let mut buffers = [[0.0; CHUNK]; N];
    (0..count).step_by(CHUNK).all(|start| {
        let length = CHUNK.min(count - start);
        for (source, buffer) in sources.iter().zip(&mut buffers) {
            source.fill(start, buffer.get_mut(..length).unwrap_or_default());
        }
        judge(
            buffers
                .each_ref()
                .map(|buffer| buffer.get(..length).unwrap_or_default()),
        )
    })
}

/// Half a stored step, by which a dose is rounded.
fn rounding(source: &Source<'_, '_>) -> f64 {
    source.scale * 0.5 * (1.0 + f64::from(f32::EPSILON))
}

/// Whether two doses are the same to the steps in which both are stored, on the grid of the first.
fn same_voxels(one: &Source<'_, '_>, other: &Source<'_, '_>) -> bool {
    // each is rounded to half a step of its own
    let step = rounding(one) + rounding(other);
    all_chunks([one, other], |[these, those]| {
        let mut pairs = these.iter().zip(those);
        pairs.all(|(one, other)| (one - other).abs() <= step)
    })
}

/// Whether a dose is another times one number, to the steps in which both are stored.
fn is_proportional(one: &Source<'_, '_>, other: &Source<'_, '_>) -> bool {
    let (step, other_step) = (rounding(one), rounding(other));
    // the number lies between these
    let (mut least, mut most) = (0.0_f64, f64::INFINITY);
    let (mut voxels, mut low, mut high) = (0, f64::INFINITY, 0.0_f64);
    let possible = all_chunks([one, other], |[these, those]| {
        for (one, other) in these.iter().zip(those) {
            if one - step > 0.0 {
                most = most.min((other + other_step) / (one - step));
            }
            least = least.max((other - other_step) / (one + step));
            let tells =
                *one >= ENOUGH_STEPS * 2.0 * step && *other >= ENOUGH_STEPS * 2.0 * other_step;
            if tells {
                voxels += 1;
                (low, high) = (low.min(*one), high.max(*one));
            }
        }
        least <= most
    });
    possible && voxels >= ENOUGH_VOXELS && high >= ENOUGH_RANGE * low
}

/// Whether a dose is the sum of all the others, to the steps in which they are stored.
fn is_sum_of_others(sources: &[(usize, Source<'_, '_>)], position: usize) -> bool {
    let Some((_, sum)) = sources.get(position) else {
        return false;
    };
    let mut parts = sources.iter().enumerate().filter(|(at, _)| *at != position);
    let step: f64 = sources.iter().map(|(_, source)| rounding(source)).sum();
    let count = sources
        .iter()
        .map(|(_, source)| source.len())
        .min()
        .unwrap_or(0);
    let parts: Vec<&Source<'_, '_>> = parts.by_ref().map(|(_, (_, source))| source).collect();
    let (mut whole, mut part, mut total) = ([0.0; CHUNK], [0.0; CHUNK], [0.0; CHUNK]);
    let mut is_dosed = false;
    let agrees = (0..count).step_by(CHUNK).all(|start| {
        let length = CHUNK.min(count - start);
        let (whole, part, total) = (
            whole.get_mut(..length).unwrap_or_default(),
            part.get_mut(..length).unwrap_or_default(),
            total.get_mut(..length).unwrap_or_default(),
        );
        sum.fill(start, whole);
        total.fill(0.0);
        for source in &parts {
            source.fill(start, part);
            for (total, part) in total.iter_mut().zip(&*part) {
                *total += part;
            }
        }
        is_dosed |= whole.iter().any(|dose| *dose > step);
        let mut pairs = whole.iter().zip(&*total);
        pairs.all(|(whole, total)| (whole - total).abs() <= step)
    });
    agrees && is_dosed
}
