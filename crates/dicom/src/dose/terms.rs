//! What the numbers of a dose mean.

use std::fmt;

use serde::Serialize;

/// Dose Units (3004,0002).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DoseUnits {
    /// `GY`
    Gray,
    /// `RELATIVE`: percent or a fraction of something the file does not say. Never gray.
    Relative,
    /// A value the standard does not define.
    Other(String),
    /// The element is absent.
    NotStated,
}

impl fmt::Display for DoseUnits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gray => f.pad("Gy"),
            Self::Relative => f.pad("relative"),
            Self::Other(text) => f.pad(text),
            Self::NotStated => f.pad("not stated"),
        }
    }
}

/// Dose Type (3004,0004).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DoseType {
    /// Absorbed dose.
    Physical,
    /// Corrected for a biological effect.
    Effective,
    /// A difference between doses.
    Error,
    /// A value the standard does not define.
    Other(String),
    /// The element is absent.
    NotStated,
}

impl fmt::Display for DoseType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Physical => f.pad("physical"),
            Self::Effective => f.pad("effective"),
            Self::Error => f.pad("error"),
            Self::Other(text) => f.pad(text),
            Self::NotStated => f.pad("not stated"),
        }
    }
}

/// Dose Summation Type (3004,000A): what the dose is the dose of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SummationType {
    /// All fraction groups of a plan.
    Plan,
    /// Several plans.
    MultiPlan,
    /// One fraction group, all its fractions.
    Fraction,
    /// One or more beams, all their fractions.
    Beam,
    /// One or more brachytherapy setups.
    Brachy,
    /// Anything else: one session, one control point, a record, or no term of the standard.
    Other(String),
    /// The element is absent.
    NotStated,
}

impl SummationType {
    pub(crate) fn code(&self) -> &str {
        match self {
            Self::Plan => "PLAN",
            Self::MultiPlan => "MULTI_PLAN",
            Self::Fraction => "FRACTION",
            Self::Beam => "BEAM",
            Self::Brachy => "BRACHY",
            Self::Other(text) => text,
            Self::NotStated => "not stated",
        }
    }
}

impl fmt::Display for SummationType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}
