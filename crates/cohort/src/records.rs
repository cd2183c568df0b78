//! The records: one a row, as CSV or as one JSON object a line.

use std::io::Write as _;

use chemorad::capecitabine::columns::CohortRules;

use crate::batch::{Entered, InputRow};
use crate::column::Column;
use crate::judged::Judged;
use crate::layout::Layout;
use crate::record_number::{Number, of};
use crate::tally::Codes;

/// How records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Records {
    /// CSV with a header.
    Csv,
    /// NDJSON: one object a line.
    Lines,
}

/// Records column by column.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Columns {
    /// The numbers of the rows, from 1.
    pub rows: Vec<i64>,
    /// Their identifiers.
    pub ids: Vec<String>,
    /// Each column of numbers in the order of the records; NaN where there is none.
    pub numbers: Vec<Vec<f64>>,
    /// Each column of what was entered as it is written, in the order of the records.
    pub written: Vec<Vec<String>>,
    /// The column of the first cell that is not read; empty where all are.
    pub unread_columns: Vec<String>,
    /// The outcomes.
    pub outcomes: Vec<&'static str>,
    /// The codes, separated by spaces.
    pub codes: Vec<String>,
}

/// A column of what was entered, as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Ordered,
    Dispensed,
}

/// A row to be written.
#[derive(Clone, Copy)]
pub(crate) struct Place<'b> {
    /// Its number, from 1.
    pub(crate) row: u64,
    pub(crate) id: &'b [u8],
    pub(crate) input: &'b InputRow,
    pub(crate) entered: Option<&'b Entered>,
}

/// Which columns the records have between identifier and outcome.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    numbers: Vec<(String, Number)>,
    written: Vec<(&'static str, Written)>,
    /// The names of the columns that are read.
    read: Vec<String>,
}

impl Shape {
    pub(crate) fn new(rules: Option<&CohortRules>, layout: &Layout, has_eqd2: bool) -> Self {
        let mut numbers = Vec::new();
        let mut push = |name: &str, number| numbers.push((name.to_string(), number));
        if let Some(rules) = rules {
            push("bmi", Number::Bmi);
            push("bsa_m2", Number::Area);
            push("creatinine_clearance_ml_min", Number::Clearance);
            push("calculated_mg", Number::Calculated);
            push("ordered_mg", Number::Ordered);
            for (at, strength) in rules.strengths().iter().enumerate() {
                let name = format!("tablets_{}mg", strength.milligrams());
                push(&name, Number::Tablets(at));
            }
            push("deviation_percent", Number::Deviation);
        }
        if layout.has(|column| column == Column::Ordered) {
            push("entered_mg", Number::Entered);
        }
        let has = |wanted| layout.has(|column| column == wanted);
        if has(Column::Frequency) {
            push("entered_times_a_day", Number::EnteredTimes);
        }
        if has(Column::Order) || has(Column::Frequency) {
            push("entered_per_day_mg", Number::EnteredPerDay);
        }
        if layout.has(Column::is_order) {
            push("entered_deviation_percent", Number::EnteredDeviation);
        }
        if has(Column::Dispensed) {
            push("dispensed_mg", Number::Dispensed);
        }
        if has_eqd2 {
            push("eqd2_gy", Number::Eqd2);
        }
        if has(Column::Start) && has(Column::Event) {
            push("start_day", Number::StartDay);
        }
        if has(Column::Start) && has(Column::End) {
            push("overall_days", Number::OverallDays);
        }
        let written = [
            (Column::Order, "ordered_as_written", Written::Ordered),
            (Column::Tablets, "dispensed_as_written", Written::Dispensed),
        ];
        let written = written.into_iter().filter(|(column, ..)| has(*column));
        Self {
            numbers,
            written: written.map(|(_, name, written)| (name, written)).collect(),
            read: layout.header.clone(),
        }
    }

    pub(crate) fn header(&self, records: Records) -> Vec<u8> {
        match records {
            Records::Lines => Vec::new(),
            Records::Csv => {
                let names = self.numbers.iter().map(|(name, _)| name.as_str());
                let names: Vec<&str> = ["row", "id"]
                    .into_iter()
                    .chain(names)
                    .chain(self.texts())
                    .chain(["unread_column", "outcome", "codes"])
                    .collect();
                (names.join(",") + "\n").into_bytes()
            }
        }
    }

    /// The names of the columns of numbers.
    #[cfg(feature = "parquet")]
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.numbers.iter().map(|(name, _)| name.as_str())
    }

    /// The names of the columns of what was entered as it is written.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.written.iter().map(|(name, _)| *name)
    }

    /// Every column of the records in their order, and what it is.
    pub(crate) fn meanings(&self) -> impl Iterator<Item = (&str, &'static str)> {
        let numbers = self.numbers.iter();
        let numbers = numbers.map(|(name, number)| (name.as_str(), number.meaning()));
        let written = self.written.iter().map(|(name, written)| {
            let meaning = match written {
                Written::Ordered => "from the file: the order as it is written",
                Written::Dispensed => "from the file: the dispensed tablets as they are written",
            };
            (*name, meaning)
        });
        let first = [
            ("row", "number of the row; 1 is the first below the header"),
            ("id", "from the file: the identifier of the row"),
        ];
        let last = [
            (
                "unread_column",
                "the column of the first cell that is not read",
            ),
            ("outcome", "pass, warn, fail or cannot_tell"),
            ("codes", "why; chemorad explain CODE says what to do"),
        ];
        first.into_iter().chain(numbers).chain(written).chain(last)
    }

    pub(crate) fn columns(&self, rows: usize) -> Columns {
        Columns {
            numbers: self
                .numbers
                .iter()
                .map(|_| Vec::with_capacity(rows))
                .collect(),
            written: vec![Vec::with_capacity(rows); self.written.len()],
            ..Columns::default()
        }
    }

    pub(crate) fn push(
        &self,
        columns: &mut Columns,
        place: Place<'_>,
        judged: &Judged,
        codes: &Codes,
    ) {
        let row = i64::try_from(place.row).unwrap_or(i64::MAX);
        columns.rows.push(row);
        let id = String::from_utf8_lossy(place.id).into_owned();
        columns.ids.push(id);
        for ((_, number), column) in self.numbers.iter().zip(&mut columns.numbers) {
            column.push(of(*number, place.input, judged));
        }
        for ((_, written), column) in self.written.iter().zip(&mut columns.written) {
            column.push(place.written(*written).unwrap_or_default().to_string());
        }
        let unread = self.unread(judged).unwrap_or_default();
        columns.unread_columns.push(unread.to_string());
        columns.outcomes.push(codes.word);
        columns.codes.push(codes.names.clone());
    }

    /// The column of the first cell that is not read.
    fn unread(&self, judged: &Judged) -> Option<&str> {
        let at = usize::from(judged.column).checked_sub(1)?;
        self.read.get(at).map(String::as_str)
    }

    pub(crate) fn write(
        &self,
        out: &mut Vec<u8>,
        records: Records,
        place: Place<'_>,
        judged: &Judged,
        codes: &Codes,
    ) {
        let value = |number: &Number| of(*number, place.input, judged);
        match records {
            Records::Csv => {
                whole(out, place.row);
                out.push(b',');
                text(out, place.id);
                out.push(b',');
                for (_, column) in &self.numbers {
                    let value = value(column);
                    if !value.is_nan() {
                        number(out, value);
                    }
                    out.push(b',');
                }
                for (_, written) in &self.written {
                    let cell = place.written(*written).unwrap_or_default();
                    text(out, cell.as_bytes());
                    out.push(b',');
                }
                if let Some(name) = self.unread(judged) {
                    text(out, name.as_bytes());
                }
                out.push(b',');
                out.extend_from_slice(codes.csv.as_bytes());
            }
            Records::Lines => {
                out.extend_from_slice(b"{\"row\":");
                whole(out, place.row);
                out.extend_from_slice(b",\"id\":");
                let id = String::from_utf8_lossy(place.id);
                // writing to memory does not fail
                let _ = serde_json::to_writer(&mut *out, &id);
                for (name, column) in &self.numbers {
                    let _ = write!(out, ",\"{name}\":");
                    let value = value(column);
                    if value.is_nan() {
                        out.extend_from_slice(b"null");
                    } else {
                        number(out, value);
                    }
                }
                for (name, written) in &self.written {
                    let _ = write!(out, ",\"{name}\":");
                    let _ = serde_json::to_writer(&mut *out, &place.written(*written));
                }
                out.extend_from_slice(b",\"unread_column\":");
                let _ = serde_json::to_writer(&mut *out, &self.unread(judged));
                out.extend_from_slice(codes.json.as_bytes());
            }
        }
    }
}

impl Place<'_> {
    /// A cell of what was entered, as it is written.
    fn written(&self, which: Written) -> Option<&str> {
        let entered = self.entered?;
        match which {
            Written::Ordered => entered.ordered_as_written.as_deref(),
            Written::Dispensed => entered.dispensed_as_written.as_deref(),
        }
    }
}

/// A whole number.
fn whole(out: &mut Vec<u8>, mut value: u64) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        if let Some(digit) = digits.get_mut(at) {
            // a remainder of ten is a digit
            *digit = b'0' + u8::try_from(value % 10).unwrap_or(0);
        }
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(digits.get(at..).unwrap_or_default());
}

/// A number with every digit, so that it is read back as the same number.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked before"
)]
fn number(out: &mut Vec<u8>, value: f64) {
    if value.fract() == 0.0 && (0.0..1e15).contains(&value) {
        whole(out, value as u64);
    } else {
        out.extend_from_slice(ryu::Buffer::new().format(value).as_bytes());
    }
}

/// A text that a spreadsheet takes for a formula when it stands in a cell.
pub(crate) fn is_formula(text: &[u8]) -> bool {
    matches!(
        text.first(),
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r')
    )
}

/// A cell of text: a formula gets an apostrophe in front, which a spreadsheet reads as "this is text".
fn text(out: &mut Vec<u8>, text: &[u8]) {
    let replaced = String::from_utf8_lossy(text);
    let text = replaced.as_bytes();
    let quoted = text
        .iter()
        .any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r'));
    if quoted {
        out.push(b'"');
    }
    if is_formula(text) {
        out.push(b'\'');
    }
    for byte in text {
        if *byte == b'"' {
            out.push(b'"');
        }
        out.push(*byte);
    }
    if quoted {
        out.push(b'"');
    }
}
