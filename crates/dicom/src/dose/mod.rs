//! RT Doses: the grid with its units, type and summation.

pub(crate) mod finding;
pub(crate) mod grid;
pub(crate) mod impossible;
pub(crate) mod pixels;
pub(crate) mod placed;
pub(crate) mod rt_dose;

pub use finding::GridFinding;
pub use grid::Grid;
pub use impossible::ImpossibleGeometry;
pub use placed::PlacedGridError;
pub use rt_dose::Dose;
