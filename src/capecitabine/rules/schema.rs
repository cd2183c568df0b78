//! The schema of a rule-set file.

/// Its name and version.
pub(super) const SCHEMA: &str = "chemorad.capecitabine-rules/1";
