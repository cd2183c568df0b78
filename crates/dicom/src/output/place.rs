//! Files that are whole or not there.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::{WriteError, WriteOptions, Written};
use crate::equivalent::DerivedDose;

impl DerivedDose {
    /// Writes the dose to a file: whole or not at all.
    ///
    /// It is written beside its final name first, flushed to the disk and then given the name. A file of
    /// that name is an error, unless [`WriteOptions::replace`] says to replace it; a folder, a link or a
    /// device of that name is one always.
    ///
    /// # Errors
    /// As [`to_bytes`](Self::to_bytes); a file of that name; no permission or no space.
    pub fn write(&self, path: &Path, options: &WriteOptions) -> Result<Written, WriteError> {
        match path.symlink_metadata() {
            Ok(_) if !options.replace => return Err(WriteError::Exists(path.into())),
            // a rename would put a file in the place of a device or a link
            Ok(there) if !there.is_file() => return Err(WriteError::NoFile(path.into())),
            _ => {}
        }
        let encoded = self.encode(options)?;
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".{}.part", std::process::id()));
        let part = path.with_file_name(name);
        let io = |source| WriteError::Io {
            path: path.into(),
            source,
        };
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&part)
            .map_err(io)?;
        let written = encoded
            .parts()
            .into_iter()
            .try_for_each(|part| file.write_all(part))
            .and_then(|()| file.sync_all())
            .map_err(io)
            .and_then(|()| give_name(&part, path, options.replace));
        // it was created here, so it is removed here, whether it has its name or not; after a rename it is gone
        let _ = fs::remove_file(&part);
        written.map(|()| encoded.written)
    }
}

/// A link fails where a file exists already, which a rename does not; file systems without links get
/// the rename, after one more look.
fn give_name(part: &Path, path: &Path, replace: bool) -> Result<(), WriteError> {
    let rename = || {
        fs::rename(part, path).map_err(|source| WriteError::Io {
            path: path.into(),
            source,
        })
    };
    if replace {
        return rename();
    }
    match fs::hard_link(part, path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(WriteError::Exists(path.into()))
        }
        Err(_) if path.symlink_metadata().is_ok() => Err(WriteError::Exists(path.into())),
        Err(_) => rename(),
    }
}
