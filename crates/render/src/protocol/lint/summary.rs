//! How many findings of each kind there are.

use chemorad::report::Outcome;
use chemorad_protocol::Linted;

/// How many findings of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// The files.
    pub files: usize,
    /// Findings that fail.
    pub fail: usize,
    /// Findings that cannot be told.
    pub cannot_tell: usize,
    /// Warnings.
    pub warn: usize,
    /// The worst of them; a warning fails where warnings are denied.
    pub outcome: Outcome,
}

impl Summary {
    /// Counts the findings.
    #[must_use]
    pub fn new(linted: &[Linted], deny_warnings: bool) -> Self {
        let outcomes = || {
            let files = linted.iter();
            files.flat_map(|file| file.findings.iter().map(|located| located.finding.outcome))
        };
        let count = |outcome| outcomes().filter(|found| *found == outcome).count();
        let worst = Outcome::worst(outcomes().chain([Outcome::Pass]));
        Self {
            files: linted.len(),
            fail: count(Outcome::Fail),
            cannot_tell: count(Outcome::CannotTell),
            warn: count(Outcome::Warn),
            outcome: if deny_warnings && worst == Outcome::Warn {
                Outcome::Fail
            } else {
                worst
            },
        }
    }

    pub(super) fn words(&self) -> String {
        let files = if self.files == 1 { "file" } else { "files" };
        format!(
            "{} {files}: {} failed, {} cannot be told, {} to review",
            self.files, self.fail, self.cannot_tell, self.warn
        )
    }
}
