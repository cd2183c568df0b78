//! A file put in full: citations, values and questions in short.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chemorad_reader::{Entry, Node, Problem, Value, nearest};

use super::passages::{Passage, Passages, stand_in};
use super::questions::{STANDARD, StandardQuestion, StandardValue};
use super::shape::{Content, From, PROTOCOL, STATED_BY, Shape, WORDS_IN_PLACE};
use super::{condition, gaps};
use crate::lint::file_codes;

/// Puts a file of `chemorad.protocol/2` in full, and gives its passages.
pub(crate) fn put_in_full(tree: &mut Node) -> (Vec<Passage>, Vec<Problem>) {
    let mut problems = Vec::new();
    gaps::take(tree, &mut problems);
    let mut rewriting = Rewriting {
        passages: Passages::take(tree, &mut problems),
        declared: declared(tree),
        questions: BTreeMap::new(),
        problems: &mut problems,
    };
    rewriting.walk(tree, &PROTOCOL, None);
    rewriting.name_questions(tree, &PROTOCOL);
    (rewriting.passages.into_read(), problems)
}

/// The ids of the facts that the file declares.
fn declared(tree: &Node) -> BTreeSet<String> {
    let Some(Value::List(facts)) = tree.get("facts").map(|facts| &facts.value) else {
        return BTreeSet::new();
    };
    let ids = facts.iter().filter_map(|fact| fact.get("id")?.text());
    ids.map(String::from).collect()
}

struct Rewriting<'a> {
    passages: Passages,
    declared: BTreeSet<String>,
    /// Those written out in the file, as they are read.
    questions: BTreeMap<String, Node>,
    problems: &'a mut Vec<Problem>,
}

impl Rewriting<'_> {
    /// `cited` is the citation of the table around it.
    fn walk(&mut self, node: &mut Node, shape: &Shape, cited: Option<&Node>) {
        match shape {
            Shape::Value(content) => self.value(node, *content, cited),
            Shape::Question => self.question(node, cited),
            Shape::Condition => condition::put_in_full(node, &self.declared, self.problems),
            Shape::List(inner) => {
                if let Value::List(items) = &mut node.value {
                    for item in items {
                        self.walk(item, inner, cited);
                    }
                }
            }
            Shape::Table { from, .. } => self.table(node, shape, *from, cited),
        }
    }

    fn table(&mut self, node: &mut Node, shape: &Shape, from: From, cited: Option<&Node>) {
        let span = node.span.clone();
        let Value::Table(entries) = &mut node.value else {
            return;
        };
        let own = match from {
            From::Field => None,
            From::Default | From::Own => remove(entries, "from"),
        };
        let cited = own.as_ref().or(cited);
        match (from, cited) {
            (From::Own, Some(citation)) => {
                self.refuse_words(entries);
                let words = self.passages.cite(citation, self.problems);
                let words = self.only(
                    words,
                    citation,
                    "one passage is cited here: the one that offers it or puts it together",
                );
                entries.push(entry("quote", words));
            }
            (From::Own, None) if self.refuse_words(entries) => {
                entries.push(entry("quote", stand_in(&span)));
            }
            // what no value in it takes is still a citation that must lead somewhere
            (From::Default, Some(citation))
                if own.is_some()
                    && entries
                        .iter()
                        .all(|entry| shape.field(&entry.key).is_none()) =>
            {
                self.passages.cite(citation, self.problems);
            }
            _ => {}
        }
        if matches!(shape.field("question"), Some(Shape::Question)) {
            nest_question(entries);
        }
        for entry in entries {
            if let Some(inner) = shape.field(&entry.key) {
                self.walk(&mut entry.node, inner, cited);
            }
        }
    }

    fn value(&mut self, node: &mut Node, content: Content, cited: Option<&Node>) {
        let span = node.span.clone();
        let is_stated = match &node.value {
            Value::Table(entries) => entries
                .iter()
                .any(|entry| STATED_BY.contains(&entry.key.as_str())),
            Value::Removed | Value::Null => return,
            _ => false,
        };
        if !is_stated {
            let value = std::mem::replace(&mut node.value, Value::Removed);
            let value = Node::new(span.clone(), value);
            node.value = Value::Table(vec![entry("value", value)]);
        }
        let Value::Table(entries) = &mut node.value else {
            return;
        };
        let in_place = self.refuse_words(entries);
        nest_question(entries);
        let own = remove(entries, "from");
        let mut open = false;
        let mut derived = false;
        for entry in entries.iter_mut() {
            match entry.key.as_str() {
                "value" if content == Content::Condition => {
                    condition::put_in_full(&mut entry.node, &self.declared, self.problems);
                }
                "question" => {
                    open = true;
                    self.question(&mut entry.node, own.as_ref().or(cited));
                }
                "reason" => derived = true,
                _ => {}
            }
        }
        if open {
            return;
        }
        let Some(citation) = own.as_ref().or(cited) else {
            if in_place {
                put(entries, vec![stand_in(&span)]);
            } else if !derived {
                let message = "a value needs the passage it rests on";
                let help = "write { value = ..., from = \"id\" }, or from = \"id\" for every value of the table";
                let problem = Problem::new(file_codes::CITATION, message).help(help);
                self.problems.push(problem.at(&span));
                put(entries, vec![stand_in(&span)]);
            }
            return;
        };
        let words = self.passages.cite(citation, self.problems);
        if derived {
            put(entries, words);
        } else {
            let only = self.only(
                words,
                citation,
                "a value that is stated rests on one passage; one that follows from several says how, in `reason`",
            );
            put(entries, vec![only]);
        }
    }

    /// The one passage of a citation.
    fn only(&mut self, words: Vec<Node>, citation: &Node, message: &str) -> Node {
        if let Ok([only]) = <[Node; 1]>::try_from(words) {
            return only;
        }
        if citation.value != Value::Removed {
            let problem = Problem::new(file_codes::CITATION, message);
            self.problems.push(problem.at(&citation.span));
        }
        stand_in(&citation.span)
    }

    /// A question that is written out; one that is named comes later.
    fn question(&mut self, node: &mut Node, cited: Option<&Node>) {
        let Value::Table(entries) = &mut node.value else {
            return;
        };
        self.refuse_words(entries);
        if let Some(citation) = remove(entries, "from").as_ref().or(cited) {
            let words = self.passages.cite(citation, self.problems);
            entries.push(entry("quotes", list(words, &citation.span)));
        }
        if let Some(id) = node.get("id").and_then(Node::text).map(String::from) {
            self.questions.entry(id).or_insert_with(|| node.clone());
        }
    }

    /// Whether there were words in the place of a citation.
    fn refuse_words(&mut self, entries: &mut Vec<Entry>) -> bool {
        let in_place = |entry: &Entry| WORDS_IN_PLACE.contains(&entry.key.as_str());
        let Some(first) = entries.iter().find(|entry| in_place(entry)) else {
            return false;
        };
        let message = format!("`{}` has no place in chemorad.protocol/2", first.key);
        let help = "list the words once in [[passages]], with id, text and locator, and cite them: from = \"id\"";
        let problem = Problem::new(file_codes::CITATION, message).help(help);
        self.problems.push(problem.at(&first.key_span));
        entries.retain(|entry| !in_place(entry));
        true
    }

    /// Puts the questions that are named by their ids.
    fn name_questions(&mut self, node: &mut Node, shape: &Shape) {
        match (&mut node.value, shape) {
            (Value::Text(_), Shape::Question) => {
                self.named(node);
            }
            (Value::List(items), Shape::List(inner)) => {
                for item in items {
                    self.name_questions(item, inner);
                }
            }
            (Value::Table(entries), Shape::Value(_)) => {
                let question = entries.iter_mut().find(|entry| entry.key == "question");
                let Some(question) = question.filter(|entry| entry.node.text().is_some()) else {
                    return;
                };
                let span = question.node.span.clone();
                let standard = self.named(&mut question.node);
                let values = standard.map_or(&[][..], StandardQuestion::values);
                if !values.is_empty() && entries.iter().all(|entry| entry.key != "values") {
                    let values = values.iter().map(|value| {
                        let value = match value {
                            StandardValue::Number(number) => Value::Unsigned(*number),
                            StandardValue::Text(text) => Value::Text((*text).to_string()),
                        };
                        Node::new(span.clone(), value)
                    });
                    let values = Value::List(values.collect());
                    entries.push(entry("values", Node::new(span.clone(), values)));
                }
            }
            (Value::Table(entries), Shape::Table { .. }) => {
                for entry in entries {
                    if let Some(inner) = shape.field(&entry.key) {
                        self.name_questions(&mut entry.node, inner);
                    }
                }
            }
            _ => {}
        }
    }

    /// Puts the question of an id in its place; gives it where it is a standard one.
    fn named(&mut self, node: &mut Node) -> Option<&'static StandardQuestion> {
        let id = node.text()?;
        if let Some(known) = self.questions.get(id) {
            node.value = known.value.clone();
            return None;
        }
        let standard = STANDARD.iter().find(|standard| standard.id == id);
        if let Some(standard) = standard {
            node.value = written(standard, &node.span);
        } else {
            let own = self.questions.keys().map(String::as_str);
            let ids: Vec<&str> = own.chain(STANDARD.iter().map(|q| q.id)).collect();
            let help = match nearest(id, &ids) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "write the question out, with id, question, why and choices; known are `{}`",
                    ids.join("`, `")
                ),
            };
            let id: String = id.chars().take(60).collect();
            let message = format!("no question is called `{id}`");
            let problem = Problem::new(file_codes::QUESTION_UNKNOWN, message).help(help);
            self.problems.push(problem.at(&node.span));
            node.value = Value::Removed;
        }
        standard
    }
}

/// The fields of a question, which may be given with what it leaves open.
const OF_A_QUESTION: [&str; 4] = ["id", "question", "why", "choices"];

/// Puts the fields of a question that are given one by one into a table.
fn nest_question(entries: &mut Vec<Entry>) {
    let is_part = |entry: &Entry| OF_A_QUESTION.contains(&entry.key.as_str());
    let written = entries
        .iter()
        .any(|entry| entry.key == "question" && !matches!(entry.node.value, Value::Table(_)));
    // a question alone is the id of one
    if !written || entries.iter().filter(|entry| is_part(entry)).count() < 2 {
        return;
    }
    let (parts, rest): (Vec<Entry>, Vec<Entry>) =
        std::mem::take(entries).into_iter().partition(is_part);
    *entries = rest;
    let span = parts.first().map_or(0..0, |first| first.key_span.clone());
    entries.push(entry("question", Node::new(span, Value::Table(parts))));
}

/// Takes a field out.
fn remove(entries: &mut Vec<Entry>, key: &str) -> Option<Node> {
    let at = entries.iter().position(|entry| entry.key == key)?;
    Some(entries.remove(at).node)
}

/// Puts the words of a value beside it, as a file writes them that lists no passages.
fn put(entries: &mut Vec<Entry>, words: Vec<Node>) {
    match <[Node; 1]>::try_from(words) {
        Ok([only]) => {
            if let Value::Table(fields) = only.value {
                for field in fields {
                    let key = if field.key == "text" {
                        "quote"
                    } else {
                        &*field.key
                    };
                    entries.push(entry(key, field.node));
                }
            }
        }
        Err(several) => {
            let span = several.first().map_or(0..0, |first| first.span.clone());
            entries.push(entry("quotes", list(several, &span)));
        }
    }
}

fn list(words: Vec<Node>, span: &Range<usize>) -> Node {
    Node::new(span.clone(), Value::List(words))
}

fn entry(key: &str, node: Node) -> Entry {
    Entry {
        key: key.to_string(),
        key_span: node.span.clone(),
        node,
    }
}

fn written(question: &StandardQuestion, span: &Range<usize>) -> Value {
    let text = |text: &str| Node::new(span.clone(), Value::Text(text.to_string()));
    let choices = question.choices();
    let choices = choices.iter().map(|choice| text(choice)).collect();
    Value::Table(vec![
        entry("id", text(question.id)),
        entry("question", text(question.question)),
        entry("why", text(question.why)),
        entry("choices", Node::new(span.clone(), Value::List(choices))),
    ])
}
