//! Conditions in short: the counterpart of what is put in full when a file is read.

use std::collections::BTreeSet;

use super::piece::{Field, Form, Piece};
use crate::facts::vocabulary::Fact;
use crate::shorthand::shape::{Content, Shape};

pub(super) fn shorten(piece: &mut Piece, shape: &Shape, declared: &BTreeSet<String>) {
    match shape {
        Shape::Condition => condition(piece, declared),
        Shape::Value(Content::Condition) => {
            if let Some(fields) = piece.fields() {
                let value = fields.iter_mut().find(|field| field.key == "value");
                if let Some(value) = value {
                    condition(&mut value.piece, declared);
                }
            }
        }
        Shape::List(inner) => {
            if let Form::List(items) = &mut piece.form {
                for item in items {
                    shorten(item, inner, declared);
                }
            }
        }
        Shape::Table { .. } => {
            if let Some(fields) = piece.fields() {
                for field in fields {
                    if let Some(inner) = shape.field(&field.key) {
                        shorten(&mut field.piece, inner, declared);
                    }
                }
            }
        }
        Shape::Value(Content::Plain) | Shape::Question => {}
    }
}

fn condition(piece: &mut Piece, declared: &BTreeSet<String>) {
    let Some(fields) = piece.fields() else {
        return;
    };
    if let [
        Field {
            key,
            piece: Piece {
                form: Form::List(parts),
                ..
            },
        },
    ] = fields.as_mut_slice()
    {
        for part in parts.iter_mut() {
            condition(part, declared);
        }
        if key == "all_of" && parts.len() > 1 {
            if let Some(merged) = merged(parts) {
                *fields = merged;
            }
        }
        return;
    }
    let named = piece.get("fact").and_then(Piece::as_text).map(String::from);
    let known =
        named.filter(|fact| declared.contains(fact) || Fact::named(fact.clone()).is_of_pathology());
    let Some(fact) = known else { return };
    let keys = ["all_of", "any_of", "none_of", "fact"];
    if keys.contains(&fact.as_str()) || STATED.contains(&fact.as_str()) {
        return;
    }
    piece.take("fact");
    let value = match piece.take("is") {
        Some(Piece {
            form: Form::List(mut values),
            ..
        }) if values.len() == 1 => values.remove(0),
        Some(is) => is,
        None => {
            let limits = std::mem::replace(&mut piece.form, Form::List(Vec::new()));
            Piece::of(limits)
        }
    };
    piece.form = Form::Table(vec![Field {
        key: fact,
        piece: value,
    }]);
}

use crate::shorthand::shape::STATED_BY as STATED;

/// The parts of `all_of` as fields of one table, where each is a table of one field and no two are alike.
fn merged(parts: &[Piece]) -> Option<Vec<Field>> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    let mut a_fact = false;
    for part in parts {
        let Form::Table(fields) = &part.form else {
            return None;
        };
        let [only] = fields.as_slice() else {
            return None;
        };
        let long = matches!(&*only.key, "fact" | "is" | "all_of");
        if long || !seen.insert(&only.key) {
            return None;
        }
        a_fact |= !matches!(&*only.key, "any_of" | "none_of");
        out.push(only.clone());
    }
    a_fact.then_some(out)
}
