//! A cohort: what is the same for every row, how a piece is read, and how a row is judged.

use std::rc::Rc;

use chemorad::capecitabine::DeviationTolerance;
use chemorad::capecitabine::columns::{CohortRules, OrderedRow};
use chemorad::number::is_at_boundary;
use chemorad::quantity::AlphaBeta;
use chemorad::report::Outcome;

use crate::batch::{Batch, InputRow};
use crate::cell::{self, Unreadable};
use crate::column::Column;
use crate::courses::{Course, Courses};
use crate::error::CohortError;
use crate::judged::Judged;
use crate::layout::Layout;
use crate::lines::{self, Cell};
use crate::pieces::{CsvOptions, Piece};
use crate::records::{Records, Shape};
use crate::remark::Remark;
use crate::tally::Tally;

/// What is the same for every row of a file.
#[derive(Debug, Clone)]
pub struct Cohort {
    rules: Option<CohortRules>,
    alpha_beta: Option<AlphaBeta>,
    layout: Layout,
    options: CsvOptions,
    shape: Shape,
    /// The largest deviation of an order in a row that is a warning, percent.
    tolerance: f64,
}

/// What is accepted of an order in a row where the site gives no tolerance, percent: HOPA accepts rounding
/// up to it (see `capecitabine.deviation`).
const USUAL_DEVIATION: f64 = 10.0;

/// Cells are not longer.
const LONGEST_CELL: usize = 64 << 10;

/// What stands for a cell of JSON that is neither text nor number: no column reads it.
const NO_VALUE: &[u8] = b"[]";

impl Cohort {
    /// From the columns, the rules of orders where the file has them, and the α/β of courses.
    ///
    /// # Errors
    /// Orders without rules; a serum creatinine without a weight basis.
    pub fn new(
        layout: Layout,
        rules: Option<CohortRules>,
        alpha_beta: Option<AlphaBeta>,
    ) -> Result<Self, CohortError> {
        let rules = rules.filter(|_| layout.has_orders());
        if layout.has_orders() {
            let Some(rules) = &rules else {
                return Err(CohortError::RulesMissing);
            };
            let is_creatinine = |column| matches!(column, Column::Creatinine(_));
            let mut used = layout.used.iter();
            let creatinine = used.find(|(_, column)| is_creatinine(*column));
            if let (Some((at, _)), None) = (creatinine, rules.weight_basis()) {
                return Err(CohortError::WeightBasis {
                    column: layout.header.get(*at).cloned().unwrap_or_default(),
                });
            }
        }
        let tolerance = rules.as_ref().and_then(|rules| rules.every().tolerance);
        let has_eqd2 = alpha_beta.is_some() && layout.has_courses();
        Ok(Self {
            shape: Shape::new(rules.as_ref(), &layout, has_eqd2),
            tolerance: tolerance.map_or(USUAL_DEVIATION, DeviationTolerance::percent),
            rules,
            alpha_beta,
            layout,
            options: CsvOptions::default(),
        })
    }

    /// The same for a file that is written in this way.
    #[must_use]
    pub const fn written(mut self, options: CsvOptions) -> Self {
        self.options = options;
        self
    }

    /// Which column holds what.
    #[must_use]
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// What is the same for every order; none where the file has courses alone.
    #[must_use]
    pub const fn rules(&self) -> Option<&CohortRules> {
        self.rules.as_ref()
    }

    /// The α/β of courses.
    #[must_use]
    pub const fn alpha_beta(&self) -> Option<AlphaBeta> {
        self.alpha_beta
    }

    /// What stands before the records.
    #[must_use]
    pub fn header(&self, records: Records) -> Vec<u8> {
        self.shape.header(records)
    }

    /// Reads the rows of a piece.
    #[must_use]
    pub fn read(&self, piece: &Piece) -> Batch {
        let mut batch = Batch::new(piece.index);
        let mut courses = Courses::new(self.alpha_beta);
        if piece.lines {
            self.read_lines(piece, &mut courses, &mut batch);
        } else {
            self.read_csv(piece, &mut courses, &mut batch);
        }
        if piece.unclosed {
            if let Some(last) = batch.rows.last_mut() {
                last.remarks.add(Remark::UnclosedQuote);
            }
        }
        batch
    }

    fn read_csv(&self, piece: &Piece, courses: &mut Courses, batch: &mut Batch) {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.options.delimiter.unwrap_or(b','))
            .buffer_capacity(1 << 16)
            .from_reader(piece.bytes.as_slice());
        let mut record = csv::ByteRecord::new();
        // what is read stands in memory, and cells are bytes: no error is left
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let cell = |at| record.get(at).unwrap_or_default();
            let (mut row, id) = self.row(courses, cell);
            if record.len() != self.layout.header.len() {
                row.remarks.add(Remark::RowLength);
            }
            batch.push(row, id);
        }
    }

    fn read_lines(&self, piece: &Piece, courses: &mut Courses, batch: &mut Batch) {
        let lines = piece.bytes.split(|byte| *byte == b'\n');
        for line in lines.filter(|line| !line.trim_ascii().is_empty()) {
            let Some(cells) = lines::cells(line, &self.layout.header) else {
                let mut row = InputRow::empty();
                row.remarks.add(Remark::Unreadable);
                batch.push(row, b"");
                continue;
            };
            let cell = |at| match cells.get(at) {
                None | Some(Cell::Missing) => b"".as_slice(),
                Some(Cell::Text(text)) => text.as_bytes(),
                Some(Cell::Other) => NO_VALUE,
            };
            let (row, id) = self.row(courses, cell);
            batch.push(row, id);
        }
    }

    fn row<'r>(
        &self,
        courses: &mut Courses,
        cell: impl Fn(usize) -> &'r [u8],
    ) -> (InputRow, &'r [u8]) {
        let mut row = InputRow::empty();
        let mut id: &[u8] = b"";
        let (mut prescribed, mut planned) = (None, None);
        for (at, column) in &self.layout.used {
            let whole = cell(*at);
            if whole.len() > LONGEST_CELL {
                row.remarks.add(Remark::LongCell);
                continue;
            }
            let cell = cell::trimmed(whole);
            if cell::is_missing(cell) {
                continue;
            }
            let taken = match column {
                Column::Id => {
                    let free = id.is_empty();
                    id = whole;
                    Ok(free)
                }
                Column::Prescribed => course(&mut prescribed, courses, cell),
                Column::Planned => course(&mut planned, courses, cell),
                _ => self.fill(&mut row, *column, cell),
            };
            match taken {
                Ok(true) => {}
                Ok(false) => row.remarks.add(Remark::TwoValues),
                Err(Unreadable) => row.remarks.add(Remark::Unreadable),
            }
        }
        if let (Some(prescribed), Some(planned)) = (&prescribed, &planned) {
            if prescribed.phases != planned.phases {
                row.remarks.add(Remark::Course);
            }
        }
        if let Some(course) = planned.or(prescribed) {
            row.eqd2_gy = course.eqd2_gy;
        }
        (row, id)
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
            Column::Days => (&mut row.days, cell::number(cell, comma)?),
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
            Column::Id | Column::Prescribed | Column::Planned => return Ok(true),
        };
        let is_free = place.is_nan();
        *place = value;
        Ok(is_free)
    }

    /// The order of a row, and what there is to say of it.
    pub(crate) fn judge(&self, row: &InputRow) -> Judged {
        let mut judged = Judged {
            order: OrderedRow::EMPTY,
            entered_deviation_percent: f64::NAN,
            remarks: row.remarks,
        };
        let Some(rules) = self.rules.as_ref().filter(|_| !row.remarks.is_refusal()) else {
            return judged;
        };
        judged.order = rules.order(&row.patient);
        self.compare(rules, row, &mut judged);
        judged
    }

    /// What was ordered and dispensed, beside what the rules make of the patient.
    fn compare(&self, rules: &CohortRules, row: &InputRow, judged: &mut Judged) {
        let order = judged.order;
        if !row.entered_mg.is_nan() {
            let (entered, calculated) = (row.entered_mg, order.calculated_mg);
            let percent = if is_at_boundary(calculated, entered) {
                0.0
            } else {
                100.0 * (entered - calculated) / calculated
            };
            judged.entered_deviation_percent = percent;
            let within =
                percent.abs() <= self.tolerance || is_at_boundary(percent.abs(), self.tolerance);
            let stopped = order.fault.is_none() && order.findings.outcome() == Outcome::Fail;
            if order.calculated_mg.is_nan() {
                // where the rules cannot tell, neither can this
                if stopped && entered > 0.0 {
                    judged.remarks.add(Remark::WrongOrder);
                }
            } else if !within {
                judged.remarks.add(Remark::WrongOrder);
            } else if entered.to_bits() != order.ordered_mg.to_bits() {
                judged.remarks.add(Remark::OtherOrder);
            }
        }
        let each = if row.entered_mg.is_nan() {
            order.ordered_mg
        } else {
            row.entered_mg
        };
        let times = f64::from(rules.every().regimen.administrations_per_day());
        let expected = each * times * row.days;
        let differs = (row.dispensed_mg - expected).abs() > 1e-6;
        if differs {
            judged.remarks.add(Remark::Dispensed);
        }
    }

    /// The records of a batch, and what they add up to.
    #[must_use]
    pub fn records(&self, batch: &Batch, records: Records) -> (Vec<u8>, Tally) {
        let mut tally = Tally::default();
        let mut out = Vec::with_capacity(batch.rows.len() * 160);
        for (number, row) in (batch.first..).zip(&batch.rows) {
            let judged = self.judge(row);
            let id = batch.id(row);
            let codes = tally.count(number, id, &judged);
            self.shape
                .write(&mut out, records, (number, id, row), &judged, codes);
        }
        (out, tally)
    }
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
