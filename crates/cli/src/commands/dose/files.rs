//! Dose files in, one derived dose out.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use chemorad::report::{Finding, Identifying, Outcome, Subject};
use chemorad_dicom::equivalent::{ConvertError, DerivedDose, GridPolicy, Outside, Together};
use chemorad_dicom::{
    Bits, Created, DicomFile, Dose, GridFinding, Limits, Plan, RegionContours, StructureSet,
    WriteOptions,
};
use chemorad_dosimetry::PatientIdentity;
use chemorad_render::ExactDose;
use chemorad_render::dose::{OutputFile, Source};

use crate::failure::{Failure, Refusal};
use crate::input::open_dicom;
use crate::output::{self, Context, stand_in};

/// A file in memory with its name, withheld where it is the patient's.
pub(crate) struct Input {
    pub(crate) name: Identifying<String>,
    file: DicomFile<'static>,
    sha256: OnceLock<String>,
    patient: PatientIdentity,
}

#[derive(clap::Args)]
pub(crate) struct PatientArgs {
    /// Show file names and texts that name the patient.
    #[arg(long)]
    pub(crate) show_patient: bool,
}

impl Input {
    /// The file of this number in the order they were given.
    pub(crate) fn open(
        context: &Context<'_>,
        path: &Path,
        number: usize,
        show: &PatientArgs,
    ) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let file =
            open_dicom(context, path, show.show_patient).map_err(|error| about(&name, &error))?;
        // what cannot be read here is refused where the dose is
        let patient = file.patient().map(|(patient, _)| patient);
        let patient = patient.unwrap_or_default().identity();
        let patient = patient.showing(show.show_patient);
        Ok(Self {
            name: patient.text(name).called(stand_in(number)),
            file,
            sha256: context
                .sha256_of(path)
                .map_or_else(OnceLock::new, OnceLock::from),
            patient,
        })
    }

    /// A file that was made here.
    pub(crate) fn of_bytes(&self, name: String, bytes: &[u8]) -> Result<Self, Failure> {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let io = |source| chemorad_dicom::ReadError::Io {
            path: name.clone().into(),
            source,
        };
        let file = DicomFile::from_reader(&mut &*bytes, size, Limits::default(), &io)
            .map_err(|error| about(&name, &error))?;
        Ok(Self {
            name: self.patient.text(name),
            file,
            // it is no file of the disk: its digest is taken from its bytes where one is asked for
            sha256: OnceLock::new(),
            patient: self.patient.clone(),
        })
    }

    pub(crate) fn plan(&self) -> Result<Plan, Failure> {
        self.file.plan().map_err(|error| about(&self.name, &error))
    }

    pub(crate) fn structure_set(&self) -> Result<StructureSet, Failure> {
        let set = self.file.structure_set();
        set.map_err(|error| about(&self.name, &error))
    }

    pub(crate) fn contours(&self) -> Result<Vec<RegionContours>, Failure> {
        let contours = self.file.contours();
        contours.map_err(|error| about(&self.name, &error))
    }

    /// Calculated once.
    pub(crate) fn sha256(&self) -> String {
        self.sha256.get_or_init(|| self.file.sha256()).clone()
    }

    pub(crate) fn dose(&self) -> Result<Dose<'_>, Failure> {
        self.file.dose().map_err(|error| about(&self.name, &error))
    }
}

/// Every file, in their order.
pub(crate) fn open_all<'p>(
    context: &Context<'_>,
    paths: impl Iterator<Item = &'p PathBuf>,
    show: &PatientArgs,
) -> Result<Vec<Input>, Failure> {
    let mut inputs = (1..)
        .zip(paths)
        .map(|(number, path)| Input::open(context, path, number, show))
        .collect::<Result<Vec<_>, _>>()?;
    // a name can be that of the patient of another file
    let patients: Vec<PatientIdentity> = inputs.iter().map(|one| one.patient.clone()).collect();
    for (input, number) in inputs.iter_mut().zip(1..) {
        if !input.name.names_a_person() {
            let name = input.name.reveal();
            if let Some(of) = patients.iter().find(|one| one.is_named_in(name)) {
                input.name = of.text(name.clone()).called(stand_in(number));
            }
        }
    }
    Ok(inputs)
}

/// The dose in each file.
pub(crate) fn doses(inputs: &[Input]) -> Result<Vec<Dose<'_>>, Failure> {
    inputs.iter().map(Input::dose).collect()
}

fn about(name: &impl fmt::Display, error: &chemorad_dicom::ReadError) -> Failure {
    match error {
        // it names the file itself
        chemorad_dicom::ReadError::Io { .. } => Failure::at("", error),
        _ => Failure::at(&format!("{name}: "), error),
    }
}

/// A dose file as it is named in a result.
pub(crate) fn source(input: &Input, dose: &Dose<'_>) -> Source {
    Source {
        file: input.name.clone(),
        sha256: input.sha256(),
        summation: dose.summation.clone(),
        maximum: dose
            .maximum()
            .map(|maximum| ExactDose::new(maximum, &dose.units)),
    }
}

fn is_of_histogram(note: &Finding) -> bool {
    matches!(
        note.observation(),
        Some(GridFinding::DvhMaximum { .. } | GridFinding::DvhKind { .. })
    )
}

/// What is odd about the kind of the histograms of the file, where they stand beside ours.
pub(crate) fn histogram_findings(input: &Input, dose: &Dose<'_>) -> Vec<Finding> {
    let is_kind = |note: &&Finding| matches!(note.observation(), Some(GridFinding::DvhKind { .. }));
    dose.notes
        .iter()
        .filter(is_kind)
        .cloned()
        .map(|note| note.about(Subject::source(input.name.clone())))
        .collect()
}

/// What should be known about a grid: an implausible size of its numbers, odd offsets. The dose volume
/// histograms of the file are not used here, so what is odd about them is not said.
pub(crate) fn grid_findings(input: &Input, dose: &Dose<'_>) -> Vec<Finding> {
    let calm = |outcome| matches!(outcome, Outcome::Pass | Outcome::NotApplicable);
    let notes = dose.notes.iter().filter(|note| !is_of_histogram(note));
    std::iter::once(dose.scale_finding(None))
        .chain(notes.cloned())
        .filter(|finding| !calm(finding.outcome))
        .map(|finding| finding.about(Subject::source(input.name.clone())))
        .collect()
}

/// The outcome of a new dose: of what was found while it was made, and of what fails in its files.
pub(super) fn derived_outcome(of_files: &[Finding], notes: &[Finding]) -> Outcome {
    let of_files = of_files.iter().map(|finding| finding.outcome);
    let failed = of_files.filter(|outcome| *outcome == Outcome::Fail);
    Outcome::worst(failed.chain(notes.iter().map(|note| note.outcome)))
}

/// An error about "dose 2" or "plan 1" with the name of its file, and the flag of `dose` that settles it.
pub(super) fn convert_error(error: &ConvertError, inputs: &[Input], plans: &[Input]) -> Failure {
    let hint = match error {
        ConvertError::Grid { .. } => ": --resample trilinear",
        ConvertError::Outside { .. } => ": --outside zero",
        ConvertError::PerhapsTwice { .. } => ": --distinct REASON",
        _ => "",
    };
    with_files(error, hint, inputs, plans)
}

/// An error about "dose 2" or "plan 1" with a hint and the name of its file.
pub(crate) fn with_files(
    error: &ConvertError,
    hint: &str,
    inputs: &[Input],
    plans: &[Input],
) -> Failure {
    let input = error.at().and_then(|at| inputs.get(at.checked_sub(1)?));
    let against = error.against();
    let first = inputs.get(against.saturating_sub(1));
    let first = first.filter(|_| error.at() != Some(against));
    let names = match (error.at(), input, first) {
        (Some(at), Some(input), Some(first)) => format!(
            " (dose {against} is {}, dose {at} is {})",
            first.name, input.name
        ),
        (Some(at), Some(input), None) => format!(" (dose {at} is {})", input.name),
        _ => String::new(),
    };
    let plan = error
        .plan()
        .and_then(|at| Some((at, plans.get(at.checked_sub(1)?)?)));
    let plan = plan.map_or_else(String::new, |(at, plan)| {
        format!(" (plan {at} is {})", plan.name)
    });
    Refusal::from_error(format!("{error}{hint}{names}{plan}"), error).into()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Method {
    /// Linear along columns, rows and frames.
    Trilinear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Beyond {
    /// Refuse: the dose there is not known.
    Refuse,
    /// Count the dose there as zero.
    Zero,
}

#[derive(clap::Args)]
pub(super) struct TogetherArgs {
    /// Why the doses are of different treatment, where their files do not say it or hold the same dose in
    /// every voxel; printed with the result. Doses that do share treatment by their references are refused all the same.
    #[arg(long, value_name = "REASON", value_parser = reason)]
    distinct: Option<String>,
    #[command(flatten)]
    grids: GridArgs,
}

impl TogetherArgs {
    pub(super) fn together(&self) -> Together<'_> {
        Together {
            grids: self.grids.policy(),
            distinct: self.distinct.as_deref(),
        }
    }
}

fn reason(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("write the reason, such as \"the export leaves out the plan\"".into());
    }
    Ok(text.into())
}

#[derive(clap::Args)]
#[command(next_help_heading = "Grids that differ")]
struct GridArgs {
    /// Resample absorbed dose to the grid of the first file; without it grids that differ are refused.
    #[arg(long, value_enum, value_name = "METHOD")]
    resample: Option<Method>,
    /// What to do where a resampled grid does not reach.
    #[arg(long, value_enum, value_name = "RULE", default_value_t = Beyond::Refuse, requires = "resample")]
    outside: Beyond,
}

impl GridArgs {
    fn policy(&self) -> GridPolicy {
        match self.resample {
            None => GridPolicy::MustCoincide,
            Some(Method::Trilinear) => GridPolicy::Trilinear {
                outside: match self.outside {
                    Beyond::Refuse => Outside::Refuse,
                    Beyond::Zero => Outside::Zero,
                },
            },
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum BitsArg {
    #[value(name = "16")]
    Sixteen,
    #[value(name = "32")]
    ThirtyTwo,
}

#[derive(clap::Args)]
#[command(next_help_heading = "The new file")]
pub(super) struct OutputArgs {
    /// Where to write the new RT Dose. A file that is there already is not overwritten
    /// without --force, and an input never.
    #[arg(short, long, value_name = "OUT.dcm")]
    output: PathBuf,
    /// Bits of a voxel; 16 for programs that read no more.
    #[arg(long, value_enum, default_value_t = BitsArg::ThirtyTwo)]
    bits: BitsArg,
}

impl OutputArgs {
    /// Before any work: the output is none of the inputs, and not there unless it may be replaced.
    pub(super) fn check<'p>(
        &self,
        context: &Context<'_>,
        inputs: impl Iterator<Item = &'p Path>,
    ) -> Result<(), Failure> {
        context.may_write(&self.output, inputs)
    }

    pub(super) fn write(
        &self,
        context: &Context<'_>,
        dose: &DerivedDose,
        inputs: &[Input],
    ) -> Result<OutputFile, Failure> {
        let now = &context.environment.now;
        let options = WriteOptions {
            created: Created::new(
                &now.strftime("%Y%m%d").to_string(),
                &now.strftime("%H%M%S").to_string(),
            ),
            bits: match self.bits {
                BitsArg::Sixteen => Bits::Sixteen,
                BitsArg::ThirtyTwo => Bits::ThirtyTwo,
            },
        };
        // what the new file must have is taken from the first
        let (bytes, written) = dose.to_file(&options).map_err(|error| {
            let first = inputs.first().map(|input| format!("{}: ", input.name));
            Failure::at(&first.unwrap_or_default(), &error)
        })?;
        context.write(output::OutputFile {
            path: self.output.clone(),
            bytes,
            replace: context.asked.force,
        })?;
        Ok(OutputFile {
            file: {
                let name = self.output.display().to_string();
                let mut patients = inputs.iter().map(|input| &input.patient);
                match patients.find(|one| one.is_named_in(&name)) {
                    Some(of) => of.text(name),
                    None => name.into(),
                }
            },
            written,
        })
    }
}
