//! What came of a self-test.

use chemorad::report::Outcome;
use serde::Serialize;

use super::comparison::Comparison;
use super::site_cases::CasesRead;
use super::trial::Part;
use crate::version::Build;

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
    /// Where the site's own cases were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cases: Option<CasesRead>,
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
            cases: None,
            comparison,
        }
    }
}
