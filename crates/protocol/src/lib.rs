//! Trial protocols as files: TOML or JSON in, a checked [`Protocol`](chemorad_protocol::Protocol)
//! out, every value with its line and column.
//!
//! The model and its rules are the library's. This crate reads files, finds the place of a value,
//! and ships published protocols as such files.
//!
//! | to | use |
//! | --- | --- |
//! | read a protocol | [`ProtocolFile::read`], [`ProtocolFile::parse`] |
//! | show an editor or a validator the shape of a file | [`SCHEMA`] |
//! | lint files | [`Linted::read`] |
//! | take a shipped protocol | [`library`] |
//! | compare two versions | [`compare`](compare()) |
//! | say what a code means | [`explain`](explain()) |
//! | find where a value stands | [`ProtocolFile::position`], [`ProtocolFile::span`] |
//!
//! ```
//! use chemorad_protocol::{Format, ProtocolFile};
//!
//! let error = ProtocolFile::parse("trial.toml", "titel = \"A trial\"\n", Format::Toml).unwrap_err();
//! assert_eq!((error.position.line, error.position.column), (1, 1));
//! assert_eq!(
//!     error.to_string(),
//!     "trial.toml:1:1: the field `titel` is not known here; did you mean `title`?"
//! );
//! ```

mod compare;
mod diagnostic;
mod explain;
mod file;
pub mod library;
mod located;
mod model;

/// The JSON Schema (draft 2020-12) of a protocol file, generated from the types.
///
/// ```
/// assert!(chemorad_protocol::SCHEMA.contains("https://json-schema.org/draft/2020-12/schema"));
/// ```
pub const SCHEMA: &str = include_str!("../schema/chemorad.protocol-1.schema.json");

pub use compare::{Change, ChangeKind, compare, outcome_of};
pub use diagnostic::{Diagnostic, Position};
pub use explain::{explain, explanations};
pub use file::{Format, LARGEST, ProtocolFile};
pub use located::{Linted, Located, Place};
pub use model::*;

/// The Rust recipe of the guide compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/ci.md")]
struct ContinuousIntegration;
