//! Dose grids: statistics of the whole grid, sums, EQD2 and BED of every voxel.

pub mod conversion;
mod files;
pub mod statistics;
pub mod sum;

pub use files::{OutputFile, Source};
