//! The volume of a whole grid within an isodose.

use super::bounded::Bounded;
use super::cells::Cover;
use super::corners::{Corners, extremes};
use super::grid::DoseGrid;
use super::open_boxes::OpenBoxes;

/// Bounds closer than this share of the volume settle it.
const SETTLED_SHARE: f64 = 0.001;
impl DoseGrid {
    /// The volume of the grid that gets a dose or more, cubic centimetres; none where the isodose reaches the edge
    /// of the grid, so that its volume is not known.
    ///
    /// ```
    /// use chemorad_dosimetry::DoseGrid;
    /// let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
    /// // 10 Gy at the point in the middle
    /// let mut doses = vec![0.0; 27];
    /// doses[13] = 10.0;
    /// let grid = DoseGrid::new([0.0; 3], axes, [10.0; 2], vec![0.0, 10.0, 20.0], 3, doses)?;
    /// let volume = grid.volume_at_least(5.0).unwrap();
    /// // between the points the dose is 10 xyz: 8 (1 - (1 + ln 2 + (ln 2)^2 / 2) / 2) = 0.2665 cc
    /// assert!(volume.lower < 0.2665 && volume.upper > 0.2665);
    /// assert_eq!(grid.volume_at_least(0.0), None);
    /// # Ok::<(), chemorad_dosimetry::DoseGridError>(())
    /// ```
    #[must_use]
    pub fn volume_at_least(&self, dose: f64) -> Option<Bounded> {
        if self.edge_maximum() >= dose {
            return None;
        }
        let mut open = OpenBoxes::new([dose, dose], 0.0);
        self.each_cell(|corners, volume| {
            let [low, high] = extremes(corners);
            if low >= dose {
                open.add_sure(volume);
            } else if high > dose {
                open.add(corners, [low, high], Cover::Whole, volume);
            }
        });
        let total = open.settle(dose, open.most(dose) * SETTLED_SHARE);
        Some(Bounded::new(
            total.sure / 1000.0,
            total.most() / 1000.0,
            total.best() / 1000.0,
        ))
    }

    /// The largest dose on the surface of the grid.
    fn edge_maximum(&self) -> f64 {
        let frames = self.offsets.len();
        let is_end = |at: usize, count: usize| at == 0 || at + 1 == count;
        let mut maximum = 0.0_f64;
        for (at, dose) in self.doses().iter().enumerate() {
            let column = at % self.columns;
            let row = at / self.columns % self.rows;
            let frame = at / self.columns / self.rows;
            if is_end(column, self.columns) || is_end(row, self.rows) || is_end(frame, frames) {
                maximum = maximum.max(*dose);
            }
        }
        maximum
    }

    fn each_cell(&self, mut take: impl FnMut(&Corners, f64)) {
        for (frame, pair) in self.offsets.windows(2).enumerate() {
            let volume = self.spacing[0] * self.spacing[1] * (pair[1] - pair[0]);
            for row in 0..self.rows - 1 {
                for column in 0..self.columns - 1 {
                    let [a, b, c, d] = self.corners(frame, row, column);
                    let [e, f, g, h] = self.corners(frame + 1, row, column);
                    take(&[a, b, c, d, e, f, g, h], volume);
                }
            }
        }
    }
}
