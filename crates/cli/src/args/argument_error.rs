//! Why an argument is refused, in the words of the command, with the error of the room that it comes from.

use std::error::Error;
use std::fmt;

use chemorad::report::Code;

use crate::coded::Coded;

/// The words that a person is told, and the error behind them.
#[derive(Debug)]
pub(crate) struct ArgumentError {
    words: String,
    code: Code,
    from: Option<Box<dyn Error + Send + Sync>>,
}

impl ArgumentError {
    /// A refusal of the command itself.
    pub(crate) fn new(code: Code, words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            code,
            from: None,
        }
    }

    /// An error in its own words.
    pub(crate) fn of(from: impl Coded + Send + Sync) -> Self {
        Self::with("", from, "")
    }

    /// An error with words before and after its own.
    pub(crate) fn with(before: &str, from: impl Coded + Send + Sync, after: &str) -> Self {
        Self {
            words: format!("{before}{from}{after}"),
            code: from.code(),
            from: Some(Box::new(from)),
        }
    }
}

impl fmt::Display for ArgumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl Error for ArgumentError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let from = self.from.as_deref()?;
        Some(from)
    }
}

impl Coded for ArgumentError {
    fn code(&self) -> Code {
        self.code
    }
}
