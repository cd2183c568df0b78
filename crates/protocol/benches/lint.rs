//! Reading and linting every shipped protocol, beside what a schema validator does with the same files.
//!
//! `cargo bench -p chemorad-protocol --bench lint`. Both sides begin with the text. The other side reads
//! TOML into JSON and validates it against the shipped JSON Schema with `jsonschema`: structure alone.
//! Each round runs both one after the other; the table shows medians.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that prints a table"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use chemorad_protocol::{Linted, SCHEMA, library};

fn timed(run: impl FnOnce() -> usize) -> (Duration, usize) {
    let start = Instant::now();
    let count = black_box(run());
    (start.elapsed(), count)
}

/// Files read and linted; every one is sound.
fn lint() -> usize {
    let linted = library::ids().map(|id| Linted::of(Ok(library::file(id).unwrap())));
    linted.filter(|linted| linted.readable).count()
}

fn validate(validator: &jsonschema::Validator) -> usize {
    let texts = library::ids().map(|id| library::text(id).unwrap());
    texts
        .filter(|text| {
            let value: serde_json::Value = toml::from_str(text).unwrap();
            validator.is_valid(&value)
        })
        .count()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn main() {
    // `cargo test --benches` runs it once
    let rounds = if std::env::args().any(|argument| argument == "--bench") {
        21
    } else {
        1
    };
    let schema = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        let (one, linted) = timed(lint);
        let (other, valid) = timed(|| validate(&validator));
        assert_eq!((linted, valid), (library::ids().count(), linted));
        ours.push(one.as_secs_f64() * 1e3);
        theirs.push(other.as_secs_f64() * 1e3);
        ratios.push(one.as_secs_f64() / other.as_secs_f64());
    }
    let bytes: usize = library::ids().filter_map(library::text).map(str::len).sum();
    println!(
        "{} protocols, {bytes} bytes, {rounds} rounds",
        library::ids().count()
    );
    println!("| read and lint all, ms | read and validate the structure, ms | ratio |");
    println!("| --- | --- | --- |");
    println!(
        "| {:.1} | {:.1} | {:.2} |",
        median(ours),
        median(theirs),
        median(ratios)
    );
}
