//! The self-test: what was tried, what came out, and what a department writes beside it.

use chemorad::report::Outcome;
use serde::Serialize;

use crate::document::Document;
use crate::version::Build;

/// One thing that was tried.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trial {
    /// Its name, unique in its part.
    pub id: String,
    /// How many times it was tried, with other numbers each time.
    pub run: usize,
    /// How many times it came out as it must not.
    pub failed: usize,
    /// What must come out.
    pub expected: String,
    /// What came out; of several, the first that failed.
    pub found: String,
    /// How far the two may be apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<String>,
    /// Where what is expected comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Trial {
    /// Something tried once.
    #[must_use]
    pub fn once(
        id: impl Into<String>,
        passed: bool,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        Self {
            id: id.into(),
            run: 1,
            failed: usize::from(!passed),
            expected: expected.into(),
            found: found.into(),
            tolerance: None,
            source: None,
        }
    }

    /// Whether it came out as it must, each time.
    #[must_use]
    pub const fn passed(&self) -> bool {
        self.failed == 0
    }
}

/// Trials of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// Its name.
    pub name: &'static str,
    /// What it shows.
    pub about: &'static str,
    /// Every trial.
    pub trials: Vec<Trial>,
}

impl Part {
    fn run(&self) -> usize {
        self.trials.iter().map(|trial| trial.run).sum()
    }

    fn failed(&self) -> usize {
        self.trials.iter().map(|trial| trial.failed).sum()
    }
}

/// Tests that are built to fail, and whether that was seen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NegativeControls {
    /// How many were run.
    pub run: usize,
    /// How many were seen to fail, as they must.
    pub seen: usize,
    /// Each of them.
    pub controls: Vec<Control>,
}

/// A test that is built to fail.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Control {
    /// What was made wrong.
    pub wrong: &'static str,
    /// Whether the test failed.
    pub seen: bool,
}

impl NegativeControls {
    /// What came of them.
    #[must_use]
    pub fn new(controls: Vec<Control>) -> Self {
        Self {
            run: controls.len(),
            seen: controls.iter().filter(|control| control.seen).count(),
            controls,
        }
    }
}

/// What differs from an earlier self-test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The part and the name of the trial.
    pub id: String,
    /// What came out then; none where it was not tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What came out now; none where it was not tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
}

/// A comparison with an earlier self-test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The file of the earlier one.
    pub with: String,
    /// The version and the build that it was of.
    pub before: String,
    /// What differs.
    pub changes: Vec<Change>,
}

/// A self-test as tools read it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Results {
    /// `pass` or `fail`.
    pub outcome: Outcome,
    /// How many trials were run.
    pub run: usize,
    /// How many of them came out as they must.
    pub passed: usize,
    /// How many did not.
    pub failed: usize,
    /// Tests that are built to fail.
    pub negative_controls: NegativeControls,
    /// Whether only a part of the random inputs was taken.
    pub quick: bool,
    /// What random inputs were made from.
    pub seed: u64,
    /// Which program it was.
    pub build: Build,
    /// The trials.
    pub parts: Vec<Part>,
    /// What differs from an earlier one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
}

impl Results {
    /// What came of all parts; a control that was not seen is a failure.
    #[must_use]
    pub fn new(
        parts: Vec<Part>,
        negative_controls: NegativeControls,
        build: Build,
        (quick, seed): (bool, u64),
        comparison: Option<Comparison>,
    ) -> Self {
        let run: usize = parts.iter().map(Part::run).sum();
        let failed: usize = parts.iter().map(Part::failed).sum();
        let seen = negative_controls.seen == negative_controls.run;
        let all_ran = parts.iter().all(|part| part.run() > 0) && negative_controls.run > 0;
        Self {
            outcome: if failed == 0 && seen && all_ran {
                Outcome::Pass
            } else {
                Outcome::Fail
            },
            run,
            passed: run.saturating_sub(failed),
            failed,
            negative_controls,
            quick,
            seed,
            build,
            parts,
            comparison,
        }
    }
}

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
    failures(&mut page, results);
    if let Some(comparison) = &results.comparison {
        changes(&mut page, comparison);
    }
    page.in_full(|page| {
        for part in &results.parts {
            page.section(part.name);
            let rows: Vec<Vec<String>> = part.trials.iter().map(row).collect();
            page.records(&["trial", "expected", "found", "tolerance", "source"], &rows);
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
    page.in_full(|page| page.section("For the binder"));
    page.in_full(|page| {
        page.push(crate::document::Block::Fields(vec![
            ("Site and room".into(), None),
            ("Machine".into(), None),
            ("Deviations, and what was decided".into(), None),
            ("Next due".into(), None),
        ]));
    });
    page.in_full(|page| {
        page.push(crate::document::Block::Signatures(vec![
            "Performed".into(),
            "Reviewed".into(),
            "Approved".into(),
        ]));
    });
    page.left_out("every trial");
    page
}

fn row(trial: &Trial) -> Vec<String> {
    let name = match (trial.run, trial.failed) {
        (1, 0) => trial.id.clone(),
        (1, _) => format!("{}: FAILED", trial.id),
        (many, 0) => format!("{} ({many} times)", trial.id),
        (many, failed) => format!("{}: FAILED {failed} of {many} times", trial.id),
    };
    let or_none = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        name,
        trial.expected.clone(),
        trial.found.clone(),
        or_none(&trial.tolerance),
        or_none(&trial.source),
    ]
}

fn failures(page: &mut Document, results: &Results) {
    let failed = |part: &Part| {
        let trials = part.trials.iter().filter(|trial| !trial.passed());
        let rows = trials.map(row).collect::<Vec<_>>();
        (!rows.is_empty()).then_some((part.name, rows))
    };
    for (name, rows) in results.parts.iter().filter_map(failed) {
        page.section(&format!("Failed: {name}"));
        page.records(
            &["trial", "expected", "found", "tolerance", "source"],
            &rows,
        );
    }
    for control in &results.negative_controls.controls {
        if !control.seen {
            page.line(&format!("A test that must fail did not: {}", control.wrong));
        }
    }
}

fn changes(page: &mut Document, comparison: &Comparison) {
    page.section(&format!(
        "Since {} ({})",
        comparison.with, comparison.before
    ));
    if comparison.changes.is_empty() {
        page.line("Every trial of both came out the same.");
        return;
    }
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "not tried".into());
    let rows: Vec<Vec<String>> = comparison
        .changes
        .iter()
        .map(|change| vec![change.id.clone(), shown(&change.before), shown(&change.now)])
        .collect();
    page.records(&["trial", "before", "now"], &rows);
}
