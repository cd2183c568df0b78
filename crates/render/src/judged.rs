//! Findings as a reader wants them: what needs a person first, and what passed after it.

use chemorad::report::{Finding, Outcome};

use crate::document::{Block, Document};
use crate::sentence::counted;

/// The order in which a reader wants them.
pub(crate) const WORST_FIRST: [Outcome; 5] = [
    Outcome::Fail,
    Outcome::CannotTell,
    Outcome::Warn,
    Outcome::Pass,
    Outcome::NotApplicable,
];

/// Whether a person has to decide something.
pub(crate) const fn needs_a_person(outcome: Outcome) -> bool {
    match outcome {
        Outcome::Fail | Outcome::CannotTell | Outcome::Warn => true,
        Outcome::Pass | Outcome::NotApplicable => false,
    }
}

/// The findings that a person has to decide on, or the others, the worst first.
pub(crate) fn sorted(findings: &[Finding], for_a_person: bool) -> Vec<Finding> {
    let outcomes = WORST_FIRST
        .into_iter()
        .filter(|outcome| needs_a_person(*outcome) == for_a_person);
    outcomes
        .flat_map(|outcome| findings.iter().filter(move |one| one.outcome == outcome))
        .cloned()
        .collect()
}

/// `2 fail, 1 warn, 9 pass`.
pub(crate) fn tally(outcomes: &[Outcome]) -> String {
    let counts: Vec<String> = WORST_FIRST
        .iter()
        .filter_map(|outcome| {
            let count = outcomes.iter().filter(|one| *one == outcome).count();
            (count > 0).then(|| format!("{count} {outcome}"))
        })
        .collect();
    counts.join(", ")
}

/// `9 checks passed; 1 does not apply`.
pub(crate) fn passed(findings: &[Finding]) -> String {
    let count = |outcome| findings.iter().filter(|one| one.outcome == outcome).count();
    let passed = counted(count(Outcome::Pass), "check passed", "checks passed");
    match count(Outcome::NotApplicable) {
        0 => passed,
        1 => passed + "; 1 does not apply",
        many => format!("{passed}; {many} do not apply"),
    }
}

impl Document {
    /// Adds the line that says what is shown in full detail alone.
    pub(crate) fn left_out(&mut self, what: &str) {
        self.in_brief(|page| {
            page.gap();
            page.left_out_as(|way| format!("{what}: {way}"));
        });
    }

    /// Adds the line that says what is left out, in words around the way to see it.
    pub(crate) fn left_out_as(&mut self, words: impl Fn(&str) -> String) {
        self.push(Block::LeftOut {
            command: words("--show-work"),
            page: words("shown with working and sources"),
        });
    }

    /// Adds the worst outcome and how many there are of each, where a reader begins.
    pub(crate) fn verdict_of(&mut self, findings: &[Finding]) {
        if findings.is_empty() {
            self.line("Nothing was checked.");
            return;
        }
        let outcomes: Vec<Outcome> = findings.iter().map(|finding| finding.outcome).collect();
        self.verdict(Outcome::worst(outcomes.iter().copied()), &tally(&outcomes));
    }

    /// Adds the findings that need a person. The others are shown in full detail, and counted in a line
    /// otherwise, with what else is left out. `all` are those that the verdict counts: some of them may be shown
    /// elsewhere on the page.
    pub(crate) fn open_findings(
        &mut self,
        findings: &[Finding],
        all: &[Finding],
        also_left_out: &str,
    ) {
        self.findings(&sorted(findings, true));
        let others = sorted(findings, false);
        self.in_full(|page| page.findings(&others));
        let after_others = findings.iter().any(|one| needs_a_person(one.outcome));
        self.passed_and_left_out(all, also_left_out, after_others);
    }

    /// The same under a heading for each part, with one line for what passed in all of them. A heading
    /// without a finding that needs a person is shown in full detail alone.
    pub(crate) fn open_sections(
        &mut self,
        parts: &[(&str, Vec<Finding>)],
        all: &[Finding],
        also_left_out: &str,
    ) {
        for (title, findings) in parts {
            let (open, others) = (sorted(findings, true), sorted(findings, false));
            if !open.is_empty() {
                self.section(title);
            } else if !others.is_empty() {
                self.in_full(|page| page.section(title));
            }
            self.findings(&open);
            self.in_full(|page| page.findings(&others));
        }
        self.passed_and_left_out(all, also_left_out, true);
    }

    /// What passed, and what else is left out, in a line; after an empty one where something stands before it.
    fn passed_and_left_out(
        &mut self,
        findings: &[Finding],
        also_left_out: &str,
        after_others: bool,
    ) {
        let others = sorted(findings, false);
        if others.is_empty() && also_left_out.is_empty() {
            return;
        }
        let passed = passed(findings);
        self.in_brief(|page| {
            if after_others {
                page.gap();
            }
            page.left_out_as(|way| match (others.is_empty(), also_left_out.is_empty()) {
                (true, _) => format!("{also_left_out}: {way}"),
                (false, true) => format!("{passed} ({way})"),
                (false, false) => format!("{passed}; these and {also_left_out}: {way}"),
            });
        });
    }
}
