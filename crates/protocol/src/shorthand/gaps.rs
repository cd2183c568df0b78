//! What the author of a file has still to write: `FILL IN: the total dose`.

use chemorad_reader::{Node, Problem, Value};

use crate::lint::file_codes;

/// Marks a gap.
const GAP: &str = "FILL IN";

/// Takes the gaps out, each with a fault that says what belongs there.
pub(crate) fn take(node: &mut Node, problems: &mut Vec<Problem>) {
    match &mut node.value {
        Value::Text(text) => {
            if let Some(problem) = gap(text) {
                problems.push(problem.at(&node.span));
                node.value = Value::Removed;
            }
        }
        Value::List(items) => items.iter_mut().for_each(|item| take(item, problems)),
        Value::Table(entries) => {
            for entry in entries {
                // the section of a passage is a name
                if let Some(problem) = gap(&entry.key) {
                    problems.push(problem.at(&entry.key_span));
                }
                take(&mut entry.node, problems);
            }
        }
        _ => {}
    }
}

fn gap(text: &str) -> Option<Problem> {
    let what = text.strip_prefix(GAP)?;
    let message = match what.trim_start_matches(':').trim() {
        "" => "still to be filled in".to_string(),
        what => format!("still to be filled in: {what}"),
    };
    Some(Problem::new(file_codes::FILL_IN, message))
}
