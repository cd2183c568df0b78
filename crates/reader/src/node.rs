//! A file as a tree: every value with the bytes it stands in.

use std::ops::Range;

/// A value of a file with the bytes it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The bytes, in the text of the file.
    pub span: Range<usize>,
    /// The value.
    pub value: Value,
    /// Which of the samples it is, where the file has no value: put there so that what else is
    /// missing beside it is found.
    pub(crate) sample: Option<usize>,
}

/// What a value of a file is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// JSON's null.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Unsigned(u64),
    /// A whole number below zero.
    Negative(i64),
    /// A number with decimals.
    Float(f64),
    /// A text.
    Text(String),
    /// A bare date of TOML; no file that is read here has one.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// In the order of the file.
    Table(Vec<Entry>),
    /// Left out, because a fault of it is known.
    Removed,
}

/// A field of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its name.
    pub key: String,
    /// The bytes of the name.
    pub key_span: Range<usize>,
    /// Its value.
    pub node: Node,
}

impl Node {
    /// A value at a place.
    #[must_use]
    pub const fn new(span: Range<usize>, value: Value) -> Self {
        Self {
            span,
            value,
            sample: None,
        }
    }

    /// The value of a field, where this is a table that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Table(entries) => entries
                .iter()
                .find(|entry| entry.key == key)
                .map(|entry| &entry.node),
            _ => None,
        }
    }

    /// The text, where it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}
