//! Values of the facts that lead to an arm, found by asking the protocol.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use chemorad::report::Outcome;
use chemorad_protocol::{Arm, Assignment, Fact, FactKind, PatientFacts, Protocol, Truth};
use chemorad_reader::{Document, Format};

use super::field::{Field, key, quoted};
use crate::case::Case;

/// The facts that an arm needs, each with a value that leads there; none where none is found.
pub(super) fn facts_of(protocol: &Protocol, arm: &Arm) -> Option<Vec<Field>> {
    let mut search = Search {
        protocol,
        arm,
        known: Vec::new(),
        left: MOST_TRIED,
    };
    // an arm by itself before one that comes with others
    let found = search.found(true) || {
        search.known.clear();
        search.left = MOST_TRIED;
        search.found(false)
    };
    found.then_some(search.known)
}

const MOST_TRIED: usize = 4000;

struct Search<'p> {
    protocol: &'p Protocol,
    arm: &'p Arm,
    known: Vec<Field>,
    left: usize,
}

impl<'p> Search<'p> {
    fn found(&mut self, alone: bool) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let Some(assignment) = self.assignment() else {
            return false;
        };
        let of_arm = |id: &str| id == self.arm.id.as_str();
        let holds = assignment.arms.iter().any(|arm| of_arm(arm.id));
        if holds && assignment.outcome != Outcome::CannotTell {
            return !alone || assignment.arms.len() == 1;
        }
        let mut reasons = assignment.reasons.iter();
        let reason = reasons.find(|reason| of_arm(reason.arm));
        if reason.is_some_and(|reason| reason.holds == Truth::False) {
            return false;
        }
        let Some(fact) = assignment.missing.first().cloned() else {
            return false;
        };
        for field in values(self.protocol, &fact) {
            self.known.push(field);
            if self.found(alone) {
                return true;
            }
            self.known.pop();
        }
        false
    }

    fn assignment(&self) -> Option<Assignment<'p>> {
        let mut text = String::new();
        for table in ["pathology", "facts"] {
            text.extend(["[", table, "]\n"]);
            for field in &self.known {
                let (of, name) = field.place();
                if of == table {
                    text.extend([&*key(name), " = ", &*field.example, "\n"]);
                }
            }
        }
        let document = Document::parse("facts.toml", &text, Format::Toml).ok()?;
        let case: Case = document.read().ok()?;
        let facts = case.facts.iter();
        let facts = facts.map(|(id, value)| (id.as_str(), value.as_str()));
        let declared = self.protocol.declared_facts(facts).ok()?;
        Some(self.protocol.assign(&PatientFacts {
            pathology: case.pathology,
            declared,
        }))
    }
}

/// A fact with each value that is worth trying.
fn values(protocol: &Protocol, fact: &Fact) -> Vec<Field> {
    let (table, declared) = match fact.declaration() {
        Some(of_pathology) => ("pathology", Some(of_pathology)),
        None => ("facts", protocol.fact(fact.name()).cloned()),
    };
    let Some(declared) = declared else {
        return Vec::new();
    };
    let (choices, tried): (Vec<String>, Vec<String>) = match &declared.kind {
        FactKind::Choices(choices) => {
            let choices: Vec<String> = choices.iter().map(ToString::to_string).collect();
            (choices.clone(), choices)
        }
        FactKind::Quantity { unit, .. } => {
            let numbers = [
                "0.4", "0", "1", "1.5", "2", "3", "4.5", "5", "8", "10", "20", "50", "100",
            ];
            let tried = numbers.iter().map(|number| {
                if unit.is("1") {
                    (*number).to_string()
                } else {
                    format!("{number} {unit}")
                }
            });
            (std::vec![declared.accepted()], tried.collect())
        }
    };
    let path = format!("{table}.{}", fact.name());
    let tried = tried.iter();
    let fields = tried.map(|value| Field::new(&path, &declared.question, &choices, &quoted(value)));
    fields.collect()
}
