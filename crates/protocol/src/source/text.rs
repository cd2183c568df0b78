//! The text of a source, read from a file.

use std::io;
use std::path::Path;

/// The largest text of a source that is read, in bytes: a protocol of some hundred pages.
pub const LARGEST_SOURCE: usize = 8 * 1024 * 1024;

/// The text of the document that a protocol quotes.
///
/// ```
/// use std::path::Path;
/// use chemorad_protocol::SourceText;
/// let source = SourceText::from_bytes(Path::new("protocol.txt"), Ok(b"45 Gy in 25 fractions".to_vec()))?;
/// assert_eq!(source.text(), "45 Gy in 25 fractions");
/// let pdf = SourceText::from_bytes(Path::new("protocol.pdf"), Ok(b"%PDF-1.7".to_vec())).unwrap_err();
/// assert!(pdf.to_string().contains("pdftotext"));
/// # Ok::<(), chemorad_protocol::SourceError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    name: String,
    text: String,
}

/// Why the text of a source cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The file cannot be opened.
    #[error("the source {name} cannot be read: {reason}")]
    Unreadable {
        /// The file.
        name: String,
        /// What the system says.
        reason: String,
    },
    /// It is a PDF.
    #[error("the source {0} is a PDF, and its text is needed: pdftotext -layout {0} source.txt")]
    Pdf(String),
    /// It is no text in UTF-8.
    #[error("the source {name} is not UTF-8 text (byte {byte}): save its text as UTF-8")]
    Encoding {
        /// The file.
        name: String,
        /// Where it is no longer UTF-8.
        byte: usize,
    },
    /// It is too large.
    #[error("the source {0} is larger than 8 MiB: is it the text of one document?")]
    Size(String),
    /// There is nothing in it.
    #[error("the source {0} is empty")]
    Empty(String),
}

impl SourceText {
    /// From the bytes of a file, or the reason why there are none.
    ///
    /// # Errors
    /// The file is not a text in UTF-8 of at most 8 MiB.
    pub fn from_bytes(path: &Path, bytes: io::Result<Vec<u8>>) -> Result<Self, SourceError> {
        let name = path.display().to_string();
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(error) => {
                let reason = error.to_string();
                return Err(SourceError::Unreadable { name, reason });
            }
        };
        if bytes.starts_with(b"%PDF") {
            return Err(SourceError::Pdf(name));
        }
        if bytes.len() > LARGEST_SOURCE {
            return Err(SourceError::Size(name));
        }
        match String::from_utf8(bytes) {
            Err(error) => Err(SourceError::Encoding {
                name,
                byte: error.utf8_error().valid_up_to(),
            }),
            Ok(text) if text.trim().is_empty() => Err(SourceError::Empty(name)),
            Ok(text) => Ok(Self {
                name,
                text: text.strip_prefix('\u{feff}').unwrap_or(&text).to_string(),
            }),
        }
    }

    /// The name of the file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}
