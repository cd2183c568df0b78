//! Any text as a case file, TOML and JSON: never a panic; a case that is read is written and read
//! back the same; its sheet, where there is one, can be written.
#![no_main]

use chemorad_protocol;
use chemorad_case::{Case, Sheet};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let cases = [
        toml::from_str::<Case>(text).ok(),
        serde_json::from_str::<Case>(text).ok(),
    ];
    for case in cases.into_iter().flatten() {
        let written = serde_json::to_string(&case).expect("every case can be written");
        let again: Case = serde_json::from_str(&written).expect("what is written can be read");
        assert_eq!(again, case, "written as {written}");
        let trial = protocol::builtin("NCT06949098").expect("the trial is built in");
        match Sheet::new(&case, trial) {
            Ok(sheet) => assert!(serde_json::to_string(&sheet).is_ok()),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
});
