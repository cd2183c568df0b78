//! EQD2 or BED of every voxel.

use chemorad::quantity::AlphaBeta;
use chemorad::radiobiology::TissueParameter;
use chemorad::report::{Derivation, Finding};
use serde::Serialize;

use super::files::{OutputFile, Source, worth_knowing};
use crate::document::Document;
use crate::number;

/// What a dose was converted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// The equivalent dose in fractions of 2 Gy.
    Eqd2,
    /// The biologically effective dose.
    Bed,
}

/// The doses of a phase and its fractions.
#[derive(Debug, Clone, Serialize)]
pub struct Phase {
    /// How many fractions it has.
    pub fractions: u32,
    /// Its dose files.
    pub sources: Vec<Source>,
}

/// The largest value, with what it is.
#[derive(Debug, Clone, Serialize)]
pub struct Maximum {
    /// The number.
    pub value: f64,
    /// Gy.
    pub unit: &'static str,
    /// What it is, with its a/b.
    pub label: String,
}

/// A converted dose as tools read it.
#[derive(Debug, Clone, Serialize)]
pub struct Results {
    /// The a/b it was converted with.
    pub alpha_beta: AlphaBeta,
    /// The record it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<&'static TissueParameter>,
    /// What was converted.
    pub phases: Vec<Phase>,
    /// The largest value of the result.
    pub maximum: Maximum,
    /// The new file.
    pub output: OutputFile,
    /// What should be known about the grids.
    pub findings: Vec<Finding>,
    /// How a voxel is calculated.
    pub derivation: Derivation,
}

/// What was converted, the largest value, and the new file.
#[must_use]
pub fn page(results: &Results, quantity: Quantity) -> Document {
    let mut page = Document::new(match quantity {
        Quantity::Eqd2 => "EQD2 of every voxel of a dose grid",
        Quantity::Bed => "BED of every voxel of a dose grid",
    });
    let row = |number: usize, phase: &Phase, source: &Source| {
        vec![
            format!("phase {number}"),
            source.file.to_string(),
            source.dose_of(),
            phase.fractions.to_string(),
            source.maximum(),
        ]
    };
    let mut rows = Vec::new();
    for (number, phase) in (1..).zip(&results.phases) {
        rows.extend(
            phase
                .sources
                .iter()
                .map(|source| row(number, phase, source)),
        );
    }
    page.mixed_table(&["", "file", "dose of", "n", "maximum"], &rows, 3);
    page.gap();
    let mut pairs = vec![("a/b", results.alpha_beta.to_string())];
    if let Some(record) = results.endpoint {
        pairs.push(("from", format!("{}; {}", record.name, record.source)));
    }
    let Maximum { value, label, .. } = &results.maximum;
    pairs.push(("maximum", format!("{} Gy {label}", number::dose(*value))));
    page.pairs(&pairs);
    page.gap();
    results.output.show(&mut page, "EFFECTIVE");
    worth_knowing(&mut page, &results.findings);
    page.working(std::slice::from_ref(&results.derivation));
    page
}
