//! Protocols held against the text of their source.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::Path;

use chemorad::report::Outcome;
use chemorad_protocol::{Format, Linted, ProtocolFile, SourceText, library};

use crate::citations::SHORT;

const REGISTRY: &str = include_str!("../registry/NCT06949098.txt");

/// The text of an invented document, as `pdftotext` leaves it.
const DOCUMENT: &str = "3  Patients

All patients of the trial. (all patients)

5  Radiotherapy

In every arm the pelvis gets 45 Gy in 25 frac-
tions  with photons, and oral capecitabine 825 mg/m²
twice daily. Local control was 91 % after 52 weeks; a boost of 9 Gy
in 5 fractions is optional (9 Gy).
";

fn source(text: &str) -> SourceText {
    SourceText::from_bytes(Path::new("source.txt"), Ok(text.as_bytes().to_vec())).unwrap()
}

fn short(text: &str) -> ProtocolFile {
    ProtocolFile::parse("trial.toml", text, Format::Toml).unwrap()
}

fn said(linted: &Linted, code: &str) -> Vec<(String, String)> {
    let of_code = linted.findings.iter().filter(|l| l.finding.is(code));
    of_code
        .map(|l| (l.place.start.to_string(), l.finding.message()))
        .collect()
}

#[test]
fn every_passage_of_the_trial_is_in_its_registry_text() {
    let file = library::file("NCT06949098").unwrap();
    let [protocol, text] = Linted::against(&file, &source(REGISTRY));
    assert!(protocol.findings.is_empty(), "{:#?}", protocol.findings);
    assert!(
        text.findings
            .iter()
            .all(|l| l.finding.outcome == Outcome::Warn)
    );
    // a passage with one digit changed is not, and the place of the passage is shown
    let changed = library::text("NCT06949098").unwrap().replace(
        "field = \"Pelvic field irradiation 45Gy in 25",
        "field = \"Pelvic field irradiation 45Gy in 28",
    );
    let [protocol, _] = Linted::against(&short(&changed), &source(REGISTRY));
    let [(place, message)] = said(&protocol, "protocol.passage_source")
        .try_into()
        .unwrap();
    let line = changed
        .lines()
        .position(|line| line.starts_with("field = "))
        .unwrap()
        + 1;
    assert_eq!(place, format!("{line}:9"));
    assert!(
        message.contains("\"Pelvic field irradiation 45Gy in\" in line"),
        "{message}"
    );
    assert!(message.contains("\"28 fractions\" here"), "{message}");
}

#[test]
fn passages_and_numbers_of_a_document() {
    let [protocol, text] = Linted::against(&short(SHORT), &source(DOCUMENT));
    assert!(protocol.findings.is_empty(), "{:#?}", protocol.findings);
    let numbers: Vec<String> = said(&text, "protocol.source_number")
        .into_iter()
        .map(|(place, message)| format!("{place} {}", message.split('"').nth(1).unwrap()))
        .collect();
    // each once, where it first stands; 45 Gy, 25 fractions and 825 mg/m2 are in the protocol
    assert_eq!(
        numbers,
        [
            "9:32 91 %",
            "9:43 52 weeks",
            "9:64 9 Gy",
            "10:4 5 fractions"
        ]
    );
    assert_eq!(text.outcome(), Outcome::Warn);

    // one word changed in the document
    let [protocol, _] = Linted::against(
        &short(SHORT),
        &source(&DOCUMENT.replace("twice daily", "once daily")),
    );
    let [(place, message)] = said(&protocol, "protocol.passage_source")
        .try_into()
        .unwrap();
    let line = SHORT
        .lines()
        .position(|line| line.contains("id = \"rx\""))
        .unwrap()
        + 1;
    assert!(place.starts_with(&format!("{line}:")), "{place}");
    assert!(message.contains("goes on with \"once daily."), "{message}");
    assert_eq!(protocol.outcome(), Outcome::Fail);
}

/// A file of the first schema has its words in place, and each is looked for once.
#[test]
fn a_file_of_the_first_schema_too() {
    let full = serde_json::to_string_pretty(&short(SHORT).protocol).unwrap();
    let file = ProtocolFile::parse("full.json", &full, Format::Json).unwrap();
    let [protocol, _] = Linted::against(&file, &source(DOCUMENT));
    assert!(protocol.findings.is_empty(), "{:#?}", protocol.findings);
    let [protocol, _] = Linted::against(&file, &source(&DOCUMENT.replace("photons", "electrons")));
    let found = said(&protocol, "protocol.passage_source");
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn noted_figures_are_not_looked_for() {
    let noted = SHORT.replace("version = \"1\"", "version = \"1\"\nquotes = \"noted\"");
    let [protocol, _] = Linted::against(&short(&noted), &source("other words"));
    let found = said(&protocol, "protocol.source_noted");
    assert_eq!((found.len(), protocol.findings.len()), (1, 1));
    assert_eq!(protocol.outcome(), Outcome::CannotTell);
}

#[test]
fn the_source_beside_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("trial.toml");
    let text = SHORT.replace("version = \"1\"", "version = \"1\"\nfile = \"source.txt\"");
    std::fs::write(&at, &text).unwrap();
    let linted = Linted::read(&at);
    let [(place, message)] = said(&linted[0], "protocol.source_unreadable")
        .try_into()
        .unwrap();
    let line = text
        .lines()
        .position(|line| line.starts_with("file = "))
        .unwrap()
        + 1;
    assert_eq!(place, format!("{line}:8"), "{message}");
    std::fs::write(folder.path().join("source.txt"), DOCUMENT).unwrap();
    let linted = Linted::read(&at);
    assert_eq!(linted.len(), 2);
    assert!(linted[0].findings.is_empty() && linted[1].findings.len() == 4);
    // the name goes with the protocol
    let file = short(&text);
    assert_eq!(file.protocol.source.file.as_deref(), Some("source.txt"));
}

#[test]
fn what_is_no_text_is_refused() {
    let read = |bytes: &[u8]| SourceText::from_bytes(Path::new("s"), Ok(bytes.to_vec()));
    for (bytes, words) in [
        (&b"%PDF-1.4 ..."[..], "pdftotext"),
        (b"45 Gy \xff", "byte 6"),
        (b" \n", "empty"),
    ] {
        let message = read(bytes).unwrap_err().to_string();
        assert!(message.contains(words), "{message}");
    }
    assert_eq!(read("\u{feff}45 Gy".as_bytes()).unwrap().text(), "45 Gy");
}

/// Written from published words with the skeleton and the guide; the first is the lowest level of a dose
/// escalation, which a question of the file says.
#[test]
fn protocols_written_from_published_words_lint_clean() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/written");
    for (name, known) in [("head-neck-capecitabine.toml", 1), ("NCT02459457.toml", 0)] {
        let linted = Linted::read(&folder.join(name));
        assert_eq!(linted.len(), 2, "{name}: the file and its source");
        let findings: Vec<_> = linted.iter().flat_map(|one| &one.findings).collect();
        let (warned, other): (Vec<_>, Vec<_>) = findings.into_iter().partition(|l| {
            l.finding.is("protocol.drug_regimen") && l.finding.outcome == Outcome::Warn
        });
        assert_eq!(
            (warned.len(), other.len()),
            (known, 0),
            "{name}: {other:#?}"
        );
    }
}
