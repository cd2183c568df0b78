//! The rows of a piece, read.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hasher as _};

use chemorad::capecitabine::columns::PatientRow;
use chemorad::capecitabine::{DispensedTablets, EnteredOrder};
use jiff::civil::Date;

use crate::arm::Without;
use crate::remark::{Remark, Remarks};
use crate::unread;
use crate::worst::WORST;

/// What somebody else ordered and dispensed, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Entered {
    pub(crate) ordered: Option<EnteredOrder>,
    pub(crate) dispensed: Option<DispensedTablets>,
    /// Other drugs the patient takes.
    pub(crate) drugs: Option<String>,
    /// The cell of the order, read or not.
    pub(crate) ordered_as_written: Option<String>,
    /// The cell of the dispensed tablets, read or not.
    pub(crate) dispensed_as_written: Option<String>,
}

impl Entered {
    /// Whether something was ordered or dispensed.
    pub(crate) const fn is_order(&self) -> bool {
        self.ordered.is_some() || self.dispensed.is_some()
    }
}

/// How the decimals of a row are written, where that is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Decimals {
    /// The first cell that is not read is a number with a decimal comma.
    pub(crate) comma: bool,
    /// A number has a decimal point.
    pub(crate) point: bool,
}

/// One row as it was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InputRow {
    /// Where its identifier stands in the batch.
    id: (usize, usize),
    /// Where what was entered stands in the batch, from 1.
    entered: u32,
    /// The place of its arm.
    pub(crate) arm: Option<u16>,
    /// What its arm does not give in any of several treatments.
    pub(crate) without: Without,
    /// The fractions of its course, or that of its arm; 0 where none is known.
    pub(crate) fractions: u32,
    /// How often a day the entered amount is taken; 0 where no column says it.
    pub(crate) times: u8,
    /// The place of the column of the first cell that is not read, from 1.
    pub(crate) column: u16,
    pub(crate) decimals: Decimals,
    /// The date of the first fraction.
    pub start: Option<Date>,
    /// The date of the last fraction.
    pub end: Option<Date>,
    /// The date from which the protocol counts the start.
    pub event: Option<Date>,
    /// The patient.
    pub patient: PatientRow,
    /// What was ordered for one administration, mg; NaN where it is not given.
    pub entered_mg: f64,
    /// What was dispensed in all, mg; NaN where it is not given.
    pub dispensed_mg: f64,
    /// The days of intake; NaN where they are not given.
    pub days: f64,
    /// The EQD2 of the planned course, or of the prescribed one, Gy; NaN where there is none.
    pub eqd2_gy: f64,
    /// What there is to say of its cells.
    pub remarks: Remarks,
}

impl InputRow {
    /// A row of which nothing is known yet.
    pub(crate) const fn empty() -> Self {
        Self {
            id: (0, 0),
            entered: 0,
            arm: None,
            without: Without {
                drug: false,
                radiotherapy: false,
            },
            fractions: 0,
            times: 0,
            column: 0,
            decimals: Decimals {
                comma: false,
                point: false,
            },
            start: None,
            end: None,
            event: None,
            patient: PatientRow::new(f64::NAN, f64::NAN),
            entered_mg: f64::NAN,
            dispensed_mg: f64::NAN,
            days: f64::NAN,
            eqd2_gy: f64::NAN,
            remarks: Remarks::NONE,
        }
    }

    /// Notes the place of a cell that is not read; whether it is the first.
    pub(crate) fn not_read(&mut self, at: usize) -> bool {
        let is_first = self.column == 0;
        if is_first {
            self.column = u16::try_from(at + 1).unwrap_or(0);
        }
        is_first
    }
}

/// A row, its identifier, what was entered in words, and the first cell that is not read.
pub(crate) struct Read<'r> {
    pub(crate) row: InputRow,
    pub(crate) id: &'r [u8],
    pub(crate) entered: Option<Entered>,
    pub(crate) unread: Option<&'r [u8]>,
}

/// The rows of a piece, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    pub(crate) index: usize,
    /// The number of the first row in the file, from 1; known when the rows before it were counted.
    pub(crate) first: u64,
    pub(crate) rows: Vec<InputRow>,
    /// The identifiers, one behind the other.
    ids: Vec<u8>,
    hashes: Vec<u64>,
    entered: Vec<Entered>,
    /// Names that are no column.
    pub(crate) unknown: BTreeSet<String>,
    /// Rows whose first cell that is not read has a decimal comma, by the place of its column.
    pub(crate) commas: BTreeMap<u16, u64>,
    /// Rows that have a number with a decimal point.
    pub(crate) points: u64,
    /// The first cells that are not read, by the place of their row.
    unread: BTreeMap<usize, Vec<u8>>,
    /// Why lines are not read at all, by the place of their row.
    said: BTreeMap<usize, String>,
    /// Rows whose identifier stands in an earlier row, with the number of that row.
    pub(crate) repeats: Vec<(u64, u64)>,
}

impl Batch {
    pub(crate) const fn new(index: usize) -> Self {
        Self {
            index,
            first: 1,
            rows: Vec::new(),
            ids: Vec::new(),
            hashes: Vec::new(),
            entered: Vec::new(),
            unknown: BTreeSet::new(),
            commas: BTreeMap::new(),
            points: 0,
            unread: BTreeMap::new(),
            said: BTreeMap::new(),
            repeats: Vec::new(),
        }
    }

    /// The number of its piece.
    #[must_use]
    pub const fn index(&self) -> usize {
        self.index
    }

    /// Its rows.
    #[must_use]
    pub fn rows(&self) -> &[InputRow] {
        &self.rows
    }

    pub(crate) fn push(&mut self, read: Read<'_>) {
        let Read {
            mut row,
            id,
            entered,
            unread,
        } = read;
        // more are not among the rows to look at first
        if let Some(cell) = unread.filter(|_| self.unread.len() < WORST) {
            let kept = cell.get(..unread::KEPT).unwrap_or(cell);
            self.unread.insert(self.rows.len(), kept.to_vec());
        }
        if let Some(entered) = entered {
            self.entered.push(entered);
            row.entered = u32::try_from(self.entered.len()).unwrap_or(0);
        }
        self.points += u64::from(row.decimals.point);
        if row.decimals.comma {
            *self.commas.entry(row.column).or_default() += 1;
        }
        let begin = self.ids.len();
        self.ids.extend_from_slice(id);
        row.id = (begin, self.ids.len());
        self.rows.push(row);
        let mut hasher = DefaultHasher::new();
        hasher.write(&compared(id));
        self.hashes.push(hasher.finish());
    }

    /// The identifier of a row.
    #[must_use]
    pub fn id(&self, row: &InputRow) -> &[u8] {
        self.ids.get(row.id.0..row.id.1).unwrap_or_default()
    }

    /// The first cell that is not read of the row at this place, from 0.
    pub(crate) fn unread(&self, at: usize) -> Option<&[u8]> {
        self.unread.get(&at).map(Vec::as_slice)
    }

    /// Says why the line of the last row is not read at all.
    pub(crate) fn because(&mut self, why: String) {
        if let Some(at) = self.rows.len().checked_sub(1) {
            if self.said.len() < WORST {
                self.said.insert(at, why);
            }
        }
    }

    /// Why the line of the row at this place, from 0, is not read at all.
    pub(crate) fn said(&self, at: usize) -> Option<&str> {
        self.said.get(&at).map(String::as_str)
    }

    /// What was entered in a row, as it is written.
    pub(crate) fn entered(&self, row: &InputRow) -> Option<&Entered> {
        self.entered.get((row.entered as usize).checked_sub(1)?)
    }

    /// Marks the rows whose identifier stands in an earlier row, where `earlier` says in which: it is given
    /// hash and number of a row.
    pub(crate) fn mark(&mut self, mut earlier: impl FnMut(u64, u64) -> Option<u64>) {
        let hashed = self.rows.iter_mut().zip(&self.hashes);
        for (number, (row, hash)) in (self.first..).zip(hashed) {
            // a row without an identifier repeats none
            if row.id.0 == row.id.1 {
                continue;
            }
            if let Some(earlier) = earlier(*hash, number) {
                row.remarks.add(Remark::IdTwice);
                self.repeats.push((number, earlier));
            }
        }
    }
}

/// An identifier as it is compared: people write one in other capitals, and with other blanks within.
fn compared(id: &[u8]) -> Vec<u8> {
    let mut plain: Vec<u8> = Vec::with_capacity(id.len());
    for byte in id {
        let is_second = *byte == b' ' && plain.last() == Some(&b' ');
        if !is_second {
            plain.push(byte.to_ascii_lowercase());
        }
    }
    plain
}
