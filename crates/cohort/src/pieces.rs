//! Cuts a file into pieces of whole rows that can be read independently.

use std::fmt;
use std::io::{self, Read};

#[cfg(feature = "parquet")]
use crate::cell::Cell;
use crate::error::CohortError;
use crate::lines;
#[cfg(feature = "parquet")]
use crate::table::Table;

/// How a CSV file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct CsvOptions {
    /// The mark between cells; absent means the most frequent one of comma, semicolon and tab in the
    /// header.
    pub delimiter: Option<u8>,
    /// Whether numbers have decimal commas.
    pub decimal_comma: bool,
    /// How many bytes are read at a time; absent means 1 MiB. Some pieces at once are in memory.
    pub piece_bytes: Option<usize>,
}

/// Some whole rows of a file.
#[derive(Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its number, from 0.
    pub index: usize,
    pub(crate) content: Content,
    /// Whether the file ends inside a quote.
    pub(crate) unclosed: bool,
}

/// What a piece holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    Csv(Vec<u8>),
    /// A JSON object on each line.
    Lines(Vec<u8>),
    /// Rows that are cells already.
    #[cfg(feature = "parquet")]
    Cells(Vec<Vec<Cell>>),
}

impl Piece {
    /// How many bytes of the file it is; 0 where that is not known.
    #[must_use]
    pub fn size(&self) -> usize {
        match &self.content {
            Content::Csv(bytes) | Content::Lines(bytes) => bytes.len(),
            #[cfg(feature = "parquet")]
            Content::Cells(_) => 0,
        }
    }
}

impl fmt::Debug for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Piece({}, {} bytes)", self.index, self.size())
    }
}

/// So much is read at a time.
const PIECE: usize = 1 << 20;

/// No header is longer.
const LONGEST_HEADER: usize = 1 << 20;

/// No row is longer.
const LONGEST_ROW: usize = 64 << 20;

/// A file in pieces.
pub struct Pieces<'r> {
    input: Box<dyn Read + Send + 'r>,
    header: Vec<String>,
    options: CsvOptions,
    delimiter: u8,
    lines: bool,
    /// What was read and not given yet.
    kept: Vec<u8>,
    ended: bool,
    next: usize,
    #[cfg(feature = "parquet")]
    table: Option<Table>,
}

impl fmt::Debug for Pieces<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pieces({:?})", self.header)
    }
}

/// Where a cell is in CSV, as the `csv` crate reads it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    CellStart,
    Cell,
    Quoted,
    /// After a quote inside a quoted cell: it ended, or the quote is one of two.
    Quote,
}

/// The end of the last whole row, and the state at the end of the text.
fn last_row(text: &[u8], delimiter: u8) -> (Option<usize>, State) {
    if !text.contains(&b'"') {
        let line = text.iter().rposition(|byte| *byte == b'\n');
        let line = line.or_else(|| {
            // files of old machines end lines with a return alone
            let whole = text.len().saturating_sub(1);
            text.get(..whole)?.iter().rposition(|byte| *byte == b'\r')
        });
        return (line.map(|at| at + 1), State::Cell);
    }
    let mut state = State::CellStart;
    let mut last = None;
    for (at, byte) in text.iter().enumerate() {
        state = match (state, *byte) {
            (State::Quoted, b'"') => State::Quote,
            (State::Quoted, _) | (State::CellStart | State::Quote, b'"') => State::Quoted,
            (_, b'\n' | b'\r') => {
                last = Some(at + 1);
                State::CellStart
            }
            (_, byte) if byte == delimiter => State::CellStart,
            _ => State::Cell,
        };
    }
    // a return may be the first half of a line's end
    if last == Some(text.len()) && text.last() == Some(&b'\r') {
        last = last_row(text.get(..text.len() - 1).unwrap_or_default(), delimiter).0;
    }
    (last, state)
}

/// The end of the first row that is not blank.
fn first_row(text: &[u8]) -> Option<usize> {
    let begin = text
        .iter()
        .position(|byte| !matches!(byte, b'\n' | b'\r'))?;
    let mut quoted = false;
    for (at, byte) in text.iter().enumerate().skip(begin) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The line that tells a spreadsheet what stands between cells.
fn separator_line(line: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(line).ok()?;
    let text = text.trim_end_matches(['\r', '\n']).trim_matches('"');
    let mark = text
        .get(..4)
        .filter(|lead| lead.eq_ignore_ascii_case("sep="))
        .and(text.get(4..))?;
    (mark.chars().count() <= 2).then(|| text.to_string())
}

fn likely_delimiter(header: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    for byte in header {
        quoted ^= *byte == b'"';
        for (delimiter, count) in &mut counts {
            *count += usize::from(!quoted && byte == delimiter);
        }
    }
    let mut best = (b',', 0);
    for (delimiter, count) in counts {
        if count > best.1 {
            best = (delimiter, count);
        }
    }
    best.0
}

impl<'r> Pieces<'r> {
    /// A CSV file with a header.
    ///
    /// # Errors
    /// A file without a header, in UTF-16, or that cannot be read.
    pub fn csv(input: impl Read + Send + 'r, options: CsvOptions) -> Result<Self, CohortError> {
        let mut pieces = Self::begun(input, options, false);
        let end = pieces.begin(first_row)?;
        let rest = pieces.kept.split_off(end);
        let line = std::mem::replace(&mut pieces.kept, rest);
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
        if let Some(line) = separator_line(line) {
            return Err(CohortError::SeparatorLine { line });
        }
        pieces.delimiter = options.delimiter.unwrap_or_else(|| likely_delimiter(line));
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .delimiter(pieces.delimiter)
            .from_reader(line);
        let mut header = csv::ByteRecord::new();
        let read = reader.read_byte_record(&mut header);
        if !read.map_err(io::Error::from)? {
            return Err(CohortError::NoHeader);
        }
        for name in &header {
            let name = std::str::from_utf8(name).map_err(|_| CohortError::HeaderText)?;
            pieces.header.push(name.trim().to_string());
        }
        if pieces.header.iter().all(String::is_empty) {
            return Err(CohortError::NoHeader);
        }
        Ok(pieces)
    }

    /// NDJSON: one JSON object a line. The names of the first line are the columns.
    ///
    /// # Errors
    /// A first line that is no object, UTF-16, or a file that cannot be read.
    pub fn lines(input: impl Read + Send + 'r, options: CsvOptions) -> Result<Self, CohortError> {
        let mut pieces = Self::begun(input, options, true);
        let end = pieces.begin(|text| {
            let begin = text.iter().position(|byte| !byte.is_ascii_whitespace())?;
            let line = text.get(begin..)?.iter().position(|byte| *byte == b'\n')?;
            Some(begin + line)
        })?;
        let mark = pieces.kept.starts_with(b"\xef\xbb\xbf");
        if mark {
            pieces.kept.drain(..3);
        }
        let end = if mark { end.saturating_sub(3) } else { end };
        let line = pieces.kept.get(..end).unwrap_or(&pieces.kept);
        pieces.header = lines::header(line.trim_ascii())?;
        Ok(pieces)
    }

    /// A JSON list of objects, whole in memory. The names of all objects are the columns.
    ///
    /// # Errors
    /// A file that is no list of objects.
    pub fn list(bytes: &[u8], options: CsvOptions) -> Result<Self, CohortError> {
        Self::lines(io::Cursor::new(lines::of_list(bytes)?), options)
    }

    fn begun(input: impl Read + Send + 'r, options: CsvOptions, lines: bool) -> Self {
        Self {
            input: Box::new(input),
            header: Vec::new(),
            options,
            delimiter: b',',
            lines,
            kept: Vec::new(),
            ended: false,
            next: 0,
            #[cfg(feature = "parquet")]
            table: None,
        }
    }

    /// A Parquet file, whole in memory. Only columns that are no lists or structures are read.
    ///
    /// # Errors
    /// A file that is cut off or no Parquet.
    #[cfg(feature = "parquet")]
    pub fn parquet(bytes: Vec<u8>) -> Result<Self, CohortError> {
        let mut table = Table::new(bytes)?;
        let mut pieces = Self::begun(io::empty(), CsvOptions::default(), false);
        pieces.header = std::mem::take(&mut table.header);
        pieces.table = Some(table);
        Ok(pieces)
    }

    /// Reads until the first row is whole, and says where it ends.
    fn begin(&mut self, first: impl Fn(&[u8]) -> Option<usize>) -> Result<usize, CohortError> {
        let end = loop {
            self.read()?;
            if let Some(end) = first(&self.kept) {
                break end;
            }
            if self.ended {
                break self.kept.len();
            }
            if self.kept.len() > LONGEST_HEADER {
                return Err(CohortError::NoHeader);
            }
        };
        if self.kept.starts_with(&[0xff, 0xfe]) || self.kept.starts_with(&[0xfe, 0xff]) {
            return Err(CohortError::Utf16);
        }
        Ok(end)
    }

    /// The end of the last whole row, and whether the text ends inside a quote.
    fn last_row(&self, text: &[u8]) -> (Option<usize>, bool) {
        if self.lines {
            let line = text.iter().rposition(|byte| *byte == b'\n');
            return (line.map(|at| at + 1), false);
        }
        let (end, state) = last_row(text, self.delimiter);
        (end, state == State::Quoted)
    }

    /// The names of the columns.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// How the file is written, with the delimiter that was found.
    #[must_use]
    pub const fn options(&self) -> CsvOptions {
        CsvOptions {
            delimiter: Some(self.delimiter),
            ..self.options
        }
    }

    /// Reads some more.
    fn read(&mut self) -> io::Result<()> {
        let before = self.kept.len();
        let most = self.options.piece_bytes.unwrap_or(PIECE).max(1);
        let mut input = (&mut self.input).take(most as u64);
        input.read_to_end(&mut self.kept)?;
        self.ended = self.kept.len() < before + most;
        Ok(())
    }

    /// The next rows; none at the end.
    ///
    /// # Errors
    /// A file that cannot be read, or a row that is longer than any.
    #[allow(
        clippy::should_implement_trait,
        reason = "an iterator would hide the errors"
    )]
    pub fn next(&mut self) -> Result<Option<Piece>, CohortError> {
        #[cfg(feature = "parquet")]
        if let Some(table) = &mut self.table {
            let rows = table.next()?;
            return Ok(rows.map(|rows| self.piece(Content::Cells(rows), false)));
        }
        loop {
            if self.ended {
                if self.kept.is_empty() {
                    return Ok(None);
                }
                let bytes = std::mem::take(&mut self.kept);
                let (_, unclosed) = self.last_row(&bytes);
                return Ok(Some(self.piece(self.content(bytes), unclosed)));
            }
            self.read()?;
            if self.ended {
                continue;
            }
            if let (Some(end), _) = self.last_row(&self.kept) {
                let rest = self.kept.split_off(end);
                let bytes = std::mem::replace(&mut self.kept, rest);
                return Ok(Some(self.piece(self.content(bytes), false)));
            }
            if self.kept.len() > LONGEST_ROW {
                return Err(CohortError::RowTooLong);
            }
        }
    }

    fn content(&self, bytes: Vec<u8>) -> Content {
        if self.lines {
            Content::Lines(bytes)
        } else {
            Content::Csv(bytes)
        }
    }

    fn piece(&mut self, content: Content, unclosed: bool) -> Piece {
        let index = self.next;
        self.next += 1;
        Piece {
            index,
            content,
            unclosed,
        }
    }
}
