//! The drug side as a pharmacist meets it: ten cases worked by hand, errors that other programs
//! make, rule sets, records, treatment sheets.

mod asked;
mod cases;
mod commands;
mod fhir;
mod sheet;

use serde_json::Value;

use crate::harness::{Answer, chemorad, example};
use crate::strict_json::strict;

/// Text split at spaces; a `_` stands for a space inside an argument, but for the codes of findings.
fn words(text: &str) -> Vec<String> {
    let spaced = |word: &str| word.replace('_', " ");
    text.split_whitespace()
        .map(|word| match word.split_once('=') {
            Some((code, reason)) if code.starts_with("capecitabine.") => {
                format!("{code}={}", spaced(reason))
            }
            // an arm of a protocol
            _ if word.starts_with("NCT") => word.into(),
            _ => spaced(word),
        })
        .collect()
}

fn run(text: &str) -> Answer {
    let words = words(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    chemorad(&words)
}

/// The JSON of a command that ends with an exit code and says nothing on standard error.
#[track_caller]
fn json(text: &str, exit: i32) -> Value {
    let output = run(&format!("{text} --format json"));
    let message = String::from_utf8_lossy(&output.stderr).to_string();
    assert_eq!(output.exit, Some(exit), "{text}: {message}");
    assert!(message.is_empty(), "{message}");
    strict(&output.stdout)
}

/// The page of the same command: it fits 80 columns and carries the notice.
#[track_caller]
fn page(text: &str, exit: i32) -> String {
    let output = run(text);
    assert_eq!(
        output.exit,
        Some(exit),
        "{text}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let page = String::from_utf8(output.stdout).unwrap();
    for line in page.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert!(page.contains("cleared by no authority"), "{page}");
    page
}

/// Exit code 2, nothing on standard output, one message that contains `part`.
#[track_caller]
fn refused(text: &str, part: &str) {
    let output = run(text);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.exit, Some(2), "{text}: {message}");
    assert!(output.stdout.is_empty(), "{text} printed a result");
    assert!(message.contains(part), "{text}: {message}");
    assert!(!message.contains("panicked"), "{text}: {message}");
    assert_eq!(message.matches("error:").count(), 1, "{text}: {message}");
}

#[track_caller]
fn near(value: &Value, expected: f64, tolerance: f64) {
    let number = value.as_f64().unwrap_or(f64::NAN);
    assert!((number - expected).abs() <= tolerance, "{value} {expected}");
}

/// Words on a page, whatever the line breaks.
#[track_caller]
fn says(page: &str, part: &str) {
    let flat = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(part), "{part}\n{page}");
}

fn outcome_of<'a>(order: &'a Value, code: &str) -> Option<&'a str> {
    let mut warnings = order["warnings"].as_array().unwrap().iter();
    warnings
        .find(|finding| finding["code"] == code)
        .and_then(|finding| finding["outcome"].as_str())
}

/// No dose anywhere: neither a figure nor a supply.
#[track_caller]
fn no_dose(order: &Value) {
    for key in [
        "adjusted_regimen",
        "calculated",
        "to_take",
        "to_take_per_day",
        "deviation_percent",
        "supply",
    ] {
        assert!(order[key].is_null(), "{key}: {}", order[key]);
    }
    for key in ["tablets", "administrations", "candidates"] {
        assert!(order[key].as_array().unwrap().is_empty(), "{key}");
    }
}

const LABEL_STOCK: &str = "--tablets 500mg,150mg --max-150 2 --rounding nearest --ties up";

/// An order that waives the topics without a rule set.
fn order(size: &str, intensity: &str, rest: &str) -> String {
    let has = |names: &[&str]| names.iter().any(|name| rest.contains(name));
    let named = [
        ("renal", has(&["fda-label", "renal=", "rule-set-site"])),
        (
            "dpyd",
            has(&["-dpyd-", "dpyd=", "--rule-set fda-label-2026"]),
        ),
        ("interactions", has(&["eu-leaflet", "interactions="])),
    ];
    let waived: Vec<&str> = named
        .into_iter()
        .filter_map(|(topic, named)| (!named).then_some(topic))
        .collect();
    let without = if waived.is_empty() {
        String::new()
    } else {
        format!("--without {}", waived.join(","))
    };
    asked(size, intensity, &format!("{rest} {without}"))
}

/// An order with nothing waived.
fn asked(size: &str, intensity: &str, rest: &str) -> String {
    format!(
        "capecitabine {size} --formula mosteller --intensity {intensity} --per administration \
         --times-per-day 2 {rest}"
    )
}
