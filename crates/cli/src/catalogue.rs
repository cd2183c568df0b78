//! The catalogue: every code that a command can print, from the tables of the rooms.

use chemorad::report::Code;

/// Every code, room by room: of findings and of refusals.
///
/// ```
/// let total = chemorad_cli::codes().find(|code| code.name == "rx.total").unwrap();
/// assert!(!total.meaning.is_empty() && !total.action.is_empty());
/// ```
pub fn codes() -> impl Iterator<Item = &'static Code> {
    finding_codes().chain(crate::refused::codes())
}

/// Every code of a finding.
pub fn finding_codes() -> impl Iterator<Item = &'static Code> {
    [
        chemorad::patient::CODES,
        chemorad::radiotherapy::CODES,
        chemorad::radiobiology::CODES,
        chemorad::gap::CODES,
        chemorad::capecitabine::CODES,
        chemorad::capecitabine::columns::CODES,
        chemorad_dosimetry::CODES,
        chemorad_dosimetry::RESPONSE_CODES,
        chemorad_dicom::CODES,
        chemorad_crosscheck::CODES,
        chemorad_crosscheck::ORDER_CODES,
        chemorad_crosscheck::LIMIT_CODES,
        chemorad_case::CODES,
        chemorad_cohort::CODES,
        chemorad_protocol::CODES,
        chemorad_protocol::ELIGIBILITY_CODES,
        chemorad_protocol::FILE_CODES,
        chemorad_render::capecitabine::CODES,
        chemorad_render::rule_sets::CODES,
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::codes;

    #[test]
    fn codes_are_unique_and_explained() {
        let mut names = BTreeSet::new();
        for code in codes() {
            assert!(names.insert(code.name), "{} stands twice", code.name);
            let (area, rest) = code.name.split_once('.').unwrap_or_default();
            assert!(!area.is_empty() && !rest.is_empty(), "{}", code.name);
            for words in [code.title, code.meaning, code.action] {
                assert!(!words.trim().is_empty(), "{} is not explained", code.name);
            }
            assert!(!code.title.ends_with('.'), "{}: {}", code.name, code.title);
            for sentence in [code.meaning, code.action] {
                assert!(sentence.ends_with('.'), "{}: {sentence}", code.name);
            }
        }
    }
}
