//! Text to a tree with spans, and the tree to typed values.

mod fault;
mod json;
mod node;
mod path;
mod toml_text;
mod typed;

pub use fault::Fault;
pub use json::parse as parse_json;
pub use node::Node;
pub use path::{resolve, values};
pub use toml_text::parse as parse_toml;

/// No protocol is nested this deeply; a file that is would only exhaust the stack.
const DEEPEST: usize = 64;
