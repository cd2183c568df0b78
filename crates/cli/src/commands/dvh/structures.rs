//! Structures and the dose that they lie in, from files.

use std::path::PathBuf;
use std::sync::OnceLock;

use chemorad::number::Decimal;
use chemorad::report::{Finding, Identifying, Outcome, Subject};
use chemorad_crosscheck::{DoseFileFinding, LeftOut, StructureInDose, TargetDose, WholeDose};
use chemorad_dicom::{Dvh, RegionContours, StructureSet};
use chemorad_dosimetry::{
    ContouredDose, DoseFile, DoseGrid, IdentityFinding, PlaneSpacing, PlannedPrescription,
    SolidConvention, StructureError, StructureNote, SummationType,
};
use chemorad_render::dose::Source;

use crate::commands::dose::files::{
    Input, PatientArgs, grid_findings, histogram_findings, open_all, source,
};
use crate::failure::Failure;
use crate::output::Context;
use crate::parallel;
use crate::refused;

/// What the ends of a stack of contours mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Solid {
    /// Half a spacing beyond the end planes.
    Slab,
    /// The end planes are the ends.
    SlabNoCaps,
}

/// What solid contours are.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct SolidArgs {
    /// What the ends of a stack of contours mean.
    #[arg(long, value_name = "SOLID")]
    solid: Option<Solid>,
    /// The distance of the image planes in millimetres, for a structure of one plane.
    #[arg(long, value_name = "3mm")]
    spacing: Option<PlaneSpacing>,
}

impl SolidArgs {
    fn convention(self) -> Option<SolidConvention> {
        self.solid.map(|solid| match solid {
            Solid::Slab => SolidConvention::Slab,
            Solid::SlabNoCaps => SolidConvention::SlabWithoutCaps,
        })
    }

    /// For a reader.
    pub(super) const fn in_words(self) -> &'static str {
        match self.solid {
            None => {
                "slabs, half a spacing beyond the end planes; the bounds enclose slabs that end there too"
            }
            Some(Solid::Slab) => "slabs, half a spacing beyond the end planes",
            Some(Solid::SlabNoCaps) => "slabs that end at the end planes",
        }
    }
}

/// A structure set and a dose, read.
pub(crate) struct Opened {
    pub(super) set: Input,
    pub(super) structures: StructureSet,
    pub(crate) regions: Vec<RegionContours>,
    pub(super) grid: DoseGrid,
    pub(crate) dose: DoseFile,
    pub(super) source: Source,
    /// The histograms that the dose file holds.
    pub(super) histograms: Vec<Dvh>,
    /// Plans of the course whose dose this is not, or not all of it.
    pub(crate) left_out: Vec<LeftOut>,
    /// Its parts are all that its plans have.
    is_whole: bool,
    /// What names the patient may be shown.
    show_patient: bool,
    /// What concerns both files.
    pub(crate) findings: Vec<Finding>,
}

impl Opened {
    /// `part_of_plan`: the dose of a part is what is meant.
    pub(crate) fn open(
        context: &Context<'_>,
        [structures, dose]: [&PathBuf; 2],
        show: &PatientArgs,
        part_of_plan: bool,
    ) -> Result<Self, Failure> {
        let mut inputs = open_all(context, [structures, dose].into_iter(), show)?;
        let (Some(dose), Some(set)) = (inputs.pop(), inputs.pop()) else {
            return Err(Failure::new(
                refused::INPUT_MISSING,
                "dose in structures needs a structure set and a dose",
            ));
        };
        Self::of(set, &dose, show, part_of_plan)
    }

    /// The same of what was opened.
    pub(crate) fn of(
        set: Input,
        input: &Input,
        show: &PatientArgs,
        part_of_plan: bool,
    ) -> Result<Self, Failure> {
        let read_dose = || {
            let dose = input.dose()?;
            let grid = dose
                .placed_grid()
                .map_err(|error| Failure::at(&format!("{}: ", input.name), &error))?;
            let mut findings = grid_findings(input, &dose);
            findings.extend(histogram_findings(input, &dose));
            let told = (findings, source(input, &dose));
            Ok::<_, Failure>((dose, grid, told))
        };
        let read_set = || Ok::<_, Failure>((set.contours()?, set.structure_set()?));
        let (dose, set_read) = parallel::both(read_dose, read_set);
        let (dose, grid, (mut findings, source)) = dose?;
        let (regions, structures) = set_read?;
        if !part_of_plan {
            if let Some(summation) = part_of(&dose.summation) {
                let note = Finding::from(StructureNote::DoseOfPart { summation });
                findings.push(note.about(Subject::source(input.name.clone())));
            }
        }
        let files = [
            (set.name.clone(), &structures.patient),
            (input.name.clone(), &dose.patient),
        ];
        let identity = Finding::from(IdentityFinding::one_patient("files", &files));
        match identity.outcome {
            Outcome::Pass => {}
            Outcome::Fail => {
                return Err(Failure::new(
                    refused::DICOM_TWO_PATIENTS,
                    format!(
                        "{} and {} are of different patients (Patient ID)",
                        set.name, input.name
                    ),
                ));
            }
            _ => findings.push(identity),
        }
        let rejected = |note: &&Finding| note.observation() == Some(&StructureNote::Rejected);
        let rejected = structures.notes.iter().filter(rejected);
        let of_set = || Subject::source(set.name.clone());
        findings.extend(rejected.map(|note| note.clone().about(of_set())));
        let stored = dose.dvhs.clone();
        let dose = dose.to_dose_file(input.name.clone());
        let own = structures.identity.sop_instance.as_ref();
        let is_other = own.is_some_and(|own| {
            dose.structure_sets
                .iter()
                .all(|named| named != own.reveal())
        });
        if is_other && !dose.structure_sets.is_empty() {
            findings.push(Finding::from(DoseFileFinding::OtherSet {
                dose: dose.source.clone(),
                set: set.name.clone(),
            }));
        }
        Ok(Self {
            dose,
            source,
            histograms: stored,
            set,
            structures,
            regions,
            grid,
            left_out: Vec::new(),
            is_whole: false,
            show_patient: show.show_patient,
            findings,
        })
    }

    /// The names of the structures, in their order.
    pub(crate) fn names(&self) -> Vec<Option<Identifying<String>>> {
        self.regions
            .iter()
            .map(|region| region.name.clone())
            .collect()
    }

    /// What the structures are said to be, in their order.
    pub(crate) fn kinds(&self) -> Vec<Option<String>> {
        let regions = &self.structures.regions;
        let kind = |number: i32| regions.iter().find(|region| region.number == number);
        self.regions
            .iter()
            .map(|region| kind(region.number)?.interpreted_type.clone())
            .collect()
    }

    /// A name of the user, withheld where it holds the patient's.
    pub(super) fn shown(&self, name: &str, stand_in: &str) -> String {
        let patient = self.structures.patient.identity();
        let patient = patient.showing(self.show_patient);
        let name = patient.text(name.to_string()).called(stand_in);
        name.to_string()
    }

    /// Compares what the doses that it was read from name with what their plans have: all of it is the whole dose
    /// whatever it is called, and a part of it is not.
    pub(crate) fn settle_parts(&mut self, doses: &[&DoseFile], plans: &[&PlannedPrescription]) {
        self.is_whole = DoseFile::are_whole(doses, plans);
        if self.is_whole {
            let is_part = |finding: &Finding| {
                let note = finding.observation::<StructureNote>();
                matches!(note, Some(StructureNote::DoseOfPart { .. }))
            };
            self.findings.retain(|finding| !is_part(finding));
        }
        for plan in plans {
            let uid = plan.uid.as_ref();
            let (is_left_out, parts) = if uid.is_some_and(|uid| self.dose.plans.contains(uid)) {
                let parts = plan.parts_not_in(doses);
                (!parts.is_empty(), parts)
            } else {
                // the only plan is compared with the dose elsewhere
                (plans.len() > 1, Vec::new())
            };
            if is_left_out {
                let plan = plan.source.clone();
                self.left_out.push(LeftOut { plan, parts });
            }
        }
    }

    /// That a part of the course is not in the dose.
    pub(crate) fn of_left_out(&self) -> Option<Finding> {
        let plans = self.left_out.clone();
        (!plans.is_empty()).then(|| WholeDose::LeftOut { plans }.into())
    }

    /// What the dose sums, where that is not a whole plan.
    pub(crate) fn part(&self) -> Option<SummationType> {
        part_of(&self.dose.sum).filter(|_| !self.is_whole)
    }
}

fn part_of(summation: &SummationType) -> Option<SummationType> {
    let is_whole = matches!(summation, SummationType::Plan | SummationType::MultiPlan);
    (!is_whole).then(|| summation.clone())
}

/// The dose in structures, each calculated where it is asked for.
pub(crate) struct Calculated<'o> {
    pub(super) opened: &'o Opened,
    grid: &'o DoseGrid,
    solid: SolidArgs,
    cells: Vec<OnceLock<Result<ContouredDose<'o>, StructureError>>>,
}

impl<'o> Calculated<'o> {
    pub(crate) fn new(opened: &'o Opened, solid: SolidArgs) -> Self {
        Self::on(opened, solid, &opened.grid)
    }

    /// The same in another grid that lies as the dose does.
    pub(crate) fn on(opened: &'o Opened, solid: SolidArgs, grid: &'o DoseGrid) -> Self {
        let cells = opened.regions.iter().map(|_| OnceLock::new());
        Self {
            opened,
            grid,
            solid,
            cells: cells.collect(),
        }
    }

    /// Whether targets get the prescribed doses; not asked where this is not their whole dose.
    pub(crate) fn target_dose(&self, known: &[Decimal]) -> Vec<Finding> {
        let opened = self.opened;
        if opened.part().is_some() || !opened.left_out.is_empty() {
            return Vec::new();
        }
        let dose_of = |place| Some(self.of(place));
        let found = TargetDose::of(&opened.names(), &opened.kinds(), &dose_of, known);
        found.into_iter().map(Finding::from).collect()
    }

    /// The structure of this place.
    pub(crate) fn of(&self, place: usize) -> StructureInDose<'_> {
        let (Some(region), Some(cell)) = (self.opened.regions.get(place), self.cells.get(place))
        else {
            return StructureInDose::NoSolid(StructureError::NoContours);
        };
        let of_set = self.opened.structures.identity.frame_of_reference.as_ref();
        let own = region.frame_of_reference.as_ref().or(of_set);
        let frames = own.zip(self.opened.dose.frame_of_reference.as_ref());
        if frames.is_some_and(|(own, of_dose)| own.reveal() != of_dose) {
            return StructureInDose::OtherFrame;
        }
        let calculated = cell.get_or_init(|| {
            let mut dose = ContouredDose::new(
                &region.closed,
                self.solid.convention(),
                self.solid.spacing,
                self.grid,
            )?;
            if region.not_closed > 0 {
                dose.notes.push(StructureNote::NotClosed {
                    contours: region.not_closed,
                });
            }
            if frames.is_none() {
                dose.notes.push(StructureNote::NoFrame);
            }
            Ok(dose)
        });
        match calculated {
            Ok(dose) => StructureInDose::Dose(dose),
            Err(error) => StructureInDose::NoSolid(error.clone()),
        }
    }
}
