//! NDJSON: one JSON object a line.

use serde_json::{Map, Value};

use crate::error::CohortError;

/// A value of an object as a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Missing,
    Text(String),
    /// A list, an object, true or false.
    Other,
}

fn object(line: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice(line).ok()
}

/// The names in the first line.
pub(crate) fn header(line: &[u8]) -> Result<Vec<String>, CohortError> {
    let object = object(line).ok_or(CohortError::NotAnObject)?;
    Ok(object.into_iter().map(|(name, _)| name).collect())
}

/// The cells of a line in the order of the names; none where it is no object.
pub(crate) fn cells(line: &[u8], names: &[String]) -> Option<Vec<Cell>> {
    let mut object = object(line)?;
    let cells = names.iter().map(|name| match object.remove(name) {
        None | Some(Value::Null) => Cell::Missing,
        Some(Value::String(text)) => Cell::Text(text),
        Some(Value::Number(number)) => Cell::Text(number.to_string()),
        Some(Value::Bool(_) | Value::Array(_) | Value::Object(_)) => Cell::Other,
    });
    Some(cells.collect())
}
