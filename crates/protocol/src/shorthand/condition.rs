//! Conditions in short: `{ tumour_stage = "pT1", nodal_stage = ["N0", "N1"] }` is a test of each fact, all
//! of which hold.

use std::collections::BTreeSet;

use chemorad_reader::{Entry, Node, Problem, Value, nearest};

use crate::facts::vocabulary::Fact;
use crate::lint::codes;

const PARTS: [&str; 3] = ["all_of", "any_of", "none_of"];

/// The fields of a test in full.
const IN_FULL: [&str; 6] = ["fact", "is", "above", "at_least", "below", "at_most"];

/// Puts a condition in full.
pub(crate) fn put_in_full(
    node: &mut Node,
    declared: &BTreeSet<String>,
    problems: &mut Vec<Problem>,
) {
    let span = node.span.clone();
    let Value::Table(entries) = &mut node.value else {
        return;
    };
    let is_part = |entry: &Entry| PARTS.contains(&entry.key.as_str());
    for entry in entries.iter_mut().filter(|entry| is_part(entry)) {
        if let Value::List(items) = &mut entry.node.value {
            for item in items {
                put_in_full(item, declared, problems);
            }
        }
    }
    let is_fact = |entry: &Entry| {
        let named = Fact::named(entry.key.clone());
        named.is_of_pathology() || declared.contains(&entry.key)
    };
    let in_full = |entry: &Entry| IN_FULL.contains(&entry.key.as_str());
    // what is wrong with one in full, the reader says
    let short = |entry: &Entry| is_fact(entry) || (!in_full(entry) && !is_part(entry));
    if !entries.iter().any(short)
        || entries
            .iter()
            .any(|entry| in_full(entry) && !is_fact(entry))
    {
        return;
    }
    let mut parts = Vec::new();
    for entry in std::mem::take(entries) {
        if is_part(&entry) {
            parts.push(Node::new(
                entry.node.span.clone(),
                Value::Table(vec![entry]),
            ));
        } else if is_fact(&entry) {
            parts.push(test(entry));
        } else {
            let names: Vec<&str> = Fact::ALL
                .iter()
                .map(Fact::name)
                .chain(declared.iter().map(String::as_str))
                .chain(PARTS)
                .collect();
            let name: String = entry.key.chars().take(60).collect();
            let help = match nearest(&name, &names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "there is `{}`, and facts that the file declares",
                    names.join("`, `")
                ),
            };
            let message = format!("`{name}` is no fact and no part of a condition");
            let problem = Problem::new(codes::UNKNOWN_REFERENCE, message).help(help);
            problems.push(problem.at(&entry.key_span));
            parts.push(Node::new(entry.node.span.clone(), Value::Removed));
        }
    }
    node.value = match <[Node; 1]>::try_from(parts) {
        Ok([only]) => only.value,
        Err(parts) => Value::Table(vec![Entry {
            key: "all_of".to_string(),
            key_span: span.clone(),
            node: Node::new(span, Value::List(parts)),
        }]),
    };
}

/// One test: `margin = "positive"`, `marker = { above = "1 ng/mL" }`.
fn test(entry: Entry) -> Node {
    let Entry {
        key,
        key_span,
        node,
    } = entry;
    let span = node.span.clone();
    let mut fields = vec![Entry {
        key: "fact".to_string(),
        key_span: key_span.clone(),
        node: Node::new(key_span.clone(), Value::Text(key)),
    }];
    match node.value {
        Value::Table(limits) => fields.extend(limits),
        value => {
            let value = match value {
                Value::List(_) | Value::Removed => value,
                one => Value::List(vec![Node::new(span.clone(), one)]),
            };
            fields.push(Entry {
                key: "is".to_string(),
                key_span,
                node: Node::new(span.clone(), value),
            });
        }
    }
    Node::new(span, Value::Table(fields))
}
