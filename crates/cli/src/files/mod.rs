//! Where a command reads files: the disk, or a map of names to bytes.
//!
//! A command never writes. What it would write stands in its output, and the face that called it
//! writes the files, all or none. Only what may be larger than memory grows on the disk under another
//! name, and gets its name when it is whole.

mod disk;
mod memory;
#[cfg(not(unix))]
mod no_signals;
mod recorded;
#[cfg(unix)]
mod signals;

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

pub use disk::Disk;
pub use memory::Memory;
pub(crate) use recorded::{ReadFile, Recorded};

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A file with content.
    File,
    /// A folder.
    Folder,
    /// A link, where links are not followed.
    Link,
    /// A pipe or a device.
    Other,
}

/// One thing in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path, the folder's in front.
    pub path: PathBuf,
    /// What it is; a link is a link.
    pub kind: FileKind,
}

/// A file that is written piece by piece, because it may not fit into memory. It has its name only when it
/// is finished; one that is not leaves nothing.
pub trait Growing: Write + Send {
    /// Makes sure that all of it is stored.
    ///
    /// # Errors
    /// It cannot be: the disk is full, for example.
    fn settle(&mut self) -> io::Result<()>;

    /// Gives it its name.
    ///
    /// # Errors
    /// It cannot be written, or another file has the name.
    fn finish(&mut self) -> io::Result<()>;

    /// Takes its name from it again: what had it before has it then.
    fn take_back(&mut self);
}

/// Files that can be read.
pub trait Files: Sync {
    /// What a path leads to, links followed.
    ///
    /// # Errors
    /// There is nothing, or it may not be looked at.
    fn kind(&self, path: &Path) -> io::Result<FileKind>;

    /// What stands at a path; a link is a link.
    ///
    /// # Errors
    /// There is nothing, or it may not be looked at.
    fn own_kind(&self, path: &Path) -> io::Result<FileKind>;

    /// A file to read, with its size.
    ///
    /// # Errors
    /// There is no file, or it may not be read.
    fn open<'f>(&'f self, path: &Path) -> io::Result<(Box<dyn Read + Send + 'f>, u64)>;

    /// What is in a folder, in the order of names.
    ///
    /// # Errors
    /// There is no folder, or it may not be read.
    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>>;

    /// The path without links and steps back.
    ///
    /// # Errors
    /// There is nothing, or it may not be looked at.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf>;

    /// Whether two paths lead to one file, by links of either kind too.
    fn is_same(&self, one: &Path, other: &Path) -> bool;

    /// Whether files can be written into a folder of this name.
    fn can_hold(&self, _folder: &Path) -> bool {
        true
    }

    /// A file to write piece by piece; none where files are kept whole in the output.
    ///
    /// # Errors
    /// It cannot be written there.
    fn grow(&self, _path: &Path, _replace: bool) -> io::Result<Option<Box<dyn Growing>>> {
        Ok(None)
    }
}
