//! What a command has to say: a document for a person, JSON for a tool, an exit code.

use std::fmt;

use chemorad::report::{Finding, Outcome};
use chemorad_render::version::Build;
use chemorad_render::{Detail, Document, Json, visible, visible_json};
use serde::Serialize;

use crate::failure::{Failure, exit_code};
use crate::refused;

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For a person.
    Text,
    /// For a tool.
    Json,
    /// SARIF 2.1.0, from `protocol lint`.
    #[value(hide = true)]
    Sarif,
    /// `JUnit` XML, from `protocol lint`.
    #[value(hide = true)]
    Junit,
    /// Annotations of GitHub Actions, from `protocol lint`.
    #[value(hide = true)]
    Github,
}

/// A finished command: both renderings and the exit code.
pub(crate) struct Report {
    pub(crate) body: Body,
    json: Result<ForTool, Failure>,
    pub(crate) exit: u8,
    /// Formats that few commands have.
    pub(crate) others: Vec<(Format, Result<String, Failure>)>,
    /// What it is about, for a report.
    pub(crate) about: About,
    /// Whether it is a result, which can be filed, and no reference or script.
    pub(crate) is_result: bool,
    /// Whether its own JSON has the object `build`.
    tells_build: bool,
    build: Option<Build>,
}

/// What a tool reads.
enum ForTool {
    /// An answer, still without the notice and what made it.
    Answer(Json),
    /// A text whose format is given.
    Text(String),
}

/// What a result says itself of whom and what it is about.
#[derive(Debug, Clone, Default)]
pub(crate) struct About {
    /// The plans, by their labels.
    pub(crate) plan: Option<String>,
    /// The SHA-256 of the files that it lists.
    pub(crate) files: Vec<String>,
    /// Whether it is about no patient, and has its own places to sign.
    pub(crate) nobody: bool,
}

/// What a person reads.
pub(crate) enum Body {
    /// A document, in any format.
    Document(Document),
    /// A text whose format is given: a resource, a script.
    Text(String),
    /// What a tool reads.
    Json,
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
        let json = Json::new(data).map(ForTool::Answer).map_err(Failure::from);
        Self::of(Body::Document(document), json, true)
    }

    fn of(body: Body, json: Result<ForTool, Failure>, is_result: bool) -> Self {
        Self {
            body,
            json,
            exit: 0,
            others: Vec::new(),
            about: About::default(),
            is_result,
            tells_build: false,
            build: None,
        }
    }

    /// A script, which has no form for a tool.
    pub(crate) fn script(text: String) -> Self {
        let json = Err(Failure::new(
            refused::INPUT_VALUE,
            "a completion script has no JSON form",
        ));
        Self::of(Body::Text(text), json, false)
    }

    /// Adds the fields of another object to its JSON.
    pub(crate) fn with(mut self, data: &impl Serialize) -> Self {
        self.json = self.json.and_then(|json| match json {
            ForTool::Answer(json) => Ok(ForTool::Answer(json.with(data)?)),
            text @ ForTool::Text(_) => Ok(text),
        });
        self
    }

    /// Says that its own JSON has the object `build`.
    pub(crate) fn telling_build(mut self) -> Self {
        self.tells_build = true;
        self
    }

    /// Adds what it was made from, unless it says so itself or has no place for it.
    pub(crate) fn made_from(mut self, build: Build) -> Self {
        if self.tells_build {
            return self;
        }
        self.body = match self.body {
            Body::Document(document) => Body::Document(document.made_from(Some(build.clone()))),
            other => other,
        };
        self.build = Some(build);
        self
    }

    /// Says that it is about no patient.
    pub(crate) fn of_no_patient(mut self) -> Self {
        self.about.nobody = true;
        self
    }

    /// Makes it a page to look things up in, of which there is no report.
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

    /// Sets how much is shown.
    pub(crate) fn in_detail(mut self, detail: Detail) -> Self {
        self.body = match self.body {
            Body::Document(document) => Body::Document(document.with_detail(detail)),
            other => other,
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
            Some(Format::Text) => Self::of(
                Body::Document(document()),
                Ok(ForTool::Text(String::new())),
                true,
            ),
            Some(Format::Json) => Self::new(Document::default(), data),
            _ => Self::new(document(), data),
        }
    }

    /// Adds a format.
    pub(crate) fn also(mut self, format: Format, rendered: Result<String, Failure>) -> Self {
        self.others.push((format, rendered));
        self
    }

    pub(crate) fn rendered(self, format: Format, width: usize) -> Result<String, Failure> {
        match format {
            Format::Text => Ok(match self.body {
                Body::Document(document) => document.to_text(width),
                Body::Text(text) => text,
                Body::Json => self.parts()?.1,
            }),
            Format::Json => Ok(self.parts()?.1),
            Format::Sarif | Format::Junit | Format::Github => {
                let mut others = self.others.into_iter();
                match others.find(|(other, _)| *other == format) {
                    Some((_, rendered)) => Ok(visible(&rendered?)),
                    None => Err(Failure::new(
                        refused::INPUT_VALUE,
                        "this command prints text or json; sarif, junit and github are formats of protocol lint",
                    )),
                }
            }
        }
    }

    /// What a person reads, and what a tool reads.
    pub(crate) fn parts(self) -> Result<(Body, String), Failure> {
        let json = match self.json? {
            ForTool::Answer(json) => json.closed(self.build.as_ref())?,
            ForTool::Text(text) => text,
        };
        Ok((self.body, json))
    }

    /// JSON whatever the format, for files that other systems read.
    pub(crate) fn json_only(json: &impl Serialize) -> Self {
        let json = Json::new(json).map(ForTool::Answer).map_err(Failure::from);
        Self::of(Body::Json, json, false)
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
        Self::of(Body::Text(text.clone()), Ok(ForTool::Text(text)), false)
    }

    /// The same with the worst outcome of what was found in its JSON and as its exit code: a result about which
    /// nothing was found passes.
    pub(crate) fn concluded<'f>(self, findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        #[derive(Serialize)]
        struct Conclusion {
            outcome: Outcome,
        }
        let outcomes = findings.into_iter().map(|finding| finding.outcome);
        let outcome = Outcome::worst(outcomes.chain([Outcome::Pass]));
        self.with(&Conclusion { outcome }).judged(outcome)
    }

    /// 0 for pass and warn, 1 for fail, 3 for cannot tell.
    pub(crate) fn judged(mut self, outcome: Outcome) -> Self {
        self.exit = exit_code(outcome);
        self
    }
}
