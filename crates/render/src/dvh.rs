//! Dose in structures: volume and metrics, each with its bounds.

use chemorad::report::{Finding, Identifying, Outcome};
use chemorad_dosimetry::{Bounded, Metric};
use serde::Serialize;

use crate::document::Document;
use crate::dose::Source;
use crate::limits::Limits;
use crate::number::fixed;

/// A value with bounds and its unit.
#[derive(Debug, Clone, Serialize)]
pub struct BoundedAmount {
    /// Value and bounds.
    #[serde(flatten)]
    pub amount: Bounded,
    /// The unit.
    pub unit: &'static str,
}

/// A metric with its value.
#[derive(Debug, Clone, Serialize)]
pub struct MetricOf {
    /// What was asked.
    pub metric: Metric,
    /// Its value; none where it is not defined or not known.
    #[serde(flatten)]
    pub value: Option<BoundedAmount>,
}

/// One structure.
#[derive(Debug, Clone, Serialize)]
pub struct StructureDose {
    /// ROI Number.
    pub number: i32,
    /// Its name.
    pub name: Option<Identifying<String>>,
    /// Its volume; none where it has no closed contours, or they cannot be read as a solid.
    pub volume: Option<BoundedAmount>,
    /// The number of planes, and their spacing in mm.
    pub planes: Option<(usize, f64)>,
    /// The volume of the two end caps, cc.
    pub end_caps_cc: Option<f64>,
    /// What was asked.
    pub metrics: Vec<MetricOf>,
    /// Why there are no values.
    pub not_calculated: Option<String>,
    /// What a reader should know.
    pub findings: Vec<Finding>,
}

/// Dose in structures as tools read it.
#[derive(Debug, Clone, Serialize)]
pub struct Results {
    /// The dose file.
    pub dose: Source,
    /// The structure set, by name and checksum.
    pub structure_set: StructureSource,
    /// What the stack of contours means.
    pub solid: String,
    /// Of everything.
    pub outcome: Outcome,
    /// The structures in file order.
    pub structures: Vec<StructureDose>,
    /// Limits, and what was found of them.
    #[serde(skip_serializing_if = "Limits::is_empty")]
    pub limits: Limits,
    /// What concerns both files.
    pub findings: Vec<Finding>,
}

/// The structure set.
#[derive(Debug, Clone, Serialize)]
pub struct StructureSource {
    /// The file, withheld where its name is the patient's.
    pub file: Identifying<String>,
    /// Its checksum.
    pub sha256: String,
}

fn name(structure: &StructureDose) -> String {
    match &structure.name {
        Some(name) => name.to_string(),
        None => format!("ROI {}", structure.number),
    }
}

fn bounds(amount: &BoundedAmount) -> [String; 2] {
    let Bounded {
        value,
        lower,
        upper,
    } = amount.amount;
    let decimals = if amount.unit == "%" { 2 } else { 3 };
    [
        format!("{} {}", fixed(value, decimals), amount.unit),
        format!("{} to {}", fixed(lower, decimals), fixed(upper, decimals)),
    ]
}

/// The page.
#[must_use]
pub fn page(results: &Results) -> Document {
    let mut page = Document::new("Dose in structures");
    page.pairs(&[
        ("structures", results.structure_set.file.to_string()),
        ("dose", results.dose.file.to_string()),
        ("solid", results.solid.clone()),
        (
            "dose between points",
            "linear between the points of the grid; outside it no dose is known".to_string(),
        ),
    ]);
    page.paragraph(
        "Each value is the best estimate. Its bounds enclose the exact value of this solid in this dose; they say nothing of how well the contours were drawn or the dose was calculated.",
    );
    results.limits.judge(&mut page);
    results.limits.add_to(&mut page);
    if !results.limits.is_empty() {
        page.section("Volumes and doses");
    }
    let mut rows = Vec::new();
    for structure in &results.structures {
        let name = name(structure);
        if let Some(volume) = &structure.volume {
            let [value, range] = bounds(volume);
            rows.push(vec![name.clone(), "volume".into(), value, range]);
        }
        for metric in &structure.metrics {
            let [value, range] = match &metric.value {
                Some(value) => bounds(value),
                None => ["not known".into(), String::new()],
            };
            rows.push(vec![name.clone(), metric.metric.to_string(), value, range]);
        }
    }
    page.mixed_table(&["structure", "metric", "value", "bounds"], &rows, 2);
    let left: Vec<&StructureDose> = results
        .structures
        .iter()
        .filter(|structure| structure.not_calculated.is_some())
        .collect();
    if !left.is_empty() {
        page.section("Not calculated");
        for structure in left {
            let why = structure.not_calculated.as_deref().unwrap_or_default();
            page.item("- ", &format!("{}: {why}", name(structure)));
        }
    }
    let findings: Vec<Finding> = results
        .findings
        .iter()
        .chain(
            results
                .structures
                .iter()
                .flat_map(|structure| &structure.findings),
        )
        .cloned()
        .collect();
    page.findings_under("Review", &findings);
    page
}
