//! The command answers the cases that every face runs (`tests/faces/README.md`).

use std::path::Path;

use serde_json::Value;

use crate::harness::chemorad;
use crate::strict_json::strict;

/// Every case, with the name of its file.
fn cases() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/faces");
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let file: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        for case in file["cases"].as_array().unwrap() {
            let id = format!("{name}/{}", case["id"].as_str().unwrap());
            cases.push((id, case.clone()));
        }
    }
    assert!(cases.len() > 50, "{}", cases.len());
    cases
}

#[test]
fn the_command_answers_every_case_to_the_last_bit() {
    for (id, case) in cases() {
        let arguments = case["arguments"].as_array().unwrap();
        let mut arguments: Vec<&str> = arguments.iter().map(|a| a.as_str().unwrap()).collect();
        arguments.extend(["--format", "json"]);
        let answer = chemorad(&arguments);
        let exit = answer.exit.map(i64::from);
        assert_eq!(exit, case["exit"].as_i64(), "{id}");
        if let Some(words) = case["refused"].as_str() {
            let message = String::from_utf8_lossy(&answer.stderr);
            let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(message.contains(words), "{id}: {message}");
            assert!(answer.stdout.is_empty(), "{id}");
            continue;
        }
        let json = strict(&answer.stdout);
        for (pointer, wanted) in case["answer"].as_object().unwrap() {
            let found = json.pointer(pointer);
            let found = found.unwrap_or_else(|| panic!("{id}: nothing at {pointer}"));
            match (found.as_f64(), wanted.as_f64()) {
                (Some(found), Some(wanted)) => {
                    assert_eq!(
                        found.to_bits(),
                        wanted.to_bits(),
                        "{id} {pointer}: {found}, not {wanted}"
                    );
                }
                _ => assert_eq!(found, wanted, "{id} {pointer}"),
            }
        }
        if let Some(published) = case.get("published") {
            let number = json.pointer(case["returns"].as_str().unwrap()).unwrap();
            let difference = number.as_f64().unwrap() - published["value"].as_f64().unwrap();
            let within = published["within"].as_f64().unwrap();
            assert!(difference.abs() <= within * (1.0 + 1e-9), "{id}: {number}");
        }
    }
}
