//! Any text as the passage that the values of a protocol are quoted from: lint never panics, never hangs, and
//! every finding can be written.
#![no_main]

use chemorad::text::List;
use chemorad_protocol::{DrugDays, Protocol, Statement};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static TRIAL: LazyLock<Protocol> = LazyLock::new(|| {
    // one arm: what takes time is the words, and not who belongs to which arm
    let mut trial = chemorad_protocol::builtin("TEY-2017").expect("it is shipped").clone();
    trial.assertions = List::from(vec![]);
    trial
});

fuzz_target!(|text: &str| {
    let mut trial = TRIAL.clone();
    let mut drug = trial.drugs[0].clone();
    let intensity = drug.intensity().expect("it is stated");
    drug.intensity = Some(Statement::Stated {
        value: intensity,
        quote: text.to_owned().into(),
        locator: "here".into(),
    });
    drug.days = Statement::Stated {
        value: DrugDays::Weekdays,
        quote: text.to_owned().into(),
        locator: "here".into(),
    };
    trial.drugs = List::from(vec![drug]);
    for finding in trial.lint() {
        assert!(!finding.to_string().is_empty());
    }
});
