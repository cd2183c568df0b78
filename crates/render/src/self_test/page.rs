//! The page of a self-test: totals, what failed, every trial, and what is written beside it by hand.

use super::results::Results;
use super::site_cases;
use super::trial::Trial;
use crate::document::{Block, Document};

/// The page for the binder.
#[must_use]
pub fn page(results: &Results) -> Document {
    let mut page = Document::new("Self-test");
    let controls = &results.negative_controls;
    let verdict = format!(
        "{} of {} trials came out as they must; {} of {} tests that are built to fail were seen to fail",
        results.passed, results.run, controls.seen, controls.run
    );
    page.verdict(results.outcome, &verdict);
    let mut facts = results.build.facts();
    let extent = if results.quick {
        "quick: fewer random inputs"
    } else {
        "full"
    };
    facts.push((
        "extent",
        format!("{extent}; random inputs of seed {}", results.seed),
    ));
    page.pairs(&facts);
    page.line("");
    let rows: Vec<Vec<String>> = results
        .parts
        .iter()
        .map(|part| {
            let (run, failed) = (part.run(), part.failed());
            vec![
                part.name.to_string(),
                part.about.to_string(),
                run.to_string(),
                failed.to_string(),
            ]
        })
        .collect();
    page.mixed_table(&["part", "what it shows", "run", "failed"], &rows, 2);
    if let Some(cases) = &results.cases {
        page.gap();
        cases.add_to(&mut page);
    }
    failures(&mut page, results);
    if let Some(comparison) = &results.comparison {
        comparison.add_to(&mut page);
    }
    page.in_full(|page| {
        for part in &results.parts {
            page.section(part.name);
            trials(page, &part.trials.iter().collect::<Vec<_>>());
        }
        page.section("Tests that are built to fail");
        let rows: Vec<Vec<String>> = controls
            .controls
            .iter()
            .map(|one| {
                let seen = if one.seen { "seen to fail" } else { "NOT SEEN" };
                vec![one.wrong.to_string(), seen.to_string()]
            })
            .collect();
        page.text_table(&["made wrong", "outcome"], &rows);
        results.build.checksums(page);
        page.section("Limits");
        page.line(
            "This shows that this program, on this machine, gives the numbers that it was built to give. It does not show that they fit a patient, a site's conventions, or a system that files come from: that is commissioning.",
        );
    });
    page.in_full(|page| {
        // what is signed stands where it is signed, also when the pages are parted
        page.section("For the binder");
        page.verdict(results.outcome, &verdict);
        let facts = results.build.facts().into_iter();
        let mut fields: Vec<(String, Option<String>)> = facts
            .map(|(name, value)| (name.to_string(), Some(value)))
            .collect();
        let blank = ["Site and room", "Machine", "Next due"];
        fields.extend(blank.map(|name| (name.to_string(), None)));
        page.push(Block::Fields(fields));
        page.push(Block::Room("Deviations, and what was decided".into()));
        let places = ["Performed", "Reviewed", "Approved"];
        let places = places.map(|place| format!("{place}: name, date, signature"));
        page.push(Block::Signatures(places.into()));
    });
    page.left_out("every trial");
    page
}

/// The name of a trial, with how it went where it failed.
fn name(trial: &Trial) -> String {
    match (trial.run, trial.failed) {
        (1, 0) => trial.id.clone(),
        (1, _) => format!("{}: FAILED", trial.id),
        (many, 0) => format!("{} ({many} times)", trial.id),
        (many, failed) => format!("{}: FAILED {failed} of {many} times", trial.id),
    }
}

fn row(trial: &Trial) -> Vec<String> {
    let or_none = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        name(trial),
        trial.expected.clone(),
        trial.found.clone(),
        or_none(&trial.tolerance),
        or_none(&trial.source),
    ]
}

/// Site cases by their commands, and all others by what was expected of them.
fn trials(page: &mut Document, all: &[&Trial]) {
    let others = all.iter().filter(|trial| trial.site_case.is_none());
    let rows: Vec<Vec<String>> = others.map(|trial| row(trial)).collect();
    page.records(
        &["trial", "expected", "found", "tolerance", "source"],
        &rows,
    );
    let cases = all
        .iter()
        .filter_map(|trial| trial.site_case.as_ref().map(|case| (trial, case)));
    let rows: Vec<Vec<String>> = cases
        .flat_map(|(trial, case)| site_cases::rows(trial, case, name(trial)))
        .collect();
    page.records(&site_cases::HEADER, &rows);
}

fn failures(page: &mut Document, results: &Results) {
    for part in &results.parts {
        let failed = part.trials.iter().filter(|trial| !trial.passed());
        let failed: Vec<&Trial> = failed.collect();
        if !failed.is_empty() {
            page.section(&format!("Failed: {}", part.name));
            trials(page, &failed);
        }
    }
    for control in &results.negative_controls.controls {
        if !control.seen {
            page.line(&format!("A test that must fail did not: {}", control.wrong));
        }
    }
}
