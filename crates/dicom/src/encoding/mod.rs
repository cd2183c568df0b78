//! How a file is encoded: by its header, and by what its data set looks like.

pub(crate) mod finding;
pub(crate) mod header;
mod inflate;
mod transfer_syntax;

pub use finding::EncodingFinding;
pub use transfer_syntax::TransferSyntax;
