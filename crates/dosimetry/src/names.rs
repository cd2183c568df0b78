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

#[cfg(test)]
mod tests {
    use super::same_name;

    #[test]
    fn one_name_in_several_forms() {
        assert!(same_name("PTV 50.4", "ptv_504"));
        assert!(same_name("gross tumor", "Gross Tumour"));
        for (one, other) in [("PTV 50.4", "PTV 45"), ("", ""), ("-", "_"), ("", "PTV")] {
            assert!(!same_name(one, other), "{one} {other}");
        }
    }
}
