//! The shorter way in which a file of `chemorad.protocol/2` says what `chemorad.protocol/1` says in full:
//! passages listed once and cited, values that cite the passage of their table, questions and conditions
//! in short. What is read is the full form, with the places of the file.

pub(crate) mod condition;
pub(crate) mod first_schema;
pub(crate) mod gaps;
pub(crate) mod passages;
pub(crate) mod questions;
pub(crate) mod rewrite;
pub(crate) mod shape;
