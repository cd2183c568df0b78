use std::path::Path;
use std::sync::Arc;

use chemorad::finding::{Finding, Outcome};

use crate::diagnostic::{Diagnostic, Position};
use crate::file::ProtocolFile;

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
/// assert_eq!(located.finding.code.as_str(), "file.unknown_field");
/// assert_eq!(located.place.start.to_string(), "3:1");
/// ```
#[derive(Debug, Clone)]
pub struct Linted {
    /// The name of the file.
    pub name: String,
    /// Its text, to show lines of; empty when it could not be read.
    pub text: Arc<str>,
    /// Whether it could be read as a protocol; a file that cannot has one finding, `file.…`.
    pub readable: bool,
    /// The findings, in the order of the file.
    pub findings: Vec<Located>,
}

impl Linted {
    /// Lints what was read, or says why it could not be read.
    #[must_use]
    pub fn of(read: Result<ProtocolFile, Diagnostic>) -> Self {
        match read {
            Ok(file) => Self::protocol(&file),
            Err(diagnostic) => Self::unreadable(&diagnostic),
        }
    }

    /// Reads and lints a file.
    #[must_use]
    pub fn read(path: &Path) -> Self {
        Self::of(ProtocolFile::read(path))
    }

    fn protocol(file: &ProtocolFile) -> Self {
        let mut findings: Vec<Located> = file
            .protocol
            .lint()
            .into_iter()
            .map(|finding| locate(file, finding))
            .collect();
        findings.sort_by_key(|located| located.place.start);
        Self {
            name: file.name().to_string(),
            text: Arc::from(file.text()),
            readable: true,
            findings,
        }
    }

    fn unreadable(diagnostic: &Diagnostic) -> Self {
        let mut message = diagnostic.message.to_string();
        if let Some(help) = &diagnostic.help {
            message.push_str("; ");
            message.push_str(help);
        }
        let finding = Finding::new(diagnostic.code, Outcome::Fail, "", message);
        Self {
            name: diagnostic.file.to_string(),
            text: Arc::clone(&diagnostic.text),
            readable: false,
            findings: vec![Located {
                finding,
                place: place(&diagnostic.text, diagnostic.span.start, diagnostic.span.end),
            }],
        }
    }

    /// The outcome of the whole file.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let found = self.findings.iter().map(|located| located.finding.outcome);
        Outcome::worst(found.chain([Outcome::Pass]))
    }
}

/// The field of a value that a code is about; the value itself otherwise.
fn field(code: &str) -> &'static str {
    match code {
        "protocol.quote_number" | "protocol.quote" | "protocol.quote_variant" => "quote",
        "protocol.equation" | "protocol.reason" | "protocol.derived_number" => "reason",
        "protocol.choices" => "choices",
        _ => "value",
    }
}

fn locate(file: &ProtocolFile, finding: Finding) -> Located {
    let inside = format!("{}.{}", finding.at, field(&finding.code));
    let whole = if finding.at.is_empty() {
        0..0
    } else if file.has(&inside) {
        file.span(&inside)
    } else {
        file.span(&finding.at)
    };
    Located {
        place: place(file.text(), whole.start, whole.end),
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
