//! `protocol verify`: what changed between two versions, and for whom.

use chemorad::report::Outcome;
use chemorad_protocol::{Change, ChangeKind, ProtocolFile, compare, outcome_of};
use serde::Serialize;

use crate::failure::Failure;
use crate::output::Context;
use crate::protocols;
use crate::report::Report;
use chemorad_render::Document;

/// Compare a protocol file with another version: what changed, value by value, and which arms each
/// change touches.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad protocol verify trial.toml --against NCT06949098
  chemorad protocol verify trial-v2.toml --against trial-v1.toml

Exit codes: 0 nothing but words changed, 1 a value changed, 2 a file cannot be
read.")]
pub(super) struct Args {
    /// The newer version, a file or the id of a protocol.
    file: String,
    /// The older version, a file or the id of a protocol.
    #[arg(long, value_name = "ID|FILE")]
    against: String,
}

#[derive(Serialize)]
struct Body<'a> {
    file: &'a str,
    against: &'a str,
    outcome: Outcome,
    changes: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    line: usize,
    column: usize,
    #[serde(flatten)]
    change: &'a Change,
}

impl Args {
    pub(super) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let newer = protocols::file(context, &self.file)?;
        let older = protocols::file(context, &self.against)?;
        let changes = compare(&older.protocol, &newer.protocol);
        let outcome = outcome_of(&changes);
        let body = Body {
            file: newer.name(),
            against: &self.against,
            outcome,
            changes: changes.iter().map(|change| row(&newer, change)).collect(),
        };
        Ok(Report::new(page(&body), &body).judged(outcome))
    }
}

fn row<'a>(newer: &ProtocolFile, change: &'a Change) -> Row<'a> {
    let position = newer.position(&change.at);
    Row {
        line: position.line,
        column: position.column,
        change,
    }
}

fn page(body: &Body<'_>) -> Document {
    let mut page = Document::new("Protocol verify");
    page.line(&format!("{} against {}", body.file, body.against));
    let (words, values): (Vec<&Row<'_>>, Vec<&Row<'_>>) =
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

fn changed(page: &mut Document, file: &str, row: &Row<'_>) {
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
