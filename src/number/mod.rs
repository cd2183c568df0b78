//! Exact numbers, and the one test whether a calculated number is at a boundary.

mod boundary;
mod decimal;

pub use boundary::{
    BOUNDARY_WIDTH, is_above_boundary, is_at_boundary, is_at_boundary_within, is_below_boundary,
};
pub use decimal::{Decimal, DecimalError};
