//! `assign`: the arms and treatments a protocol has for a pathology.

use std::collections::BTreeMap;

use chemorad_protocol::{
    Differentiation, LymphovascularInvasion, Margin, MetastasisStage, NodalStage,
    PathologicalTumourStage, Pathology, PatientFacts, SubmucosalDepth, SubmucosalLevel,
};
use chemorad_render::assignment::page;

use crate::failure::Failure;
use crate::output::Context;
use crate::protocols;
use crate::refused;
use crate::report::Report;

/// The arms and treatments a protocol has for a pathology, with reasons.
///
/// What is not given is unknown, never "no".
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad assign --tumour-stage pT2 --nodal-stage N0 --metastasis M0 --margin negative
  chemorad assign --tumour-stage pT1 --nodal-stage N0 --metastasis M0 --margin positive
  chemorad assign --protocol OIGIT-01 --fact clinical_tumour_stage=T4

Exit code 3 when a missing fact leaves an arm undecided, 1 when no arm fits.")]
pub(crate) struct Args {
    /// The protocol: its id, or a file.
    #[arg(long, value_name = "ID|FILE", default_value = "NCT06949098")]
    protocol: String,
    /// A fact that the protocol declares, and its value.
    #[arg(long = "fact", value_name = "NAME=VALUE")]
    facts: Vec<String>,
    /// pT1, pT2, pT3, pT4 ...
    #[arg(long)]
    tumour_stage: Option<PathologicalTumourStage>,
    /// N0, N1, N2
    #[arg(long)]
    nodal_stage: Option<NodalStage>,
    /// M0, M1
    #[arg(long)]
    metastasis: Option<MetastasisStage>,
    /// well, moderate, poor
    #[arg(long)]
    differentiation: Option<Differentiation>,
    /// yes, no
    #[arg(long)]
    lymphovascular_invasion: Option<LymphovascularInvasion>,
    /// negative, positive
    #[arg(long)]
    margin: Option<Margin>,
    /// SM1, SM2, SM3
    #[arg(long)]
    submucosal_level: Option<SubmucosalLevel>,
    /// Depth of invasion into the submucosa with unit: 0.4mm
    #[arg(long, allow_hyphen_values = true)]
    submucosal_depth: Option<SubmucosalDepth>,
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let trial = protocols::sound(context, &self.protocol)?;
        let mut facts = BTreeMap::new();
        for given in &self.facts {
            let (name, value) = given.split_once('=').ok_or_else(|| {
                Failure::new(
                    refused::INPUT_VALUE,
                    format!(
                        "--fact {given}: write NAME=VALUE, for example --fact response=partial"
                    ),
                )
            })?;
            if facts.insert(name, value).is_some() {
                return Err(Failure::new(
                    refused::INPUT_CONFLICT,
                    format!("--fact {name}: it is given twice"),
                ));
            }
        }
        let declared = trial
            .declared_facts(facts)
            .map_err(|error| Failure::at("--fact: ", &error))?;
        let pathology = Pathology {
            tumour_stage: self.tumour_stage,
            nodal_stage: self.nodal_stage,
            metastasis: self.metastasis,
            differentiation: self.differentiation,
            lymphovascular_invasion: self.lymphovascular_invasion,
            margin: self.margin,
            submucosal_level: self.submucosal_level,
            submucosal_depth: self.submucosal_depth,
        };
        pathology.check()?;
        let facts = PatientFacts {
            pathology,
            declared,
        };
        let assignment = trial.assign(&facts);
        let outcome = assignment.outcome;
        Ok(Report::new(page(&assignment), &assignment).judged(outcome))
    }
}
