use std::path::PathBuf;

use chemorad::report::Finding;
use chemorad::report::{Derivation, decimal};
use chemorad_dicom::equivalent::sum;
use serde::Serialize;

use super::files::{
    Input, OutputArgs, OutputFile, Source, TogetherArgs, convert_error, grid_findings,
};
use crate::failure::Failure;
use crate::output::Context;
use crate::report::Report;
use chemorad_render::Document;

#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad dose sum pelvis.dcm boost.dcm -o total.dcm
  chemorad dose sum beam1.dcm beam2.dcm beam3.dcm -o plan.dcm

Absorbed dose, for looking at. Do not convert the sum of phases to EQD2: the phases have
different numbers of fractions; give them to `chemorad dose eqd2` one by one.")]
pub(super) struct Args {
    /// RT Dose files of absorbed dose in Gy.
    #[arg(required = true, num_args = 2.., value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    together: TogetherArgs,
}

#[derive(Serialize)]
struct Maximum {
    value: f64,
    unit: &'static str,
}

#[derive(Serialize)]
struct Summed {
    sources: Vec<Source>,
    maximum: Maximum,
    output: OutputFile,
    findings: Vec<Finding>,
    derivation: Derivation,
}

impl Args {
    pub(super) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        self.output
            .check(context, self.files.iter().map(PathBuf::as_path))?;
        let inputs = self
            .files
            .iter()
            .map(|path| Input::open(context, path))
            .collect::<Result<Vec<_>, _>>()?;
        let doses = inputs
            .iter()
            .map(Input::dose)
            .collect::<Result<Vec<_>, _>>()?;
        let derived = sum(&doses.iter().collect::<Vec<_>>(), self.together.together())
            .map_err(|error| convert_error(&error, &inputs))?;
        let both = || inputs.iter().zip(&doses);
        let mut findings: Vec<Finding> = both()
            .flat_map(|(input, dose)| grid_findings(input, dose))
            .collect();
        findings.extend(derived.notes.iter().cloned());
        let output = Summed {
            sources: both()
                .map(|(input, dose)| Source::new(input, dose))
                .collect(),
            maximum: Maximum {
                value: f64::from(derived.maximum()),
                unit: "Gy",
            },
            output: self.output.write(context, &derived)?,
            findings,
            derivation: derived.derivation,
        };
        Ok(Report::new(page(&output), &output))
    }
}

fn page(output: &Summed) -> Document {
    let mut page = Document::new("Sum of absorbed doses");
    page.line("");
    let rows: Vec<Vec<String>> = output
        .sources
        .iter()
        .map(|source| vec![source.file.clone(), source.dose_of(), source.maximum()])
        .collect();
    page.mixed_table(&["file", "dose of", "maximum"], &rows, 2);
    page.line("");
    page.pairs(&[("maximum", format!("{} Gy", decimal(output.maximum.value)))]);
    page.line("");
    output.output.show(&mut page, "PHYSICAL");
    if !output.findings.is_empty() {
        page.section("Worth knowing");
        page.findings(&output.findings);
    }
    page
}
