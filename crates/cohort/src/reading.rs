//! How the rows of a piece are read.

use std::rc::Rc;
use std::str::FromStr;

use chemorad::radiotherapy::treatment_date;
use jiff::civil::Date;

use crate::batch::{Batch, Entered, InputRow, Read};
use crate::cell::{self, Cell, Unreadable};
use crate::cohort::Cohort;
use crate::column::{Column, ColumnName};
use crate::courses::{Course, Courses};
use crate::dose_words::DoseWords;
use crate::lines;
use crate::pieces::{Content, Piece};
use crate::records;
use crate::remark::Remark;

/// Cells are not longer.
const LONGEST_CELL: usize = 64 << 10;

/// More names that are no column are not listed.
const MOST_NAMES: usize = 100;

impl Cohort {
    /// Reads the rows of a piece.
    #[must_use]
    pub fn read(&self, piece: &Piece) -> Batch {
        let mut batch = Batch::new(piece.index);
        let mut courses = Courses::new(self.alpha_beta);
        match &piece.content {
            Content::Csv(bytes) => self.read_csv(bytes, &mut courses, &mut batch),
            Content::Lines(bytes) => self.read_lines(bytes, &mut courses, &mut batch),
            #[cfg(feature = "parquet")]
            Content::Cells(rows) => {
                for cells in rows {
                    batch.push(self.typed(&mut courses, cells));
                }
            }
        }
        if piece.unclosed {
            if let Some(last) = batch.rows.last_mut() {
                last.remarks.add(Remark::UnclosedQuote);
            }
        }
        batch
    }

    fn read_csv(&self, bytes: &[u8], courses: &mut Courses, batch: &mut Batch) {
        let delimiter = self.options.delimiter.unwrap_or(b',');
        let columns = self.layout.header.len();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .buffer_capacity(1 << 16)
            .from_reader(bytes);
        let mut record = csv::ByteRecord::new();
        // what is read stands in memory, and cells are bytes: no error is left
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let cell = |at| record.get(at).unwrap_or_default();
            let mut read = self.row(courses, cell);
            if record.len() != columns {
                read.row.remarks.add(Remark::RowLength);
            }
            if record.as_slice().contains(&b'\n') {
                let mut cells = record.iter();
                if cells.any(|cell| holds_lines(cell, delimiter, columns)) {
                    read.row.remarks.add(Remark::SwallowedLines);
                }
            }
            batch.push(read);
        }
    }

    fn read_lines(&self, bytes: &[u8], courses: &mut Courses, batch: &mut Batch) {
        let lines = bytes.split(|byte| *byte == b'\n');
        for line in lines.filter(|line| !line.trim_ascii().is_empty()) {
            let (cells, others) = match lines::cells(line, &self.layout.header) {
                Ok(read) => read,
                Err(broken) => {
                    let id = self.layout.name_of(|column| column == Column::Id);
                    let id = broken.text(&id).unwrap_or_default();
                    let mut row = InputRow::empty();
                    row.remarks.add(Remark::Unreadable);
                    batch.push(Read {
                        row,
                        id: cell::trimmed(id.as_bytes()),
                        entered: None,
                        unread: Some(line.trim_ascii()),
                    });
                    batch.because(broken.why);
                    continue;
                }
            };
            let mut read = self.typed(courses, &cells);
            for name in others {
                if ColumnName::find(&name).is_some() {
                    read.row.remarks.add(Remark::Names);
                }
                if batch.unknown.len() < MOST_NAMES {
                    batch.unknown.insert(name);
                }
            }
            batch.push(read);
        }
    }

    /// A row whose values have types.
    fn typed<'c>(&self, courses: &mut Courses, cells: &'c [Cell]) -> Read<'c> {
        let mut read = self.row(courses, |at| cells.get(at).map_or(&[][..], Cell::bytes));
        let ids = self.layout.used.iter();
        for (at, _) in ids.filter(|(_, column)| *column == Column::Id) {
            // an identifier is a text or a whole number
            if matches!(cells.get(*at), Some(Cell::Real(_) | Cell::Other(_))) {
                read.row.remarks.add(Remark::Unreadable);
                if read.row.not_read(*at) {
                    read.unread = cells.get(*at).map(Cell::bytes);
                }
                read.id = b"";
            }
        }
        read
    }

    fn row<'r>(&self, courses: &mut Courses, cell: impl Fn(usize) -> &'r [u8]) -> Read<'r> {
        let mut row = InputRow::empty();
        let mut id: &[u8] = b"";
        let mut entered = Entered::default();
        let mut unread: Option<&[u8]> = None;
        let mut dose = DoseWords::default();
        let (mut prescribed, mut planned) = (None, None);
        for (at, column) in &self.layout.used {
            let whole = cell(*at);
            if whole.len() > LONGEST_CELL {
                row.remarks.add(Remark::LongCell);
                row.not_read(*at);
                continue;
            }
            let cell = cell::trimmed(whole);
            if cell::is_missing(cell) {
                continue;
            }
            let taken = match column {
                Column::Id => {
                    let is_free = id.is_empty();
                    id = cell;
                    if records::is_formula(cell) {
                        row.remarks.add(Remark::Formula);
                    }
                    std::str::from_utf8(cell).map_or(Err(Unreadable), |_| Ok(is_free))
                }
                Column::Drugs => words(&mut entered.drugs, cell),
                Column::Prescribed => course(&mut prescribed, courses, cell),
                Column::Planned => course(&mut planned, courses, cell),
                Column::Order => {
                    entered.ordered_as_written = Some(as_written(cell));
                    words(&mut entered.ordered, cell)
                }
                Column::Tablets => {
                    entered.dispensed_as_written = Some(as_written(cell));
                    words(&mut entered.dispensed, cell)
                }
                Column::Frequency => DoseWords::often(&mut row, cell),
                Column::DoseUnit => dose.unit(cell),
                Column::Drug => dose.drug(cell),
                // any other unit would make another age of the number
                Column::AgeUnit if cell.eq_ignore_ascii_case(b"years") => Ok(true),
                Column::AgeUnit => Err(Unreadable),
                Column::Arm => Ok(self.arm(&mut row, cell)),
                Column::Start => date(&mut row.start, cell),
                Column::End => date(&mut row.end, cell),
                Column::Event => date(&mut row.event, cell),
                _ => self.fill(&mut row, *column, cell),
            };
            match taken {
                Ok(true) => {}
                Ok(false) => {
                    row.remarks.add(Remark::TwoValues);
                    row.not_read(*at);
                }
                Err(Unreadable) => {
                    row.remarks.add(Remark::Unreadable);
                    if row.column == 0 && column.is_decimal() {
                        row.decimals.comma = cell::number(cell, true).is_ok();
                    }
                    if row.not_read(*at) {
                        unread = Some(cell);
                    }
                }
            }
            row.decimals.point |= column.is_decimal() && cell.contains(&b'.');
        }
        if !row.entered_mg.is_nan() {
            let at = |column| self.layout.has_at(column);
            // a column that says mg in its name is in mg
            let is_sdtm = self.layout.has_sdtm_dose();
            let place = dose.settle(&mut row, at(Column::DoseUnit), at(Column::Drug), is_sdtm);
            if let Some(place) = place {
                row.remarks.add(Remark::Unreadable);
                if row.not_read(place) {
                    unread = Some(cell::trimmed(cell(place)));
                }
            }
        }
        let courses_of_row = (prescribed.as_deref(), planned.as_deref());
        self.of_arm(&mut row, courses_of_row, &mut courses.dates);
        if let Some(course) = planned.as_deref().or(prescribed.as_deref()) {
            row.eqd2_gy = course.eqd2_gy;
        }
        if id.is_empty() && self.lacks_id(&row) {
            row.remarks.add(Remark::IdMissing);
        }
        let entered = (entered != Entered::default()).then_some(entered);
        Read {
            row,
            id,
            entered,
            unread,
        }
    }

    /// Whether the file has identifiers and this row has none, and that is not said already.
    fn lacks_id(&self, row: &InputRow) -> bool {
        let has_column = self.layout.has(|column| column == Column::Id);
        has_column && !row.remarks.has(Remark::LongCell)
    }

    /// Puts a cell in its place; false where the place is taken.
    fn fill(&self, row: &mut InputRow, column: Column, cell: &[u8]) -> Result<bool, Unreadable> {
        let comma = self.options.decimal_comma;
        let patient = &mut row.patient;
        let (place, value) = match column {
            Column::Height(unit) => (
                &mut patient.height_cm,
                cell::measure(cell, comma, unit, 10_000)?,
            ),
            Column::Weight(unit) => (
                &mut patient.weight_kg,
                cell::measure(cell, comma, unit, 1_000_000_000)?,
            ),
            Column::Age => (&mut patient.age_years, cell::number(cell, comma)?),
            Column::Creatinine(unit) => {
                if patient.creatinine.is_nan() {
                    patient.creatinine_unit = unit;
                }
                (&mut patient.creatinine, cell::number(cell, comma)?)
            }
            Column::Ordered => (&mut row.entered_mg, cell::number(cell, comma)?),
            Column::Dispensed => (&mut row.dispensed_mg, cell::number(cell, comma)?),
            Column::Days => (&mut row.days, cell::whole_days(cell, comma)?),
            Column::Sex => {
                let is_free = patient.sex.is_none();
                patient.sex = cell::sex(cell)?;
                return Ok(is_free);
            }
            Column::Dpyd => {
                let is_free = patient.dpyd.is_none();
                let text = std::str::from_utf8(cell).map_err(|_| Unreadable)?;
                patient.dpyd = Some(text.parse().map_err(|_| Unreadable)?);
                return Ok(is_free);
            }
            // these are read before
            Column::Id
            | Column::Prescribed
            | Column::Planned
            | Column::Order
            | Column::Tablets
            | Column::Drugs
            | Column::Frequency
            | Column::DoseUnit
            | Column::Drug
            | Column::AgeUnit
            | Column::Arm
            | Column::Start
            | Column::End
            | Column::Event => return Ok(true),
        };
        let is_free = place.is_nan();
        *place = value;
        Ok(is_free)
    }
}

/// A cell as text.
fn as_written(cell: &[u8]) -> String {
    let shown = cell::other(cell).unwrap_or(cell);
    String::from_utf8_lossy(shown).into_owned()
}

/// Reads words into their place; false where the place is taken.
fn words<T: FromStr>(place: &mut Option<T>, cell: &[u8]) -> Result<bool, Unreadable> {
    let is_free = place.is_none();
    let text = std::str::from_utf8(cell).map_err(|_| Unreadable)?;
    *place = Some(text.parse().map_err(|_| Unreadable)?);
    Ok(is_free)
}

fn date(place: &mut Option<Date>, cell: &[u8]) -> Result<bool, Unreadable> {
    let is_free = place.is_none();
    let text = std::str::from_utf8(cell).map_err(|_| Unreadable)?;
    *place = Some(treatment_date(text).map_err(|_| Unreadable)?);
    Ok(is_free)
}

/// Reads a course into its place; false where the place is taken.
fn course(
    place: &mut Option<Rc<Course>>,
    courses: &mut Courses,
    cell: &[u8],
) -> Result<bool, Unreadable> {
    let is_free = place.is_none();
    *place = Some(courses.get(cell).ok_or(Unreadable)?);
    Ok(is_free)
}

/// Whether a cell goes over the end of a line and has as many delimiters as a row. A quote that is not closed makes
/// such a cell of the rows up to the next quote, unless it changes the number of cells.
fn holds_lines(cell: &[u8], delimiter: u8, columns: usize) -> bool {
    cell.contains(&b'\n') && cell.split(|byte| *byte == delimiter).count() >= columns
}
