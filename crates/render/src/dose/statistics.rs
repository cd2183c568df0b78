//! Statistics over the whole grid of a dose.

use chemorad::report::Finding;
use chemorad_dicom::{GridVolume, Percentile};
use chemorad_dosimetry::DoseUnits;
use serde::Serialize;

use super::files::{Source, worth_knowing};
use crate::document::Document;
use crate::exact_dose::ExactDose;
use crate::number;

/// The dose at a percentile.
#[derive(Debug, Clone, Serialize)]
pub struct AtPercentile {
    /// The percentile.
    pub percentile: Percentile,
    /// The dose.
    pub dose: ExactDose,
}

/// The dose that the hottest volume receives at least.
#[derive(Debug, Clone, Serialize)]
pub struct AtVolume {
    /// The volume.
    pub volume: GridVolume,
    /// The dose.
    pub dose: ExactDose,
}

/// The mean, which has no end as a decimal.
#[derive(Debug, Clone, Serialize)]
pub struct Mean {
    /// The number.
    pub value: f64,
    /// Its unit.
    pub unit: String,
}

/// The statistics of a grid as tools read them.
#[derive(Debug, Clone, Serialize)]
pub struct Results {
    /// The file.
    pub source: Source,
    /// What kind of dose it is.
    pub dose_type: String,
    /// What the numbers are over.
    pub over: &'static str,
    /// How many voxels the grid has.
    pub voxels: u64,
    /// How many of them are not zero.
    pub nonzero_voxels: u64,
    /// The smallest dose.
    pub minimum: ExactDose,
    /// The largest dose.
    pub maximum: ExactDose,
    /// The mean dose.
    pub mean: Mean,
    /// The doses at percentiles.
    pub percentiles: Vec<AtPercentile>,
    /// How a percentile is defined.
    pub percentile_definition: &'static str,
    /// The doses of the hottest volumes.
    pub dose_at_volume: Vec<AtVolume>,
    /// What should be known about the grid.
    pub findings: Vec<Finding>,
}

/// What the numbers are over.
pub const OVER: &str = "whole grid";

/// The statistics of a dose in these units.
#[must_use]
pub fn page(results: &Results, units: &DoseUnits) -> Document {
    let mut page = Document::new("Dose over the whole grid");
    let mut pairs = vec![
        ("file", results.source.file.to_string()),
        ("dose of", results.source.dose_of()),
        ("type", results.dose_type.clone()),
    ];
    if *units != DoseUnits::Gray {
        pairs.push(("units", format!("{units}; the numbers are not Gy")));
    }
    pairs.push((
        "voxels",
        format!(
            "{}, {} of them not zero",
            results.voxels, results.nonzero_voxels
        ),
    ));
    page.pairs(&pairs);
    page.gap();
    let Mean { value, unit } = &results.mean;
    let mut rows = vec![
        vec!["minimum".into(), results.minimum.to_string()],
        vec!["mean".into(), format!("{} {unit}", number::dose(*value))],
        vec!["maximum".into(), results.maximum.to_string()],
    ];
    rows.extend(
        results
            .percentiles
            .iter()
            .map(|at| vec![format!("percentile {}", at.percentile), at.dose.to_string()]),
    );
    rows.extend(
        results
            .dose_at_volume
            .iter()
            .map(|at| vec![format!("hottest {}", at.volume), at.dose.to_string()]),
    );
    page.table(&[results.over, "dose"], &rows);
    page.paragraph("Over all voxels of the grid, air and couch included; no structure is used, so these are no values of a target or organ.");
    page.line(&format!("Percentile: {}.", results.percentile_definition));
    if !results.dose_at_volume.is_empty() {
        page.line("Hottest volume: the largest dose that at least this volume of the grid receives, in whole voxels.");
    }
    worth_knowing(&mut page, &results.findings);
    page
}
