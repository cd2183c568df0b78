//! Names for passages, made of their first words.

use std::collections::{BTreeMap, BTreeSet};

use super::piece::{Field, Form, Piece};

/// The passages of a file, in the order they are first met.
#[derive(Debug, Default)]
pub(super) struct Ids {
    known: BTreeMap<(String, String), String>,
    taken: BTreeSet<String>,
    list: Vec<Piece>,
}

/// Words that say little.
const SMALL: &[&str] = &[
    "a", "an", "and", "at", "for", "in", "is", "of", "on", "or", "the", "to", "with", "patients",
];

impl Ids {
    /// The id of a passage.
    pub(super) fn of(&mut self, text: &str, locator: &str) -> String {
        let key = (text.to_string(), locator.to_string());
        if let Some(id) = self.known.get(&key) {
            return id.clone();
        }
        let base = base(text);
        let mut id = base.clone();
        let mut number = 2;
        while !self.taken.insert(id.clone()) {
            id = format!("{base}_{number}");
            number += 1;
        }
        let field = |key: &str, text: &str| Field {
            key: key.to_string(),
            piece: Piece::text(text),
        };
        self.list.push(Piece::of(Form::Table(vec![
            field("id", &id),
            field("text", text),
            field("locator", locator),
        ])));
        self.known.insert(key, id.clone());
        id
    }

    pub(super) fn into_list(self) -> Vec<Piece> {
        self.list
    }
}

/// The first words, up to twenty letters.
fn base(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let mut id = String::new();
    for word in words.filter(|word| !word.is_empty() && !SMALL.contains(word)) {
        if !id.is_empty() && id.len() + word.len() > 20 {
            break;
        }
        if !id.is_empty() {
            id.push('_');
        }
        id.extend(word.chars().take(20));
    }
    if id.is_empty() {
        id.push_str("passage");
    }
    id
}
