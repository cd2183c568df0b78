//! What a command has to say, as text for a person and as JSON for a tool.

use std::fmt::Write as _;

use chemorad::capecitabine::Candidate;
use chemorad::quantity::OrderedDose;
use chemorad::report::Derivation;
use chemorad::report::{Finding, Outcome};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width};
use serde::Serialize;

use crate::failure::{Failure, exit_code, one_line, visible};

pub(crate) const WIDTH: usize = 80;

pub(crate) const NOTICE: &str = "Independent check, not a medical device: a qualified person must review every number before it is used for a patient.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For a person.
    Text,
    /// For a tool.
    Json,
    /// SARIF 2.1.0, from `protocol lint`.
    Sarif,
    /// `JUnit` XML, from `protocol lint`.
    Junit,
    /// Annotations of GitHub Actions, from `protocol lint`.
    Github,
}

/// A finished command: both renderings and the exit code.
pub(crate) struct Report {
    pub(crate) text: String,
    pub(crate) json: Result<String, Failure>,
    pub(crate) exit: u8,
    /// Formats that few commands have.
    pub(crate) others: Vec<(Format, Result<String, Failure>)>,
}

#[derive(Serialize)]
struct WithNotice<'a, T> {
    #[serde(flatten)]
    body: &'a T,
    notice: &'static str,
    version: &'static str,
}

impl Report {
    pub(crate) fn new(page: Page, json: &impl Serialize) -> Self {
        let body = WithNotice {
            body: json,
            notice: NOTICE,
            version: env!("CARGO_PKG_VERSION"),
        };
        Self {
            text: page.finish(),
            json: serde_json::to_string_pretty(&body)
                .map(|text| text + "\n")
                .map_err(Failure::from),
            exit: 0,
            others: Vec::new(),
        }
    }

    /// The same in one more format.
    pub(crate) fn also(mut self, format: Format, rendered: Result<String, Failure>) -> Self {
        self.others.push((format, rendered));
        self
    }

    pub(crate) fn rendered(self, format: Format) -> Result<String, Failure> {
        match format {
            Format::Text => Ok(self.text),
            Format::Json => self.json,
            Format::Sarif | Format::Junit | Format::Github => {
                let mut others = self.others.into_iter();
                match others.find(|(other, _)| *other == format) {
                    Some((_, rendered)) => rendered,
                    None => Err(Failure::new(
                        "this command prints text or json; sarif, junit and github are formats of protocol lint",
                    )),
                }
            }
        }
    }

    /// JSON whatever the format, for files that other systems read.
    pub(crate) fn json_only(json: &impl Serialize) -> Result<Self, Failure> {
        Ok(Self::same(Self::new(Page::default(), json).json?))
    }

    /// JSON and nothing else: a resource whose standard allows no further fields, and which carries
    /// the notice in its own way.
    pub(crate) fn verbatim(json: &impl Serialize) -> Result<Self, Failure> {
        Ok(Self::same(serde_json::to_string_pretty(json)? + "\n"))
    }

    /// A page in a format of its own, which carries the notice in its own way.
    pub(crate) fn plain(text: String) -> Self {
        Self::same(text)
    }

    fn same(text: String) -> Self {
        Self {
            text: text.clone(),
            json: Ok(text),
            exit: 0,
            others: Vec::new(),
        }
    }

    /// 0 for pass and warn, 1 for fail, 3 for cannot tell.
    pub(crate) fn judged(mut self, outcome: Outcome) -> Self {
        self.exit = exit_code(outcome);
        self
    }
}

/// Text for an 80-column terminal, built from top to bottom.
#[derive(Default)]
pub(crate) struct Page(String);

impl Page {
    pub(crate) fn new(title: &str) -> Self {
        let mut page = Self::default();
        let title = one_line(title);
        page.0.push_str(&title);
        page.0.push('\n');
        page.0
            .push_str(&"=".repeat(title.chars().count().min(WIDTH)));
        page.0.push('\n');
        page
    }

    pub(crate) fn section(&mut self, title: &str) {
        let title = one_line(title);
        let _ = writeln!(
            self.0,
            "\n{title}\n{}",
            "-".repeat(title.chars().count().min(WIDTH))
        );
    }

    /// Lines that are laid out already.
    pub(crate) fn verbatim(&mut self, text: &str) {
        for line in text.lines().map(str::trim_end) {
            self.0.push_str(line);
            self.0.push('\n');
        }
        if text.is_empty() {
            self.0.push('\n');
        }
    }

    pub(crate) fn line(&mut self, text: &str) {
        self.indented("", text);
    }

    /// A line after an empty one.
    pub(crate) fn apart(&mut self, text: &str) {
        self.0.push('\n');
        self.line(text);
    }

    /// Wrapped text under a hanging indent: `first` leads the first line.
    pub(crate) fn indented(&mut self, first: &str, text: &str) {
        self.hanging(first, &" ".repeat(first.chars().count()), text);
    }

    /// Wrapped text: `first` leads the first line, `rest` the others.
    pub(crate) fn hanging(&mut self, first: &str, rest: &str, text: &str) {
        let options = textwrap::Options::new(WIDTH)
            .initial_indent(first)
            .subsequent_indent(rest)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        self.0.push_str(&textwrap::fill(&one_line(text), options));
        self.0.push('\n');
    }

    /// `name   value` pairs, the values in one column.
    pub(crate) fn pairs(&mut self, pairs: &[(&str, String)]) {
        let width = pairs.iter().map(|(name, _)| name.chars().count()).max();
        for (name, value) in pairs {
            let name = format!("{name:<width$}  ", width = width.unwrap_or(0));
            self.indented(&name, value);
        }
    }

    /// A table whose columns after the first are aligned to the right.
    pub(crate) fn table(&mut self, header: &[&str], rows: &[Vec<String>]) {
        self.mixed_table(header, rows, 1);
    }

    /// A table whose columns from `numbers` on are aligned to the right.
    pub(crate) fn mixed_table(&mut self, header: &[&str], rows: &[Vec<String>], numbers: usize) {
        let alignments: Vec<CellAlignment> = (1..header.len())
            .map(|index| {
                if index < numbers {
                    CellAlignment::Left
                } else {
                    CellAlignment::Right
                }
            })
            .collect();
        self.aligned(header, rows, &alignments);
    }

    /// A table of texts.
    pub(crate) fn text_table(&mut self, header: &[&str], rows: &[Vec<String>]) {
        self.aligned(header, rows, &[]);
    }

    fn aligned(&mut self, header: &[&str], rows: &[Vec<String>], rest: &[CellAlignment]) {
        let mut table = Table::new();
        table
            .load_preset("     --            ")
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(WIDTH).unwrap_or(u16::MAX))
            .set_header(header.to_vec());
        // names of rows stay in one piece where they are short
        let names = rows.iter().filter_map(|row| row.first());
        let longest = names.map(|name| name.chars().count()).max().unwrap_or(0);
        let first = u16::try_from(longest.clamp(3, 13)).unwrap_or(8) + 1;
        for row in rows {
            table.add_row(row.iter().map(|cell| one_line(cell)));
        }
        for (index, column) in table.column_iter_mut().enumerate() {
            column.set_padding((u16::from(index > 0), 1));
            if index > 0 {
                if let Some(alignment) = rest.get(index - 1) {
                    column.set_cell_alignment(*alignment);
                }
            } else {
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(first)));
            }
        }
        for line in table.to_string().lines() {
            self.0.push_str(line.trim_end());
            self.0.push('\n');
        }
    }

    /// Deliverable amounts with their tablets; by default the chosen one and two on either side.
    pub(crate) fn candidates(&mut self, candidates: &[Candidate], ordered: &[OrderedDose]) {
        let rows: Vec<Vec<String>> = candidates
            .iter()
            .map(|candidate| {
                let is_ordered = ordered.contains(&candidate.amount());
                vec![
                    candidate.amount().to_string(),
                    candidate.tablets_text(),
                    candidate.tablet_count().to_string(),
                    format!("{:+.2} %", candidate.deviation_percent()),
                    if is_ordered { "ordered" } else { "" }.to_string(),
                ]
            })
            .collect();
        self.text_table(&["amount", "tablets", "number", "deviation", ""], &rows);
    }

    /// Every derivation: formula, substitution, values on the way, result, source.
    pub(crate) fn work(&mut self, derivations: &[Derivation]) {
        for derivation in derivations {
            self.0.push('\n');
            self.line(&derivation.of);
            self.indented("    = ", &derivation.formula);
            self.indented("    = ", &derivation.substitution);
            for step in &derivation.intermediate {
                self.indented("      where ", step);
            }
            self.indented("    = ", &derivation.result);
            self.indented("    source: ", &derivation.source);
        }
    }

    pub(crate) fn findings(&mut self, findings: &[Finding]) {
        for finding in findings {
            // what passed needs no second look at what was expected
            let values = finding.values();
            let expected = values.expected.filter(|_| finding.outcome != Outcome::Pass);
            let detail = match (expected, values.found) {
                (Some(expected), Some(found)) => format!(" (expected {expected}; found {found})"),
                (Some(expected), None) => format!(" (expected {expected})"),
                (None, Some(found)) => format!(" ({found})"),
                (None, None) => String::new(),
            };
            let lead = format!("{:<15}", finding.outcome.to_string());
            self.indented(
                &lead,
                &format!("{}: {}{detail}", finding.at(), finding.message()),
            );
        }
    }

    fn finish(mut self) -> String {
        self.0.push('\n');
        self.line(NOTICE);
        self.line(concat!("chemorad ", env!("CARGO_PKG_VERSION")));
        visible(&self.0)
    }
}
