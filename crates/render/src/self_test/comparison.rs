//! A self-test beside an earlier one.

use serde::Serialize;

use crate::document::Document;

/// Which program a self-test was of, and how much was run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RunOf {
    /// The version.
    pub version: String,
    /// The commit or package that it was built from, where the build was given one.
    pub build: Option<String>,
    /// The operating system and the processor.
    pub platform: Option<String>,
    /// The SHA-256 of the program's own file.
    pub program: Option<String>,
    /// What random inputs were made from.
    pub seed: Option<u64>,
    /// Whether only a part of the random inputs was taken.
    pub quick: Option<bool>,
}

impl RunOf {
    /// What tells one run from another, by name.
    fn facts(&self) -> [(&'static str, String); 6] {
        let or = |text: &Option<String>, none: &str| text.clone().unwrap_or_else(|| none.into());
        let extent = match self.quick {
            Some(true) => "quick",
            Some(false) => "full",
            None => "not told",
        };
        let seed = self.seed.map(|seed| seed.to_string());
        [
            ("version", self.version.clone()),
            ("build", or(&self.build, "built from source, not a release")),
            ("platform", or(&self.platform, "not told")),
            ("program, SHA-256", or(&self.program, "not told")),
            ("seed", or(&seed, "not told")),
            ("extent", extent.into()),
        ]
    }
}

/// One thing that differs between two runs of a trial.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What differs: `found`, `expected`, `tolerance`, `arguments`, `inputs`.
    pub what: &'static str,
    /// As it was then.
    pub before: String,
    /// As it is now.
    pub now: String,
}

/// A trial that differs from that of an earlier self-test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The part and the name of the trial.
    pub id: String,
    /// What came out then; none where it was not tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What came out now; none where it was not tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    /// All that differs, where both were tried.
    pub differences: Vec<Difference>,
}

/// A comparison with an earlier self-test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The file of the earlier one.
    pub with: String,
    /// The version and the build that it was of.
    pub before: String,
    /// Which program the earlier one was of, and how much was run.
    pub earlier: RunOf,
    /// Which program this one was of, and how much was run.
    pub this: RunOf,
    /// Site cases whose arguments and inputs the earlier one does not tell.
    pub not_told: usize,
    /// What differs.
    pub changes: Vec<Change>,
}

impl Comparison {
    pub(super) fn add_to(&self, page: &mut Document) {
        page.section(&format!("Since {} ({})", self.with, self.before));
        let facts = self.earlier.facts().into_iter().zip(self.this.facts());
        let rows: Vec<Vec<String>> = facts
            .map(|((name, before), (_, now))| vec![name.into(), before, now])
            .collect();
        page.records(&["run", "before", "now"], &rows);
        if self.not_told > 0 {
            page.paragraph(&format!(
                "The earlier run does not tell the arguments and inputs of {} site cases: these were not compared.",
                self.not_told
            ));
        }
        if self.changes.is_empty() {
            page.paragraph("Every trial of both came out the same, and nothing that it is held against was changed.");
            return;
        }
        page.gap();
        let rows: Vec<Vec<String>> = self.changes.iter().flat_map(differing).collect();
        page.records(&["trial", "what differs", "before", "now"], &rows);
    }
}

/// A row for each thing that differs.
fn differing(change: &Change) -> Vec<Vec<String>> {
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "not tried".into());
    if change.differences.is_empty() {
        let (before, now) = (shown(&change.before), shown(&change.now));
        return vec![vec![change.id.clone(), "found".into(), before, now]];
    }
    let all = change.differences.iter();
    all.map(|one| {
        let (before, now) = (one.before.clone(), one.now.clone());
        vec![change.id.clone(), one.what.into(), before, now]
    })
    .collect()
}
