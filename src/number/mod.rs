//! Exact numbers, the one reader of decimal text for each of the two grammars, and the one test
//! whether a calculated number is at a boundary.
//!
//! | wanted | use |
//! | --- | --- |
//! | a number of a file or an export, every digit kept | [`Decimal`] and its `FromStr` |
//! | a number that a person writes (`45`, `1.8`) | [`read_plain`] |
//! | a decimal divided by a whole number, such as 50 Gy in 30 | [`Rational`] |
//! | the quotient of two whole numbers as `f64`, rounded once | [`rounded_quotient`] |
//! | the units a quantity may be written in | [`unit`](mod@unit) |
//! | whether a calculated value is on a limit, a cut or a tie | [`is_at_boundary`] |

mod boundary;
mod decimal;
mod decimal_text;
mod plain;
mod quotient;
mod rational;
pub mod unit;

pub use boundary::{
    BOUNDARY_WIDTH, is_above_boundary, is_at_boundary, is_at_boundary_within, is_below_boundary,
};
pub use decimal::Decimal;
pub use decimal_text::DecimalError;
pub use plain::{PlainDecimal, PlainFault, is_plain, read_plain};
pub use quotient::{greatest_common_divisor, rounded_quotient};
pub use rational::Rational;
