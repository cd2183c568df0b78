//! Markdown, for notes and issues.

use std::fmt::Write as _;

use chemorad::report::{Derivation, Finding};

use crate::document::{Block, Document, JudgedSource};
use crate::document_table::{Align, Table};
use crate::escape::one_line;
use crate::{NOTICE, VERSION};

impl Document {
    /// Markdown with the notice.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut out = String::new();
        if let Some(title) = self.title() {
            let _ = writeln!(out, "# {}\n", words(title));
        }
        for block in self.blocks() {
            part(&mut out, block);
        }
        let _ = writeln!(out, "\n{NOTICE}\n\nchemorad {VERSION}");
        if let Some(build) = self.build() {
            let _ = writeln!(out, "\n{}", words(&build.line(64)));
        }
        out
    }
}

/// A text in which nothing is markup.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn part(out: &mut String, block: &Block) {
    let _ = match block {
        Block::Heading(title) => writeln!(out, "\n## {}\n", words(title)),
        Block::Paragraph(text) | Block::Note(text) | Block::LeftOut { command: text, .. } => {
            writeln!(out, "{}\n", words(text))
        }
        Block::Item { lead, text, .. } => {
            writeln!(out, "- {} {}", words(lead.trim()), words(text))
        }
        Block::Gap => writeln!(out),
        Block::Pairs(pairs) => pairs
            .iter()
            .try_for_each(|(name, value)| writeln!(out, "- **{}**: {}", words(name), words(value))),
        Block::Table(of) | Block::Records(of) => table(out, of),
        Block::Verdict { outcome, text } => {
            let outcome = outcome.to_string().to_uppercase();
            writeln!(out, "**{outcome}**: {}\n", words(text))
        }
        Block::JudgedSources(sources) => sources.iter().try_for_each(|one| judged(out, one)),
        Block::JudgedHeading { name, outcome, .. } => {
            let outcome = outcome.to_string().to_uppercase();
            writeln!(out, "\n## {}: {outcome}\n", words(name))
        }
        Block::Findings(groups) => {
            let mut all = groups.iter().flatten();
            all.try_for_each(|one| finding(out, one))
        }
        Block::Derivations(all) => all.iter().try_for_each(|one| derivation(out, one)),
        Block::Preformatted(text) | Block::Chart { text, .. } => text
            .lines()
            .try_for_each(|line| writeln!(out, "    {}", one_line(line))),
        Block::Figure { caption, .. } => writeln!(out, "*{}*\n", words(caption)),
        Block::Fields(fields) => fields.iter().try_for_each(|(name, value)| {
            let value = value.as_deref().map_or_else(|| "____".into(), words);
            writeln!(out, "- **{}**: {value}", words(name))
        }),
        Block::Room(title) => writeln!(out, "\n{}:\n\n____\n\n____", words(title)),
        Block::Signatures(places) => places
            .iter()
            .try_for_each(|place| writeln!(out, "\n{}: ____", words(place))),
    };
}

fn table(out: &mut String, of: &Table) -> std::fmt::Result {
    let row = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| words(cell)).collect();
        format!("| {} |", cells.join(" | "))
    };
    let rule = of.align.iter().map(|align| match align {
        Align::Left | Align::Outcome => "---",
        Align::Right => "---:",
    });
    let rule: Vec<&str> = rule.collect();
    writeln!(out, "\n{}\n| {} |", row(&of.header), rule.join(" | "))?;
    for cells in &of.rows {
        writeln!(out, "{}", row(cells))?;
    }
    writeln!(out)
}

fn judged(out: &mut String, of: &JudgedSource) -> std::fmt::Result {
    write!(
        out,
        "- **{}** {}: {}",
        of.outcome,
        words(&of.name),
        words(&of.content)
    )?;
    let codes: Vec<String> = of.codes.iter().map(|code| format!("`{code}`")).collect();
    if !codes.is_empty() {
        write!(out, " ({})", codes.join(", "))?;
    }
    writeln!(out)
}

fn finding(out: &mut String, of: &Finding) -> std::fmt::Result {
    let values = of.values();
    write!(
        out,
        "- **{}** `{}` {}: {}",
        of.outcome,
        of.code(),
        words(&of.at()),
        words(&of.message())
    )?;
    for (name, value) in values.named() {
        write!(out, "; {name} {}", words(value.shown()))?;
    }
    writeln!(out)
}

fn derivation(out: &mut String, of: &Derivation) -> std::fmt::Result {
    writeln!(out, "\n**{}**\n", words(&of.quantity))?;
    writeln!(out, "- = {}", words(&of.formula))?;
    writeln!(out, "- = {}", words(&of.substitution))?;
    for step in &of.intermediate {
        writeln!(out, "  - where {}", words(step))?;
    }
    writeln!(out, "- = {}", words(&of.result))?;
    writeln!(out, "- source: {}", words(&of.source))
}
