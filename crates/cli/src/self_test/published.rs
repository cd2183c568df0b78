//! Published numbers: the cases that every face of the program answers to the last bit.

use chemorad_render::self_test::{Part, Trial};
use serde_json::Value;

use super::alleles;
use super::ask::{Asked, no_files};
use super::responses;

/// The files of cases, by their names.
const FACES: [(&str, &str); 4] = [
    ("body", include_str!("../../faces/body.json")),
    ("commands", include_str!("../../faces/commands.json")),
    ("dose", include_str!("../../faces/dose.json")),
    ("order", include_str!("../../faces/order.json")),
];

/// Every case, with the name of its file.
pub(super) fn cases() -> Vec<(String, Value)> {
    let mut cases = Vec::new();
    for (name, text) in FACES {
        let file: Value = serde_json::from_str(text).unwrap_or(Value::Null);
        let all = file.get("cases").and_then(Value::as_array);
        for case in all.into_iter().flatten() {
            let id = case.get("id").and_then(Value::as_str).unwrap_or_default();
            cases.push((format!("{name}/{id}"), case.clone()));
        }
    }
    cases
}

/// The words of a case's command.
pub(super) fn arguments(case: &Value) -> Vec<String> {
    let words = case.get("arguments").and_then(Value::as_array);
    let words = words.into_iter().flatten().filter_map(Value::as_str);
    words.map(String::from).collect()
}

/// What a case must answer at a place: a number to its last bit, anything else as it is.
fn is_same(found: Option<&Value>, wanted: &Value) -> bool {
    match (found.and_then(Value::as_f64), wanted.as_f64()) {
        (Some(found), Some(wanted)) => found.to_bits() == wanted.to_bits(),
        _ => found == Some(wanted),
    }
}

/// One case, answered and held against its numbers.
pub(super) fn trial(asked: Asked<'_>, id: &str, case: &Value) -> Trial {
    let (exit, answer) = asked.json(&arguments(case), &no_files());
    let is_exit = case.get("exit").and_then(Value::as_u64) == Some(exit.into());
    let wanted = case.get("answer").and_then(Value::as_object);
    let mut wrong = wanted
        .into_iter()
        .flatten()
        .filter(|(place, wanted)| !is_same(answer.pointer(place), wanted));
    let first_wrong = wrong.next();
    let place = case
        .get("returns")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let number = answer.pointer(place).and_then(Value::as_f64);
    let published = case.get("published");
    let value = |key: &str| {
        published
            .and_then(|one| one.get(key))
            .and_then(Value::as_f64)
    };
    let is_published = match (value("value"), value("within"), number) {
        (Some(value), Some(within), Some(number)) => {
            (number - value).abs() <= within * (1.0 + 1e-9)
        }
        _ => published.is_none(),
    };
    let (expected, found) = match (first_wrong, value("value")) {
        (Some((place, wanted)), _) => {
            let found = answer
                .pointer(place)
                .map_or("nothing".into(), Value::to_string);
            (format!("{place} = {wanted}"), found)
        }
        (None, Some(value)) => {
            let number = number.map_or("no number".into(), |number| number.to_string());
            (value.to_string(), number)
        }
        // the places that the case names, and not the whole answer around them
        (None, None) => {
            let all = wanted.into_iter().flatten();
            let found: Vec<String> = all
                .map(|(place, found)| format!("{place} = {found}"))
                .collect();
            ("the exact answer".into(), found.join(", "))
        }
    };
    let passed = is_exit && first_wrong.is_none() && is_published && wanted.is_some();
    let source = case.get("source").and_then(Value::as_str);
    Trial {
        tolerance: value("within").map(|within| within.to_string()),
        source: source.map(String::from),
        ..Trial::once(id, passed, expected, found)
    }
}

/// Published vectors, each with its source and tolerance.
pub(super) fn part(asked: Asked<'_>) -> Part {
    let mut trials: Vec<Trial> = cases()
        .iter()
        .map(|(id, case)| trial(asked, id, case))
        .collect();
    trials.extend(alleles::trials());
    trials.extend(responses::trials(asked));
    Part {
        name: "published",
        about: "published numbers within their tolerance, each with its source; and every digit as when the program was made",
        trials,
    }
}

/// A published question with its answer one step off: it must fail.
pub(super) fn spoiled(asked: Asked<'_>) -> Option<Trial> {
    let (id, mut case) = cases()
        .into_iter()
        .find(|(id, _)| id.starts_with("dose/"))?;
    let place = case.get("returns")?.as_str()?.to_string();
    let number = case.get_mut("answer")?.get_mut(&place)?;
    let next = f64::from_bits(number.as_f64()?.to_bits() + 1);
    *number = Value::from(next);
    Some(trial(asked, &id, &case))
}
