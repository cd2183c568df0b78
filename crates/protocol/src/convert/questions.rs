//! A question that stands in several places is written once and named in the others.

use std::collections::{BTreeMap, BTreeSet};

use super::piece::{Form, Piece};
use crate::shorthand::questions::{STANDARD, StandardQuestion, StandardValue};
use crate::shorthand::shape::{PROTOCOL, Shape};

/// The questions of a file by their ids; none where two of an id differ.
#[derive(Debug, Default)]
pub(super) struct Questions {
    known: BTreeMap<String, Option<Piece>>,
    written: BTreeSet<String>,
}

impl Questions {
    /// Those of a file.
    pub(super) fn of(root: &mut Piece) -> Self {
        let mut questions = Self::default();
        each(root, &PROTOCOL, &mut |question, _| {
            let mut plain = question.clone();
            plain.take_comments();
            let Some(id) = plain.get("id").and_then(Piece::as_text).map(String::from) else {
                return;
            };
            match questions.known.get(&id) {
                None => {
                    questions.known.insert(id, Some(plain));
                }
                Some(Some(earlier)) if *earlier == plain => {}
                Some(_) => {
                    questions.known.insert(id, None);
                }
            }
        });
        questions
    }

    /// Names the questions that were written before, and those that are standard ones word for word.
    pub(super) fn name(&mut self, root: &mut Piece) {
        each(root, &PROTOCOL, &mut |question, values| {
            self.one(question, values);
        });
    }

    fn one(&mut self, question: &mut Piece, values: &mut Option<Piece>) {
        let Some(id) = question
            .get("id")
            .and_then(Piece::as_text)
            .map(String::from)
        else {
            return;
        };
        let Some(Some(plain)) = self.known.get(&id) else {
            return;
        };
        let standard = STANDARD.iter().find(|one| one.id == id && same(one, plain));
        if standard.is_some() || !self.written.insert(id.clone()) {
            question.form = Form::Text(id);
        }
        let same = |standard: &StandardQuestion| {
            values
                .as_ref()
                .is_some_and(|values| same_values(standard, values))
        };
        if standard.is_some_and(same) {
            *values = None;
        }
    }
}

/// Goes through the questions of a file, each with the values of its choices.
fn each(piece: &mut Piece, shape: &Shape, visit: &mut impl FnMut(&mut Piece, &mut Option<Piece>)) {
    match (&mut piece.form, shape) {
        (_, Shape::Question) => visit(piece, &mut None),
        (Form::Table(fields), Shape::Value(_)) => {
            let Some(at) = fields.iter().position(|field| field.key == "question") else {
                return;
            };
            let mut values = piece.get("values").cloned();
            let before = values.is_some();
            if let Some(fields) = piece.fields() {
                visit(&mut fields[at].piece, &mut values);
            }
            if before && values.is_none() {
                piece.take("values");
            }
        }
        (Form::List(items), Shape::List(inner)) => {
            for item in items {
                each(item, inner, visit);
            }
        }
        (Form::Table(fields), Shape::Table { .. }) => {
            for field in fields {
                if let Some(inner) = shape.field(&field.key) {
                    each(&mut field.piece, inner, visit);
                }
            }
        }
        _ => {}
    }
}

fn same(standard: &StandardQuestion, piece: &Piece) -> bool {
    let Form::Table(fields) = &piece.form else {
        return false;
    };
    let text = |key: &str| piece.get(key).and_then(Piece::as_text);
    let Some(Form::List(choices)) = piece.get("choices").map(|choices| &choices.form) else {
        return false;
    };
    fields.len() == 4
        && text("question") == Some(standard.question)
        && text("why") == Some(standard.why)
        && choices
            .iter()
            .map(Piece::as_text)
            .eq(standard.choices().iter().map(|one| Some(one.as_str())))
}

fn same_values(standard: &StandardQuestion, values: &Piece) -> bool {
    let Form::List(values) = &values.form else {
        return false;
    };
    values.len() == standard.values().len()
        && values
            .iter()
            .zip(standard.values())
            .all(|(value, known)| match known {
                StandardValue::Number(number) => value.form == Form::Raw(number.to_string()),
                StandardValue::Text(text) => value.as_text() == Some(text),
            })
}
