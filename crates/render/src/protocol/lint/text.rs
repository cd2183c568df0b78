//! For a person: the line of the file, underlined.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use chemorad::report::Outcome;
use chemorad_protocol::{Linted, Located};

use super::summary::Summary;
use crate::document::Document;
use crate::escape::one_line;
use crate::text::WIDTH;

/// Every finding under its line of the file, and how many there are.
#[must_use]
pub fn page(linted: &[Linted], summary: &Summary) -> Document {
    let mut page = Document::new("Protocol lint");
    for file in linted {
        for located in &file.findings {
            page.preformatted("");
            page.preformatted(&snippet(file, located));
        }
        if file.findings.is_empty() {
            page.line(&format!("{}: nothing found", file.name));
        }
    }
    page.preformatted("");
    page.line(&summary.words());
    if summary.fail + summary.warn + summary.cannot_tell > 0 {
        page.line("chemorad protocol explain CODE says what a code means.");
    }
    page
}

fn snippet(file: &Linted, located: &Located) -> String {
    let finding = &located.finding;
    let level = match finding.outcome {
        Outcome::Fail => Level::ERROR.with_name("fail"),
        Outcome::Warn => Level::WARNING.with_name("warn"),
        Outcome::CannotTell => Level::WARNING.with_name("cannot tell"),
        Outcome::Pass | Outcome::NotApplicable => Level::NOTE.with_name("note"),
    };
    let title = textwrap::fill(&finding.message(), WIDTH);
    let title = level.primary_title(title).id(finding.code().to_string());
    let mut group = Group::with_title(title);
    let line = located.place.start.line;
    if let Some(source) = file.text.lines().nth(line - 1) {
        let span = byte(source, located.place.start.column)..byte(source, located.place.end.column);
        let mut underlined = AnnotationKind::Primary.span(span);
        // what is underlined needs no repetition
        if let Some(found) = finding
            .found()
            .as_ref()
            .filter(|found| !source.contains(*found))
        {
            underlined = underlined.label(format!("found {}", short(found)));
        }
        group = group.element(
            Snippet::source(source.to_string())
                .path(one_line(&file.name))
                .line_start(line)
                .annotation(underlined),
        );
    }
    let notes = [
        ("expected", &finding.expected()),
        ("arithmetic", &finding.arithmetic()),
        ("difference", &finding.difference()),
        ("tolerance", &finding.tolerance()),
    ];
    for (name, value) in notes {
        if let Some(value) = value {
            group = group.element(Level::NOTE.with_name(name).message(value.clone()));
        }
    }
    if !finding.at().is_empty() {
        group = group.element(Level::NOTE.with_name("value").message(finding.at().clone()));
    }
    Renderer::plain()
        .decor_style(DecorStyle::Ascii)
        .term_width(WIDTH)
        .render(&[group])
}

/// The byte of a column counted in characters from 1.
fn byte(line: &str, column: usize) -> usize {
    let mut characters = line.char_indices().map(|(at, _)| at);
    characters
        .nth(column.saturating_sub(1))
        .unwrap_or(line.len())
}

/// A label next to the line; the JSON has the whole text.
fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{} ...", &text[..cut]),
        None => text.to_string(),
    }
}
