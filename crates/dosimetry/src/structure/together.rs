//! The structures of one set beside one another: what contours in the wrong place give away.

use std::collections::BTreeMap;

use super::frame::{FLAT, ONE_PLANE};
use super::note::StructureNote;

/// The height of a structure's contours of one image, and how many they are.
type Contours = Option<(f64, usize)>;

/// Fewer planes say nothing of how planes lie.
const FEWEST: usize = 3;

/// A structure as the set has it.
///
/// ```
/// use chemorad_dosimetry::{DrawnStructure, StructureNote, notes_of_set};
/// let square = |x: f64, z: f64| vec![[x, 0.0, z], [x + 9.0, 0.0, z], [x + 9.0, 9.0, z]];
/// let [left, right] = [40.0, -40.0].map(|x| [square(x, 0.0), square(x, 3.0)]);
/// let named = |name, contours| DrawnStructure { name: Some(name), contours, images: &[] };
/// assert!(notes_of_set(&[named("Femur_L", &left), named("Femur_R", &right)]).is_empty());
/// let exchanged = notes_of_set(&[named("Femur_R", &left), named("Femur_L", &right)]);
/// assert!(matches!(exchanged[..], [(0, StructureNote::OtherSide { .. }), (1, _)]));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct DrawnStructure<'a> {
    /// Its name in the file.
    pub name: Option<&'a str>,
    /// Its closed contours in patient coordinates (x to the left, y to the back, z to the head), mm.
    pub contours: &'a [Vec<[f64; 3]>],
    /// The image that each contour names, in the same order; shorter where nothing names one.
    pub images: &'a [Option<String>],
}

/// What the structures of a set say of one another, each with its place in the list: a contour that lies in another
/// plane than those of the same image, planes between those of the structure with most planes, and left and right
/// exchanged. A structure that was moved together with its image references, or by whole planes where none are
/// stated, is not seen.
#[must_use]
pub fn notes_of_set(structures: &[DrawnStructure<'_>]) -> Vec<(usize, StructureNote)> {
    let heights: Vec<Vec<Option<f64>>> = structures
        .iter()
        .map(|one| one.contours.iter().map(|contour| height(contour)).collect())
        .collect();
    let mut notes = images(structures, &heights);
    notes.extend(between(&heights));
    notes.extend(sides(structures));
    notes.sort_by_key(|(place, _)| *place);
    notes
}

/// The height of an axial contour.
fn height(contour: &[[f64; 3]]) -> Option<f64> {
    let first = contour.first()?[2];
    let is_axial = contour.iter().all(|point| (point[2] - first).abs() <= FLAT);
    is_axial.then_some(first)
}

/// Contours that name an image whose other contours lie in another plane: that of most structures holds.
fn images(
    structures: &[DrawnStructure<'_>],
    heights: &[Vec<Option<f64>>],
) -> Vec<(usize, StructureNote)> {
    let is_one = |one: f64, other: f64| (one - other).abs() <= ONE_PLANE;
    // of each image: the structures, each with its height and its contours there; none where those lie in several
    // planes, which are references that are no help
    let mut of_image: BTreeMap<&str, BTreeMap<usize, Contours>> = BTreeMap::new();
    for (place, (structure, heights)) in structures.iter().zip(heights).enumerate() {
        for (image, height) in structure.images.iter().zip(heights) {
            if let (Some(image), Some(height)) = (image, height) {
                let own = of_image.entry(image).or_default();
                let own = own.entry(place).or_insert(Some((*height, 0)));
                *own = own
                    .filter(|(first, _)| is_one(*first, *height))
                    .map(|(first, contours)| (first, contours + 1));
            }
        }
    }
    let mut wrong: BTreeMap<usize, (usize, f64)> = BTreeMap::new();
    for found in of_image.into_values() {
        let all = found.into_iter();
        let all = all.map(|(place, one)| one.map(|(height, contours)| (place, height, contours)));
        let Some(found) = all.collect::<Option<Vec<_>>>() else {
            continue;
        };
        // how many structures have a contour of this image in the plane, and how many contours those have in all
        let support = |height: f64| {
            let there = found.iter().filter(|(_, other, _)| is_one(height, *other));
            there.fold((0, 0), |(places, contours), (place, ..)| {
                let own = structures.get(*place).map_or(0, |one| one.contours.len());
                (places + 1, contours + own)
            })
        };
        let most = found.iter().map(|(_, height, _)| support(*height)).max();
        let Some(most) = most.filter(|(places, _)| *places < found.len()) else {
            continue;
        };
        let held: Vec<f64> = found
            .iter()
            .map(|(_, height, _)| *height)
            .filter(|height| support(*height) == most)
            .collect();
        for (place, height, contours) in &found {
            let away = held.iter().map(|other| (height - other).abs());
            let away = away.fold(0.0, f64::max);
            if away > ONE_PLANE {
                let all = wrong.entry(*place).or_insert((0, 0.0));
                *all = (all.0 + contours, all.1.max(away));
            }
        }
    }
    let wrong = wrong.into_iter();
    wrong
        .map(|(place, (contours, distance))| {
            (place, StructureNote::OtherImage { contours, distance })
        })
        .collect()
}

/// Structures whose planes lie between those of the structure with most planes.
fn between(heights: &[Vec<Option<f64>>]) -> Vec<(usize, StructureNote)> {
    let planes: Vec<Vec<f64>> = heights
        .iter()
        .map(|heights| {
            let mut all: Vec<f64> = heights.iter().flatten().copied().collect();
            all.sort_by(f64::total_cmp);
            all.dedup_by(|next, kept| *next - *kept <= ONE_PLANE);
            all
        })
        .collect();
    let Some(reference) = (0..planes.len()).max_by_key(|at| (planes[*at].len(), usize::MAX - at))
    else {
        return Vec::new();
    };
    let of = &planes[reference];
    let Some(spacing) = usual(of).filter(|_| of.len() > FEWEST) else {
        return Vec::new();
    };
    // from the nearest plane in whole steps
    let off = |plane: f64| {
        let after = of.partition_point(|other| *other < plane);
        let near = [after.checked_sub(1), Some(after)].into_iter().flatten();
        let distances = near.filter_map(|at| Some((plane - of.get(at)?).abs()));
        let distance = distances.fold(f64::INFINITY, f64::min);
        (distance - (distance / spacing).round() * spacing).abs()
    };
    let mut notes = Vec::new();
    let mut others = 0;
    for (place, own) in planes.iter().enumerate() {
        if place == reference || own.len() < FEWEST {
            continue;
        }
        others += 1;
        let away: Vec<f64> = own.iter().map(|plane| off(*plane)).collect();
        let count = away.iter().filter(|away| **away > ONE_PLANE).count();
        let on_planes = own.len() - count;
        // a finer spacing has planes between, and others on the planes
        let steps = usual(own).map_or(1.0, |own| spacing / own);
        let is_finer = steps.round() > 1.0 && (steps - steps.round()).abs() < 0.02;
        if count > 0 && (on_planes == 0 || !is_finer) {
            let distance = away.into_iter().fold(0.0, f64::max);
            let note = StructureNote::BetweenPlanes {
                planes: count,
                of: own.len(),
                distance,
                spacing,
            };
            notes.push((place, note));
        }
    }
    // it is the one that was moved, where all others lie between its planes
    if others > 1 && notes.len() == others {
        let distance = notes.iter().map(|(_, note)| match note {
            StructureNote::BetweenPlanes { distance, .. } => *distance,
            _ => 0.0,
        });
        let note = StructureNote::BetweenPlanes {
            planes: of.len(),
            of: of.len(),
            distance: distance.fold(0.0, f64::max),
            spacing,
        };
        return vec![(reference, note)];
    }
    notes
}

/// The spacing in the middle of all.
fn usual(planes: &[f64]) -> Option<f64> {
    let mut all: Vec<f64> = planes.windows(2).map(|pair| pair[1] - pair[0]).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied()
}

/// Left is true; and the rest of the name.
fn side(name: &str) -> Option<(bool, Vec<String>)> {
    let mut words: Vec<String> = name
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let is_left = |word: &str| match word {
        "left" | "lt" | "l" => Some(true),
        "right" | "rt" | "r" => Some(false),
        _ => None,
    };
    let at = words.iter().position(|word| is_left(word).is_some())?;
    let left = is_left(&words.remove(at))?;
    let is_clear = !words.is_empty() && words.iter().all(|word| is_left(word).is_none());
    words.sort_unstable();
    is_clear.then_some((left, words))
}

/// The middle from left to right.
fn middle(contours: &[Vec<[f64; 3]>]) -> Option<f64> {
    let all = || contours.iter().flatten().map(|point| point[0]);
    let (low, high) = (all().min_by(f64::total_cmp)?, all().max_by(f64::total_cmp)?);
    Some(f64::midpoint(low, high))
}

/// Pairs whose left one lies to the right of the other.
fn sides(structures: &[DrawnStructure<'_>]) -> Vec<(usize, StructureNote)> {
    let mut pairs: BTreeMap<Vec<String>, [Vec<(usize, f64)>; 2]> = BTreeMap::new();
    for (place, structure) in structures.iter().enumerate() {
        let side = structure.name.and_then(side);
        if let (Some((left, rest)), Some(middle)) = (side, middle(structure.contours)) {
            pairs.entry(rest).or_default()[usize::from(!left)].push((place, middle));
        }
    }
    let mut notes = Vec::new();
    for pair in pairs.into_values() {
        if let ([(left, of_left)], [(right, of_right)]) = (&pair[0][..], &pair[1][..]) {
            let distance = of_right - of_left;
            if distance > 0.0 {
                notes.push((
                    *left,
                    StructureNote::OtherSide {
                        left: true,
                        distance,
                    },
                ));
                notes.push((
                    *right,
                    StructureNote::OtherSide {
                        left: false,
                        distance,
                    },
                ));
            }
        }
    }
    notes
}

#[cfg(test)]
#[path = "together_tests.rs"]
mod tests;
