//! Any text as a protocol file of the second schema, and any text as the document that it quotes, divided by
//! a line `====`: never a panic; every finding has a place in the text it is about.
#![no_main]

use std::path::Path;

use chemorad_protocol::{Format, Linted, ProtocolFile, SourceText};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (protocol, source) = text.split_once("\n====\n").unwrap_or((text, "45 Gy in 25 fractions"));
    let Ok(file) = ProtocolFile::parse("fuzz", protocol, Format::Toml) else {
        return;
    };
    let bytes = source.as_bytes().to_vec();
    let Ok(source) = SourceText::from_bytes(Path::new("source.txt"), Ok(bytes)) else {
        return;
    };
    for linted in Linted::against(&file, &source) {
        let lines = linted.text.lines().count() + 1;
        for located in &linted.findings {
            assert!(located.place.start.line <= lines, "{}", located.finding);
            assert!(!located.finding.to_string().is_empty());
        }
    }
});
