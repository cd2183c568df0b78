//! A comparison with its exit code, and what a report says of it.

use chemorad::report::Outcome;
use chemorad_render::check::{Comparison, page};

use crate::output::Context;
use crate::report::{About, Report};

pub(super) fn report(context: &Context<'_>, checked: &Comparison<'_>) -> Report {
    let full = context.in_full();
    let report = context.report_in_format(|| page(checked, full), checked);
    let mut report = report.judged(checked.outcome);
    let labels = checked
        .inputs
        .iter()
        .filter_map(|input| input.label.as_ref());
    let labels: Vec<String> = labels.map(ToString::to_string).collect();
    let files = checked.inputs.iter().map(|input| input.sha256.clone());
    report.about = About {
        plan: (!labels.is_empty()).then(|| labels.join(", ")),
        files: files.collect(),
        nobody: false,
    };
    let unreadable = checked.not_checked.iter().any(|file| file.unreadable);
    if unreadable && checked.outcome != Outcome::Fail {
        report.exit = 2;
    }
    report
}
