//! The files of a department's cases: how a case is written, and which prove nothing.

use serde::Deserialize;
use serde_json::Value;

use super::place::{self, At};

/// The name of the part of a self-test that holds them.
pub(super) const SITE_CASES: &str = "site cases";

/// A file of cases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseFile {
    #[serde(rename = "case")]
    pub(super) cases: Vec<SiteCase>,
}

/// A command, and what it must answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SiteCase {
    pub(super) id: String,
    /// Where the expected numbers are from: who calculated them, and how.
    pub(super) source: String,
    /// The words after `chemorad`; `{cases}` stands for the folder of the cases.
    pub(super) arguments: Vec<String>,
    pub(super) exit: u8,
    /// A part of the error of a command that must be refused.
    #[serde(default)]
    pub(super) message: Option<String>,
    #[serde(default)]
    pub(super) expect: Vec<Expected>,
}

/// A value at a place of the JSON.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expected {
    /// A pointer, such as `/total/bed/value` or `/findings/rx.total/found`.
    pub(super) at: String,
    #[serde(default)]
    pub(super) number: Option<f64>,
    /// How far from it.
    #[serde(default)]
    pub(super) within: Option<f64>,
    #[serde(default)]
    pub(super) text: Option<String>,
}

/// A part of an error that is shorter is in too many errors.
const SHORTEST_MESSAGE: usize = 8;

impl SiteCase {
    /// Why it proves nothing, or what is wrong with the way that it is written.
    pub(super) fn fault(&self) -> Option<String> {
        if self.id.trim().is_empty() {
            return Some("id is empty: give the case a name".into());
        }
        if self.source.trim().is_empty() {
            return Some("source is empty: say who calculated what is expected, and how".into());
        }
        if self.arguments.is_empty() {
            return Some("arguments are missing: give those of a command, such as [\"bed\", \"45Gy/25\", \"--ab\", \"10Gy\"]".into());
        }
        if let Some(fault) = self.expect.iter().find_map(Expected::fault) {
            return Some(fault);
        }
        match &self.message {
            None if self.exit == 2 => Some(
                "any wrong command has exit code 2: give message = \"...\" too, a part of the error that must come".into(),
            ),
            None if self.exit == 0 && self.expect.is_empty() => Some(
                "it expects nothing: give expect, or the exit code of a failed check".into(),
            ),
            Some(_) if self.exit == 0 => {
                Some("message is a part of an error, which exit code 0 does not have".into())
            }
            Some(message) if squeezed(message).chars().count() < SHORTEST_MESSAGE => Some(format!(
                "message has fewer than {SHORTEST_MESSAGE} characters, which are in many errors: give more of the error that must come"
            )),
            _ => None,
        }
    }
}

/// One space between words: a message is broken into lines.
pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Expected {
    /// What is wrong with the way that it is written.
    fn fault(&self) -> Option<String> {
        if !self.at.starts_with('/') {
            return Some("at begins with /, such as /total/bed/value".into());
        }
        match (self.number, self.within, &self.text) {
            (Some(number), Some(within), None) => {
                if !(number.is_finite() && within.is_finite() && within >= 0.0) {
                    return Some("number and within must be numbers, within not below 0".into());
                }
                // nothing at all, and twice the number, would be within it
                let largest = if number == 0.0 { 1.0 } else { number.abs() };
                (within >= largest).then(|| {
                    format!("within {within} is too large for {number}: give one below {largest}")
                })
            }
            (None, None, Some(_)) => None,
            _ => Some("give number and within, or text".into()),
        }
    }

    /// What is expected, without its place.
    pub(super) fn value(&self) -> String {
        match (self.number, &self.text) {
            (Some(number), _) => number.to_string(),
            (None, text) => format!("{:?}", text.as_deref().unwrap_or_default()),
        }
    }

    pub(super) fn shown(&self) -> String {
        format!("{} = {}", self.at, self.value())
    }

    /// What is at the place, how far that is from the number, and whether it is as expected.
    pub(super) fn held_against(&self, answer: &Value) -> (String, Option<f64>, bool) {
        let found = match place::find(answer, &self.at) {
            At::One(found) => found,
            At::Nothing => return ("nothing".into(), None, false),
            At::Several(code) => {
                let found = format!(
                    "several have the code {code}: write {code} at PLACE, as the finding says where it is"
                );
                return (found, None, false);
            }
        };
        let number = found.as_f64();
        let (difference, met) = match (self.number, self.within, &self.text) {
            (Some(wanted), Some(within), _) => {
                let difference = number.map(|found| found - wanted);
                let near = |difference: f64| difference.abs() <= within * (1.0 + 1e-9);
                (difference, difference.is_some_and(near))
            }
            (_, _, Some(text)) => (None, found.as_str() == Some(text)),
            _ => (None, false),
        };
        (found.to_string(), difference, met)
    }
}
