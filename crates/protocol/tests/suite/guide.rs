//! The guides in `docs/`: their file is the example, and it is sound; their recipes are what runs.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::{Path, PathBuf};

use chemorad_protocol::{Format, Linted, ProtocolFile};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

fn blocks(text: &str, language: &str) -> Vec<String> {
    let start = format!("```{language}\n");
    text.split(&start)
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap().to_string())
        .collect()
}

#[test]
fn the_blocks_of_the_guide_are_the_example() {
    let guide = blocks(&text("docs/protocol-files.md"), "toml").join("\n");
    let example = text("examples/protocol-bladder-two-arm.toml");
    assert!(
        guide == example,
        "docs/protocol-files.md and the example differ"
    );
    let path = root().join("examples/protocol-bladder-two-arm.toml");
    for linted in Linted::read(&path) {
        assert!(
            linted.readable && linted.findings.is_empty(),
            "{:?}",
            linted.findings
        );
    }
}

/// Every table of the guide's file can be misprinted and is then found.
#[test]
fn a_wrong_number_in_the_example_is_found() {
    let example = text("examples/protocol-bladder-two-arm.toml");
    let folder = tempfile::tempdir().unwrap();
    for (from, to) in [
        ("\"52 Gy in 26\"", "\"53 Gy in 26\""),
        ("\"12 Gy in 6\"", "\"12 Gy in 8\""),
        ("value = \"64 Gy in 32\"", "value = \"64 Gy in 33\""),
        ("intensity = \"825 mg/m2\"", "intensity = \"852 mg/m2\""),
        ("administrations_per_day = 2", "administrations_per_day = 3"),
        ("\"1650 mg/m2/d\"", "\"825 mg/m2/d\""),
        (
            "when = { allocation = \"B\" }",
            "when = { allocation = \"A\" }",
        ),
        ("value = \"60 %\"", "value = \"600 %\""),
        (
            "variation = { value = \"63 Gy\"",
            "variation = { value = \"57 Gy\"",
        ),
        ("eqd2 = \"64 Gy\"", "eqd2 = \"46 Gy\""),
        ("ordered = \"1500 mg\"", "ordered = \"3000 mg\""),
    ] {
        assert_eq!(example.matches(from).count(), 1, "{from}");
        let path = folder.path().join("trial.toml");
        std::fs::write(&path, example.replace(from, to)).unwrap();
        let found = Linted::read(&path);
        assert!(
            found
                .iter()
                .any(|linted| !linted.readable || !linted.findings.is_empty()),
            "{from} to {to}"
        );
    }
}

/// The file to begin with, filled in from the passages of the guide alone.
#[test]
fn the_skeleton_is_filled_in_without_more() {
    let skeleton = chemorad_protocol::skeleton("SYNTHETIC-9").unwrap();
    let gaps = skeleton
        .lines()
        .filter(|line| line.contains("FILL IN: ") && !line.starts_with('#'));
    let linted = Linted::of(ProtocolFile::parse("new.toml", &skeleton, Format::Toml));
    let found: Vec<&str> = linted.findings.iter().map(|l| l.finding.code()).collect();
    assert!(
        found.iter().all(|code| *code == "protocol.fill_in"),
        "{found:?}"
    );
    assert!(found.len() >= gaps.count(), "{found:?}");

    let answers = [
        ("title", "\"An invented trial\""),
        ("document", "\"invented protocol\""),
        ("version", "\"1\""),
        (
            "field",
            "\"the pelvis gets 45 Gy in 25 fractions, 5 a week\"",
        ),
        ("rx", "\"oral capecitabine 825 mg/m2 twice daily\""),
        ("who", "\"all patients get radiotherapy with capecitabine\""),
        ("called", "\"the pelvis\""),
        (
            "modality",
            "{ value = \"external_beam\", reason = \"fractions of 1.8 Gy; the beam is not named\" }",
        ),
        ("fractionation", "\"45 Gy in 25\""),
        (
            "dose_per_fraction",
            "{ value = \"1.8 Gy\", reason = \"45 Gy / 25 = 1.8 Gy\" }",
        ),
        ("fractions_per_week", "5"),
        ("drug", "\"capecitabine\""),
        ("route", "\"oral\""),
        ("intensity", "\"825 mg/m2\""),
        ("administrations_per_day", "2"),
        ("days.question", "\"drug_days\""),
        ("when", "\"everyone\""),
    ];
    let filled: Vec<String> = skeleton
        .lines()
        .map(|line| {
            if line.starts_with('#') || !line.contains("FILL IN") {
                return line.to_string();
            }
            if line.starts_with("[passages") {
                return "[passages.\"5\"]".to_string();
            }
            let field = line.split(" = ").next().unwrap();
            let answer = answers
                .iter()
                .find(|(name, _)| name.split('.').next() == Some(field))
                .unwrap_or_else(|| panic!("{line}"));
            format!("{} = {}", answer.0, answer.1)
        })
        .collect();
    let text = filled.join("\n");
    let linted = Linted::of(ProtocolFile::parse("new.toml", &text, Format::Toml));
    assert!(linted.findings.is_empty(), "{:#?}", linted.findings);
}

#[test]
fn the_hook_of_the_repository_is_the_one_of_the_guide() {
    let hooks = text(".pre-commit-hooks.yaml");
    let guide = text("docs/ci.md");
    for line in hooks.lines().filter(|line| !line.contains("description")) {
        let line = line.trim_start_matches("- ").trim();
        assert!(guide.contains(line), "{line}");
    }
}
