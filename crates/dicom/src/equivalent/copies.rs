//! Doses that are one treatment by their voxels, whatever their references say.

use super::counted_once::{Overlap, overlap};
use super::source::{CHUNK, Source};
use crate::shared::Unsettled;

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
        let mut same = earlier.filter(|(_, earlier)| same_voxels(earlier, source));
        found.extend(
            same.next()
                .map(|(other, _)| (*at, *other, Unsettled::SameVoxels)),
        );
    }
    if sources.len() > 2 {
        let is_sum = |position: &usize| is_sum_of_others(sources, *position);
        if let Some(position) = (0..sources.len()).find(is_sum) {
            let at = |position: usize| sources.get(position).map_or(0, |(at, _)| *at);
            let other = usize::from(position == 0);
            found.push((at(position), at(other), Unsettled::SumOfOthers));
        }
    }
    found
}

/// Calls a judge with the doses of the voxels of several sources, a chunk at a time, until it says no.
fn all_chunks(sources: &[&Source<'_, '_>], mut judge: impl FnMut(&[&[f64]]) -> bool) -> bool {
    let count = sources.iter().map(|source| source.len()).min().unwrap_or(0);
    let mut buffers = vec![[0.0; CHUNK]; sources.len()];
    (0..count).step_by(CHUNK).all(|start| {
        let length = CHUNK.min(count - start);
        for (source, buffer) in sources.iter().zip(&mut buffers) {
            source.fill(start, buffer.get_mut(..length).unwrap_or_default());
        }
        let filled = buffers.iter().filter_map(|buffer| buffer.get(..length));
        judge(&filled.collect::<Vec<_>>())
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
    all_chunks(&[one, other], |doses| match doses {
        [these, those] => {
            let mut pairs = these.iter().zip(*those);
            pairs.all(|(one, other)| (one - other).abs() <= step)
        }
        _ => false,
    })
}

/// Whether a dose is the sum of all the others, to the steps in which they are stored.
fn is_sum_of_others(sources: &[(usize, Source<'_, '_>)], position: usize) -> bool {
    let Some((_, sum)) = sources.get(position) else {
        return false;
    };
    let parts = sources.iter().enumerate().filter(|(at, _)| *at != position);
    let parts = parts.map(|(_, (_, source))| source);
    let all: Vec<&Source<'_, '_>> = std::iter::once(sum).chain(parts).collect();
    let step: f64 = all.iter().map(|source| rounding(source)).sum();
    let mut is_dosed = false;
    let agrees = all_chunks(&all, |doses| {
        let Some((whole, parts)) = doses.split_first() else {
            return false;
        };
        is_dosed |= whole.iter().any(|dose| *dose > step);
        let mut whole = whole.iter().enumerate();
        whole.all(|(at, dose)| {
            let total: f64 = parts.iter().filter_map(|part| part.get(at)).sum();
            (dose - total).abs() <= step
        })
    });
    agrees && is_dosed
}
