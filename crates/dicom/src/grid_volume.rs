//! A part of the whole grid, in percent or cubic centimetres.

use std::fmt;
use std::str::FromStr;

use chemorad::number::Decimal;
use chemorad_dosimetry::{cubic_centimetres, written_number};

use crate::dose::grid::Grid;
use crate::error::quoted;
use crate::percentile::{Percentile, WHOLE};

/// A part of the whole grid: `2%`, `0.03cm3` (or `cc`).
///
/// ```
/// use chemorad_dicom::GridVolume;
/// let volume: GridVolume = "0.03 cm3".parse()?;
/// assert_eq!(volume.to_string(), "0.03 cm3");
/// assert!("2".parse::<GridVolume>().is_err());
/// # Ok::<(), chemorad_dicom::VolumeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum GridVolume {
    /// Percent of all voxels.
    Percent(Percentile),
    /// Cubic centimetres, above zero.
    CubicCentimetres(Decimal),
}

/// Why there is no dose at a volume.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VolumeError {
    /// Neither percent nor cubic centimetres.
    #[error(
        "{0:?} is no volume: write a share of the grid such as 2%, or a volume such as 0.03cm3"
    )]
    Text(String),
    /// The file has no pixels.
    #[error("the file has no dose grid")]
    NoGrid,
    /// Voxels without a size, or of different ones.
    #[error(
        "the volume of a voxel is not known: the file lacks spacing or thickness, or its frames are unevenly spaced; ask for a share in percent"
    )]
    NoVoxelSize,
    /// Larger than the grid.
    #[error("{wanted} is more than the whole grid of {grid} cm3")]
    TooLarge {
        /// What was asked for.
        wanted: GridVolume,
        /// The volume of the grid.
        grid: Decimal,
    },
}

impl FromStr for GridVolume {
    type Err = VolumeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || VolumeError::Text(quoted(text));
        let text = text.trim();
        if let Some(number) = text.strip_suffix('%') {
            let share = number.trim_end().parse().map_err(|_| wrong())?;
            return Ok(Self::Percent(share));
        }
        let unit = text.find(char::is_alphabetic).ok_or_else(wrong)?;
        let (number, unit) = text.split_at(unit);
        // cubic centimetres by another name
        let unit = if unit == "ccm" { "cc" } else { unit };
        written_number(number.trim_end())
            .and_then(|number| cubic_centimetres(number, unit))
            .filter(|volume: &Decimal| volume.is_positive())
            .map(Self::CubicCentimetres)
            .ok_or_else(wrong)
    }
}

impl fmt::Display for GridVolume {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(share) => write!(f, "{share} %"),
            Self::CubicCentimetres(volume) => write!(f, "{volume} cm3"),
        }
    }
}

chemorad::text::by_text!(GridVolume);

impl GridVolume {
    /// The fewest whole voxels that make up this volume.
    pub(crate) fn voxels(self, grid: &Grid) -> Result<u64, VolumeError> {
        match self {
            Self::Percent(share) => {
                let hottest = u128::from(grid.voxels()) * u128::from(share.0);
                Ok(u64::try_from(hottest.div_ceil(WHOLE.into())).unwrap_or(u64::MAX))
            }
            Self::CubicCentimetres(wanted) => {
                let voxel = grid.voxel_volume().ok_or(VolumeError::NoVoxelSize)?;
                let of = |count: u64| Decimal::new(count.into(), 0)?.checked_mul(voxel);
                let all = grid.voxels();
                let whole = of(all).ok_or(VolumeError::NoVoxelSize)?;
                if wanted > whole {
                    return Err(VolumeError::TooLarge {
                        wanted: self,
                        grid: whole,
                    });
                }
                // the products are exact, so the count is searched for and not divided
                let (mut low, mut high) = (1, all);
                while low < high {
                    let middle = low + (high - low) / 2;
                    if of(middle).ok_or(VolumeError::NoVoxelSize)? < wanted {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
                Ok(low)
            }
        }
    }
}
