//! The text of the document that a protocol quotes, held against the protocol.

mod fold;
pub(crate) mod numbers;
pub(crate) mod passages;
pub(crate) mod text;
