//! Quotes of CSV that do not end in their line.

use std::fmt;

/// A quoted cell of CSV that does not end in the line where it begins. A closing quote that was forgotten makes all
/// the lines up to the next quote one cell, and what they say is lost without a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenQuote {
    /// The line where the cell begins, from 1.
    pub line: usize,
    /// The line of the next quote; none where there is no other.
    pub closed: Option<usize>,
}

impl OpenQuote {
    /// The first in a text; none where every quoted cell ends in its line. A line that begins with `comment` is no
    /// row.
    ///
    /// ```
    /// use chemorad_reader::OpenQuote;
    /// let text = "organ,note\nbladder,\"see page 3\nrectum,\n";
    /// let open = OpenQuote::first(text, b',', None).unwrap();
    /// assert_eq!((open.line, open.closed), (2, None));
    /// assert_eq!(OpenQuote::first("a,\"b, \"\"c\"\"\"\n", b',', None), None);
    /// ```
    #[must_use]
    pub fn first(text: &str, delimiter: u8, comment: Option<u8>) -> Option<Self> {
        let mut at = Place::RowBegins;
        let mut line = 1;
        // where a cell that goes on over the end of its line begins
        let mut open: Option<usize> = None;
        let mut bytes = text.bytes().peekable();
        while let Some(byte) = bytes.next() {
            let ends_line = byte == b'\n' || (byte == b'\r' && bytes.peek() != Some(&b'\n'));
            at = match (at, byte) {
                (Place::Quoted { begins }, b'"') => {
                    if bytes.next_if_eq(&b'"').is_some() {
                        Place::Quoted { begins }
                    } else if open.is_some() {
                        return Some(Self {
                            line: begins,
                            closed: Some(line),
                        });
                    } else {
                        Place::Inside
                    }
                }
                (Place::Quoted { begins }, _) => {
                    if ends_line {
                        open = Some(begins);
                    }
                    Place::Quoted { begins }
                }
                (Place::Comment, _) if !ends_line => Place::Comment,
                (_, b'\n' | b'\r') => Place::RowBegins,
                (Place::RowBegins, _) if Some(byte) == comment => Place::Comment,
                (Place::RowBegins | Place::CellBegins, b'"') => Place::Quoted { begins: line },
                (_, _) if byte == delimiter => Place::CellBegins,
                _ => Place::Inside,
            };
            if ends_line {
                line += 1;
            }
        }
        match at {
            Place::Quoted { begins } => Some(Self {
                line: begins,
                closed: None,
            }),
            _ => None,
        }
    }
}

#[derive(Clone, Copy)]
enum Place {
    RowBegins,
    CellBegins,
    Inside,
    Comment,
    Quoted { begins: usize },
}

impl fmt::Display for OpenQuote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line;
        match self.closed {
            None => write!(
                f,
                "line {line}: a cell begins with a quote that no other closes, so all behind it would be read as its text: close the quote"
            ),
            Some(closed) => write!(
                f,
                "line {line}: a cell that begins with a quote goes on to line {closed}, so the lines between would be read as its text: close the quote, or write the cell in one line"
            ),
        }
    }
}
