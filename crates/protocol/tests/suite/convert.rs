//! Files of `chemorad.protocol/1` converted: the same protocol, the same findings, the comments kept.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad_protocol::{ConvertError, Format, Linted, Protocol, ProtocolFile, Schema, library};
use proptest::prelude::*;

const FIRST: &str = include_str!("../fixtures/synthetic.toml");

fn first_schema(protocol: &Protocol, format: Format) -> ProtocolFile {
    let text = match format {
        Format::Toml => toml::to_string_pretty(protocol).unwrap(),
        Format::Json => serde_json::to_string_pretty(protocol).unwrap(),
    };
    let file = ProtocolFile::parse("first", &text, format).unwrap();
    assert_eq!(file.schema(), Schema::V1);
    file
}

/// What lint says, without its places.
fn said(file: &ProtocolFile) -> Vec<String> {
    let linted = Linted::of(Ok(file.clone()));
    let mut said: Vec<String> = linted
        .findings
        .iter()
        .map(|l| format!("{} {} {}", l.finding.code(), l.finding.at(), l.finding))
        .collect();
    said.sort();
    said
}

fn converts(file: &ProtocolFile) -> String {
    let text = file.converted().unwrap_or_else(|error| panic!("{error}"));
    let converted = ProtocolFile::parse("second", &text, file.format()).unwrap();
    assert_eq!(converted.schema(), Schema::V2);
    assert_eq!(converted.protocol, file.protocol);
    assert!(
        converted
            .passages()
            .iter()
            .all(chemorad_protocol::Passage::is_cited)
    );
    let unlike = |line: &String| !line.starts_with("protocol.quote_variant");
    let (before, after) = (said(file), said(&converted));
    assert!(
        before
            .iter()
            .filter(|l| unlike(l))
            .eq(after.iter().filter(|l| unlike(l))),
        "{before:#?} {after:#?}"
    );
    // each passage stands once
    for passage in converted.passages() {
        let written = serde_json::to_string(&*passage.text).unwrap();
        let times = text
            .matches(&format!("\n{} = {written}\n", &*passage.id))
            .count();
        assert!(
            times <= 1 || file.format() == Format::Json,
            "{written}: {times}"
        );
    }
    text
}

#[test]
fn every_shipped_protocol_in_both_forms() {
    for id in library::ids() {
        let protocol = library::file(id).unwrap().protocol;
        for format in [Format::Toml, Format::Json] {
            let first = first_schema(&protocol, format);
            let text = converts(&first);
            assert!(text.len() < first.text().len(), "{id}");
        }
    }
}

#[test]
fn comments_stay_with_what_they_stand_before() {
    let commented = FIRST
        .replacen("[[drugs]]", "# the drug\n[[drugs]]", 1)
        .replacen("intensity = ", "# of one intake\nintensity = ", 1)
        + "# the end\n";
    let file = ProtocolFile::parse("first.toml", &commented, Format::Toml).unwrap();
    let text = converts(&file);
    for (comment, next) in [
        ("# the drug", "[[drugs]]"),
        ("# of one intake", "intensity = "),
    ] {
        let mut lines = text.lines().skip_while(|line| *line != comment);
        assert_eq!(lines.next(), Some(comment), "{text}");
        assert!(lines.next().unwrap().starts_with(next), "{text}");
    }
    let comments = |text: &str| {
        text.lines()
            .filter(|line| line.trim_start().starts_with('#'))
            .count()
    };
    assert_eq!(comments(&text), comments(&commented));
}

#[test]
fn a_file_of_the_second_schema_is_not_converted_again() {
    let file = ProtocolFile::parse("first.toml", FIRST, Format::Toml).unwrap();
    let text = file.converted().unwrap();
    let second = ProtocolFile::parse("second.toml", &text, Format::Toml).unwrap();
    assert!(matches!(second.converted(), Err(ConvertError::Already(_))));
}

/// Words that a file must write with care.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z ]{1,30}[a-z]",
        "[^\\x00-\\x1f]{1,20}x",
        Just("45 Gy \"in\" 25 \\ fractions # no comment".to_string()),
        Just("m²\u{7f}\tx".to_string()),
    ]
    .prop_filter("some text", |words| !words.trim().is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Protocols made of a shipped one: any quotes and locators, values stated or derived, questions with
    /// and without passages, and tables in which some values cite nothing.
    #[test]
    fn generated_protocols(
        id in 0_usize..22,
        texts in proptest::collection::vec((words(), words()), 1..5),
        picks in proptest::collection::vec(0_usize..1000, 40),
        format in prop_oneof![Just(Format::Toml), Just(Format::Json)],
    ) {
        let id = library::ids().nth(id).unwrap();
        let protocol = library::file(id).unwrap().protocol;
        let mut value = serde_json::to_value(&protocol).unwrap();
        let mut picks = picks.into_iter().cycle();
        vary(&mut value, &texts, &mut picks);
        let text = value.to_string();
        let Ok(read) = ProtocolFile::parse("made.json", &text, Format::Json) else {
            return Ok(());
        };
        let first = first_schema(&read.protocol, format);
        let converted = first.converted().unwrap();
        let second = ProtocolFile::parse("second", &converted, format).unwrap();
        prop_assert_eq!(second.protocol, read.protocol);
    }
}

fn vary(
    value: &mut serde_json::Value,
    texts: &[(String, String)],
    picks: &mut impl Iterator<Item = usize>,
) {
    use serde_json::{Value, json};
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| vary(item, texts, picks)),
        Value::Object(fields) => {
            fields
                .values_mut()
                .for_each(|field| vary(field, texts, picks));
            let (text, locator) = &texts[picks.next().unwrap() % texts.len()];
            let pick = picks.next().unwrap();
            if pick % 3 == 0 {
                return;
            }
            if fields.contains_key("quote") && fields.contains_key("locator") {
                fields.insert("quote".into(), json!(text));
                fields.insert("locator".into(), json!(locator));
            } else if fields.contains_key("text") && fields.contains_key("locator") {
                fields.insert("text".into(), json!(text));
            } else if fields.contains_key("why") || fields.contains_key("reason") {
                match pick % 4 {
                    0 => {
                        fields.remove("quotes");
                    }
                    1 => {
                        fields.insert(
                            "quotes".into(),
                            json!([{ "text": text, "locator": locator }]),
                        );
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
}
