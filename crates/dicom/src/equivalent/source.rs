//! Which doses may be converted or added together, and the pass over their voxels.

use std::collections::BTreeSet;

use chemorad::radiobiology::VoxelError;

use super::ConvertError;
use crate::dose::Pixels;
use crate::{Dose, DoseType, DoseUnits, Grid, SummationType};

/// A dose with its pixels and scale, checked to be absorbed dose in gray.
#[derive(Clone, Copy)]
pub(super) struct Source<'s, 'f> {
    pub(super) dose: &'s Dose<'f>,
    pub(super) grid: &'s Grid,
    pub(super) pixels: Pixels<'f>,
    pub(super) scale: f64,
}

pub(super) fn source<'s, 'f>(
    at: usize,
    dose: &'s Dose<'f>,
) -> Result<Source<'s, 'f>, ConvertError> {
    if dose.units != DoseUnits::Gray {
        return Err(ConvertError::Units {
            at,
            units: dose.units.clone(),
        });
    }
    if dose.dose_type != DoseType::Physical {
        return Err(ConvertError::DoseType {
            at,
            dose_type: dose.dose_type.clone(),
        });
    }
    let no_grid = ConvertError::NoGrid { at };
    let (Some(grid), Some(pixels), Some(scaling)) = (&dose.grid, dose.pixels, &dose.scaling) else {
        return Err(no_grid);
    };
    let Some(maximum) = dose.maximum() else {
        return Err(no_grid);
    };
    // next to a brachytherapy source the dose has no bound
    let bound = if dose.summation == SummationType::Brachy {
        1_000_000_000
    } else {
        1_000
    };
    if maximum > bound.into() {
        return Err(ConvertError::Implausible {
            at,
            maximum: maximum.to_string(),
        });
    }
    Ok(Source {
        dose,
        grid,
        pixels,
        scale: scaling.value().to_f64(),
    })
}

/// No dose twice, one patient, one grid.
pub(super) fn check_together(sources: &[(usize, Source<'_, '_>)]) -> Result<(), ConvertError> {
    let Some(((_, first), others)) = sources.split_first() else {
        return Err(ConvertError::Nothing);
    };
    let mut instances = BTreeSet::new();
    let mut beams = BTreeSet::new();
    for (at, source) in sources {
        let at = *at;
        let instance = source.dose.identity.sop_instance.as_deref();
        if instance.is_some_and(|instance| !instances.insert(instance)) {
            return Err(ConvertError::Twice {
                at,
                what: "this dose (by its SOP Instance UID)",
            });
        }
        let named: BTreeSet<_> = if source.dose.summation == SummationType::Beam {
            source
                .dose
                .plans
                .iter()
                .flat_map(|plan| {
                    plan.fraction_groups.iter().flat_map(move |group| {
                        group.beams.iter().map(move |beam| {
                            (plan.plan.sop_instance.as_deref(), group.number, *beam)
                        })
                    })
                })
                .collect()
        } else {
            BTreeSet::new()
        };
        if named.into_iter().any(|beam| !beams.insert(beam)) {
            return Err(ConvertError::Twice {
                at,
                what: "a beam of this dose",
            });
        }
    }
    for (at, source) in others {
        let (id, other) = (&first.dose.patient.id, &source.dose.patient.id);
        if id != other {
            return Err(ConvertError::Patient { at: *at });
        }
        same_grid(*at, first, source)?;
    }
    Ok(())
}

fn same_grid(
    at: usize,
    first: &Source<'_, '_>,
    other: &Source<'_, '_>,
) -> Result<(), ConvertError> {
    fn shown<T: std::fmt::Debug>(value: &T) -> String {
        crate::error::quoted(&format!("{value:?}"))
    }
    let differs = |what, first: String, found: String| {
        Err(ConvertError::Grid {
            at,
            what,
            first,
            found,
        })
    };
    let size = |grid: &Grid| (grid.frames, grid.rows, grid.columns);
    let frame = |source: &Source<'_, '_>| source.dose.identity.frame_of_reference.clone();
    let (a, b) = (first.grid, other.grid);
    if size(a) != size(b) {
        return differs(
            "size (frames, rows, columns)",
            shown(&size(a)),
            shown(&size(b)),
        );
    }
    if frame(first).is_none() || frame(first) != frame(other) {
        return differs(
            "frame of reference",
            shown(&frame(first)),
            shown(&frame(other)),
        );
    }
    if a.position.is_none() || a.position != b.position {
        return differs("position", shown(&a.position), shown(&b.position));
    }
    if a.orientation.is_none() || a.orientation != b.orientation {
        return differs("orientation", shown(&a.orientation), shown(&b.orientation));
    }
    if a.spacing.is_none() || a.spacing != b.spacing {
        return differs("pixel spacing", shown(&a.spacing), shown(&b.spacing));
    }
    let (distances, others) = (a.frame_distances(), b.frame_distances());
    if distances.is_none() || distances != others {
        return differs("frame offsets", shown(&distances), shown(&others));
    }
    Ok(())
}

/// Voxels converted together: both buffers stay in the processor's nearest memory.
const CHUNK: usize = 2_048;

/// The sources of a phase and what its conversion needs.
pub(super) type Group<'g, 's, 'f, N> = (&'g [(usize, Source<'s, 'f>)], N);

pub(super) fn voxels<N: Copy>(
    phases: &[Group<'_, '_, '_, N>],
    convert: impl Fn(&mut [f64], N) -> Result<(), VoxelError>,
) -> Result<Vec<f32>, ConvertError> {
    let count = phases
        .iter()
        .flat_map(|(sources, _)| sources.iter())
        .map(|(_, source)| source.pixels.len())
        .min()
        .unwrap_or(0);
    let mut result = vec![0.0_f32; count];
    let (mut part, mut phase, mut total) = ([0.0; CHUNK], [0.0; CHUNK], [0.0; CHUNK]);
    for (index, out) in result.chunks_mut(CHUNK).enumerate() {
        let start = index * CHUNK;
        let length = out.len();
        let (part, phase, total) = (
            part.get_mut(..length).unwrap_or_default(),
            phase.get_mut(..length).unwrap_or_default(),
            total.get_mut(..length).unwrap_or_default(),
        );
        total.fill(0.0);
        for (sources, fractions) in phases {
            let mut at = 0;
            for (position, (number, source)) in sources.iter().enumerate() {
                at = *number;
                if position == 0 {
                    source.pixels.scaled(start, source.scale, phase);
                } else {
                    source.pixels.scaled(start, source.scale, part);
                    add(phase, part);
                }
            }
            convert(phase, *fractions).map_err(|source| ConvertError::Voxels { at, source })?;
            add(total, phase);
        }
        for (out, total) in out.iter_mut().zip(total.iter()) {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "rounded once; doses are far below the limit of f32"
            )]
            let rounded = *total as f32;
            *out = rounded;
        }
    }
    Ok(result)
}

fn add(to: &mut [f64], from: &[f64]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += from;
    }
}
