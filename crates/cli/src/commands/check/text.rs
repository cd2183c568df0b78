//! The check as text for a terminal.

use std::fmt::Write as _;

use chemorad::report::{Finding, Outcome};
use chemorad_crosscheck::{CrossCheck, NotRead, Tolerance};

use super::comparison::{Check, Comparison};
use chemorad_render::Document;

/// The order in which a reader wants them.
pub(super) const WORST_FIRST: [Outcome; 5] = [
    Outcome::Fail,
    Outcome::CannotTell,
    Outcome::Warn,
    Outcome::Pass,
    Outcome::NotApplicable,
];
/// Above this a table alone is shown.
const IN_FULL: usize = 5;

pub(super) fn page(checked: &Comparison<'_>) -> Document {
    let mut page = Document::new(format!(
        "Check: {}",
        checked.outcome.to_string().to_uppercase()
    ));
    page.pairs(&[
        ("prescribed", checked.prescribed.title.clone()),
        ("source", checked.prescribed.source.clone()),
        ("outcome", counts(checked)),
    ]);
    if checked.each {
        page.section("Every source on its own");
        list(&mut page, checked);
    }
    if checked.checks.len() <= IN_FULL {
        for check in &checked.checks {
            one(&mut page, check, checked.each);
        }
    } else {
        page.line("");
        page.line(
            "Every finding is in the report (--report FILE.html) and in --format json, or check a file alone.",
        );
    }
    if !checked.not_checked.is_empty() {
        page.section("Not checked");
        for file in &checked.not_checked {
            page.item("- ", &format!("{}: {}", file.name, file.reason));
        }
    }
    page.section("Tolerances");
    for tolerance in checked.tolerances.iter() {
        page.item(
            &format!("{:<19}", tolerance.name),
            &tolerance_words(tolerance),
        );
    }
    page.item("fractions          ", "none, must be equal");
    if let Some(check) = checked.checks.first() {
        page.section("How fraction groups are matched to phases");
        page.line(check.result.rule);
    }
    let not_read: Vec<&NotRead> = checked
        .checks
        .iter()
        .flat_map(|check| &check.result.not_read)
        .collect();
    if !not_read.is_empty() && checked.checks.len() <= IN_FULL {
        page.section("Not read, so nothing is said about it");
        for part in not_read {
            page.item("- ", &part.to_string());
        }
    }
    if !checked.inputs.is_empty() && checked.inputs.len() <= 4 * IN_FULL {
        page.section("Files");
        for input in checked.inputs {
            let label = input
                .label
                .as_ref()
                .map_or_else(String::new, |label| format!(" {:?}", label.to_string()));
            page.line(&format!(
                "{}: {}{label}, {} bytes",
                input.name, input.kind, input.bytes
            ));
            page.line(&format!("    SHA-256 {}", input.sha256));
            if let Some(patient) = &input.patient {
                let known =
                    |text: &Option<String>| text.clone().unwrap_or_else(|| "not stated".into());
                page.item(
                    "    ",
                    &format!(
                        "patient {}, ID {}, born {}",
                        known(&patient.name),
                        known(&patient.id),
                        known(&patient.birth_date)
                    ),
                );
            }
        }
    }
    if let Some(text) = skipped(checked) {
        page.line("");
        page.line(&text);
    }
    page
}

pub(super) fn tolerance_words(tolerance: &Tolerance) -> String {
    let limit = tolerance.limit;
    if tolerance.is_overridden() {
        format!(
            "less than {limit}, GIVEN BY THE USER in place of {} ({})",
            tolerance.default, tolerance.applies_to
        )
    } else {
        format!(
            "less than {limit} ({}; {})",
            tolerance.applies_to, tolerance.source
        )
    }
}

/// `2 fail, 1 warn, 9 pass`.
pub(super) fn tally(findings: &[Finding]) -> String {
    let counts: Vec<String> = WORST_FIRST
        .iter()
        .filter_map(|outcome| {
            let count = findings
                .iter()
                .filter(|finding| finding.outcome == *outcome)
                .count();
            (count > 0).then(|| format!("{count} {outcome}"))
        })
        .collect();
    counts.join(", ")
}

pub(super) fn counts(checked: &Comparison<'_>) -> String {
    let outcome = checked.outcome.to_string().to_uppercase();
    let mut text = match checked.checks.as_slice() {
        [check] if !checked.each => format!("{outcome}: {}", tally(&check.result.findings)),
        checks => {
            let counts: Vec<String> = WORST_FIRST
                .iter()
                .filter_map(|outcome| {
                    let count = checks
                        .iter()
                        .filter(|check| check.result.outcome == *outcome)
                        .count();
                    (count > 0).then(|| format!("{count} {outcome}"))
                })
                .collect();
            format!(
                "{outcome}: of {} checked, {}",
                checks.len(),
                counts.join(", ")
            )
        }
    };
    match checked.not_checked.len() {
        0 => {}
        1 => text.push_str("; 1 file was not checked"),
        many => {
            let _ = write!(text, "; {many} files were not checked");
        }
    }
    text
}

/// What a plan holds, in one line.
pub(super) fn planned(result: &CrossCheck) -> String {
    if result.assigned.is_empty() {
        // an ion plan, for example
        let kind = result.findings.iter().find(|f| f.is("plan.kind"));
        return kind.and_then(|f| f.found().clone()).unwrap_or_default();
    }
    let groups: Vec<&str> = result
        .assigned
        .iter()
        .map(|group| group.planned.as_str())
        .collect();
    groups.join("; ")
}

/// The codes of the findings that made the outcome.
pub(super) fn reasons(result: &CrossCheck) -> String {
    if matches!(result.outcome, Outcome::Pass | Outcome::NotApplicable) {
        return String::new();
    }
    let mut codes: Vec<&str> = Vec::new();
    for finding in result
        .findings
        .iter()
        .filter(|f| f.outcome == result.outcome)
    {
        if !codes.contains(&finding.code()) {
            codes.push(finding.code());
        }
    }
    codes.join(", ")
}

/// The worst first; a name stays in one piece, to be searched for.
fn list(page: &mut Document, checked: &Comparison<'_>) {
    for outcome in WORST_FIRST {
        for check in checked
            .checks
            .iter()
            .filter(|c| c.result.outcome == outcome)
        {
            let name = check.name();
            let mut text = format!("{name}: {}", planned(&check.result));
            let reasons = reasons(&check.result);
            if !reasons.is_empty() {
                let _ = write!(text, " ({reasons})");
            }
            page.item(&format!("{outcome:<15}"), &text);
        }
    }
}

fn one(page: &mut Document, check: &Check, titled: bool) {
    let result = &check.result;
    if titled {
        page.section(&format!(
            "{}: {}",
            check.names(),
            result.outcome.to_string().to_uppercase()
        ));
    } else {
        page.section("What was compared");
    }
    if result.assigned.is_empty() {
        page.line("nothing: no fraction group that the prescription applies to");
    }
    for group in &result.assigned {
        page.line(&format!("{}: {}", group.group, group.planned));
        match (&group.phase, &group.prescribed) {
            (Some(phase), Some(prescribed)) => {
                page.item(
                    "    compared with phase ",
                    &format!("{phase}: {prescribed}"),
                );
            }
            _ => page.line("    compared with no phase"),
        }
        page.item("    because ", &group.because.to_string());
    }
    for outcome in WORST_FIRST {
        let findings: Vec<&Finding> = result
            .findings
            .iter()
            .filter(|f| f.outcome == outcome)
            .collect();
        if findings.is_empty() {
            continue;
        }
        let heading = format!("{} ({})", sentence(&outcome.to_string()), findings.len());
        if titled {
            page.paragraph(&format!("{heading}:"));
        } else {
            page.section(&heading);
        }
        for alike in findings
            .chunk_by(|one, other| one.code() == other.code() && one.message() == other.message())
        {
            describe(page, alike);
        }
    }
}

/// Findings that say the same of different things.
fn describe(page: &mut Document, alike: &[&Finding]) {
    let Some(first) = alike.first() else {
        return;
    };
    let message = ended(&first.message());
    if alike.len() == 1 {
        page.line(&format!("{}, {}", first.code(), first.at()));
        page.item("    ", &message);
        numbers(page, "    ", first);
        return;
    }
    page.line(&format!("{} ({} times)", first.code(), alike.len()));
    page.item("    ", &message);
    for finding in alike {
        page.item("    - ", &finding.at());
        numbers(page, "      ", finding);
    }
}

fn numbers(page: &mut Document, indent: &str, finding: &Finding) {
    let numbers: Vec<String> = [
        ("expected", &finding.expected()),
        ("found", &finding.found()),
        ("difference", &finding.difference()),
        ("tolerance", &finding.tolerance()),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.as_ref().map(|value| format!("{name} {value}")))
    .collect();
    if !numbers.is_empty() {
        page.item(indent, &numbers.join("; "));
    }
    if let Some(arithmetic) = &finding.arithmetic() {
        page.item(indent, arithmetic);
    }
}

/// With a capital letter at its beginning.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// As a sentence with its end; a question has one.
pub(super) fn ended(text: &str) -> String {
    let text = sentence(text);
    if text.ends_with(['.', '?', '!']) {
        text
    } else {
        text + "."
    }
}

pub(super) fn skipped(checked: &Comparison<'_>) -> Option<String> {
    let text = match checked.skipped {
        0 => return None,
        1 => "1 other file is neither plan nor dose and was skipped".to_string(),
        many => format!("{many} other files are neither plans nor doses and were skipped"),
    };
    Some(if checked.skipped_by_name.is_empty() {
        text + "."
    } else {
        format!("{text}: {}.", checked.skipped_by_name.join(", "))
    })
}
