//! `inspect`: what is in DICOM files.

use std::path::{Path, PathBuf};

use chemorad_dicom::{Kind, ReadError};
use chemorad_dosimetry::Patient;
use chemorad_render::inspect::{Content, Found, Inspected, Object, Results, ShownPatient, page};

use crate::coded::Coded;
use crate::failure::Failure;
use crate::files::{Entry, FileKind};
use crate::input::open_dicom;
use crate::output::{Context, stand_in};
use crate::refused;
use crate::report::Report;

/// What is in DICOM RT files: plans, doses, structure sets, records of treatment, in plain words. It reads; it does not judge.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad inspect plan.dcm
  chemorad inspect plan.dcm dose.dcm structures.dcm --format json
  chemorad inspect export-folder

Name, ID, birth date and sex of the patient are left out unless asked for with --show-patient;
a label, description or file name that holds the name or ID is withheld with them. Doses are in
Gy as DICOM defines them. Of a folder every file below it is read, and what is not DICOM is skipped. Exit code 2
when a file could not be read; the others are shown all the same.")]
pub(crate) struct Args {
    /// DICOM files, or folders of them.
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<PathBuf>,
    /// Show name, ID, birth date and sex of the patient.
    #[arg(long)]
    show_patient: bool,
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let mut output = Results {
            files: Vec::new(),
            skipped: Vec::new(),
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
            if let Found::NotRead { code, error } = &inspected.found {
                let message = format!("{}: {error}", inspected.file);
                return Err(Failure::new(*code, message));
            }
        }
        if output.files.is_empty() {
            return Err(Failure::new(
                refused::DICOM_NONE,
                "there is no DICOM file in what was given: name files, or a folder that holds some",
            ));
        }
        let failed = output
            .files
            .iter()
            .any(|inspected| matches!(inspected.found, Found::NotRead { .. }));
        let mut report = Report::new(page(&output), &output);
        if failed {
            report.exit = 2;
        }
        Ok(report)
    }

    fn add(&self, context: &Context<'_>, path: &Path, folder: Option<&Path>, output: &mut Results) {
        let file = path.display().to_string();
        let below = folder.and_then(|folder| path.strip_prefix(folder).ok());
        let name = below.map_or_else(|| file.clone(), |path| path.display().to_string());
        let found = match self.inspect(context, path) {
            Ok(content) => Found::Read(Box::new(content)),
            Err(ReadError::NotDicom { .. }) if folder.is_some() => {
                output.skipped.push(name);
                return;
            }
            Err(error) => Found::NotRead {
                code: error.code(),
                error: match error {
                    // the path stands in front of every message
                    ReadError::Io { source, .. } => format!("cannot be read: {source}"),
                    error => error.to_string(),
                },
            },
        };
        let (file, name) = match &found {
            Found::Read(content) if content.named_in_path => {
                let number = output.files.len() + 1;
                let called = stand_in(number);
                (called.clone(), called)
            }
            _ => (file, name),
        };
        output.files.push(Inspected { file, name, found });
    }

    fn inspect(&self, context: &Context<'_>, path: &Path) -> Result<Content, ReadError> {
        let file = open_dicom(context, path, self.show_patient)?;
        let mut patient = None;
        let mut named_in_path = false;
        let mut show = |who: &Patient| {
            patient = self.show_patient.then(|| ShownPatient::from(who));
            named_in_path =
                !self.show_patient && who.identity().is_named_in(&path.to_string_lossy());
        };
        let (object, not_read) = match file.kind() {
            Kind::Plan | Kind::IonPlan => {
                let mut plan = file.plan()?;
                plan.notes
                    .extend(plan.later_than(context.environment.now.date()));
                show(&plan.patient);
                let not_read = plan.not_read.clone();
                (Object::from(plan), not_read)
            }
            Kind::Dose => {
                let dose = file.dose()?;
                show(&dose.patient);
                let not_read = if dose.dvhs.is_empty() {
                    vec![]
                } else {
                    vec![
                        "the curves of the dose volume histograms, but for where they begin and end",
                    ]
                };
                (Object::from(dose), not_read)
            }
            Kind::StructureSet => {
                let structure_set = file.structure_set()?;
                show(&structure_set.patient);
                let not_read = vec!["the points of the contours"];
                (Object::StructureSet { structure_set }, not_read)
            }
            Kind::TreatmentRecord | Kind::IonTreatmentRecord => {
                let record = file.treatment_record()?;
                show(&record.patient);
                let treatment_record = Box::new(record);
                let not_read = vec!["control points, machine and verification of the session"];
                (Object::TreatmentRecord { treatment_record }, not_read)
            }
            _ => (
                Object::Other {},
                vec![
                    "everything but the kind of file: it is neither plan, dose, structure set nor record of beams",
                ],
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

/// Every file below a folder, in order of names. Links to folders are not followed, so there is no circle.
fn files_below(context: &Context<'_>, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = context.files.list(&folder).map_err(|error| {
            let folder = folder.display();
            Failure::at(&format!("cannot read the folder {folder}: "), &error)
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
