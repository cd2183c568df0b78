//! Files in, in both forms; and files that are none.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use crate::NCT06949098;
use chemorad_protocol::{Faults, Format, LARGEST, Position, ProtocolFile};

fn toml_text() -> String {
    toml::to_string_pretty(*NCT06949098).unwrap()
}

fn json_text() -> String {
    serde_json::to_string_pretty(*NCT06949098).unwrap()
}

fn fails(text: &str, format: Format) -> Faults {
    ProtocolFile::parse("trial", text, format).unwrap_err()
}

/// The words of the text that the first fault points to.
fn points_to(faults: &Faults) -> &str {
    &faults.text()[faults.first().span.clone()]
}

#[test]
fn the_built_in_trial_survives_both_forms() {
    for (text, format) in [(toml_text(), Format::Toml), (json_text(), Format::Json)] {
        let file = ProtocolFile::parse("trial", &text, format).unwrap();
        assert_eq!(&file.protocol, *NCT06949098);
    }
}

#[test]
fn every_value_of_the_trial_has_a_place() {
    for (text, format) in [(toml_text(), Format::Toml), (json_text(), Format::Json)] {
        let file = ProtocolFile::parse("trial", &text, format).unwrap();
        let span = file.span("arms[3].id");
        assert_eq!(&file.text()[span], "\"upstaged\"");
        assert_eq!(file.span("arms.upstaged.id"), file.span("arms[3].id"));
        let span = file.span("drugs[0].intensity.quote");
        assert!(file.text()[span].contains("825mg/m²"));
    }
}

#[test]
fn columns_are_counted_in_characters() {
    let text = "title = \"T\"\nid = { \"µ²\" = 1, x = 2 }\n";
    let error = fails(text, Format::Toml);
    assert_eq!(
        error.first().position,
        Position { line: 2, column: 6 },
        "{error}"
    );
    let text = "{\n  \"tïtle\": 1}";
    let error = fails(text, Format::Json);
    assert_eq!(
        error.first().position,
        Position { line: 2, column: 3 },
        "{error}"
    );
    assert_eq!(points_to(&error), "\"tïtle\"");
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let unix = "title = \"T\"\n\n[[arms]]\nidd = \"a\"\n";
    let windows = format!("\u{feff}{}", unix.replace('\n', "\r\n"));
    let (unix, windows) = (fails(unix, Format::Toml), fails(&windows, Format::Toml));
    assert_eq!(unix.first().position, Position { line: 4, column: 1 });
    assert_eq!(windows.first().position, unix.first().position);
    assert_eq!(windows.first().message, unix.first().message);
    assert_eq!(points_to(&windows), "idd");
    let json = json_text().replace('\n', "\r\n");
    let file = ProtocolFile::parse("t", &format!("\u{feff}{json}"), Format::Json).unwrap();
    assert_eq!(&file.protocol, *NCT06949098);
}

#[test]
fn duplicate_names_are_refused() {
    let toml = fails("title = \"a\"\ntitle = \"b\"\n", Format::Toml);
    assert_eq!(
        (toml.first().code.name, toml.first().position.line),
        ("file.duplicate_key", 2),
        "{toml}"
    );
    let json = fails("{\"title\": \"a\",\n \"title\": \"b\"}", Format::Json);
    assert_eq!(
        (json.first().code.name, json.first().position.line),
        ("file.duplicate_key", 2),
        "{json}"
    );
}

#[test]
fn deep_nesting_is_refused_and_does_no_harm() {
    // a file may have other faults too, such as the field `x`
    let too_deep = |text: &str, format| {
        let faults = fails(text, format);
        assert!(
            faults.iter().any(|fault| fault.code.name == "file.depth"),
            "{faults}"
        );
    };
    for depth in [65, 1_000, 100_000] {
        let repeated = |part: &str| part.repeat(depth);
        too_deep(
            &format!("x = {}{}", repeated("["), repeated("]")),
            Format::Toml,
        );
        too_deep(
            &format!("x = {}1{}", repeated("{a="), repeated("}")),
            Format::Toml,
        );
        too_deep(&format!("{}a = 1", repeated("a.")), Format::Toml);
        too_deep(&format!("{}a = 1", repeated("\"a\".")), Format::Toml);
        too_deep(&format!("[{}a]", repeated("a . ")), Format::Toml);
        too_deep(&format!("{}{}", repeated("["), repeated("]")), Format::Json);
    }
}

#[test]
fn numbers_no_field_could_hold_are_refused() {
    for number in [
        "99999999999999999999999999",
        "1e999",
        "-99999999999999999999",
    ] {
        let toml = fails(&format!("x = {number}"), Format::Toml);
        assert_eq!(toml.first().code.name, "file.number", "{toml}");
    }
    let json = fails("{\"x\": 1e999}", Format::Json);
    assert!(
        ["file.number", "file.syntax"].contains(&json.first().code.name),
        "{json}"
    );
}

#[test]
fn what_is_not_the_format_is_refused_with_its_place() {
    let error = fails("title = \"a\n", Format::Toml);
    assert_eq!(
        (error.first().code.name, error.first().position.line),
        ("file.syntax", 1),
        "{error}"
    );
    for (text, line) in [
        ("", 1),
        ("{\n\"title\": \"a\",\n}", 3),
        ("{} {}", 1),
        ("{\"a\": 'b'}", 1),
        ("{\n// no\n}", 2),
        ("{\"a\": \"\\ud800\"}", 1),
        ("{\"a\": 01}", 1),
        ("{\"a\": \"\n\"}", 1),
    ] {
        let error = fails(text, Format::Json);
        assert_eq!(
            (error.first().code.name, error.first().position.line),
            ("file.syntax", line),
            "{error}"
        );
    }
}

#[test]
fn large_files_and_other_encodings_are_refused() {
    let large = " ".repeat(LARGEST + 1);
    assert_eq!(fails(&large, Format::Toml).first().code.name, "file.size");
    let utf16 = ProtocolFile::parse_bytes("t", &[0xff, 0xfe, 0x61, 0], Format::Toml).unwrap_err();
    assert_eq!(
        utf16.to_string(),
        "t: it is UTF-16 text; save the file as UTF-8"
    );
    let latin = ProtocolFile::parse_bytes("t", b"title = \"\xb2\"", Format::Toml).unwrap_err();
    assert_eq!(latin.first().code.name, "file.encoding");
}

#[test]
fn faults_are_told_in_the_words_of_a_file() {
    let trial = toml_text();
    let changed = |from: &str, to: &str| {
        assert!(trial.contains(from), "{from}");
        fails(&trial.replacen(from, to, 1), Format::Toml)
    };
    let error = changed("status = \"stated\"", "status = \"statd\"");
    assert_eq!(points_to(&error), "\"statd\"", "{error}");
    let error = changed("title = ", "titel = ");
    assert_eq!(error.first().help.as_deref(), Some("did you mean `title`?"));
    assert_eq!(points_to(&error), "titel");
    let error = changed("value = 825", "value = 0");
    assert_eq!(error.first().code.name, "file.value", "{error}");
}

#[test]
fn dates_need_quotes() {
    let error = fails("title = 2025-05-29", Format::Toml);
    assert_eq!(points_to(&error), "2025-05-29");
    assert!(
        error
            .first()
            .help
            .as_ref()
            .unwrap()
            .contains("\"2025-05-29\"")
    );
}

/// serde would read a struct from a list of its values in order.
#[test]
fn a_list_never_stands_for_a_table() {
    let synthetic: serde_json::Value =
        toml::from_str(include_str!("../fixtures/synthetic.toml")).unwrap();
    let mut tried = 0;
    for whole in [serde_json::from_str(&json_text()).unwrap(), synthetic] {
        for at in tables(&whole, "") {
            let mut changed = whole.clone();
            let table = changed.pointer_mut(&at).unwrap();
            *table = table.as_object().unwrap().values().cloned().collect();
            let list = table.to_string();
            let error = fails(&changed.to_string(), Format::Json);
            // the list itself is wrong, not one of its values
            assert_eq!(points_to(&error), list, "{at}: {error}");
            tried += 1;
        }
    }
    assert!(tried > 300, "{tried}");
    let error = fails("[]", Format::Json);
    assert_eq!(
        error.first().message,
        "found a list, needed a table with named fields"
    );
}

fn tables(value: &serde_json::Value, at: &str) -> Vec<String> {
    match value {
        serde_json::Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| tables(value, &format!("{at}/{name}")))
            .chain([at.to_string()])
            .collect(),
        serde_json::Value::Array(items) => items
            .iter()
            .enumerate()
            .flat_map(|(index, item)| tables(item, &format!("{at}/{index}")))
            .collect(),
        _ => Vec::new(),
    }
}
