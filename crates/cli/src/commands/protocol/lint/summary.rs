//! How many findings there are of each kind.

use chemorad::report::Outcome;
use chemorad_protocol::Linted;

/// How many findings of each kind.
pub(super) struct Summary {
    pub(super) files: usize,
    pub(super) fail: usize,
    pub(super) cannot_tell: usize,
    pub(super) warn: usize,
    pub(super) outcome: Outcome,
}

impl Summary {
    pub(super) fn of(linted: &[Linted], deny_warnings: bool) -> Self {
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
            "{} {files}: {} failed, {} cannot be told, {} to look at",
            self.files, self.fail, self.cannot_tell, self.warn
        )
    }
}
