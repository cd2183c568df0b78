//! What a beam is for.

use std::fmt;

use serde::Serialize;

/// Treatment Delivery Type (300A,00CE) of a beam.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Purpose {
    /// Normal treatment.
    Treatment,
    /// Continues an interrupted treatment.
    Continuation,
    /// Setup only.
    Setup,
    /// A portal image with an open field.
    OpenPortfilm,
    /// A portal image with the treatment field.
    TreatmentPortfilm,
    /// The beam is described without a purpose (the element is optional): taken as treatment.
    NotStated,
    /// A purpose the standard does not define.
    Other(String),
    /// The fraction group names a beam the file does not describe.
    NotDescribed,
}

impl Purpose {
    pub(crate) fn of(code: Option<String>) -> Self {
        match code {
            None => Self::NotStated,
            Some(code) => match code.as_str() {
                "TREATMENT" => Self::Treatment,
                "CONTINUATION" => Self::Continuation,
                "SETUP" => Self::Setup,
                "OPEN_PORTFILM" => Self::OpenPortfilm,
                "TRMT_PORTFILM" => Self::TreatmentPortfilm,
                _ => Self::Other(code),
            },
        }
    }

    /// Whether the beam's dose is part of the treatment: `None` when that cannot be told.
    #[must_use]
    pub fn treats(&self) -> Option<bool> {
        match self {
            Self::Treatment | Self::Continuation | Self::NotStated => Some(true),
            Self::Setup | Self::OpenPortfilm | Self::TreatmentPortfilm => Some(false),
            Self::Other(_) | Self::NotDescribed => None,
        }
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Treatment => f.pad("treatment"),
            Self::Continuation => f.pad("continuation"),
            Self::Setup => f.pad("setup"),
            Self::OpenPortfilm => f.pad("portal image, open field"),
            Self::TreatmentPortfilm => f.pad("portal image, treatment field"),
            Self::NotStated => f.pad("not stated"),
            Self::Other(code) => f.pad(code),
            Self::NotDescribed => f.pad("beam not in the file"),
        }
    }
}
