//! What a command gives back, and what it needs to know of the world.

use std::cell::RefCell;
use std::collections::HashSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use chemorad::report::Identifying;
use chemorad_dosimetry::{Patient, PatientIdentities};
use chemorad_render::site::SiteUsed;
use chemorad_render::version::{Build, Input};
use chemorad_render::{Detail, Document};
use jiff::{Timestamp, Zoned};
use serde::Serialize;

use crate::build::{Used, executable};
use crate::failure::{Failure, Refusal};
use crate::files::{FileKind, Files, Growing, ReadFile, Recorded};
use crate::refused;
use crate::report::{Format, Report};

/// What a command needs to know of the world around it.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The date and time, in the zone of the reader.
    pub now: Zoned,
    /// Whether messages may be coloured.
    pub colour: bool,
    /// The characters of a line.
    pub width: usize,
    /// The site file that commands take unless another is named.
    pub site: Option<PathBuf>,
    /// Whether a person watches: long work then shows how far it is.
    pub watched: bool,
    /// Whether outputs tell what made them; tests hold outputs that are the same from every build.
    pub identity: Option<Identity>,
}

/// What a face knows of the program that it is.
#[derive(Debug, Clone, Default)]
pub struct Identity {
    /// The file of the program, where there is one.
    pub executable: Option<PathBuf>,
}

/// A file that a command would write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Its name.
    pub path: PathBuf,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Whether it may take the place of another.
    pub replace: bool,
}

/// What a command gives back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Output {
    /// 0 done or passed, 1 a check failed, 2 wrong input or usage, 3 something could not be told.
    pub exit: u8,
    /// What is to be printed.
    pub stdout: String,
    /// Messages.
    pub stderr: String,
    /// What is to be written, before anything is printed.
    pub files: Vec<OutputFile>,
    /// The reasons of what stands in `stderr`, each with the argument that it is about.
    pub refusals: Vec<Refusal>,
}

#[derive(Serialize)]
struct WithSite<'a> {
    site: &'a SiteUsed,
}

/// The system refuses to write a file.
pub(crate) fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(
        refused::FILE_UNWRITABLE,
        format!("cannot write {}: {error}", path.display()),
    )
}

/// The name of a file, withheld where it names one of these patients.
pub(crate) fn named(
    path: &Path,
    number: usize,
    patients: &[Patient],
    shown: bool,
) -> Identifying<String> {
    named_by(path, number, &PatientIdentities::of(patients), shown)
}

/// What stands for the name of a file that names a patient.
pub(crate) fn stand_in(number: usize) -> String {
    format!("file {number} (name not shown)")
}

fn named_by(
    path: &Path,
    number: usize,
    patients: &PatientIdentities,
    shown: bool,
) -> Identifying<String> {
    let name = path.display().to_string();
    let names_one = patients.named_in(&name).is_some();
    let name = Identifying::new(name, names_one).called(stand_in(number));
    if shown { name.shown() } else { name }
}

/// Answers a command, whichever it is, and tells whom its files are about.
pub(crate) type Answer = fn(&[String], &Environment, &dyn Files) -> (Output, Vec<Patient>);

/// What every command is handed: the world around it, and a place for what it would write.
pub(crate) struct Context<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) files: &'a dyn Files,
    /// These files, which know what was read of them.
    recorded: &'a Recorded<'a>,
    pub(crate) asked: Asked,
    /// For a command that asks others.
    pub(crate) answer: Answer,
    /// Whether another command asks, which wants to know whom the files are about.
    pub(crate) by_another: bool,
    outgoing: RefCell<Vec<OutputFile>>,
    /// Files that were written piece by piece, and have no name yet.
    grown: RefCell<Vec<(PathBuf, Box<dyn Growing>)>>,
    /// Whom files are about, and whether that may be shown.
    patients: RefCell<Patients>,
    /// The values of a site file that the result rests on.
    pub(crate) site: RefCell<Option<SiteUsed>>,
    /// The protocols and rule sets that the result rests on.
    pub(crate) used: RefCell<Used>,
}

/// Whom files are about, each once, and whether that may be shown.
#[derive(Default)]
struct Patients {
    all: Vec<Patient>,
    known: HashSet<Patient>,
    may_show: bool,
}

/// What is asked of every command.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// The only format that is asked for; none where all of them are.
    pub(crate) format: Option<Format>,
    /// How much is printed.
    pub(crate) detail: Detail,
    /// Whether there will be a report, which holds everything.
    pub(crate) report: bool,
    /// Whether what is shown can have pictures.
    pub(crate) pictures: bool,
    /// Whether a file that is there may be replaced.
    pub(crate) force: bool,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        environment: &'a Environment,
        files: &'a Recorded<'a>,
        asked: Asked,
        answer: Answer,
    ) -> Self {
        Self {
            environment,
            files,
            recorded: files,
            asked,
            answer,
            by_another: false,
            outgoing: RefCell::default(),
            grown: RefCell::default(),
            patients: RefCell::default(),
            site: RefCell::default(),
            used: RefCell::default(),
        }
    }

    /// A report, with the values of a site file that it rests on.
    pub(crate) fn report(&self, mut document: Document, data: &impl Serialize) -> Report {
        let used = self.site.borrow();
        let Some(site) = used.as_ref() else {
            return Report::new(document, data);
        };
        site.add_to(&mut document);
        Report::new(document, data).with(&WithSite { site })
    }

    /// A report in the format that is asked for, or in all.
    pub(crate) fn report_in_format(
        &self,
        document: impl FnOnce() -> Document,
        data: &impl Serialize,
    ) -> Report {
        if self.site.borrow().is_some() {
            return self.report(document(), data);
        }
        Report::in_format(self.asked.format, document, data)
    }

    /// A report as JSON whatever the format, for files that other systems read.
    pub(crate) fn json_only(&self, data: &impl Serialize) -> Report {
        let report = Report::json_only(data);
        match self.site.borrow().as_ref() {
            Some(site) => report.with(&WithSite { site }),
            None => report,
        }
    }

    /// Whether anybody will see what is shown in full detail alone.
    pub(crate) fn in_full(&self) -> bool {
        self.asked.report || self.asked.detail == Detail::Full
    }

    /// Whom a file is about, for the report of it; `shown`: what names the patient may be shown.
    pub(crate) fn is_about(&self, patient: impl FnOnce() -> Option<Patient>, shown: bool) {
        if !self.asked.report && !self.by_another && self.environment.identity.is_none() {
            return;
        }
        let patients = &mut *self.patients.borrow_mut();
        patients.may_show |= shown;
        if let Some(patient) = patient().filter(|patient| !patients.known.contains(patient)) {
            patients.known.insert(patient.clone());
            patients.all.push(patient);
        }
    }

    /// Whom the files are about, and whether that may be shown.
    pub(crate) fn patients(&self) -> (Vec<Patient>, bool) {
        let patients = self.patients.borrow();
        (patients.all.clone(), patients.may_show)
    }

    /// The files for one of several threads; [`Context::was_read`] takes back what it has read.
    pub(crate) fn files_apart(&self) -> Recorded<'a> {
        self.recorded.apart()
    }

    pub(crate) fn was_read(&self, files: Vec<ReadFile>) {
        self.recorded.add(files);
    }

    /// The files, for what is no input of the result.
    pub(crate) fn unrecorded(&self) -> &dyn Files {
        self.recorded.unrecorded()
    }

    /// Tells the program's own file, or why it cannot; nothing where no program is told.
    pub(crate) fn tell_executable(&self, build: &mut Build) {
        let Some(identity) = self.environment.identity.as_ref() else {
            return;
        };
        match executable(self.unrecorded(), identity.executable.as_deref()) {
            Ok(file) => build.executable = Some(file),
            Err(why) => build.executable_unread = Some(why),
        }
    }

    /// The digest of a file that was read whole, where such digests are kept.
    pub(crate) fn sha256_of(&self, path: &Path) -> Option<String> {
        let mut read = self.recorded.read().into_iter().rev();
        read.find(|file| file.path == path).map(|file| file.sha256)
    }

    /// The files that were read, and what each may be called: a name that holds the patient's is withheld.
    pub(crate) fn inputs(&self) -> Vec<(PathBuf, Input)> {
        let patients = self.patients.borrow();
        let identities = PatientIdentities::of(&patients.all);
        let files = (1..).zip(self.recorded.read());
        files
            .map(|(number, file): (usize, ReadFile)| {
                let input = Input {
                    name: named_by(&file.path, number, &identities, patients.may_show),
                    bytes: file.bytes,
                    sha256: file.sha256,
                };
                (file.path, input)
            })
            .collect()
    }

    /// What the result was made from, where that is told: with the time where a file is written.
    pub(crate) fn build(&self) -> Result<Option<Build>, Failure> {
        if self.environment.identity.is_none() {
            return Ok(None);
        }
        let mut build = self.used.borrow().build()?;
        build.inputs = self.inputs().into_iter().map(|(_, input)| input).collect();
        let writes = self.asked.report
            || !self.outgoing.borrow().is_empty()
            || !self.grown.borrow().is_empty();
        build.time = writes.then(|| self.now_utc()).flatten();
        Ok(Some(build))
    }

    /// The time in UTC, to the second.
    pub(crate) fn now_utc(&self) -> Option<Timestamp> {
        Timestamp::from_second(self.environment.now.timestamp().as_second()).ok()
    }

    /// Whether there is a file or folder of this name.
    pub(crate) fn exists(&self, path: &Path) -> bool {
        self.files.kind(path).is_ok()
    }

    pub(crate) fn is_folder(&self, path: &Path) -> bool {
        matches!(self.files.kind(path), Ok(FileKind::Folder))
    }

    /// A text to write, in a file whose name has one of the `endings`.
    pub(crate) fn write_text(
        &self,
        path: &Path,
        text: String,
        endings: &[&str],
        what: &str,
    ) -> Result<(), Failure> {
        let ending = path.extension().and_then(|ending| ending.to_str());
        let known = |ending: &str| endings.iter().any(|e| ending.eq_ignore_ascii_case(e));
        if !ending.is_some_and(known) {
            return Err(Failure::new(
                refused::FILE_NAME,
                format!(
                    "{}: {what}, so its name must end in .{}",
                    path.display(),
                    endings.join(" or .")
                ),
            ));
        }
        self.write(OutputFile {
            path: path.into(),
            bytes: text.into_bytes(),
            replace: true,
        })
    }

    /// A picture to write.
    pub(crate) fn write_picture(&self, path: &Path, svg: &str) -> Result<(), Failure> {
        self.write_text(path, svg.to_string(), &["svg"], "a picture is SVG")
    }

    /// Before any work: whether a file may be written there. It is none of the inputs, no folder, link or
    /// device, and not there yet unless --force replaces it.
    pub(crate) fn may_write<'p>(
        &self,
        path: &Path,
        inputs: impl IntoIterator<Item = &'p Path>,
    ) -> Result<(), Failure> {
        let name = path.display();
        let Ok(kind) = self.files.own_kind(path) else {
            let folder = path.parent().unwrap_or(Path::new(""));
            if self.files.can_hold(folder) {
                return Ok(());
            }
            return Err(Failure::new(
                refused::FILE_NO_FOLDER,
                format!(
                    "cannot write {name}: there is no folder {}: make it, or choose another name",
                    folder.display()
                ),
            ));
        };
        let mut inputs = inputs.into_iter();
        if inputs.any(|input| self.files.is_same(input, path)) {
            return Err(Failure::new(
                refused::FILE_IS_INPUT,
                format!(
                    "{name} is an input, and inputs are never overwritten: choose another name"
                ),
            ));
        }
        // a rename would put a file in the place of a device or a link
        if kind != FileKind::File {
            return Err(Failure::new(
                refused::FILE_KIND,
                format!(
                    "{name} is a folder, a link or a device, which is never replaced: choose another name"
                ),
            ));
        }
        if self.asked.force {
            return Ok(());
        }
        Err(Failure::new(
            refused::FILE_EXISTS,
            format!("{name} is there already and is not replaced: choose another name, or --force"),
        ))
    }

    /// A file to write. A folder, a link or a device is never replaced.
    pub(crate) fn write(&self, file: OutputFile) -> Result<(), Failure> {
        match self.files.own_kind(&file.path) {
            // a rename would put a file in the place of a device or a link
            Ok(kind) if kind != FileKind::File => Err(Failure::new(
                refused::FILE_KIND,
                format!(
                    "{} is a folder, a link or a device, which is never replaced: choose another name",
                    file.path.display()
                ),
            )),
            _ => {
                self.outgoing.borrow_mut().push(file);
                Ok(())
            }
        }
    }

    /// A file that was written piece by piece: it gets its name when nothing else can fail.
    pub(crate) fn write_grown(&self, path: &Path, file: Box<dyn Growing>) {
        self.grown.borrow_mut().push((path.into(), file));
    }

    /// Gives what was written piece by piece its name, once everything else that is to be written lies whole
    /// beside it: all of it or nothing.
    pub(crate) fn finish(&self) -> Result<(), Failure> {
        let grown = self.grown.take();
        if grown.is_empty() {
            return Ok(());
        }
        let cannot = |path: &Path, error| cannot_write(path, &error);
        let mut parts: Vec<(PathBuf, Box<dyn Growing>)> = Vec::new();
        let mut others = Vec::new();
        for file in self.outgoing.take() {
            let part = self.files.grow(&file.path, file.replace);
            if let Some(mut part) = part.map_err(|error| cannot(&file.path, error))? {
                part.write_all(&file.bytes)
                    .map_err(|error| cannot(&file.path, error))?;
                parts.push((file.path, part));
            } else {
                others.push(file);
            }
        }
        *self.outgoing.borrow_mut() = others;
        parts.extend(grown);
        for (path, part) in &mut parts {
            part.settle().map_err(|error| cannot(path, error))?;
        }
        let mut failed = Ok(());
        let mut named = Vec::new();
        for (path, mut part) in parts {
            match part.finish() {
                Ok(()) => named.push(part),
                Err(error) => {
                    failed = Err(cannot(&path, error));
                    break;
                }
            }
        }
        if failed.is_err() {
            named.iter_mut().rev().for_each(|part| part.take_back());
        }
        failed
    }

    /// What is to be written.
    pub(crate) fn into_files(self) -> Vec<OutputFile> {
        self.outgoing.into_inner()
    }
}
