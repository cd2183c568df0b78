//! Two versions of a protocol compared value by value.

use crate::facts::condition::Condition;
use crate::model::arm::{Action, Arm};
use crate::model::protocol::Protocol;
use chemorad::report::Outcome;
use serde::Serialize;
use serde_json::{Map, Value};

/// What has become of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It was not there before.
    Added,
    /// It is no longer there.
    Removed,
    /// It is another one.
    Changed,
}

/// One value that differs between two versions of a protocol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The place of the value: `drugs.capecitabine.intensity.value`.
    pub at: String,
    /// What has become of it.
    pub kind: ChangeKind,
    /// Whether only words differ: a title, a quote, a reason, where something stands.
    pub words_only: bool,
    /// What stood there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What stands there now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The arms whose patients it touches, by their ids.
    pub arms: Vec<String>,
}

/// Compares two versions of a protocol value by value, in the order of the newer.
///
/// ```
/// use chemorad_protocol::{compare, find_builtin};
///
/// let trial = find_builtin("NCT06949098")?;
/// let mut newer = trial.clone();
/// let mut drugs = newer.drugs.to_vec();
/// drugs[0].intensity = Some(chemorad_protocol::Statement::stated(
///     "725 mg/m2".parse()?, "capecitabine 725 mg/m2 twice daily", "Amendment 1"));
/// newer.drugs = drugs.into();
/// let changes = compare(trial, &newer);
/// assert_eq!(changes[0].at, "drugs.capecitabine.intensity.value");
/// assert_eq!(changes[0].before.as_deref(), Some("825 mg/m2"));
/// assert_eq!(changes[0].arms, ["adverse", "positive_margin"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn compare(older: &Protocol, newer: &Protocol) -> Vec<Change> {
    let tree = |protocol| serde_json::to_value(protocol).unwrap_or_default();
    let mut walk = Walk {
        older,
        newer,
        changes: Vec::new(),
    };
    walk.values("", &tree(older), &tree(newer));
    walk.changes
}

/// The outcome of a comparison: fail where a value differs, a warning where only words do.
#[must_use]
pub fn outcome_of(changes: &[Change]) -> Outcome {
    let of = |change: &Change| {
        if change.words_only {
            Outcome::Warn
        } else {
            Outcome::Fail
        }
    };
    Outcome::worst(changes.iter().map(of).chain([Outcome::Pass]))
}

struct Walk<'p> {
    older: &'p Protocol,
    newer: &'p Protocol,
    changes: Vec<Change>,
}

impl Walk<'_> {
    fn values(&mut self, at: &str, before: &Value, after: &Value) {
        if before == after {
            return;
        }
        match (before, after) {
            (Value::Object(old), Value::Object(new))
                if quantity(old).is_none() && quantity(new).is_none() =>
            {
                self.tables(at, old, new);
            }
            (Value::Array(old), Value::Array(new)) => self.lists(at, old, new),
            _ => self.push(at, Some(before), Some(after)),
        }
    }

    fn tables(&mut self, at: &str, old: &Map<String, Value>, new: &Map<String, Value>) {
        let path = |key: &str| {
            if at.is_empty() {
                key.to_string()
            } else {
                format!("{at}.{key}")
            }
        };
        for (key, after) in in_order(new) {
            match old.get(key) {
                Some(before) => self.values(&path(key), before, after),
                None => self.push(&path(key), None, Some(after)),
            }
        }
        for (key, before) in in_order(old) {
            if !new.contains_key(key) {
                self.push(&path(key), Some(before), None);
            }
        }
    }

    fn lists(&mut self, at: &str, old: &[Value], new: &[Value]) {
        let named = old.iter().chain(new).all(|item| name(item).is_some());
        if !named {
            // plain texts in a list are one value
            if old.iter().chain(new).all(|item| !item.is_object()) {
                let (old, new) = (Value::from(old), Value::from(new));
                self.push(at, Some(&old), Some(&new));
                return;
            }
            for index in 0..old.len().max(new.len()) {
                let path = format!("{at}[{index}]");
                match (old.get(index), new.get(index)) {
                    (Some(before), Some(after)) => self.values(&path, before, after),
                    (before, after) => self.push(&path, before, after),
                }
            }
            return;
        }
        let path = |item: &Value, index: usize| match plain_name(item) {
            Some(name) => format!("{at}.{name}"),
            None => format!("{at}[{index}]"),
        };
        let mut taken = vec![false; old.len()];
        for (index, after) in new.iter().enumerate() {
            let same = |(i, before): &(usize, &Value)| !taken[*i] && name(before) == name(after);
            match old.iter().enumerate().find(same) {
                Some((i, before)) => {
                    taken[i] = true;
                    self.values(&path(after, index), before, after);
                }
                None => self.push(&path(after, index), None, Some(after)),
            }
        }
        for (index, before) in old.iter().enumerate().filter(|(index, _)| !taken[*index]) {
            self.push(&path(before, index), Some(before), None);
        }
    }

    fn push(&mut self, at: &str, before: Option<&Value>, after: Option<&Value>) {
        let kind = match (before, after) {
            (None, _) => ChangeKind::Added,
            (_, None) => ChangeKind::Removed,
            _ => ChangeKind::Changed,
        };
        let mut arms: Vec<String> = Vec::new();
        for arm in touched(self.newer, at)
            .into_iter()
            .chain(touched(self.older, at))
        {
            if !arms.contains(&arm) {
                arms.push(arm);
            }
        }
        self.changes.push(Change {
            at: at.to_string(),
            kind,
            words_only: words_only(at),
            before: before.map(shown),
            after: after.map(shown),
            arms,
        });
    }
}

/// The fields in the order a reader expects: values before the words they rest on.
fn in_order(table: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    let first = table.iter().filter(|(key, _)| !is_words(key));
    first.chain(table.iter().filter(|(key, _)| is_words(key)))
}

fn is_words(field: &str) -> bool {
    const WORDS: [&str; 10] = [
        "title",
        "quote",
        "quotes",
        "locator",
        "reason",
        "text",
        "document",
        "url",
        "retrieved",
        "why",
    ];
    WORDS.contains(&field)
}

/// Whether a place holds words about values and no value.
fn words_only(at: &str) -> bool {
    at.starts_with("source.")
        || at.split('.').any(|step| {
            let field = step.split('[').next().unwrap_or(step);
            is_words(field)
        })
}

/// What an item of a list is known by.
fn name(item: &Value) -> Option<String> {
    let row = || {
        Some(format!(
            "{}: {}",
            item.get("structure")?.as_str()?,
            item.get("metric")?.as_str()?
        ))
    };
    let text = |value: &Value| value.as_str().map(ToString::to_string);
    ["id", "name", "volume", "version"]
        .iter()
        .find_map(|field| text(item.get(field)?))
        .or_else(|| text(item.get("question")?.get("id")?))
        .or_else(row)
}

/// A name that a path can hold.
fn plain_name(item: &Value) -> Option<&str> {
    ["id", "name", "volume", "version"]
        .iter()
        .find_map(|field| item.get(field)?.as_str())
        .filter(|name| !name.trim().is_empty() && !name.contains(['[', ']']))
}

/// `{ "value": 45, "unit": "Gy" }` as `45 Gy`, and a fractionation as one text.
fn quantity(table: &Map<String, Value>) -> Option<String> {
    let plain = |value: &Value| match value {
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    if let (Some(value), Some(unit)) = (table.get("value"), table.get("unit")) {
        let of = match table.get("of") {
            Some(of) => format!(" of {}", of.as_str()?),
            None => String::new(),
        };
        return Some(format!("{} {}{of}", plain(value)?, unit.as_str()?));
    }
    if let (Some(n), Some(dose)) = (table.get("fractions"), table.get("dose")) {
        return Some(format!(
            "{} in {} fractions",
            quantity(dose.as_object()?)?,
            plain(n)?
        ));
    }
    None
}

/// A value for a reader; a table with several fields in JSON on one line.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(table) => quantity(table).unwrap_or_else(|| value.to_string()),
        _ => value.to_string(),
    }
}

/// The arms that a place concerns.
fn touched(protocol: &Protocol, at: &str) -> Vec<String> {
    let (list, rest) = at.split_once('.').unwrap_or((at, ""));
    let (list, _) = list.split_once('[').unwrap_or((list, ""));
    let is = |name: &str| {
        let tail = rest.strip_prefix(name);
        tail.is_some_and(|tail| tail.is_empty() || tail.starts_with(['.', '[']))
    };
    let arms = |touches: &dyn Fn(&Arm) -> bool| {
        let arms = protocol.arms.iter().filter(|arm| touches(arm));
        arms.map(|arm| arm.id.to_string()).collect::<Vec<String>>()
    };
    let courses_with = |touches: &dyn Fn(&str) -> bool| {
        arms(&|arm| {
            let courses = arm
                .options
                .iter()
                .flat_map(|option| protocol.courses_of(option));
            let mut phases = courses.flat_map(|course| &course.phases);
            phases.any(|phase| touches(phase))
        })
    };
    match list {
        "arms" => arms(&|arm| is(&arm.id)),
        "phases" => courses_with(&|phase| is(phase)),
        "volumes" => courses_with(&|phase| {
            let phase = protocol.phase(phase);
            phase.is_some_and(|phase| {
                phase
                    .doses
                    .iter()
                    .any(|dose| encloses(protocol, &dose.volume, &is))
            })
        }),
        "courses" => arms(&|arm| {
            let mut courses = arm
                .options
                .iter()
                .flat_map(|option| protocol.courses_of(option));
            courses.any(|course| is(&course.id))
        }),
        "drugs" => arms(&|arm| {
            let mut drugs = arm
                .options
                .iter()
                .flat_map(|option| protocol.drugs_of(option));
            drugs.any(|drug| is(&drug.id))
        }),
        "risk_features" => arms(&|arm| {
            arm.when
                .value()
                .is_some_and(|when| any(when, &|part| matches!(part, Condition::AnyRiskFeature)))
        }),
        "facts" => arms(&|arm| {
            let tests = |part: &Condition| match part {
                Condition::Fact(test) => !test.fact().is_of_pathology() && is(test.fact().name()),
                _ => false,
            };
            arm.when.value().is_some_and(|when| any(when, &tests))
        }),
        "limits" => arms(&|arm| {
            let radiotherapy = |action: &Action| matches!(action, Action::Radiotherapy { .. });
            arm.options
                .iter()
                .any(|option| option.actions.iter().any(radiotherapy))
        }),
        "start" | "eligibility" => arms(&|_| true),
        _ => Vec::new(),
    }
}

/// Whether a volume or one that encloses it is the one asked for.
fn encloses(protocol: &Protocol, volume: &str, is: &dyn Fn(&str) -> bool) -> bool {
    let mut name = volume;
    // a circle of volumes is a fault that lint reports
    for _ in 0..=protocol.volumes.len() {
        if is(name) {
            return true;
        }
        let inside = protocol.volumes.iter().find(|known| known.name.is(name));
        match inside.and_then(|known| known.inside.as_ref()?.value()) {
            Some(enclosing) => name = enclosing,
            None => return false,
        }
    }
    false
}

fn any(condition: &Condition, wanted: &dyn Fn(&Condition) -> bool) -> bool {
    wanted(condition)
        || match condition {
            Condition::AllOf(parts) | Condition::AnyOf(parts) | Condition::NoneOf(parts) => {
                parts.iter().any(|part| any(part, wanted))
            }
            _ => false,
        }
}
