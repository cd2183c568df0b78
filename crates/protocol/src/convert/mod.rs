//! A file of `chemorad.protocol/1` as one of `chemorad.protocol/2`: its passages listed once and cited.

mod comments;
mod condition;
pub(crate) mod file;
mod ids;
mod piece;
mod questions;
mod short;
mod write;
