//! Files out: a whole file or none.

use std::io::Write as _;
use std::path::Path;

use crate::failure::Failure;

/// Writes a picture.
pub(crate) fn write(path: &Path, svg: &str) -> Result<(), Failure> {
    write_whole(path, svg, &["svg"], "a picture is SVG")
}

/// Writes a whole file or nothing: beside its place first, then renamed onto it. Its name must have
/// one of the `endings`.
pub(crate) fn write_whole(
    path: &Path,
    text: &str,
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
    // a rename would put a file in the place of a device or a link
    if path.symlink_metadata().is_ok_and(|there| !there.is_file()) {
        return Err(Failure::new(format!(
            "{} is a folder, a link or a device, which is never replaced: choose another name",
            path.display()
        )));
    }
    let cannot =
        |error: std::io::Error| Failure::new(format!("cannot write {}: {error}", path.display()));
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&part)
        .and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        })
        .and_then(|()| std::fs::rename(&part, path));
    written.map_err(|error| {
        // the part may not exist; the first error is the one to tell
        let _ = std::fs::remove_file(&part);
        cannot(error)
    })
}
