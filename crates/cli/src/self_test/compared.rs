//! What differs from an earlier self-test.

use std::collections::BTreeMap;
use std::path::Path;

use chemorad_render::self_test::{Change, Comparison, Difference, RunOf};
use serde_json::Value;

use super::site_case_file::SITE_CASES;
use crate::failure::Failure;
use crate::input::{self, MIB};
use crate::output::Context;
use crate::refused;

/// A trial as the JSON of a self-test has it.
#[derive(Debug, Clone)]
struct Tried {
    found: String,
    passed: bool,
    /// What it is held against, by name: what is expected, and how far from it.
    against: Vec<(&'static str, String)>,
    /// What the command of a site case is held against; none where the self-test does not tell it.
    command: Option<Vec<(&'static str, String)>>,
    is_site_case: bool,
}

/// A number, a text or a list in the words of a comparison.
fn plain(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "none".into(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(all)) => {
            let all: Vec<String> = all.iter().map(|one| plain(Some(one))).collect();
            all.join(" ")
        }
        Some(other) => other.to_string(),
    }
}

/// The checksums of the files that a case read, whatever they are called.
fn checksums(inputs: &Value) -> String {
    let all = inputs.as_array().into_iter().flatten();
    let mut all: Vec<&str> = all.filter_map(|one| one.get("sha256")?.as_str()).collect();
    all.sort_unstable();
    if all.is_empty() {
        return "none".into();
    }
    all.join(" ")
}

/// How far each number may be from what is expected; a case that failed tells them too.
fn tolerances(compared: &Value) -> String {
    let all = compared.as_array().into_iter().flatten();
    let all: Vec<String> = all
        .filter_map(|one| {
            let within = one.get("within")?;
            Some(format!("{} within {within}", plain(one.get("at"))))
        })
        .collect();
    if all.is_empty() {
        return "none".into();
    }
    all.join(", ")
}

impl Tried {
    fn of(trial: &Value, is_site_case: bool) -> Option<Self> {
        let mut against = vec![("expected", trial.get("expected")?.as_str()?.to_string())];
        let command = trial.get("arguments").map(|arguments| {
            let inputs = trial.get("inputs").map_or_else(|| "none".into(), checksums);
            let compared = trial.get("compared").unwrap_or(&Value::Null);
            vec![
                ("tolerance", tolerances(compared)),
                ("arguments", plain(Some(arguments))),
                ("inputs", inputs),
            ]
        });
        if !is_site_case {
            against.push(("tolerance", plain(trial.get("tolerance"))));
        }
        Some(Self {
            found: trial.get("found")?.as_str()?.to_string(),
            passed: trial.get("failed").and_then(Value::as_u64) == Some(0),
            against,
            command,
            is_site_case,
        })
    }

    /// Whether both tell the command of the case.
    const fn is_told_with(&self, other: &Self) -> bool {
        !self.is_site_case || (self.command.is_some() && other.command.is_some())
    }

    /// All that differs from an earlier one.
    fn since(&self, before: &Self) -> Vec<Difference> {
        let told = self.is_told_with(before);
        // a trial that failed may say what was expected in the one place that is wrong
        let against = (self.is_site_case && told) || (self.passed && before.passed);
        let mut pairs = vec![("found", &before.found, &self.found)];
        if against {
            let all = before.against.iter().zip(&self.against);
            pairs.extend(all.map(|((what, before), (_, now))| (*what, before, now)));
        }
        if let (Some(before), Some(now)) = (&before.command, &self.command) {
            let all = before.iter().zip(now);
            pairs.extend(all.map(|((what, before), (_, now))| (*what, before, now)));
        }
        let differing = pairs.into_iter().filter(|(_, before, now)| before != now);
        differing
            .map(|(what, before, now)| Difference {
                what,
                before: before.clone(),
                now: now.clone(),
            })
            .collect()
    }
}

/// The trials of a self-test by part and name.
fn trials(parts: &Value) -> Option<BTreeMap<String, Tried>> {
    let mut all = BTreeMap::new();
    for part in parts.as_array()? {
        let name = part.get("name")?.as_str()?;
        for trial in part.get("trials")?.as_array()? {
            let id = trial.get("id")?.as_str()?;
            let tried = Tried::of(trial, name == SITE_CASES)?;
            all.insert(format!("{name}: {id}"), tried);
        }
    }
    Some(all)
}

/// Which program a self-test was of.
fn run_of(json: &Value) -> Option<RunOf> {
    let build = json.get("build")?;
    let text = |key: &str| build.get(key).and_then(Value::as_str).map(String::from);
    let platform: Vec<String> = ["operating_system", "architecture"]
        .iter()
        .filter_map(|key| text(key).filter(|text| !text.is_empty()))
        .collect();
    let program = build.pointer("/executable/sha256").and_then(Value::as_str);
    Some(RunOf {
        version: text("version")?,
        build: text("id"),
        platform: (!platform.is_empty()).then(|| platform.join(", ")),
        program: program.map(String::from),
        seed: json.get("seed").and_then(Value::as_u64),
        quick: json.get("quick").and_then(Value::as_bool),
    })
}

/// Compares a self-test, as JSON, with the JSON of an earlier one.
pub(super) fn with(
    context: &Context<'_>,
    path: &Path,
    results: &Value,
) -> Result<Comparison, Failure> {
    let bytes = input::read_bytes(context.files, path, 16 * MIB)?;
    let text = input::to_text(path, &bytes)?;
    let json: Option<Value> = serde_json::from_str(&text).ok();
    let of = |json: &Value| Some((trials(json.get("parts")?)?, run_of(json)?));
    let read = json.as_ref().and_then(of).zip(of(results));
    let ((mut old, earlier), (new, this)) = read.ok_or_else(|| {
        Failure::new(
            refused::SELFTEST_EARLIER,
            format!(
                "{} is not what chemorad selftest --format json writes",
                path.display()
            ),
        )
        .about("--compare")
    })?;
    let mut changes = Vec::new();
    let mut not_told = 0;
    for (id, now) in new {
        let before = old.remove(&id);
        let differences = before.as_ref().map(|before| now.since(before));
        not_told += usize::from(before.as_ref().is_some_and(|one| !now.is_told_with(one)));
        if differences.as_ref().is_none_or(|all| !all.is_empty()) {
            changes.push(Change {
                id,
                before: before.map(|before| before.found),
                now: Some(now.found),
                differences: differences.unwrap_or_default(),
            });
        }
    }
    changes.extend(old.into_iter().map(|(id, before)| Change {
        id,
        before: Some(before.found),
        now: None,
        differences: Vec::new(),
    }));
    let before = match &earlier.build {
        Some(id) => format!("version {}, build {id}", earlier.version),
        None => format!("version {}", earlier.version),
    };
    Ok(Comparison {
        with: path.display().to_string(),
        before,
        earlier,
        this,
        not_told,
        changes,
    })
}
