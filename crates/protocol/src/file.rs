//! A protocol read from a file, with the place of every value.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::model::protocol::Protocol;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Diagnostic, Position};
use chemorad_reader::{Fault, Node, parse_json, parse_toml, resolve, values};

/// The largest file that is read, in bytes. A protocol is a few pages of text.
pub const LARGEST: usize = 1024 * 1024;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// TOML 1.1.
    Toml,
    /// JSON.
    Json,
}

impl Format {
    /// By the ending of a file's name.
    ///
    /// ```
    /// use chemorad_protocol::Format;
    /// assert_eq!(Format::of("trial.TOML".as_ref()), Some(Format::Toml));
    /// assert_eq!(Format::of("trial.yaml".as_ref()), None);
    /// ```
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        if ending.eq_ignore_ascii_case("toml") {
            Some(Self::Toml)
        } else if ending.eq_ignore_ascii_case("json") {
            Some(Self::Json)
        } else {
            None
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Toml => "TOML",
            Self::Json => "JSON",
        })
    }
}

/// The text of a file, and where each of its values stands.
#[derive(Clone)]
pub(crate) struct Source {
    name: String,
    text: Arc<str>,
    format: Format,
    root: Node,
}

impl Source {
    /// Reads a value from a text.
    fn parse<T: DeserializeOwned>(
        name: String,
        text: &str,
        format: Format,
    ) -> Result<(T, Self), Diagnostic> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.len() > LARGEST {
            let fault = Fault::new("file.size", too_large(text.len() as u64));
            return Err(diagnostic(fault, name, &Arc::from("")));
        }
        let text: Arc<str> = Arc::from(text);
        let root = match format {
            Format::Toml => parse_toml(&text),
            Format::Json => parse_json(&text),
        };
        let read = root.and_then(|root| Ok((T::deserialize(&root)?, root)));
        match read {
            Ok((value, root)) => Ok((
                value,
                Self {
                    name,
                    text,
                    format,
                    root,
                },
            )),
            Err(fault) => Err(diagnostic(fault, name, &text)),
        }
    }

    fn parse_bytes<T: DeserializeOwned>(
        name: String,
        bytes: &[u8],
        format: Format,
    ) -> Result<(T, Self), Diagnostic> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::parse(name, text, format),
            Err(error) => {
                let message =
                    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
                        "it is UTF-16 text".to_string()
                    } else {
                        format!("it is not UTF-8 text (byte {})", error.valid_up_to())
                    };
                let fault = Fault::new("file.encoding", message).help("save the file as UTF-8");
                Err(diagnostic(fault, name, &Arc::from("")))
            }
        }
    }

    /// Reads a value from the bytes of a file whose name ends in .toml or .json, or says why there
    /// are none.
    pub(crate) fn from_file<T: DeserializeOwned>(
        path: &Path,
        bytes: io::Result<Vec<u8>>,
    ) -> Result<(T, Self), Diagnostic> {
        let name = path.display().to_string();
        let fault = match (Format::of(path), bytes) {
            (None, _) => Fault::new(
                "file.format",
                "the name must end in .toml or .json, to say how it is written",
            ),
            (_, Err(error)) if error.kind() == io::ErrorKind::IsADirectory => {
                Fault::new("file.unreadable", "it is a folder, not a file")
            }
            (_, Err(error)) => Fault::new("file.unreadable", format!("cannot be read: {error}")),
            (_, Ok(bytes)) if bytes.len() > LARGEST + 3 => {
                Fault::new("file.size", too_large(bytes.len() as u64))
            }
            (Some(format), Ok(bytes)) => return Self::parse_bytes(name, &bytes, format),
        };
        Err(diagnostic(fault, name, &Arc::from("")))
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) const fn text(&self) -> &Arc<str> {
        &self.text
    }

    pub(crate) fn span(&self, path: &str) -> Range<usize> {
        resolve(&self.root, path).0.span.clone()
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        resolve(&self.root, path).1
    }
}

/// A protocol that was read from a file, and where each of its values stands.
///
/// Rely on the protocol only after [`Protocol::check`] has found nothing.
#[derive(Clone)]
pub struct ProtocolFile {
    /// The protocol.
    pub protocol: Protocol,
    source: Source,
}

/// Without the text and its tree, which would fill pages.
impl fmt::Debug for ProtocolFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProtocolFile")
            .field("name", &self.source.name)
            .field("format", &self.source.format)
            .field("id", &self.protocol.id)
            .finish_non_exhaustive()
    }
}

impl ProtocolFile {
    fn of((protocol, source): (Protocol, Source)) -> Self {
        Self { protocol, source }
    }

    /// Reads a protocol from a text. A byte order mark at its beginning is left out; Windows line
    /// ends are line ends.
    ///
    /// # Errors
    /// The first thing that is wrong with the text, with line and column.
    pub fn parse(name: impl Into<String>, text: &str, format: Format) -> Result<Self, Diagnostic> {
        Source::parse(name.into(), text, format).map(Self::of)
    }

    /// Reads a protocol from bytes, which must be UTF-8.
    ///
    /// # Errors
    /// The first thing that is wrong with the bytes.
    pub fn parse_bytes(
        name: impl Into<String>,
        bytes: &[u8],
        format: Format,
    ) -> Result<Self, Diagnostic> {
        Source::parse_bytes(name.into(), bytes, format).map(Self::of)
    }

    /// Reads a protocol from the bytes of a file whose name ends in .toml or .json; or the reason why
    /// it cannot be read as a diagnostic. Of a larger file than [`LARGEST`] the first bytes beyond do.
    ///
    /// # Errors
    /// The file cannot be read, or the first thing that is wrong with it.
    pub fn from_file(path: &Path, bytes: io::Result<Vec<u8>>) -> Result<Self, Diagnostic> {
        Source::from_file(path, bytes).map(Self::of)
    }

    /// Reads a protocol from a file of the disk.
    ///
    /// # Errors
    /// As [`from_file`](Self::from_file).
    pub fn read(path: &Path) -> Result<Self, Diagnostic> {
        Self::from_file(path, from_disk(path))
    }

    pub(crate) const fn source(&self) -> &Source {
        &self.source
    }

    /// The name the file was read under.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.source.name
    }

    /// The text of the file, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.source.text
    }

    /// How the file is written.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.source.format
    }

    /// Where the value of a path stands, the `at` of a finding: `arms[2].when`,
    /// `phases.boost.doses.tumour bed.fractionation`. Of a path that leads to nothing, its last
    /// step that does: something is missing there.
    #[must_use]
    pub fn position(&self, path: &str) -> Position {
        Position::of(&self.source.text, self.span(path).start)
    }

    /// The bytes of [`text`](Self::text) the value of a path stands in.
    #[must_use]
    pub fn span(&self, path: &str) -> Range<usize> {
        self.source.span(path)
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
        let values = values(&self.source.root).into_iter();
        values.map(|(path, node)| (path, node.span.clone()))
    }

    /// Whether a path leads to a value of the file.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.source.has(path)
    }
}

/// The bytes of a file, of a larger one a little more than is read; a pipe has no length beforehand.
pub(crate) fn from_disk(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST as u64 + 4).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn too_large(bytes: u64) -> String {
    format!("it has {bytes} bytes, and a protocol is at most 1 MiB: is it the right file?")
}

fn diagnostic(fault: Fault, file: String, text: &Arc<str>) -> Diagnostic {
    let span = fault.span.unwrap_or(0..0);
    Diagnostic {
        code: fault.code,
        message: fault.message.into(),
        help: fault.help.map(Into::into),
        file: file.into(),
        position: Position::of(text, span.start),
        span,
        text: Arc::clone(text),
    }
}
