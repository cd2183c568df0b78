//! Tables of limits that come with this crate, each a file in `crates/crosscheck/limits`.
//!
//! They hold what was read in the document they name, and nothing else.

use chemorad_reader::Format;

use super::table::OrganLimits;

macro_rules! files {
    ($($id:literal),+ $(,)?) => {
        &[$(($id, include_str!(concat!("../../limits/", $id, ".toml")))),+]
    };
}

const FILES: &[(&str, &str)] = files![
    "anal-marrow-2016",
    "bowel-review-2021",
    "femurs-anus-prostate",
    "pelvis-trials-2016",
    "prostate-femoral-heads",
    "quantec-bladder",
    "quantec-bowel",
    "quantec-rectum",
];

/// No shipped table of limits has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no table of limits is called {given:?}; there is: {}. A file is named with its ending, .csv, .toml or .json; the limits of a protocol by its id",
    shipped_ids().collect::<Vec<_>>().join(", ")
)]
pub struct UnknownLimits {
    given: String,
}

/// The names of the shipped tables.
///
/// ```
/// assert!(chemorad_crosscheck::shipped_ids().any(|id| id == "quantec-bowel"));
/// ```
pub fn shipped_ids() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(id, _)| *id)
}

/// The file of a shipped table, as it is written.
///
/// ```
/// assert!(chemorad_crosscheck::shipped_text("quantec-bowel").is_some());
/// assert_eq!(chemorad_crosscheck::shipped_text("none"), None);
/// ```
#[must_use]
pub fn shipped_text(id: &str) -> Option<&'static str> {
    let mut files = FILES.iter();
    let (_, text) = files.find(|(known, _)| known.eq_ignore_ascii_case(id.trim()))?;
    Some(text)
}

/// A shipped table by its name.
///
/// ```
/// let bowel = chemorad_crosscheck::shipped("quantec-bowel")?;
/// assert_eq!(bowel.limits[0].to_string(), "bowel loops: V15Gy[cc] < 120 cc");
/// # Ok::<(), chemorad_crosscheck::UnknownLimits>(())
/// ```
///
/// # Errors
/// No table of this name; they are listed.
pub fn shipped(id: &str) -> Result<OrganLimits, UnknownLimits> {
    FILES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(id.trim()))
        // a test reads every one
        .and_then(|(id, text)| OrganLimits::from_text(id, text, Format::Toml).ok())
        .ok_or_else(|| UnknownLimits {
            given: id.chars().take(60).collect(),
        })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::{FILES, OrganLimits, shipped};
    use chemorad_reader::Format;

    #[test]
    fn every_shipped_table_is_read_and_called_as_its_file() {
        for (id, text) in FILES {
            let table = OrganLimits::from_text(id, text, Format::Toml).unwrap();
            assert_eq!(table.id, *id);
            assert!(!table.source.trim().is_empty());
            assert_eq!(shipped(&id.to_uppercase()).unwrap(), table);
        }
        let error = shipped("quantec").unwrap_err().to_string();
        assert!(error.contains("quantec-bowel"), "{error}");
    }
}
