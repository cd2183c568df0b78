//! Files that remember what was read of them, for a report to name it.

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use super::{Entry, FileKind, Files, Growing};

/// A file that was read from beginning to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReadFile {
    pub(crate) path: PathBuf,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

/// Files that remember what was read of them, where that is wanted.
pub(crate) struct Recorded<'a> {
    files: &'a dyn Files,
    wanted: bool,
    /// Whether nothing may be written, not even piece by piece.
    kept: bool,
    read: Mutex<Once>,
}

/// Each file once, in the order in which they were read.
#[derive(Default)]
struct Once {
    files: Vec<ReadFile>,
    digests: HashSet<String>,
}

impl Once {
    fn add(&mut self, file: ReadFile) {
        if self.digests.insert(file.sha256.clone()) || !self.files.contains(&file) {
            self.files.push(file);
        }
    }
}

impl<'a> Recorded<'a> {
    pub(crate) fn new(files: &'a dyn Files, wanted: bool) -> Self {
        Self {
            files,
            wanted,
            kept: false,
            read: Mutex::default(),
        }
    }

    /// Remembers what was read, and lets nothing be written.
    pub(crate) fn keeping(files: &'a dyn Files) -> Self {
        Self {
            kept: true,
            ..Self::new(files, true)
        }
    }

    /// The files, for what is no input of a result.
    pub(crate) fn unrecorded(&self) -> &'a dyn Files {
        self.files
    }

    /// Each file that was read, once.
    pub(crate) fn read(&self) -> Vec<ReadFile> {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.files.clone()
    }

    /// The same files with a memory of their own, for one of several threads: what it has read is added in
    /// an order that does not depend on the threads.
    pub(crate) fn apart(&self) -> Self {
        Self {
            kept: self.kept,
            ..Self::new(self.files, self.wanted)
        }
    }

    /// Remembers what was read by another.
    pub(crate) fn add(&self, files: Vec<ReadFile>) {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        for file in files {
            read.add(file);
        }
    }
}

impl Files for Recorded<'_> {
    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        self.files.kind(path)
    }

    fn own_kind(&self, path: &Path) -> io::Result<FileKind> {
        self.files.own_kind(path)
    }

    fn open<'f>(&'f self, path: &Path) -> io::Result<(Box<dyn Read + Send + 'f>, u64)> {
        let (inner, size) = self.files.open(path)?;
        if !self.wanted {
            return Ok((inner, size));
        }
        let reader = Hashing {
            inner,
            path: path.into(),
            size,
            whole: false,
            bytes: 0,
            hash: Sha256::new(),
            read: &self.read,
        };
        Ok((Box::new(reader), size))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        self.files.list(folder)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.files.resolve(path)
    }

    fn is_same(&self, one: &Path, other: &Path) -> bool {
        self.files.is_same(one, other)
    }

    fn can_hold(&self, folder: &Path) -> bool {
        self.files.can_hold(folder)
    }

    fn grow(&self, path: &Path, replace: bool) -> io::Result<Option<Box<dyn Growing>>> {
        if self.kept {
            return Ok(None);
        }
        self.files.grow(path, replace)
    }
}

/// The digest of the very bytes that were read, which a second look at the file might not give.
struct Hashing<'f> {
    inner: Box<dyn Read + Send + 'f>,
    path: PathBuf,
    size: u64,
    whole: bool,
    bytes: u64,
    hash: Sha256,
    read: &'f Mutex<Once>,
}

impl Read for Hashing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if let Some(read) = buffer.get(..count) {
            self.hash.update(read);
        }
        self.bytes += count as u64;
        self.whole |= count == 0 && !buffer.is_empty();
        Ok(count)
    }
}

impl Drop for Hashing<'_> {
    fn drop(&mut self) {
        // what was only looked into is no input
        if !self.whole && (self.size == 0 || self.bytes != self.size) {
            return;
        }
        let hash = std::mem::take(&mut self.hash).finalize();
        let file = ReadFile {
            path: std::mem::take(&mut self.path),
            bytes: self.bytes,
            sha256: format!("{hash:x}"),
        };
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.add(file);
    }
}
