//! Files in: read whole, checked to be text, parsed as TOML or JSON by their ending.

use std::io::Read as _;
use std::path::Path;

use chemorad_dicom::{DicomFile, Limits, ReadError};
use chemorad_dosimetry::Patient;
use chemorad_reader::{Document, Format};
use serde::de::DeserializeOwned;

use crate::failure::Failure;
use crate::files::{FileKind, Files};
use crate::output::Context;
use crate::refused;

pub(crate) const MIB: u64 = 1024 * 1024;
/// A case or policy file is a page of text; anything larger is a file of the wrong kind.
const LARGEST: u64 = MIB;

pub(crate) fn read_text(files: &dyn Files, path: &Path) -> Result<String, Failure> {
    to_text(path, &read_bytes(files, path, LARGEST)?)
}

/// A whole file of up to so many bytes.
pub(crate) fn read_bytes(files: &dyn Files, path: &Path, largest: u64) -> Result<Vec<u8>, Failure> {
    let name = path.display();
    let cannot = |error: std::io::Error| Failure::at(&format!("cannot read {name}: "), &error);
    let (file, _) = files.open(path).map_err(cannot)?;
    if matches!(files.kind(path), Ok(FileKind::Folder)) {
        let message = format!("{name} is a folder, not a file");
        return Err(Failure::new(refused::FILE_UNREADABLE, message));
    }
    let mut bytes = Vec::new();
    file.take(largest + 1)
        .read_to_end(&mut bytes)
        .map_err(cannot)?;
    if bytes.len() as u64 > largest {
        return Err(Failure::new(
            refused::FILE_SIZE,
            format!(
                "{name} is larger than {} MiB, which no such file is: is it the right one?",
                largest / MIB
            ),
        ));
    }
    Ok(bytes)
}

/// UTF-8, without the mark of its beginning.
pub(crate) fn to_text(path: &Path, bytes: &[u8]) -> Result<String, Failure> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        Failure::new(
            refused::FILE_ENCODING,
            format!(
                "{} is not UTF-8 text (byte {}): is it the right file?",
                path.display(),
                error.valid_up_to()
            ),
        )
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text).to_string())
}

pub(crate) fn read<T: DeserializeOwned>(files: &dyn Files, path: &Path) -> Result<T, Failure> {
    parse(path, &read_text(files, path)?)
}

/// Why a file is not read: its name does not say how it is written.
pub(crate) fn neither_toml_nor_json(path: &Path) -> Failure {
    Failure::new(
        refused::FILE_FORMAT,
        format!(
            "{}: the name must end in .toml or .json, to say how it is written",
            path.display()
        ),
    )
}

/// The text of a file, by its ending: everything that is wrong with it is said at once.
pub(crate) fn parse<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, Failure> {
    let name = path.display().to_string();
    let Some(format) = Format::of(path) else {
        return Err(neither_toml_nor_json(path));
    };
    Ok(Document::parse(name, text, format)?.read()?)
}

/// Whom a file is about, where it is a DICOM file that says so.
pub(crate) fn whom(files: &dyn Files, path: &Path) -> Option<Patient> {
    let file = read_dicom(files, path).ok()?;
    file.patient().ok().map(|(patient, _)| patient)
}

/// A DICOM file; `show_patient`: what names the patient may be shown.
pub(crate) fn open_dicom(
    context: &Context<'_>,
    path: &Path,
    show_patient: bool,
) -> Result<DicomFile<'static>, ReadError> {
    let file = read_dicom(context.files, path)?;
    let patient = || file.patient().ok().map(|(patient, _)| patient);
    context.is_about(patient, show_patient);
    Ok(file.showing_patient(show_patient))
}

/// A DICOM file, of whomever it is.
pub(crate) fn read_dicom(files: &dyn Files, path: &Path) -> Result<DicomFile<'static>, ReadError> {
    let io = |source| ReadError::Io {
        path: path.into(),
        source,
    };
    let (mut file, size) = files.open(path).map_err(io)?;
    DicomFile::from_reader(&mut file, size, Limits::default(), &io)
}
