//! TOML to a tree.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::codes;
use super::node::{Entry, Node, Value};
use super::problem::{Problem, short};

/// No file that is meant is nested this deeply; one that is would only exhaust the stack.
pub(crate) const DEEPEST: usize = 64;

/// The tree, and what is wrong with names and numbers in it.
pub(crate) fn parse(text: &str) -> Result<(Node, Vec<Problem>), Problem> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut problems = Vec::new();
    for error in errors {
        let message = error.message().trim();
        let code = if message.contains("duplicate") {
            codes::DUPLICATE_KEY
        } else if message.contains("recurs") {
            codes::DEPTH
        } else {
            codes::SYNTAX
        };
        let mut problem = Problem::new(code, format!("not TOML: {message}"));
        if let Some(span) = error.span() {
            problem = problem.at(&span);
        }
        // after a fault of the grammar nothing that follows can be relied on
        if code != codes::DUPLICATE_KEY {
            return Err(problem);
        }
        problems.push(problem);
    }
    let span = root.span();
    let root = node(DeValue::Table(root.into_inner()), span, 0, &mut problems);
    Ok((root, problems))
}

pub(crate) fn too_deep() -> Problem {
    let message = format!("tables and lists are nested more than {DEEPEST} deep");
    Problem::new(codes::DEPTH, message)
}

fn node(value: DeValue<'_>, span: Range<usize>, depth: usize, problems: &mut Vec<Problem>) -> Node {
    let value = if depth > DEEPEST {
        problems.push(too_deep().at(&span));
        Value::Removed
    } else {
        inner(value, depth, problems).unwrap_or_else(|number| {
            let message = format!("the number {} is out of range", short(&number));
            problems.push(Problem::new(codes::NUMBER, message).at(&span));
            Value::Removed
        })
    };
    Node::new(span, value)
}

/// The value, or the number that is out of range.
fn inner(value: DeValue<'_>, depth: usize, problems: &mut Vec<Problem>) -> Result<Value, String> {
    Ok(match value {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Boolean(yes) => Value::Bool(yes),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Integer(integer) => {
            let (digits, radix) = (integer.as_str(), integer.radix());
            if let Ok(number) = u64::from_str_radix(digits, radix) {
                Value::Unsigned(number)
            } else {
                let number = i64::from_str_radix(digits, radix);
                Value::Negative(number.map_err(|_| digits.to_string())?)
            }
        }
        DeValue::Float(float) => {
            let digits = float.as_str();
            let number: f64 = digits.parse().map_err(|_| digits.to_string())?;
            if number.is_infinite() && !digits.contains("inf") {
                return Err(digits.to_string());
            }
            Value::Float(number)
        }
        DeValue::Array(items) => {
            let mut list = Vec::new();
            for item in items {
                let span = item.span();
                list.push(node(item.into_inner(), span, depth + 1, problems));
            }
            Value::List(list)
        }
        DeValue::Table(table) => {
            let mut entries = Vec::with_capacity(table.len());
            for (key, value) in table {
                let span = value.span();
                entries.push(Entry {
                    key_span: key.span(),
                    key: key.into_inner().into_owned(),
                    node: node(value.into_inner(), span, depth + 1, problems),
                });
            }
            entries.sort_by_key(|entry: &Entry| entry.key_span.start);
            Value::Table(entries)
        }
    })
}
