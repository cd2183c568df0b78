//! A dose grid in patient coordinates.

/// Why a grid cannot be used for structures.
///
/// ```
/// use chemorad_dosimetry::{DoseGrid, DoseGridError};
/// let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
/// let flat = DoseGrid::new([0.0; 3], axes, [2.0, 2.0], vec![0.0], 2, vec![1.0; 4]);
/// assert_eq!(flat.unwrap_err(), DoseGridError::TooFew);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DoseGridError {
    /// Fewer than two points along an axis.
    #[error("a grid needs at least two points along each axis, to interpolate between them")]
    TooFew,
    /// Numbers that do not describe a grid.
    #[error("the spacing, the directions or the offsets of the grid are none: {0}")]
    Geometry(&'static str),
    /// Another number of doses than points.
    #[error("{found} doses for a grid of {wanted} points")]
    Count {
        /// The points of the grid.
        wanted: usize,
        /// The doses given.
        found: usize,
    },
    /// A dose that is none.
    #[error("a dose of {0} Gy: a dose is a number of at least 0")]
    Dose(f64),
}

/// Doses at the points of a grid, Gy; linear in between, not known outside.
///
/// ```
/// use chemorad_dosimetry::DoseGrid;
/// let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
/// let doses = (0..8).map(f64::from).collect();
/// let grid = DoseGrid::new([0.0; 3], axes, [2.0, 2.0], vec![0.0, 3.0], 2, doses)?;
/// assert_eq!(grid.maximum(), 7.0);
/// # Ok::<(), chemorad_dosimetry::DoseGridError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct DoseGrid {
    pub(crate) origin: [f64; 3],
    /// The directions of increasing column and row, and the one across them.
    pub(crate) axes: [[f64; 3]; 3],
    /// Distance of columns, of rows.
    pub(crate) spacing: [f64; 2],
    /// Places of the frames along the third direction, increasing.
    pub(crate) offsets: Vec<f64>,
    pub(crate) columns: usize,
    pub(crate) rows: usize,
    doses: Vec<f64>,
    maximum: f64,
}

impl DoseGrid {
    /// A grid by the place of its first point (mm), the directions of increasing column and row, the distances
    /// of columns and rows (mm), the place of each frame along the direction across both (mm, from the first
    /// point), the number of columns, and the doses: column by column, row by row, frame by frame.
    ///
    /// # Errors
    /// Fewer than two points along an axis, directions that are not of length 1 and at right angles, offsets
    /// that do not go one way, another number of doses, doses below 0.
    pub fn new(
        origin: [f64; 3],
        axes: [[f64; 3]; 2],
        spacing: [f64; 2],
        mut offsets: Vec<f64>,
        columns: usize,
        mut doses: Vec<f64>,
    ) -> Result<Self, DoseGridError> {
        let [along_row, along_column] = axes;
        let dot = |a: [f64; 3], b: [f64; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
        let lengths = [
            dot(along_row, along_row) - 1.0,
            dot(along_column, along_column) - 1.0,
            dot(along_row, along_column),
        ];
        if !lengths.iter().all(|length| length.abs() < 1e-4) {
            return Err(DoseGridError::Geometry(
                "directions have the length 1 and are at right angles",
            ));
        }
        let is_usable = |value: f64| value > 0.0 && value < 1e5;
        if !spacing.into_iter().all(is_usable) || !origin.iter().all(|place| place.abs() < 1e6) {
            return Err(DoseGridError::Geometry("distances are above 0"));
        }
        let frames = offsets.len();
        let a_frame = doses.len().checked_div(frames).unwrap_or(0);
        let rows = a_frame.checked_div(columns).unwrap_or(0);
        if frames < 2 || columns < 2 || rows < 2 {
            return Err(DoseGridError::TooFew);
        }
        if columns * rows * frames != doses.len() {
            return Err(DoseGridError::Count {
                wanted: columns * rows * frames,
                found: doses.len(),
            });
        }
        if offsets[0] > offsets[1] {
            offsets.reverse();
            let frames: Vec<&[f64]> = doses.chunks(a_frame).rev().collect();
            doses = frames.concat();
        }
        if !offsets
            .windows(2)
            .all(|pair| pair[1] - pair[0] > 1e-6 && pair[1].abs() < 1e6)
        {
            return Err(DoseGridError::Geometry("offsets go one way"));
        }
        let maximum = largest(&doses).map_err(DoseGridError::Dose)?;
        // decimals leave directions a little long or askew, which would stretch the patient
        let along_row = along_row.map(|part| part / dot(along_row, along_row).sqrt());
        let share = dot(along_row, along_column);
        let along_column = [0, 1, 2].map(|at| along_column[at] - share * along_row[at]);
        let along_column = along_column.map(|part| part / dot(along_column, along_column).sqrt());
        let across = [
            along_row[1] * along_column[2] - along_row[2] * along_column[1],
            along_row[2] * along_column[0] - along_row[0] * along_column[2],
            along_row[0] * along_column[1] - along_row[1] * along_column[0],
        ];
        Ok(Self {
            origin,
            axes: [along_row, along_column, across],
            spacing,
            offsets,
            columns,
            rows,
            maximum,
            doses,
        })
    }

    /// The largest dose of a point, Gy.
    #[must_use]
    pub const fn maximum(&self) -> f64 {
        self.maximum
    }

    pub(super) fn doses(&self) -> &[f64] {
        &self.doses
    }

    /// The doses at the four corners of a cell of a frame, the column first.
    pub(crate) fn corners(&self, frame: usize, row: usize, column: usize) -> [f64; 4] {
        let at = (frame * self.rows + row) * self.columns + column;
        let dose = |at: usize| self.doses.get(at).copied().unwrap_or(0.0);
        [
            dose(at),
            dose(at + 1),
            dose(at + self.columns),
            dose(at + self.columns + 1),
        ]
    }
}

/// The largest dose, or the first one that is none.
fn largest(doses: &[f64]) -> Result<f64, f64> {
    // several side by side, so that they are compared at once
    let (mut most, mut least, mut odd) = ([0.0_f64; 8], [0.0_f64; 8], [0.0_f64; 8]);
    let (chunks, rest) = doses.split_at(doses.len() / 8 * 8);
    for chunk in chunks.chunks_exact(8) {
        for at in 0..8 {
            let dose = chunk[at];
            most[at] = if dose > most[at] { dose } else { most[at] };
            least[at] = if dose < least[at] { dose } else { least[at] };
            // none where it is finite
            odd[at] += dose * 0.0;
        }
    }
    let is_none = |dose: &&f64| !(**dose >= 0.0 && dose.is_finite());
    let are_doses = least.iter().all(|dose| *dose >= 0.0) && odd.iter().all(|odd| !odd.is_nan());
    let looked_at = if are_doses { rest } else { doses };
    match looked_at.iter().find(is_none) {
        Some(dose) => Err(*dose),
        None => Ok(most.iter().chain(rest).copied().fold(0.0, f64::max)),
    }
}
