//! How the rows of a piece are read.

use std::rc::Rc;
use std::str::FromStr;

use chemorad::radiotherapy::treatment_date;
use jiff::civil::Date;

use crate::arm::Prescribed;
use crate::batch::{Batch, Entered, InputRow};
use crate::cell::{self, Cell, Unreadable};
use crate::cohort::Cohort;
use crate::column::{Column, ColumnName};
use crate::courses::{Course, Courses};
use crate::dates::{LONGEST_COURSE, days_between};
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
                    let (row, id, entered) = self.typed(&mut courses, cells);
                    batch.push(row, id, entered);
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
            let (mut row, id, entered) = self.row(courses, cell);
            if record.len() != columns {
                row.remarks.add(Remark::RowLength);
            }
            if record.as_slice().contains(&b'\n') {
                let mut cells = record.iter();
                if cells.any(|cell| holds_lines(cell, delimiter, columns)) {
                    row.remarks.add(Remark::SwallowedLines);
                }
            }
            batch.push(row, id, entered);
        }
    }

    fn read_lines(&self, bytes: &[u8], courses: &mut Courses, batch: &mut Batch) {
        let lines = bytes.split(|byte| *byte == b'\n');
        for line in lines.filter(|line| !line.trim_ascii().is_empty()) {
            let Some((cells, others)) = lines::cells(line, &self.layout.header) else {
                let mut row = InputRow::empty();
                row.remarks.add(Remark::Unreadable);
                batch.push(row, b"", None);
                continue;
            };
            let (mut row, id, entered) = self.typed(courses, &cells);
            for name in others {
                if ColumnName::find(&name).is_some() {
                    row.remarks.add(Remark::Names);
                }
                if batch.unknown.len() < MOST_NAMES {
                    batch.unknown.insert(name);
                }
            }
            batch.push(row, id, entered);
        }
    }

    /// A row whose values have types.
    fn typed<'c>(&self, courses: &mut Courses, cells: &'c [Cell]) -> Read<'c> {
        let mut read = self.row(courses, |at| cells.get(at).map_or(&[][..], Cell::bytes));
        let ids = self.layout.used.iter();
        for (at, _) in ids.filter(|(_, column)| *column == Column::Id) {
            // an identifier is a text or a whole number
            if matches!(cells.get(*at), Some(Cell::Real(_) | Cell::Other)) {
                read.0.remarks.add(Remark::Unreadable);
                read.0.not_read(*at);
                read.1 = b"";
            }
        }
        read
    }

    fn row<'r>(&self, courses: &mut Courses, cell: impl Fn(usize) -> &'r [u8]) -> Read<'r> {
        let mut row = InputRow::empty();
        let mut id: &[u8] = b"";
        let mut entered = Entered::default();
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
                Column::Order => words(&mut entered.ordered, cell),
                Column::Tablets => words(&mut entered.dispensed, cell),
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
                    row.not_read(*at);
                }
            }
            row.decimals.point |= column.is_decimal() && cell.contains(&b'.');
        }
        let courses_of_row = (prescribed.as_deref(), planned.as_deref());
        self.of_arm(&mut row, courses_of_row);
        if let Some(course) = planned.as_deref().or(prescribed.as_deref()) {
            row.eqd2_gy = course.eqd2_gy;
        }
        row.days = self.days_of(&row, courses_of_row);
        if id.is_empty() && self.lacks_id(&row) {
            row.remarks.add(Remark::IdMissing);
        }
        let entered = (entered != Entered::default()).then_some(entered);
        (row, id, entered)
    }

    /// Whether the file has identifiers and this row has none, and that is not said already.
    fn lacks_id(&self, row: &InputRow) -> bool {
        let has_column = self.layout.has(|column| column == Column::Id);
        has_column && !row.remarks.has(Remark::LongCell)
    }

    /// The days of intake: those of the row, or those that follow from its dates and its one course.
    fn days_of(
        &self,
        row: &InputRow,
        (prescribed, planned): (Option<&Course>, Option<&Course>),
    ) -> f64 {
        let (Some(intake), Some(start)) = (&self.intake, row.start) else {
            return row.days;
        };
        let arm = row
            .arm
            .and_then(|at| self.arms.as_ref()?.all.get(usize::from(at)));
        let of_arm = match arm {
            None => None,
            Some(arm) => match &arm.prescribed {
                Prescribed::Course(phases) if arm.days.allows(intake) => Some(phases.fractions()),
                _ => return row.days,
            },
        };
        let of_row = [planned, prescribed].into_iter().flatten();
        let of_row = of_row.map(|course| course.phases.fractions());
        let mut all = of_row.chain(of_arm);
        // two courses of different length settle nothing
        let fractions = all.next().filter(|first| all.all(|other| other == *first));
        fractions
            .and_then(|fractions| intake.count(start, row.end, fractions))
            .unwrap_or(row.days)
    }

    /// Puts an arm in its place; false where the place is taken.
    fn arm(&self, row: &mut InputRow, cell: &[u8]) -> bool {
        let is_free = row.arm.is_none();
        row.arm = self.arms.as_ref().and_then(|arms| arms.find(cell));
        is_free
    }

    /// Compares the course and the dates with each other, and with what the arm gives.
    fn of_arm(
        &self,
        row: &mut InputRow,
        (prescribed, planned): (Option<&Course>, Option<&Course>),
    ) {
        if let (Some(start), Some(end)) = (row.start, row.end) {
            if !(0..=LONGEST_COURSE).contains(&days_between(start, end)) {
                row.remarks.add(Remark::Dates);
            }
        }
        let arm = match &self.arms {
            None => None,
            Some(arms) => {
                row.arm = arms.only.or(row.arm);
                let arm = row.arm.and_then(|at| arms.all.get(usize::from(at)));
                if arm.is_none() {
                    row.remarks.add(Remark::Arm);
                }
                arm
            }
        };
        let remark = match (planned, prescribed, arm.map(|arm| &arm.prescribed)) {
            (Some(planned), Some(prescribed), None) => {
                (planned.phases != prescribed.phases).then_some(Remark::Course)
            }
            (None, None, None) => None,
            // the arm has radiotherapy, and the row should have the course that the file has a column for
            (None, None, Some(of_arm)) => (self.layout.has_courses()
                && *of_arm != Prescribed::None)
                .then_some(Remark::CourseUnknown),
            // where the file has both columns, a course is there to be compared
            (_, _, None) => self
                .layout
                .has_both_courses()
                .then_some(Remark::CourseUnknown),
            // what stands in the row is the course of the arm too
            (planned, prescribed, Some(of_arm)) => {
                let all = || planned.into_iter().chain(prescribed);
                let lacks_plan =
                    planned.is_none() && self.layout.has(|column| column == Column::Planned);
                match of_arm {
                    Prescribed::Course(phases) if all().any(|course| course.phases != *phases) => {
                        Some(Remark::Course)
                    }
                    Prescribed::Course(_) => lacks_plan.then_some(Remark::CourseUnknown),
                    Prescribed::None => Some(Remark::Course),
                    Prescribed::Open => match (planned, prescribed) {
                        (Some(planned), Some(prescribed)) => {
                            (planned.phases != prescribed.phases).then_some(Remark::Course)
                        }
                        _ => Some(Remark::CourseUnknown),
                    },
                }
            }
        };
        if let Some(remark) = remark {
            row.remarks.add(remark);
        }
        let Some((first, last)) = arm.and_then(|arm| arm.window) else {
            return;
        };
        if let (Some(event), Some(start)) = (row.event, row.start) {
            if !(first..=last).contains(&days_between(event, start)) {
                row.remarks.add(Remark::Start);
            }
        } else if self.layout.has(|column| column == Column::Event) {
            row.remarks.add(Remark::StartUnknown);
        }
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

/// A row, its identifier, and what was entered in words.
type Read<'r> = (InputRow, &'r [u8], Option<Entered>);

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
