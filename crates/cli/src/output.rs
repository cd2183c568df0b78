//! What a command gives back, and what it needs to know of the world.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use jiff::Zoned;

use crate::failure::Failure;
use crate::files::{FileKind, Files};
use crate::report::Format;

/// What a command needs to know of the world around it.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The date and time, in the zone of the reader.
    pub now: Zoned,
    /// Whether messages may be coloured.
    pub colour: bool,
    /// The characters of a line.
    pub width: usize,
    /// Whether a person watches: long work then shows how far it is.
    pub watched: bool,
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
}

/// What every command is handed: the world around it, and a place for what it would write.
pub(crate) struct Context<'a> {
    pub(crate) environment: &'a Environment,
    pub(crate) files: &'a dyn Files,
    /// The only format that is asked for; none where all of them are.
    pub(crate) format: Option<Format>,
    outgoing: RefCell<Vec<OutputFile>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        environment: &'a Environment,
        files: &'a dyn Files,
        format: Option<Format>,
    ) -> Self {
        Self {
            environment,
            files,
            format,
            outgoing: RefCell::default(),
        }
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
            return Err(Failure::new(format!(
                "{}: {what}, so its name must end in .{}",
                path.display(),
                endings.join(" or .")
            )));
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

    /// A file to write. A folder, a link or a device is never replaced.
    pub(crate) fn write(&self, file: OutputFile) -> Result<(), Failure> {
        match self.files.own_kind(&file.path) {
            // a rename would put a file in the place of a device or a link
            Ok(kind) if kind != FileKind::File => Err(Failure::new(format!(
                "{} is a folder, a link or a device, which is never replaced: choose another name",
                file.path.display()
            ))),
            _ => {
                self.outgoing.borrow_mut().push(file);
                Ok(())
            }
        }
    }

    /// What is to be written.
    pub(crate) fn into_files(self) -> Vec<OutputFile> {
        self.outgoing.into_inner()
    }
}
