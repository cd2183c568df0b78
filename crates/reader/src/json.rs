//! JSON to a tree.

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::codes;
use super::node::{Entry, Node, Value};
use super::problem::{Problem, short};
use super::toml_text::{DEEPEST, too_deep};

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
};

/// The tree, and what is wrong with names and numbers in it.
pub(crate) fn parse(text: &str) -> Result<(Node, Vec<Problem>), Problem> {
    depth(text)?;
    strict(text)?;
    let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT).map_err(|error| {
        let range = error.range();
        Problem::new(codes::SYNTAX, format!("not JSON: {}", error.kind()))
            .at(&(range.start..range.end))
    })?;
    let empty = || Problem::new(codes::SYNTAX, "not JSON: the file is empty");
    let mut problems = Vec::new();
    let root = node(&parsed.value.ok_or_else(empty)?, &mut problems);
    Ok((root, problems))
}

/// The parser that keeps ranges is lenient in places; `serde_json` knows the grammar.
fn strict(text: &str) -> Result<(), Problem> {
    let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) else {
        return Ok(());
    };
    let start: usize = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let at = (start + error.column().saturating_sub(1)).min(text.len());
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or(&words);
    Err(Problem::new(codes::SYNTAX, format!("not JSON: {words}")).at(&(at..at)))
}

/// Brackets outside texts.
fn depth(text: &str) -> Result<(), Problem> {
    let (mut open, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                open += 1;
                if open > DEEPEST {
                    return Err(too_deep().at(&(at..at + 1)));
                }
            }
            b']' | b'}' if !quoted => open = open.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

fn node(value: &ast::Value<'_>, problems: &mut Vec<Problem>) -> Node {
    let range = value.range();
    let span = range.start..range.end;
    let value = match value {
        ast::Value::NullKeyword(_) => Value::Null,
        ast::Value::BooleanLit(literal) => Value::Bool(literal.value),
        ast::Value::StringLit(literal) => Value::Text(literal.value.to_string()),
        ast::Value::NumberLit(literal) => number(literal.value).unwrap_or_else(|| {
            let message = format!("the number {} is out of range", short(literal.value));
            problems.push(Problem::new(codes::NUMBER, message).at(&span));
            Value::Removed
        }),
        ast::Value::Array(array) => {
            let elements = array.elements.iter();
            Value::List(elements.map(|element| node(element, problems)).collect())
        }
        ast::Value::Object(object) => {
            let mut entries: Vec<Entry> = Vec::with_capacity(object.properties.len());
            let mut known = std::collections::BTreeSet::new();
            for property in &object.properties {
                let key = property.name.as_str();
                let name = property.name.range();
                let key_span = name.start..name.end;
                if !known.insert(key) {
                    let message = format!("the field `{}` is given twice", short(key));
                    problems.push(Problem::new(codes::DUPLICATE_KEY, message).at(&key_span));
                    continue;
                }
                entries.push(Entry {
                    key: key.to_string(),
                    key_span,
                    node: node(&property.value, problems),
                });
            }
            Value::Table(entries)
        }
    };
    Node::new(span, value)
}

fn number(digits: &str) -> Option<Value> {
    if let Ok(number) = digits.parse() {
        return Some(Value::Unsigned(number));
    }
    if let Ok(number) = digits.parse() {
        return Some(Value::Negative(number));
    }
    let number: f64 = digits.parse().ok()?;
    number.is_finite().then_some(Value::Float(number))
}
