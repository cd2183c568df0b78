//! The page of a cohort for a person.

use chemorad::report::Outcome;

use super::hints::counted_rows;
use super::{Deviating, Results, Steps, Unread};
use crate::bars::{Bar, picture};
use crate::document::{Block, Document};
use crate::number::fixed;

impl Results {
    /// The page for a person.
    #[must_use]
    pub fn page(&self) -> Document {
        let mut page = Document::new("Cohort").of_many();
        let count = |outcome| {
            let of_it = self.outcomes.iter().find(|rows| rows.outcome == outcome);
            of_it.map_or(0, |rows| rows.rows)
        };
        page.verdict(
            self.outcome,
            &format!(
                "{}: {} fail, {} cannot tell, {} warn, {} pass",
                counted_rows(self.rows),
                count(Outcome::Fail),
                count(Outcome::CannotTell),
                count(Outcome::Warn),
                count(Outcome::Pass)
            ),
        );
        page.findings(&self.findings);
        if let Some(records) = &self.records {
            page.line(&format!("One record a row: {records}"));
        }
        let has = |name: &str| self.columns.iter().any(|column| column.name == name);
        if self.records.is_some() && has("ordered_mg") {
            page.line(
                "In a record ordered_mg is the expected order of one administration; what begins with entered, or ends \
                 with as_written, is from the file.",
            );
        }
        if !self.unused_columns.is_empty() {
            page.line(&format!(
                "Columns that are not used: {}",
                self.unused_columns.join(", ")
            ));
        }
        for hint in &self.hints {
            page.paragraph(hint);
        }
        self.codes_table(&mut page);
        page.in_brief(|page| self.worst_rows(page, WORST));
        page.in_full(|page| self.worst_rows(page, usize::MAX));
        page.in_brief(|page| self.repeats(page, REPEATS));
        page.in_full(|page| self.repeats(page, usize::MAX));
        for (title, steps, places) in [
            ("Body surface area, m2", &self.bsa_m2, 1),
            (self.deviations(), &self.deviation_percent, 0),
        ] {
            let bars = bars(steps, places);
            if !bars.is_empty() {
                page.section(title);
                let total: u64 = bars.iter().map(|bar| bar.count).sum();
                page.push(Block::Chart {
                    text: as_text(&bars),
                    svg: picture(&bars),
                    caption: format!("{title}: {total} rows."),
                });
            }
        }
        if self.settings.is_empty() {
            return page;
        }
        page.section("The same for every row");
        let pairs: Vec<(&str, String)> = self
            .settings
            .iter()
            .map(|setting| (setting.name, setting.value.clone()))
            .collect();
        page.pairs(&pairs);
        page
    }

    const fn deviations(&self) -> &'static str {
        match self.deviation_percent_of {
            Deviating::Entered => "Deviation of the entered order from the calculated dose, %",
            Deviating::Expected => {
                "Rounding to tablets: deviation of the expected order from the calculated dose, %"
            }
        }
    }

    fn codes_table(&self, page: &mut Document) {
        if self.codes.is_empty() {
            return;
        }
        page.section("Codes");
        let rows: Vec<Vec<String>> = self
            .codes
            .iter()
            .map(|count| {
                vec![
                    count.code.to_string(),
                    count.outcome.to_string(),
                    count.rows.to_string(),
                    count.title.to_string(),
                ]
            })
            .collect();
        page.outcome_table(&["code", "outcome", "rows", "about"], &rows, 1, 4);
        page.line("chemorad explain CODE... says what codes mean and what to do.");
    }

    /// The cells that are not read in the rows that are shown, those of one column and reason together.
    fn unread_cells(&self, page: &mut Document, most: usize) {
        let mut groups: Vec<(&str, &Unread, Vec<u64>)> = Vec::new();
        for row in self.worst.iter().take(most) {
            let Some(cell) = &row.unread_cell else {
                continue;
            };
            let column = row.unread_column.as_str();
            let known = groups
                .iter_mut()
                .find(|(name, other, _)| *name == column && other.reason == cell.reason);
            match known {
                Some((_, _, rows)) => rows.push(row.row),
                None => groups.push((column, cell, vec![row.row])),
            }
        }
        for (column, cell, rows) in groups {
            let first = rows.iter().take(ROWS).map(ToString::to_string);
            let first: Vec<String> = first.collect();
            let more = if rows.len() > ROWS { ", ..." } else { "" };
            let (word, such_as) = if rows.len() == 1 {
                ("row", "")
            } else {
                ("rows", "such as ")
            };
            // a line that is not read at all has no column
            let place = match column {
                "" if word == "row" => "Row".to_string(),
                "" => "Rows".to_string(),
                column => format!("Column {column}, {word}"),
            };
            page.hanging(
                "",
                "  ",
                &format!(
                    "{place} {}{more}: {such_as}\"{}\": {}",
                    first.join(", "),
                    cell.text,
                    cell.reason
                ),
            );
        }
    }

    fn repeats(&self, page: &mut Document, most: usize) {
        if self.repeated_ids.is_empty() {
            return;
        }
        page.section("Identifiers that repeat");
        let shown = self.repeated_ids.iter().take(most);
        for repeated in shown {
            page.line(&format!(
                "Row {}: {} stands in row {} already",
                repeated.row, repeated.id, repeated.earlier_row
            ));
        }
        let more = self.repeated_ids.len().saturating_sub(most);
        if more > 0 {
            page.left_out_as(|way| format!("{more} more: {way}"));
        }
    }

    fn worst_rows(&self, page: &mut Document, most: usize) {
        if self.worst.is_empty() {
            return;
        }
        page.section("Rows to look at first");
        let mut shown = self.worst.iter().take(most);
        let has_supply = shown.any(|row| row.supply_deviation_percent.is_some());
        let percent = |value: Option<f64>| {
            value.map_or_else(String::new, |percent| format!("{percent:+.1} %"))
        };
        let rows: Vec<Vec<String>> = self
            .worst
            .iter()
            .take(most)
            .map(|row| {
                let codes = row.codes.join(" ");
                let codes = match row.unread_column.as_str() {
                    "" => codes,
                    column => format!("{codes} (column {column})"),
                };
                let mut cells = vec![
                    row.row.to_string(),
                    row.id.clone(),
                    row.outcome.to_string(),
                    percent(row.deviation_percent),
                ];
                cells.extend(has_supply.then(|| percent(row.supply_deviation_percent)));
                cells.push(codes);
                cells
            })
            .collect();
        let mut header = vec!["row", "id", "outcome", "deviation"];
        header.extend(has_supply.then_some("supply"));
        header.push("codes");
        page.outcome_table(&header, &rows, 2, header.len());
        page.line("Row 1 is the first below the header; blank lines are not counted.");
        self.unread_cells(page, most);
        let shown = u64::try_from(rows.len()).unwrap_or(0);
        let more = self.rows_to_look_at.saturating_sub(shown);
        if more > 0 {
            page.line(&match &self.records {
                Some(records) => format!("{more} more that fail or cannot be told: {records}"),
                None => {
                    format!("{more} more that fail or cannot be told: -o FILE writes all records")
                }
            });
        }
    }
}

/// So many rows to look at first stand on a page in brief.
const WORST: usize = 20;

/// So many rows of cells that are not read for one reason are named.
const ROWS: usize = 5;

/// So many rows that repeat an identifier stand on a page in brief.
const REPEATS: usize = 5;

/// The longest bar, in characters.
const LONGEST: u64 = 40;

/// The steps from the first that is not empty to the last.
#[allow(clippy::cast_precision_loss, reason = "the number of a step is small")]
fn bars(steps: &Steps, places: usize) -> Vec<Bar> {
    let used = |count: &u64| *count > 0;
    let first = steps.counts.iter().position(used);
    let last = steps.counts.iter().rposition(used);
    let edge = |at: usize| fixed(steps.from + steps.step * at as f64, places);
    let mut bars = Vec::new();
    let mut bar = |label: String, count: u64| bars.push(Bar { label, count });
    if steps.below > 0 {
        bar(format!("below {}", edge(0)), steps.below);
    }
    if let (Some(first), Some(last)) = (first, last) {
        for (at, count) in steps.counts.iter().enumerate().take(last + 1).skip(first) {
            bar(format!("{} to {}", edge(at), edge(at + 1)), *count);
        }
    }
    if steps.above > 0 {
        bar(format!("from {}", edge(steps.counts.len())), steps.above);
    }
    bars
}

fn as_text(bars: &[Bar]) -> String {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    let lines = bars.iter().map(|Bar { label, count }| {
        // a step that is not empty has a bar
        let length = (count * LONGEST).div_ceil(most);
        let bar = "#".repeat(usize::try_from(length).unwrap_or(0));
        format!("{label:>15}  {count:>9}  {bar}")
            .trim_end()
            .to_string()
    });
    lines.collect::<Vec<_>>().join("\n")
}
