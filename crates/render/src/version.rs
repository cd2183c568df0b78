//! `version`: what tells this program from another.

pub use crate::build::{Build, Checksum, Executable, Input};
use crate::document::Document;

impl Build {
    /// The tables of checksums.
    pub(crate) fn checksums(&self, page: &mut Document) {
        for (title, all) in [
            ("Protocols", &self.protocols),
            ("Rule sets", &self.rule_sets),
            ("Tables of limits", &self.limits),
            ("Published parameters", &self.parameters),
        ] {
            page.section(title);
            let rows: Vec<Vec<String>> = all
                .iter()
                .map(|one| vec![one.id.clone(), one.sha256.clone()])
                .collect();
            page.records(&["id", "SHA-256"], &rows);
        }
    }
}

/// The version, or all that tells this program from another.
#[must_use]
pub fn page(build: &Build, verbose: bool) -> Document {
    let mut page = Document::new(format!("chemorad {}", build.version));
    page.pairs(&build.facts());
    if verbose {
        build.checksums(&mut page);
    } else {
        page.paragraph("checksums of protocols, rule sets, tables of limits and published parameters: --verbose");
    }
    page
}
