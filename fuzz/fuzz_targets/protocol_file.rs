//! Any bytes as a protocol file of either schema, TOML and JSON: never a panic; what is read is linted, every
//! finding has a place in the file, the protocol is written and read back the same, and a file of the first
//! schema that is converted says the same.
#![no_main]

use chemorad_protocol::{Format, Linted, ProtocolFile};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for format in [Format::Toml, Format::Json] {
        let read = ProtocolFile::parse_bytes("fuzz", bytes, format);
        if let Ok(file) = &read {
            let written = serde_json::to_string(&file.protocol).expect("it can be written");
            let again = ProtocolFile::parse("again", &written, Format::Json)
                .expect("what is written can be read");
            assert_eq!(again.protocol, file.protocol, "written as {written}");
            if let Ok(converted) = file.converted() {
                let second = ProtocolFile::parse("converted", &converted, format)
                    .expect("what is converted can be read");
                assert_eq!(second.protocol, file.protocol, "converted to {converted}");
            }
        }
        let lines = bytes.split(|byte| *byte == b'\n').count() + 1;
        for located in Linted::of(read).findings {
            assert!(located.place.start.line <= lines);
            assert!(!located.finding.to_string().is_empty());
        }
    }
});
