//! Any text as a case file, TOML and JSON: never a panic; every fault has a place in the file; a case
//! that is read is written and read back the same; its sheet, where there is one, can be written.
#![no_main]

use chemorad_case::{Case, Sheet};
use chemorad_reader::{Document, Format};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let trial = chemorad_protocol::builtin("NCT06949098").expect("the trial is built in");
    let lines = text.split('\n').count() + 1;
    for format in [Format::Toml, Format::Json] {
        let read = Document::parse("fuzz", text, format).and_then(|file| file.read::<Case>());
        let case = match read {
            Ok(case) => case,
            Err(faults) => {
                for fault in faults.iter() {
                    assert!(fault.position.line <= lines);
                    assert!(!fault.to_string().is_empty());
                }
                continue;
            }
        };
        let written = serde_json::to_string(&case).expect("every case can be written");
        let again: Case = serde_json::from_str(&written).expect("what is written can be read");
        assert_eq!(again, case, "written as {written}");
        match Sheet::new(&case, trial) {
            Ok(sheet) => assert!(serde_json::to_string(&sheet).is_ok()),
            Err(faults) => assert!(!faults.to_string().is_empty()),
        }
    }
});
