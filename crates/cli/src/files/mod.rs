//! Where a command reads files: the disk, or a map of names to bytes.
//!
//! A command never writes. What it would write stands in its output, and the face that called it
//! writes the files, all or none.

mod disk;
mod memory;
#[cfg(not(unix))]
mod no_signals;
mod recorded;
#[cfg(unix)]
mod signals;

use std::io::{self, Read};
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

/// Files that can be read.
pub trait Files {
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
    fn open<'f>(&'f self, path: &Path) -> io::Result<(Box<dyn Read + 'f>, u64)>;

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
}
