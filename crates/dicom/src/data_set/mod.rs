//! The structure of a data set: elements, sequences, items. Borrows the bytes and copies nothing; a
//! sequence of known length that nobody asks for is stepped over.

mod plain;
mod set;
mod structure;

pub(crate) use set::{DataSet, missing};
pub(crate) use structure::Encoding;
