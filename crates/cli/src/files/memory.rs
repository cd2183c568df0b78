//! Files in memory, by their names.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use super::{Entry, FileKind, Files};

/// Files in memory: what a page was given.
///
/// ```
/// use std::io::Read as _;
/// use std::path::Path;
///
/// use chemorad_cli::files::{FileKind, Files as _, Memory};
///
/// let files = Memory::from_iter([("plans/pelvis.dcm", b"DICM".to_vec())]);
/// assert_eq!(files.kind(Path::new("plans"))?, FileKind::Folder);
/// let mut text = String::new();
/// files.open(Path::new("./plans/pelvis.dcm"))?.0.read_to_string(&mut text)?;
/// assert_eq!(text, "DICM");
/// assert!(files.open(Path::new("other.dcm")).is_err());
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Memory(BTreeMap<PathBuf, Vec<u8>>);

impl<P: AsRef<Path>> FromIterator<(P, Vec<u8>)> for Memory {
    fn from_iter<I: IntoIterator<Item = (P, Vec<u8>)>>(files: I) -> Self {
        let files = files.into_iter();
        Self(
            files
                .map(|(path, bytes)| (plain(path.as_ref()), bytes))
                .collect(),
        )
    }
}

/// A path without steps that lead nowhere.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

fn absent() -> io::Error {
    io::Error::new(
        io::ErrorKind::NotFound,
        "it is not among the files opened here",
    )
}

impl Files for Memory {
    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        let path = plain(path);
        if self.0.contains_key(&path) {
            Ok(FileKind::File)
        } else if path.as_os_str().is_empty() || self.0.keys().any(|file| file.starts_with(&path)) {
            Ok(FileKind::Folder)
        } else {
            Err(absent())
        }
    }

    fn own_kind(&self, path: &Path) -> io::Result<FileKind> {
        self.kind(path)
    }

    fn open<'f>(&'f self, path: &Path) -> io::Result<(Box<dyn Read + Send + 'f>, u64)> {
        let bytes = self.0.get(&plain(path)).ok_or_else(absent)?;
        Ok((Box::new(bytes.as_slice()), bytes.len() as u64))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let folder = plain(folder);
        let mut entries: Vec<Entry> = Vec::new();
        for file in self.0.keys() {
            let Some(Component::Normal(name)) = file
                .strip_prefix(&folder)
                .ok()
                .and_then(|below| below.components().next())
            else {
                continue;
            };
            let path = folder.join(name);
            if entries.last().is_none_or(|last| last.path != path) {
                let kind = self.kind(&path)?;
                entries.push(Entry { path, kind });
            }
        }
        if entries.is_empty() {
            return Err(absent());
        }
        Ok(entries)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.kind(path).map(|_| plain(path))
    }

    fn is_same(&self, one: &Path, other: &Path) -> bool {
        plain(one) == plain(other)
    }
}
