//! `explain`: what a code means and what to do.

use chemorad::report::Code;
use chemorad_render::Document;
use serde::Serialize;

use crate::catalogue::codes;
use crate::failure::Failure;
use crate::report::Report;

/// Say what the code of a finding means, why it matters and what to do.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad explain rx.total
  chemorad explain limit.order
  chemorad explain")]
pub(crate) struct Args {
    /// The code; without one, all codes are listed.
    code: Option<String>,
}

/// A code with what it means and what to do in one paragraph.
#[derive(Serialize)]
struct Explanation {
    code: &'static str,
    title: &'static str,
    paragraph: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'static str>,
}

impl From<&'static Code> for Explanation {
    fn from(code: &'static Code) -> Self {
        Self {
            code: code.name,
            title: code.title,
            paragraph: paragraph(code),
            source: code.source,
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
    /// Explains a code of any room; without one, lists those of `listed`.
    pub(crate) fn run(
        self,
        title: &str,
        listed: impl Iterator<Item = &'static Code>,
    ) -> Result<Report, Failure> {
        let Some(code) = self.code else {
            return Ok(list(title, listed));
        };
        let known = codes()
            .find(|known| known.name == code.trim())
            .ok_or_else(|| {
                let given: String = code.chars().take(60).collect();
                let codes: Vec<&str> = codes().map(|known| known.name).collect();
                Failure::new(format!(
                    "there is no code {given:?}; the codes are: {}",
                    codes.join(", ")
                ))
            })?;
        let known = Explanation::from(known);
        let mut page = Document::new(known.code);
        page.line(known.title);
        page.paragraph(&known.paragraph);
        if let Some(source) = known.source {
            page.line(&format!("Source: {source}"));
        }
        Ok(Report::new(page, &known))
    }
}

fn list(title: &str, listed: impl Iterator<Item = &'static Code>) -> Report {
    let all: Vec<Explanation> = listed.map(Explanation::from).collect();
    let mut page = Document::new(title);
    let width = all.iter().map(|known| known.code.len()).max().unwrap_or(0);
    for known in &all {
        page.item(&format!("{:<width$}  ", known.code), known.title);
    }
    Report::new(page, &All { explanations: all })
}
