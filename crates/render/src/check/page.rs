//! The check for a person: the verdict, what needs a person, what passed, what was compared.

use chemorad_crosscheck::{COVERS, NotRead};

use super::comparison::{Check, Comparison};
use super::parts;
use super::words::{counts, skipped, sources, structure_sets};
use crate::document::{Block, Document};
use crate::histograms::together;
use crate::judged::{passed, sorted};

/// Above this each source is shown in one line, unless all of them are asked for.
const IN_FULL: usize = 5;
/// What [`COVERS`] leaves out, in one line.
const NOT_COVERED: &str =
    "Not covered: geometry, and whether the monitor units give the doses that are stated.";

/// The check for a person; `every_source`: each by itself, however many there are.
#[must_use]
pub fn page(checked: &Comparison<'_>, every_source: bool) -> Document {
    let mut page = Document::new(format!(
        "Check: {}",
        checked.outcome.to_string().to_uppercase()
    ));
    page.verdict(checked.outcome, &counts(checked));
    page.in_full(|page| page.line(COVERS));
    page.gap();
    page.pairs(&[
        ("prescribed", checked.prescribed.title.clone()),
        ("source", checked.prescribed.source.clone()),
    ]);
    if checked.each {
        page.section("Every source by itself");
        page.push(Block::JudgedSources(sources(&checked.checks)));
    }
    parts::not_checked(&mut page, checked);
    if checked.checks.len() <= IN_FULL || every_source {
        for (number, check) in (1..).zip(&checked.checks) {
            let number = checked.each.then_some(number);
            one(&mut page, check, number);
        }
    } else {
        page.gap();
        page.push(Block::LeftOut {
            command: "Every finding is shown with --show-work, in a report (--report FILE.html) and in --format json.".into(),
            page: "Every finding is shown with working and sources, and in the JSON.".into(),
        });
    }
    checked.limits.add_to(&mut page);
    let basis = checked.dose_basis.pairs();
    if !basis.is_empty() {
        page.gap();
        page.pairs(&basis);
    }
    page.in_brief(|page| parts::tolerances(page, checked, false));
    page.in_full(|page| {
        parts::tolerances(page, checked, true);
        parts::rule(page);
        parts::files(page, checked);
    });
    for text in [structure_sets(checked), skipped(checked)]
        .into_iter()
        .flatten()
    {
        page.paragraph(&text);
    }
    page.in_brief(|page| page.paragraph(NOT_COVERED));
    page
}

/// One comparison; where there are several, each has a number.
fn one(page: &mut Document, check: &Check, number: Option<usize>) {
    let begin = |page: &mut Document, title: &str| match number {
        None => page.section(title),
        Some(_) => page.paragraph(&format!("{title}:")),
    };
    let heading = |page: &mut Document| {
        if let Some(number) = number {
            page.push(Block::JudgedHeading {
                name: check.names(),
                outcome: check.result.outcome,
                number,
            });
        }
    };
    let findings = &check.result.findings;
    let open = sorted(findings, true);
    let passed = passed(findings);
    if open.is_empty() && number.is_some() {
        // its line in the list of sources says that it passed
        page.in_full(heading);
    } else {
        heading(page);
        page.in_brief(|page| {
            page.gap();
            parts::assigned(page, check);
            parts::described(page, check);
        });
    }
    if !open.is_empty() {
        begin(page, "What needs a person");
        page.grouped_findings(together(open));
    }
    if number.is_none() {
        page.in_brief(|page| {
            page.gap();
            let these = format!("{passed}; these, the tolerances, the method and the files");
            page.push(Block::LeftOut {
                command: format!("{these} with --show-work."),
                page: format!("{these} with working and sources."),
            });
        });
    }
    page.in_full(|page| {
        begin(page, &passed);
        page.findings(&sorted(findings, false));
        begin(page, "What was compared");
        parts::compared(page, check);
        if !check.result.planned_doses.is_empty() {
            begin(page, "Every planned dose and its prescription");
            parts::planned_doses(page, check);
        }
        if !check.result.derivations.is_empty() {
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
    });
}
