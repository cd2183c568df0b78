//! `dvh`: dose in structures.

use std::path::PathBuf;

use chemorad::report::{Finding, Outcome, Subject};
use chemorad_dicom::{RegionContours, Uid};
use chemorad_dosimetry::{
    Bounded, DoseGrid, DoseInStructure, IdentityFinding, Metric, SolidConvention, Structure,
    StructureNote, SummationType,
};
use chemorad_render::dvh::{
    BoundedAmount, MetricOf, Results, StructureDose, StructureSource, page,
};

use super::dose::files::{Input, PatientArgs, grid_findings, open_all, source};
use crate::failure::Failure;
use crate::output::Context;
use crate::report::Report;

/// What the ends of a stack of contours mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Solid {
    /// Half a spacing beyond the end planes.
    Slab,
    /// The end planes are the ends.
    SlabNoCaps,
}

/// Dose in structures: volumes, doses at volumes and volumes at doses, each with bounds.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad dvh structures.dcm dose.dcm
  chemorad dvh structures.dcm dose.dcm --structure Rectum --metric D2cc --metric V45Gy[%]
  chemorad dvh structures.dcm dose.dcm --solid slab-no-caps --format json

Metrics are written as TG-263 does: V45Gy[cc], V45Gy[%], D95%, D2cc, CV22Gy[cc], DC700cc, mean, min, max.
Without --solid the value is that of slabs, and its bounds enclose slabs with and without end caps. Exit code 3
where a structure that was named has no value, or no structure has one; where the grid cuts a structure, its
contours overlap, or the dose is not that of a whole plan.")]
pub(crate) struct Args {
    /// An RT Structure Set.
    #[arg(value_name = "STRUCTURES.dcm")]
    structures: PathBuf,
    /// An RT Dose in gray.
    #[arg(value_name = "DOSE.dcm")]
    dose: PathBuf,
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
    /// What the ends of a stack of contours mean.
    #[arg(long, value_name = "SOLID")]
    solid: Option<Solid>,
    /// The distance of the image planes in millimetres, for a structure of one plane.
    #[arg(long, value_name = "3mm", value_parser = millimetres)]
    spacing: Option<f64>,
    /// The dose is that of a beam or a fraction group, and that is what is asked.
    #[arg(long)]
    part_of_plan: bool,
    #[command(flatten)]
    show: PatientArgs,
}

/// `3mm`, `2.5 mm`.
fn millimetres(text: &str) -> Result<f64, String> {
    let number = text.trim().strip_suffix("mm").map(str::trim_end);
    let number = number.and_then(|number| number.parse().ok());
    number
        .filter(|number: &f64| *number > 0.0 && *number < 1000.0)
        .ok_or_else(|| format!("{text:?} is not a distance of planes such as 3mm"))
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let mut inputs = open_all(
            context,
            [&self.structures, &self.dose].into_iter(),
            &self.show,
        )?;
        let (Some(input), Some(structures)) = (inputs.pop(), inputs.pop()) else {
            return Err(Failure::new("dvh needs a structure set and a dose"));
        };
        let dose = input.dose()?;
        let grid = dose
            .placed_grid()
            .map_err(|error| Failure::new(format!("{}: {error}", input.name)))?;
        let regions = structures.contours()?;
        let set = structures.structure_set()?;
        let mut findings = grid_findings(&input, &dose);
        let summation = dose.summation.clone();
        let is_plan = matches!(summation, SummationType::Plan | SummationType::MultiPlan);
        if !is_plan && !self.part_of_plan {
            let note = Finding::from(StructureNote::DoseOfPart { summation });
            findings.push(note.about(Subject::source(input.name.clone())));
        }
        let files = [
            (&self.structures, &set.patient),
            (&self.dose, &dose.patient),
        ]
        .map(|(path, patient)| (path.display().to_string().into(), patient));
        let identity = Finding::from(IdentityFinding::one_patient("files", &files));
        match identity.outcome {
            Outcome::Pass => {}
            Outcome::Fail => {
                return Err(Failure::new(format!(
                    "{} and {} are of different patients (Patient ID)",
                    structures.name, input.name
                )));
            }
            _ => findings.push(identity),
        }
        let asked = self.asked(&regions, &structures)?;
        let frame = dose.identity.frame_of_reference.as_ref();
        let results: Vec<StructureDose> = asked
            .into_iter()
            .map(|region| self.structure_dose(region, &grid, frame))
            .collect();
        let is_open = |structure: &StructureDose| {
            structure.not_calculated.is_some()
                || structure
                    .metrics
                    .iter()
                    .any(|metric| metric.value.is_none())
        };
        // points and empty regions are no fault of a file, but one without any value tells nothing
        let is_open = if self.structure.is_empty() {
            results.iter().all(is_open)
        } else {
            results.iter().any(is_open)
        };
        let of_structures = results.iter().flat_map(|structure| &structure.findings);
        let outcomes = findings
            .iter()
            .chain(of_structures)
            .map(|finding| finding.outcome);
        let open = is_open.then_some(Outcome::CannotTell);
        let outcome = Outcome::worst(outcomes.chain(open).chain([Outcome::Pass]));
        let results = Results {
            dose: source(&input, &dose),
            structure_set: StructureSource {
                file: structures.name.clone(),
                sha256: structures.sha256(),
            },
            solid: match self.solid {
                None => "slabs, half a spacing beyond the end planes; the bounds enclose slabs that end there too".into(),
                Some(Solid::Slab) => "slabs, half a spacing beyond the end planes".into(),
                Some(Solid::SlabNoCaps) => "slabs that end at the end planes".into(),
            },
            structures: results,
            findings,
        };
        Ok(context.report(page(&results), &results).judged(outcome))
    }

    /// The regions that are asked for, each name once in the file.
    fn asked<'r>(
        &self,
        regions: &'r [RegionContours],
        structures: &Input,
    ) -> Result<Vec<&'r RegionContours>, Failure> {
        if self.structure.is_empty() {
            return Ok(regions.iter().collect());
        }
        let called = |region: &RegionContours, name: &str| {
            region
                .name
                .as_ref()
                .is_some_and(|own| own.reveal().trim() == name.trim())
        };
        self.structure
            .iter()
            .map(|name| {
                let found: Vec<&RegionContours> = regions
                    .iter()
                    .filter(|region| called(region, name))
                    .collect();
                match found.as_slice() {
                    [only] => Ok(*only),
                    [] => {
                        let known: Vec<String> = regions
                            .iter()
                            .filter_map(|region| region.name.as_ref().map(ToString::to_string))
                            .collect();
                        Err(Failure::new(format!(
                            "{} has no structure {name:?}; it has: {}",
                            structures.name,
                            known.join(", ")
                        )))
                    }
                    several => Err(Failure::new(format!(
                        "{} has {} structures called {name:?}",
                        structures.name,
                        several.len()
                    ))),
                }
            })
            .collect()
    }

    fn structure_dose(
        &self,
        region: &RegionContours,
        grid: &DoseGrid,
        frame: Option<&Uid>,
    ) -> StructureDose {
        let mut result = StructureDose {
            number: region.number,
            name: region.name.clone(),
            volume: None,
            planes: None,
            end_caps_cc: None,
            metrics: Vec::new(),
            not_calculated: None,
            findings: Vec::new(),
        };
        if region
            .frame_of_reference
            .as_ref()
            .zip(frame)
            .is_some_and(|(own, of_dose)| own != of_dose)
        {
            result.not_calculated =
                Some("its frame of reference is not that of the dose, so where it lies in the dose is not known".into());
            return result;
        }
        if let Err(why) = self.calculate(region, grid, &mut result) {
            result.not_calculated = Some(why);
        }
        result
    }

    fn calculate(
        &self,
        region: &RegionContours,
        grid: &DoseGrid,
        result: &mut StructureDose,
    ) -> Result<(), String> {
        let words = |error: chemorad_dosimetry::StructureError| error.to_string();
        let (convention, other) = match self.solid {
            None => (
                SolidConvention::Slab,
                Some(SolidConvention::SlabWithoutCaps),
            ),
            Some(Solid::Slab) => (SolidConvention::Slab, None),
            Some(Solid::SlabNoCaps) => (SolidConvention::SlabWithoutCaps, None),
        };
        let (solid, notes) =
            Structure::new(&region.closed, convention, self.spacing).map_err(words)?;
        let dose = DoseInStructure::new(&solid, grid).map_err(words)?;
        // one plane has no solid without end caps
        let without_caps = other.and_then(|other| solid.by(other));
        let other = without_caps
            .as_ref()
            .map(|solid| DoseInStructure::new(solid, grid))
            .transpose()
            .map_err(words)?;
        let exact = |value| Bounded {
            value,
            lower: value,
            upper: value,
        };
        let enclosing = |own: Bounded, of: &dyn Fn(&DoseInStructure<'_>) -> Option<Bounded>| {
            match other.as_ref() {
                // what is not known of one solid is not enclosed by the other
                Some(other) => of(other).map(|other| own.enclosing(other)),
                None => Some(own),
            }
        };
        result.volume = enclosing(exact(dose.volume_cc()), &|dose| {
            Some(exact(dose.volume_cc()))
        })
        .map(|amount| BoundedAmount { amount, unit: "cc" });
        result.planes = Some((solid.planes(), solid.spacing()));
        result.end_caps_cc = Some(solid.end_caps_cc());
        result.metrics = self
            .metric
            .iter()
            .map(|metric| MetricOf {
                metric: *metric,
                value: metric
                    .of(&dose)
                    .and_then(|own| enclosing(own, &|dose| metric.of(dose)))
                    .map(|amount| BoundedAmount {
                        amount,
                        unit: metric.unit(),
                    }),
            })
            .collect();
        let outside = dose.outside_cc() / dose.volume_cc() * 100.0;
        let outside = (outside > 0.0).then_some(StructureNote::OutsideGrid { percent: outside });
        let subject = match &region.name {
            Some(name) => Subject::target(name.clone()),
            None => Subject::path(format!("ROI {}", region.number)),
        };
        result.findings = notes
            .into_iter()
            .chain(outside)
            .map(|note| Finding::from(note).about(subject.clone()))
            .collect();
        Ok(())
    }
}
