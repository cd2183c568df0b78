//! Every value of a sheet and who decided it.

use core::fmt;
use std::string::{String, ToString};

use chemorad_protocol::{Statement, Status};

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DecidedBy {
    /// The protocol states it.
    Stated,
    /// It follows from what the protocol states.
    Derived,
    /// The site decided it.
    Site,
    /// The site decided it for all its patients, in its site file.
    SiteFile,
    /// It was given by hand, though the site file has it.
    Hand,
    /// Whoever wrote the case decided it for this patient.
    Case,
    /// Nobody did: it was not given, and the sheet does without.
    NotGiven,
}

impl fmt::Display for DecidedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Stated => "protocol, stated",
            Self::Derived => "protocol, derived",
            Self::Site => "site",
            Self::SiteFile => "site file",
            Self::Hand => "given by hand",
            Self::Case => "case",
            Self::NotGiven => "not given",
        })
    }
}

/// A value of the sheet and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Provenance {
    /// What it is.
    pub what: String,
    /// Its value.
    pub value: String,
    /// Where it comes from.
    pub by: DecidedBy,
    /// The protocol's words, or the reason it follows from them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
}

impl Provenance {
    pub(super) fn by_site(what: &str, value: impl fmt::Display) -> Self {
        Self {
            what: what.to_string(),
            value: value.to_string(),
            by: DecidedBy::Site,
            basis: None,
        }
    }

    pub(super) fn by_case(what: &str, value: impl fmt::Display) -> Self {
        Self {
            by: DecidedBy::Case,
            ..Self::by_site(what, value)
        }
    }

    /// An optional decision of the site.
    pub(super) fn optional(what: &str, value: Option<&dyn fmt::Display>) -> Self {
        match value {
            Some(value) => Self::by_site(what, value),
            None => Self {
                by: DecidedBy::NotGiven,
                ..Self::by_site(what, "none")
            },
        }
    }

    /// A value of the protocol with its words. An unspecified one is listed as open.
    pub(super) fn of<T: fmt::Display>(what: &str, statement: &Statement<T>) -> Self {
        Self {
            what: what.to_string(),
            value: statement
                .value()
                .map_or_else(|| "open".to_string(), ToString::to_string),
            by: match statement.status() {
                Status::Stated => DecidedBy::Stated,
                Status::Derived => DecidedBy::Derived,
                Status::Unspecified => DecidedBy::NotGiven,
            },
            basis: match statement.reason() {
                Some(reason) => Some(reason.to_string()),
                None => statement
                    .quotes()
                    .first()
                    .map(|quote| format!("\"{}\" ({})", quote.text, quote.locator)),
            },
        }
    }
}
