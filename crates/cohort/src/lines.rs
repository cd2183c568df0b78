//! NDJSON: one JSON object a line.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::cell::Cell;
use crate::error::CohortError;

/// An object whose names are all different.
struct Object(Vec<(String, Value)>);

impl Object {
    fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.swap_remove(at).1)
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;

        impl<'de> Visitor<'de> for Names {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut values: Vec<(String, Value)> = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, Value>()? {
                    if values.iter().any(|(known, _)| *known == name) {
                        return Err(A::Error::custom("a name twice"));
                    }
                    values.push((name, value));
                }
                Ok(Object(values))
            }
        }

        deserializer.deserialize_map(Names)
    }
}

fn object(line: &[u8]) -> Option<Object> {
    serde_json::from_slice(line).ok()
}

/// The names in the first line.
pub(crate) fn header(line: &[u8]) -> Result<Vec<String>, CohortError> {
    let object = object(line).ok_or(CohortError::NotAnObject)?;
    Ok(object.0.into_iter().map(|(name, _)| name).collect())
}

/// The cells of a line in the order of the names, and the other names under which it has values; none where
/// it is no object, or has a name twice.
pub(crate) fn cells(line: &[u8], names: &[String]) -> Option<(Vec<Cell>, Vec<String>)> {
    let mut object = object(line)?;
    let cells: Vec<Cell> = names
        .iter()
        .map(|name| match object.take(name) {
            None | Some(Value::Null) => Cell::Missing,
            Some(Value::String(text)) => Cell::Text(text),
            Some(Value::Number(number)) if number.is_f64() => Cell::Real(number.to_string()),
            Some(Value::Number(number)) => Cell::Text(number.to_string()),
            Some(Value::Bool(_) | Value::Array(_) | Value::Object(_)) => Cell::Other,
        })
        .collect();
    let left = object.0.into_iter();
    let left = left.filter(|(_, value)| !value.is_null());
    Some((cells, left.map(|(name, _)| name).collect()))
}

/// A list of objects as lines, each of which has every name of any of them.
pub(crate) fn of_list(bytes: &[u8]) -> Result<Vec<u8>, CohortError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let list: Vec<Value> =
        serde_json::from_slice(bytes).map_err(|error| CohortError::NotAList(error.to_string()))?;
    let mut names = Map::new();
    for name in list.iter().filter_map(Value::as_object).flat_map(Map::keys) {
        names.entry(name).or_insert(Value::Null);
    }
    let mut lines = Vec::with_capacity(bytes.len());
    for (at, value) in list.into_iter().enumerate() {
        let value = match value {
            // the first line names the columns
            Value::Object(object) if at == 0 => {
                let mut whole = names.clone();
                whole.extend(object);
                Value::Object(whole)
            }
            other => other,
        };
        // writing to memory does not fail
        let _ = serde_json::to_writer(&mut lines, &value);
        lines.push(b'\n');
    }
    Ok(lines)
}
