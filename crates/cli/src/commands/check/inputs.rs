//! Files in: what each is, read one after the other, so that one large file at a time is held.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use chemorad::crosscheck::{DoseFile, PlannedPrescription, TypedPrescription};
use chemorad_dicom::{DicomFile, Identity, Kind, Patient, ReadError};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::export;
use crate::failure::Failure;

/// What a source holds.
pub(super) enum Read {
    Plan(PlannedPrescription),
    Dose(DoseFile),
    /// One for each course of an export.
    Export(Vec<PlannedPrescription>),
}

/// What was read, for a reader to find it again.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Source {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) bytes: usize,
    pub(super) sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date: Option<String>,
    /// Manufacturer, model and version of the planning system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) made_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sop_instance: Option<String>,
    /// Only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) patient: Option<ShownPatient>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ShownPatient {
    pub(super) name: Option<String>,
    pub(super) id: Option<String>,
    pub(super) birth_date: Option<String>,
}

/// A file that was to be checked and was not.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NotChecked {
    pub(super) name: String,
    pub(super) reason: String,
    /// It could not be read, or is not what it should be.
    pub(super) unreadable: bool,
}

#[derive(Default)]
pub(super) struct Inputs {
    pub(super) read: Vec<Read>,
    pub(super) sources: Vec<Source>,
    pub(super) not_checked: Vec<NotChecked>,
    /// Other files in the folders.
    pub(super) passed_over: usize,
    pub(super) paths: Vec<PathBuf>,
}

/// A file, what to call it, and whether it was named itself or found in a folder.
struct Found {
    path: PathBuf,
    name: String,
    named: bool,
}

impl Inputs {
    pub(super) fn typed(planned: &[TypedPrescription]) -> Self {
        Self {
            read: vec![Read::Plan(PlannedPrescription::typed("typed", planned))],
            ..Self::default()
        }
    }

    /// Why nothing could be checked.
    pub(super) fn nothing(&self) -> Failure {
        let reasons: Vec<String> = self
            .not_checked
            .iter()
            .take(5)
            .map(|file| format!("{}: {}", file.name, file.reason))
            .collect();
        let more = self.not_checked.len().saturating_sub(reasons.len());
        let more = if more > 0 {
            format!("; and {more} more")
        } else {
            String::new()
        };
        Failure::new(match reasons.as_slice() {
            [] => "no plan among the files: nothing to check".to_string(),
            [one] if self.sources.is_empty() => one.clone(),
            _ => format!("no plan among the files: {}{more}", reasons.join("; ")),
        })
    }
}

/// Reads every file. A file that cannot be read is listed and does not stop the rest.
pub(super) fn read(files: &[PathBuf], show_patient: bool, each: bool) -> Result<Inputs, Failure> {
    if files.is_empty() {
        return Err(Failure::new(
            "what is to be checked? Give plans, folders or an export, or --planned such as 45Gy/25",
        ));
    }
    let mut found = Vec::new();
    for path in files {
        if path.is_dir() {
            walk(path, path, &mut found)?;
        } else {
            let name = path.file_name().unwrap_or(path.as_os_str());
            found.push(Found {
                path: path.clone(),
                name: name.to_string_lossy().into_owned(),
                named: true,
            });
        }
    }
    let names = names(&found);
    let mut inputs = Inputs::default();
    let bar = progress(found.len());
    for (file, name) in found.into_iter().zip(names) {
        read_one(&mut inputs, &file, name, show_patient, each);
        inputs.paths.push(file.path);
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(inputs)
}

/// On a terminal, and only where there is something to wait for.
fn progress(files: usize) -> ProgressBar {
    const WORTHWHILE: usize = 20;
    if files < WORTHWHILE || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(files as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len} files, {eta} left") {
        bar.set_style(style);
    }
    bar
}

/// Files in a folder and the folders in it, in the order of their names, called by their place below
/// `root`; links are not followed.
fn walk(root: &Path, folder: &Path, found: &mut Vec<Found>) -> Result<(), Failure> {
    let cannot = |error: std::io::Error| {
        Failure::new(format!("cannot read folder {}: {error}", folder.display()))
    };
    let mut entries = std::fs::read_dir(folder)
        .map_err(cannot)?
        .collect::<Result<Vec<_>, _>>()
        .map_err(cannot)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.file_type().map_err(cannot)?;
        if kind.is_dir() {
            walk(root, &entry.path(), found)?;
        } else if kind.is_file() {
            let path = entry.path();
            let name = path.strip_prefix(root).unwrap_or(&path);
            found.push(Found {
                name: name.to_string_lossy().into_owned(),
                path,
                named: false,
            });
        }
    }
    Ok(())
}

/// Its own name, or its path where another file has that name.
fn names(found: &[Found]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for file in found {
        *counts.entry(&file.name).or_default() += 1;
    }
    let unique = |file: &Found| counts.get(&*file.name) == Some(&1);
    found
        .iter()
        .map(|file| {
            if unique(file) {
                file.name.clone()
            } else {
                file.path.display().to_string()
            }
        })
        .collect()
}

fn read_one(inputs: &mut Inputs, file: &Found, name: String, show_patient: bool, each: bool) {
    let ending = file.path.extension().and_then(|ending| ending.to_str());
    let is_export = ending.is_some_and(|ending| {
        ["csv", "json"]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    });
    if is_export {
        if !file.named {
            inputs.passed_over += 1;
            return;
        }
        match export::read(&file.path, &name, each) {
            Ok((courses, source)) => {
                inputs.read.push(Read::Export(courses));
                inputs.sources.push(source);
            }
            Err(reason) => inputs.not_checked.push(NotChecked {
                name,
                reason: reason.to_string(),
                unreadable: true,
            }),
        }
        return;
    }
    match read_dicom(file, &name, inputs.sources.len() + 1, show_patient) {
        Ok(Some((read, source))) => {
            inputs.read.push(read);
            inputs.sources.push(source);
        }
        Ok(None) => inputs.passed_over += 1,
        Err(ReadError::NotDicom { .. }) if !file.named => inputs.passed_over += 1,
        Err(ReadError::Io { source, .. }) => inputs.not_checked.push(NotChecked {
            name,
            reason: format!("cannot read it: {source}"),
            unreadable: true,
        }),
        Err(error) => inputs.not_checked.push(NotChecked {
            name,
            reason: error.to_string(),
            unreadable: true,
        }),
    }
}

/// `None` for another kind of file in a folder.
fn read_dicom(
    file: &Found,
    name: &str,
    number: usize,
    show_patient: bool,
) -> Result<Option<(Read, Source)>, ReadError> {
    let dicom = DicomFile::open(&file.path)?;
    let source = |identity: &Identity, patient: &Patient, name: &str| Source {
        name: name.to_string(),
        kind: kind(dicom.kind()),
        bytes: dicom.size(),
        sha256: dicom.sha256(),
        label: None,
        date: None,
        made_by: made_by(identity),
        sop_instance: identity.sop_instance.clone(),
        patient: show_patient.then(|| ShownPatient {
            name: patient.name.clone(),
            id: patient.id.clone(),
            birth_date: patient.birth_date.clone(),
        }),
    };
    match dicom.kind() {
        Kind::Plan | Kind::IonPlan => {
            let plan = dicom.plan()?;
            let name = shown_name(name, number, &plan.patient, show_patient);
            let mut source = source(&plan.identity, &plan.patient, &name);
            source.label = plan.label.clone().or_else(|| plan.name.clone());
            source.date.clone_from(&plan.date);
            Ok(Some((Read::Plan(plan.to_planned(&name)), source)))
        }
        Kind::Dose => {
            let dose = dicom.dose()?;
            let name = shown_name(name, number, &dose.patient, show_patient);
            let source = source(&dose.identity, &dose.patient, &name);
            Ok(Some((Read::Dose(dose.to_dose_file(&name)), source)))
        }
        _ if file.named => {
            // the error that names what it is
            dicom.plan().map(|_| None)
        }
        _ => Ok(None),
    }
}

fn kind(kind: &Kind) -> String {
    let text = kind.to_string();
    text.strip_prefix("an ").unwrap_or(&text).to_string()
}

fn made_by(identity: &Identity) -> Option<String> {
    let parts = [&identity.manufacturer, &identity.model, &identity.software];
    let known: Vec<&str> = parts.iter().filter_map(|part| part.as_deref()).collect();
    (!known.is_empty()).then(|| known.join(", "))
}

/// The name of a file, unless it holds the patient's name or ID, which are not shown.
fn shown_name(name: &str, number: usize, patient: &Patient, show_patient: bool) -> String {
    const SHORTEST: usize = 3;
    let plain = |text: &str| text.to_lowercase();
    let hidden = [&patient.name, &patient.id];
    let parts = hidden
        .iter()
        .filter_map(|text| text.as_deref())
        .flat_map(|text| text.split(['^', '=', ' ', ',']))
        .filter(|part| part.chars().count() >= SHORTEST);
    let name_holds = parts
        .into_iter()
        .any(|part| plain(name).contains(&plain(part)));
    if name_holds && !show_patient {
        format!("file {number} (its name holds the patient's)")
    } else {
        name.to_string()
    }
}
