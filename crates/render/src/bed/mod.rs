//! BED and EQD of one course: what tools read, and the page.

mod comparison;
mod page;
mod results;
mod value;

pub use page::page;
pub use results::{
    AlphaBetaUsed, Comparison, Difference, OverInterval, PhaseRow, Results, TermRow, TotalRow,
};
pub use value::{Range, Value};
