//! One self-contained page, for the screen and for paper.

use chemorad::report::{Derivation, Finding, Outcome};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::document::{Align, Block, Document, Table};
use crate::escape::{one_line, visible};
use crate::{NOTICE, VERSION};

/// The style of every page.
pub const STYLE: &str = include_str!("page.css");

impl Document {
    /// One page without anything from elsewhere, with the notice.
    #[must_use]
    pub fn to_html(&self) -> String {
        let title = one_line(self.title().unwrap_or("chemorad"));
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta http-equiv="Content-Security-Policy"
                        content="default-src 'none'; style-src 'unsafe-inline'; img-src data:";
                    title { (title) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    header {
                        h1 { (title) }
                        p class="notice" { (NOTICE) }
                    }
                    main { (self.body_html()) }
                    footer { p class="small" { "chemorad " (VERSION) } }
                }
            }
        }
        .into_string()
    }

    /// The parts without the page around them.
    fn body_html(&self) -> Markup {
        html! { @for block in self.blocks() { (part(block)) } }
    }
}

fn part(block: &Block) -> Markup {
    match block {
        Block::Heading(title) => html! { h2 { (one_line(title)) } },
        Block::Paragraph(text) => html! { p { (one_line(text)) } },
        Block::Note(text) => html! { p class="small" { (one_line(text)) } },
        Block::Item { lead, text, .. } => html! {
            p class="item" { span class="lead" { (one_line(lead.trim())) } " " (one_line(text)) }
        },
        Block::Gap => html! {},
        Block::Pairs(pairs) => html! {
            dl { @for (name, value) in pairs {
                dt { (one_line(name)) } dd { (one_line(value)) }
            } }
        },
        Block::Table(of) => table(of),
        Block::Findings(all) => findings(all),
        Block::Derivations(all) => html! { @for one in all { (derivation(one)) } },
        Block::Preformatted(text) => html! { pre { (visible(text)) } },
        Block::Figure { svg, caption } => html! {
            figure { (PreEscaped(svg)) figcaption { (one_line(caption)) } }
        },
    }
}

/// A table in a box of its own, which scrolls where the page is narrower.
fn table(of: &Table) -> Markup {
    let class = |column: usize| match of.align.get(column) {
        Some(Align::Right) => Some("number"),
        _ => None,
    };
    html! {
        div class="wide" { table {
            thead { tr { @for (column, name) in of.header.iter().enumerate() {
                th scope="col" class=[class(column)] { (one_line(name)) }
            } } }
            tbody { @for row in &of.rows {
                tr { @for (column, cell) in row.iter().enumerate() {
                    td class=[class(column)] { (one_line(cell)) }
                } }
            } }
        } }
    }
}

fn findings(all: &[Finding]) -> Markup {
    let cell = |text: Option<String>| {
        html! { td class="number" { (one_line(text.as_deref().unwrap_or(""))) } }
    };
    html! {
        div class="wide" { table class="findings" {
            thead { tr {
                th scope="col" { "Outcome" } th scope="col" { "Check" }
                th scope="col" { "What was found" } th scope="col" { "Expected" }
                th scope="col" { "Found" } th scope="col" { "Difference" }
                th scope="col" { "Tolerance" }
            } }
            tbody { @for finding in all {
                @let values = finding.values();
                tr class=(outcome_class(finding.outcome)) {
                    td { (badge(finding.outcome)) }
                    td { code { (finding.code()) } br; (one_line(&finding.at())) }
                    td {
                        (one_line(&finding.message()))
                        @if let Some(arithmetic) = &values.arithmetic {
                            br; span class="arithmetic" { (one_line(arithmetic)) }
                        }
                    }
                    (cell(values.expected)) (cell(values.found))
                    (cell(values.difference)) (cell(values.tolerance))
                }
            } }
        } }
    }
}

fn derivation(of: &Derivation) -> Markup {
    html! {
        div class="derivation" {
            p { b { (one_line(&of.quantity)) } }
            p { "= " (one_line(&of.formula)) }
            p { "= " (one_line(&of.substitution)) }
            @for step in &of.intermediate { p class="where" { "where " (one_line(step)) } }
            p { "= " (one_line(&of.result)) }
            p class="small" { "source: " (one_line(&of.source)) }
        }
    }
}

/// The class of an outcome, which the style sheet colours; the word is always there too.
#[must_use]
pub const fn outcome_class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Warn => "warn",
        Outcome::Fail => "fail",
        Outcome::CannotTell => "cannot-tell",
        Outcome::NotApplicable => "not-applicable",
    }
}

/// An outcome as a word in a frame.
#[must_use]
pub fn badge(outcome: Outcome) -> Markup {
    html! { span class={ "badge " (outcome_class(outcome)) } { (outcome) } }
}
