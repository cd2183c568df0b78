//! One self-contained page, for the screen and for paper.

use chemorad::report::{Derivation, Finding, Outcome, Written};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::document::{Block, Document, JudgedSource};
use crate::document_table::{Align, Table};
use crate::escape::{one_line, visible};
use crate::judged::needs_a_person;
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
                    main class=[self.is_in_columns().then_some("two")] { (self.body_html()) }
                    @if let Some(build) = self.build() { p class="small made" { (one_line(&build.line(64))) } }
                    footer { p class="small" { "chemorad " (VERSION) } }
                }
            }
        }
        .into_string()
    }

    /// The parts with the notice and every picture, in a section that brings its own style, for a page of
    /// another program such as a notebook.
    #[must_use]
    pub fn to_fragment(&self) -> String {
        html! {
            section class="chemorad" {
                // the style holds inside the section alone, which takes the place of the page's body
                style {
                    ".chemorad { font: 14px/1.4 system-ui, 'Liberation Sans', Arial, sans-serif; "
                    "color: #111; background: #fff; padding: 8px 12px; } .chemorad { "
                    (PreEscaped(STYLE)) " }"
                }
                @if let Some(title) = self.title() { h2 { (one_line(title)) } }
                (self.body_html())
                @for picture in self.pictures_left_out() { (part(picture)) }
                p class="small" { (NOTICE) " chemorad " (VERSION) }
                @if let Some(build) = self.build() { p class="small made" { (one_line(&build.line(64))) } }
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
        Block::Paragraph(text) | Block::LeftOut { page: text, .. } => {
            html! { p { (one_line(text)) } }
        }
        Block::Note(text) => html! { p class="small" { (one_line(text)) } },
        Block::Item { lead, text, .. } => html! {
            p class={ "item" (if lead.starts_with(' ') { " deep" } else { "" }) } { span class="lead" { (one_line(lead.trim())) } " " (one_line(text)) }
        },
        Block::Gap => html! {},
        Block::Pairs(pairs) => html! {
            dl { @for (name, value) in pairs {
                dt { (one_line(name)) } dd { (one_line(value)) }
            } }
        },
        Block::Table(of) | Block::Records(of) => table(of),
        Block::Verdict { outcome, text } => html! {
            p class="verdict across" { (badge(*outcome)) " " (one_line(text)) }
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
        Block::Derivations(all) => derivations(all),
        Block::Preformatted(text) => html! { pre class="across" { (visible(text)) } },
        Block::Figure { svg, caption } | Block::Chart { svg, caption, .. } => html! {
            figure class="across" { (PreEscaped(svg)) figcaption { (one_line(caption)) } }
        },
        Block::Fields(fields) => html! {
            dl class="fields across" { @for (name, value) in fields {
                div {
                    dt { (one_line(name)) }
                    @match value {
                        Some(value) => dd { (one_line(value)) },
                        None => dd class="blank" {},
                    }
                }
            } }
        },
        Block::Room(title) => html! { div class="room across" { (one_line(title)) } },
        Block::Signatures(places) => html! {
            div class="signatures across" { @for place in places { div { (one_line(place)) } } }
        },
    }
}

/// A table in a box that scrolls where the page is narrower.
fn table(of: &Table) -> Markup {
    let class = |column: usize, cell: &str| match of.align.get(column) {
        _ if has_long_word(cell) => Some("long"),
        Some(Align::Outcome) => Some("outcome"),
        Some(Align::Left) if cell.chars().count() <= SHORT => Some("short"),
        Some(Align::Right) => Some("number"),
        _ => None,
    };
    html! {
        div class={ "wide" (if is_across(of) { " across" } else { "" }) } { table class=[(of.header.len() <= FEW).then_some("few")] {
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

/// The columns of a table whose short cells need no second line.
const FEW: usize = 4;
/// The characters of such a cell.
const SHORT: usize = 36;

/// Whether a table is wider than a column of the printed page.
fn is_across(of: &Table) -> bool {
    const COLUMN: usize = 64;
    let width = |column: usize| {
        let cells = of.rows.iter().filter_map(|row| row.get(column));
        let cells = cells.chain(of.header.get(column));
        cells
            .map(|cell| cell.chars().count() + 2)
            .max()
            .unwrap_or(0)
    };
    (0..of.header.len()).map(width).sum::<usize>() > COLUMN
}

/// A digest, an identifier or a path, which may be broken anywhere.
fn has_long_word(text: &str) -> bool {
    text.split_whitespace()
        .any(|word| word.chars().count() > 30)
}

fn judged(sources: &[JudgedSource]) -> Markup {
    html! {
        div class="wide across" { table {
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

/// What a finding can compare, in the order of the columns.
fn compared(finding: &Finding) -> [Option<Written>; 4] {
    let values = finding.values();
    [
        values.expected,
        values.found,
        values.difference,
        values.tolerance,
    ]
}

/// Findings that need a person as a table, and a list of those that passed.
fn findings(groups: &[Vec<Finding>]) -> Markup {
    let all = || groups.iter().flatten();
    if all().any(|finding| needs_a_person(finding.outcome)) {
        return finding_table(&all().collect::<Vec<_>>());
    }
    html! { @for finding in all() {
        p class="finding" {
            (badge(finding.outcome)) " " code { (finding.code()) } " "
            (one_line(&format!("{}: {}", finding.at(), finding.message())))
            // what passed needs no second look at what was expected
            @if let Some(found) = finding.values().found { " (" (one_line(found.shown())) ")" }
            @if let Some(arithmetic) = finding.values().arithmetic {
                "; " (one_line(arithmetic.shown()))
            }
        }
    } }
}

/// A table with the columns that any of the findings fills.
fn finding_table(all: &[&Finding]) -> Markup {
    let all = || all.iter().copied();
    let names = ["Expected", "Found", "Difference", "Tolerance"];
    let columns: Vec<(usize, &str)> = names
        .into_iter()
        .enumerate()
        .filter(|(at, _)| all().any(|one| compared(one).get(*at).is_some_and(Option::is_some)))
        .collect();
    html! {
        div class="wide across" { table class="findings" {
            thead { tr {
                th scope="col" { "Outcome" } th scope="col" { "Check" }
                th scope="col" { "What was found" }
                @for (_, name) in &columns { th scope="col" { (name) } }
            } }
            tbody { @for finding in all() {
                @let values = compared(finding);
                tr class=(outcome_class(finding.outcome)) {
                    td { (badge(finding.outcome)) }
                    td { code { (finding.code()) } " " (one_line(&finding.at())) }
                    td {
                        (one_line(&finding.message()))
                        @if let Some(arithmetic) = finding.values().arithmetic {
                            br; span class="arithmetic" { (one_line(arithmetic.shown())) }
                        }
                    }
                    @for (at, _) in &columns {
                        td { (one_line(values.get(*at).and_then(Option::as_ref).map_or("", Written::shown))) }
                    }
                }
            } }
        } }
    }
}

/// Every derivation in a paragraph, and each source once below them.
fn derivations(all: &[Derivation]) -> Markup {
    let mut sources: Vec<&str> = Vec::new();
    for source in all.iter().map(|one| &*one.source) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    let number = |of: &Derivation| sources.iter().zip(1..).find(|(one, _)| **one == of.source);
    html! {
        div class="derivations" { @for of in all {
            p {
                b { (one_line(&of.quantity)) }
                @for line in [&of.formula, &of.substitution, &of.result] {
                    " " span { "= " (one_line(line)) }
                }
                @if !of.intermediate.is_empty() {
                    " " span { "where " (one_line(&of.intermediate.join("; "))) }
                }
                @if let Some((_, number)) = number(of) { " [" (number) "]" }
            }
        } }
        div class="sources small" { @for (source, number) in sources.iter().zip(1..) {
            p { "[" (number) "] " (one_line(source)) }
        } }
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
