//! Writing a derived dose as an RT Dose.

mod elements;
mod encode;
mod options;
mod step;

pub use options::{Bits, Created, WriteError, WriteOptions, Written};
