//! One self-contained page, for the screen and for paper.

use chemorad::report::{Derivation, Finding, Outcome, Written};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::document::{Align, Block, Document, JudgedSource, Table};
use crate::escape::{one_line, visible};
use crate::{NOTICE, VERSION};

/// The style of every page.
const STYLE: &str = include_str!("page.css");

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
        Block::Table(of) | Block::Records(of) => table(of),
        Block::Verdict { outcome, text } => html! {
            p class="verdict" { (badge(*outcome)) " " (one_line(text)) }
        },
        Block::JudgedSources(sources) => judged(sources),
        Block::JudgedHeading {
            name,
            outcome,
            number,
        } => html! {
            h2 id={ "source-" (number) } { (one_line(name)) ": " (badge(*outcome)) }
        },
        Block::Findings(groups) => findings(groups),
        Block::Derivations(all) => html! { @for one in all { (derivation(one)) } },
        Block::Preformatted(text) => html! { pre { (visible(text)) } },
        Block::Figure { svg, caption } => html! {
            figure { (PreEscaped(svg)) figcaption { (one_line(caption)) } }
        },
        Block::Signatures(places) => html! {
            div class="signatures" { @for place in places { div { (one_line(place)) } } }
        },
    }
}

/// A table in a box that scrolls where the page is narrower.
fn table(of: &Table) -> Markup {
    let class = |column: usize, cell: &str| match of.align.get(column) {
        _ if has_long_word(cell) => Some("long"),
        Some(Align::Right) => Some("number"),
        _ => None,
    };
    html! {
        div class="wide" { table {
            thead { tr { @for (column, name) in of.header.iter().enumerate() {
                th scope="col" class=[class(column, "")] { (one_line(name)) }
            } } }
            tbody { @for row in &of.rows {
                tr { @for (column, cell) in row.iter().enumerate() {
                    td class=[class(column, cell)] { (one_line(cell)) }
                } }
            } }
        } }
    }
}

/// A digest, an identifier or a path, which may be broken anywhere.
fn has_long_word(text: &str) -> bool {
    text.split_whitespace()
        .any(|word| word.chars().count() > 30)
}

fn judged(sources: &[JudgedSource]) -> Markup {
    html! {
        div class="wide" { table {
            thead { tr {
                th scope="col" { "Outcome" } th scope="col" { "Source" }
                th scope="col" { "Planned" } th scope="col" { "Because of" }
            } }
            tbody { @for source in sources {
                tr {
                    td { (badge(source.outcome)) }
                    td class=[has_long_word(&source.name).then_some("long")] {
                        a href={ "#source-" (source.number) } { (one_line(&source.name)) }
                    }
                    td { (one_line(&source.content)) }
                    td { @for (at, code) in source.codes.iter().enumerate() {
                        @if at > 0 { ", " }
                        code { (code) }
                    } }
                }
            } }
        } }
    }
}

fn findings(groups: &[Vec<Finding>]) -> Markup {
    let cell = |value: Option<Written>| {
        html! { td class="number" { (one_line(value.as_ref().map_or("", Written::shown))) } }
    };
    html! {
        div class="wide" { table class="findings" {
            thead { tr {
                th scope="col" { "Outcome" } th scope="col" { "Check" }
                th scope="col" { "What was found" } th scope="col" { "Expected" }
                th scope="col" { "Found" } th scope="col" { "Difference" }
                th scope="col" { "Tolerance" }
            } }
            tbody { @for finding in groups.iter().flatten() {
                @let values = finding.values();
                tr class=(outcome_class(finding.outcome)) {
                    td { (badge(finding.outcome)) }
                    @let at = one_line(&finding.at());
                    td class=[has_long_word(&at).then_some("long")] {
                        code { (finding.code()) } br; (at)
                    }
                    td {
                        (one_line(&finding.message()))
                        @if let Some(arithmetic) = &values.arithmetic {
                            br; span class="arithmetic" { (one_line(arithmetic.shown())) }
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
const fn outcome_class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Warn => "warn",
        Outcome::Fail => "fail",
        Outcome::CannotTell => "cannot-tell",
        Outcome::NotApplicable => "not-applicable",
    }
}

/// An outcome as a word in a frame.
fn badge(outcome: Outcome) -> Markup {
    html! { span class={ "badge " (outcome_class(outcome)) } { (outcome) } }
}
