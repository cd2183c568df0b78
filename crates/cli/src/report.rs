//! What a command has to say: a document for a person, JSON for a tool, an exit code.

use std::fmt;

use chemorad::report::Outcome;
use chemorad_render::{Answer, Detail, Document, visible, visible_json};
use serde::Serialize;

use crate::failure::{Failure, exit_code};

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For a person.
    Text,
    /// For a tool.
    Json,
    /// SARIF 2.1.0, from `protocol lint`.
    Sarif,
    /// `JUnit` XML, from `protocol lint`.
    Junit,
    /// Annotations of GitHub Actions, from `protocol lint`.
    Github,
}

/// A finished command: both renderings and the exit code.
pub(crate) struct Report {
    pub(crate) body: Body,
    pub(crate) json: Result<String, Failure>,
    pub(crate) exit: u8,
    /// Formats that few commands have.
    pub(crate) others: Vec<(Format, Result<String, Failure>)>,
    /// What it is about, for a report.
    pub(crate) about: About,
    /// Whether it is a result, which can be filed, and no reference or script.
    pub(crate) is_result: bool,
}

/// What a result says itself of whom and what it is about.
#[derive(Debug, Clone, Default)]
pub(crate) struct About {
    /// The plans, by their labels.
    pub(crate) plan: Option<String>,
    /// The SHA-256 of the files that it lists.
    pub(crate) files: Vec<String>,
}

/// What a person reads.
pub(crate) enum Body {
    /// A document, in any format.
    Document(Document),
    /// A text whose format is given: a resource, a script.
    Text(String),
}

/// Adds a picture to a page, or why there is none.
pub(crate) fn pictured<E: fmt::Display>(
    page: &mut Document,
    picture: Result<String, E>,
    caption: &str,
) {
    match picture {
        Ok(svg) => page.figure(&svg, caption),
        Err(error) => page.in_full(|page| page.paragraph(&format!("No picture: {error}"))),
    }
}

impl Report {
    pub(crate) fn new(document: Document, data: &impl Serialize) -> Self {
        let (document, json) = match Answer::new(document.clone(), data) {
            Ok(answer) => (answer.document, Ok(answer.json)),
            Err(error) => (document, Err(Failure::from(error))),
        };
        Self {
            body: Body::Document(document),
            json,
            exit: 0,
            others: Vec::new(),
            about: About::default(),
            is_result: true,
        }
    }

    /// The same as a page to look things up in, of which there is no report.
    pub(crate) fn into_reference(mut self) -> Self {
        self.is_result = false;
        self
    }

    /// What a report can hold.
    pub(crate) fn result(&self) -> Option<&Document> {
        match &self.body {
            Body::Document(document) if self.is_result => Some(document),
            _ => None,
        }
    }

    /// The same with so much shown.
    pub(crate) fn in_detail(mut self, detail: Detail) -> Self {
        self.body = match self.body {
            Body::Document(document) => Body::Document(document.with_detail(detail)),
            text @ Body::Text(_) => text,
        };
        self
    }

    /// The format that is asked for, or all: each of many plans has a document and JSON of many lines.
    pub(crate) fn in_format(
        format: Option<Format>,
        document: impl FnOnce() -> Document,
        data: &impl Serialize,
    ) -> Self {
        match format {
            Some(Format::Text) => Self {
                body: Body::Document(document()),
                is_result: true,
                ..Self::same(String::new())
            },
            Some(Format::Json) => Self::new(Document::default(), data),
            _ => Self::new(document(), data),
        }
    }

    /// The same in one more format.
    pub(crate) fn also(mut self, format: Format, rendered: Result<String, Failure>) -> Self {
        self.others.push((format, rendered));
        self
    }

    pub(crate) fn rendered(self, format: Format, width: usize) -> Result<String, Failure> {
        match format {
            Format::Text => Ok(match self.body {
                Body::Document(document) => document.to_text(width),
                Body::Text(text) => text,
            }),
            Format::Json => self.json,
            Format::Sarif | Format::Junit | Format::Github => {
                let mut others = self.others.into_iter();
                match others.find(|(other, _)| *other == format) {
                    Some((_, rendered)) => Ok(visible(&rendered?)),
                    None => Err(Failure::new(
                        "this command prints text or json; sarif, junit and github are formats of protocol lint",
                    )),
                }
            }
        }
    }

    /// JSON whatever the format, for files that other systems read.
    pub(crate) fn json_only(json: &impl Serialize) -> Result<Self, Failure> {
        Ok(Self::same(Self::new(Document::default(), json).json?))
    }

    /// JSON and nothing else: a resource whose standard allows no further fields, and which carries
    /// the notice in its own way.
    pub(crate) fn verbatim(json: &impl Serialize) -> Result<Self, Failure> {
        let json = serde_json::to_string_pretty(json)?;
        Ok(Self::same(visible_json(&json) + "\n"))
    }

    /// A page in another format, which carries the notice in its own way.
    pub(crate) fn plain(text: String) -> Self {
        Self::same(text)
    }

    fn same(text: String) -> Self {
        Self {
            body: Body::Text(text.clone()),
            json: Ok(text),
            exit: 0,
            others: Vec::new(),
            about: About::default(),
            is_result: false,
        }
    }

    /// 0 for pass and warn, 1 for fail, 3 for cannot tell.
    pub(crate) fn judged(mut self, outcome: Outcome) -> Self {
        self.exit = exit_code(outcome);
        self
    }
}
