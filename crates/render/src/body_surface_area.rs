//! Body surface area.

use chemorad::patient::{BodySize, BodySurfaceArea, BodySurfaceAreaFormula};
use chemorad::report::{Derivation, Finding};
use serde::Serialize;

use crate::amount::Amount;
use crate::document::Document;
use crate::number::fixed;

/// A body surface area as tools read it.
#[derive(Debug, Clone, Serialize)]
pub struct Results {
    bsa: Amount,
    formula: &'static str,
    source: &'static str,
    warnings: Vec<Finding>,
    derivations: Vec<Derivation>,
}

impl Results {
    /// What is known of an area.
    #[must_use]
    pub fn new(formula: BodySurfaceAreaFormula, size: BodySize, area: &BodySurfaceArea) -> Self {
        let mut warnings = size.warnings();
        warnings.extend(area.warnings());
        Self {
            bsa: square_meters(area),
            formula: formula.name(),
            source: formula.source(),
            warnings,
            derivations: vec![area.derivation()],
        }
    }

    /// What is unusual.
    #[must_use]
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }
}

/// An area in square metres.
#[must_use]
pub fn square_meters(area: &BodySurfaceArea) -> Amount {
    Amount::new(area.square_meters(), "m2")
}

/// The measured sizes, as names and values.
#[must_use]
pub fn size_pairs(size: BodySize) -> Vec<(&'static str, String)> {
    vec![
        ("height", size.height().to_string()),
        ("weight", size.weight().to_string()),
        (
            "body-mass index",
            format!("{} kg/m2", fixed(size.body_mass_index(), 1)),
        ),
    ]
}

/// A body surface area with its formula.
#[must_use]
pub fn page(formula: BodySurfaceAreaFormula, size: BodySize, results: &Results) -> Document {
    let mut page = Document::new("Body surface area");
    let mut pairs = size_pairs(size);
    let area = fixed(results.bsa.value, 4);
    pairs.extend([
        ("formula", format!("{formula}: {}", formula.formula())),
        ("source", formula.source().to_string()),
        (
            "body surface area",
            format!("{area} m2 (shown to 4 decimals)"),
        ),
    ]);
    page.pairs(&pairs);
    page.findings_under("Warnings", &results.warnings);
    page.working(&results.derivations);
    page
}
