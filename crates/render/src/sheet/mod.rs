//! One patient's treatment sheet.

mod dose;
mod page;
mod time;

pub use page::page;
