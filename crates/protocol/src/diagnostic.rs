//! Why a file cannot be read, and where.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use chemorad::report::{Code, Observation, Outcome, Subject};

use crate::file_codes::{FILE_CODES, UNREADABLE};

/// A place in a file: line and column, both counted from 1, the column in characters.
///
/// ```
/// use chemorad_protocol::Position;
/// assert_eq!(Position { line: 3, column: 7 }.to_string(), "3:7");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Position {
    /// The place of a byte of a text; past its end, the end.
    #[must_use]
    pub fn of(text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        Self {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before[start..].chars().count() + 1,
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Why a file is not a protocol: the first thing that is wrong with it, and where.
///
/// Its codes are [`FILE_CODES`](crate::FILE_CODES).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Diagnostic {
    /// A stable name such as `file.unknown_field`.
    pub code: &'static str,
    /// What is wrong.
    pub message: Box<str>,
    /// What to do, where that can be said.
    pub help: Option<Box<str>>,
    /// The name of the file.
    pub file: Box<str>,
    /// The bytes it is about, in [`text`](Self::text).
    pub span: Range<usize>,
    /// Where they begin.
    pub position: Position,
    /// The text of the file without a byte order mark; empty when it could not be read.
    pub text: Arc<str>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if !self.text.is_empty() {
            write!(f, ":{}", self.position)?;
        }
        write!(f, ": {}", self.message)?;
        if let Some(help) = &self.help {
            write!(f, "; {help}")?;
        }
        Ok(())
    }
}

/// A file that cannot be read, as a finding: the words are those of its reader.
///
/// ```
/// use chemorad_protocol::{FileFinding, Format, Linted, ProtocolFile};
/// let linted = Linted::of(ProtocolFile::parse("trial.toml", "titel = 1", Format::Toml));
/// let found = linted.findings[0].finding.observation::<FileFinding>().unwrap();
/// assert_eq!(found.0.position.to_string(), "1:1");
/// ```
#[derive(Debug, Clone)]
pub struct FileFinding(pub Diagnostic);

impl fmt::Display for FileFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        match &self.0.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl Observation for FileFinding {
    fn code(&self) -> &Code {
        let known = FILE_CODES.iter().find(|code| code.name == self.0.code);
        known.unwrap_or(&UNREADABLE)
    }

    fn outcome(&self) -> Outcome {
        Outcome::Fail
    }

    fn subject(&self) -> Subject {
        Subject::path("")
    }
}
