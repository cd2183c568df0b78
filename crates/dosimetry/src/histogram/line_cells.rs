//! Doses along a part of a row of cells.

/// A part of a line: a point more than cells.
pub(super) struct LineCells<'l> {
    pub(super) lowest: &'l [f64],
    pub(super) highest: &'l [f64],
    /// Sums of four.
    pub(super) sums: &'l [f64],
}
