//! Text for a terminal.

use std::fmt::Write as _;

use chemorad::report::{Derivation, Finding, Outcome};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Width};

use crate::VERSION;
use crate::document::{Block, Document, JudgedSource};
use crate::document_table::{Align, Table};
use crate::escape::{one_line, visible};

/// The width of a terminal, in characters.
pub const WIDTH: usize = 80;
/// A line to write on.
const BLANK: &str = "____________________";

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
        page.item("", "", &in_one_line());
        if let Some(build) = self.build() {
            page.item("", "", &build.line(8));
        }
        visible(&page.text)
    }
}

/// The notice in the width of a terminal.
fn in_one_line() -> String {
    format!("chemorad {VERSION}, a second check: needs qualified review, cleared by no authority")
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
            Block::Paragraph(text) | Block::Note(text) | Block::LeftOut { command: text, .. } => {
                self.item("", "", text);
            }
            Block::Item { lead, hang, text } => self.item(lead, hang, text),
            Block::Gap => self.text.push('\n'),
            Block::Pairs(pairs) => self.pairs(pairs),
            Block::Table(table) => self.table(table),
            Block::Records(table) => self.records(table),
            Block::Verdict { outcome, text } => {
                let outcome = outcome.to_string().to_uppercase();
                self.item("", "", &format!("{outcome}: {text}"));
            }
            Block::JudgedSources(sources) => sources.iter().for_each(|one| self.judged(one)),
            Block::JudgedHeading { name, outcome, .. } => {
                self.text.push('\n');
                let outcome = outcome.to_string().to_uppercase();
                self.underlined(&format!("{name}: {outcome}"), "-");
            }
            Block::Findings(groups) => groups.iter().for_each(|group| self.group(group)),
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
            Block::Chart { text, .. } => {
                for line in text.lines() {
                    self.text.push_str(line);
                    self.text.push('\n');
                }
            }
            Block::Figure { caption, .. } => self.item("", "", caption),
            Block::Fields(fields) => {
                let value = |value: &Option<String>| value.clone().unwrap_or_else(|| BLANK.into());
                let fields = fields.iter();
                let pairs: Vec<(String, String)> = fields
                    .map(|(name, text)| (name.clone(), value(text)))
                    .collect();
                self.pairs(&pairs);
            }
            Block::Room(title) => {
                self.text.push('\n');
                self.item("", "", &format!("{title}: {BLANK}"));
                self.item("", "", BLANK);
            }
            Block::Signatures(places) => {
                for place in places {
                    self.text.push('\n');
                    self.item("", "", &format!("{place}: {BLANK}"));
                }
            }
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
        let longest = longest_words(table);
        // codes and numbers stay in one piece where all columns have room for theirs
        let fits = longest.iter().map(|word| word + 2).sum::<usize>() <= self.width;
        for row in &table.rows {
            laid_out.add_row(row.iter().map(|cell| one_line(cell)));
        }
        for (index, column) in laid_out.column_iter_mut().enumerate() {
            column.set_padding((u16::from(index > 0), 1));
            let word = longest.get(index).filter(|_| fits);
            let word = word.and_then(|word| u16::try_from(*word).ok()).unwrap_or(0);
            let least = match index {
                0 => first.max(word + 1),
                _ if word > 0 => word + 2,
                _ => 0,
            };
            if least > 0 {
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
            }
            if index == 0 {
                continue;
            }
            if table.align.get(index) == Some(&Align::Right) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        for line in laid_out.to_string().lines() {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    /// Row after row: the first cell, and below it each other one after the name of its column.
    fn records(&mut self, table: &Table) {
        let names = table.header.iter().skip(1);
        let width = names.clone().map(|name| name.chars().count()).max();
        for row in &table.rows {
            let mut cells = row.iter();
            if let Some(first) = cells.next() {
                self.led("", first);
            }
            for (name, cell) in names
                .clone()
                .zip(cells)
                .filter(|(_, cell)| !cell.is_empty())
            {
                let lead = format!("    {name:<width$}  ", width = width.unwrap_or(0));
                let longest = cell.split(' ').map(|word| word.chars().count()).max();
                let fits = longest.unwrap_or(0) + lead.chars().count() <= self.width;
                if fits {
                    self.led(&lead, cell);
                } else {
                    // a word that is too long beside its name, such as an address, has a line of its own
                    self.item("    ", "    ", name);
                    self.item("     ", "     ", cell);
                }
            }
        }
    }

    fn judged(&mut self, source: &JudgedSource) {
        let mut text = format!("{}: {}", source.name, source.content);
        if !source.codes.is_empty() {
            let _ = write!(text, " ({})", source.codes.join(", "));
        }
        self.led(&outcome_lead(source.outcome), &text);
    }

    /// The first column holds the outcome of a finding, and the second begins with its code.
    fn group(&mut self, group: &[Finding]) {
        let Some(first) = group.first() else {
            return;
        };
        let lead = outcome_lead(first.outcome);
        let (code, message) = (first.code(), first.message());
        let below = " ".repeat(lead.len());
        if group.len() == 1 {
            let (detail, lines) = compared(first);
            self.led(&lead, &format!("{code}, {}: {message}{detail}", first.at()));
            for line in &lines {
                self.led(&below, line);
            }
            return;
        }
        let (detail, lines) = compared(first);
        if lines.is_empty() && group.iter().all(|one| compared(one).0 == detail) {
            let places: Vec<String> = group.iter().map(Finding::at).collect();
            let places = places.join("; ");
            self.led(&lead, &format!("{code}, {places}: {message}{detail}"));
            return;
        }
        self.led(&lead, &format!("{code}, {} times: {message}", group.len()));
        let below = format!("{below}- ");
        for finding in group {
            let (detail, lines) = compared(finding);
            self.led(&below, &format!("{}{detail}", finding.at()));
            for line in &lines {
                self.led(&below, line);
            }
        }
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

/// The characters of the longest word of each column.
fn longest_words(table: &Table) -> Vec<usize> {
    let word = |cell: &String| {
        let words = cell.split_whitespace().map(|word| word.chars().count());
        words.max().unwrap_or(0)
    };
    let mut longest: Vec<usize> = table.header.iter().map(word).collect();
    for row in &table.rows {
        for ((most, cell), align) in longest.iter_mut().zip(row).zip(&table.align) {
            let unbroken = match align {
                Align::Outcome => cell.chars().count(),
                Align::Left | Align::Right => word(cell),
            };
            *most = unbroken.max(*most);
        }
    }
    longest
}

fn outcome_lead(outcome: Outcome) -> String {
    format!("{:<15}", outcome.to_string())
}

/// What a finding compares: within its sentence, or below it where there is a difference to show.
fn compared(finding: &Finding) -> (String, Vec<String>) {
    let values = finding.values();
    let mut lines = Vec::new();
    let mut detail = String::new();
    if values.difference.is_some() {
        let parts = [
            ("expected", values.expected),
            ("found", values.found),
            ("difference", values.difference),
            ("tolerance", values.tolerance),
        ];
        let parts = parts.into_iter();
        let parts: Vec<String> = parts
            .filter_map(|(name, value)| value.map(|value| format!("{name} {value:#}")))
            .collect();
        lines.push(parts.join("; "));
    } else {
        // what passed needs no second look at what was expected
        let expected = values.expected.filter(|_| finding.outcome != Outcome::Pass);
        detail = match (expected, values.found) {
            (Some(expected), Some(found)) => format!(" (expected {expected:#}; found {found:#})"),
            (Some(expected), None) => format!(" (expected {expected:#})"),
            (None, Some(found)) => format!(" ({found:#})"),
            (None, None) => String::new(),
        };
    }
    lines.extend(values.arithmetic.map(|words| words.shown().to_string()));
    (detail, lines)
}
