//! Exact numbers: decimals as files and exports hold them.

mod decimal;

pub use decimal::{Decimal, DecimalError};
