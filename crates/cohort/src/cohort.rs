//! A cohort: what is the same for every row, how a piece is read, and how a row is judged.

use chemorad::capecitabine::columns::CohortRules;
use chemorad::quantity::AlphaBeta;

use crate::arm::Arms;
use crate::batch::Batch;
use crate::column::Column;
use crate::error::{CohortError, listed};
use crate::intake::{Calendar, Intake};
use crate::judged::Judged;
use crate::known_drugs::KnownDrugs;
use crate::layout::Layout;
use crate::pieces::CsvOptions;
use crate::records::{Columns, Place, Records, Shape};
#[cfg(feature = "parquet")]
use crate::table::TableWriter;
use crate::tally::{Codes, Tally};
use crate::unread::UnreadCell;

/// What is the same for every row of a file.
#[derive(Debug, Clone)]
pub struct Cohort {
    pub(crate) rules: Option<CohortRules>,
    pub(crate) arms: Option<Arms>,
    pub(crate) alpha_beta: Option<AlphaBeta>,
    pub(crate) layout: Layout,
    pub(crate) options: CsvOptions,
    pub(crate) site_intake: Option<Intake>,
    pub(crate) calendar: Option<Calendar>,
    shape: Shape,
}

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
        Self::of_rules(layout, rules, None, alpha_beta)
    }

    /// The same where a protocol says what each arm gets.
    ///
    /// # Errors
    /// No arm for the rows, or one in two places; a serum creatinine without a weight basis.
    pub fn of_protocol(
        layout: Layout,
        arms: Arms,
        alpha_beta: Option<AlphaBeta>,
    ) -> Result<Self, CohortError> {
        if layout.has_arms() && arms.is_one() {
            return Err(CohortError::ArmTwice {
                column: layout.name_of(|column| column == Column::Arm),
            });
        }
        if !layout.has_arms() && !arms.is_one() {
            return Err(CohortError::ArmMissing {
                protocol: arms.protocol().to_string(),
                choices: listed(arms.names()),
            });
        }
        // stock and weight basis are the same in every arm
        let rules = arms.rules().next().map(|(_, rules)| rules.clone());
        Self::of_rules(layout, rules, Some(arms), alpha_beta)
    }

    fn of_rules(
        layout: Layout,
        rules: Option<CohortRules>,
        arms: Option<Arms>,
        alpha_beta: Option<AlphaBeta>,
    ) -> Result<Self, CohortError> {
        let rules = rules.filter(|_| layout.has_orders());
        let is_creatinine = |column| matches!(column, Column::Creatinine(_));
        match &rules {
            None if layout.has_orders() && arms.is_none() => return Err(CohortError::RulesMissing),
            Some(rules) if layout.has(is_creatinine) && rules.weight_basis().is_none() => {
                return Err(CohortError::WeightBasis {
                    column: layout.name_of(is_creatinine),
                });
            }
            _ => {}
        }
        let layout = if arms.is_some() {
            layout
        } else {
            layout.without_arms()
        };
        let has_eqd2 = alpha_beta.is_some() && layout.has_courses();
        Ok(Self {
            shape: Shape::new(rules.as_ref(), &layout, has_eqd2),
            rules,
            arms,
            alpha_beta,
            layout,
            options: CsvOptions::default(),
            site_intake: None,
            calendar: None,
        })
    }

    /// The same for a file that is written in this way.
    #[must_use]
    pub const fn written(mut self, options: CsvOptions) -> Self {
        self.options = options;
        self
    }

    /// The same where a site has settled the days of intake: the days of rows are compared with them, and rows of a
    /// file without a column `days` get them from their first date and course.
    #[must_use]
    pub fn with_intake(mut self, intake: Option<Intake>) -> Self {
        self.site_intake = intake.filter(|_| self.compares_days());
        self
    }

    /// Whether rows have orders with days of intake or dates.
    #[must_use]
    pub fn compares_days(&self) -> bool {
        let has = |wanted| self.layout.has(|column| column == wanted);
        self.layout.has_orders() && (has(Column::Start) || has(Column::Days))
    }

    /// The same where a site has settled its days of treatment: the dates of a row are compared with them.
    #[must_use]
    pub fn with_calendar(mut self, calendar: Option<Calendar>) -> Self {
        self.calendar = calendar;
        self
    }

    /// Whether the rows have first or last dates of courses.
    #[must_use]
    pub fn compares_dates(&self) -> bool {
        let is_date = |column| matches!(column, Column::Start | Column::End);
        self.layout.has(is_date)
    }

    /// The days of intake where rows get them from their first date and course.
    #[must_use]
    pub fn intake(&self) -> Option<&Intake> {
        let intake = self.site_intake.as_ref();
        intake.filter(|intake| intake.has_calendar() && self.derives_days())
    }

    /// Whether something was dispensed for days that no column gives.
    #[must_use]
    pub fn lacks_days(&self) -> bool {
        let has = |wanted| self.layout.has(|column| column == wanted);
        (has(Column::Dispensed) || has(Column::Tablets)) && !has(Column::Days)
    }

    /// Whether the days can follow from a first date and a course in place of a column.
    #[must_use]
    pub fn derives_days(&self) -> bool {
        let has_course = self.arms.is_some() || self.layout.has_courses();
        self.lacks_days() && has_course && self.layout.has(|column| column == Column::Start)
    }

    /// Which column holds what.
    #[must_use]
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The arms, where a protocol says what each gets.
    #[must_use]
    pub const fn arms(&self) -> Option<&Arms> {
        self.arms.as_ref()
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

    /// Whether the file has orders that somebody entered.
    #[must_use]
    pub fn has_entered_orders(&self) -> bool {
        self.layout.has(Column::is_order)
    }

    /// The columns of the records in their order, each with what it is.
    pub fn record_columns(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.shape.meanings()
    }

    /// What stands before the records.
    #[must_use]
    pub fn header(&self, records: Records) -> Vec<u8> {
        self.shape.header(records)
    }

    /// The records of a batch, and what they add up to.
    #[must_use]
    pub fn records(&self, batch: &Batch, records: Records) -> (Vec<u8>, Tally) {
        let mut out = Vec::with_capacity(batch.rows.len() * 160);
        let tally = self.tally(batch, |place, judged, codes| {
            self.shape.write(&mut out, records, place, judged, codes);
        });
        (out, tally)
    }

    /// The records of a batch column by column, and what they add up to.
    #[must_use]
    pub fn columns(&self, batch: &Batch) -> (Columns, Tally) {
        let mut columns = self.shape.columns(batch.rows.len());
        let tally = self.tally(batch, |place, judged, codes| {
            self.shape.push(&mut columns, place, judged, codes);
        });
        (columns, tally)
    }

    /// Judges the rows in order, hands each to `take`, and adds them up.
    fn tally<'b>(
        &self,
        batch: &'b Batch,
        mut take: impl FnMut(Place<'b>, &Judged, &Codes),
    ) -> Tally {
        let mut tally = Tally::of(batch, self.layout.has(Column::is_order));
        let mut known = KnownDrugs::default();
        for (at, row) in batch.rows.iter().enumerate() {
            let judged = self.judge(batch, row, &mut known);
            let place = Place {
                row: batch.first + at as u64,
                id: batch.id(row),
                input: row,
                entered: batch.entered(row),
            };
            let column = self.layout.name_at(judged.column);
            let unread = || self.unread(batch, at, &judged);
            let codes = tally.count((place.row, place.id, column), &judged, unread);
            take(place, &judged, codes);
        }
        tally
    }

    /// The first cell of a row that is not read, and why.
    fn unread(&self, batch: &Batch, at: usize, judged: &Judged) -> Option<UnreadCell> {
        if let Some(why) = batch.said(at) {
            return Some(UnreadCell::line(batch.unread(at)?, why));
        }
        let column = self.layout.column_at(judged.column)?;
        let row = batch.rows.get(at)?;
        let cell = if row.column == judged.column {
            batch.unread(at)?
        } else {
            // other drugs are read where the row is judged
            batch.entered(row)?.drugs.as_ref()?.as_bytes()
        };
        let comma = self.options.decimal_comma;
        Some(UnreadCell::new(column, cell, comma))
    }

    /// A Parquet file of records.
    ///
    /// # Errors
    /// It cannot be written.
    #[cfg(feature = "parquet")]
    pub fn table<W: std::io::Write + Send>(&self, out: W) -> Result<TableWriter<W>, CohortError> {
        TableWriter::new(out, &self.shape)
    }
}
