//! A file while it is converted: its values in order, each with the comments that stand before it.

use chemorad_reader::{Node, Value};

/// A value with its comments.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) comments: Vec<String>,
    pub(super) form: Form,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    Text(String),
    /// A number or a truth value, as the file writes it.
    Raw(String),
    List(Vec<Piece>),
    Table(Vec<Field>),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field {
    pub(super) key: String,
    pub(super) piece: Piece,
}

impl Piece {
    pub(super) fn of(form: Form) -> Self {
        Self {
            comments: Vec::new(),
            form,
        }
    }

    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::of(Form::Text(text.into()))
    }

    /// From the tree of a file; what is null is left out.
    pub(super) fn read(node: &Node, source: &str) -> Self {
        Self::of(match &node.value {
            Value::Text(text) => Form::Text(text.clone()),
            Value::List(items) => {
                Form::List(items.iter().map(|item| Self::read(item, source)).collect())
            }
            Value::Table(entries) => Form::Table(
                entries
                    .iter()
                    .filter(|entry| entry.node.value != Value::Null)
                    .map(|entry| Field {
                        key: entry.key.clone(),
                        piece: Self::read(&entry.node, source),
                    })
                    .collect(),
            ),
            _ => Form::Raw(
                source
                    .get(node.span.clone())
                    .unwrap_or_default()
                    .to_string(),
            ),
        })
    }

    pub(super) fn fields(&mut self) -> Option<&mut Vec<Field>> {
        match &mut self.form {
            Form::Table(fields) => Some(fields),
            _ => None,
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match &self.form {
            Form::Table(fields) => fields
                .iter()
                .find(|field| field.key == key)
                .map(|field| &field.piece),
            _ => None,
        }
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match &self.form {
            Form::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Takes a field out; its comments go to the value around it.
    pub(super) fn take(&mut self, key: &str) -> Option<Self> {
        let fields = self.fields()?;
        let at = fields.iter().position(|field| field.key == key)?;
        let mut taken = fields.remove(at).piece;
        let comments = taken.take_comments();
        self.comments.extend(comments);
        Some(taken)
    }

    /// All comments of the value and what it holds.
    pub(super) fn take_comments(&mut self) -> Vec<String> {
        let mut all = std::mem::take(&mut self.comments);
        match &mut self.form {
            Form::List(items) => items
                .iter_mut()
                .for_each(|item| all.extend(item.take_comments())),
            Form::Table(fields) => fields
                .iter_mut()
                .for_each(|field| all.extend(field.piece.take_comments())),
            Form::Text(_) | Form::Raw(_) => {}
        }
        all
    }

    pub(super) fn put(&mut self, key: &str, piece: Self) {
        if let Some(fields) = self.fields() {
            fields.push(Field {
                key: key.to_string(),
                piece,
            });
        }
    }
}
