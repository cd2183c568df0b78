//! Numbers of fractions and beams, and days, one after the other.

use std::collections::BTreeSet;
use std::fmt;

/// Numbers or days, by commas.
pub(super) fn numbers<T: fmt::Display>(numbers: &[T]) -> String {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    numbers.join(", ")
}

/// `fraction 3`, `fractions 1 to 12, 14`.
pub(super) fn listed(what: &str, numbers: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    let sorted: BTreeSet<u32> = numbers.iter().copied().collect();
    for number in sorted {
        match runs.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(number) => *last = number,
            _ => runs.push((number, number)),
        }
    }
    in_runs(what, &runs)
}

/// `fraction 3`, `fractions 1 to 12, 14`, of the first and the last number of each run.
pub(super) fn in_runs(what: &str, runs: &[(u32, u32)]) -> String {
    let plural = match runs {
        [(first, last)] if first == last => "",
        _ => "s",
    };
    let runs: Vec<String> = runs
        .iter()
        .map(|&(first, last)| match last - first {
            0 => first.to_string(),
            1 => format!("{first}, {last}"),
            _ => format!("{first} to {last}"),
        })
        .collect();
    format!("{what}{plural} {}", runs.join(", "))
}
