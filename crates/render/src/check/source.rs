//! What is told of each file: what was read, and what was not checked.

use std::fmt;

use chemorad::report::{Code, Identifying};
use serde::Serialize;

/// What was read, for a reader to find it again.
#[derive(Debug, Clone, Serialize)]
pub struct Source {
    /// The name of the file.
    pub name: Identifying<String>,
    /// What kind of file it is.
    pub kind: String,
    /// Its size.
    pub bytes: usize,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// Its SOP Instance UID to compare with others, never shown.
    #[serde(skip)]
    pub uid: Option<String>,
    /// The label of a plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<Identifying<String>>,
    /// The date of a plan, as the file writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Manufacturer, model and version of the planning system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_by: Option<String>,
    /// Its SOP Instance UID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sop_instance: Option<String>,
    /// Only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patient: Option<ShownPatient>,
}

/// The patient of a file, shown when that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownPatient {
    /// The name.
    pub name: Option<String>,
    /// The ID.
    pub id: Option<String>,
    /// The birth date.
    pub birth_date: Option<String>,
}

/// A file that was named and that a check does not need.
#[derive(Debug, Clone)]
pub struct SkippedFile {
    /// The name of the file.
    pub name: Identifying<String>,
    /// What it is.
    pub kind: String,
}

/// With what it is: `slice.dcm (a CT Image Storage)`.
impl fmt::Display for SkippedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name, self.kind)
    }
}

/// A file that was to be checked and was not.
#[derive(Debug, Clone, Serialize)]
pub struct NotChecked {
    /// The name of the file.
    pub name: Identifying<String>,
    /// By what a program knows why.
    #[serde(serialize_with = "name_of")]
    pub code: Code,
    /// Why.
    pub reason: String,
    /// It could not be read, or is not what it should be.
    pub unreadable: bool,
}

pub(crate) fn name_of<S: serde::Serializer>(code: &Code, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(code.name)
}
