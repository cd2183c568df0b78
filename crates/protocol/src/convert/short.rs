//! Words in place turned into citations, and the citation that most values of a table share put once.

use super::ids::Ids;
use super::piece::{Field, Form, Piece};
use crate::shorthand::shape::{From, STATED_BY, Shape};

/// Turns quotes into citations.
pub(super) fn cite(piece: &mut Piece, shape: &Shape, ids: &mut Ids) {
    match shape {
        Shape::Value(_) => {
            let in_place = (piece.take("quote"), piece.take("locator"));
            if let (Some(quote), Some(locator)) = &in_place {
                if let (Some(quote), Some(locator)) = (quote.as_text(), locator.as_text()) {
                    piece.put("from", Piece::text(ids.of(quote, locator)));
                }
            }
            cite_quotes(piece, ids);
            if let Some(fields) = piece.fields() {
                let question = fields.iter_mut().find(|field| field.key == "question");
                if let Some(question) = question {
                    cite_quotes(&mut question.piece, ids);
                }
            }
        }
        Shape::Question => cite_quotes(piece, ids),
        Shape::Condition => {}
        Shape::List(inner) => {
            if let Form::List(items) = &mut piece.form {
                for item in items {
                    cite(item, inner, ids);
                }
            }
        }
        Shape::Table { from, .. } => {
            if *from == From::Own {
                let id = piece.take("quote").and_then(|quote| id_of(&quote, ids));
                if let Some(id) = id {
                    put_early(piece, Piece::text(id));
                }
            }
            if let Some(fields) = piece.fields() {
                for field in fields {
                    if let Some(inner) = shape.field(&field.key) {
                        cite(&mut field.piece, inner, ids);
                    }
                }
            }
        }
    }
}

fn id_of(quote: &Piece, ids: &mut Ids) -> Option<String> {
    Some(ids.of(
        quote.get("text")?.as_text()?,
        quote.get("locator")?.as_text()?,
    ))
}

fn cite_quotes(piece: &mut Piece, ids: &mut Ids) {
    let Some(quotes) = piece.take("quotes") else {
        return;
    };
    let Form::List(quotes) = quotes.form else {
        return;
    };
    let mut cited: Vec<Piece> = Vec::new();
    for id in quotes.iter().filter_map(|quote| id_of(quote, ids)) {
        cited.push(Piece::text(id));
    }
    match <[Piece; 1]>::try_from(cited) {
        Ok([only]) => piece.put("from", only),
        Err(cited) if cited.is_empty() => {}
        Err(several) => piece.put("from", Piece::of(Form::List(several))),
    }
}

/// Puts the citation behind the names of a table.
fn put_early(piece: &mut Piece, citation: Piece) {
    let Some(fields) = piece.fields() else {
        return;
    };
    let named = |field: &Field| matches!(&*field.key, "id" | "name" | "title" | "volume" | "kind");
    let at = fields.iter().position(|field| !named(field));
    let field = Field {
        key: "from".to_string(),
        piece: citation,
    };
    fields.insert(at.unwrap_or(fields.len()), field);
}

/// Puts the citation of a table once, where its values share one.
pub(super) fn share(piece: &mut Piece, shape: &Shape) {
    match shape {
        Shape::List(inner) => {
            if let Form::List(items) = &mut piece.form {
                for item in items {
                    share(item, inner);
                }
            }
        }
        Shape::Table { from, .. } => {
            let shared = match from {
                From::Field => None,
                From::Own => piece.get("from").cloned(),
                From::Default => most_common(piece, shape),
            };
            if let Some(shared) = shared {
                leave_out(piece, shape, &shared);
                if *from == From::Default {
                    put_early(piece, shared);
                }
            }
            if let Some(fields) = piece.fields() {
                for field in fields {
                    match shape.field(&field.key) {
                        // what lies in a table that shares a citation has taken it
                        Some(inner) if *from == From::Field || holds_own(inner) => {
                            share(&mut field.piece, inner);
                        }
                        _ => {}
                    }
                }
            }
        }
        Shape::Value(_) | Shape::Question | Shape::Condition => {}
    }
}

/// Whether there are tables with a citation of their own in it.
fn holds_own(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::List(Shape::Table {
            from: From::Own,
            ..
        })
    )
}

/// What one value or question cites.
struct Use<'p> {
    citation: Option<&'p Piece>,
    stated: bool,
}

fn uses<'p>(piece: &'p Piece, shape: &Shape, out: &mut Vec<Use<'p>>) {
    match (&piece.form, shape) {
        (Form::Table(_), Shape::Value(_)) => match piece.get("question") {
            Some(question) => uses(question, &Shape::Question, out),
            None => out.push(Use {
                citation: piece.get("from"),
                stated: piece.get("reason").is_none(),
            }),
        },
        (Form::Table(_), Shape::Question) => out.push(Use {
            citation: piece.get("from"),
            stated: false,
        }),
        (Form::List(items), Shape::List(inner)) => {
            for item in items {
                uses(item, inner, out);
            }
        }
        (Form::Table(fields), Shape::Table { from, .. }) if *from != From::Own => {
            for field in fields {
                if let Some(inner) = shape.field(&field.key) {
                    uses(&field.piece, inner, out);
                }
            }
        }
        _ => {}
    }
}

/// The citation that is worth putting once.
fn most_common(piece: &Piece, shape: &Shape) -> Option<Piece> {
    let Form::Table(fields) = &piece.form else {
        return None;
    };
    let mut all = Vec::new();
    for field in fields {
        if let Some(inner) = shape.field(&field.key) {
            uses(&field.piece, inner, &mut all);
        }
    }
    let none = all.iter().filter(|one| one.citation.is_none()).count();
    let mut best: Option<(usize, &Piece)> = None;
    for one in &all {
        let Some(citation) = one.citation else {
            continue;
        };
        let same = all.iter().filter(|other| other.citation == Some(citation));
        // a value that is stated needs no table of its own then
        let gain: usize = same.map(|other| 1 + usize::from(other.stated)).sum();
        if best.is_none_or(|(most, _)| gain > most) {
            best = Some((gain, citation));
        }
    }
    best.filter(|(gain, _)| *gain > 1 + none)
        .map(|(_, citation)| citation.clone())
}

/// Leaves a citation out where the table around has it.
fn leave_out(piece: &mut Piece, shape: &Shape, shared: &Piece) {
    match shape {
        Shape::Value(_) => {
            if let Some(fields) = piece.fields() {
                let question = fields.iter_mut().find(|field| field.key == "question");
                if let Some(question) = question {
                    leave_out(&mut question.piece, &Shape::Question, shared);
                    return;
                }
            }
            without(piece, shared);
            let Form::Table(fields) = &mut piece.form else {
                return;
            };
            if fields.len() == 1 && fields[0].key == "value" && is_bare(&fields[0].piece) {
                let mut value = fields.remove(0).piece;
                piece.comments.append(&mut value.comments);
                piece.form = value.form;
            }
        }
        Shape::Question => without(piece, shared),
        Shape::Condition => {}
        Shape::List(inner) => {
            if let Form::List(items) = &mut piece.form {
                for item in items {
                    leave_out(item, inner, shared);
                }
            }
        }
        Shape::Table { .. } => {
            if let Some(fields) = piece.fields() {
                for field in fields {
                    match shape.field(&field.key) {
                        Some(inner) if !holds_own(inner) => {
                            leave_out(&mut field.piece, inner, shared);
                        }
                        _ => {}
                    }
                }
            }
        }
    }
}

fn without(piece: &mut Piece, shared: &Piece) {
    if !matches!(piece.form, Form::Table(_)) {
        return;
    }
    match piece.get("from") {
        Some(citation) if citation == shared => {
            piece.take("from");
        }
        Some(_) => {}
        // it cites nothing, and must go on doing so
        None => piece.put("from", Piece::of(Form::List(Vec::new()))),
    }
}

/// Whether a value can stand without the table around it.
fn is_bare(value: &Piece) -> bool {
    match &value.form {
        Form::Table(fields) => fields
            .iter()
            .all(|field| !STATED_BY.contains(&field.key.as_str())),
        _ => true,
    }
}

/// Puts the fields of a question beside what it leaves open: `days.question`, `days.why`.
pub(super) fn flatten(piece: &mut Piece, shape: &Shape) {
    match shape {
        Shape::Question | Shape::Condition => {}
        Shape::Value(_) => open_question(piece),
        Shape::List(inner) => {
            if let Form::List(items) = &mut piece.form {
                for item in items {
                    flatten(item, inner);
                }
            }
        }
        Shape::Table { .. } => {
            if matches!(shape.field("question"), Some(Shape::Question)) {
                open_question(piece);
            }
            if let Some(fields) = piece.fields() {
                for field in fields {
                    if let Some(inner) = shape.field(&field.key) {
                        flatten(&mut field.piece, inner);
                    }
                }
            }
        }
    }
}

fn open_question(piece: &mut Piece) {
    let Some(fields) = piece.fields() else {
        return;
    };
    let at = fields.iter().position(|field| field.key == "question");
    let Some(at) = at.filter(|at| matches!(fields[*at].piece.form, Form::Table(_))) else {
        return;
    };
    let mut question = fields.remove(at).piece;
    let mut comments = std::mem::take(&mut question.comments);
    if let Form::Table(parts) = question.form {
        fields.splice(at..at, parts);
    }
    piece.comments.append(&mut comments);
}
