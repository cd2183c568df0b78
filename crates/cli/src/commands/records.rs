//! Records of treatment for the commands that take what was given from them.

use std::path::{Path, PathBuf};

use chemorad::report::{Finding, Identifying, Outcome, Subject};
use chemorad_dicom::{GivenTreatment, Kind, ReadError, TreatmentRecord};
use chemorad_dosimetry::IdentityFinding;

use crate::failure::Failure;
use crate::files::FileKind;
use crate::input::open_dicom;
use crate::output::Context;

/// The fractions that records of treatment say were given. Of a folder its records are read, and
/// other files in it are not.
pub(super) fn given(context: &Context<'_>, paths: &[PathBuf]) -> Result<GivenTreatment, Failure> {
    let mut records = Vec::new();
    for path in paths {
        if !context.is_folder(path) {
            records.push(named(context, path)?);
            continue;
        }
        let before = records.len();
        let entries = context.files.list(path).map_err(|error| {
            Failure::new(format!(
                "cannot read the folder {}: {error}",
                path.display()
            ))
        })?;
        for entry in entries {
            if matches!(context.files.kind(&entry.path), Ok(FileKind::File)) {
                records.extend(found(context, &entry.path)?);
            }
        }
        if records.len() == before {
            return Err(Failure::new(format!(
                "there is no RT Beams Treatment Record in {}: name the files, or a folder that holds them",
                path.display()
            )));
        }
    }
    let sessions: Vec<(Subject, &TreatmentRecord)> = records
        .iter()
        .map(|(name, record)| (Subject::source(name.clone()), record))
        .collect();
    let mut given = GivenTreatment::of(&sessions);
    let patients: Vec<_> = records
        .iter()
        .map(|(name, record)| (name.clone(), &record.patient))
        .collect();
    let patient: Finding = IdentityFinding::one_patient("records", &patients).into();
    if patient.outcome != Outcome::Pass && records.len() > 1 {
        given.findings.push(patient);
    }
    Ok(given)
}

type Named = (Identifying<String>, TreatmentRecord);

/// With the name of its file, withheld where it is the patient's.
fn called(path: &Path, record: TreatmentRecord) -> Named {
    let name = path.display().to_string();
    (record.patient.identity().text(name), record)
}

fn named(context: &Context<'_>, path: &Path) -> Result<Named, Failure> {
    let record = open_dicom(context.files, path).and_then(|file| file.treatment_record());
    match record {
        Ok(record) => Ok(called(path, record)),
        Err(error @ ReadError::Io { .. }) => Err(error.into()),
        Err(error) => Err(Failure::new(format!("{}: {error}", path.display()))),
    }
}

/// A record, or nothing where the file is something else.
fn found(context: &Context<'_>, path: &Path) -> Result<Option<Named>, Failure> {
    match open_dicom(context.files, path) {
        Err(ReadError::NotDicom { .. }) => Ok(None),
        Ok(file)
            if !matches!(
                file.kind(),
                Kind::TreatmentRecord | Kind::IonTreatmentRecord
            ) =>
        {
            Ok(None)
        }
        _ => named(context, path).map(Some),
    }
}

/// Nothing is calculated from records that contradict one another or leave open what was given.
pub(super) fn settled(given: &GivenTreatment) -> Result<(), Failure> {
    if given.is_settled() {
        return Ok(());
    }
    let open = |finding: &&Finding| matches!(finding.outcome, Outcome::Fail | Outcome::CannotTell);
    let findings: Vec<&Finding> = given.findings.iter().filter(open).collect();
    let outcome = Outcome::worst(findings.iter().map(|finding| finding.outcome));
    let reasons = std::iter::once("what was given cannot be taken from the records:".to_string());
    let reasons = reasons.chain(findings.iter().map(ToString::to_string));
    Err(Failure::each("", reasons).judged(outcome))
}
