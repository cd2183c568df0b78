//! Values by their paths, such as `arms[2].when`.

use super::node::{Node, Value};

/// The fields that name an element of a list, in the order they are looked for.
const NAMES: [&str; 4] = ["id", "name", "volume", "version"];

/// The value a path leads to, and whether it leads all the way: `arms[2].when`,
/// `drugs.capecitabine.days`, or a mixture. Where a step leads nowhere the value before it stands
/// for it: that is where something is missing.
pub(crate) fn resolve<'n>(root: &'n Node, path: &str) -> (&'n Node, bool) {
    let mut node = root;
    let mut rest = path;
    while !rest.is_empty() {
        rest = rest.strip_prefix('.').unwrap_or(rest);
        let Some((next, left)) = step(node, rest) else {
            return (node, false);
        };
        (node, rest) = (next, left);
    }
    (node, true)
}

fn step<'n, 'p>(node: &'n Node, path: &'p str) -> Option<(&'n Node, &'p str)> {
    match &node.value {
        Value::List(items) => {
            if let Some((index, rest)) = path.strip_prefix('[').and_then(|p| p.split_once(']')) {
                return Some((items.get(index.parse::<usize>().ok()?)?, rest));
            }
            // names may hold dots: the longest that fits is meant
            let named = |item: &'n Node| NAMES.iter().find_map(|field| item.get(field)?.text());
            items
                .iter()
                .filter_map(|item| Some((item, after(path, named(item)?)?)))
                .min_by_key(|(_, rest)| rest.len())
        }
        Value::Table(entries) => entries
            .iter()
            .filter_map(|entry| Some((&entry.node, after(path, &entry.key)?)))
            .min_by_key(|(_, rest)| rest.len()),
        _ => None,
    }
}

/// What follows a name at the start of a path.
fn after<'p>(path: &'p str, name: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(name)?;
    (!name.is_empty() && (rest.is_empty() || rest.starts_with(['.', '[']))).then_some(rest)
}

/// Every text, number and truth value with its path, in the order of the file.
pub(crate) fn values(root: &Node) -> Vec<(String, &Node)> {
    let mut out = Vec::new();
    collect(root, String::new(), &mut out);
    out
}

fn collect<'n>(node: &'n Node, path: String, out: &mut Vec<(String, &'n Node)>) {
    match &node.value {
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, format!("{path}[{index}]"), out);
            }
        }
        Value::Table(entries) => {
            for entry in entries {
                let point = if path.is_empty() { "" } else { "." };
                collect(&entry.node, format!("{path}{point}{}", entry.key), out);
            }
        }
        _ => out.push((path, node)),
    }
}
