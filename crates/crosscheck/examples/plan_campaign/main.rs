//! Changes right plans one place at a time and counts the changes that a check does not pass silently.
//!
//! ```text
//! cargo run --release -p chemorad-crosscheck --example plan_campaign [--silent]
//! ```
//!
//! The right plans are those of every treatment of NCT06949098 that has radiotherapy, in one plan and in a
//! plan per phase, with and without links, and simultaneous boosts. Every dose, count, link, name, purpose,
//! reference and person is changed in turn; nothing is drawn at random, so two runs print the same. A
//! change is found where a check fails, warns or cannot tell more than it does for the right plan.
//! `--silent` lists the changes that were not found.
#![allow(clippy::print_stdout, reason = "a program that prints a table")]
#![allow(
    clippy::indexing_slicing,
    reason = "places of cases that were made here"
)]

use std::error::Error;

#[path = "campaign.rs"]
mod campaign;

use campaign::{Campaign, Tally};

fn row(of: &str, kind: &str, tally: &Tally) {
    let Tally {
        changes,
        failed,
        cannot_tell,
        warned,
    } = tally;
    let found = tally.found();
    println!(
        "| {of} | {kind} | {changes} | {failed} | {cannot_tell} | {warned} | {} |",
        share(found, *changes)
    );
}

/// In hundredths of a percent, cut and not rounded: 99.99 % is not all.
fn share(found: usize, changes: usize) -> String {
    if changes == 0 {
        return "none".into();
    }
    let share = found * 10_000 / changes;
    format!("{}.{:02} %", share / 100, share % 100)
}

fn main() -> Result<(), Box<dyn Error>> {
    let campaign = Campaign::run(1)?;
    println!("| of | change | changes | fail | cannot tell | warn | not silent |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for ((of, kind), tally) in &campaign.tallies {
        row(of.name(), kind, tally);
    }
    row("**what a patient receives**", "all", &campaign.given());
    let stated = campaign.sum(|of| !of.is_given() && !of.is_bound());
    row("**what is stated and referred to**", "all", &stated);
    let bounds = campaign.bounds();
    row("**limits and maxima**", "all", &bounds);
    row("**all**", "all", &campaign.sum(|_| true));
    row("**right plans**", "none or harmless", &campaign.right);
    for (title, lines) in [
        ("Warned of as they are", &campaign.warned),
        ("Right and accused", &campaign.accused),
    ] {
        println!("\n{title}: {}", lines.len());
        for line in lines {
            println!("- {line}");
        }
    }
    println!("\nPassed silently: {}", campaign.silent.len());
    if std::env::args().any(|argument| argument == "--silent") {
        for line in &campaign.silent {
            println!("- {line}");
        }
    }
    Ok(())
}
