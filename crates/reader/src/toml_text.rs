use toml::de::{DeTable, DeValue};

use super::node::{Entry, Node, Value};
use super::{DEEPEST, Fault};

pub fn parse(text: &str) -> Result<Node, Fault> {
    let root = DeTable::parse(text).map_err(|error| {
        let message = error.message().trim();
        let code = if message.contains("duplicate") {
            "file.duplicate_key"
        } else if message.contains("recurs") {
            "file.depth"
        } else {
            "file.syntax"
        };
        let fault = Fault::new(code, format!("not TOML: {message}"));
        match error.span() {
            Some(span) => fault.at(&span),
            None => fault,
        }
    })?;
    let span = root.span();
    node(DeValue::Table(root.into_inner()), span, 0)
}

pub(super) fn too_deep() -> Fault {
    Fault::new(
        "file.depth",
        format!("tables and lists are nested more than {DEEPEST} deep"),
    )
}

fn node(value: DeValue<'_>, span: std::ops::Range<usize>, depth: usize) -> Result<Node, Fault> {
    if depth > DEEPEST {
        return Err(too_deep().at(&span));
    }
    let out_of_range = |given: &str| {
        Fault::new(
            "file.number",
            format!(
                "the number {} is out of range",
                given.chars().take(60).collect::<String>()
            ),
        )
        .at(&span)
    };
    let value = match value {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Boolean(yes) => Value::Bool(yes),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Integer(integer) => {
            let (digits, radix) = (integer.as_str(), integer.radix());
            if let Ok(number) = u64::from_str_radix(digits, radix) {
                Value::Unsigned(number)
            } else {
                let number = i64::from_str_radix(digits, radix);
                Value::Negative(number.map_err(|_| out_of_range(digits))?)
            }
        }
        DeValue::Float(float) => {
            let number = float.as_str().parse::<f64>();
            let number = number.map_err(|_| out_of_range(float.as_str()))?;
            if number.is_infinite() && !float.as_str().contains("inf") {
                return Err(out_of_range(float.as_str()));
            }
            Value::Float(number)
        }
        DeValue::Array(items) => Value::List(
            items
                .into_iter()
                .map(|item| {
                    let span = item.span();
                    node(item.into_inner(), span, depth + 1)
                })
                .collect::<Result<_, _>>()?,
        ),
        DeValue::Table(entries) => {
            let mut entries = entries
                .into_iter()
                .map(|(key, value)| {
                    let span = value.span();
                    Ok(Entry {
                        key_span: key.span(),
                        key: key.into_inner().into_owned(),
                        node: node(value.into_inner(), span, depth + 1)?,
                    })
                })
                .collect::<Result<Vec<_>, Fault>>()?;
            entries.sort_by_key(|entry| entry.key_span.start);
            Value::Table(entries)
        }
    };
    Ok(Node { span, value })
}
