//! What the codes of findings about protocols and their files mean.

use chemorad::report::Code;

use crate::lint::codes::CODES;
use chemorad_reader::CODES as FILE_CODES;

/// The entry of a code of a finding: of a protocol or of its file.
///
/// ```
/// assert!(chemorad_protocol::explain("file.duplicate_key").is_some());
/// let order = chemorad_protocol::explain("limit.order").unwrap();
/// assert!(order.meaning.contains("histogram"));
/// assert!(chemorad_protocol::explain("limit").is_none());
/// ```
#[must_use]
pub fn explain(code: &str) -> Option<&'static Code> {
    explanations().find(|entry| entry.name == code)
}

/// Every code of a protocol, then those of files.
pub fn explanations() -> impl Iterator<Item = &'static Code> {
    CODES.iter().chain(FILE_CODES)
}
