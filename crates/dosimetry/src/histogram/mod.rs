//! Dose in structures: every value comes with bounds that enclose the exact one for the solid and for dose
//! that is linear between the points of its grid.

pub(crate) mod bounded;
pub(crate) mod boxes;
pub(crate) mod cells;
pub(crate) mod coarse;
pub(crate) mod corners;
pub(crate) mod coverage;
pub(crate) mod cut;
pub(crate) mod extremes;
#[cfg(test)]
mod filling_tests;
pub(crate) mod grid;
pub(crate) mod inside;
pub(crate) mod isodose;
mod line_cells;
pub(crate) mod means;
pub(crate) mod open_boxes;
pub(crate) mod piece;
pub(crate) mod questions;

pub use bounded::Bounded;
pub use grid::{DoseGrid, DoseGridError};
pub use inside::DoseInStructure;
