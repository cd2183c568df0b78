//! What a check is about, in short.

use chemorad::report::{Finding, Outcome};
use chemorad_crosscheck::{CrossCheck, Limit, PlanFinding, PlanSays, Tolerance};

use super::comparison::{Check, Comparison};
use crate::document::JudgedSource;
use crate::judged::{WORST_FIRST, needs_a_person, tally};

/// How the outcome came about.
pub(super) fn counts(checked: &Comparison<'_>) -> String {
    let text = match checked.checks.as_slice() {
        [check] if !checked.each => {
            let findings = check.result.findings.iter();
            tally(&findings.map(|finding| finding.outcome).collect::<Vec<_>>())
        }
        checks => {
            let outcomes: Vec<Outcome> = checks.iter().map(|check| check.result.outcome).collect();
            format!("of {} checked, {}", checks.len(), tally(&outcomes))
        }
    };
    match checked.not_checked.len() {
        0 => text,
        1 => text + "; 1 file was not checked",
        many => format!("{text}; {many} files were not checked"),
    }
}

/// What a plan holds, in one line.
fn planned(result: &CrossCheck) -> String {
    if result.assigned.is_empty() {
        // an ion plan, for example
        let kind = |finding: &Finding| match finding.observation::<PlanFinding>()?.says {
            PlanSays::Kind { kind, .. } => Some(kind.to_string()),
            _ => None,
        };
        return result.findings.iter().find_map(kind).unwrap_or_default();
    }
    let groups: Vec<&str> = result
        .assigned
        .iter()
        .map(|group| group.planned.shown())
        .collect();
    groups.join("; ")
}

/// The codes of the findings that made the outcome.
fn reasons(result: &CrossCheck) -> Vec<&'static str> {
    let mut codes = Vec::new();
    if needs_a_person(result.outcome) {
        for finding in &result.findings {
            if finding.outcome == result.outcome && !codes.contains(&finding.code()) {
                codes.push(finding.code());
            }
        }
    }
    codes
}

/// Every source in a line, the worst first.
pub(super) fn sources(checks: &[Check]) -> Vec<JudgedSource> {
    let line = |(number, check): (usize, &Check)| JudgedSource {
        name: check.name(),
        content: planned(&check.result),
        outcome: check.result.outcome,
        codes: reasons(&check.result),
        number,
    };
    let mut lines: Vec<JudgedSource> = (1..).zip(checks).map(line).collect();
    let place = |outcome| WORST_FIRST.iter().position(|one| *one == outcome);
    lines.sort_by_key(|line| place(line.outcome));
    lines
}

pub(super) fn limit(tolerance: &Tolerance) -> String {
    let Tolerance { limit, default, .. } = tolerance;
    let most = match limit {
        Limit::Gray(_) => format!(" and at most {} % of the dose", tolerance.widest_percent),
        Limit::Percent(_) => String::new(),
    };
    if tolerance.is_overridden() {
        format!("less than {limit}{most}, GIVEN BY THE USER in place of {default}")
    } else {
        format!("less than {limit}{most}")
    }
}

/// What is compared of structure sets.
pub(super) fn structure_sets(checked: &Comparison<'_>) -> Option<String> {
    const NAMED: usize = 5;
    let sets = &checked.structure_sets;
    let named: Vec<String> = sets.iter().take(NAMED).map(ToString::to_string).collect();
    let of = match sets.len() {
        0 => return None,
        1 => format!("the structure set {}", named.join(", ")),
        many if many <= NAMED => format!("the structure sets {}", named.join(", ")),
        many => format!("{many} structure sets"),
    };
    let contours = if checked.limits.is_empty() {
        "only the patient, the reference of the plans and the regions of targets were compared."
    } else {
        "the patient, the reference of the plans, the regions of targets, and the contours of the structures with limits were read. Contours were not compared with an image."
    };
    Some(format!("Of {of}, {contours}"))
}

/// The files of other kinds.
pub(super) fn skipped(checked: &Comparison<'_>) -> Option<String> {
    let text = match checked.skipped {
        0 => return None,
        1 => "1 other file is neither plan nor dose and was skipped".to_string(),
        many => format!("{many} other files are neither plans nor doses and were skipped"),
    };
    Some(if checked.skipped_by_name.is_empty() {
        text + "."
    } else {
        let names: Vec<String> = checked
            .skipped_by_name
            .iter()
            .map(ToString::to_string)
            .collect();
        format!("{text}: {}.", names.join(", "))
    })
}
