//! Text for a terminal.

use std::fmt::Write as _;

use chemorad::report::{Derivation, Finding, Outcome};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Width};

use crate::document::{Align, Block, Document, Table};
use crate::escape::{one_line, visible};
use crate::{NOTICE, VERSION};

/// The width of a terminal, in characters.
pub const WIDTH: usize = 80;

impl Document {
    /// Text of lines of at most so many characters where words allow it, with the notice.
    #[must_use]
    pub fn to_text(&self, width: usize) -> String {
        let mut page = Page {
            text: String::new(),
            width,
        };
        if let Some(title) = self.title() {
            page.underlined(title, "=");
        }
        for block in self.blocks() {
            page.block(block);
        }
        page.text.push('\n');
        page.item("", "", NOTICE);
        page.item("", "", &format!("chemorad {VERSION}"));
        visible(&page.text)
    }
}

struct Page {
    text: String,
    width: usize,
}

impl Page {
    fn underlined(&mut self, title: &str, with: &str) {
        let title = one_line(title);
        let length = title.chars().count().min(self.width);
        let _ = writeln!(self.text, "{title}\n{}", with.repeat(length));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(title) => {
                self.text.push('\n');
                self.underlined(title, "-");
            }
            Block::Paragraph(text) | Block::Note(text) => self.item("", "", text),
            Block::Item { lead, hang, text } => self.item(lead, hang, text),
            Block::Gap => self.text.push('\n'),
            Block::Pairs(pairs) => self.pairs(pairs),
            Block::Table(table) => self.table(table),
            Block::Findings(findings) => findings.iter().for_each(|one| self.finding(one)),
            Block::Derivations(all) => all.iter().for_each(|one| self.derivation(one)),
            Block::Preformatted(text) => {
                for line in text.lines().map(str::trim_end) {
                    self.text.push_str(line);
                    self.text.push('\n');
                }
                if text.is_empty() {
                    self.text.push('\n');
                }
            }
            Block::Figure { caption, .. } => self.item("", "", caption),
        }
    }

    fn item(&mut self, lead: &str, hang: &str, text: &str) {
        let options = textwrap::Options::new(self.width)
            .initial_indent(lead)
            .subsequent_indent(hang)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        self.text
            .push_str(&textwrap::fill(&one_line(text), options));
        self.text.push('\n');
    }

    /// Under a hanging indent as wide as the lead.
    fn led(&mut self, lead: &str, text: &str) {
        self.item(lead, &" ".repeat(lead.chars().count()), text);
    }

    fn pairs(&mut self, pairs: &[(String, String)]) {
        let width = pairs.iter().map(|(name, _)| name.chars().count()).max();
        for (name, value) in pairs {
            let lead = format!("{name:<width$}  ", width = width.unwrap_or(0));
            self.led(&lead, value);
        }
    }

    fn table(&mut self, table: &Table) {
        let mut laid_out = comfy_table::Table::new();
        laid_out
            .load_preset("     --            ")
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(self.width).unwrap_or(u16::MAX))
            .set_header(table.header.iter().map(|name| one_line(name)));
        // names of rows stay in one piece where they are short
        let names = table.rows.iter().filter_map(|row| row.first());
        let longest = names.map(|name| name.chars().count()).max().unwrap_or(0);
        let first = u16::try_from(longest.clamp(3, 13)).unwrap_or(8) + 1;
        for row in &table.rows {
            laid_out.add_row(row.iter().map(|cell| one_line(cell)));
        }
        for (index, column) in laid_out.column_iter_mut().enumerate() {
            column.set_padding((u16::from(index > 0), 1));
            if index == 0 {
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(first)));
            } else if table.align.get(index) == Some(&Align::Right) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        for line in laid_out.to_string().lines() {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    fn finding(&mut self, finding: &Finding) {
        let values = finding.values();
        // what passed needs no second look at what was expected
        let expected = values.expected.filter(|_| finding.outcome != Outcome::Pass);
        let detail = match (expected, values.found) {
            (Some(expected), Some(found)) => format!(" (expected {expected}; found {found})"),
            (Some(expected), None) => format!(" (expected {expected})"),
            (None, Some(found)) => format!(" ({found})"),
            (None, None) => String::new(),
        };
        let lead = format!("{:<15}", finding.outcome.to_string());
        self.led(
            &lead,
            &format!("{}: {}{detail}", finding.at(), finding.message()),
        );
    }

    fn derivation(&mut self, derivation: &Derivation) {
        self.text.push('\n');
        self.item("", "", &derivation.quantity);
        self.led("    = ", &derivation.formula);
        self.led("    = ", &derivation.substitution);
        for step in &derivation.intermediate {
            self.led("      where ", step);
        }
        self.led("    = ", &derivation.result);
        self.led("    source: ", &derivation.source);
    }
}
