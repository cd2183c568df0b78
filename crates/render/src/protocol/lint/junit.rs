//! `JUnit` XML: one suite for a file, one test case for a rule.

use chemorad::report::Outcome;
use chemorad_protocol::{Linted, Located, explanations};
use quick_junit::{NonSuccessKind, Report, SerializeError, TestCase, TestCaseStatus, TestSuite};

use super::words::words;

/// Every file with every rule; with `deny_warnings`, a warning fails.
///
/// # Errors
/// A text that is no XML.
pub fn junit(linted: &[Linted], deny_warnings: bool) -> Result<String, SerializeError> {
    let mut report = Report::new("chemorad protocol lint");
    for file in linted {
        let mut suite = TestSuite::new(file.name.clone());
        for rule in explanations() {
            let found: Vec<&Located> = file
                .findings
                .iter()
                .filter(|located| located.finding.is(rule.name))
                .collect();
            suite.add_test_case(case(file, rule.name, &found, deny_warnings));
        }
        report.add_test_suite(suite);
    }
    report.to_string()
}

fn case(file: &Linted, code: &str, found: &[&Located], deny_warnings: bool) -> TestCase {
    let worst = Outcome::worst(found.iter().map(|located| located.finding.outcome));
    let lines: Vec<String> = found
        .iter()
        .map(|located| {
            let Located { finding, place } = located;
            format!("{}:{}: {}", file.name, place.start, words(finding))
        })
        .collect();
    let text = lines.join("\n");
    let failed = worst == Outcome::Fail || (deny_warnings && worst == Outcome::Warn);
    let status = if failed {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_type(code).set_message(text.clone());
        status
    } else if worst == Outcome::CannotTell {
        let mut status = TestCaseStatus::skipped();
        status.set_message(text.clone());
        status
    } else if !file.readable && found.is_empty() && !code.starts_with("file.") {
        let mut status = TestCaseStatus::skipped();
        status.set_message("the file could not be read");
        status
    } else {
        TestCaseStatus::success()
    };
    let mut case = TestCase::new(code, status);
    case.set_classname(file.name.clone());
    if worst == Outcome::Warn && !failed {
        case.set_system_out(text);
    }
    if let Some(first) = found.first() {
        let line = first.place.start.line.to_string();
        case.extra.insert("file".into(), file.name.clone().into());
        case.extra.insert("line".into(), line.into());
    }
    case
}
