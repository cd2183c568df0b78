//! The catalogue of codes against the sources: each code is said by a room, and a test asks for it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chemorad_cli::codes;

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
    let dead: Vec<&str> = codes()
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
    let untested: Vec<&str> = codes()
        .map(|code| code.name)
        .filter(|name| !found(name))
        .collect();
    assert!(untested.is_empty(), "no test asks for {untested:?}");
}
