//! Every fault of a file is told at once, each once, in the order of the file.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use chemorad::patient::{Height, Sex, Weight};
use chemorad::radiotherapy::Fractionation;
use chemorad_reader::{Document, Fault, Format, OpenQuote};
use serde::Deserialize;

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Patient {
    height: Height,
    weight: Weight,
    sex: Option<Sex>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Basis {
    Actual,
    Ideal,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Order {
    title: String,
    patient: Patient,
    basis: Basis,
    doses: Vec<Fractionation>,
    #[serde(default)]
    answers: BTreeMap<String, String>,
}

const SOUND: &str = r#"
title = "an order"
basis = "ideal"
doses = ["45 Gy/25", "5.4 Gy/3"]

[patient]
height = "170 cm"
weight = "70 kg"
"#;

fn faults(text: &str, format: Format) -> Vec<String> {
    let shown = |fault: &Fault| format!("{} {} {}", fault.position, fault.code, fault);
    match Document::parse("order", text, format).and_then(|document| document.read::<Order>()) {
        Ok(order) => panic!("{order:?}"),
        Err(faults) => faults.iter().map(shown).collect(),
    }
}

#[test]
fn a_sound_file_is_read() {
    let document = Document::parse("order", SOUND, Format::Toml).unwrap();
    let order: Order = document.read().unwrap();
    assert_eq!(order.doses.len(), 2);
    assert_eq!(order.basis, Basis::Ideal);
}

#[test]
fn faults_of_every_kind_are_told_together() {
    let text = r#"titel = "an order"
basis = "lean"
doses = ["45 Gy/25", "5.4", "30 Gy"]
colour = "red"
doses = []

[patient]
height = "170 cm"
weight = "70"
sex = "femal"
age = 5

[answers]
days = 5
nights = "none"
"#;
    let found = faults(text, Format::Toml);
    let begin: Vec<String> = found
        .iter()
        .map(|fault| fault.split(' ').take(2).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        begin,
        [
            "1:1 file.unknown_field",
            "2:9 file.value",
            "3:22 file.value",
            "3:29 file.value",
            "4:1 file.unknown_field",
            "5:1 file.duplicate_key",
            "9:10 file.value",
            "10:7 file.value",
            "11:1 file.unknown_field",
            "14:8 file.value",
        ],
        "{found:#?}"
    );
    assert!(found[0].contains("did you mean `title`?"), "{}", found[0]);
    assert!(found[1].contains("`actual`, `ideal`"), "{}", found[1]);
    assert!(found[7].contains("female"), "{}", found[7]);
}

#[test]
fn the_same_faults_are_found_in_json() {
    let text = r#"{
  "titel": "an order", "basis": "lean", "doses": ["5.4"], "doses": [],
  "patient": { "height": "170 cm", "weight": 70, "sex": "femal" }
}"#;
    let found = faults(text, Format::Json);
    assert_eq!(found.len(), 6, "{found:#?}");
    assert!(
        found[3].starts_with("2:59 file.duplicate_key"),
        "{found:#?}"
    );
}

#[test]
fn every_missing_field_is_named() {
    let found = faults("[patient]\nsex = \"femal\"\n", Format::Toml);
    let words: Vec<&str> = found
        .iter()
        .filter_map(|fault| {
            fault
                .split_once("file.missing_field the field ")
                .map(|(_, name)| name)
        })
        .collect();
    assert_eq!(
        words,
        [
            "`height` is missing",
            "`weight` is missing",
            "`title` is missing",
            "`basis` is missing",
            "`doses` is missing"
        ],
        "{found:#?}"
    );
    assert!(found[0].starts_with("2:7 file.value"), "{found:#?}");
}

#[test]
fn what_follows_from_a_fault_is_no_fault() {
    // `weight` is there under another name, and the patient cannot be read without it
    let text = SOUND.replace("weight = ", "wieght = ");
    let found = faults(&text, Format::Toml);
    assert_eq!(found.len(), 1, "{found:#?}");
    let text = SOUND.replace("\"70 kg\"", "70");
    let found = faults(&text, Format::Toml);
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn nonsense_ends() {
    let many: Vec<String> = (0..5_000).map(|n| format!("x{n} = {n}\n")).collect();
    let many = many.concat();
    let found = faults(&many, Format::Toml);
    assert!((10..=60).contains(&found.len()), "{}", found.len());
    for text in ["", "a = 1", "patient = 1", "[[patient]]", "patient = []"] {
        assert!(!faults(text, Format::Toml).is_empty());
    }
    for text in ["[]", "null", "1", "{}", "{\"patient\": null}"] {
        assert!(!faults(text, Format::Json).is_empty());
    }
}

#[test]
fn a_quoted_cell_ends_in_its_line() {
    let first = |text: &str| OpenQuote::first(text, b',', Some(b'#'));
    for sound in [
        "",
        "a,b\nc,d",
        "a,\"b, \"\"c\"\"\"\nd,\"\"\n",
        "a,say \"so\nb,5\" high\n",
        "# it's \"open\n#\"\na,b\n",
        "a,\"b\" \"\nc,d\n",
        "\"a\",\"b\"\r\n\"c\",\"d\"\r\n",
    ] {
        assert_eq!(first(sound), None, "{sound:?}");
    }
    for (text, line, closed) in [
        ("a,\"b\nc,d\n", 1, None),
        ("a,b\nc,\"d", 2, None),
        ("a,b\r\nc,\"d\r\ne,f\r\ng,\"h\"\r\n", 2, Some(4)),
        ("a,b\rc,\"d\re,f\rg,\"h\"\r", 2, Some(4)),
        ("# \"\n\"a\nb\",c\n", 2, Some(3)),
        ("a,\"\"\"\nb\n", 1, None),
        ("a,\"b\"\nc, \"d\n,\"e\nf\n", 3, None),
    ] {
        assert_eq!(first(text), Some(OpenQuote { line, closed }), "{text:?}");
        let said = first(text).unwrap().to_string();
        assert!(said.starts_with(&format!("line {line}: ")), "{said}");
    }
}
