//! The one document model: what every command has to show, before it has a format.

use chemorad::report::{Derivation, Finding, Outcome};

use crate::build::Build;
use crate::document_table::Table;

/// A part of a document.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Block {
    /// The heading of a section.
    Heading(String),
    /// The outcome of everything, with how it came about.
    Verdict {
        /// The outcome.
        outcome: Outcome,
        /// How it came about.
        text: String,
    },
    /// Sources with their outcomes, each leading to its section.
    JudgedSources(Vec<JudgedSource>),
    /// The heading of the section about one of them.
    JudgedHeading {
        /// The name of the source.
        name: String,
        /// Its outcome.
        outcome: Outcome,
        /// Its number.
        number: usize,
    },
    /// A paragraph.
    Paragraph(String),
    /// The line that says how to see what is not shown: by a flag at a terminal, and on a page by what it has
    /// for it.
    LeftOut {
        /// At a terminal.
        command: String,
        /// On a page.
        page: String,
    },
    /// A paragraph with a lead such as a bullet, at a depth of nested lists.
    Item {
        /// What leads the first line.
        lead: String,
        /// What leads the lines after it.
        hang: String,
        /// The text.
        text: String,
    },
    /// An empty line, where a paragraph begins something new.
    Gap,
    /// Names and values.
    Pairs(Vec<(String, String)>),
    /// A table.
    Table(Table),
    /// A table whose cells are long: in text, row after row, each value after the name of its column.
    Records(Table),
    /// Findings, with what they compare. Those of a group say the same of different things.
    Findings(Vec<Vec<Finding>>),
    /// How numbers were reached.
    Derivations(Vec<Derivation>),
    /// Lines that are laid out already, such as a file or a quotation of one.
    Preformatted(String),
    /// A picture as SVG, with what it shows in words.
    Figure {
        /// The picture.
        svg: String,
        /// What it shows.
        caption: String,
    },
    /// A picture that lines of text can stand for.
    Chart {
        /// The lines.
        text: String,
        /// The picture.
        svg: String,
        /// What it shows.
        caption: String,
    },
    /// A remark in a smaller hand.
    Note(String),
    /// Names and values of a form; what has no value is a line to fill in by hand.
    Fields(Vec<(String, Option<String>)>),
    /// Room to write several lines by hand, under this title.
    Room(String),
    /// Places to sign on paper.
    Signatures(Vec<String>),
}

/// How much of a document is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// The answer, what needs a person, and what the rest comes to.
    #[default]
    Brief,
    /// Everything: what passed, where values are from, how numbers were reached.
    Full,
}

/// Where a part is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Shown {
    #[default]
    Always,
    Only(Detail),
}

/// A source that was judged, in a list of them.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedSource {
    /// Its name.
    pub name: String,
    /// What it holds, in short.
    pub content: String,
    /// Its outcome.
    pub outcome: Outcome,
    /// The codes of the findings that made the outcome.
    pub codes: Vec<&'static str>,
    /// The number of the section about it.
    pub number: usize,
}

/// What a command has to show a person.
///
/// ```
/// use chemorad_render::{Detail, Document};
///
/// let mut document = Document::new("BED");
/// document.pairs(&[("a/b", "10 Gy".to_string())]);
/// document.table(&["", "D Gy"], &[vec!["phase 1".to_string(), "45".to_string()]]);
/// assert!(document.to_text(80).starts_with("BED\n===\na/b  10 Gy\n"));
/// assert!(document.to_html().contains("<td class=\"number\">45</td>"));
/// assert!(document.to_markdown().contains("| phase 1 | 45 |"));
///
/// document.in_full(|page| page.line("45 Gy in 25 x 1.8 Gy"));
/// assert!(!document.to_text(80).contains("25 x 1.8 Gy"));
/// assert!(document.with_detail(Detail::Full).to_text(80).contains("25 x 1.8 Gy"));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    title: Option<String>,
    blocks: Vec<(Shown, Block)>,
    /// Where the parts that are added now are shown.
    adding: Shown,
    detail: Detail,
    /// What it was made from, where that is told.
    build: Option<Box<Build>>,
    in_columns: bool,
    of_many: bool,
}

impl Document {
    /// A document with a title.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: Some(title.into()),
            ..Self::default()
        }
    }

    /// The same, printed in two columns: many short parts that one page is to hold.
    #[must_use]
    pub fn in_columns(self) -> Self {
        Self {
            in_columns: true,
            ..self
        }
    }

    /// The same, of many patients: no name of one stands on its report.
    #[must_use]
    pub fn of_many(self) -> Self {
        Self {
            of_many: true,
            ..self
        }
    }

    /// Whether it is a table of many patients, and of none of them.
    ///
    /// ```
    /// use chemorad_render::Document;
    /// assert!(Document::new("Cohort").of_many().is_of_many());
    /// ```
    #[must_use]
    pub const fn is_of_many(&self) -> bool {
        self.of_many
    }

    pub(crate) const fn is_in_columns(&self) -> bool {
        self.in_columns
    }

    /// A document of the same form without its parts.
    pub(crate) fn emptied(&self, title: String) -> Self {
        Self {
            title: Some(title),
            in_columns: self.in_columns,
            of_many: self.of_many,
            ..Self::default()
        }
    }

    /// The same with so much shown.
    #[must_use]
    pub fn with_detail(self, detail: Detail) -> Self {
        Self { detail, ..self }
    }

    /// The same under another title.
    #[must_use]
    pub fn titled(self, title: String) -> Self {
        Self {
            title: Some(title),
            ..self
        }
    }

    /// The same with what it was made from, which stands at its foot.
    #[must_use]
    pub fn made_from(self, build: Option<Build>) -> Self {
        let build = build.map(Box::new);
        Self { build, ..self }
    }

    /// What it was made from, where that is told.
    #[must_use]
    pub fn build(&self) -> Option<&Build> {
        self.build.as_deref()
    }

    /// The title.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The parts that are shown, from top to bottom.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        let detail = self.detail;
        let shown = self.blocks.iter().filter(move |(shown, _)| match shown {
            Shown::Always => true,
            Shown::Only(only) => *only == detail,
        });
        shown.map(|(_, block)| block)
    }

    /// The pictures that are not among the parts shown.
    pub(crate) fn pictures_left_out(&self) -> impl Iterator<Item = &Block> {
        let detail = self.detail;
        let left_out = self.blocks.iter().filter(move |(shown, block)| {
            matches!(block, Block::Figure { .. })
                && matches!(shown, Shown::Only(only) if *only != detail)
        });
        left_out.map(|(_, block)| block)
    }

    /// Adds a part.
    pub fn push(&mut self, block: Block) {
        self.blocks.push((self.adding, block));
    }

    /// Adds parts that are shown in full detail alone.
    pub fn in_full(&mut self, parts: impl FnOnce(&mut Self)) {
        self.only(Detail::Full, parts);
    }

    /// Adds parts that stand for what is not shown.
    pub fn in_brief(&mut self, parts: impl FnOnce(&mut Self)) {
        self.only(Detail::Brief, parts);
    }

    fn only(&mut self, detail: Detail, parts: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.adding, Shown::Only(detail));
        parts(self);
        self.adding = before;
    }

    /// Adds all parts of another document, each shown where it was.
    pub fn append(&mut self, other: Self) {
        self.blocks.extend(other.blocks);
    }

    /// Begins a section.
    pub fn section(&mut self, title: &str) {
        self.push(Block::Heading(title.to_string()));
    }

    /// Adds the outcome of everything.
    pub fn verdict(&mut self, outcome: Outcome, text: &str) {
        self.push(Block::Verdict {
            outcome,
            text: text.to_string(),
        });
    }

    /// Begins something new after an empty line.
    pub fn gap(&mut self) {
        self.push(Block::Gap);
    }

    /// Adds lines that are laid out already.
    pub fn preformatted(&mut self, text: &str) {
        self.push(Block::Preformatted(text.to_string()));
    }

    /// Adds a paragraph directly below what is there.
    pub fn line(&mut self, text: &str) {
        self.push(Block::Paragraph(text.to_string()));
    }

    /// Adds a paragraph after an empty line.
    pub fn paragraph(&mut self, text: &str) {
        self.gap();
        self.line(text);
    }

    /// Adds a paragraph under a hanging indent: `lead` leads the first line.
    pub fn item(&mut self, lead: &str, text: &str) {
        self.hanging(lead, &" ".repeat(lead.chars().count()), text);
    }

    /// Adds a paragraph: `lead` leads the first line, `hang` the others.
    pub fn hanging(&mut self, lead: &str, hang: &str, text: &str) {
        self.push(Block::Item {
            lead: lead.to_string(),
            hang: hang.to_string(),
            text: text.to_string(),
        });
    }

    /// Adds names and values, the values in one column.
    pub fn pairs(&mut self, pairs: &[(&str, String)]) {
        let owned = pairs.iter();
        self.push(Block::Pairs(
            owned
                .map(|(name, value)| ((*name).to_string(), value.clone()))
                .collect(),
        ));
    }

    /// Adds a table whose columns after the first hold numbers.
    pub fn table(&mut self, header: &[&str], rows: &[Vec<String>]) {
        self.mixed_table(header, rows, 1);
    }

    /// Adds a table whose columns from `numbers` on hold numbers.
    pub fn mixed_table(&mut self, header: &[&str], rows: &[Vec<String>], numbers: usize) {
        self.push(Block::Table(Table::new(header, rows, numbers)));
    }

    /// Adds a table of texts that are long: see [`Block::Records`].
    pub fn records(&mut self, header: &[&str], rows: &[Vec<String>]) {
        if !rows.is_empty() {
            self.push(Block::Records(Table::new(header, rows, header.len())));
        }
    }

    /// Adds such a table with a column of outcomes.
    pub(crate) fn outcome_table(
        &mut self,
        header: &[&str],
        rows: &[Vec<String>],
        outcomes: usize,
        numbers: usize,
    ) {
        let table = Table::new(header, rows, numbers).with_outcomes(outcomes);
        self.push(Block::Table(table));
    }

    /// Adds a table of texts.
    pub fn text_table(&mut self, header: &[&str], rows: &[Vec<String>]) {
        self.mixed_table(header, rows, header.len());
    }

    /// Adds every derivation: formula, substitution, values on the way, result, source.
    pub fn work(&mut self, derivations: &[Derivation]) {
        if !derivations.is_empty() {
            self.push(Block::Derivations(derivations.to_vec()));
        }
    }

    /// Adds findings.
    pub fn findings(&mut self, findings: &[Finding]) {
        self.grouped_findings(findings.iter().cloned().map(|one| vec![one]).collect());
    }

    /// Adds findings in groups that say the same of different things.
    pub fn grouped_findings(&mut self, groups: Vec<Vec<Finding>>) {
        if !groups.is_empty() {
            self.push(Block::Findings(groups));
        }
    }

    /// Adds a section of findings, where there are any.
    pub fn findings_under(&mut self, title: &str, findings: &[Finding]) {
        if !findings.is_empty() {
            self.section(title);
            self.findings(findings);
        }
    }

    /// Adds the section of how numbers were reached, which is shown in full detail.
    pub fn working(&mut self, derivations: &[Derivation]) {
        if !derivations.is_empty() {
            self.in_full(|page| {
                page.section("Working");
                page.line("Shown to 6 decimals; every result is calculated from unrounded values.");
                page.work(derivations);
            });
        }
    }

    /// Adds a picture, which is shown in full detail.
    pub fn figure(&mut self, svg: &str, caption: &str) {
        let (svg, caption) = (svg.to_string(), caption.to_string());
        self.in_full(|page| page.push(Block::Figure { svg, caption }));
    }
}
