//! The site's own cases: what was read, and each command with what it was held against.

use serde::Serialize;

use super::trial::{SiteCase, Trial};
use crate::document::Document;

/// Where the site's own cases were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CasesRead {
    /// The folder.
    pub folder: String,
    /// The files of cases in it that were read.
    pub files: Vec<String>,
    /// What else is in it, and was neither read as cases nor by one of them.
    pub passed_over: Vec<String>,
}

impl CasesRead {
    pub(super) fn add_to(&self, page: &mut Document) {
        let count = self.files.len();
        let files = if count == 1 { "file" } else { "files" };
        page.paragraph(&format!(
            "Site cases: {count} {files} of {} read: {}.",
            self.folder,
            self.files.join(", ")
        ));
        if !self.passed_over.is_empty() {
            page.line(&format!(
                "Passed over there, and not read as cases: {}.",
                self.passed_over.join(", ")
            ));
        }
    }
}

pub(super) const HEADER: [&str; 6] = [
    "trial",
    "command, places",
    "expected",
    "found",
    "difference",
    "source",
];

/// The command of a case, and a row for each thing that is expected of it.
pub(super) fn rows(trial: &Trial, case: &SiteCase, name: String) -> Vec<Vec<String>> {
    let words = case.arguments.iter().map(|word| quoted(word));
    let command: Vec<String> = std::iter::once("chemorad".into()).chain(words).collect();
    let exit = format!("exit {}", case.expected_exit);
    let found = if case.found_exit == case.expected_exit {
        exit.clone()
    } else {
        trial.found.clone()
    };
    let source = trial.source.clone().unwrap_or_default();
    let mut rows = vec![vec![
        name,
        command.join(" "),
        exit,
        found,
        String::new(),
        source,
    ]];
    rows.extend(case.compared.iter().map(|one| {
        let expected = match one.within {
            Some(within) => format!("{} ± {within}", one.expected),
            None => one.expected.clone(),
        };
        let found = if one.met {
            one.found.clone()
        } else {
            format!("{}: NOT AS EXPECTED", one.found)
        };
        let difference = one.difference.map(difference).unwrap_or_default();
        let blank = String::new;
        vec![
            blank(),
            one.at.clone(),
            expected,
            found,
            difference,
            blank(),
        ]
    }));
    rows
}

/// Three digits of a difference: more are the steps of binary numbers.
fn difference(value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let rounded: f64 = format!("{value:.2e}").parse().unwrap_or(value);
    format!("{rounded:+}")
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./{}=,:+%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.into()
    } else {
        format!("\"{word}\"")
    }
}
