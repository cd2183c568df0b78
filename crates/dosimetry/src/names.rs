//! Names as people write them.

/// Whether two names mean the same: case, spaces and punctuation aside, and `tumor` as `tumour`.
///
/// ```
/// use chemorad_dosimetry::same_name;
/// assert!(same_name("Tumor Bed", "tumour_bed"));
/// assert!(!same_name("", ""));
/// ```
#[must_use]
pub fn same_name(left: &str, right: &str) -> bool {
    let left = plain(left);
    !left.is_empty() && left == plain(right)
}

/// What names that mean the same have in common.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .replace("tumor", "tumour")
}
