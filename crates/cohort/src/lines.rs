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

/// Reads an object into what stands outside: what was read before a fault is kept.
struct Into<'v>(&'v mut Vec<(String, Value)>);

impl<'de> Visitor<'de> for Into<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(entry) = map.next_entry::<String, Value>()? {
            self.0.push(entry);
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut values = Vec::new();
        deserializer.deserialize_map(Into(&mut values))?;
        Ok(Self(values))
    }
}

/// A line that is not read: what was read of it, and why not more.
#[derive(Debug)]
pub(crate) struct BrokenLine {
    values: Vec<(String, Value)>,
    pub(crate) why: String,
}

impl BrokenLine {
    /// The text or whole number that stands once under a name.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let mut found = self.values.iter().filter(|(known, _)| known == name);
        let (Some((_, value)), None) = (found.next(), found.next()) else {
            return None;
        };
        match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) if !number.is_f64() => Some(number.to_string()),
            _ => None,
        }
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

fn object(line: &[u8]) -> Result<Object, BrokenLine> {
    let mut values = Vec::new();
    let mut read = serde_json::Deserializer::from_slice(line);
    let whole = read.deserialize_map(Into(&mut values));
    let object = Object(values);
    let why = match whole.and_then(|()| read.end()) {
        Err(error) => format!("the line is no JSON object: {error}"),
        Ok(()) => match object.twice() {
            None => return Ok(object),
            Some(name) => {
                format!("it has the name {name:?} twice, and which value is meant is not known")
            }
        },
    };
    Err(BrokenLine {
        values: object.0,
        why,
    })
}

/// The names in the first line.
pub(crate) fn header(line: &[u8]) -> Result<Vec<String>, CohortError> {
    let object = object(line).map_err(|_| CohortError::NotAnObject)?;
    Ok(object.0.into_iter().map(|(name, _)| name).collect())
}

/// The cells of a line in the order of the names, and the other names under which it has values.
///
/// # Errors
/// It is no object, or has a name twice.
pub(crate) fn cells(line: &[u8], names: &[String]) -> Result<(Vec<Cell>, Vec<String>), BrokenLine> {
    let mut object = object(line)?;
    let cells: Vec<Cell> = names
        .iter()
        .map(|name| match object.take(name) {
            None | Some(Value::Null) => Cell::Missing,
            Some(Value::String(text)) => Cell::Text(text),
            Some(Value::Number(number)) => match number.as_f64().filter(|_| number.is_f64()) {
                Some(real) => Cell::real(real),
                None => Cell::Text(number.to_string()),
            },
            Some(other) => Cell::other(&other.to_string()),
        })
        .collect();
    let left = object.0.into_iter();
    let left = left.filter(|(_, value)| !value.is_null());
    Ok((cells, left.map(|(name, _)| name).collect()))
}

/// A list of objects as lines, the first of which has every name of any of them.
pub(crate) fn of_list(bytes: &[u8]) -> Result<Vec<u8>, CohortError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.trim_ascii_start().starts_with(b"{") {
        return Err(CohortError::ObjectNoList);
    }
    let mut list: Vec<Item> =
        serde_json::from_slice(bytes).map_err(|error| CohortError::NotAList(error.to_string()))?;
    if list.is_empty() {
        return Err(CohortError::EmptyList);
    }
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
