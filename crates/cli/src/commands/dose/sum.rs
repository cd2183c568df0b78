//! `dose sum`: absorbed doses added.

use std::path::PathBuf;

use chemorad::report::Finding;
use chemorad_dicom::equivalent::sum;
use chemorad_render::Amount;
use chemorad_render::dose::sum::{Results, page};

use super::files::{
    OutputArgs, PatientArgs, TogetherArgs, convert_error, derived_outcome, doses, grid_findings,
    open_all, source,
};
use crate::failure::Failure;
use crate::output::Context;
use crate::report::Report;

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
    #[command(flatten)]
    patient: PatientArgs,
}

impl Args {
    pub(super) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        self.output
            .check(context, self.files.iter().map(PathBuf::as_path))?;
        let inputs = open_all(context, self.files.iter(), &self.patient)?;
        let doses = doses(&inputs)?;
        let derived = sum(&doses.iter().collect::<Vec<_>>(), self.together.together())
            .map_err(|error| convert_error(&error, &inputs, &[]))?;
        let both = || inputs.iter().zip(&doses);
        let mut findings: Vec<Finding> = both()
            .flat_map(|(input, dose)| grid_findings(input, dose))
            .collect();
        let outcome = derived_outcome(&findings, &derived.notes);
        findings.extend(derived.notes.iter().cloned());
        let results = Results {
            sources: both().map(|(input, dose)| source(input, dose)).collect(),
            maximum: Amount::gray(derived.maximum_gray()),
            output: self.output.write(context, &derived, &inputs)?,
            findings,
            derivation: derived.derivation,
        };
        Ok(Report::new(page(&results), &results).judged(outcome))
    }
}
