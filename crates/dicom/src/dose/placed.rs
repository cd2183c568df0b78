//! A dose grid in patient coordinates, in gray, for what asks where the doses lie.

use chemorad::number::Decimal;
use chemorad_dosimetry::{DoseGrid, DoseGridError, DoseType, DoseUnits};

use super::grid::Grid;
use super::rt_dose::Dose;
use crate::equivalent::derived::DerivedDose;

/// Why a dose has no place, or is none in gray.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PlacedGridError {
    /// The file has no grid.
    #[error("the file has no dose grid")]
    NoGrid,
    /// Its numbers are not absorbed dose in gray.
    #[error(
        "the numbers are {dose_type} dose in {units}: dose in structures needs PHYSICAL dose in gray"
    )]
    NotGray {
        /// Their kind.
        dose_type: DoseType,
        /// Their units.
        units: DoseUnits,
    },
    /// The file does not say where its grid lies.
    #[error(
        "the file does not say where its grid lies: it needs Image Position, Image Orientation, Pixel Spacing and offsets of two frames or more"
    )]
    NoPlace,
    /// A first offset whose meaning the standard does not define.
    #[error(
        "the first frame offset is {0} mm: the standard defines only 0, or the z of Image Position; where the frames lie is not known"
    )]
    Offset(Decimal),
    /// The geometry is none.
    #[error(transparent)]
    Grid(#[from] DoseGridError),
}

impl Dose<'_> {
    /// The doses in gray at their places in the patient.
    ///
    /// # Errors
    /// No grid; units other than gray, or a dose that is not physical; a place that is not stated or not
    /// defined.
    pub fn placed_grid(&self) -> Result<DoseGrid, PlacedGridError> {
        let (Some(grid), Some(pixels), Some(scaling)) =
            (&self.grid, self.pixels, self.scaling.as_ref())
        else {
            return Err(PlacedGridError::NoGrid);
        };
        if self.units != DoseUnits::Gray || self.dose_type != DoseType::Physical {
            return Err(PlacedGridError::NotGray {
                dose_type: self.dose_type.clone(),
                units: self.units.clone(),
            });
        }
        let mut doses = vec![0.0; pixels.len()];
        pixels.scaled(0, scaling.value().to_f64(), &mut doses);
        placed(grid, doses)
    }
}

impl DerivedDose {
    /// What the voxels are, in gray, at their places in the patient: between the points of the grid it is linear.
    ///
    /// # Errors
    /// A place that is not stated or not defined.
    pub fn placed_grid(&self) -> Result<DoseGrid, PlacedGridError> {
        placed(
            &self.grid,
            self.voxels.iter().copied().map(f64::from).collect(),
        )
    }
}

fn placed(grid: &Grid, doses: Vec<f64>) -> Result<DoseGrid, PlacedGridError> {
    if let Some(offset) = grid.undefined_first_offset() {
        return Err(PlacedGridError::Offset(offset));
    }
    let (Some(position), Some(orientation), Some([of_rows, of_columns]), Some(distances)) = (
        grid.position,
        grid.orientation,
        grid.spacing,
        grid.frame_distances(),
    ) else {
        return Err(PlacedGridError::NoPlace);
    };
    if distances.len() < 2 || usize::try_from(grid.frames) != Ok(distances.len()) {
        return Err(PlacedGridError::NoPlace);
    }
    let [a, b, c, d, e, f] = orientation.map(Decimal::to_f64);
    Ok(DoseGrid::new(
        position.map(Decimal::to_f64),
        [[a, b, c], [d, e, f]],
        [of_columns.to_f64(), of_rows.to_f64()],
        distances.into_iter().map(Decimal::to_f64).collect(),
        grid.columns.into(),
        doses,
    )?)
}
