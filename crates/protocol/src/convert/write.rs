//! The file that comes out, in TOML or in JSON.

use super::piece::{Field, Form, Piece};

/// Longer ones are not put on one line where they need not be.
const LINE: usize = 150;

/// A text as TOML and JSON write it.
fn quoted(text: &str) -> String {
    // every text can be written
    let json = serde_json::to_string(text).unwrap_or_default();
    json.replace('\u{7f}', "\\u007f")
}

fn key(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !key.is_empty() && key.chars().all(bare) {
        key.to_string()
    } else {
        quoted(key)
    }
}

pub(super) fn toml(root: &mut Piece) -> String {
    let mut out = String::new();
    table(root, "", &mut out);
    out
}

fn comments(piece: &mut Piece, out: &mut String) {
    for comment in piece.take_comments() {
        out.push_str(&comment);
        out.push('\n');
    }
}

/// The fields of a table, and below them the tables that have a heading.
fn table(piece: &mut Piece, path: &str, out: &mut String) {
    let Some(fields) = piece.fields() else {
        return;
    };
    for field in fields.iter_mut().filter(|field| !has_heading(field)) {
        line(&key(&field.key), &mut field.piece, out);
    }
    for field in fields.iter_mut().filter(|field| has_heading(field)) {
        let path = if path.is_empty() {
            key(&field.key)
        } else {
            format!("{path}.{}", key(&field.key))
        };
        let own = std::mem::take(&mut field.piece.comments);
        match &mut field.piece.form {
            Form::List(items) => {
                if let Some(first) = items.first_mut() {
                    first.comments.splice(0..0, own);
                }
                for item in items {
                    heading(item, &path, ("[[", "]]"), out);
                }
            }
            Form::Table(sections) if field.key == "passages" => {
                for section in sections {
                    let path = format!("{path}.{}", key(&section.key));
                    heading(&mut section.piece, &path, ("[", "]"), out);
                }
            }
            _ => {
                field.piece.comments = own;
                heading(&mut field.piece, &path, ("[", "]"), out);
            }
        }
    }
}

fn heading(piece: &mut Piece, path: &str, (open, close): (&str, &str), out: &mut String) {
    out.push('\n');
    for comment in std::mem::take(&mut piece.comments) {
        out.push_str(&comment);
        out.push('\n');
    }
    out.push_str(&[open, path, close, "\n"].concat());
    table(piece, path, out);
}

/// A field on its line; a long table on a line for each of its fields, a list of tables on one for each.
fn line(name: &str, piece: &mut Piece, out: &mut String) {
    comments(piece, out);
    let whole = inline(piece);
    match &mut piece.form {
        Form::Table(fields)
            if name.len() + whole.len() > LINE
                && fields.iter().any(|field| field.key == "question") =>
        {
            for field in fields {
                line(
                    &format!("{name}.{}", key(&field.key)),
                    &mut field.piece,
                    out,
                );
            }
        }
        _ => out.push_str(&[name, " = ", &whole, "\n"].concat()),
    }
}

fn inline(piece: &Piece) -> String {
    match &piece.form {
        Form::Text(text) => quoted(text),
        Form::Raw(raw) => raw.clone(),
        Form::List(items) => {
            let items: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Form::Table(fields) if fields.is_empty() => "{}".to_string(),
        Form::Table(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|field| format!("{} = {}", key(&field.key), inline(&field.piece)))
                .collect();
            format!("{{ {} }}", fields.join(", "))
        }
    }
}

/// Whether a field is a table or a list of tables with a heading.
fn has_heading(field: &Field) -> bool {
    match &field.piece.form {
        Form::Table(_) => matches!(&*field.key, "source" | "start" | "passages"),
        Form::List(items) => {
            !matches!(&*field.key, "tests" | "before")
                && !items.is_empty()
                && items.iter().all(|item| {
                    item.get("id").is_some()
                        || item.get("name").is_some()
                        || item.get("volume").is_some()
                        || item.get("version").is_some()
                        || item.get("action").is_some()
                        || item.get("metric").is_some()
                        || item.get("rule_set").is_some()
                        || item.get("question").is_some()
                })
        }
        Form::Text(_) | Form::Raw(_) => false,
    }
}

pub(super) fn json(root: &Piece) -> String {
    let mut out = String::new();
    nested(root, 0, &mut out);
    out.push('\n');
    out
}

fn nested(piece: &Piece, depth: usize, out: &mut String) {
    let line = |depth: usize, out: &mut String| {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    };
    match &piece.form {
        Form::Text(text) => out.push_str(&quoted(text)),
        Form::Raw(raw) => out.push_str(raw),
        Form::List(items) if items.is_empty() => out.push_str("[]"),
        Form::Table(fields) if fields.is_empty() => out.push_str("{}"),
        Form::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                line(depth + 1, out);
                nested(item, depth + 1, out);
            }
            line(depth, out);
            out.push(']');
        }
        Form::Table(fields) => {
            out.push('{');
            for (index, field) in fields.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                line(depth + 1, out);
                out.push_str(&quoted(&field.key));
                out.push_str(": ");
                nested(&field.piece, depth + 1, out);
            }
            line(depth, out);
            out.push('}');
        }
    }
}
