//! The facts of a patient, and the arm and option they lead to.

use std::string::{String, ToString};
use std::vec::Vec;

use super::case::Case;
use super::error::{Found, Missing, SheetError};
use chemorad::report::Outcome;
use chemorad_protocol::{
    Arm, Assignment, DeclaredFacts, Fact, FactKind, Protocol, TreatmentOption, Truth,
};

/// The declared facts of the case that can be read.
pub(super) fn declared(case: &Case, protocol: &Protocol, found: &mut Found) -> DeclaredFacts {
    let mut known = Vec::new();
    for (id, text) in &case.facts {
        let fact = (id.as_str(), text.as_str());
        let read = protocol.declared_facts([fact]).map_err(SheetError::Facts);
        if found.keep(read).is_some() {
            known.push(fact);
        }
    }
    protocol.declared_facts(known).unwrap_or_default()
}

/// The options of a patient with their arms: one, or those it has to be chosen from, which is noted.
///
/// Where facts are missing that decide about them, each is noted, and the option the case names is
/// taken to find what else it needs.
pub(super) fn select<'p>(
    case: &Case,
    assignment: &Assignment<'p>,
    protocol: &'p Protocol,
    found: &mut Found,
) -> Vec<(&'p Arm, &'p TreatmentOption)> {
    let undecided = assignment.outcome == Outcome::CannotTell;
    if undecided {
        for fact in &assignment.missing {
            found.add(SheetError::Missing(missing(fact, protocol)));
        }
        if assignment.missing.is_empty() {
            found.add(SheetError::Unsupported(
                "pathology: the text of the protocol does not decide between its arms".into(),
            ));
        }
    }
    let possible: Vec<&TreatmentOption> = if undecided {
        let open = |arm: &&Arm| {
            let reasons = assignment.reasons.iter();
            reasons
                .filter(|reason| *reason.arm == arm.id)
                .any(|reason| reason.holds != Truth::False)
        };
        let arms = protocol.arms.iter().filter(open);
        arms.flat_map(|arm| &arm.options).collect()
    } else {
        assignment.arms.iter().flat_map(|arm| arm.options).collect()
    };
    let choices = || -> Vec<String> {
        possible
            .iter()
            .map(|option| format!("{} ({})", option.id, option.title))
            .collect()
    };
    let all = || {
        possible
            .iter()
            .filter_map(|option| protocol.option(&option.id))
    };
    let selected = match (&case.option, possible.as_slice()) {
        (_, []) => {
            found.add(SheetError::NoArm);
            return Vec::new();
        }
        (None, [only]) => &only.id,
        (None, _) => {
            let why = if undecided {
                "Several treatments are possible until the pathology is complete; what else is needed depends on the one that is given."
            } else {
                "The protocol offers this patient more than one treatment and does not choose."
            };
            found.add(SheetError::Missing(Missing {
                field: "option".into(),
                why: why.into(),
                choices: choices(),
            }));
            return all().collect();
        }
        (Some(id), _) => {
            if let Some(option) = possible.iter().find(|option| option.id.is(id)) {
                &option.id
            } else {
                found.add(SheetError::NotAChoice {
                    field: "option".into(),
                    given: id.chars().take(60).collect(),
                    why: "The protocol does not offer it to a patient with this pathology.".into(),
                    choices: choices(),
                });
                return all().collect();
            }
        }
    };
    protocol.option(selected).into_iter().collect()
}

/// A fact that the protocol cannot be applied without.
fn missing(fact: &Fact, protocol: &Protocol) -> Missing {
    let mut why =
        "The protocol cannot be applied without it. Absent facts are unknown, not negative."
            .to_string();
    let (table, declared) = match fact.declaration() {
        Some(of_pathology) => ("pathology", Some(of_pathology)),
        None => ("facts", protocol.fact(fact.name()).cloned()),
    };
    if let Some(declared) = declared.as_ref().filter(|_| !fact.is_of_pathology()) {
        why = format!("{} {why}", declared.question);
    }
    let choices = match declared.map(|declared| declared.kind) {
        Some(FactKind::Choices(choices)) => choices.iter().map(ToString::to_string).collect(),
        Some(FactKind::Quantity { .. }) if fact.is_of_pathology() => {
            vec!["a depth such as \"0.4 mm\"".into()]
        }
        Some(FactKind::Quantity { unit, .. }) => vec![format!("a number in {unit}")],
        None => Vec::new(),
    };
    Missing {
        field: format!("{table}.{}", fact.name()),
        why,
        choices,
    }
}
