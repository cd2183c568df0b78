//! The notes of a request: how the dose was reached, the rules, what a person has to review, the tablets.

use chemorad::capecitabine::{CapecitabineOrder, OrderedDay, Supply};
use chemorad::report::Derivation;

use crate::NOTICE;
use crate::fhir::Annotation;

/// The notice, how the dose was reached, what the rules and checks say, the tablets.
pub(super) fn of(order: &CapecitabineOrder, day: &OrderedDay) -> Vec<Annotation> {
    let mut notes = vec![NOTICE.to_owned()];
    let lines: Vec<String> = order.derivations().iter().map(derivation).collect();
    notes.push(format!("How the dose was reached:\n{}", lines.join("\n")));
    let capped = if day.per_administration().calculated().is_capped() {
        format!(
            ", {:+.2} % from the one after the cap",
            day.deviation_percent()
        )
    } else {
        String::new()
    };
    notes.push(format!(
        "Tablets: {day}. Stock {}; rounding {}; {:+.2} % from the calculated dose of a day{capped}.",
        day.per_administration().stock(),
        day.per_administration().policy(),
        day.deviation_from_uncapped_percent(),
    ));
    let adjustment = order.adjustment();
    let mut rules: Vec<String> = adjustment
        .applied()
        .iter()
        .map(|rule| {
            let words = if rule.words.is_empty() {
                String::new()
            } else {
                format!("{}; ", rule.words)
            };
            format!(
                "{}: {}: {} ({words}{})",
                rule.topic, rule.input, rule.recommendation, rule.citation
            )
        })
        .collect();
    let unchecked: Vec<String> = adjustment
        .not_checked()
        .iter()
        .map(ToString::to_string)
        .collect();
    if !unchecked.is_empty() {
        rules.push(format!(
            "no rule set or no fact was given, so nothing was checked, on: {}",
            unchecked.join(", ")
        ));
    }
    notes.push(format!("Rules:\n{}", rules.join("\n")));
    if !order.findings().is_empty() {
        let findings: Vec<String> = order.findings().iter().map(ToString::to_string).collect();
        notes.push(format!("To review:\n{}", findings.join("\n")));
    }
    notes.extend(order.supply().map(supply));
    notes.iter().map(|note| Annotation::new(note)).collect()
}

fn derivation(derivation: &Derivation) -> String {
    let mut line = derivation.to_string();
    for value in &derivation.intermediate {
        line.push_str("\n  ");
        line.push_str(value);
    }
    line
}

fn supply(supply: &Supply) -> String {
    let mut lines = vec![format!("Supply ({}):", supply.kind())];
    for period in supply.periods() {
        let tablets: Vec<String> = period.tablets.iter().map(ToString::to_string).collect();
        lines.push(format!(
            "{} to {}: {} days, {} administrations, {}",
            period.first,
            period.last,
            period.days,
            period.administrations,
            tablets.join(" + ")
        ));
    }
    lines.join("\n")
}
