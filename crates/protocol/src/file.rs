//! A protocol file: the protocol, and where each of its values stands.

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::Path;

use crate::model::protocol::{Protocol, Schema};
use crate::shorthand::first_schema;
use crate::shorthand::passages::Passage;
use crate::shorthand::rewrite;
use crate::shorthand::shape::WORDS_IN_PLACE;
use chemorad_reader::{Document, Faults, Format, Position, Renamed};

/// A protocol that was read from a file, and where each of its values stands.
///
/// Rely on the protocol only after [`Protocol::check`] has found nothing.
#[derive(Clone)]
pub struct ProtocolFile {
    /// The protocol.
    pub protocol: Protocol,
    document: Document,
    schema: Schema,
    passages: Vec<Passage>,
}

/// Without the text and its tree, which would fill pages.
impl fmt::Debug for ProtocolFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProtocolFile")
            .field("name", &self.document.name())
            .field("format", &self.document.format())
            .field("id", &self.protocol.id)
            .finish_non_exhaustive()
    }
}

impl ProtocolFile {
    fn of(document: Document) -> Result<Self, Faults> {
        let second = Schema::V2.to_string();
        let schema = match document.text_of("schema") {
            Some(schema) if schema == second => Schema::V2,
            _ => Schema::V1,
        };
        let mut passages = Vec::new();
        let document = match schema {
            Schema::V1 => document.rewritten(first_schema::refuse_citations),
            Schema::V2 => document
                .rewritten(|tree| {
                    let (read, problems) = rewrite::put_in_full(tree);
                    passages = read;
                    problems
                })
                .renamed(Renamed {
                    names: WORDS_IN_PLACE,
                    name: "from",
                    // the quotes of a source say what its quotes are
                    unless: "document",
                }),
        };
        let mut protocol: Protocol = document.read()?;
        protocol.schema = Schema::V1;
        Ok(Self {
            protocol,
            document,
            schema,
            passages,
        })
    }

    /// How the file is written. The protocol itself is always in full, each value with its words, as a
    /// file of the first schema writes it.
    ///
    /// ```
    /// use chemorad_protocol::{Schema, library};
    /// assert_eq!(library::file("NCT06949098").unwrap().schema(), Schema::V2);
    /// ```
    #[must_use]
    pub const fn schema(&self) -> Schema {
        self.schema
    }

    /// The passages that the file lists, in its order; none where it is of the first schema, in which the
    /// words stand with each value.
    #[must_use]
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// Reads a protocol from a text. A byte order mark at its beginning is left out; Windows line
    /// ends are line ends.
    ///
    /// # Errors
    /// Everything that is wrong with the text, with line and column.
    pub fn parse(name: impl Into<String>, text: &str, format: Format) -> Result<Self, Faults> {
        Document::parse(name, text, format).and_then(Self::of)
    }

    /// Reads a protocol from bytes, which must be UTF-8.
    ///
    /// # Errors
    /// Everything that is wrong with the bytes.
    pub fn parse_bytes(
        name: impl Into<String>,
        bytes: &[u8],
        format: Format,
    ) -> Result<Self, Faults> {
        Document::parse_bytes(name, bytes, format).and_then(Self::of)
    }

    /// Reads a protocol from the bytes of a file whose name ends in .toml or .json; or the reason why
    /// there are none as a fault.
    ///
    /// # Errors
    /// The file cannot be read, or everything that is wrong with it.
    pub fn from_file(path: &Path, bytes: io::Result<Vec<u8>>) -> Result<Self, Faults> {
        Document::from_file(path, bytes).and_then(Self::of)
    }

    /// Reads a protocol from a file of the disk.
    ///
    /// # Errors
    /// As [`from_file`](Self::from_file).
    pub fn read(path: &Path) -> Result<Self, Faults> {
        Document::open(path).and_then(Self::of)
    }

    pub(crate) const fn document(&self) -> &Document {
        &self.document
    }

    /// The name the file was read under.
    #[must_use]
    pub fn name(&self) -> &str {
        self.document.name()
    }

    /// The text of the file, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        self.document.text()
    }

    /// How the file is written.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.document.format()
    }

    /// Where the value of a path stands, the `at` of a finding: `arms[2].when`,
    /// `phases.boost.doses.tumour bed.fractionation`. Of a path that leads to nothing, its last
    /// step that does: something is missing there.
    #[must_use]
    pub fn position(&self, path: &str) -> Position {
        self.document.position(path)
    }

    /// The bytes of [`text`](Self::text) the value of a path stands in.
    #[must_use]
    pub fn span(&self, path: &str) -> Range<usize> {
        self.document.span(path)
    }

    /// Every text, number and truth value of the file with its path, in the order of the file: what
    /// an editor needs to say where a reader is.
    ///
    /// ```
    /// use chemorad_protocol::find_builtin;
    /// use chemorad_protocol::{Format, ProtocolFile};
    /// let text = serde_json::to_string(find_builtin("NCT06949098")?)?;
    /// let file = ProtocolFile::parse("trial.json", &text, Format::Json)?;
    /// let (path, span) = file.values().nth(1).ok_or("no value")?;
    /// assert_eq!((path.as_str(), &file.text()[span]), ("id", "\"NCT06949098\""));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn values(&self) -> impl Iterator<Item = (String, Range<usize>)> + '_ {
        self.document.values()
    }

    /// Whether a path leads to a value of the file.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.document.has(path)
    }
}
