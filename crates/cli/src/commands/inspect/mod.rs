//! What is in DICOM files, in a person's words.

mod page;
pub(super) mod words;

use std::path::{Path, PathBuf};

use chemorad::number::Decimal;
use chemorad::report::Finding;
use chemorad_dicom::{
    DicomFile, Dose, DosePerFraction, DoseUnits, Kind, Patient, Plan, ReadError, StructureSet,
};
use serde::Serialize;

use crate::failure::Failure;
use crate::files::{Entry, FileKind};
use crate::input::open_dicom;
use crate::output::Context;
use crate::report::Report;

/// What is in DICOM RT files: plans, doses, structure sets, in plain words. It reads; it does not judge.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad inspect plan.dcm
  chemorad inspect plan.dcm dose.dcm structures.dcm --format json
  chemorad inspect export-folder

Name, ID, birth date and sex of the patient are left out unless asked for with --show-patient;
a label, description or file name that holds the name or ID is withheld with them. Doses are in
Gy as DICOM defines them. Of a folder every file below it is read, and what is not DICOM is passed over. Exit code 2
when a file could not be read; the others are shown all the same.")]
pub(crate) struct Args {
    /// DICOM files, or folders of them.
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<PathBuf>,
    /// Show name, ID, birth date and sex of the patient.
    #[arg(long)]
    show_patient: bool,
}

/// One file and what was found in it.
#[derive(Serialize)]
struct Inspected {
    file: String,
    /// What to call it: its path below the folder that was given.
    #[serde(skip)]
    name: String,
    #[serde(flatten)]
    found: Found,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Found {
    Read(Box<Content>),
    NotRead { error: String },
}

#[derive(Serialize)]
struct Content {
    kind: Kind,
    what: String,
    transfer_syntax: String,
    encoding: String,
    size: usize,
    sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    patient: Option<ShownPatient>,
    #[serde(flatten)]
    object: Object,
    not_read: Vec<&'static str>,
    /// The path holds the patient's name or ID and is not shown.
    #[serde(skip)]
    named_in_path: bool,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Object {
    Plan {
        plan: Box<Plan>,
        sums: Vec<Sum>,
    },
    Dose {
        dose: Box<Dose<'static>>,
        maximum: Option<Maximum>,
        scale: Finding,
    },
    StructureSet {
        structure_set: StructureSet,
    },
    Other {},
}

/// What the beams of a fraction group come to.
#[derive(Serialize)]
struct Sum {
    fraction_group: Option<i32>,
    fractions: Option<u32>,
    dose_per_fraction: DosePerFraction,
    total: Option<Gray>,
}

/// A dose as a number and with every digit.
#[derive(Serialize)]
struct Gray {
    value: f64,
    unit: &'static str,
    exact: Decimal,
}

/// The largest dose of a grid, in the units of the file.
#[derive(Serialize)]
struct Maximum {
    value: f64,
    unit: String,
    exact: Decimal,
}

#[derive(Serialize)]
struct ShownPatient {
    name: Option<String>,
    id: Option<String>,
    birth_date: Option<String>,
    sex: Option<String>,
}

impl From<&Patient> for ShownPatient {
    fn from(patient: &Patient) -> Self {
        Self {
            name: patient.name.clone(),
            id: patient.id.clone(),
            birth_date: patient.birth_date.clone(),
            sex: patient.sex.clone(),
        }
    }
}

#[derive(Serialize)]
struct Output {
    files: Vec<Inspected>,
    /// Files of folders that are not DICOM.
    passed_over: Vec<String>,
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let mut output = Output {
            files: Vec::new(),
            passed_over: Vec::new(),
        };
        let mut one_by_one = Vec::new();
        for path in &self.paths {
            if context.is_folder(path) {
                for file in files_below(context, path)? {
                    self.add(context, &file, Some(path), &mut output);
                }
            } else {
                one_by_one.push(path);
                self.add(context, path, None, &mut output);
            }
        }
        // one file that cannot be read is a wrong input like any other
        if let ([_], [inspected]) = (one_by_one.as_slice(), output.files.as_slice()) {
            if let Found::NotRead { error } = &inspected.found {
                return Err(Failure::new(format!("{}: {error}", inspected.file)));
            }
        }
        if output.files.is_empty() {
            return Err(Failure::new(
                "there is no DICOM file in what was given: name files, or a folder that holds some",
            ));
        }
        let failed = output
            .files
            .iter()
            .any(|inspected| matches!(inspected.found, Found::NotRead { .. }));
        let mut report = Report::new(page::page(&output), &output);
        if failed {
            report.exit = 2;
        }
        Ok(report)
    }

    fn add(&self, context: &Context<'_>, path: &Path, folder: Option<&Path>, output: &mut Output) {
        let file = path.display().to_string();
        let below = folder.and_then(|folder| path.strip_prefix(folder).ok());
        let name = below.map_or_else(|| file.clone(), |path| path.display().to_string());
        let found = match self.inspect(context, path) {
            Ok(content) => Found::Read(Box::new(content)),
            Err(ReadError::NotDicom { .. }) if folder.is_some() => {
                output.passed_over.push(name);
                return;
            }
            // the path stands in front of every message
            Err(ReadError::Io { source, .. }) => Found::NotRead {
                error: format!("cannot be read: {source}"),
            },
            Err(error) => Found::NotRead {
                error: error.to_string(),
            },
        };
        let (file, name) = match &found {
            Found::Read(content) if content.named_in_path => {
                let number = output.files.len() + 1;
                let called = format!("file {number} (its name holds the patient's)");
                (called.clone(), called)
            }
            _ => (file, name),
        };
        output.files.push(Inspected { file, name, found });
    }

    fn inspect(&self, context: &Context<'_>, path: &Path) -> Result<Content, ReadError> {
        let file = open_dicom(context.files, path)?;
        let hide = !self.show_patient;
        let mut patient = None;
        let mut named_in_path = false;
        let mut show = |who: &Patient| {
            patient = self.show_patient.then(|| ShownPatient::from(who));
            named_in_path = hide && who.is_named_in(&path.to_string_lossy());
        };
        let (object, not_read) = match file.kind() {
            Kind::Plan | Kind::IonPlan => {
                let mut plan = file.plan()?;
                show(&plan.patient);
                if hide {
                    plan.withhold_patient();
                }
                let (sums, not_read) = (sums(&plan), plan.not_read.clone());
                let plan = Box::new(plan);
                (Object::Plan { plan, sums }, not_read)
            }
            Kind::Dose => {
                let mut dose = file.dose()?;
                show(&dose.patient);
                if hide {
                    dose.withhold_patient();
                }
                let not_read = if dose.dvhs.is_empty() {
                    vec![]
                } else {
                    vec![
                        "the curves of the dose volume histograms, but for where they begin and end",
                    ]
                };
                (dose_object(dose), not_read)
            }
            Kind::StructureSet => {
                let mut structure_set = file.structure_set()?;
                show(&structure_set.patient);
                if hide {
                    structure_set.withhold_patient();
                }
                let not_read = vec!["the points of the contours"];
                (Object::StructureSet { structure_set }, not_read)
            }
            _ => (
                Object::Other {},
                vec!["everything but the kind of file: it is neither plan, dose nor structure set"],
            ),
        };
        Ok(Content {
            kind: file.kind().clone(),
            what: file.kind().to_string(),
            transfer_syntax: file.transfer_syntax().uid().into(),
            encoding: file.transfer_syntax().to_string(),
            size: file.size(),
            sha256: file.sha256(),
            patient,
            object,
            not_read,
            named_in_path,
        })
    }
}

fn sums(plan: &Plan) -> Vec<Sum> {
    plan.fraction_groups
        .iter()
        .map(|group| Sum {
            fraction_group: group.number,
            fractions: group.fractions_planned,
            dose_per_fraction: group.dose_per_fraction(),
            total: group.total_dose().map(|total| Gray {
                value: total.to_f64(),
                unit: "Gy",
                exact: total,
            }),
        })
        .collect()
}

fn dose_object(dose: Dose<'_>) -> Object {
    let maximum = dose.maximum().map(|maximum| Maximum {
        value: maximum.to_f64(),
        unit: match &dose.units {
            DoseUnits::Gray => "Gy".into(),
            other => other.to_string(),
        },
        exact: maximum,
    });
    Object::Dose {
        maximum,
        scale: dose.scale_finding(None),
        dose: Box::new(dose.without_pixels()),
    }
}

/// Every file below a folder, in order of names. Links to folders are not followed, so there is no circle.
fn files_below(context: &Context<'_>, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = context.files.list(&folder).map_err(|error| {
            let folder = folder.display();
            Failure::new(format!("cannot read the folder {folder}: {error}"))
        })?;
        for Entry { path, kind } in entries {
            if kind == FileKind::Folder {
                folders.push(path);
            } else if matches!(context.files.kind(&path), Ok(FileKind::File)) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
