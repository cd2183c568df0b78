//! The comments of a TOML file, each with the value it stands before.

use std::ops::Range;

use chemorad_reader::{Node, Value};

use super::piece::{Form, Piece};

/// Gives each comment to the value that follows it; one behind a value, on its line, to that value.
pub(super) fn attach(root: &mut Piece, tree: &Node, text: &str) {
    let mut found = comments(text).into_iter().peekable();
    let mut starts = Vec::new();
    anchors(tree, &mut Vec::new(), &mut starts);
    starts.sort_by_key(|(start, way)| (*start, way.len()));
    let mut last: Option<Vec<usize>> = None;
    for (start, way) in starts {
        while let Some(comment) = found.next_if(|comment| comment.start < start) {
            let line = text[..comment.start].rfind('\n').map_or(0, |at| at + 1);
            let behind = !text[line..comment.start].trim().is_empty();
            let to = last.as_ref().filter(|_| behind).unwrap_or(&way);
            give(root, to, &text[comment]);
        }
        last = Some(way);
    }
    // what stands at the end belongs to the last value
    for comment in found {
        give(root, last.as_deref().unwrap_or(&[]), &text[comment]);
    }
}

fn give(root: &mut Piece, way: &[usize], comment: &str) {
    let mut piece = root;
    for step in way {
        let next = match &mut piece.form {
            Form::List(items) => items.get_mut(*step),
            Form::Table(fields) => fields.get_mut(*step).map(|field| &mut field.piece),
            Form::Text(_) | Form::Raw(_) => None,
        };
        match next {
            Some(next) => piece = next,
            None => return,
        }
    }
    piece.comments.push(comment.trim_end().to_string());
}

/// Where each value begins, with the steps to it.
fn anchors(node: &Node, way: &mut Vec<usize>, out: &mut Vec<(usize, Vec<usize>)>) {
    let mut inside = |step: usize, start: usize, node: &Node, out: &mut Vec<_>| {
        way.push(step);
        out.push((start, way.clone()));
        anchors(node, way, out);
        way.pop();
    };
    match &node.value {
        Value::List(items) => {
            for (step, item) in items.iter().enumerate() {
                inside(step, item.span.start, item, out);
            }
        }
        Value::Table(entries) => {
            for (step, entry) in entries.iter().enumerate() {
                inside(step, entry.key_span.start, &entry.node, out);
            }
        }
        _ => {}
    }
}

/// The comments of a text, outside its strings.
fn comments(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        at = match bytes[at] {
            b'#' => {
                let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
                out.push(at..end);
                end
            }
            quote @ (b'"' | b'\'') => string_end(bytes, at, quote),
            _ => at + 1,
        };
    }
    out
}

/// Where a string ends that begins here.
fn string_end(bytes: &[u8], start: usize, quote: u8) -> usize {
    let three = [quote; 3];
    let long = bytes[start..].starts_with(&three);
    let mut at = start + if long { 3 } else { 1 };
    while at < bytes.len() {
        if bytes[at] == b'\\' && quote == b'"' {
            at += 2;
        } else if long && bytes[at..].starts_with(&three) {
            // up to two quotes may stand before the three that close
            let run = bytes[at..].iter().take_while(|byte| **byte == quote);
            return at + run.count().min(5);
        } else if !long && (bytes[at] == quote || bytes[at] == b'\n') {
            return at + 1;
        } else {
            at += 1;
        }
    }
    at
}
