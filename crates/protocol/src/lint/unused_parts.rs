//! What is declared and given to nobody: a course that no arm gives, a phase of no course, a drug of no arm. Often
//! another one stands in its place.

use super::fault::ProtocolFault;
use super::finding::Findings;
use crate::model::arm::Action;
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::statement::Statement;
use chemorad::text::{List, Text};

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    let options = protocol.arms.iter().flat_map(|arm| &arm.options);
    let actions: Vec<&Action> = options.flat_map(|option| &option.actions).collect();
    if actions.is_empty() {
        return;
    }
    let courses: Option<Vec<&Text>> = together(actions.iter().map(|action| match action {
        Action::Radiotherapy { course, .. } => values(course),
        _ => Some(Vec::new()),
    }));
    if let Some(given) = &courses {
        let all = place::of(&protocol.courses, "courses", |course| &course.id);
        let all = all.into_iter().map(|(at, course)| (at, &course.id));
        report("course", "arm", all, given, out);
    }
    let named: Vec<&Text> = protocol
        .courses
        .iter()
        .flat_map(|course| &course.phases)
        .collect();
    let all = place::of(&protocol.phases, "phases", |phase| &phase.name);
    let all = all.into_iter().map(|(at, phase)| (at, &phase.name));
    report("phase", "course", all, &named, out);
    let drugs: Option<Vec<&List<Text>>> = together(actions.iter().map(|action| {
        let drugs = action.drugs();
        drugs.map_or_else(|| Some(Vec::new()), values)
    }));
    if let Some(given) = drugs {
        let given: Vec<&Text> = given.into_iter().flatten().collect();
        let all = place::of(&protocol.drugs, "drugs", |drug| &drug.id);
        let all = all.into_iter().map(|(at, drug)| (at, &drug.id));
        report("drug", "arm", all, &given, out);
    }
}

/// `None` where one of them is open.
fn together<T>(parts: impl Iterator<Item = Option<Vec<T>>>) -> Option<Vec<T>> {
    let parts: Option<Vec<Vec<T>>> = parts.collect();
    Some(parts?.into_iter().flatten().collect())
}

/// Every value that it may have; `None` where nothing says which.
fn values<T>(statement: &Statement<T>) -> Option<Vec<&T>> {
    match statement {
        Statement::Stated { value, .. } | Statement::Derived { value, .. } => Some(vec![value]),
        Statement::Unspecified { values, .. } if values.is_empty() => None,
        Statement::Unspecified { values, .. } => Some(values.iter().collect()),
    }
}

fn report<'p>(
    kind: &'static str,
    user: &'static str,
    all: impl Iterator<Item = (String, &'p Text)>,
    used: &[&Text],
    out: &mut Findings,
) {
    for (at, name) in all.filter(|(_, name)| !used.contains(name)) {
        let name = name.clone();
        out.push(at, ProtocolFault::UnusedPart { kind, user, name });
    }
}
