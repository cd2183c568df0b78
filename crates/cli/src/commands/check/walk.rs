//! The files that are named, and those in folders.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chemorad::report::Code;
use chemorad_render::check::NotChecked;

use crate::coded::Coded;
use crate::files::{Entry, FileKind};
use crate::output::Context;
use crate::refused;

/// A file, what to call it, and whether it was named itself or found in a folder.
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) name: String,
    pub(super) named: bool,
}

/// What was found, and what was not.
#[derive(Default)]
pub(super) struct Walked {
    pub(super) found: Vec<Found>,
    pub(super) not_checked: Vec<NotChecked>,
    /// Pipes and devices in folders.
    pub(super) skipped: usize,
}

impl Walked {
    pub(super) fn new(context: &Context<'_>, files: &[PathBuf]) -> Self {
        let mut walked = Self::default();
        for path in files {
            if context.is_folder(path) {
                let root = context.files.resolve(path).unwrap_or_else(|_| path.clone());
                let mut walk = Walk {
                    context,
                    top: path,
                    root,
                    walked: &mut walked,
                };
                walk.folder(path);
            } else {
                let name = path.file_name().unwrap_or(path.as_os_str());
                walked.found.push(Found {
                    path: path.clone(),
                    name: name.to_string_lossy().into_owned(),
                    named: true,
                });
            }
        }
        walked
    }

    /// What to call each file: its own name, or its path where another file has that name.
    pub(super) fn names(&self) -> Vec<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for file in &self.found {
            *counts.entry(&file.name).or_default() += 1;
        }
        let name = |file: &Found| match counts.get(&*file.name) {
            Some(1) => file.name.clone(),
            _ => file.path.display().to_string(),
        };
        self.found.iter().map(name).collect()
    }
}

/// The files in a folder and the folders in it, in the order of their names, called by their place
/// below `top`. Links that lead out of it are followed to files and not to folders, so that the walk
/// ends; one bad entry does not stop the rest.
struct Walk<'a> {
    context: &'a Context<'a>,
    top: &'a Path,
    /// `top` without links.
    root: PathBuf,
    walked: &'a mut Walked,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path) {
        let entries = match self.context.files.list(folder) {
            Ok(entries) => entries,
            Err(error) => {
                let reason = format!("cannot read the folder: {error}");
                return self.skip(folder, error.code(), reason, true);
            }
        };
        for Entry { path, kind } in entries {
            match kind {
                FileKind::Folder => self.folder(&path),
                FileKind::File => self.file(path),
                FileKind::Link => self.link(path),
                // a pipe or a device
                FileKind::Other => self.walked.skipped += 1,
            }
        }
    }

    fn link(&mut self, path: PathBuf) {
        let files = self.context.files;
        let target = files
            .resolve(&path)
            .and_then(|target| Ok((files.kind(&target)?, target)));
        match target {
            // found where it is
            Ok((_, target)) if target.starts_with(&self.root) => {}
            Ok((FileKind::File, _)) => self.file(path),
            Ok((FileKind::Folder, _)) => {
                let reason = "a link to a folder is not followed: name the folder itself";
                self.skip(&path, refused::FILE_LINK, reason.into(), false);
            }
            Ok(_) => self.walked.skipped += 1,
            Err(error) => {
                let reason = format!("cannot follow the link: {error}");
                self.skip(&path, error.code(), reason, true);
            }
        }
    }

    fn file(&mut self, path: PathBuf) {
        self.walked.found.push(Found {
            name: self.name(&path),
            path,
            named: false,
        });
    }

    fn name(&self, path: &Path) -> String {
        let below = path.strip_prefix(self.top).unwrap_or(path);
        let shown = if below.as_os_str().is_empty() {
            path
        } else {
            below
        };
        shown.to_string_lossy().into_owned()
    }

    fn skip(&mut self, path: &Path, code: Code, reason: String, unreadable: bool) {
        self.walked.not_checked.push(NotChecked {
            name: self.name(path).into(),
            code,
            reason,
            unreadable,
        });
    }
}
