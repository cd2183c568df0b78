//! Findings of a protocol file with their places.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::assertion::Assertion;
use chemorad::report::{Finding, Outcome};
use chemorad::text::{List, Text};
use serde::Deserialize;

use crate::file::ProtocolFile;
use crate::lint::fault::{PartedWords, ProtocolFault};
use crate::lint::finding::ProtocolFinding;
use crate::lint::quotes::places;
use crate::model::protocol::Schema;
use crate::source::numbers;
use crate::source::passages::Source;
use crate::source::text::SourceText;
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
        let mut linted = Self::with_source(file, path);
        linted.extend(examples);
        linted
    }

    /// A protocol, and the text of its source where the file names one.
    fn with_source(file: &ProtocolFile, path: &Path) -> Vec<Self> {
        let Some(at) = Self::source_beside(file, path) else {
            return vec![Self::protocol(file)];
        };
        match SourceText::from_bytes(&at, std::fs::read(&at)) {
            Ok(source) => Self::against(file, &source).into(),
            Err(error) => {
                let mut findings = Self::findings_of(file);
                findings.push(found("source.file", ProtocolFault::UnreadableSource(error)));
                vec![Self::located(file.document(), findings)]
            }
        }
    }

    /// Where the worked examples of a protocol file may stand: those of `trial.toml` in
    /// `trial.assertions.toml`, or in `trial.assertions.json`.
    #[must_use]
    pub fn examples_beside(path: &Path) -> [PathBuf; 2] {
        ["assertions.toml", "assertions.json"].map(|ending| path.with_extension(ending))
    }

    fn protocol(file: &ProtocolFile) -> Self {
        Self::located(file.document(), Self::findings_of(file))
    }

    fn findings_of(file: &ProtocolFile) -> Vec<Finding> {
        let mut findings = once_a_passage(file, file.protocol.lint());
        let uncited = file.passages().iter().filter(|passage| !passage.is_cited());
        findings.extend(uncited.map(|passage| {
            let id = passage.id.clone();
            found(&passage.at, ProtocolFault::UncitedPassage { id })
        }));
        findings
    }

    /// Lints a protocol, and holds it against the text of its source: each passage is looked for in it, word
    /// for word. The second of the two is the source with the numbers that the protocol does not have.
    ///
    /// ```
    /// use std::path::Path;
    /// use chemorad_protocol::{Linted, SourceText, library};
    /// let file = library::file("NCT06949098").unwrap();
    /// let text = b"Pelvic field irradiation 45Gy in 52 fractions".to_vec();
    /// let source = SourceText::from_bytes(Path::new("registry.txt"), Ok(text))?;
    /// let [protocol, source] = Linted::against(&file, &source);
    /// let missing = protocol.findings.iter().filter(|l| l.finding.is("protocol.passage_source"));
    /// assert_eq!(missing.count(), file.passages().len());
    /// assert_eq!(source.findings[0].place.start.to_string(), "1:34"); // 52 fractions
    /// # Ok::<(), chemorad_protocol::SourceError>(())
    /// ```
    #[must_use]
    pub fn against(file: &ProtocolFile, source: &SourceText) -> [Self; 2] {
        let mut findings = Self::findings_of(file);
        let quotes = quotes_of(file);
        if file.protocol.source.quotes.is_verbatim() {
            let text = Source::new(source.text());
            for (at, quote) in &quotes {
                let Err(parted) = text.find(quote) else {
                    continue;
                };
                let parted = parted.map(|parted| PartedWords {
                    line: Position::of(source.text(), parted.at).line,
                    there: parted.there,
                    passage: parted.passage,
                    source: parted.source,
                });
                let fault = ProtocolFault::NotInSource {
                    source: source.name().to_string(),
                    passage: quote.clone(),
                    parted,
                };
                findings.push(found(at, fault));
            }
        } else {
            let source = source.name().to_string();
            findings.push(found(
                "source.quotes",
                ProtocolFault::NotedSource { source },
            ));
        }
        let texts = quotes.iter().map(|(_, quote)| &**quote);
        let unused = numbers::unborne(source.text(), &file.protocol, texts);
        let unused = unused.into_iter().map(|span| Located {
            finding: found(
                "",
                ProtocolFault::UnusedNumber {
                    number: source.text()[span.clone()].to_string().into(),
                },
            ),
            place: place(source.text(), span.start, span.end),
        });
        let of_source = Self {
            name: source.name().to_string(),
            text: Arc::from(source.text()),
            readable: true,
            findings: unused.collect(),
        };
        [Self::located(file.document(), findings), of_source]
    }

    /// Where the text of a protocol's source stands, where the file names it: beside the file.
    #[must_use]
    pub fn source_beside(file: &ProtocolFile, path: &Path) -> Option<PathBuf> {
        let name = file.protocol.source.file.as_ref()?;
        Some(path.with_file_name(&**name))
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

fn found(at: &str, fault: ProtocolFault) -> Finding {
    Finding::from(ProtocolFinding::new(at, fault))
}

/// The words that a protocol quotes, each once, with their places in the file.
fn quotes_of(file: &ProtocolFile) -> Vec<(String, Text)> {
    if file.schema() == Schema::V2 {
        let passages = file.passages().iter();
        return passages
            .map(|passage| (passage.at.clone(), passage.text.clone()))
            .collect();
    }
    let views = file.protocol.statements();
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for (at, quote) in places(&file.protocol, &views) {
        if seen.insert(quote.text.clone()) {
            out.push((at, quote.text.clone()));
        }
    }
    out
}

/// Where a file lists its passages, two that differ in a number are said once, and not where each is cited.
fn once_a_passage(file: &ProtocolFile, findings: Vec<Finding>) -> Vec<Finding> {
    if file.schema() == Schema::V1 {
        return findings;
    }
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for finding in findings {
        let fault = finding
            .observation::<ProtocolFinding>()
            .map(|found| &found.fault);
        let Some(ProtocolFault::QuoteVariant { quote, other }) = fault else {
            out.push(finding);
            continue;
        };
        let passage = file
            .passages()
            .iter()
            .find(|passage| passage.text == *quote);
        match passage {
            Some(passage) if seen.insert(quote.clone()) => {
                let fault = ProtocolFault::QuoteVariant {
                    other: other.clone(),
                    quote: quote.clone(),
                };
                out.push(found(&passage.at, fault));
            }
            Some(_) => {}
            None => out.push(finding),
        }
    }
    out
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
            &["quote", "quotes[0].text", "from", "question.from", "text"]
        }
        "protocol.equation" | "protocol.reason" => &["reason"],
        "protocol.drug_left_out" => &["concurrent_drugs.value", "drugs.value"],
        "protocol.choices" => &["choices", "question.choices"],
        "protocol.choice_number" => &["values", "question.choices"],
        "protocol.passage_uncited" => &["id"],
        "protocol.passage_source" => &["text", "quote", "from"],
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
