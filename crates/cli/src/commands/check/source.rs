//! What is told of each file: what was read, and what was not checked.

use chemorad::report::Identifying;
use serde::Serialize;

/// What was read, for a reader to find it again.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Source {
    pub(super) name: Identifying<String>,
    pub(super) kind: String,
    pub(super) bytes: usize,
    pub(super) sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) label: Option<Identifying<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date: Option<String>,
    /// Manufacturer, model and version of the planning system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) made_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sop_instance: Option<String>,
    /// Only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) patient: Option<ShownPatient>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ShownPatient {
    pub(super) name: Option<String>,
    pub(super) id: Option<String>,
    pub(super) birth_date: Option<String>,
}

/// A file that was to be checked and was not.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NotChecked {
    pub(super) name: Identifying<String>,
    pub(super) reason: String,
    /// It could not be read, or is not what it should be.
    pub(super) unreadable: bool,
}
