//! A finding as one text, for formats without places for its values.

use chemorad::report::{Finding, Outcome};

/// The message with what was expected, found and computed, in one text.
pub(super) fn words(finding: &Finding) -> String {
    let mut words = finding.message().clone();
    let parts = [
        ("expected", &finding.expected()),
        ("found", &finding.found()),
        ("arithmetic", &finding.arithmetic()),
    ];
    for (name, value) in parts {
        if let Some(value) = value {
            words.extend(["; ", name, ": ", value]);
        }
    }
    if finding.outcome == Outcome::CannotTell {
        words.push_str(" (cannot be told)");
    }
    words
}
