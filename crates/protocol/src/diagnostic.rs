use std::fmt;
use std::ops::Range;
use std::sync::Arc;

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
/// | code | fault |
/// | --- | --- |
/// | `file.size` | larger than [`LARGEST`](crate::LARGEST) |
/// | `file.encoding` | not UTF-8 text |
/// | `file.unreadable` | it cannot be opened, or is a folder |
/// | `file.format` | its name ends neither in .toml nor in .json |
/// | `file.syntax` | not TOML or not JSON |
/// | `file.depth` | nested deeper than any protocol |
/// | `file.duplicate_key` | a name given twice |
/// | `file.number` | a number that no field could hold |
/// | `file.unknown_field` | a field that does not exist here |
/// | `file.missing_field` | a field that is needed here |
/// | `file.value` | a value that its field cannot hold |
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
