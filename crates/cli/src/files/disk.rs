//! The files of the disk.

use std::fs::{self, File, FileType, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

#[cfg(not(unix))]
use super::no_signals::Held;
#[cfg(unix)]
use super::signals::Held;
use super::{Entry, FileKind, Files, Growing};
use crate::output::OutputFile;

/// The files of the disk.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

fn kind(of: FileType) -> FileKind {
    if of.is_symlink() {
        FileKind::Link
    } else if of.is_dir() {
        FileKind::Folder
    } else if of.is_file() {
        FileKind::File
    } else {
        FileKind::Other
    }
}

/// A pipe or a device that has a name would keep the command waiting for a writer, or never end. A
/// pipe of the shell (`<(…)`, `/dev/stdin`) leads to no name and is read like a file.
fn refuse_special(path: &Path) -> io::Result<()> {
    if kind(fs::metadata(path)?.file_type()) == FileKind::Other && path.canonicalize().is_ok() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "it is a named pipe (FIFO), a socket or a device, not a file: name a file",
        ));
    }
    Ok(())
}

impl Files for Disk {
    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        Ok(kind(fs::metadata(path)?.file_type()))
    }

    fn own_kind(&self, path: &Path) -> io::Result<FileKind> {
        Ok(kind(fs::symlink_metadata(path)?.file_type()))
    }

    fn open<'f>(&'f self, path: &Path) -> io::Result<(Box<dyn Read + Send + 'f>, u64)> {
        refuse_special(path)?;
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        Ok((Box::new(file), size))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let mut entries = fs::read_dir(folder)?
            .map(|entry| {
                let entry = entry?;
                Ok(Entry {
                    path: entry.path(),
                    kind: kind(entry.file_type()?),
                })
            })
            .collect::<io::Result<Vec<_>>>()?;
        entries.sort_by(|one, other| one.path.file_name().cmp(&other.path.file_name()));
        Ok(entries)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        path.canonicalize()
    }

    fn is_same(&self, one: &Path, other: &Path) -> bool {
        // to compare files means to open them, and a named pipe would wait for a writer
        let file = |path| matches!(self.kind(path), Ok(FileKind::File | FileKind::Folder));
        if file(one) && file(other) {
            return same_file::is_same_file(one, other).unwrap_or(false);
        }
        match (one.canonicalize(), other.canonicalize()) {
            (Ok(one), Ok(other)) => one == other,
            _ => false,
        }
    }

    fn can_hold(&self, folder: &Path) -> bool {
        folder.as_os_str().is_empty() || matches!(self.kind(folder), Ok(FileKind::Folder))
    }

    fn grow(&self, path: &Path, replace: bool) -> io::Result<Option<Box<dyn Growing>>> {
        let part = beside(path);
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&part)?;
        Ok(Some(Box::new(Part {
            file,
            unfinished: part,
            path: path.into(),
            replace,
            named: None,
            held: Some(Held::hold()),
        })))
    }
}

/// A file that grows under another name.
struct Part {
    file: File,
    unfinished: PathBuf,
    path: PathBuf,
    replace: bool,
    named: Option<Named>,
    /// The signals that would leave it behind.
    held: Option<Held>,
}

impl Write for Part {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(held) = &self.held {
            held.go_on()
                .map_err(|_| io::Error::other("the command was told to end"))?;
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Growing for Part {
    fn settle(&mut self) -> io::Result<()> {
        self.file.sync_all()
    }

    fn finish(&mut self) -> io::Result<()> {
        self.settle()?;
        self.named = Some(Named::give(&self.unfinished, &self.path, self.replace)?);
        Ok(())
    }

    fn take_back(&mut self) {
        if let Some(named) = self.named.take() {
            named.take_back();
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // one that has its name is gone
        let _ = fs::remove_file(&self.unfinished);
        if let Some(named) = self.named.take() {
            named.keep();
        }
        if let Some(held) = self.held.take() {
            held.release();
        }
    }
}

impl Disk {
    /// Writes every file, or none of them: first under other names in the same folders, flushed, and
    /// then renamed.
    ///
    /// What is not finished holds patient data. Where the process is told to end meanwhile (SIGINT,
    /// SIGTERM, SIGHUP or SIGQUIT), it is removed first, and the process ends by that signal. So it is
    /// where the file would be larger than the process may write (SIGXFSZ), which is then an error.
    ///
    /// # Errors
    /// The first file that cannot be written, and why.
    pub fn write(files: &[OutputFile]) -> Result<(), (PathBuf, io::Error)> {
        if files.is_empty() {
            return Ok(());
        }
        let held = Held::hold();
        let written = write_all(files, &held);
        held.release();
        written
    }
}

fn write_all(files: &[OutputFile], held: &Held) -> Result<(), (PathBuf, io::Error)> {
    let mut parts: Vec<PathBuf> = Vec::with_capacity(files.len());
    let mut written = Ok(());
    for file in files {
        let part = beside(&file.path);
        written = write_part(&part, &file.bytes, held).map_err(|error| (file.path.clone(), error));
        parts.push(part);
        if written.is_err() {
            break;
        }
    }
    let mut named: Vec<Named> = Vec::with_capacity(files.len());
    if written.is_ok() {
        for (file, part) in files.iter().zip(&parts) {
            match Named::give(part, &file.path, file.replace) {
                Ok(one) => named.push(one),
                Err(error) => {
                    written = Err((file.path.clone(), error));
                    break;
                }
            }
        }
    }
    if written.is_ok() {
        named.into_iter().for_each(Named::keep);
    } else {
        named.into_iter().rev().for_each(Named::take_back);
    }
    for part in parts {
        // one that has its name is gone
        let _ = fs::remove_file(part);
    }
    written
}

fn beside(path: &Path) -> PathBuf {
    beside_as(path, "part")
}

fn beside_as(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.{ending}", std::process::id()));
    path.with_file_name(name)
}

/// A file that has got its name, and the one that had it before.
struct Named {
    path: PathBuf,
    before: Option<PathBuf>,
}

impl Named {
    /// What has the name is kept beside it, so that it can have its name again.
    fn give(part: &Path, path: &Path, replace: bool) -> io::Result<Self> {
        let is_file = |path: &Path| path.symlink_metadata().is_ok_and(|it| it.is_file());
        let before = (replace && is_file(path)).then(|| beside_as(path, "before"));
        if let Some(before) = &before {
            fs::hard_link(path, before).or_else(|_| fs::rename(path, before))?;
        }
        let named = Self {
            path: path.into(),
            before,
        };
        if let Err(error) = give_name(part, path, replace) {
            named.put_back();
            return Err(error);
        }
        Ok(named)
    }

    /// All files have their names.
    fn keep(self) {
        if let Some(before) = self.before {
            let _ = fs::remove_file(before);
        }
    }

    /// Another file could not get its name, so this one does not keep it either.
    fn take_back(self) {
        if self.before.is_none() {
            let _ = fs::remove_file(&self.path);
        }
        self.put_back();
    }

    fn put_back(&self) {
        if let Some(before) = &self.before {
            // two names of one file are left as they are, and then the second one is one too many
            let _ = fs::rename(before, &self.path);
            let _ = fs::remove_file(before);
        }
    }
}

/// So much is written between two looks at the signals.
const PIECE: usize = 1 << 20;

fn write_part(part: &Path, bytes: &[u8], held: &Held) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(part)?;
    for piece in bytes.chunks(PIECE) {
        held.go_on()?;
        file.write_all(piece)?;
    }
    file.sync_all()?;
    held.go_on()
}

/// A link fails where a file exists already, which a rename does not; file systems without links get
/// the rename, after one more look.
fn give_name(part: &Path, path: &Path, replace: bool) -> io::Result<()> {
    if replace {
        return fs::rename(part, path);
    }
    match fs::hard_link(part, path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) if path.symlink_metadata().is_ok() => {
            Err(io::Error::from(io::ErrorKind::AlreadyExists))
        }
        Err(_) => fs::rename(part, path),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_overwritten_unasked_and_nothing_half_written() {
        let folder = tempfile::tempdir().unwrap();
        let there = folder.path().join("there.dcm");
        let file = |path: &Path, bytes: &[u8], replace| OutputFile {
            path: path.into(),
            bytes: bytes.into(),
            replace,
        };
        let count = || fs::read_dir(folder.path()).unwrap().count();
        Disk::write(&[file(&there, b"first", false)]).unwrap();
        let (path, error) = Disk::write(&[file(&there, b"second", false)]).unwrap_err();
        assert_eq!(
            (path, error.kind()),
            (there.clone(), io::ErrorKind::AlreadyExists)
        );
        let nowhere = folder.path().join("no such folder").join("other.dcm");
        let both = [file(&there, b"second", true), file(&nowhere, b"", false)];
        assert_eq!(Disk::write(&both).unwrap_err().0, nowhere);
        assert_eq!((fs::read(&there).unwrap(), count()), (b"first".to_vec(), 1));
        Disk::write(&[file(&there, b"third", true)]).unwrap();
        assert_eq!((fs::read(&there).unwrap(), count()), (b"third".to_vec(), 1));
    }

    #[test]
    fn where_one_file_cannot_have_its_name_none_has() {
        let folder = tempfile::tempdir().unwrap();
        let [old, new, taken] =
            ["old.csv", "new.csv", "taken"].map(|name| folder.path().join(name));
        fs::write(&old, b"before").unwrap();
        fs::create_dir(&taken).unwrap();
        let names = || {
            let entries = fs::read_dir(folder.path()).unwrap();
            let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            names
        };
        let file = |path: &Path, replace| OutputFile {
            path: path.into(),
            bytes: b"after".into(),
            replace,
        };
        let files = [file(&old, true), file(&new, false), file(&taken, true)];
        assert_eq!(Disk::write(&files).unwrap_err().0, taken);
        assert_eq!(fs::read(&old).unwrap(), b"before");
        assert_eq!(names(), ["old.csv", "taken"]);

        // files that grow are named one by one and taken back
        let grown = |path: &Path, replace| {
            let mut part = Disk.grow(path, replace).unwrap().unwrap();
            part.write_all(b"after").unwrap();
            part
        };
        let mut parts = [grown(&old, true), grown(&new, false)];
        let mut last = grown(&taken, true);
        for part in &mut parts {
            part.finish().unwrap();
        }
        assert_eq!(fs::read(&old).unwrap(), b"after");
        assert!(last.finish().is_err());
        for part in &mut parts {
            part.take_back();
        }
        drop((parts, last));
        assert_eq!(fs::read(&old).unwrap(), b"before");
        assert_eq!(names(), ["old.csv", "taken"]);

        // all of them, and nothing is left beside them
        Disk::write(&files[..2]).unwrap();
        assert_eq!(fs::read(&old).unwrap(), b"after");
        assert_eq!(names(), ["new.csv", "old.csv", "taken"]);
        let mut part = grown(&old, true);
        part.finish().unwrap();
        drop(part);
        assert_eq!(names(), ["new.csv", "old.csv", "taken"]);
    }
}
