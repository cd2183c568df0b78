//! `dose stats`: statistics over the whole grid.

use std::path::PathBuf;

use chemorad::report::Outcome;
use chemorad_dicom::{DoseStatistics, GridVolume, Percentile};
use chemorad_render::ExactDose;
use chemorad_render::dose::statistics::{AtPercentile, AtVolume, Mean, OVER, Results, page};

use super::files::{Input, PatientArgs, grid_findings, source};
use crate::failure::Failure;
use crate::output::Context;
use crate::refused;
use crate::report::Report;

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
    #[command(flatten)]
    patient: PatientArgs,
}

impl Args {
    pub(super) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let input = Input::open(context, &self.file, 1, &self.patient)?;
        let dose = input.dose()?;
        let name = &input.name;
        let statistics = dose.statistics(&self.percentile).ok_or_else(|| {
            Failure::new(
                refused::DOSE_NO_GRID,
                format!("{name}: the file has no dose grid"),
            )
        })?;
        let amount = |value| ExactDose::new(value, &dose.units);
        let dose_at_volume = self
            .dose_at_volume
            .iter()
            .map(|&volume| {
                let dose = dose
                    .dose_at_volume(volume)
                    .map_err(|error| Failure::at(&format!("{name}: "), &error))?;
                Ok(AtVolume {
                    volume,
                    dose: amount(dose),
                })
            })
            .collect::<Result<_, Failure>>()?;
        let findings = grid_findings(&input, &dose);
        let maximum = amount(statistics.maximum);
        let results = Results {
            source: source(&input, &dose),
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
        let failed = results
            .findings
            .iter()
            .any(|finding| finding.outcome == Outcome::Fail);
        let report = Report::new(page(&results, &dose.units), &results);
        Ok(if failed {
            report.judged(Outcome::Fail)
        } else {
            report
        })
    }
}
