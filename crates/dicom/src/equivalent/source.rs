//! A dose with its voxels in gray, and the pass over the voxels of several.

use chemorad::radiobiology::VoxelError;
use chemorad_dosimetry::{DoseType, DoseUnits, SummationType};

use super::error::ConvertError;
use super::resample::Resampled;
use crate::dose::grid::Grid;
use crate::dose::pixels::Pixels;
use crate::dose::rt_dose::Dose;

/// A dose with its voxels in gray, checked to be absorbed dose.
pub(super) struct Source<'s, 'f> {
    pub(super) dose: &'s Dose<'f>,
    pub(super) grid: &'s Grid,
    pixels: Pixels<'f>,
    /// Gray of a stored step.
    pub(super) scale: f64,
    /// How its voxels are found on the grid of the first dose, where the grids differ.
    pub(super) resampled: Option<Resampled>,
}

impl Source<'_, '_> {
    /// Voxels of the result.
    pub(super) fn len(&self) -> usize {
        match &self.resampled {
            Some(resampled) => resampled.len(),
            None => self.pixels.len(),
        }
    }

    /// Absorbed dose in gray from voxel `start` of the result on.
    pub(super) fn fill(&self, start: usize, out: &mut [f64]) {
        match &self.resampled {
            Some(resampled) => resampled.fill(&self.pixels, self.scale, start, out),
            None => self.pixels.scaled(start, self.scale, out),
        }
    }
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
            maximum: format!("{maximum:#}"),
        });
    }
    Ok(Source {
        dose,
        grid,
        pixels,
        scale: scaling.value().to_f64(),
        resampled: None,
    })
}

/// Voxels converted together: both buffers stay in the processor's nearest memory.
pub(super) const CHUNK: usize = 2_048;

/// The sources of a phase and what its conversion needs.
pub(super) type Group<'g, 's, 'f, N> = (&'g [(usize, Source<'s, 'f>)], N);

/// The result voxel by voxel, and the largest absorbed dose of each phase.
pub(super) fn voxels<N: Copy>(
    phases: &[Group<'_, '_, '_, N>],
    convert: impl Fn(&mut [f64], N) -> Result<(), VoxelError>,
) -> Result<(Vec<f32>, Vec<f64>), ConvertError> {
    let mut maxima = vec![0.0_f64; phases.len()];
    let count = phases
        .iter()
        .flat_map(|(sources, _)| sources.iter())
        .map(|(_, source)| source.len())
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
        for ((sources, fractions), maximum) in phases.iter().zip(&mut maxima) {
            let mut at = 0;
            for (position, (number, source)) in sources.iter().enumerate() {
                at = *number;
                if position == 0 {
                    source.fill(start, phase);
                } else {
                    source.fill(start, part);
                    add(phase, part);
                }
            }
            *maximum = phase.iter().copied().fold(*maximum, f64::max);
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
    Ok((result, maxima))
}

fn add(to: &mut [f64], from: &[f64]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += from;
    }
}
