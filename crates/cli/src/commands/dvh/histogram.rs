//! Histograms: their points, as a file and as a picture.

use std::path::{Path, PathBuf};

use chemorad_dosimetry::{ContouredDose, VoxelEffect, spreadsheet};
use chemorad_render::dvh::{Histogram, HistogramPoint, Results};
use chemorad_render::plot::dvh::histograms;

use crate::failure::Failure;
use crate::output::{Context, OutputFile};
use crate::refused;

#[derive(clap::Args)]
#[command(next_help_heading = "Histograms")]
pub(super) struct HistogramArgs {
    /// Write the histograms to a file: dose, and the volume that gets at least it, with its bounds.
    #[arg(long, value_name = "FILE.csv")]
    csv: Option<PathBuf>,
    /// Draw the histograms, with the limits that can be drawn, readable in black and white.
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
}

/// A histogram has about so many points.
const POINTS: f64 = 200.0;

/// Even doses from 0 to above the largest: steps of 1, 2 or 5 times a power of ten of centigray.
pub(super) fn doses(maximum: f64) -> Vec<f64> {
    let mut steps = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0].into_iter();
    let step = steps
        .find(|step| maximum * 100.0 / step <= POINTS)
        .unwrap_or(maximum * 100.0 / POINTS);
    let mut doses = Vec::new();
    let mut count: u32 = 0;
    loop {
        let dose = f64::from(count) * step / 100.0;
        doses.push(dose);
        // above the largest, where no volume is left
        if dose > maximum || f64::from(count) > 2.0 * POINTS {
            return doses;
        }
        count += 1;
    }
}

pub(super) fn histogram(
    dose: &ContouredDose<'_>,
    doses: &[f64],
    effect: Option<&VoxelEffect>,
) -> Histogram {
    let volumes = dose.histogram(doses, effect);
    let points = doses.iter().zip(volumes);
    Histogram {
        points: points
            .map(|(dose, volume)| HistogramPoint {
                dose: *dose,
                volume,
            })
            .collect(),
        outside_cc: dose.outside_cc(),
    }
}

impl HistogramArgs {
    /// Whether histograms are needed.
    pub(super) fn is_wanted(&self, context: &Context<'_>) -> bool {
        self.csv.is_some() || self.plot.is_some() || context.asked.pictures
    }

    /// Before any work: what can be seen to be wrong without it.
    pub(super) fn check<'p>(
        &self,
        context: &Context<'_>,
        inputs: &(impl Iterator<Item = &'p Path> + Clone),
    ) -> Result<(), Failure> {
        for (path, ending) in [(&self.csv, "csv"), (&self.plot, "svg")] {
            let Some(path) = path else {
                continue;
            };
            let own = path.extension().and_then(|own| own.to_str());
            if !own.is_some_and(|own| own.eq_ignore_ascii_case(ending)) {
                return Err(Failure::new(
                    refused::FILE_NAME,
                    format!(
                        "{}: what is written is {}, so its name must end in .{ending}",
                        path.display(),
                        ending.to_uppercase()
                    ),
                ));
            }
            context.may_write(path, inputs.clone())?;
        }
        Ok(())
    }

    pub(super) fn write(&self, context: &Context<'_>, results: &Results) -> Result<(), Failure> {
        let write = |path: &Path, text: String| {
            context.write(OutputFile {
                path: path.into(),
                bytes: text.into_bytes(),
                replace: context.asked.force,
            })
        };
        if let Some(path) = &self.csv {
            write(path, table(results)?)?;
        }
        if let Some(path) = &self.plot {
            write(path, histograms(results)?)?;
        }
        Ok(())
    }
}

/// A row for each dose of each structure.
fn table(results: &Results) -> Result<String, Failure> {
    let refused = |error: String| {
        Failure::new(
            refused::HISTOGRAM_UNWRITTEN,
            format!("cannot write the histograms: {error}"),
        )
    };
    let label = results
        .effect
        .as_ref()
        .map(|effect| effect.label.to_string());
    let label = label.unwrap_or_else(|| "absorbed dose".into());
    let mut writer = csv::WriterBuilder::new()
        .comment(Some(b'#'))
        .from_writer(Vec::new());
    let header = [
        "structure",
        "quantity",
        "dose_gy",
        "volume_cc",
        "volume_lower_cc",
        "volume_upper_cc",
        "outside_grid_cc",
    ];
    writer
        .write_record(header)
        .map_err(|error| refused(error.to_string()))?;
    for structure in &results.structures {
        let Some(histogram) = &structure.histogram else {
            continue;
        };
        // no part is rounded away
        let least = if histogram.outside_cc > 0.0 {
            1e-4
        } else {
            0.0
        };
        for point in &histogram.points {
            let volume = &point.volume;
            let row = [
                spreadsheet::written(&structure.called()),
                label.clone(),
                format!("{:.2}", point.dose),
                format!("{:.4}", volume.value),
                format!("{:.4}", volume.lower),
                format!("{:.4}", volume.upper),
                format!("{:.4}", histogram.outside_cc.max(least)),
            ];
            writer
                .write_record(row)
                .map_err(|error| refused(error.to_string()))?;
        }
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| refused(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| refused(error.to_string()))
}
