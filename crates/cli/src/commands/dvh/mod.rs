//! `dvh`: dose in structures.

mod asked;
mod histogram;
pub(crate) mod limits;
mod named;
mod plan;
pub(crate) mod prescribed;
mod stored;
pub(crate) mod structures;
mod told;

use std::path::PathBuf;

use chemorad::number::Decimal;
use chemorad::quantity::AlphaBeta;
use chemorad::radiobiology::alpha_beta_caution;
use chemorad::report::{Finding, Outcome, Subject};
use chemorad_crosscheck::{LimitFinding, WholeDose};
use chemorad_dosimetry::{EffectMeasure, Metric, VoxelEffect};
use chemorad_render::dvh::{EffectOf, Results, StructureDose, StructureSource, page};
use chemorad_render::plot::dvh::histograms;

use super::dose::files::PatientArgs;
use crate::failure::Failure;
use crate::output::Context;
use crate::parallel;
use crate::refused;
use crate::report::{Report, pictured};
use asked::Asked;
use histogram::{HistogramArgs, doses};
use limits::{LimitArgs, OfPlan};
use prescribed::{DOSE, FRACTIONS, PrescribedArgs};
use structures::{Calculated, Opened, SolidArgs};

/// Dose in structures: volumes, doses at volumes and volumes at doses, each with bounds.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad dvh structures.dcm dose.dcm
  chemorad dvh structures.dcm dose.dcm --structure Rectum --metric D2cc --metric V45Gy[%]
  chemorad dvh structures.dcm dose.dcm --solid slab-no-caps --format json
  chemorad dvh structures.dcm dose.dcm plan.dcm --limits quantec-bowel --limits mine.csv
  chemorad dvh structures.dcm dose.dcm plan.dcm --eqd2 3Gy --csv dvh.csv --plot dvh.svg
  chemorad dvh structures.dcm dose.dcm --structure PTV --prescription 50.4Gy --indices
  chemorad dvh structures.dcm dose.dcm --prescription 50.4Gy --protocol RTOG-0529 --organ \"Bag=small bowel\"

Metrics are written as TG-263 does: V45Gy[cc], V45Gy[%], V95%[%], D95%, D2cc, CV22Gy[cc], DC700cc, mean, min, max.
Without --solid the value is that of slabs, and its bounds enclose slabs with and without end caps. Exit code 3
where a structure that was named has no value, or no structure has one; where the grid cuts a structure, its
contours overlap, or the dose is not that of a whole plan. With limits: 1 where one is not kept, else 3 where one
cannot be told (no such structure, bounds on both sides), else 0; an acceptable variation is a warning.")]
pub(crate) struct Args {
    /// An RT Structure Set.
    #[arg(value_name = "STRUCTURES.dcm")]
    structures: PathBuf,
    /// An RT Dose in gray.
    #[arg(value_name = "DOSE.dcm")]
    dose: PathBuf,
    /// The RT Plan of the dose: whether they belong together is compared, and it gives the number of fractions and
    /// the prescribed dose.
    #[arg(value_name = "PLAN.dcm")]
    plan: Option<PathBuf>,
    /// A structure by its name in the file; may be repeated. Without it all are taken.
    #[arg(long, value_name = "NAME")]
    structure: Vec<String>,
    /// What to calculate; may be repeated.
    #[arg(
        long,
        value_name = "METRIC",
        default_values = ["mean", "D98%", "D95%", "D50%", "D2%"],
        value_delimiter = ','
    )]
    metric: Vec<Metric>,
    #[command(flatten)]
    solid: SolidArgs,
    /// The dose is that of a beam or a fraction group, and that is what is asked.
    #[arg(long)]
    part_of_plan: bool,
    #[command(flatten)]
    prescribed: PrescribedArgs,
    /// The limits of a protocol, with its arm or treatment.
    #[arg(long, value_name = "PROTOCOL[/ARM]")]
    protocol: Option<String>,
    /// Metrics and histograms in EQD2 at this alpha/beta, point by point; limits have their own.
    #[arg(long, value_name = "3Gy", conflicts_with = "bed")]
    eqd2: Option<AlphaBeta>,
    /// The same in BED.
    #[arg(long, value_name = "3Gy")]
    bed: Option<AlphaBeta>,
    /// How well the prescribed dose fits the structures that are named: conformity, coverage, homogeneity, gradient.
    #[arg(long, requires = "structure")]
    indices: bool,
    #[command(flatten)]
    histograms: HistogramArgs,
    #[command(flatten)]
    limits: LimitArgs,
    #[command(flatten)]
    show: PatientArgs,
}

impl Args {
    pub(crate) fn run(mut self, context: &Context<'_>) -> Result<Report, Failure> {
        let inputs = [Some(&self.structures), Some(&self.dose), self.plan.as_ref()];
        let files = self.limits.files();
        let inputs = inputs.into_iter().flatten().map(PathBuf::as_path);
        let inputs = inputs.chain(files.iter().map(PathBuf::as_path));
        self.histograms.check(context, &inputs)?;
        let mut opened = Opened::open(
            context,
            [&self.structures, &self.dose],
            &self.show,
            self.part_of_plan,
        )?;
        let of_file = match &self.plan {
            Some(path) => plan::compared(context, path, &opened, &self.show)?,
            None => plan::Compared::default(),
        };
        if let Some(planned) = of_file.planned.as_ref().filter(|_| !self.part_of_plan) {
            let dose = opened.dose.clone();
            opened.settle_parts(&[&dose], &[planned]);
        }
        let calculated = Calculated::new(&opened, self.solid);
        let mut findings = opened.findings.clone();
        findings.extend(opened.of_set());
        findings.extend(
            opened
                .of_left_out()
                .map(|found| found.about(Subject::source(opened.dose.source.clone()))),
        );
        let (plan, whole) = self.of_plan(of_file, &opened, &mut findings)?;
        let known = plan.known.iter().chain(&plan.prescribed);
        let known: Vec<Decimal> = known.copied().collect();
        findings.extend(calculated.target_dose(&known));
        self.limits.limits.extend(self.protocol.take());
        let limits = self.limits.findings(context, &calculated, &plan)?;
        // what is odd about the tables is no value of a structure
        let is_value = |finding: &Finding| finding.observation::<LimitFinding>().is_some();
        let (limits, of_tables): (Vec<_>, Vec<_>) = limits.into_iter().partition(is_value);
        if self.limits.is_given() && whole.is_none() {
            let note = Finding::from(WholeDose::NotCompared);
            findings.push(note.about(Subject::source(opened.dose.source.clone())));
        }
        findings.extend(of_tables);
        let ratio = self.eqd2.or(self.bed);
        let caution =
            ratio.and_then(|ratio| alpha_beta_caution(Subject::input("alpha/beta"), ratio));
        findings.extend(caution);
        let effect = self.effect(&plan)?;
        let maximum = opened.grid.maximum();
        let asked = Asked {
            metrics: self.metrics(plan.prescribed)?,
            doses: self
                .histograms
                .is_wanted(context)
                .then(|| doses(effect.map_or(maximum, |effect| effect.of(maximum)))),
            indices: self.indices_at(plan.prescribed)?,
            effect,
        };
        let places = named::places(&self.structure, &opened, &limits)?;
        let results = parallel::each(&places, |place| asked.of(&calculated, *place));
        let of_structures = results.iter().flat_map(|structure| &structure.findings);
        let outcomes = findings
            .iter()
            .chain(of_structures)
            .chain(&limits)
            .map(|finding| finding.outcome);
        let open = self.is_open(&results).then_some(Outcome::CannotTell);
        let outcome = Outcome::worst(outcomes.chain(open).chain([Outcome::Pass]));
        let results = Results {
            dose: opened.source.clone(),
            structure_set: StructureSource {
                file: opened.set.name.clone(),
                sha256: opened.set.sha256(),
            },
            solid: self.solid.in_words().into(),
            dose_basis: plan.basis.clone(),
            effect: effect.map(|label| EffectOf {
                label,
                fractions: label.fractions().get(),
            }),
            outcome,
            structures: results,
            limits: limits.into(),
            findings,
        };
        self.histograms.write(context, &results)?;
        let mut page = page(&results);
        if context.asked.pictures {
            pictured(
                &mut page,
                histograms(&results),
                "The volume of each structure that gets at least a dose. Bars are limits: the line of the structure must stay on the side of the triangle.",
            );
        }
        Ok(context.report(page, &results).judged(outcome))
    }

    /// Whether something has no value that was asked for.
    fn is_open(&self, results: &[StructureDose]) -> bool {
        let is_open = |structure: &StructureDose| {
            let mut metrics = structure.metrics.iter();
            structure.not_calculated.is_some() || metrics.any(|metric| metric.value.is_none())
        };
        // points and empty regions are no fault of a file, but one without any value tells nothing
        if self.structure.is_empty() && self.limits.is_given() {
            // the limits say themselves what has no value
            false
        } else if self.structure.is_empty() {
            results.iter().all(is_open)
        } else {
            results.iter().any(is_open)
        }
    }

    /// What doses are taken as.
    fn effect(&self, plan: &OfPlan) -> Result<Option<VoxelEffect>, Failure> {
        let (measure, alpha_beta) = match (self.eqd2, self.bed) {
            (Some(alpha_beta), _) => (EffectMeasure::Eqd2, alpha_beta),
            (None, Some(alpha_beta)) => (EffectMeasure::Bed, alpha_beta),
            (None, None) => return Ok(None),
        };
        let fractions = plan.fractions.ok_or_else(|| {
            Failure::new(refused::INPUT_MISSING,
                "EQD2 and BED need the number of fractions: give --fractions, or the plan, where it has one fraction group; for phases with each their own, chemorad dose eqd2 adds the effects voxel by voxel, and dvh does not read them",
            )
        })?;
        Ok(Some(VoxelEffect::new(measure, fractions, alpha_beta)))
    }

    /// The dose that indices are of.
    fn indices_at(&self, prescribed: Option<Decimal>) -> Result<Option<f64>, Failure> {
        if !self.indices {
            return Ok(None);
        }
        match prescribed {
            Some(prescribed) => Ok(Some(prescribed.to_f64())),
            None => Err(Failure::new(
                refused::INPUT_MISSING,
                "--indices are those of a prescribed dose: give --prescription, such as 50.4Gy, or a plan that states one dose",
            )),
        }
    }

    /// What the plan says, or what is given instead of it; and the prescribed dose of all of it, gray.
    fn of_plan(
        &self,
        of_file: plan::Compared,
        opened: &Opened,
        findings: &mut Vec<Finding>,
    ) -> Result<(OfPlan, Option<Decimal>), Failure> {
        let given = self.prescribed.gray();
        findings.extend(of_file.findings);
        let known = of_file.stated.iter().copied().chain(of_file.prescribed);
        let mut known: Vec<Decimal> = known.collect();
        known.sort_unstable();
        known.dedup();
        if let Some(given) = given.filter(|given| !known.is_empty() && !known.contains(given)) {
            let known: Vec<String> = known.iter().map(|dose| format!("{dose} Gy")).collect();
            return Err(Failure::new(
                refused::INPUT_CONTRADICTED,
                format!(
                    "--prescription {given}Gy: the plan has {}; leave --prescription out, or give one of them",
                    known.join(", ")
                ),
            ));
        }
        // a share is one of the only dose that is prescribed, or of the one that is named
        let prescribed = given.or(match known.as_slice() {
            [only] => Some(*only),
            _ => None,
        });
        let of_all = of_file.own.or(given);
        if let Some(prescribed) = of_all {
            let is_all = opened.part().is_none() && opened.left_out.is_empty();
            let whole = is_all || self.part_of_plan;
            findings.extend(plan::scale(opened, prescribed, whole));
        }
        if let Some(given) = self.prescribed.fractions {
            let several = if of_file.groups > 1 {
                Some(format!("the plan has {} fraction groups", of_file.groups))
            } else if opened.dose.plans.len() > 1 {
                Some(format!("the dose is of {} plans", opened.dose.plans.len()))
            } else {
                None
            };
            if let Some(several) = several {
                return Err(Failure::new(
                    refused::INPUT_CONTRADICTED,
                    format!(
                        "--fractions {given}: {several}, each with another number of fractions, and the effect of their sum is not that of one number"
                    ),
                ));
            }
        }
        if let (Some(given), Some(planned)) = (self.prescribed.fractions, of_file.fractions) {
            if given != planned {
                return Err(Failure::new(
                    refused::INPUT_CONTRADICTED,
                    format!("--fractions {given}: the plan has {planned}; leave --fractions out"),
                ));
            }
        }
        let fractions = self.prescribed.fractions.or(of_file.fractions);
        let from = |flag: &str, is_given: bool| match &of_file.name {
            Some(plan) if !is_given => plan.clone(),
            _ => flag.to_string(),
        };
        let is_given = self.prescribed.fractions.is_some();
        let mut plan = OfPlan::new(
            prescribed.map(|dose| (dose, from(DOSE, given.is_some()))),
            fractions.map(|count| (count, from(FRACTIONS, is_given))),
            self.part_of_plan,
        );
        plan.known = known;
        Ok((plan, of_all))
    }

    /// The metrics, shares of a prescribed dose in gray.
    fn metrics(&self, prescribed: Option<Decimal>) -> Result<Vec<(Metric, Metric)>, Failure> {
        let in_gray = |metric: &Metric| {
            if !metric.needs_prescription() {
                return Ok((*metric, *metric));
            }
            let prescribed = prescribed.ok_or_else(|| {
                Failure::new(refused::INPUT_MISSING, format!(
                    "{metric} is a share of the prescribed dose: give --prescription, such as 50.4Gy, or a plan that states one dose"
                ))
            })?;
            let in_gray = metric.prescribed(prescribed).ok_or_else(|| {
                Failure::new(
                    refused::INPUT_VALUE,
                    format!("{metric}: the numbers have too many digits"),
                )
            })?;
            Ok((*metric, in_gray))
        };
        self.metric.iter().map(in_gray).collect()
    }
}
