//! Findings of a protocol file with their places.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::assertion::Assertion;
use chemorad::report::{Finding, Outcome};
use chemorad::text::List;
use serde::Deserialize;

use crate::file::ProtocolFile;
use chemorad_reader::{Document, Faults, Position};

/// The characters of a file that a finding is about; the end is not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Where they begin.
    pub start: Position,
    /// Where they end, on the same line.
    pub end: Position,
}

/// A finding and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The finding; its `at` is the path of the value.
    pub finding: Finding,
    /// Line and column.
    pub place: Place,
}

/// What linting one file has found.
///
/// ```
/// use chemorad_protocol::{Format, Linted, ProtocolFile};
///
/// let text = "schema = \"chemorad.protocol/1\"\nid = \"T\"\ntitel = \"A trial\"\n";
/// let linted = Linted::of(ProtocolFile::parse("trial.toml", text, Format::Toml));
/// let located = &linted.findings[0];
/// assert_eq!(located.finding.code(), "file.unknown_field");
/// assert_eq!(located.place.start.to_string(), "3:1");
/// ```
#[derive(Debug, Clone)]
pub struct Linted {
    /// The name of the file.
    pub name: String,
    /// Its text, to show lines of; empty when it could not be read.
    pub text: Arc<str>,
    /// Whether it could be read as a protocol; a file that cannot has findings `file.…`
    /// alone.
    pub readable: bool,
    /// The findings, in the order of the file.
    pub findings: Vec<Located>,
}

impl Linted {
    /// Lints what was read, or says why it could not be read.
    #[must_use]
    pub fn of(read: Result<ProtocolFile, Faults>) -> Self {
        match read {
            Ok(file) => Self::protocol(&file),
            Err(faults) => Self::unreadable(&faults),
        }
    }

    /// Reads and lints a protocol file of the disk, and the worked examples beside it where there
    /// are any.
    #[must_use]
    pub fn read(path: &Path) -> Vec<Self> {
        match ProtocolFile::read(path) {
            Ok(file) => Self::beside(&file, path),
            Err(faults) => vec![Self::unreadable(&faults)],
        }
    }

    /// Lints a protocol as if it stood at a path of the disk, with the worked examples beside it.
    #[must_use]
    pub fn beside(file: &ProtocolFile, path: &Path) -> Vec<Self> {
        let beside = Self::examples_beside(path).into_iter();
        let examples = beside
            .filter(|examples| examples.exists())
            .map(|examples| Self::examples_of(file, Document::open(&examples)));
        std::iter::once(Self::protocol(file))
            .chain(examples)
            .collect()
    }

    /// Where the worked examples of a protocol file may stand: those of `trial.toml` in
    /// `trial.assertions.toml`, or in `trial.assertions.json`.
    #[must_use]
    pub fn examples_beside(path: &Path) -> [PathBuf; 2] {
        ["assertions.toml", "assertions.json"].map(|ending| path.with_extension(ending))
    }

    fn protocol(file: &ProtocolFile) -> Self {
        Self::located(file.document(), file.protocol.lint())
    }

    /// A file of worked examples, held against its protocol.
    #[must_use]
    pub fn examples(file: &ProtocolFile, path: &Path, bytes: io::Result<Vec<u8>>) -> Self {
        Self::examples_of(file, Document::from_file(path, bytes))
    }

    fn examples_of(file: &ProtocolFile, document: Result<Document, Faults>) -> Self {
        let read = document.and_then(|document| {
            let examples: Examples = document.read()?;
            Ok((examples, document))
        });
        match read {
            Ok((examples, document)) => {
                let findings = file.protocol.assert_examples(&examples.assertions);
                Self::located(&document, findings)
            }
            Err(faults) => Self::unreadable(&faults),
        }
    }

    fn located(document: &Document, findings: Vec<Finding>) -> Self {
        let mut findings: Vec<Located> = findings
            .into_iter()
            .map(|finding| locate(document, finding))
            .collect();
        findings.sort_by_key(|located| located.place.start);
        Self {
            name: document.name().to_string(),
            text: Arc::clone(document.text()),
            readable: true,
            findings,
        }
    }

    fn unreadable(faults: &Faults) -> Self {
        let findings = faults.iter().map(|fault| Located {
            finding: Finding::from(fault.clone()),
            place: place(faults.text(), fault.span.start, fault.span.end),
        });
        Self {
            name: faults.file().to_string(),
            text: Arc::clone(faults.text()),
            readable: false,
            findings: findings.collect(),
        }
    }

    /// The outcome of the whole file.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let found = self.findings.iter().map(|located| located.finding.outcome);
        Outcome::worst(found.chain([Outcome::Pass]))
    }
}

/// A file of worked examples alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Examples {
    assertions: List<Assertion>,
}

/// The fields of a value that a code is about, the first that is there; otherwise the value itself.
fn fields(code: &str) -> &'static [&'static str] {
    match code {
        "protocol.quote" | "protocol.quote_variant" | "protocol.text_number" => {
            &["quote", "quotes[0].text", "text"]
        }
        "protocol.equation" | "protocol.reason" => &["reason"],
        "protocol.drug_left_out" => &["concurrent_drugs.value", "drugs.value"],
        "protocol.choices" => &["choices", "question.choices"],
        "protocol.choice_number" => &["values", "question.choices"],
        _ => &["value", "question"],
    }
}

fn locate(document: &Document, finding: Finding) -> Located {
    let inside = fields(finding.code())
        .iter()
        .map(|field| format!("{}.{field}", finding.at()))
        .find(|path| document.has(path));
    let span = document.span(inside.as_deref().unwrap_or(&finding.at()));
    Located {
        place: place(document.text(), span.start, span.end),
        finding,
    }
}

/// The part of a span that stands on its first line.
fn place(text: &str, start: usize, end: usize) -> Place {
    let line = text.get(start..end).unwrap_or_default();
    let line = line.split(['\r', '\n']).next().unwrap_or_default();
    let start = Position::of(text, start);
    Place {
        start,
        end: Position {
            line: start.line,
            column: start.column + line.chars().count(),
        },
    }
}
