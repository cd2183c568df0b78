//! For a tool: every finding with its file and place.

use chemorad::report::{Finding, Outcome};
use chemorad_protocol::{Linted, Located};
use serde::Serialize;

use super::summary::Summary;

/// Every finding with its file and place.
#[derive(Debug, Clone, Serialize)]
pub struct Results<'a> {
    outcome: Outcome,
    counts: Counts,
    files: Vec<File<'a>>,
    findings: Vec<Row<'a>>,
}

#[derive(Debug, Clone, Serialize)]
struct Counts {
    fail: usize,
    cannot_tell: usize,
    warn: usize,
}

#[derive(Debug, Clone, Serialize)]
struct File<'a> {
    #[serde(rename = "file")]
    name: &'a str,
    readable: bool,
    outcome: Outcome,
}

#[derive(Debug, Clone, Serialize)]
struct Row<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_column: usize,
    #[serde(flatten)]
    finding: &'a Finding,
}

impl<'a> Results<'a> {
    /// The findings of all files, and how many there are.
    #[must_use]
    pub fn new(linted: &'a [Linted], summary: &Summary) -> Self {
        let row = |file: &'a Linted, located: &'a Located| Row {
            file: &file.name,
            line: located.place.start.line,
            column: located.place.start.column,
            end_column: located.place.end.column,
            finding: &located.finding,
        };
        Self {
            outcome: summary.outcome,
            counts: Counts {
                fail: summary.fail,
                cannot_tell: summary.cannot_tell,
                warn: summary.warn,
            },
            files: linted
                .iter()
                .map(|file| File {
                    name: &file.name,
                    readable: file.readable,
                    outcome: file.outcome(),
                })
                .collect(),
            findings: linted
                .iter()
                .flat_map(|file| file.findings.iter().map(move |located| row(file, located)))
                .collect(),
        }
    }
}
