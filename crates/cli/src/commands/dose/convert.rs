//! `dose eqd2` and `dose bed`: every voxel of a grid converted.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use chemorad::quantity::AlphaBeta;
use chemorad::radiobiology::{LinearQuadratic, TWO_GRAY, alpha_beta_caution};
use chemorad::radiotherapy::FractionCount;
use chemorad::report::{Finding, Outcome, Subject};
use chemorad_crosscheck::PlanFinding;
use chemorad_dicom::equivalent::{
    DerivedFinding, Measure, NotCompared, PhaseDose, compare_scale, compare_with_plans, convert,
    settle_parts,
};
use chemorad_render::dose::conversion::{self, Maximum, Quantity, Results, page};

use super::files::{
    Input, OutputArgs, PatientArgs, TogetherArgs, convert_error, derived_outcome, doses,
    grid_findings, open_all, source,
};
use crate::args::model::find_endpoint;
use crate::failure::Failure;
use crate::output::Context;
use crate::refused;
use crate::report::Report;

#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad dose eqd2 plan.dcm --fractions 25 --alpha-beta 3Gy -o eqd2.dcm
  chemorad dose eqd2 --phase pelvis.dcm=25 --phase boost.dcm=8 --alpha-beta 3Gy -o eqd2.dcm
  chemorad dose eqd2 --phase pelvis.dcm=25 --phase boost.dcm=8 --alpha-beta 3Gy \\
    --plan pelvis-plan.dcm --plan boost-plan.dcm -o eqd2.dcm
  chemorad dose bed --phase beam1.dcm,beam2.dcm=25 --alpha-beta 10Gy -o bed.dcm

A grid holds total doses, so the number of fractions is asked for and never a dose per fraction:
each voxel has its own. Each phase is converted with its own number of fractions, and the results
are added. Several files of one phase are its beams: they are added first. Doses must be absorbed
dose in Gy; relative dose never becomes Gy. The source files are not changed.")]
pub(super) struct Args {
    /// The dose of a single phase: one file, or the files of its beams.
    #[arg(
        value_name = "IN.dcm",
        required_unless_present = "phases",
        requires = "fractions"
    )]
    files: Vec<PathBuf>,
    /// Fractions of that single phase.
    #[arg(short = 'n', long, value_name = "N", requires = "files")]
    fractions: Option<FractionCount>,
    /// A phase: its file and its fractions; repeat it. Files of its beams are joined by commas.
    #[arg(long = "phase", value_name = "FILE[,FILE]=N", conflicts_with_all = ["files", "fractions"])]
    phases: Vec<PhaseText>,
    /// The RT Plan of a phase: its number of fractions is compared with the one given; repeat it.
    #[arg(long = "plan", value_name = "PLAN.dcm")]
    plans: Vec<PathBuf>,
    /// Alpha/beta ratio with unit. There is no default.
    #[arg(
        long,
        visible_alias = "ab",
        value_name = "GY",
        required_unless_present = "endpoint",
        conflicts_with = "endpoint",
        allow_hyphen_values = true
    )]
    alpha_beta: Option<AlphaBeta>,
    /// A published alpha/beta by name (see `chemorad endpoints`).
    #[arg(long, value_name = "ID")]
    endpoint: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    together: TogetherArgs,
    #[command(flatten)]
    patient: PatientArgs,
}

/// `FILE=N`, or `FILE,FILE=N` for the beams of a phase.
#[derive(Debug, Clone)]
struct PhaseText {
    files: String,
    fractions: FractionCount,
}

/// The dose files of a phase and its fractions.
struct Phase {
    files: Vec<PathBuf>,
    fractions: FractionCount,
}

impl FromStr for PhaseText {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (files, fractions) = text
            .rsplit_once('=')
            .filter(|(files, _)| !files.is_empty())
            .ok_or("write the file, an equals sign and its fractions, such as boost.dcm=8")?;
        let fractions = fractions
            .parse()
            .map_err(|error: chemorad::radiotherapy::FractionationTextError| error.to_string())?;
        Ok(Self {
            files: files.to_string(),
            fractions,
        })
    }
}

impl Args {
    fn phases(&self, context: &Context<'_>) -> Vec<Phase> {
        if let Some(fractions) = self.fractions {
            vec![Phase {
                files: self.files.clone(),
                fractions,
            }]
        } else {
            let files = |text: &str| {
                // a comma may be part of a name
                if context.exists(Path::new(text)) {
                    vec![text.into()]
                } else {
                    text.split(',').map(PathBuf::from).collect()
                }
            };
            let phase = |given: &PhaseText| Phase {
                files: files(&given.files),
                fractions: given.fractions,
            };
            self.phases.iter().map(phase).collect()
        }
    }

    pub(super) fn run(self, context: &Context<'_>, quantity: Quantity) -> Result<Report, Failure> {
        let endpoint = self.endpoint.as_deref().map(find_endpoint).transpose()?;
        let alpha_beta = self
            .alpha_beta
            .or(endpoint.map(|record| record.alpha_beta))
            .ok_or_else(|| {
                Failure::new(
                    refused::INPUT_MISSING,
                    "--alpha-beta or --endpoint is missing",
                )
            })?;
        let phases = self.phases(context);
        let paths = || phases.iter().flat_map(|phase| &phase.files);
        let all = paths().chain(&self.plans);
        self.output.check(context, all.map(PathBuf::as_path))?;
        let inputs = open_all(context, paths(), &self.patient)?;
        let doses = doses(&inputs)?;
        let plan_files = open_all(context, self.plans.iter(), &self.patient)?;
        let plans = plan_files
            .iter()
            .map(Input::plan)
            .collect::<Result<Vec<_>, _>>()?;
        let borrowed: Vec<_> = doses.iter().collect();
        let mut rest = borrowed.as_slice();
        let mut asked = Vec::new();
        for phase in &phases {
            let (doses, others) = rest.split_at(phase.files.len().min(rest.len()));
            asked.push(PhaseDose {
                doses,
                fractions: phase.fractions,
            });
            rest = others;
        }
        let measure = match quantity {
            Quantity::Eqd2 => Measure::Eqd {
                reference: TWO_GRAY,
            },
            Quantity::Bed => Measure::Bed,
        };
        let model = LinearQuadratic::new(alpha_beta);
        let derived = convert(&asked, model, measure, self.together.together())
            .map_err(|error| convert_error(&error, &inputs, &plan_files))?;

        let mut findings: Vec<Finding> = inputs
            .iter()
            .zip(&doses)
            .flat_map(|(input, dose)| grid_findings(input, dose))
            .collect();
        let mut notes = derived.notes.clone();
        let borrowed: Vec<_> = plans.iter().collect();
        let compared = if borrowed.is_empty() {
            let why = NotCompared::NotGiven;
            let not = |phase| DerivedFinding::FractionsNotCompared { phase, why }.into();
            (1..=asked.len()).map(not).collect()
        } else {
            compare_with_plans(&asked, &borrowed)
                .map_err(|error| convert_error(&error, &inputs, &plan_files))?
        };
        settle_parts(&mut notes, &compared);
        notes.extend(compared);
        notes.extend(compare_scale(&asked, &borrowed, &derived));
        for (input, plan) in plan_files.iter().zip(&plans) {
            let planned = plan.to_planned(input.name.clone());
            let standing = PlanFinding::of_standing(&planned);
            let standing = standing.into_iter().map(Finding::from);
            notes.extend(standing.filter(|finding| finding.outcome == Outcome::Fail));
        }
        let outcome = derived_outcome(&findings, &notes);
        findings.extend(notes);
        findings.extend(alpha_beta_caution(Subject::input("alpha/beta"), alpha_beta));
        let mut sources = inputs
            .iter()
            .zip(&doses)
            .map(|(input, dose)| source(input, dose));
        let phases = phases
            .iter()
            .map(|phase| conversion::Phase {
                fractions: phase.fractions.get(),
                sources: sources.by_ref().take(phase.files.len()).collect(),
            })
            .collect();
        let results = Results {
            alpha_beta,
            endpoint,
            phases,
            maximum: Maximum {
                value: derived.maximum_gray(),
                unit: "Gy",
                label: derived.label.clone(),
            },
            output: self.output.write(context, &derived, &inputs)?,
            findings,
            derivation: derived.derivation,
        };
        Ok(Report::new(page(&results, quantity), &results).judged(outcome))
    }
}
