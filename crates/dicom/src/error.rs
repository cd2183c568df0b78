//! Why a file was not read.

use std::fmt;
use std::path::PathBuf;

use chemorad::number::DecimalError;
use dicom_core::Tag;
use dicom_core::dictionary::{DataDictionary, DataDictionaryEntry};
use dicom_dictionary_std::StandardDataDictionary;

/// An element's name and tag for a message, for example `BeamDose (300A,0084)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ElementName(pub(crate) Tag);

impl fmt::Display for ElementName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match StandardDataDictionary.by_tag(self.0) {
            Some(entry) => write!(f, "{} {}", entry.alias(), self.0),
            None => write!(f, "element {}", self.0),
        }
    }
}

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file cannot be opened or read.
    #[error("cannot read {}: {source}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Larger than the limit, before or after inflating.
    #[error("{what} is larger than the limit of {limit} bytes: is it the right file?")]
    TooLarge {
        /// The file, or its inflated content.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// Neither a DICOM header nor a plausible first element.
    #[error("this is not a DICOM file: {why}")]
    NotDicom {
        /// What was looked for and not found.
        why: &'static str,
    },
    /// The file ends inside an element or before a sequence is closed.
    #[error(
        "the file is cut off or corrupt: at byte {offset}, {element} needs {needed} bytes and {left} are left"
    )]
    Truncated {
        /// Where the element stands in the (inflated) data.
        offset: usize,
        /// Which element.
        element: ElementName,
        /// Bytes its length field claims, or that its header takes.
        needed: u64,
        /// Bytes there are.
        left: usize,
    },
    /// The structure makes no sense.
    #[error("the file is corrupt: at byte {offset}, {element}: {why}")]
    Corrupt {
        /// Where, in the (inflated) data.
        offset: usize,
        /// Which element.
        element: ElementName,
        /// What is wrong.
        why: &'static str,
    },
    /// The deflated part does not inflate.
    #[error("the file is cut off or corrupt: its deflated part cannot be inflated ({reason})")]
    Deflate {
        /// From the inflating library.
        reason: String,
    },
    /// A way of encoding this crate does not read.
    #[error("the transfer syntax {uid} is not supported: {why}")]
    TransferSyntax {
        /// Its UID as written.
        uid: String,
        /// Why not and what to do.
        why: &'static str,
    },
    /// A readable file of another kind.
    #[error("this is not {expected} but {found}")]
    WrongKind {
        /// What was asked for.
        expected: &'static str,
        /// What it is, in words.
        found: String,
    },
    /// An element without which the file cannot be read.
    #[error("{element} is missing{}", if place.is_empty() { String::new() } else { format!(" in {place}") })]
    Missing {
        /// Which element.
        element: ElementName,
        /// In which item, or empty for the file itself.
        place: String,
    },
    /// A decimal string that is not a decimal.
    #[error("{element} {text:?}: {source}")]
    Decimal {
        /// Which element.
        element: ElementName,
        /// Its text.
        text: String,
        /// What is wrong with it.
        source: DecimalError,
    },
    /// A value that is not of the kind it should be.
    #[error("{element} {text:?}: {why}")]
    Value {
        /// Which element.
        element: ElementName,
        /// Its text, shortened.
        text: String,
        /// What is allowed.
        why: &'static str,
    },
}

/// Messages quote the file; a damaged one must not flood the terminal.
const QUOTED: usize = 60;

pub(crate) fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((cut, _)) => format!("{}...", text.get(..cut).unwrap_or_default()),
        None => text.into(),
    }
}
