//! `protocol explain`: one paragraph on a code.

use chemorad::report::Code;
use chemorad_protocol::{explain, explanations};
use serde::Serialize;

use crate::failure::Failure;
use crate::output::Context;
use crate::report::Report;
use chemorad_render::Document;

/// Say what the code of a finding means, why it matters and what to do.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad protocol explain limit.order
  chemorad protocol explain")]
pub(super) struct Args {
    /// The code; without one, all codes are listed.
    code: Option<String>,
}

/// A code with what it means and what to do in one paragraph.
#[derive(Serialize)]
struct Explanation {
    code: &'static str,
    title: &'static str,
    paragraph: String,
}

impl From<&'static Code> for Explanation {
    fn from(code: &'static Code) -> Self {
        Self {
            code: code.name,
            title: code.title,
            paragraph: paragraph(code),
        }
    }
}

/// What a code means and what to do.
pub(super) fn paragraph(code: &Code) -> String {
    format!("{} {}", code.meaning, code.action)
}

#[derive(Serialize)]
struct All {
    explanations: Vec<Explanation>,
}

impl Args {
    pub(super) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let Some(code) = self.code else {
            return Ok(list());
        };
        let known = explain(code.trim()).ok_or_else(|| {
            let given: String = code.chars().take(60).collect();
            let codes: Vec<&str> = explanations().map(|known| known.name).collect();
            Failure::new(format!(
                "there is no code {given:?}; the codes are: {}",
                codes.join(", ")
            ))
        })?;
        let known = Explanation::from(known);
        let mut page = Document::new(known.code);
        page.line(known.title);
        page.preformatted("");
        page.line(&known.paragraph);
        Ok(Report::new(page, &known))
    }
}

fn list() -> Report {
    let all: Vec<Explanation> = explanations().map(Explanation::from).collect();
    let mut page = Document::new("Codes of protocol lint");
    let width = all.iter().map(|known| known.code.len()).max().unwrap_or(0);
    for known in &all {
        page.item(&format!("{:<width$}  ", known.code), known.title);
    }
    Report::new(page, &All { explanations: all })
}
