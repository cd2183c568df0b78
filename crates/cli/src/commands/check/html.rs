//! The page a physicist files with the plan: self-contained, and printable.

use chemorad::report::Finding;
use chemorad_crosscheck::{NotRead, Tolerance};
use jiff::Timestamp;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::comparison::{Check, Comparison};
use super::text::{WORST_FIRST, counts, ended, planned, reasons, skipped, tally};
use chemorad_render::{NOTICE, STYLE, badge, outcome_class};

pub(super) fn page(checked: &Comparison<'_>, now: Timestamp) -> String {
    let title = format!("Check: {}", checked.outcome);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { "Plan check: " (badge(checked.outcome)) }
                    dl {
                        dt { "Prescribed" } dd { (checked.prescribed.title) }
                        dt { "Source" } dd { (checked.prescribed.source) }
                        dt { "Outcome" } dd { (counts(checked)) }
                        dt { "Comparison" } dd { (minute(now)) " with chemorad " (env!("CARGO_PKG_VERSION")) }
                    }
                    p class="notice" { (NOTICE) }
                }
                @if checked.each { (summary(checked)) }
                @for (number, check) in checked.checks.iter().enumerate() {
                    (one(check, checked.each, number))
                }
                @if !checked.not_checked.is_empty() {
                    section {
                        h2 { "Not checked" }
                        table {
                            thead { tr { th { "File" } th { "Why" } } }
                            tbody { @for file in &checked.not_checked {
                                tr { td { (file.name) } td { (file.reason) } }
                            } }
                        }
                    }
                }
                (tolerances(checked))
                (rule(checked))
                (inputs(checked))
                footer {
                    div { "Reviewed by" } div { "Date" } div { "Signature" }
                }
            }
        }
    }
    .into_string()
}

/// To the minute, in universal time.
fn minute(now: Timestamp) -> String {
    let now = now.to_string();
    let minute: String = now.chars().take("2026-12-07T10:20".len()).collect();
    format!("{} UTC", minute.replace('T', " "))
}

fn joined(parts: &[NotRead]) -> String {
    let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
    parts.join("; ")
}

fn summary(checked: &Comparison<'_>) -> Markup {
    html! {
        section {
            h2 { "Every source on its own" }
            table {
                thead { tr { th { "Source" } th { "Planned" } th { "Outcome" } th { "Because of" } } }
                tbody { @for (number, check) in checked.checks.iter().enumerate() {
                    tr {
                        td { a href={ "#check-" (number) } { (check.name()) } }
                        td { (planned(&check.result)) }
                        td { (badge(check.result.outcome)) }
                        td { (reasons(&check.result)) }
                    }
                } }
            }
        }
    }
}

fn one(check: &Check, titled: bool, number: usize) -> Markup {
    let result = &check.result;
    html! {
        section class="check" id={ "check-" (number) } {
            @if titled {
                h2 { (check.names()) ": " (badge(result.outcome)) }
                p { (tally(&result.findings)) }
            } @else {
                h2 { "What was compared" }
            }
            table {
                thead { tr { th { "Planned" } th { "" } th { "Prescribed phase" } th { "Matched because" } } }
                tbody { @for group in &result.assigned {
                    tr {
                        td { (group.group) }
                        td { (group.planned) }
                        td { @match (&group.phase, &group.prescribed) {
                            (Some(phase), Some(prescribed)) => { b { (phase) } ": " (prescribed) }
                            _ => "none",
                        } }
                        td { (group.because) }
                    }
                } }
            }
            h3 { "Findings" }
            table class="findings" {
                thead { tr {
                    th { "Outcome" } th { "Check" } th { "What was found" }
                    th { "Expected" } th { "Found" } th { "Difference" } th { "Tolerance" }
                } }
                tbody {
                    @for outcome in WORST_FIRST {
                        @for finding in result.findings.iter().filter(|f| f.outcome == outcome) {
                            (row(finding))
                        }
                    }
                }
            }
            @if !result.derivations.is_empty() {
                h3 { "How the planned totals were reached" }
                table {
                    thead { tr { th { "Of" } th { "Formula" } th { "Numbers" } th { "Result" } } }
                    tbody { @for derivation in &result.derivations {
                        tr {
                            td { (derivation.quantity) } td { (derivation.formula) }
                            td { (derivation.substitution) } td { (derivation.result) }
                        }
                    } }
                }
            }
            @if !result.not_read.is_empty() {
                p class="small" {
                    "Not read, so nothing is said about it: " (joined(&result.not_read)) "."
                }
            }
        }
    }
}

fn row(finding: &Finding) -> Markup {
    let cell =
        |text: &Option<String>| html! { td class="number" { (text.as_deref().unwrap_or("")) } };
    html! {
        tr class=(outcome_class(finding.outcome)) {
            td { (badge(finding.outcome)) }
            td { code { (finding.code()) } br; (finding.at()) }
            td {
                (ended(&finding.message()))
                @if let Some(arithmetic) = &finding.arithmetic() {
                    br; span class="arithmetic" { (arithmetic) }
                }
            }
            (cell(&finding.expected())) (cell(&finding.found()))
            (cell(&finding.difference())) (cell(&finding.tolerance()))
        }
    }
}

fn tolerances(checked: &Comparison<'_>) -> Markup {
    let limit = |tolerance: &Tolerance| {
        if tolerance.is_overridden() {
            html! { b { "less than " (tolerance.limit) } ", given by the user in place of " (tolerance.default) }
        } else {
            html! { "less than " (tolerance.limit) }
        }
    };
    html! {
        section {
            h2 { "Tolerances" }
            table {
                thead { tr { th { "Name" } th { "Limit" } th { "Of" } th { "Source of the default" } } }
                tbody {
                    @for tolerance in checked.tolerances.iter() {
                        tr {
                            td { code { (tolerance.name) } } td { (limit(tolerance)) }
                            td { (tolerance.applies_to) } td { (tolerance.source) }
                        }
                    }
                    tr { td { "fractions" } td { "equal" } td { "number of fractions" } td { "a count has no tolerance" } }
                }
            }
        }
    }
}

fn rule(checked: &Comparison<'_>) -> Markup {
    html! {
        @if let Some(check) = checked.checks.first() {
            section {
                h2 { "How fraction groups are matched to phases" }
                p { (check.result.rule) }
            }
        }
    }
}

fn inputs(checked: &Comparison<'_>) -> Markup {
    html! {
        @if !checked.inputs.is_empty() {
            section {
                h2 { "Files" }
                table {
                    thead { tr { th { "File" } th { "What it is" } th { "SHA-256 and identifier" } } }
                    tbody { @for input in checked.inputs {
                        tr {
                            td {
                                (input.name)
                                @if let Some(patient) = &input.patient {
                                    br; "patient " (patient.name.as_deref().unwrap_or("not stated"))
                                    br; "ID " (patient.id.as_deref().unwrap_or("not stated"))
                                    br; "born " (patient.birth_date.as_deref().unwrap_or("not stated"))
                                }
                            }
                            td {
                                (input.kind)
                                @if let Some(label) = &input.label { " “" (label) "”" }
                                ", " (input.bytes) " bytes"
                                @if let Some(date) = &input.date { br; "plan date " (date) }
                                @if let Some(made_by) = &input.made_by { br; (made_by) }
                            }
                            td class="hash" {
                                (input.sha256)
                                @if let Some(uid) = &input.sop_instance { br; (uid) }
                            }
                        }
                    } }
                }
                @if let Some(text) = skipped(checked) {
                    p { (text) }
                }
            }
        }
    }
}
