//! What can be told of a site file from two of its values together, or from a text that must say something.

use std::vec::Vec;

use chemorad::report::Code;
use chemorad::text::is_heading;
use chemorad_reader::{Node, Problem, Value};

/// The code of what values of a site file do not say, or say together.
pub(in super::super) const VALUE: Code = Code::new(
    "site.value",
    "A decision of the site is not complete",
    "A value of the site file needs another one that is not there, or excludes one that is. A decision that is half made would be asked again at every patient, or answered in two ways.",
    "Complete the decision, or leave it out: what is left out is asked where it is needed.",
);

/// Every such fault, each at its value.
pub(super) fn check(tree: &Node) -> Vec<Problem> {
    let mut found = Vec::new();
    headings(tree, &mut found);
    ties(tree, &mut found);
    if let Some(drugs) = tree.get("drugs") {
        for drug in entries(drugs) {
            ties(drug, &mut found);
        }
    }
    weeks(tree, &mut found);
    found
}

fn problem(at: &Node, message: &str, help: &str) -> Problem {
    Problem::new(VALUE, message).help(help).at(&at.span)
}

fn entries(node: &Node) -> impl Iterator<Item = &Node> {
    let entries = match &node.value {
        Value::Table(entries) => entries.as_slice(),
        _ => &[],
    };
    entries.iter().map(|entry| &entry.node)
}

fn headings(tree: &Node, found: &mut Vec<Problem>) {
    for field in ["title", "decided_by"] {
        let Some(node) = tree.get(field) else {
            continue;
        };
        let is_none = |text: &str| text.trim().is_empty() || !is_heading(text);
        if node.text().is_some_and(is_none) {
            found.push(problem(
                node,
                &std::format!("{field} says nothing, or more than one line"),
                "write one line of at most 200 characters, without control characters",
            ));
        }
    }
}

/// A rule that rounds to the nearest says what to do halfway, and no other rule does.
fn ties(table: &Node, found: &mut Vec<Problem>) {
    let rounding = table.get("rounding");
    let rule = rounding.and_then(Node::text).map(str::trim);
    let halves = |rule: &str| rule == "nearest" || rule.starts_with("fewest");
    match (rounding, rule, table.get("ties")) {
        (Some(node), Some(rule), None) if halves(rule) => found.push(problem(
            node,
            "this rule meets amounts halfway between two, and ties does not say what to do",
            "add ties = \"up\" or ties = \"down\"",
        )),
        (Some(_), Some(rule), Some(ties)) if !halves(rule) => found.push(problem(
            ties,
            "ties goes with rounding = \"nearest\" or \"fewest:5%\"",
            "leave it out, or correct the rounding",
        )),
        (None, _, Some(ties)) => found.push(problem(
            ties,
            "ties says what rounding does halfway, and there is no rounding",
            "add rounding = \"nearest\", or leave ties out",
        )),
        _ => {}
    }
}

fn weeks(tree: &Node, found: &mut Vec<Problem>) {
    let Some(node) = tree.get("fractions_per_week") else {
        return;
    };
    let outside = match node.value {
        Value::Unsigned(number) => !(1..=21).contains(&number),
        _ => false,
    };
    if outside {
        found.push(problem(
            node,
            "fractions given a week are 1 to 21",
            "write fractions_per_week = 5",
        ));
    }
    if let Some(node) = tree.get("dispense_every_days") {
        if matches!(node.value, Value::Unsigned(0)) {
            found.push(problem(
                node,
                "a dispensing period has at least one day",
                "write dispense_every_days = 7, or leave it out",
            ));
        }
    }
}
