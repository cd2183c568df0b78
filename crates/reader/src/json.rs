use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::node::{Entry, Node, Value};
use super::toml_text::too_deep;
use super::{DEEPEST, Fault};

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
};

pub fn parse(text: &str) -> Result<Node, Fault> {
    depth(text)?;
    strict(text)?;
    let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT).map_err(|error| {
        let range = error.range();
        Fault::new("file.syntax", format!("not JSON: {}", error.kind()))
            .at(&(range.start..range.end))
    })?;
    match parsed.value {
        Some(value) => node(&value),
        None => Err(Fault::new("file.syntax", "not JSON: the file is empty")),
    }
}

/// The parser that keeps ranges is lenient in places; `serde_json` knows the grammar.
fn strict(text: &str) -> Result<(), Fault> {
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
    Err(Fault::new("file.syntax", format!("not JSON: {words}")).at(&(at..at)))
}

/// Brackets outside texts.
fn depth(text: &str) -> Result<(), Fault> {
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

fn node(value: &ast::Value<'_>) -> Result<Node, Fault> {
    let range = value.range();
    let span = range.start..range.end;
    let value = match value {
        ast::Value::NullKeyword(_) => Value::Null,
        ast::Value::BooleanLit(literal) => Value::Bool(literal.value),
        ast::Value::StringLit(literal) => Value::Text(literal.value.to_string()),
        ast::Value::NumberLit(literal) => number(literal.value).ok_or_else(|| {
            let given: String = literal.value.chars().take(60).collect();
            Fault::new("file.number", format!("the number {given} is out of range")).at(&span)
        })?,
        ast::Value::Array(array) => {
            Value::List(array.elements.iter().map(node).collect::<Result<_, _>>()?)
        }
        ast::Value::Object(object) => {
            let mut entries: Vec<Entry> = Vec::with_capacity(object.properties.len());
            let mut known = std::collections::BTreeSet::new();
            for property in &object.properties {
                let key = property.name.as_str();
                let name = property.name.range();
                let key_span = name.start..name.end;
                if !known.insert(key) {
                    let key: String = key.chars().take(60).collect();
                    let message = format!("the field `{key}` is given twice");
                    return Err(Fault::new("file.duplicate_key", message).at(&key_span));
                }
                entries.push(Entry {
                    key: key.to_string(),
                    key_span,
                    node: node(&property.value)?,
                });
            }
            Value::Table(entries)
        }
    };
    Ok(Node { span, value })
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
