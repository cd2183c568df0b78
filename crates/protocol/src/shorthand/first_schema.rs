//! A file of `chemorad.protocol/1`, whose words stand in place: it cites nothing.

use chemorad_reader::{Node, Problem, Value};

use super::gaps;
use super::shape::{From, PROTOCOL, Shape};
use crate::lint::file_codes;

/// Takes gaps out of a file of `chemorad.protocol/1`, and refuses citations: its words stand in place.
pub(crate) fn refuse_citations(tree: &mut Node) -> Vec<Problem> {
    let mut problems = Vec::new();
    gaps::take(tree, &mut problems);
    refuse(tree, &PROTOCOL, &mut problems);
    problems
}

fn refuse(node: &mut Node, shape: &Shape, problems: &mut Vec<Problem>) {
    match (&mut node.value, shape) {
        (Value::List(items), Shape::List(inner)) => {
            for item in items {
                refuse(item, inner, problems);
            }
        }
        (Value::Table(entries), _) => {
            let field = matches!(
                shape,
                Shape::Table {
                    from: From::Field,
                    ..
                }
            );
            for entry in entries {
                if entry.key == "from" && !field {
                    let message =
                        "`from` cites a passage, and a file of chemorad.protocol/1 lists none";
                    let help = "write quote and locator, or convert the file: chemorad protocol convert FILE";
                    let problem = Problem::new(file_codes::CITATION, message).help(help);
                    problems.push(problem.at(&entry.key_span));
                    entry.node.value = Value::Removed;
                } else if let Some(inner) = shape.field(&entry.key) {
                    refuse(&mut entry.node, inner, problems);
                } else if entry.key == "question" {
                    refuse(&mut entry.node, &Shape::Question, problems);
                }
            }
        }
        _ => {}
    }
}
