//! What is wrong with a file: every fault with its place, its words and what to do.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use chemorad::report::{Code, Observation, Outcome, Subject};

use super::codes;
use super::position::Position;
use super::problem::Problem;

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// Its entry in the catalogue, one of [`CODES`](crate::CODES).
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What to do, where that can be said: the nearest known name, or all of them.
    pub help: Option<String>,
    /// The bytes it is about, in [`Faults::text`].
    pub span: Range<usize>,
    /// Where they begin.
    pub position: Position,
}

impl Fault {
    pub(crate) fn new(problem: Problem, text: &str) -> Self {
        let parts = problem.into_parts();
        let span = parts.span.unwrap_or(0..0);
        Self {
            code: parts.code,
            message: parts.message,
            help: parts.help,
            position: Position::of(text, span.start),
            span,
        }
    }
}

/// What is wrong, and what to do.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl Observation for Fault {
    fn code(&self) -> &Code {
        &self.code
    }

    fn outcome(&self) -> Outcome {
        Outcome::Fail
    }

    /// The whole file: its name and the place go with the file.
    fn subject(&self) -> Subject {
        Subject::path("")
    }
}

/// Everything that is wrong with one file: at least one fault. What stands in the file comes in its
/// order, then what is missing.
///
/// ```
/// use chemorad_reader::{Document, Format};
///
/// #[derive(Debug, serde::Deserialize)]
/// #[serde(deny_unknown_fields)]
/// struct Patient {
///     height: String,
///     weight: String,
/// }
///
/// let document = Document::parse("case.toml", "hieght = \"170 cm\"\nweight = 70\n", Format::Toml)?;
/// let faults = document.read::<Patient>().unwrap_err();
/// assert_eq!(
///     faults.to_string(),
///     "case.toml:1:1: the field `hieght` is not known here; did you mean `height`?\n\
///      case.toml:2:10: found the number 70, needed a text in quotes"
/// );
/// # Ok::<(), chemorad_reader::Faults>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    file: String,
    text: Arc<str>,
    first: Fault,
    others: Vec<Fault>,
}

impl Faults {
    /// In the order of the file, then what is missing.
    pub(crate) fn new(file: String, text: Arc<str>, first: Problem, others: Vec<Problem>) -> Self {
        let mut faults: Vec<Fault> = std::iter::once(first)
            .chain(others)
            .map(|problem| Fault::new(problem, &text))
            .collect();
        faults.sort_by_key(|fault| (fault.code == codes::MISSING_FIELD, fault.span.start));
        let first = faults.remove(0);
        Self {
            file,
            text,
            first,
            others: faults,
        }
    }

    /// The name of the file.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The text of the file without a byte order mark; empty when it could not be read.
    #[must_use]
    pub const fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The first fault.
    #[must_use]
    pub const fn first(&self) -> &Fault {
        &self.first
    }

    /// Every fault.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        std::iter::once(&self.first).chain(&self.others)
    }
}

/// One line each: `case.toml:3:7: what is wrong; what to do`.
impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            f.write_str(&self.file)?;
            if !self.text.is_empty() {
                write!(f, ":{}", fault.position)?;
            }
            write!(f, ": {fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
