//! The cases of a department: commands with what they must answer, in its files.

use std::path::Path;

use chemorad_render::self_test::{Part, Trial};
use serde::Deserialize;
use serde_json::Value;

use super::ask::Asked;
use crate::failure::Failure;
use crate::files::FileKind;
use crate::input;
use crate::output::Context;

/// A file of cases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    #[serde(rename = "case")]
    cases: Vec<SiteCase>,
}

/// A command, and what it must answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SiteCase {
    id: String,
    /// Where the expected numbers are from: who calculated them, and how.
    source: String,
    /// The words after `chemorad`; `{cases}` stands for the folder of the cases.
    arguments: Vec<String>,
    exit: u8,
    #[serde(default)]
    expect: Vec<Expected>,
}

/// A value at a place of the JSON.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// A pointer, such as `/total/bed/value`.
    at: String,
    #[serde(default)]
    number: Option<f64>,
    /// How far from it.
    #[serde(default)]
    within: Option<f64>,
    #[serde(default)]
    text: Option<String>,
}

impl Expected {
    /// What is wrong with the way that it is written.
    fn fault(&self) -> Option<&'static str> {
        if !self.at.starts_with('/') {
            return Some("at begins with /, such as /total/bed/value");
        }
        match (self.number, self.within, &self.text) {
            (Some(number), Some(within), None) => (!(number.is_finite() && within >= 0.0))
                .then_some("number and within must be numbers, within not below 0"),
            (None, None, Some(_)) => None,
            _ => Some("give number and within, or text"),
        }
    }

    fn shown(&self) -> String {
        match (self.number, &self.text) {
            (Some(number), _) => format!("{} = {number}", self.at),
            (None, text) => format!("{} = {:?}", self.at, text.as_deref().unwrap_or_default()),
        }
    }

    fn is_met(&self, answer: &Value) -> bool {
        let found = answer.pointer(&self.at);
        match (self.number, self.within, &self.text) {
            (Some(number), Some(within), _) => found
                .and_then(Value::as_f64)
                .is_some_and(|found| (found - number).abs() <= within * (1.0 + 1e-9)),
            (_, _, Some(text)) => found.and_then(Value::as_str) == Some(text),
            _ => false,
        }
    }
}

fn trial(context: &Context<'_>, asked: Asked<'_>, folder: &Path, case: &SiteCase) -> Trial {
    let here = folder.display().to_string();
    let words: Vec<String> = case
        .arguments
        .iter()
        .map(|word| word.replace("{cases}", &here))
        .collect();
    let (exit, answer) = asked.json(&words, context.files);
    let unmet = case.expect.iter().find(|one| !one.is_met(&answer));
    let (expected, found) = match unmet {
        _ if exit != case.exit => (format!("exit {}", case.exit), format!("exit {exit}")),
        Some(one) => {
            let found = answer.pointer(&one.at);
            (
                one.shown(),
                found.map_or("nothing".into(), Value::to_string),
            )
        }
        None => {
            let all: Vec<String> = case.expect.iter().map(Expected::shown).collect();
            let found: Vec<String> = case
                .expect
                .iter()
                .map(|one| {
                    answer
                        .pointer(&one.at)
                        .map_or("nothing".into(), Value::to_string)
                })
                .collect();
            let of = |texts: Vec<String>| format!("exit {exit}; {}", texts.join(", "));
            (of(all), of(found))
        }
    };
    let within: Vec<String> = case
        .expect
        .iter()
        .filter_map(|one| one.within.map(|within| within.to_string()))
        .collect();
    Trial {
        tolerance: (!within.is_empty()).then(|| within.join(", ")),
        source: Some(case.source.clone()),
        ..Trial::once(
            case.id.clone(),
            exit == case.exit && unmet.is_none(),
            expected,
            found,
        )
    }
}

/// The cases in the `.toml` files of a folder, in the order of their names.
pub(super) fn part(
    context: &Context<'_>,
    asked: Asked<'_>,
    folder: &Path,
) -> Result<Part, Failure> {
    let cannot = |error| Failure::new(format!("cannot read {}: {error}", folder.display()));
    let entries = context.files.list(folder).map_err(cannot)?;
    let is_case = |path: &Path| path.extension().is_some_and(|ending| ending == "toml");
    let mut trials: Vec<Trial> = Vec::new();
    for entry in entries {
        if entry.kind != FileKind::File || !is_case(&entry.path) {
            continue;
        }
        let file: CaseFile = input::read(context.files, &entry.path)?;
        for case in &file.cases {
            let place = format!("{}: case {:?}", entry.path.display(), case.id);
            if let Some(fault) = case.expect.iter().find_map(Expected::fault) {
                return Err(Failure::new(format!("{place}: {fault}")));
            }
            if case.expect.is_empty() && case.exit == 0 {
                return Err(Failure::new(format!(
                    "{place}: it expects nothing: give expect, or the exit code of a failed check"
                )));
            }
            if trials.iter().any(|trial| trial.id == case.id) {
                return Err(Failure::new(format!("{place}: another case has this id")));
            }
            if case.arguments.first().is_none_or(|word| word == "selftest") {
                return Err(Failure::new(format!(
                    "{place}: arguments are those of another command, such as [\"bed\", \"45Gy/25\", \"--ab\", \"10Gy\"]"
                )));
            }
            trials.push(trial(context, asked, folder, case));
        }
    }
    if trials.is_empty() {
        return Err(Failure::new(format!(
            "{}: no file of this folder that ends in .toml has a [[case]]",
            folder.display()
        )));
    }
    Ok(Part {
        name: "site cases",
        about: "the department's own cases",
        trials,
    })
}
