//! Which doses may be converted or added together.

use chemorad::number::Decimal;
use chemorad::report::{Finding, Outcome};
use chemorad_dosimetry::{IdentityFinding, Patient, PatientComparison};

use super::copies::copies;
use super::counted_once::{Overlap, overlap};
use super::error::ConvertError;
use super::finding::DerivedFinding;
use super::resample::Resampled;
use super::source::Source;
use super::terms::{GridPolicy, Outside, Together};
use crate::dose::grid::{Grid, is_same_offset};
use crate::error::quoted;
use crate::shared::Unsettled;
use crate::uid::Uid;

/// No dose twice, one patient, one grid.
pub(super) fn check_together(
    sources: &mut [(usize, Source<'_, '_>)],
    together: Together<'_>,
) -> Result<Vec<Finding>, ConvertError> {
    let mut notes = check_counted_once(sources, together.distinct)?;
    let patients: Vec<_> = sources
        .iter()
        .map(|(_, source)| &source.dose.patient)
        .collect();
    notes.extend(check_patient(&patients)?);
    let Some(((_, first), others)) = sources.split_first_mut() else {
        return Err(ConvertError::Nothing);
    };
    if !others.is_empty() {
        defined_frames(1, first)?;
    }
    for (at, source) in others {
        let at = *at;
        same_space(at, first, source)?;
        defined_frames(at, source)?;
        let Err(differs) = same_grid(at, first, source) else {
            continue;
        };
        // the same places, counted from another corner or along other axes
        if let Some(turned) = Resampled::new(at, first.grid, source.grid)
            .ok()
            .and_then(Resampled::reordered)
        {
            source.resampled = Some(turned);
            continue;
        }
        match (differs, together.grids) {
            (differs, GridPolicy::MustCoincide) => return Err(differs),
            (_, GridPolicy::Trilinear { outside }) => {
                let resampled = Resampled::new(at, first.grid, source.grid)?;
                if outside == Outside::Refuse && resampled.outside() > 0 {
                    return Err(ConvertError::Outside {
                        at,
                        outside: resampled.outside(),
                    });
                }
                source.resampled = Some(resampled);
            }
        }
    }
    for (at, other, why) in copies(sources) {
        notes.push(accepted(at, other, why, together.distinct)?);
    }
    Ok(notes)
}

/// Whether the doses are one person's: another Patient ID is refused, and what else differs is noted.
fn check_patient(patients: &[&Patient]) -> Result<Option<Finding>, ConvertError> {
    let names = (1..).map(|at: usize| format!("dose {at}").into());
    let files: Vec<_> = names.zip(patients.iter().copied()).collect();
    let comparison = PatientComparison::new(patients);
    if let [_, other, ..] = comparison.ids() {
        let at = other.first().map_or(1, |place| place + 1);
        return Err(ConvertError::Patient { at });
    }
    let nobody = comparison.without_id.len() == patients.len();
    if let (Some(place), false) = (comparison.without_id.first(), nobody) {
        return Err(ConvertError::NoPatient { at: place + 1 });
    }
    let alike = comparison.differences.is_empty();
    let mut finding = Finding::from(IdentityFinding::one_patient("doses", &files));
    if nobody && alike {
        if files.len() < 2 {
            return Ok(None);
        }
        // one frame of reference is one set of images, and checked next
        finding.outcome = Outcome::Warn;
        finding.remark("they lie in one frame of reference");
    }
    Ok(Some(finding).filter(|finding| finding.outcome != Outcome::Pass))
}

/// Nothing is counted twice; what the references do not settle is refused, or noted with the reason
/// for which it was accepted.
fn check_counted_once(
    sources: &[(usize, Source<'_, '_>)],
    distinct: Option<&str>,
) -> Result<Vec<Finding>, ConvertError> {
    let mut notes = Vec::new();
    for (position, (at, source)) in sources.iter().enumerate() {
        for (other, earlier) in sources.iter().take(position) {
            let (at, other) = (*at, *other);
            match (overlap(earlier.dose, source.dose), distinct) {
                (Overlap::Nothing, _) => {}
                (Overlap::Shared(what), _) => {
                    return Err(ConvertError::Twice { at, other, what });
                }
                (Overlap::Unsettled(why), reason) => notes.push(accepted(at, other, why, reason)?),
            }
        }
    }
    Ok(notes)
}

/// Doses that may share treatment are refused without a reason, and noted with it.
fn accepted(
    at: usize,
    other: usize,
    why: Unsettled,
    reason: Option<&str>,
) -> Result<Finding, ConvertError> {
    let Some(reason) = reason else {
        return Err(ConvertError::PerhapsTwice { at, other, why });
    };
    Ok(DerivedFinding::TakenAsDistinct {
        dose: at,
        other,
        why,
        reason: reason.into(),
    }
    .into())
}

/// `1, 0, 0`, or what stands for lengths that are not stated.
fn shown(lengths: Option<&[Decimal]>) -> String {
    let Some(lengths) = lengths else {
        return "not stated".into();
    };
    let lengths: Vec<String> = lengths.iter().map(ToString::to_string).collect();
    quoted(&lengths.join(", "))
}

/// Positions mean the same in both; no resampling makes up for another frame of reference.
fn same_space(
    at: usize,
    first: &Source<'_, '_>,
    other: &Source<'_, '_>,
) -> Result<(), ConvertError> {
    let frame = |source: &Source<'_, '_>| source.dose.identity.frame_of_reference.clone();
    let (frame, other) = (frame(first), frame(other));
    if frame.is_some() && frame == other {
        return Ok(());
    }
    if frame.is_none() && other.is_none() {
        return Err(ConvertError::NoSpace { at });
    }
    let shown = |frame: Option<Uid>| frame.map_or("not stated".into(), |uid| uid.to_string());
    Err(ConvertError::Space {
        at,
        first: shown(frame),
        found: shown(other),
    })
}

/// Where its frames lie is defined.
fn defined_frames(at: usize, source: &Source<'_, '_>) -> Result<(), ConvertError> {
    if let Some(geometry) = source.grid.impossible() {
        return Err(ConvertError::Geometry { at, geometry });
    }
    match source.grid.undefined_first_offset() {
        Some(first) => Err(ConvertError::FirstOffset { at, first }),
        None => Ok(()),
    }
}

/// Whether there are as many lengths, and each is the same.
fn same_lengths(one: Option<&[Decimal]>, other: Option<&[Decimal]>) -> bool {
    one.zip(other).is_some_and(|(one, other)| {
        let mut pairs = one.iter().zip(other);
        one.len() == other.len() && pairs.all(|(one, other)| is_same_offset(*one, *other))
    })
}

/// How two lists of lengths are compared.
type Same = fn(Option<&[Decimal]>, Option<&[Decimal]>) -> bool;

fn list<const N: usize>(values: Option<&[Decimal; N]>) -> Option<&[Decimal]> {
    values.map(<[Decimal; N]>::as_slice)
}

fn exactly(one: Option<&[Decimal]>, other: Option<&[Decimal]>) -> bool {
    one.is_some() && one == other
}

fn same_grid(
    at: usize,
    first: &Source<'_, '_>,
    other: &Source<'_, '_>,
) -> Result<(), ConvertError> {
    let differs = |what, first: String, found: String| {
        Err(ConvertError::Grid {
            at,
            what,
            first,
            found,
        })
    };
    let (a, b) = (first.grid, other.grid);
    let size = |grid: &Grid| {
        let Grid {
            frames,
            rows,
            columns,
            ..
        } = grid;
        format!("{frames} x {rows} x {columns}")
    };
    if size(a) != size(b) {
        return differs("size (frames, rows, columns)", size(a), size(b));
    }
    let (distances, others) = (a.frame_distances(), b.frame_distances());
    let lists: [(_, _, _, Same); 4] = [
        (
            "position, mm",
            list(a.position.as_ref()),
            list(b.position.as_ref()),
            same_lengths,
        ),
        (
            "orientation",
            list(a.orientation.as_ref()),
            list(b.orientation.as_ref()),
            exactly,
        ),
        (
            "pixel spacing, mm",
            list(a.spacing.as_ref()),
            list(b.spacing.as_ref()),
            exactly,
        ),
        (
            "distance of the frames, mm",
            distances.as_deref(),
            others.as_deref(),
            same_lengths,
        ),
    ];
    for (what, one, other, same) in lists {
        if !same(one, other) {
            return differs(what, shown(one), shown(other));
        }
    }
    Ok(())
}
