//! What changed between two versions of a protocol, and for whom.

use chemorad::report::Outcome;
use chemorad_protocol::{Change, ChangeKind, ProtocolFile, outcome_of};
use serde::Serialize;

use crate::document::Document;

/// A protocol file compared with another version, as tools read it.
#[derive(Debug, Clone, Serialize)]
pub struct Compared<'a> {
    file: &'a str,
    against: &'a str,
    /// Pass where nothing but words changed.
    pub outcome: Outcome,
    changes: Vec<ChangedValue<'a>>,
}

/// A change with its place in the newer file.
#[derive(Debug, Clone, Serialize)]
pub struct ChangedValue<'a> {
    line: usize,
    column: usize,
    #[serde(flatten)]
    change: &'a Change,
}

impl<'a> Compared<'a> {
    /// The changes from the version `against` to the newer file.
    #[must_use]
    pub fn new(newer: &'a ProtocolFile, against: &'a str, changes: &'a [Change]) -> Self {
        Self {
            file: newer.name(),
            against,
            outcome: outcome_of(changes),
            changes: changes.iter().map(|change| placed(newer, change)).collect(),
        }
    }
}

fn placed<'a>(newer: &ProtocolFile, change: &'a Change) -> ChangedValue<'a> {
    let position = newer.position(&change.at);
    ChangedValue {
        line: position.line,
        column: position.column,
        change,
    }
}

/// The values that changed, and the words.
#[must_use]
pub fn compared(body: &Compared<'_>) -> Document {
    let mut page = Document::new("Protocol verify");
    page.line(&format!("{} against {}", body.file, body.against));
    let (words, values): (Vec<&ChangedValue<'_>>, Vec<&ChangedValue<'_>>) =
        body.changes.iter().partition(|row| row.change.words_only);
    for (title, rows) in [("Values", values), ("Words", words)] {
        page.section(title);
        if rows.is_empty() {
            page.line("no change");
        }
        for row in rows {
            changed(&mut page, body.file, row);
        }
    }
    page
}

fn changed(page: &mut Document, file: &str, row: &ChangedValue<'_>) {
    let change = row.change;
    let kind = match change.kind {
        ChangeKind::Added => "added    ",
        ChangeKind::Removed => "removed  ",
        ChangeKind::Changed => "changed  ",
    };
    page.item(
        kind,
        &format!("{} ({file}:{}:{})", change.at, row.line, row.column),
    );
    for (lead, value) in [("    - ", &change.before), ("    + ", &change.after)] {
        if let Some(value) = value {
            page.item(lead, value);
        }
    }
    if !change.arms.is_empty() {
        page.item("    arms: ", &change.arms.join(", "));
    }
}
