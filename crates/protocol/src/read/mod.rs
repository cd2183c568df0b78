//! Text to a tree with spans, and the tree to typed values.

mod fault;
mod json;
mod node;
mod path;
mod toml_text;
mod typed;

pub(crate) use fault::Fault;
pub(crate) use json::parse as parse_json;
pub(crate) use node::Node;
pub(crate) use path::{resolve, values};
pub(crate) use toml_text::parse as parse_toml;

/// No protocol is nested this deeply; a file that is would only exhaust the stack.
const DEEPEST: usize = 64;
