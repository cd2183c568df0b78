//! Reading on after a fault, so that all of a file are found at once.
//!
//! serde stops at the first fault. So the file is read again and again: after each fault the value
//! it is about is left out, and where a field is missing a sample stands in for it. A fault of a
//! table in which something was left out or put in may only follow from that, and is not reported.

use serde::de::DeserializeOwned;

use super::node::{Entry, Node, Value};
use super::problem::{Kind, Problem, Step, nearest};

/// Enough to put right in one go.
const MOST_FAULTS: usize = 50;

/// A file that needs more is nonsense or an attack.
const MOST_READINGS: usize = 500;

/// Texts that one field or another accepts, tried in turn where a field is missing. None of them
/// reaches a result.
const SAMPLE_TEXTS: [&str; 15] = [
    "x",
    "2026-01-05",
    "mon-fri",
    "1 Gy",
    "1 Gy x 1",
    "170 cm",
    "70 kg",
    "50 years",
    "80 umol/L",
    "825 mg/m2",
    "500 mg",
    "28 d",
    "6 h",
    "10 %",
    "chemorad.site/1",
];

fn sample(number: usize) -> Option<Value> {
    Some(match number {
        0 => Value::Table(Vec::new()),
        1 => Value::List(Vec::new()),
        2 => Value::Unsigned(1),
        3 => Value::Bool(true),
        number => Value::Text((*SAMPLE_TEXTS.get(number - 4)?).to_string()),
    })
}

/// The value of a file, or everything that is wrong with it.
pub(crate) fn read<T: DeserializeOwned>(
    root: &Node,
    known: &[Problem],
) -> Result<T, (Problem, Vec<Problem>)> {
    let mut problem = match (T::deserialize(root), known) {
        (Ok(value), []) => return Ok(value),
        (Ok(_), [first, others @ ..]) => return Err((first.clone(), others.to_vec())),
        (Err(problem), _) => problem,
    };
    let mut reading = Reading {
        tree: root.clone(),
        found: known.to_vec(),
        meant: Vec::new(),
    };
    let last_resort = problem.clone();
    for _ in 0..MOST_READINGS {
        if !reading.repair(problem) || reading.found.len() >= MOST_FAULTS {
            break;
        }
        match T::deserialize(&reading.tree) {
            Ok(_) => break,
            Err(next) => problem = next,
        }
    }
    let mut found = reading.found;
    if found.is_empty() {
        return Err((last_resort, Vec::new()));
    }
    let first = found.remove(0);
    Err((first, found))
}

struct Reading {
    tree: Node,
    found: Vec<Problem>,
    /// Fields that stand under another name, with the way to their table.
    meant: Vec<(Vec<Step>, String)>,
}

impl Reading {
    /// Notes a fault and takes it out of the way; false where nothing is left to be read.
    fn repair(&mut self, problem: Problem) -> bool {
        let way: Vec<Step> = problem.parts().way_out.iter().rev().copied().collect();
        match problem.parts().kind.clone() {
            name @ (Kind::Unknown(..) | Kind::Twice) => {
                let Some((step, table)) = way.split_last() else {
                    self.found.push(problem);
                    return false;
                };
                let meant = match name {
                    Kind::Unknown(field, expected) => nearest(&field, expected),
                    _ => None,
                };
                if let Some(meant) = meant {
                    self.meant.push((table.to_vec(), meant.to_string()));
                }
                self.remove(table, *step);
                self.report(&way, problem);
                true
            }
            Kind::Missing(field) => self.put_in(&way, field, problem),
            Kind::Value => self.give_up(&way, problem, None),
            Kind::NotAChoice(choices) => self.give_up(&way, problem, choices.first().copied()),
        }
    }

    /// A fault of what the file holds is reported, one of a sample is not.
    fn report(&mut self, way: &[Step], problem: Problem) {
        if self.innermost_sample(way).is_none() {
            self.found.push(problem);
        }
    }

    fn node(&mut self, way: &[Step]) -> Option<&mut Node> {
        let mut node = &mut self.tree;
        for step in way {
            node = node.step(*step)?;
        }
        Some(node)
    }

    /// The length of the way to the sample that holds a value, if one does.
    fn innermost_sample(&mut self, way: &[Step]) -> Option<usize> {
        (0..=way.len()).rev().find(|&length| {
            self.node(&way[..length])
                .is_some_and(|node| node.sample.is_some())
        })
    }

    fn remove(&mut self, table: &[Step], step: Step) {
        let container = self.node(table);
        if let Some(node) = container.and_then(|node| node.step(step)) {
            node.value = Value::Removed;
            node.sample = None;
        }
    }

    /// A sample for a field that is missing.
    fn put_in(&mut self, way: &[Step], field: &str, problem: Problem) -> bool {
        let stands_elsewhere = self
            .meant
            .iter()
            .any(|(table, meant)| table == way && meant == field);
        let Some(node) = self.node(way) else {
            return self.give_up(way, problem, None);
        };
        let span = node.span.clone();
        let Value::Table(entries) = &mut node.value else {
            return self.give_up(way, problem, None);
        };
        let standing = entries.iter_mut().find(|entry| entry.key == field);
        let known = stands_elsewhere || standing.is_some();
        let mut put = Node::new(span.clone(), Value::Table(Vec::new()));
        put.sample = Some(0);
        match standing {
            Some(entry) => entry.node = put,
            None => entries.push(Entry {
                key: field.to_string(),
                key_span: span,
                node: put,
            }),
        }
        if !known {
            self.report(way, problem);
        }
        true
    }

    /// Leaves a value out; the next sample where it is one.
    fn give_up(&mut self, way: &[Step], problem: Problem, choice: Option<&str>) -> bool {
        if let Some(length) = self.innermost_sample(way) {
            return self.next_sample(&way[..length], choice);
        }
        let changed = self.node(way).is_some_and(|node| node.is_changed());
        if !changed {
            self.found.push(problem);
        }
        match way.split_last() {
            Some((step, table)) => {
                self.remove(table, *step);
                true
            }
            None => false,
        }
    }

    fn next_sample(&mut self, way: &[Step], choice: Option<&str>) -> bool {
        let Some(node) = self.node(way) else {
            return false;
        };
        let next = node.sample.map_or(0, |number| number + 1);
        node.sample = Some(next);
        let known =
            matches!((&node.value, choice), (Value::Text(text), Some(choice)) if text == choice);
        let value = match choice {
            Some(choice) if !known => Some(Value::Text(choice.to_string())),
            _ => sample(next),
        };
        match (value, way.split_last()) {
            (Some(value), _) => {
                node.value = value;
                true
            }
            // nothing fits: the table around it cannot be read
            (None, Some((step, table))) => {
                self.remove(table, *step);
                match (self.innermost_sample(table), table.split_last()) {
                    (Some(length), _) => self.next_sample(&way[..length], None),
                    (None, Some((step, around))) => {
                        self.remove(around, *step);
                        true
                    }
                    (None, None) => false,
                }
            }
            (None, None) => false,
        }
    }
}

impl Node {
    fn step(&mut self, step: Step) -> Option<&mut Self> {
        match &mut self.value {
            Value::List(items) => items.get_mut(step),
            Value::Table(entries) => Some(&mut entries.get_mut(step)?.node),
            _ => None,
        }
    }

    /// Whether something in it was left out or put in.
    pub(crate) fn is_changed(&self) -> bool {
        if self.sample.is_some() {
            return true;
        }
        match &self.value {
            Value::Removed => true,
            Value::List(items) => items.iter().any(Self::is_changed),
            Value::Table(entries) => entries.iter().any(|entry| entry.node.is_changed()),
            _ => false,
        }
    }
}

impl Node {
    /// Reads the value alone.
    ///
    /// # Errors
    /// Everything that is wrong with it; nothing where something in it was removed, as the fault of that is
    /// known.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Vec<Problem>> {
        if self.is_changed() {
            return Err(Vec::new());
        }
        read(self, &[]).map_err(|(first, others)| {
            let mut all = vec![first];
            all.extend(others);
            all
        })
    }
}
