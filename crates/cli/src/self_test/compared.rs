//! What differs from an earlier self-test.

use std::collections::BTreeMap;
use std::path::Path;

use chemorad_render::self_test::{Change, Comparison, Part};
use serde_json::Value;

use crate::failure::Failure;
use crate::input::{self, MIB};
use crate::output::Context;

/// What came out of each trial, by part and name.
fn found(parts: impl Iterator<Item = (String, String)>) -> BTreeMap<String, String> {
    parts.collect()
}

/// The trials of an earlier self-test.
fn before(json: &Value) -> Option<BTreeMap<String, String>> {
    let mut all = Vec::new();
    for part in json.get("parts")?.as_array()? {
        let name = part.get("name")?.as_str()?;
        for trial in part.get("trials")?.as_array()? {
            let id = trial.get("id")?.as_str()?;
            let value = trial.get("found")?.as_str()?;
            all.push((format!("{name}: {id}"), value.to_string()));
        }
    }
    Some(found(all.into_iter()))
}

/// The version and build of an earlier self-test.
fn built(json: &Value) -> Option<String> {
    let build = json.get("build")?;
    let version = build.get("version")?.as_str()?;
    Some(match build.get("id").and_then(Value::as_str) {
        Some(id) => format!("version {version}, build {id}"),
        None => format!("version {version}"),
    })
}

/// Compares with the JSON of an earlier self-test.
pub(super) fn with(
    context: &Context<'_>,
    path: &Path,
    parts: &[Part],
) -> Result<Comparison, Failure> {
    let bytes = input::read_bytes(context.files, path, 16 * MIB)?;
    let text = input::to_text(path, &bytes)?;
    let json: Option<Value> = serde_json::from_str(&text).ok();
    let read = json.and_then(|json| Some((before(&json)?, built(&json)?)));
    let (mut old, built) = read.ok_or_else(|| {
        Failure::new(format!(
            "{} is not what chemorad selftest --format json writes",
            path.display()
        ))
        .about("--compare")
    })?;
    let now = parts.iter().flat_map(|part| {
        let trials = part.trials.iter();
        trials.map(|trial| (format!("{}: {}", part.name, trial.id), trial.found.clone()))
    });
    let mut changes = Vec::new();
    for (id, now) in found(now) {
        let before = old.remove(&id);
        if before.as_ref() != Some(&now) {
            changes.push(Change {
                id,
                before,
                now: Some(now),
            });
        }
    }
    changes.extend(old.into_iter().map(|(id, before)| Change {
        id,
        before: Some(before),
        now: None,
    }));
    Ok(Comparison {
        with: path.display().to_string(),
        before: built,
        changes,
    })
}
