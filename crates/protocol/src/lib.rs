//! Trial protocols as files: TOML or JSON in, a checked [`Protocol`](chemorad::protocol::Protocol)
//! out, every value with its line and column.
//!
//! The model and its rules are the library's. This crate reads files, finds the place of a value,
//! and ships published protocols as such files.
//!
//! | to | use |
//! | --- | --- |
//! | read a protocol | [`ProtocolFile::read`], [`ProtocolFile::parse`] |
//! | lint files | [`Linted::read`] |
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
mod lint;
mod read;

pub use compare::{Change, ChangeKind, compare, outcome_of};
pub use diagnostic::{Diagnostic, Position};
pub use explain::{explain, explanations};
pub use file::{Format, LARGEST, ProtocolFile};
pub use lint::{Linted, Located, Place};
