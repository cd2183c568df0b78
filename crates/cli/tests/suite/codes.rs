//! The catalogue of codes against the sources: each code is said by a room, and a test asks for it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chemorad_cli::{codes, finding_codes};

use crate::harness::chemorad;

/// The text of every file below a folder whose name has this ending.
fn texts(folder: &Path, ending: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return all;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(texts(&path, ending));
        } else if path.extension().is_some_and(|own| own == ending) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            all.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    all
}

/// The root package and every crate.
fn packages() -> Vec<std::path::PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let crates = fs::read_dir(root.join("crates")).unwrap();
    let mut all: Vec<_> = crates.map(|entry| entry.unwrap().path()).collect();
    all.push(root);
    all
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
}

/// The constant of each code is used once more than in its definition and its table: in the arm of
/// `Observation::code` that gives it to a finding.
#[test]
fn every_code_is_said_by_a_finding() {
    let mut said = BTreeSet::new();
    for package in packages() {
        let sources = texts(&package.join("src"), "rs");
        for (_, source) in &sources {
            for (before, after) in definitions(source) {
                let code = after.split('"').nth(1).unwrap_or_default();
                let name = words(before).filter(|word| !word.is_empty()).last();
                let name = name.unwrap_or_default();
                let uses = |text: &String| words(text).filter(|word| *word == name).count();
                let all: usize = sources.iter().map(|(_, text)| uses(text)).sum();
                if all > 2 {
                    said.insert(code.to_string());
                }
            }
        }
    }
    let dead: Vec<&str> = finding_codes()
        .map(|code| code.name)
        .filter(|name| !said.contains(*name))
        .collect();
    assert!(dead.is_empty(), "no finding says {dead:?}: delete them");
}

/// What stands before and after each `: Code = Code::new(` of a file.
fn definitions(source: &str) -> impl Iterator<Item = (&str, &str)> {
    const DEFINITION: &str = ": Code = Code::new(";
    source
        .match_indices(DEFINITION)
        .map(|(at, _)| (&source[..at], &source[at + DEFINITION.len()..]))
}

/// A test names each code, or a snapshot holds a finding with it. The snapshots of `explain` name
/// all of them and do not count.
#[test]
fn every_code_is_asked_for_by_a_test() {
    let mut tests = String::new();
    for package in packages() {
        for (_, text) in texts(&package.join("tests"), "rs") {
            tests.push_str(&text);
        }
        for (name, text) in texts(&package.join("tests"), "snap") {
            if !name.starts_with("explain") {
                tests.push_str(&text);
            }
        }
    }
    let found = |name: &str| {
        let marks = [
            format!("\"{name}\""),
            format!("<code>{name}</code>"),
            format!("[{name}]"),
            format!(" {name} "),
        ];
        marks.iter().any(|mark| tests.contains(mark.as_str()))
    };
    let untested: Vec<&str> = finding_codes()
        .map(|code| code.name)
        .filter(|name| !found(name))
        .collect();
    assert!(untested.is_empty(), "no test asks for {untested:?}");
}

/// The constant of the code of a refusal is used beside its definition, or the module of Python says the code.
#[test]
fn every_code_of_a_refusal_is_said() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let sources = texts(&crates.join("cli/src"), "rs");
    let python = texts(&crates.join("python/src"), "rs");
    let findings: BTreeSet<&str> = finding_codes().map(|code| code.name).collect();
    let dead: Vec<&str> = codes()
        .map(|code| code.name)
        .filter(|name| !findings.contains(name))
        .filter(|name| {
            let definition = format!(" = \"{name}\",");
            let defined = sources
                .iter()
                .find_map(|(_, text)| text.split_once(&definition));
            let constant = defined
                .and_then(|(before, _)| words(before).filter(|word| !word.is_empty()).last());
            let uses = |text: &String| words(text).filter(|word| Some(*word) == constant).count();
            let all: usize = sources.iter().map(|(_, text)| uses(text)).sum();
            let of_python = python
                .iter()
                .any(|(_, text)| text.contains(&format!("\"{name}\"")));
            all < 2 && !of_python
        })
        .collect();
    assert!(
        dead.is_empty(),
        "nothing is refused with {dead:?}: delete them"
    );
}

/// A program tells refusals apart by their codes.
#[test]
fn refusals_are_told_apart_by_their_codes() {
    for (words, code) in [
        ("bed 45 --ab 10Gy", "fractionation.malformed"),
        ("bed 45Gy/25", "input.missing"),
        ("bed 45Gy/25 --ab 10", "quantity.missing_unit"),
        ("bed 45Gy/25 --alphabeta 10Gy", "input.unknown_argument"),
        ("bedd", "input.unknown_command"),
        ("bed 45Gy/25 --ab 10Gy --plot curve.csv", "file.name"),
        ("gap none.toml", "file.unreadable"),
        ("explain no.such_code", "explain.unknown"),
        ("bsa 170cm 72kg --formula schlich", "patient.refused"),
        ("bsa 170cm 171cm --formula boyd", "input.conflict"),
        ("bsa 999cm 72kg --formula boyd", "quantity.above_maximum"),
        ("bsa --formula boyd", "input.missing"),
        (
            "check --planned 45Gy/25 --protocol NCT0/none",
            "protocol.unknown",
        ),
        (
            "check --planned 45Gy/25 --prescribed 45Gy/25 --tolerance dose",
            "check.tolerance",
        ),
        (
            "check --planned 45Gy/25 --prescribed 45Gy/25 --limits quantec",
            "limits.files",
        ),
        ("cohort none.csv --output records.txt", "file.name"),
        ("cohort none.csv --column height", "input.value"),
        ("endpoints --format xml", "input.value"),
        ("assign --protocol NCT06949098 --fact a=b", "protocol.fact"),
        (
            "schedule --start 2026-02-30 --phase 45Gy/25",
            "date.refused",
        ),
        ("selftest --compare none.json", "file.unreadable"),
        ("dvh none.dcm none.dcm", "file.unreadable"),
        ("inspect none.dcm", "file.unreadable"),
        ("check none.dcm --prescribed 45Gy/25", "file.unreadable"),
        ("inspect src/lib.rs", "dicom.not_dicom"),
        ("check src/lib.rs --prescribed 45Gy/25", "dicom.not_dicom"),
        (
            "check none.dcm src/lib.rs --prescribed 45Gy/25",
            "dicom.none",
        ),
        (
            "gap 45Gy/25 --start 2026-11-02 --missed 2026-11-08 --ab 10Gy --late-ab 3Gy",
            "gap.missed",
        ),
        (
            "gap 45Gy/25 --start 2026-11-02 --delivered 5 --resume 2026-11-03 --ab 10Gy --late-ab 3Gy",
            "gap.resume",
        ),
        (
            "capecitabine 170cm 72kg --intensity 825mg/m2 --per administration --times-per-day 2 --formula mosteller --tablets 500mg,500mg --rounding down",
            "capecitabine.stock",
        ),
        (
            "capecitabine 170cm 72kg --intensity 825mg/m2 --per administration --times-per-day 2 --formula mosteller --tablets 500mg --rounding nearby",
            "capecitabine.rounding",
        ),
    ] {
        let words: Vec<&str> = words.split(' ').collect();
        let answer = chemorad(&words);
        let message = String::from_utf8(answer.stderr).unwrap();
        assert_eq!(answer.exit, Some(2), "{words:?}: {message}");
        let last = message.lines().next_back();
        assert_eq!(
            last,
            Some(format!("code: {code}").as_str()),
            "{words:?}: {message}"
        );
    }
}
