//! Every command, answered in this process.
//!
//! The sheet, the checks, the gap, the courses, the structures and the protocols go through the command
//! and not through the rooms behind it: reading the files, the site's decisions, the pages, the record and
//! the refusals are the command's, and a second way to them would be a second answer.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use chemorad_cli::files::{Disk, Entry, FileKind, Files, Growing, Memory};
use chemorad_cli::{Environment, Identity, Output, WIDTH, answer};
use jiff::Zoned;
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::error::{SEVERAL, refusal};

/// The files that were given as bytes, by names that nothing on the disk has, and the disk.
struct Given(Memory);

impl Given {
    fn of(&self, path: &Path) -> &dyn Files {
        if self.0.kind(path).is_ok() {
            &self.0
        } else {
            &Disk
        }
    }
}

impl Files for Given {
    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        self.of(path).kind(path)
    }

    fn own_kind(&self, path: &Path) -> io::Result<FileKind> {
        self.of(path).own_kind(path)
    }

    fn open<'f>(&'f self, path: &Path) -> io::Result<(Box<dyn Read + Send + 'f>, u64)> {
        self.of(path).open(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        self.of(folder).list(folder)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.of(path).resolve(path)
    }

    fn is_same(&self, one: &Path, other: &Path) -> bool {
        match (self.0.kind(one).is_ok(), self.0.kind(other).is_ok()) {
            (true, true) => self.0.is_same(one, other),
            (false, false) => Disk.is_same(one, other),
            _ => false,
        }
    }

    fn grow(&self, path: &Path, replace: bool) -> io::Result<Option<Box<dyn Growing>>> {
        Disk.grow(path, replace)
    }
}

/// What a command answered.
#[pyclass(frozen, module = "chemorad._chemorad", name = "Answer")]
pub(crate) struct Answer {
    /// 0 done or passed, 1 a check failed, 3 something could not be told.
    #[pyo3(get)]
    exit: u8,
    /// For a person.
    #[pyo3(get)]
    text: String,
    /// For a program; none where the command writes a text whose format is given.
    #[pyo3(get)]
    json: Option<String>,
    /// The page without its frame; empty where there is none.
    #[pyo3(get)]
    html: String,
    files: Vec<chemorad_cli::OutputFile>,
}

#[pymethods]
impl Answer {
    /// What the command would write: names and contents.
    #[getter]
    fn files<'py>(&self, py: Python<'py>) -> Vec<(PathBuf, Bound<'py, PyBytes>)> {
        let files = self.files.iter();
        files
            .map(|file| (file.path.clone(), PyBytes::new(py, &file.bytes)))
            .collect()
    }

    /// Writes what the command would write: all of it or nothing.
    fn write(&self, py: Python<'_>) -> PyResult<()> {
        py.detach(|| Disk::write(&self.files))
            .map_err(|(path, error)| {
                PyOSError::new_err(format!("cannot write {}: {error}", path.display()))
            })
    }
}

/// Answers a command: its arguments without the name of the program, and files by name that are not on
/// the disk. Wrong input is a `ChemoradError` with the message of the command.
#[pyfunction]
#[pyo3(signature = (arguments, /, *, files = Vec::new()))]
pub(crate) fn _run(
    py: Python<'_>,
    arguments: Vec<String>,
    files: Vec<(String, Vec<u8>)>,
) -> PyResult<Answer> {
    let environment = Environment {
        now: Zoned::now(),
        colour: false,
        width: WIDTH,
        site: None,
        watched: false,
        identity: Some(Identity::default()),
    };
    let answered = py.detach(|| {
        let given = Given(files.into_iter().collect());
        let arguments = std::iter::once("chemorad".to_string()).chain(arguments);
        answer(arguments, &environment, &given).map(|answered| Answer {
            exit: answered.exit,
            text: answered.document.to_text(WIDTH),
            html: answered.document.to_fragment(),
            json: Some(answered.json),
            files: answered.files,
        })
    });
    answered.or_else(|output| without_document(&output))
}

/// Help, a script, a resource; or wrong input.
fn without_document(output: &Output) -> PyResult<Answer> {
    if output.exit == 2 || (output.exit != 0 && output.stdout.is_empty()) {
        // the reasons alone: how the flags of a terminal are written helps nobody here
        let reasons = output.refusals.iter().map(|refusal| &*refusal.message);
        let mut text = reasons.collect::<Vec<_>>().join("\n");
        if text.is_empty() {
            text = output.stderr.trim_end().to_string();
        }
        // several reasons have one name where they agree
        let mut codes = output.refusals.iter().map(|refusal| refusal.code.name);
        let first = codes.next();
        let code = first.filter(|code| codes.all(|other| other == *code));
        let accepted = match output.refusals.as_slice() {
            [only] => only.accepted.as_slice(),
            _ => &[],
        };
        return Err(refusal(&text, code.unwrap_or(SEVERAL), accepted));
    }
    Ok(Answer {
        exit: output.exit,
        text: output.stdout.clone(),
        json: serde_json::from_str::<serde::de::IgnoredAny>(&output.stdout)
            .is_ok()
            .then(|| output.stdout.clone()),
        html: String::new(),
        files: output.files.clone(),
    })
}
