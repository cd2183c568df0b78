//! SARIF 2.1.0 (OASIS), which code hosts show next to the lines.

use chemorad::report::Outcome;
use chemorad_protocol::{Linted, Located, explanations};
use serde::Serialize;
use serde_json::{Value, json};

use super::words::words;
use crate::VERSION;
use crate::explanation::paragraph;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// A log with every rule and every finding.
///
/// # Errors
/// A text that is no JSON, which none is.
pub fn sarif(linted: &[Linted]) -> Result<String, serde_json::Error> {
    let rules: Vec<Value> = explanations()
        .map(|rule| {
            json!({
                "id": rule.name,
                "shortDescription": { "text": rule.title },
                "fullDescription": { "text": paragraph(rule) },
                "help": { "text": paragraph(rule) },
            })
        })
        .collect();
    let results: Vec<Value> = linted
        .iter()
        .flat_map(|file| file.findings.iter().map(|located| result(file, located)))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "chemorad",
                    "version": VERSION,
                    "informationUri": "https://crates.io/crates/chemorad",
                    "rules": rules,
                }
            },
            // a character outside the basic plane is one column here
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let json = serde_json::to_string_pretty(&log)?;
    Ok(crate::escape::visible_json(&json) + "\n")
}

fn result(file: &Linted, located: &Located) -> Value {
    let Located { finding, place } = located;
    let region = Region {
        start_line: place.start.line,
        start_column: place.start.column,
        end_line: place.end.line,
        end_column: place.end.column,
    };
    json!({
        "ruleId": finding.code(),
        "ruleIndex": explanations().position(|rule| finding.is(rule.name)),
        "level": level(finding.outcome),
        "message": { "text": words(finding) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(&file.name) },
                "region": region,
            },
            "logicalLocations": [{ "fullyQualifiedName": finding.at() }],
        }],
    })
}

const fn level(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Fail => "error",
        Outcome::Warn | Outcome::CannotTell => "warning",
        Outcome::Pass | Outcome::NotApplicable => "note",
    }
}

/// A relative file name as a URI reference: slashes, and what a URI cannot hold in percent.
fn uri(name: &str) -> String {
    let mut uri = String::with_capacity(name.len());
    for byte in name.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.extend(['%', hexadecimal(byte >> 4), hexadecimal(byte & 15)]);
        }
    }
    uri
}

fn hexadecimal(digit: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(digit)])
}
