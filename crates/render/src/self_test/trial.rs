//! What a self-test tries: one thing each, in parts.

use serde::Serialize;

use crate::version::Input;

/// One thing that a site expects of a command, beside what came.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// A place in the JSON of the command; `message` for a part of its error.
    pub at: String,
    /// What is expected there.
    pub expected: String,
    /// How far from it a number may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<f64>,
    /// What is there.
    pub found: String,
    /// How far the number that is there is from the one that is expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<f64>,
    /// Whether that is as expected.
    pub met: bool,
}

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
    /// What a site case tells besides.
    #[serde(flatten)]
    pub site_case: Option<SiteCase>,
}

/// What a site case tells of its command.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SiteCase {
    /// The exit code that is expected.
    #[serde(skip)]
    pub expected_exit: u8,
    /// The exit code that came.
    #[serde(skip)]
    pub found_exit: u8,
    /// The words of its command.
    pub arguments: Vec<String>,
    /// Each thing that is expected, and what came.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub compared: Vec<Compared>,
    /// The files that its command read.
    pub inputs: Vec<Input>,
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
            site_case: None,
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
    pub(super) fn run(&self) -> usize {
        self.trials.iter().map(|trial| trial.run).sum()
    }

    pub(super) fn failed(&self) -> usize {
        self.trials.iter().map(|trial| trial.failed).sum()
    }
}
