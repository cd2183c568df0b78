//! The arms and treatments a protocol has for a patient.

use chemorad_protocol::{Assignment, Truth};

use crate::document::Document;

/// Every arm that is certain with its treatments, what is missing, and the reasons.
#[must_use]
pub fn page(assignment: &Assignment<'_>) -> Document {
    let mut page = Document::new(format!("Assignment, {}", assignment.protocol));
    if assignment.arms.is_empty() {
        page.line("No arm is certain for this pathology.");
    }
    for arm in &assignment.arms {
        page.section(&format!("{} ({})", arm.title, arm.id));
        for option in arm.options {
            page.item("- ", &format!("{} ({})", option.title, option.id));
        }
    }
    if !assignment.missing.is_empty() {
        page.section("Cannot tell without");
        for fact in &assignment.missing {
            page.item("- ", fact.name());
        }
    }
    page.section("Reasons");
    for reason in &assignment.reasons {
        let holds = match reason.holds {
            Truth::True => "applies",
            Truth::False => "does not apply",
            Truth::Unknown => "is undecided",
        };
        page.line(&format!("arm {} {holds}", reason.arm));
        for evidence in &reason.evidence {
            page.item("    ", &evidence.to_string());
        }
        if let Some(reading) = reason.reading {
            page.item("    reading: ", reading);
        }
    }
    if !assignment.questions.is_empty() {
        page.section("Left open by the text");
        for question in &assignment.questions {
            page.item(
                "- ",
                &format!("{} {} ({})", question.question, question.why, question.id),
            );
        }
    }
    page
}
