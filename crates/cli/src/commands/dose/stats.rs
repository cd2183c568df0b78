use std::path::PathBuf;

use chemorad::report::decimal;
use chemorad::report::{Finding, Outcome};
use chemorad_dicom::{DoseStatistics, GridVolume, Percentile};
use chemorad_dosimetry::DoseUnits;
use serde::Serialize;

use super::files::{Amount, Input, Source, grid_findings};
use crate::failure::Failure;
use crate::output::Context;
use crate::report::Report;
use chemorad_render::Document;

#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad dose stats dose.dcm
  chemorad dose stats dose.dcm --percentile 98 --dose-at-volume 2% --dose-at-volume 0.03cm3

The numbers are over all voxels of the grid, air and couch included. They are not those of a
target or organ: no structures are used. Exit code 1 when the numbers cannot be Gy although the
file says so.")]
pub(super) struct Args {
    /// An RT Dose file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// A percentile, above 0 and at most 100; may be repeated.
    #[arg(long, value_name = "P", default_values = ["50", "90", "95", "98", "99"])]
    percentile: Vec<Percentile>,
    /// The least dose in the hottest part of the whole grid, such as 2% or 0.03cm3; may be repeated.
    #[arg(long, value_name = "VOLUME")]
    dose_at_volume: Vec<GridVolume>,
}

#[derive(Serialize)]
struct AtPercentile {
    percentile: Percentile,
    dose: Amount,
}

#[derive(Serialize)]
struct AtVolume {
    volume: GridVolume,
    dose: Amount,
}

#[derive(Serialize)]
struct Mean {
    value: f64,
    unit: String,
}

#[derive(Serialize)]
struct Output {
    source: Source,
    dose_type: String,
    over: &'static str,
    voxels: u64,
    nonzero_voxels: u64,
    minimum: Amount,
    maximum: Amount,
    mean: Mean,
    percentiles: Vec<AtPercentile>,
    percentile_definition: &'static str,
    dose_at_volume: Vec<AtVolume>,
    findings: Vec<Finding>,
}

const OVER: &str = "whole grid";

impl Args {
    pub(super) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let input = Input::open(context, &self.file)?;
        let dose = input.dose()?;
        let name = self.file.display();
        let statistics = dose
            .statistics(&self.percentile)
            .ok_or_else(|| Failure::new(format!("{name}: the file has no dose grid")))?;
        let amount = |value| Amount::new(value, &dose.units);
        let dose_at_volume = self
            .dose_at_volume
            .iter()
            .map(|&volume| {
                let dose = dose
                    .dose_at_volume(volume)
                    .map_err(|error| Failure::new(format!("{name}: {error}")))?;
                Ok(AtVolume {
                    volume,
                    dose: amount(dose),
                })
            })
            .collect::<Result<_, Failure>>()?;
        let findings = grid_findings(&input, &dose);
        let maximum = amount(statistics.maximum);
        let output = Output {
            source: Source::new(&input, &dose),
            dose_type: dose.dose_type.to_string(),
            over: OVER,
            voxels: statistics.voxels,
            nonzero_voxels: statistics.nonzero,
            minimum: amount(statistics.minimum),
            mean: Mean {
                value: statistics.mean,
                unit: maximum.unit.clone(),
            },
            maximum,
            percentiles: statistics
                .percentiles
                .iter()
                .map(|&(percentile, dose)| AtPercentile {
                    percentile,
                    dose: amount(dose),
                })
                .collect(),
            percentile_definition: DoseStatistics::PERCENTILE_DEFINITION,
            dose_at_volume,
            findings,
        };
        let failed = output
            .findings
            .iter()
            .any(|finding| finding.outcome == Outcome::Fail);
        let report = Report::new(page(&output, &dose.units), &output);
        Ok(if failed {
            report.judged(Outcome::Fail)
        } else {
            report
        })
    }
}

fn page(output: &Output, units: &DoseUnits) -> Document {
    let mut page = Document::new("Dose over the whole grid");
    page.line("");
    let mut pairs = vec![
        ("file", output.source.file.clone()),
        ("dose of", output.source.dose_of()),
        ("type", output.dose_type.clone()),
    ];
    if *units != DoseUnits::Gray {
        pairs.push(("units", format!("{units}; the numbers are not Gy")));
    }
    pairs.push((
        "voxels",
        format!(
            "{}, {} of them not zero",
            output.voxels, output.nonzero_voxels
        ),
    ));
    page.pairs(&pairs);
    page.line("");
    let mut rows = vec![
        vec!["minimum".into(), output.minimum.to_string()],
        vec![
            "mean".into(),
            format!("{} {}", decimal(output.mean.value), output.mean.unit),
        ],
        vec!["maximum".into(), output.maximum.to_string()],
    ];
    for at in &output.percentiles {
        rows.push(vec![
            format!("percentile {}", at.percentile),
            at.dose.to_string(),
        ]);
    }
    for at in &output.dose_at_volume {
        rows.push(vec![format!("hottest {}", at.volume), at.dose.to_string()]);
    }
    page.table(&[OVER, "dose"], &rows);
    page.paragraph("Over all voxels of the grid, air and couch included; no structure is used, so these are no values of a target or organ.");
    page.line(&format!("Percentile: {}.", output.percentile_definition));
    if !output.dose_at_volume.is_empty() {
        page.line("Hottest volume: the largest dose that at least this volume of the grid receives, in whole voxels.");
    }
    if !output.findings.is_empty() {
        page.section("Worth knowing");
        page.findings(&output.findings);
    }
    page
}
