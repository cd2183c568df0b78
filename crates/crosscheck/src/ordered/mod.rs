//! An order that somebody else wrote, and the tablets dispensed for it, against what the regimen, the
//! patient, the rules and the site give.
//!
//! The order of [`CapecitabineOrder`](chemorad::capecitabine::CapecitabineOrder) is what is expected: how
//! often a day, the dose of one administration and of a day, the tablets in stock, the days. What is
//! entered is never corrected, and what cannot be compared is said with what it needs.

mod check;
mod codes;
mod compared;
mod dispensed;
mod expected;
mod finding;
mod period;
mod words;

pub use check::OrderCheck;
pub use codes::CODES;
pub use dispensed::ExpectedTablets;
pub use expected::ExpectedOrder;
pub use finding::OrderFinding;
pub use period::Period;
