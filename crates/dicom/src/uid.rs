//! A UID of a file, which may hold the identifier of the patient.

use std::fmt;

use chemorad::report::Identifying;
use serde::{Serialize, Serializer};

/// A UID of a file. Some programs make it from the patient's identifier; it is then withheld where it is
/// shown. It is compared as it stands, whoever reads it.
#[derive(Clone)]
pub struct Uid(Identifying<String>);

impl Uid {
    pub(crate) const fn new(uid: Identifying<String>) -> Self {
        Self(uid)
    }

    /// As it stands in the file, to compare and never to print.
    #[must_use]
    pub const fn reveal(&self) -> &String {
        self.0.reveal()
    }

    /// As it may be shown.
    #[must_use]
    pub const fn identifying(&self) -> &Identifying<String> {
        &self.0
    }
}

impl PartialEq for Uid {
    fn eq(&self, other: &Self) -> bool {
        self.reveal() == other.reveal()
    }
}

impl Eq for Uid {}

impl std::hash::Hash for Uid {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.reveal().hash(state);
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Uid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
