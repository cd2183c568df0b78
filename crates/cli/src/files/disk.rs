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

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.settle()?;
        give_name(&self.unfinished, &self.path, self.replace)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // one that has its name is gone
        let _ = fs::remove_file(&self.unfinished);
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
    if written.is_ok() {
        for (file, part) in files.iter().zip(&parts) {
            written = give_name(part, &file.path, file.replace)
                .map_err(|error| (file.path.clone(), error));
            if written.is_err() {
                break;
            }
        }
    }
    for part in parts {
        // one that has its name is gone
        let _ = fs::remove_file(part);
    }
    written
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
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
}
