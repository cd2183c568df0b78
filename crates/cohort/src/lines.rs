//! NDJSON: one JSON object a line.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::cell::Cell;
use crate::error::CohortError;

/// The names and values of an object as they are written: a name that it has twice is there twice.
struct Object(Vec<(String, Value)>);

impl Object {
    fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.swap_remove(at).1)
    }

    /// The name that it has twice.
    fn twice(&self) -> Option<&str> {
        let mut known = HashSet::new();
        let mut names = self.0.iter().map(|(name, _)| name.as_str());
        names.find(|name| !known.insert(*name))
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
                let mut values = Vec::new();
                while let Some(entry) = map.next_entry::<String, Value>()? {
                    values.push(entry);
                }
                Ok(Object(values))
            }
        }

        deserializer.deserialize_map(Names)
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// What stands in a list.
#[derive(serde::Deserialize, serde::Serialize)]
#[serde(untagged)]
enum Item {
    Object(Object),
    Other(Value),
}

fn object(line: &[u8]) -> Option<Object> {
    let object: Object = serde_json::from_slice(line).ok()?;
    object.twice().is_none().then_some(object)
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

/// A list of objects as lines, the first of which has every name of any of them.
pub(crate) fn of_list(bytes: &[u8]) -> Result<Vec<u8>, CohortError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut list: Vec<Item> =
        serde_json::from_slice(bytes).map_err(|error| CohortError::NotAList(error.to_string()))?;
    let mut names = HashSet::new();
    let mut others = Vec::new();
    for (at, item) in list.iter().enumerate() {
        let Item::Object(object) = item else { continue };
        if let Some(name) = object.twice().filter(|_| at == 0) {
            return Err(CohortError::NotAList(format!(
                "the first object has the name {name:?} twice"
            )));
        }
        for (name, _) in &object.0 {
            if names.insert(name.clone()) && at > 0 {
                others.push((name.clone(), Value::Null));
            }
        }
    }
    // the first line names the columns; an object further on that has a name twice is a row that says so
    if let Some(Item::Object(first)) = list.first_mut() {
        first.0.extend(others);
    }
    let mut lines = Vec::with_capacity(bytes.len());
    for item in &list {
        // writing to memory does not fail
        let _ = serde_json::to_writer(&mut lines, item);
        lines.push(b'\n');
    }
    Ok(lines)
}
