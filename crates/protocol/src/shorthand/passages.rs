//! The passages of a file: listed once, cited by their ids.

use std::collections::BTreeMap;
use std::ops::Range;

use chemorad::text::Text;
use chemorad_reader::{Entry, Node, Problem, Value, nearest};
use serde::{Deserialize, Deserializer, Serialize};

use crate::lint::file_codes;

/// A passage of the protocol's source, listed once in a file and cited by what rests on it.
///
/// ```
/// use chemorad_protocol::library;
/// let file = library::file("NCT06949098").unwrap();
/// let passage = file.passages().first().unwrap();
/// assert!(!passage.text.is_empty() && passage.is_cited());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// The name by which it is cited.
    #[serde(deserialize_with = "filled")]
    pub id: Text,
    /// The words as written.
    #[serde(deserialize_with = "filled")]
    pub text: Text,
    /// The section they stand in.
    #[serde(deserialize_with = "filled")]
    pub locator: Text,
    #[serde(skip)]
    pub(crate) cited: bool,
    /// Its place in the file, as a path.
    #[serde(skip)]
    pub(crate) at: String,
}

impl Passage {
    /// Whether something in the file rests on it.
    #[must_use]
    pub const fn is_cited(&self) -> bool {
        self.cited
    }
}

/// A text with more in it than white space.
fn filled<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
    let text = Text::deserialize(deserializer)?;
    if text.trim().is_empty() {
        return Err(serde::de::Error::custom("there is no text in it"));
    }
    Ok(text)
}

/// All that citations may come to, in bytes: more is no protocol but a long text cited again and again.
const MOST: usize = 16 * 1024 * 1024;

/// An entry of the list as it is put in the place of a citation.
struct Words {
    /// Without its id.
    table: Vec<Entry>,
    bytes: usize,
    cited: bool,
    /// A fault of it is known.
    faulty: bool,
}

/// The passages of a file while it is put in full.
pub(crate) struct Passages {
    words: BTreeMap<String, Words>,
    read: Vec<Passage>,
    bytes: usize,
}

impl Passages {
    /// Takes the list out of a file.
    pub(crate) fn take(tree: &mut Node, problems: &mut Vec<Problem>) -> Self {
        let mut passages = Self {
            words: BTreeMap::new(),
            read: Vec::new(),
            bytes: 0,
        };
        for (at, item) in items(tree, problems) {
            passages.add(at, item, problems);
        }
        passages
    }

    fn add(&mut self, at: String, item: Node, problems: &mut Vec<Problem>) {
        let id = item.get("id").and_then(Node::text).map(String::from);
        if let (Some(id), Some(place)) = (&id, item.get("id")) {
            if self.words.contains_key(id) {
                let problem = Problem::new(
                    file_codes::PASSAGE_TWICE,
                    format!("the passage `{}` is listed twice", short(id)),
                );
                problems.push(
                    problem
                        .help("give each its own id, or keep one")
                        .at(&place.span),
                );
                return;
            }
        }
        let read = item.read::<Passage>();
        let faulty = read.is_err();
        match read {
            Ok(passage) => self.read.push(Passage { at, ..passage }),
            Err(faults) => problems.extend(faults),
        }
        let Some(id) = id else { return };
        let mut table = match item.value {
            Value::Table(entries) => entries,
            _ => Vec::new(),
        };
        table.retain(|entry| entry.key != "id");
        let texts = table.iter().filter_map(|entry| entry.node.text());
        let bytes = texts.map(str::len).sum();
        let words = Words {
            table,
            bytes,
            cited: false,
            faulty,
        };
        self.words.insert(id, words);
    }

    /// What a citation cites, passage by passage.
    pub(crate) fn cite(&mut self, node: &Node, problems: &mut Vec<Problem>) -> Vec<Node> {
        match &node.value {
            Value::Removed => Vec::new(),
            Value::Text(id) => vec![self.one(id, node, problems)],
            Value::List(ids) => {
                let mut put = Vec::new();
                for id in ids {
                    match &id.value {
                        Value::Removed => {}
                        Value::Text(text) => put.push(self.one(text, id, problems)),
                        _ => problems.push(no_id(id)),
                    }
                }
                put
            }
            _ => {
                problems.push(no_id(node));
                vec![stand_in(&node.span)]
            }
        }
    }

    /// The passage of an id, with the place of the citation.
    fn one(&mut self, id: &str, node: &Node, problems: &mut Vec<Problem>) -> Node {
        let Some(known) = self.words.get_mut(id) else {
            let ids: Vec<&str> = self.words.keys().map(String::as_str).collect();
            let help = match (nearest(id, &ids), ids.as_slice()) {
                (Some(near), _) => format!("did you mean `{near}`?"),
                (None, []) => "list it in [[passages]], with its id, text and locator".to_string(),
                (None, ids) => format!("there is `{}`", ids.join("`, `")),
            };
            let message = format!("no passage is called `{}`", short(id));
            let problem = Problem::new(file_codes::CITATION, message).help(help);
            problems.push(problem.at(&node.span));
            return stand_in(&node.span);
        };
        known.cited = true;
        let before = self.bytes;
        self.bytes = self.bytes.saturating_add(known.bytes);
        if self.bytes > MOST && before <= MOST {
            let message = format!(
                "the passages come to more than {} MiB where they are cited: list the sentence that a value rests on, not the whole document",
                MOST / (1024 * 1024)
            );
            problems.push(Problem::new(file_codes::CITATION, message).at(&node.span));
        }
        if known.faulty || self.bytes > MOST {
            return stand_in(&node.span);
        }
        let mut table = known.table.clone();
        for entry in &mut table {
            entry.key_span = node.span.clone();
            entry.node.span = node.span.clone();
        }
        Node::new(node.span.clone(), Value::Table(table))
    }

    /// The passages, in the order of the file.
    pub(crate) fn into_read(self) -> Vec<Passage> {
        let cited = |id: &Text| self.words.get(id.as_str()).is_some_and(|words| words.cited);
        let mut read = self.read;
        for passage in &mut read {
            passage.cited = cited(&passage.id);
        }
        read
    }
}

/// The list, or the sections of the source with the passages of each: `[passages."Section 5"]`, and below
/// it `rx = "words"`.
fn items(tree: &mut Node, problems: &mut Vec<Problem>) -> Vec<(String, Node)> {
    let Value::Table(entries) = &mut tree.value else {
        return Vec::new();
    };
    let Some(at) = entries.iter().position(|entry| entry.key == "passages") else {
        return Vec::new();
    };
    let passages = entries.remove(at).node;
    match passages.value {
        Value::List(items) => {
            let numbered = items.into_iter().enumerate();
            numbered
                .map(|(index, item)| (format!("passages[{index}]"), item))
                .collect()
        }
        Value::Table(sections) => {
            let mut out = Vec::new();
            for section in sections {
                let Value::Table(passages) = section.node.value else {
                    let message = "a passage stands in a section of the source";
                    let help = "write [passages.\"SECTION\"] with id = \"words\" below it, or [[passages]] with id, text and locator";
                    let problem = Problem::new(file_codes::CITATION, message).help(help);
                    problems.push(problem.at(&section.key_span));
                    continue;
                };
                for passage in passages {
                    let at = format!("passages.{}.{}", section.key, passage.key);
                    let word = |text: &str, span: &Range<usize>| {
                        Node::new(span.clone(), Value::Text(text.to_string()))
                    };
                    let span = passage.key_span.start..passage.node.span.end;
                    let id = word(&passage.key, &passage.key_span);
                    let locator = word(&section.key, &section.key_span);
                    let table = [("id", id), ("text", passage.node), ("locator", locator)];
                    let table = table.map(|(key, node)| Entry {
                        key: key.to_string(),
                        key_span: node.span.clone(),
                        node,
                    });
                    out.push((at, Node::new(span, Value::Table(table.to_vec()))));
                }
            }
            out
        }
        Value::Removed => Vec::new(),
        _ => {
            let message = "passages are a list, or a table of sections";
            problems.push(Problem::new(file_codes::CITATION, message).at(&passages.span));
            Vec::new()
        }
    }
}

fn no_id(node: &Node) -> Problem {
    let help = "write from = \"id\", or several: from = [\"one\", \"two\"]";
    Problem::new(file_codes::CITATION, "`from` cites a passage by its id")
        .help(help)
        .at(&node.span)
}

/// Words that can be read, where a fault is known already.
pub(crate) fn stand_in(span: &Range<usize>) -> Node {
    let entry = |key: &str| Entry {
        key: key.to_string(),
        key_span: span.clone(),
        node: Node::new(span.clone(), Value::Text("x".to_string())),
    };
    let table = vec![entry("text"), entry("locator")];
    Node::new(span.clone(), Value::Table(table))
}

fn short(text: &str) -> String {
    text.chars().take(60).collect()
}
