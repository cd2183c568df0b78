//! The check for a person: the verdict, what needs a person, what passed, what was compared.

use chemorad_crosscheck::{COVERS, NotRead};
use jiff::Timestamp;

use super::comparison::{Check, Comparison};
use super::parts;
use super::words::{counts, passed, skipped, sorted, sources, structure_sets};
use crate::VERSION;
use crate::document::{Block, Document};
use crate::histograms::together;

/// How much is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// The verdict and what needs a person; what passed is counted.
    Brief,
    /// What passed, the tolerances and the method too.
    Work,
    /// All of it with the time of the comparison and places to sign, to file with the plan.
    Report(Timestamp),
}

impl Detail {
    fn shows_work(self) -> bool {
        self != Self::Brief
    }

    fn is_report(self) -> bool {
        matches!(self, Self::Report(_))
    }
}

/// Above this each source is shown in one line.
const IN_FULL: usize = 5;
/// Above this the files are not listed.
const LISTED: usize = 20;

/// The check for a person.
#[must_use]
pub fn page(checked: &Comparison<'_>, detail: Detail) -> Document {
    let mut page = Document::new(format!(
        "Check: {}",
        checked.outcome.to_string().to_uppercase()
    ));
    page.verdict(checked.outcome, &counts(checked));
    page.line(COVERS);
    page.gap();
    let mut pairs = vec![
        ("prescribed", checked.prescribed.title.clone()),
        ("source", checked.prescribed.source.clone()),
    ];
    if let Detail::Report(now) = detail {
        let minute = now.strftime("%Y-%m-%d %H:%M UTC");
        pairs.push(("compared", format!("{minute} with chemorad {VERSION}")));
    }
    page.pairs(&pairs);
    if checked.each {
        page.section("Every source by itself");
        page.push(Block::JudgedSources(sources(&checked.checks)));
    }
    parts::not_checked(&mut page, checked);
    if checked.checks.len() <= IN_FULL || detail.is_report() {
        for (number, check) in (1..).zip(&checked.checks) {
            let number = checked.each.then_some(number);
            one(&mut page, check, number, detail);
        }
    } else {
        page.paragraph(
            "Every finding is in the report (--report FILE.html) and in --format json, or check a file alone.",
        );
    }
    parts::tolerances(&mut page, checked, detail.shows_work());
    if detail.shows_work() {
        parts::rule(&mut page);
    }
    if checked.inputs.len() <= LISTED || detail.is_report() {
        parts::files(&mut page, checked);
    }
    for text in [structure_sets(checked), skipped(checked)]
        .into_iter()
        .flatten()
    {
        page.paragraph(&text);
    }
    if detail.is_report() {
        let places = ["Reviewed by", "Date", "Signature"];
        page.push(Block::Signatures(places.map(String::from).into()));
    }
    page
}

/// One comparison; where there are several, each has a number.
fn one(page: &mut Document, check: &Check, number: Option<usize>, detail: Detail) {
    let begin = |page: &mut Document, title: &str| match number {
        None => page.section(title),
        Some(_) => page.paragraph(&format!("{title}:")),
    };
    let findings = &check.result.findings;
    if let Some(number) = number {
        page.push(Block::JudgedHeading {
            name: check.names(),
            outcome: check.result.outcome,
            number,
        });
    }
    let open = sorted(findings, true);
    if !open.is_empty() {
        begin(page, "What needs a person");
        page.grouped_findings(together(open));
    }
    let passed = passed(findings);
    if detail.shows_work() {
        begin(page, &passed);
        page.findings(&sorted(findings, false));
    } else {
        page.paragraph(&format!("{passed} (--show-work lists them)."));
    }
    begin(page, "What was compared");
    parts::compared(page, check);
    if detail.shows_work() && !check.result.derivations.is_empty() {
        begin(page, "How the planned totals were reached");
        page.work(&check.result.derivations);
    }
    let mut list = |title: &str, parts: &[NotRead]| {
        if !parts.is_empty() {
            begin(page, title);
            for part in parts {
                page.item("- ", &part.to_string());
            }
        }
    };
    list("Read and not judged", &check.result.not_judged);
    list(
        "Not read, so nothing is said about it",
        &check.result.not_read,
    );
}
