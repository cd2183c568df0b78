//! RT Doses: the grid with its units, type and summation.

pub(crate) mod finding;
pub(crate) mod grid;
pub(crate) mod rt_dose;

pub use finding::GridFinding;
pub use grid::{Grid, ImpossibleGeometry};
pub use rt_dose::Dose;
