//! What the files of site cases may be called: a name that holds a patient's is withheld.

use std::path::{Path, PathBuf};

use chemorad_dosimetry::Patient;
use chemorad_render::version::Input;

use crate::files::{FileKind, ReadFile};
use crate::input;
use crate::output::{Context, named};

/// The files of site cases, and whom they are about.
#[derive(Debug, Default)]
pub(super) struct Names {
    patients: Vec<Patient>,
    /// Files that were read, in that order.
    read: Vec<ReadFile>,
    /// Files that arguments name, whether or not they were read to the end.
    used: Vec<PathBuf>,
}

/// What stands for a name where no number tells it from another.
const WITHHELD: &str = "(name not shown)";

impl Names {
    pub(super) fn new(read: Vec<ReadFile>) -> Self {
        Self {
            read,
            ..Self::default()
        }
    }

    pub(super) fn add_patients(&mut self, context: &Context<'_>, patients: Vec<Patient>) {
        for patient in patients {
            if !self.patients.contains(&patient) {
                context.is_about(|| Some(patient.clone()), false);
                self.patients.push(patient);
            }
        }
    }

    pub(super) fn add_used(&mut self, paths: impl Iterator<Item = PathBuf>) {
        self.used.extend(paths);
    }

    pub(super) fn add_read(&mut self, files: &[ReadFile]) {
        for file in files {
            if !self.read.contains(file) {
                self.read.push(file.clone());
            }
        }
    }

    /// What a file that was read is called.
    pub(super) fn input(&self, file: &ReadFile) -> Input {
        let at = self.read.iter().position(|one| one == file);
        let number = at.map_or(0, |at| at + 1);
        Input {
            name: named(&file.path, number, &self.patients, false),
            bytes: file.bytes,
            sha256: file.sha256.clone(),
        }
    }

    /// Every file that was read.
    pub(super) fn inputs(&self) -> Vec<Input> {
        self.read.iter().map(|file| self.input(file)).collect()
    }

    fn is_withheld(&self, text: &str) -> bool {
        let mut all = self.patients.iter();
        all.any(|patient| patient.identity().is_named_in(text))
    }

    /// What a path is called.
    pub(super) fn of(&self, path: &Path) -> String {
        if let Some(file) = self.read.iter().find(|file| file.path == path) {
            return self.input(file).name.to_string();
        }
        let name = path.display().to_string();
        if self.is_withheld(&name) {
            WITHHELD.into()
        } else {
            name
        }
    }

    /// What a thing in the folder is called, without the folder.
    pub(super) fn of_entry(&self, path: &Path) -> String {
        let name = path.file_name().unwrap_or(path.as_os_str());
        let name = name.to_string_lossy().into_owned();
        if self.is_withheld(&name) {
            WITHHELD.into()
        } else {
            name
        }
    }

    /// What stands for a path that is withheld.
    pub(super) fn instead_of(&self, path: &Path) -> Option<String> {
        let is_withheld = self.is_withheld(&path.display().to_string());
        is_withheld.then(|| self.of(path))
    }

    /// Whether a text has the name of a file that is withheld.
    pub(super) fn has_withheld(&self, text: &str) -> bool {
        let read = self.read.iter().map(|file| file.path.as_path());
        let mut all = read.chain(self.used.iter().map(PathBuf::as_path));
        all.any(|path| {
            let name = path.file_name().and_then(|name| name.to_str());
            let is_in = name.is_some_and(|name| text.contains(name));
            is_in && self.is_withheld(&path.display().to_string())
        })
    }

    /// What of a folder was neither read as cases nor by one of them.
    pub(super) fn passed_over(
        &mut self,
        context: &Context<'_>,
        others: Vec<PathBuf>,
    ) -> Vec<String> {
        let mut over = Vec::new();
        for path in others {
            let is_folder = matches!(context.files.kind(&path), Ok(FileKind::Folder));
            let read = self.read.iter().map(|file| &file.path);
            let mut used = read.chain(&self.used);
            if !is_folder && used.any(|file| context.files.is_same(file, &path)) {
                continue;
            }
            if !is_folder {
                self.look_whom(context, &path);
            }
            over.push((path, is_folder));
        }
        let over = over.iter();
        over.map(|(path, is_folder)| {
            let name = self.of_entry(path);
            if *is_folder {
                format!("the subfolder {name}")
            } else {
                name
            }
        })
        .collect()
    }

    /// Whom a file is about that no case read: its name may be the patient's.
    fn look_whom(&mut self, context: &Context<'_>, path: &Path) {
        let regular = matches!(context.files.kind(path), Ok(FileKind::File));
        let patient = regular.then(|| input::whom(context.unrecorded(), path));
        if let Some(patient) = patient.flatten() {
            self.add_patients(context, vec![patient]);
        }
    }
}
