//! What the codes of findings mean, and what to do.

use chemorad::report::Code;
use serde::Serialize;

use crate::document::Document;

/// A code with what it means and what to do in one paragraph.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    code: &'static str,
    title: &'static str,
    paragraph: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flag: Option<&'static str>,
}

impl Explanation {
    /// Adds the flag by which a command settles it.
    #[must_use]
    pub fn with_flag(self, flag: Option<&'static str>) -> Self {
        Self { flag, ..self }
    }
}

impl From<&'static Code> for Explanation {
    fn from(code: &'static Code) -> Self {
        Self {
            code: code.name,
            title: code.title,
            paragraph: paragraph(code),
            source: code.source,
            flag: None,
        }
    }
}

/// What a code means and what to do.
pub(crate) fn paragraph(code: &Code) -> String {
    format!("{} {}", code.meaning, code.action)
}

/// Every code of a list.
#[derive(Debug, Clone, Serialize)]
pub struct All {
    explanations: Vec<Explanation>,
}

impl All {
    /// Explains every code.
    pub fn new(codes: impl IntoIterator<Item = &'static Code>) -> Self {
        Self {
            explanations: codes.into_iter().map(Explanation::from).collect(),
        }
    }
}

impl From<Vec<Explanation>> for All {
    fn from(explanations: Vec<Explanation>) -> Self {
        Self { explanations }
    }
}

/// Several codes, each under its name.
#[must_use]
pub fn several(all: &All) -> Document {
    let mut page = Document::new("Codes");
    for known in &all.explanations {
        page.section(known.code);
        explain(&mut page, known);
    }
    page
}

/// One code.
#[must_use]
pub fn one(known: &Explanation) -> Document {
    let mut page = Document::new(known.code);
    explain(&mut page, known);
    page
}

fn explain(page: &mut Document, known: &Explanation) {
    page.line(known.title);
    page.paragraph(&known.paragraph);
    if let Some(source) = known.source {
        page.line(&format!("Source: {source}"));
    }
    if let Some(flag) = known.flag {
        page.line(&format!("Flag: {flag}"));
    }
}

/// Every code with its title.
#[must_use]
pub fn list(title: &str, all: &All) -> Document {
    let mut page = Document::new(title);
    let codes = all.explanations.iter().map(|known| known.code.len());
    let width = codes.max().unwrap_or(0);
    for known in &all.explanations {
        page.item(&format!("{:<width$}  ", known.code), known.title);
    }
    page
}
