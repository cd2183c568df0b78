//! Minimum, maximum, mean and percentiles over all voxels of a dose.

use chemorad::number::Decimal;
use serde::Serialize;

use crate::dose::pixels::Pixels;
use crate::dose::rt_dose::Dose;
use crate::grid_volume::{GridVolume, VolumeError};
use crate::percentile::{Percentile, WHOLE};

/// Numbers over all voxels of a grid, those outside the patient included, in the file's units.
///
/// The percentile p is the nearest-rank percentile: the smallest stored dose d such that at least p %
/// of all voxels have a dose of at most d. No interpolation; maximum, minimum and percentiles are exact.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DoseStatistics {
    /// Voxels in the grid.
    pub voxels: u64,
    /// Voxels that are not zero.
    pub nonzero: u64,
    /// The smallest dose.
    pub minimum: Decimal,
    /// The largest dose.
    pub maximum: Decimal,
    /// The mean dose over all voxels: the exact sum, divided once.
    pub mean: f64,
    /// The percentiles asked for, in the order asked for.
    pub percentiles: Vec<(Percentile, Decimal)>,
}

impl DoseStatistics {
    /// The definition of the percentiles, for a report.
    pub const PERCENTILE_DEFINITION: &'static str = "nearest rank over all voxels of the grid: the smallest dose d such that at least p % of the voxels have a dose of at most d";
}

/// Voxels by the upper half of the stored number.
const CLASSES: usize = 1 << 16;

impl Dose<'_> {
    /// Minimum, maximum, mean and percentiles over all voxels; `None` without a grid.
    ///
    /// Three passes over the pixels, one more for each percentile that falls into another class; no
    /// copy and no sorting.
    #[must_use]
    pub fn statistics(&self, percentiles: &[Percentile]) -> Option<DoseStatistics> {
        let pixels = self.pixels?;
        let scaling = self.scaling.as_ref()?.value();
        let classes = count_classes(&pixels);
        let (mut least, mut largest, mut sum, mut nonzero) = (u32::MAX, 0, 0_u64, 0_u64);
        pixels.for_each(|stored| {
            least = least.min(stored);
            largest = largest.max(stored);
            // below 2^32 voxels of below 2^32
            sum += u64::from(stored);
            nonzero += u64::from(stored > 0);
        });
        let voxels = pixels.len() as u64;
        let stored_at = |percentile: &Percentile| {
            let rank = (u128::from(voxels) * u128::from(percentile.0)).div_ceil(WHOLE.into());
            stored_of_rank(&pixels, &classes, u64::try_from(rank).ok()?)
        };
        let dose = |stored: u32| Decimal::from(stored).checked_mul(scaling);
        Some(DoseStatistics {
            voxels,
            nonzero,
            minimum: dose(least)?,
            maximum: dose(largest)?,
            mean: mean(sum, voxels, scaling)?,
            percentiles: percentiles
                .iter()
                .map(|percentile| Some((*percentile, dose(stored_at(percentile)?)?)))
                .collect::<Option<_>>()?,
        })
    }
}

/// How many voxels fall into each class.
fn count_classes(pixels: &Pixels<'_>) -> Vec<u64> {
    let mut classes = vec![0_u64; CLASSES];
    pixels.for_each(|stored| {
        if let Some(class) = classes.get_mut((stored >> 16) as usize) {
            *class += 1;
        }
    });
    classes
}

/// The stored number with this rank, counted from 1 for the smallest.
fn stored_of_rank(pixels: &Pixels<'_>, classes: &[u64], rank: u64) -> Option<u32> {
    let mut below = 0;
    let class = classes.iter().position(|count| {
        let found = below + count >= rank;
        if !found {
            below += count;
        }
        found
    })?;
    let mut exact = vec![0_u64; CLASSES];
    pixels.for_each(|stored| {
        if (stored >> 16) as usize == class {
            if let Some(count) = exact.get_mut((stored & 0xFFFF) as usize) {
                *count += 1;
            }
        }
    });
    let low = exact.iter().position(|count| {
        below += count;
        below >= rank
    })?;
    u32::try_from(class << 16 | low).ok()
}

impl Dose<'_> {
    /// D at volume, over the whole grid and not over any structure: the largest dose that at least this
    /// volume receives, air and couch included. Whole voxels, no interpolation, exact.
    ///
    /// # Errors
    /// No grid; a volume in cubic centimetres where the voxels have no one size; more than the grid.
    pub fn dose_at_volume(&self, volume: GridVolume) -> Result<Decimal, VolumeError> {
        let (Some(pixels), Some(grid), Some(scaling)) = (&self.pixels, &self.grid, &self.scaling)
        else {
            return Err(VolumeError::NoGrid);
        };
        let hottest = volume.voxels(grid)?;
        let rank = (pixels.len() as u64).saturating_sub(hottest) + 1;
        stored_of_rank(pixels, &count_classes(pixels), rank)
            .and_then(|stored| Decimal::from(stored).checked_mul(scaling.value()))
            .ok_or(VolumeError::NoGrid)
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "the count of voxels is below 2^53"
)]
fn mean(sum: u64, voxels: u64, scaling: Decimal) -> Option<f64> {
    let total = Decimal::new(sum.into(), 0)?.checked_mul(scaling)?;
    Some(total.to_f64() / voxels as f64)
}
