//! Dose in structures: volume and metrics, each with its bounds.

use chemorad::report::{Finding, Identifying, Outcome};
use chemorad_dosimetry::{Bounded, Metric, PlanIndex, VoxelEffect};
use serde::Serialize;

use crate::document::Document;
use crate::dose::Source;
use crate::dose_basis::DoseBasis;
use crate::limits::Limits;
use crate::number::{fixed, signed};

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

/// A point of a cumulative histogram.
#[derive(Debug, Clone, Serialize)]
pub struct HistogramPoint {
    /// A dose, or an effect, Gy.
    pub dose: f64,
    /// The volume that gets at least it, cc.
    pub volume: Bounded,
}

/// A cumulative histogram.
#[derive(Debug, Clone, Serialize)]
pub struct Histogram {
    /// From 0 on, at even distances.
    pub points: Vec<HistogramPoint>,
    /// The volume outside the dose grid, where no dose is known, cc.
    pub outside_cc: f64,
}

/// An index with its value.
#[derive(Debug, Clone, Serialize)]
pub struct IndexOf {
    /// Which.
    pub index: PlanIndex,
    /// Its formula.
    pub formula: &'static str,
    /// Its value; none where it is not known.
    #[serde(flatten)]
    pub value: Option<Bounded>,
}

/// A value of a histogram that the dose file holds, beside ours of the dose of the file.
#[derive(Debug, Clone, Serialize)]
pub struct StoredOf {
    /// `volume`, `mean`, `min` or `max`; `mean of the bins` and `max of the bins` where no tag states them, or another
    /// dose.
    pub metric: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// As the file states it.
    pub stored: f64,
    /// How far what was meant may be from it, for a dose that follows from bins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<f64>,
    /// Ours; none where it is not known.
    #[serde(flatten)]
    pub ours: Option<Bounded>,
    /// Stored less ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<f64>,
}

impl StoredOf {
    /// Both, with their difference.
    #[must_use]
    pub fn new(
        metric: &'static str,
        unit: &'static str,
        stored: f64,
        ours: Option<Bounded>,
    ) -> Self {
        Self {
            metric,
            unit,
            stored,
            within: None,
            ours,
            difference: ours.map(|ours| stored - ours.value),
        }
    }
}

/// What doses are, where they are not absorbed dose.
#[derive(Debug, Clone, Serialize)]
pub struct EffectOf {
    /// `EQD2Gy(a/b = 3)`.
    pub label: VoxelEffect,
    /// In so many fractions.
    pub fractions: u32,
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
    /// How well the prescribed dose fits it, where that is asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indices: Vec<IndexOf>,
    /// What the dose file states of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stored: Vec<StoredOf>,
    /// Its histogram, for a picture or a file.
    #[serde(skip)]
    pub histogram: Option<Histogram>,
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
    /// What shares and effects rest on.
    #[serde(skip_serializing_if = "DoseBasis::is_empty")]
    pub dose_basis: DoseBasis,
    /// What the doses of metrics and histograms are, where not absorbed dose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<EffectOf>,
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

impl StructureDose {
    /// Its name, or its number.
    #[must_use]
    pub fn called(&self) -> String {
        match &self.name {
            Some(name) => name.to_string(),
            None => format!("ROI {}", self.number),
        }
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
    let files = [
        ("structures", results.structure_set.file.to_string()),
        ("dose", results.dose.file.to_string()),
        ("solid", results.solid.clone()),
        (
            "dose between points",
            "linear between the points of the grid; outside it no dose is known".to_string(),
        ),
    ];
    let pairs: Vec<_> = files
        .into_iter()
        .chain(results.dose_basis.pairs())
        .collect();
    page.pairs(&pairs);
    page.paragraph(
        "Each value is the best estimate. Its bounds enclose the exact value of this solid in this dose; they say nothing of how well the contours were drawn or the dose was calculated. Contours were not compared with an image.",
    );
    results.limits.judge(&mut page, results.outcome);
    results.limits.add_to(&mut page);
    let mut rows = Vec::new();
    for structure in &results.structures {
        let name = structure.called();
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
    if !rows.is_empty() {
        heading(results, &mut page);
        page.mixed_table(&["structure", "metric", "value", "bounds"], &rows, 2);
    }
    indices(results, &mut page);
    stored(results, &mut page);
    let left: Vec<&StructureDose> = results
        .structures
        .iter()
        .filter(|structure| structure.not_calculated.is_some())
        .collect();
    if !left.is_empty() {
        page.section("Not calculated");
        for structure in left {
            let why = structure.not_calculated.as_deref().unwrap_or_default();
            page.item("- ", &format!("{}: {why}", structure.called()));
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

fn heading(results: &Results, page: &mut Document) {
    match &results.effect {
        Some(effect) => page.section(&format!(
            "Volumes and doses in {}, {} fractions",
            effect.label, effect.fractions
        )),
        None if !results.limits.is_empty() => page.section("Volumes and doses"),
        None => {}
    }
}

fn stored(results: &Results, page: &mut Document) {
    let all = results.structures.iter().flat_map(|structure| {
        let stored = structure.stored.iter();
        stored.map(move |stored| (structure, stored))
    });
    let rows: Vec<Vec<String>> = all
        .map(|(structure, stored)| {
            let ours = stored.ours.map_or_else(
                || ["not known".to_string(), String::new()],
                |ours| {
                    let bounds = format!("{} to {}", fixed(ours.lower, 3), fixed(ours.upper, 3));
                    [fixed(ours.value, 3), bounds]
                },
            );
            let [value, bounds] = ours;
            let difference = stored.difference.map(|difference| signed(difference, 3));
            vec![
                structure.called(),
                format!("{}[{}]", stored.metric, stored.unit),
                fixed(stored.stored, 3),
                value,
                bounds,
                difference.unwrap_or_default(),
            ]
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    page.section("Histograms that the dose file holds");
    page.paragraph(
        "As the system stated them that wrote the file, by its own reading of the contours and of the dose between points; some write percent where gray is said.",
    );
    page.mixed_table(
        &[
            "structure",
            "value",
            "stored",
            "here",
            "bounds",
            "difference",
        ],
        &rows,
        2,
    );
}

fn indices(results: &Results, page: &mut Document) {
    let rows: Vec<Vec<String>> = results
        .structures
        .iter()
        .flat_map(|structure| {
            structure
                .indices
                .iter()
                .map(move |index| (structure, index))
        })
        .map(|(structure, index)| {
            let [value, bounds] = match &index.value {
                Some(value) => [
                    fixed(value.value, 3),
                    format!("{} to {}", fixed(value.lower, 3), fixed(value.upper, 3)),
                ],
                None => ["not known".into(), String::new()],
            };
            let name = index.index.to_string();
            vec![
                structure.called(),
                name,
                index.formula.to_string(),
                value,
                bounds,
            ]
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    // an isodose of the prescribed dose is one of absorbed dose, whatever metrics are in
    page.section("How the prescribed dose fits, in absorbed dose");
    page.paragraph(
        "TV: volume of the structure. PIV: volume of the whole dose grid that gets the prescribed dose or more; TVPIV: the part of the structure that does. Where an isodose reaches the edge of the grid, its volume is not known.",
    );
    page.mixed_table(
        &["structure", "index", "formula", "value", "bounds"],
        &rows,
        3,
    );
}
