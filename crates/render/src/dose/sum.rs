//! The sum of absorbed doses.

use chemorad::report::{Derivation, Finding};
use serde::Serialize;

use super::files::{OutputFile, Source, worth_knowing};
use crate::amount::Amount;
use crate::document::Document;
use crate::number;

/// A sum of doses as tools read it.
#[derive(Debug, Clone, Serialize)]
pub struct Results {
    /// What was added.
    pub sources: Vec<Source>,
    /// The largest dose of the sum.
    pub maximum: Amount,
    /// The new file.
    pub output: OutputFile,
    /// What should be known about the grids.
    pub findings: Vec<Finding>,
    /// How the sum is calculated.
    pub derivation: Derivation,
}

/// What was added, the largest dose, and the new file.
#[must_use]
pub fn page(results: &Results) -> Document {
    let mut page = Document::new("Sum of absorbed doses");
    let sources = results.sources.iter();
    let rows: Vec<Vec<String>> = sources
        .map(|source| vec![source.file.to_string(), source.dose_of(), source.maximum()])
        .collect();
    page.mixed_table(&["file", "dose of", "maximum"], &rows, 2);
    page.gap();
    let maximum = number::dose(results.maximum.value);
    page.pairs(&[("maximum of the sum", format!("{maximum} Gy"))]);
    page.gap();
    results.output.show(&mut page, "PHYSICAL");
    worth_knowing(&mut page, &results.findings);
    page
}
