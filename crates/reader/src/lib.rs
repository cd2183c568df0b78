//! Reads the files people write: cases, site and rule files, orders, protocols, in TOML and JSON.
//!
//! A [`Document`] is a file taken apart, with the place of every value. [`Document::read`] gives
//! any type of serde, or [`Faults`]: everything that is wrong with the file at once, with line and
//! column, the name that was probably meant, and the choices where there are some. A file that may say
//! a thing in a shorter way is [rewritten](Document::rewritten) as a tree before it is read.

mod codes;
mod collect;
mod csv_line;
mod document;
mod fault;
mod json;
mod node;
mod path;
mod position;
mod problem;
mod quotes;
mod shell;
mod toml_text;
mod typed;

pub use codes::{CODES, ENCODING, FORMAT, SIZE, UNREADABLE};
pub use csv_line::{delimiter_of, line_of_record};
pub use document::{Document, LARGEST};
pub use fault::{Fault, Faults};
pub use node::{Entry, Node, Value};
pub use position::{Format, Position};
pub use problem::{Problem, Renamed, nearest};
pub use quotes::OpenQuote;
pub use shell::shell_word;
