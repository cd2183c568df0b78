//! One file: its text, its tree, and the value it is read as.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::fault::Faults;
use super::node::Node;
use super::position::{Format, Position};
use super::problem::{Problem, Renamed};
use super::{codes, collect, json, path, toml_text};

/// The largest file that is read, in bytes. What people write is a few pages of text.
pub const LARGEST: usize = 1024 * 1024;

/// A file that could be taken apart, and where each of its values stands.
///
/// ```
/// use chemorad_reader::{Document, Format};
///
/// #[derive(serde::Deserialize)]
/// struct Boost {
///     dose: String,
/// }
///
/// let document = Document::parse("boost.toml", "dose = \"5.4 Gy\"\n", Format::Toml)?;
/// let boost: Boost = document.read()?;
/// assert_eq!(boost.dose, "5.4 Gy");
/// assert_eq!(document.position("dose").to_string(), "1:8");
/// # Ok::<(), chemorad_reader::Faults>(())
/// ```
#[derive(Clone)]
pub struct Document {
    name: String,
    text: Arc<str>,
    format: Format,
    root: Node,
    /// What is read, where it is not the file as written.
    resolved: Option<Node>,
    /// Fields that go by another name in this file.
    renamed: Renamed,
    /// Names given twice and numbers out of range: the rest can be read, and has other faults.
    known: Vec<Problem>,
}

/// Without the text and its tree, which would fill pages.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("name", &self.name)
            .field("format", &self.format)
            .finish_non_exhaustive()
    }
}

impl Document {
    /// Takes a text apart. A byte order mark at its beginning is left out; Windows line ends are
    /// line ends.
    ///
    /// # Errors
    /// The text is too large, or not TOML or JSON. A name given twice is an error of
    /// [`read`](Self::read), together with the other faults.
    pub fn parse(name: impl Into<String>, text: &str, format: Format) -> Result<Self, Faults> {
        let name = name.into();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.len() > LARGEST {
            return Err(unusable(name, too_large(text.len() as u64)));
        }
        let text: Arc<str> = Arc::from(text);
        let parsed = match format {
            Format::Toml => toml_text::parse(&text),
            Format::Json => json::parse(&text),
        };
        match parsed {
            Ok((root, known)) => Ok(Self {
                name,
                text,
                format,
                root,
                resolved: None,
                renamed: Renamed::default(),
                known,
            }),
            Err(problem) => Err(Faults::new(name, text, problem, Vec::new())),
        }
    }

    /// Reads a document from bytes, which must be UTF-8.
    ///
    /// # Errors
    /// As [`parse`](Self::parse), and bytes that are no UTF-8.
    pub fn parse_bytes(
        name: impl Into<String>,
        bytes: &[u8],
        format: Format,
    ) -> Result<Self, Faults> {
        let error = match std::str::from_utf8(bytes) {
            Ok(text) => return Self::parse(name, text, format),
            Err(error) => error,
        };
        let message = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            "it is UTF-16 text".to_string()
        } else {
            format!("it is not UTF-8 text (byte {})", error.valid_up_to())
        };
        let problem = Problem::new(codes::ENCODING, message).help("save the file as UTF-8");
        Err(unusable(name.into(), problem))
    }

    /// Takes the bytes of a file apart whose name ends in .toml or .json; or says why there are none.
    ///
    /// # Errors
    /// The file could not be read, and as [`parse_bytes`](Self::parse_bytes).
    pub fn from_file(path: &Path, bytes: io::Result<Vec<u8>>) -> Result<Self, Faults> {
        let name = path.display().to_string();
        let problem = match (Format::of(path), bytes) {
            (None, _) => Problem::new(
                codes::FORMAT,
                "the name must end in .toml or .json, to say how it is written",
            ),
            (_, Err(error)) if error.kind() == io::ErrorKind::IsADirectory => {
                Problem::new(codes::UNREADABLE, "it is a folder, not a file")
            }
            (_, Err(error)) => Problem::new(codes::UNREADABLE, format!("cannot be read: {error}")),
            (_, Ok(bytes)) if bytes.len() > LARGEST + 3 => too_large(bytes.len() as u64),
            (Some(format), Ok(bytes)) => return Self::parse_bytes(name, &bytes, format),
        };
        Err(unusable(name, problem))
    }

    /// Takes a file of the disk apart.
    ///
    /// # Errors
    /// As [`from_file`](Self::from_file).
    pub fn open(path: &Path) -> Result<Self, Faults> {
        Self::from_file(path, from_disk(path))
    }

    /// The value the file holds.
    ///
    /// # Errors
    /// Everything that is wrong with the file, in its order: each field that is unknown, missing or
    /// given twice, and each value that its field cannot hold.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Faults> {
        let tree = self.resolved.as_ref().unwrap_or(&self.root);
        collect::read(tree, &self.known).map_err(|(first, others)| {
            let others = others.into_iter().map(|other| other.renamed(self.renamed));
            Faults::new(
                self.name.clone(),
                Arc::clone(&self.text),
                first.renamed(self.renamed),
                others.collect(),
            )
        })
    }

    /// The text of a field of the whole file.
    ///
    /// ```
    /// use chemorad_reader::{Document, Format};
    /// let document = Document::parse("a.toml", "schema = \"example/1\"", Format::Toml)?;
    /// assert_eq!(document.text_of("schema"), Some("example/1"));
    /// # Ok::<(), chemorad_reader::Faults>(())
    /// ```
    #[must_use]
    pub fn text_of(&self, field: &str) -> Option<&str> {
        self.root.get(field)?.text()
    }

    /// The tree of the file as it is written.
    #[must_use]
    pub const fn root(&self) -> &Node {
        &self.root
    }

    /// Reads another tree in place of the file's from now on: `rewrite` puts in full what the file says
    /// in a shorter way, and gives the faults of that. Places stay those of the file.
    ///
    /// ```
    /// use chemorad_reader::{Document, Format, Value};
    /// let document = Document::parse("a.toml", "dose = \"as before\"", Format::Toml)?;
    /// let document = document.rewritten(|tree| {
    ///     if let Value::Table(entries) = &mut tree.value {
    ///         entries[0].node.value = Value::Text("45 Gy".to_string());
    ///     }
    ///     Vec::new()
    /// });
    /// let read: std::collections::BTreeMap<String, String> = document.read()?;
    /// assert_eq!(read["dose"], "45 Gy");
    /// # Ok::<(), chemorad_reader::Faults>(())
    /// ```
    #[must_use]
    pub fn rewritten(mut self, rewrite: impl FnOnce(&mut Node) -> Vec<Problem>) -> Self {
        let mut tree = self.resolved.take().unwrap_or_else(|| self.root.clone());
        self.known.extend(rewrite(&mut tree));
        self.resolved = Some(tree);
        self
    }

    /// Calls fields by another name in faults: the one that this file knows them by.
    #[must_use]
    pub const fn renamed(mut self, renamed: Renamed) -> Self {
        self.renamed = renamed;
        self
    }

    /// The name the file was read under.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text of the file, without a byte order mark.
    #[must_use]
    pub const fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// How the file is written.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.format
    }

    /// Where the value of a path stands: `arms[2].when`, `phases.boost.doses`. A part of a path may
    /// be the `id`, `name`, `volume` or `version` of an element. Of a path that leads to nothing,
    /// its last step that does: something is missing there.
    #[must_use]
    pub fn position(&self, path: &str) -> Position {
        Position::of(&self.text, self.span(path).start)
    }

    /// The bytes of [`text`](Self::text) the value of a path stands in.
    #[must_use]
    pub fn span(&self, path: &str) -> Range<usize> {
        path::resolve(&self.root, path).0.span.clone()
    }

    /// Whether a path leads to a value of the file.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        path::resolve(&self.root, path).1
    }

    /// Every text, number and truth value with its path, in the order of the file.
    ///
    /// ```
    /// use chemorad_reader::{Document, Format};
    /// let document = Document::parse("a.json", "{\"doses\": [{\"gray\": 45}]}", Format::Json)?;
    /// let (path, span) = document.values().next().unwrap();
    /// assert_eq!((path.as_str(), &document.text()[span]), ("doses[0].gray", "45"));
    /// # Ok::<(), chemorad_reader::Faults>(())
    /// ```
    pub fn values(&self) -> impl Iterator<Item = (String, Range<usize>)> + '_ {
        let values = path::values(&self.root).into_iter();
        values.map(|(path, node)| (path, node.span.clone()))
    }
}

fn unusable(name: String, problem: Problem) -> Faults {
    Faults::new(name, Arc::from(""), problem, Vec::new())
}

fn too_large(bytes: u64) -> Problem {
    let message =
        format!("it has {bytes} bytes, and such a file is at most 1 MiB: is it the right file?");
    Problem::new(codes::SIZE, message)
}

/// The bytes of a file, of a larger one a little more than is read; a pipe has no length beforehand.
fn from_disk(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST as u64 + 4).read_to_end(&mut bytes)?;
    Ok(bytes)
}
